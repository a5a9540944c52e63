"""A colour and depth camera, such as a RealSense with aligned depth: answers come with poses and points.

    ros2 launch realsense2_camera rs_launch.py align_depth.enable:=true
    ros2 launch hrs_ros depth_camera.launch.py

The topics are those of realsense2_camera; name others by argument. Depth must be registered to colour.
"""

from pathlib import Path

from launch.actions import DeclareLaunchArgument, GroupAction, IncludeLaunchDescription
from launch.launch_description_sources import PythonLaunchDescriptionSource
from launch.substitutions import LaunchConfiguration
from launch_ros.actions import SetRemap

from launch import LaunchDescription

TOPICS = {
    "image": ("/camera/camera/color/image_raw", "colour images"),
    "depth": ("/camera/camera/aligned_depth_to_color/image_raw", "depth images, registered to colour"),
    "camera_info": ("/camera/camera/color/camera_info", "intrinsics of the colour camera"),
}


def generate_launch_description() -> LaunchDescription:
    arguments = [
        DeclareLaunchArgument(name, default_value=topic, description=description)
        for name, (topic, description) in TOPICS.items()
    ]
    remaps = [SetRemap(name, LaunchConfiguration(name)) for name in ("depth", "camera_info")]
    node = IncludeLaunchDescription(
        PythonLaunchDescriptionSource(str(Path(__file__).with_name("hrs.launch.py"))),
        launch_arguments={"image": LaunchConfiguration("image"), "use_depth": "true"}.items(),
    )
    return LaunchDescription([*arguments, GroupAction([*remaps, node])])
