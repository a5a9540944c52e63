"""Two cameras, one node, one model: images that come together share one run of the network.

    ros2 launch hrs_ros two_cameras.launch.py front:=/front/image_raw wrist:=/wrist/image_raw

Topics and services are /hrs/front/relations, /hrs/wrist/query and so on. Copy this file for other cameras:
their names are words of your choice.
"""

from pathlib import Path

from launch.actions import DeclareLaunchArgument, GroupAction, IncludeLaunchDescription
from launch.launch_description_sources import PythonLaunchDescriptionSource
from launch.substitutions import LaunchConfiguration
from launch_ros.actions import SetRemap

from launch import LaunchDescription

CAMERAS = {"front": "/front_camera/image_raw", "wrist": "/wrist_camera/image_raw"}


def generate_launch_description() -> LaunchDescription:
    arguments = [
        DeclareLaunchArgument(name, default_value=topic, description=f"image topic of the {name} camera")
        for name, topic in CAMERAS.items()
    ]
    remaps = [
        remap
        for name in CAMERAS
        for remap in (
            SetRemap(f"{name}/image", LaunchConfiguration(name)),
            SetRemap(f"{name}/image/compressed", [LaunchConfiguration(name), "/compressed"]),
        )
    ]
    node = IncludeLaunchDescription(
        PythonLaunchDescriptionSource(str(Path(__file__).with_name("hrs.launch.py"))),
        launch_arguments={"cameras": " ".join(CAMERAS)}.items(),
    )
    return LaunchDescription([*arguments, GroupAction([*remaps, node])])
