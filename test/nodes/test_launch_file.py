"""The launch files: their arguments, what they do, and a real start, query and end.

`launch` comes with a ROS 2 installation and is not on PyPI; without it these tests skip.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

pytest.importorskip("rclpy", reason="needs ROS 2 (scripts/setup installs it as wheels)")
pytest.importorskip("hrs_msgs.srv", reason="needs the built messages (scripts/build_messages)")
# Not "launch": the folder of that name in this repository would be found.
pytest.importorskip("launch.actions", reason="needs the launch package of a ROS 2 installation")
pytest.importorskip("launch_ros.actions", reason="needs the launch_ros package of a ROS 2 installation")

import cv2
from launch.actions import DeclareLaunchArgument
from launch.launch_description_sources import get_launch_description_from_python_launch_file
from launch.utilities import perform_substitutions
from launch_ros.actions import Node

from hrs_msgs.msg import HRSScene
from hrs_msgs.srv import Query
from launch import LaunchContext, LaunchDescription

RUNNER = """
import sys
from launch import LaunchDescription, LaunchService
from launch.actions import IncludeLaunchDescription
from launch.launch_description_sources import PythonLaunchDescriptionSource
path, *arguments = sys.argv[1:]
pairs = [tuple(argument.split(":=", 1)) for argument in arguments]
service = LaunchService()
source = PythonLaunchDescriptionSource(path)
service.include_launch_description(
    LaunchDescription([IncludeLaunchDescription(source, launch_arguments=pairs)])
)
raise SystemExit(service.run())
"""


@pytest.fixture(scope="module")
def launch_file(repository: Path) -> Path:
    return repository / "launch" / "hrs.launch.py"


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    """AMENT_PREFIX_PATH with hrs_ros as colcon would install it: in the index, executables in lib/hrs_ros."""
    prefix = tmp_path_factory.mktemp("prefix")
    index = prefix / "share" / "ament_index" / "resource_index" / "packages"
    index.mkdir(parents=True)
    (index / "hrs_ros").touch()
    programs = prefix / "lib" / "hrs_ros"
    programs.mkdir(parents=True)
    for name in ("perception", "player"):
        program = programs / f"hrs_{name}"
        program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m hrs_ros.nodes.{name} "$@"\n')
        program.chmod(0o755)
    before = os.environ.get("AMENT_PREFIX_PATH", "")
    yield {"AMENT_PREFIX_PATH": os.pathsep.join(filter(None, [str(prefix), before, sys.prefix]))}


def description(path: Path) -> LaunchDescription:
    return get_launch_description_from_python_launch_file(str(path))


def started(path: Path, **arguments: str) -> list[Node]:
    """The nodes that these arguments would start."""
    context = LaunchContext()
    for entity in description(path).entities[:-1]:
        if isinstance(entity, DeclareLaunchArgument):
            context.launch_configurations[entity.name] = arguments.get(
                entity.name, perform_substitutions(context, entity.default_value)
            )
    nodes = description(path).entities[-1].execute(context)
    return [node for node in nodes if node.condition is None or node.condition.evaluate(context)]


def executables(nodes: list[Node]) -> list[str]:
    return [str(node.node_executable) for node in nodes]


def test_every_argument_says_what_it_is(launch_file: Path) -> None:
    arguments = [e for e in description(launch_file).entities if isinstance(e, DeclareLaunchArgument)]
    names = [argument.name for argument in arguments]
    assert names == [
        "image", "params_file", "model", "provider", "cameras", "autostart", "use_depth", "use_sim_time",
        "namespace", "use_player", "source", "rviz",
    ]  # fmt: skip
    assert all(argument.description for argument in arguments)


@pytest.mark.parametrize(
    ("arguments", "nodes"),
    [
        ({}, ["hrs_perception"]),
        ({"use_player": "true", "source": "clip.mp4"}, ["hrs_perception", "hrs_player"]),
        ({"rviz": "true"}, ["hrs_perception", "rviz2"]),
    ],
)
def test_arguments_choose_the_nodes(launch_file: Path, arguments: dict[str, str], nodes: list[str]) -> None:
    assert executables(started(launch_file, **arguments)) == nodes


@pytest.mark.ros
def test_launch_runs_player_and_node_and_ends_on_sigint(
    launch_file: Path,
    installed: dict[str, str],
    ros_environment: dict[str, str],
    peer: Any,
    start_process: Any,
    constant_model: Path,
    tmp_path: Path,
) -> None:
    cv2.imwrite(str(tmp_path / "frame.png"), np.zeros((120, 120, 3), np.uint8))
    arguments = (
        f"model:={constant_model}",
        "namespace:=robot",
        "image:=/camera/image_raw",
        "use_player:=true",
        f"source:={tmp_path}",
    )
    command = [sys.executable, "-c", RUNNER, str(launch_file), *arguments]
    process = start_process(command, {**ros_environment, **installed})
    process.wait_for("waiting for images on /camera/image_raw")
    process.wait_for("playing")
    scenes: list[HRSScene] = []
    peer.node.create_subscription(HRSScene, "/robot/relations", scenes.append, 10)
    queries = peer.node.create_client(Query, "/robot/query")
    peer.spin_until(lambda: scenes and queries.service_is_ready(), timeout=40, what="scenes, service")
    answer = peer.call(queries, Query.Request(text="plate in left arm"))
    assert (answer.status, answer.candidates[0].entity.label) == (Query.Response.OK, "plate 1")
    assert process.interrupt() == 0
    assert process.output.count("process has finished cleanly") == 2
    assert "Traceback" not in process.output


@pytest.mark.ros
def test_two_cameras_are_one_node_with_two_inputs(
    repository: Path,
    installed: dict[str, str],
    ros_environment: dict[str, str],
    start_process: Any,
    constant_model: Path,
) -> None:
    path = repository / "launch" / "two_cameras.launch.py"
    command = [sys.executable, "-c", RUNNER, str(path), f"model:={constant_model}", "wrist:=/arm/image"]
    process = start_process(command, {**ros_environment, **installed})
    process.wait_for("waiting for images on /front_camera/image_raw")
    process.wait_for("waiting for images on /arm/image")
    assert process.interrupt() == 0


@pytest.mark.ros
def test_depth_camera_takes_realsense_topics(
    repository: Path,
    installed: dict[str, str],
    ros_environment: dict[str, str],
    peer: Any,
    start_process: Any,
    constant_model: Path,
) -> None:
    path = repository / "launch" / "depth_camera.launch.py"
    arguments = (f"model:={constant_model}", "namespace:=deep")
    process = start_process(
        [sys.executable, "-c", RUNNER, str(path), *arguments], {**ros_environment, **installed}
    )
    process.wait_for("waiting for images on /camera/camera/color/image_raw")
    for topic in (
        "/camera/camera/color/image_raw",
        "/camera/camera/aligned_depth_to_color/image_raw",
        "/camera/camera/color/camera_info",
    ):
        peer.spin_until(lambda topic=topic: peer.node.count_subscribers(topic), what=topic)
    assert process.interrupt() == 0


@pytest.mark.ros
def test_demonstration_plays_the_bundled_clip(
    repository: Path,
    installed: dict[str, str],
    ros_environment: dict[str, str],
    start_process: Any,
    constant_model: Path,
) -> None:
    path = repository / "launch" / "demo.launch.py"
    command = [sys.executable, "-c", RUNNER, str(path), f"model:={constant_model}", "rviz:=false"]
    process = start_process(command, {**ros_environment, **installed})
    process.wait_for("playing")
    process.wait_for("waiting for images on /hrs/image")
    assert process.interrupt() == 0
    assert "rviz2" not in process.output


@pytest.mark.ros
def test_launch_tells_a_missing_model(
    launch_file: Path, installed: dict[str, str], ros_environment: dict[str, str], start_process: Any
) -> None:
    command = [sys.executable, "-c", RUNNER, str(launch_file), "model:=/nowhere.onnx"]
    process = start_process(command, {**ros_environment, **installed})
    process.wait()
    assert "no model file at /nowhere.onnx" in process.output
    assert "process has died" in process.output and "exit code 2" in process.output
