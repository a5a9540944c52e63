"""Perception node, and optionally a player and rviz.

    ros2 launch hrs_ros hrs.launch.py image:=/camera/image_raw
    ros2 launch hrs_ros hrs.launch.py use_player:=true source:=clip.mp4 rviz:=true
    ros2 launch hrs_ros hrs.launch.py autostart:=false

`ros2 launch hrs_ros hrs.launch.py --show-args` lists the arguments. Everything else is a parameter: copy
config/hrs.yaml, change it, and name it with params_file:=.
"""

import os
from pathlib import Path

from launch.actions import DeclareLaunchArgument, OpaqueFunction, SetEnvironmentVariable
from launch.conditions import IfCondition
from launch.substitutions import LaunchConfiguration
from launch_ros.actions import Node

from hrs_ros.nodes.process import transport_environment
from launch import LaunchContext, LaunchDescription, LaunchDescriptionEntity

# Installed: share/hrs_ros/launch beside share/hrs_ros/config; in the source tree the same two folders.
CONFIG = Path(__file__).resolve().parent.parent / "config"

ARGUMENTS = {
    "image": ("image", "topic of the camera; compressed images are expected on <image>/compressed"),
    "params_file": (str(CONFIG / "hrs.yaml"), "parameters of all nodes"),
    "model": ("", "ONNX model; overrides the parameter file"),
    "provider": ("", "auto, cpu or cuda; overrides the parameter file"),
    "cameras": ("", "names of several cameras, separated by blanks; overrides the parameter file"),
    "autostart": ("", "false: wait for a lifecycle manager; overrides the parameter file"),
    "use_depth": ("", "true: take depth and camera_info for poses; overrides the parameter file"),
    "use_sim_time": ("false", "take the time from /clock, as with a simulator or a recording"),
    "namespace": ("hrs", "namespace of all nodes and of their topics"),
    "use_player": ("false", "also play a source as the camera"),
    "source": ("", "what the player plays: video file, folder of images or camera number"),
    "rviz": ("false", "also start rviz2 with config/hrs.rviz"),
}

# malloc keeps image buffers only when told so; the HRS nodes do it themselves, rviz does not.
MALLOC = {"MALLOC_MMAP_THRESHOLD_": "33554432", "MALLOC_TRIM_THRESHOLD_": "536870912"}


def generate_launch_description() -> LaunchDescription:
    environment = {**MALLOC, **transport_environment()}
    return LaunchDescription(
        [
            *(
                DeclareLaunchArgument(name, default_value=default, description=description)
                for name, (default, description) in ARGUMENTS.items()
            ),
            *(
                SetEnvironmentVariable(name, value)
                for name, value in environment.items()
                if name not in os.environ
            ),
            OpaqueFunction(function=nodes),
        ]
    )


def nodes(context: LaunchContext) -> list[LaunchDescriptionEntity]:
    """The nodes; an argument that was left empty does not override the parameter file."""
    values = {name: LaunchConfiguration(name).perform(context) for name in ARGUMENTS}
    overrides: dict[str, str | bool] = {
        name: values[name] for name in ("model", "provider", "cameras") if values[name]
    }
    for flag in ("autostart", "use_depth"):
        if values[flag]:
            overrides[flag] = IfCondition(values[flag]).evaluate(context)
    clock = {"use_sim_time": IfCondition(values["use_sim_time"]).evaluate(context)}
    image, namespace = values["image"], values["namespace"]
    source = {"source": values["source"]} if values["source"] else {}
    perception = Node(
        package="hrs_ros",
        executable="hrs_perception",
        name="hrs_perception",
        namespace=namespace,
        parameters=[values["params_file"], overrides, clock],
        remappings=[("image", image), ("image/compressed", f"{image}/compressed")],
        output="screen",
    )
    player = Node(
        package="hrs_ros",
        executable="hrs_player",
        name="hrs_player",
        namespace=namespace,
        parameters=[values["params_file"], {**clock, **source}],
        remappings=[("image", image)],
        output="screen",
        condition=IfCondition(values["use_player"]),
    )
    # rviz sits in the same namespace: config/hrs.rviz names its topics relative to it.
    rviz = Node(
        package="rviz2",
        executable="rviz2",
        name="rviz2",
        namespace=namespace,
        arguments=["-d", str(CONFIG / "hrs.rviz")],
        condition=IfCondition(values["rviz"]),
    )
    return [perception, player, rviz]
