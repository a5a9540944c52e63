"""The bundled clip as a camera, the perception node, and rviz to look at what it sees.

    ros2 launch hrs_ros demo.launch.py
    ros2 launch hrs_ros demo.launch.py source:=my_video.mp4 rviz:=false

Then, in another terminal:

    ros2 service call /hrs/query hrs_msgs/srv/Query "{text: 'plate in left arm'}"
"""

from pathlib import Path

from launch.actions import DeclareLaunchArgument, IncludeLaunchDescription
from launch.launch_description_sources import PythonLaunchDescriptionSource
from launch.substitutions import LaunchConfiguration

import hrs_ros
from launch import LaunchDescription

CLIP = Path(hrs_ros.__file__).parent / "clips" / "two_plates" / "clip.mp4"


def generate_launch_description() -> LaunchDescription:
    return LaunchDescription(
        [
            DeclareLaunchArgument(
                "source", default_value=str(CLIP), description="video, folder or camera number"
            ),
            DeclareLaunchArgument("rviz", default_value="true", description="start rviz2"),
            IncludeLaunchDescription(
                PythonLaunchDescriptionSource(str(Path(__file__).with_name("hrs.launch.py"))),
                launch_arguments={
                    "use_player": "true",
                    "source": LaunchConfiguration("source"),
                    "rviz": LaunchConfiguration("rviz"),
                }.items(),
            ),
        ]
    )
