"""hrs_player as a process: frames and camera_info arrive, a clip's end ends it, bad sources are named."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest

pytest.importorskip("rclpy", reason="needs ROS 2 (scripts/setup installs it as wheels)")

from rclpy.qos import qos_profile_sensor_data
from sensor_msgs.msg import CameraInfo, Image
from std_msgs.msg import Header

from hrs_ros.nodes.image_message import image_to_rgb
from hrs_ros.nodes.player import pinhole

pytestmark = pytest.mark.ros


@pytest.fixture(scope="module")
def pictures(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Blue, green and red, to see the colour order, in two sizes."""
    folder = tmp_path_factory.mktemp("pictures")
    for name, bgr, size in (
        ("1", (255, 0, 0), (48, 64)),
        ("2", (0, 255, 0), (48, 64)),
        ("3", (0, 0, 255), (30, 20)),
    ):
        cv2.imwrite(str(folder / f"{name}.png"), np.full((*size, 3), bgr, np.uint8))
    return folder


def test_plays_once_and_ends(start_node: Any, peer: Any, pictures: Path) -> None:
    images: list[Image] = []
    infos: list[CameraInfo] = []
    peer.node.create_subscription(Image, "/once/image", images.append, qos_profile_sensor_data)
    peer.node.create_subscription(CameraInfo, "/once/camera_info", infos.append, qos_profile_sensor_data)
    process = start_node(
        "player",
        "-r",
        "__ns:=/once",
        source=pictures,
        loop=False,
        rate=2.0,  # it waits for whoever wants images; camera_info may be discovered after that
        wait_for_subscriber=True,
        frame_id="eye",
    )
    peer.spin_until(lambda: not process.running, timeout=60, what="the player's end")
    assert process.wait() == 0
    peer.spin_until(lambda: len(images) >= 2 and len(infos) >= 2)
    colours = {"blue": (0, 0, 255), "green": (0, 255, 0), "red": (255, 0, 0)}
    seen = [next(n for n, c in colours.items() if tuple(image_to_rgb(i)[0, 0]) == c) for i in images]
    assert seen == [name for name in ("blue", "green", "red") if name in seen]  # in order, each once
    stamps = {(i.header.stamp.sec, i.header.stamp.nanosec): i for i in images}
    for info in infos:
        image = stamps.get((info.header.stamp.sec, info.header.stamp.nanosec))
        assert info.header.frame_id == "eye"
        if image is not None:
            assert (info.height, info.width) == (image.height, image.width)
    assert "end of" in process.output and "3 images published" in process.output


def test_loops_until_sigint(start_node: Any, peer: Any, pictures: Path) -> None:
    images: list[Image] = []
    peer.node.create_subscription(Image, "/round/image", images.append, qos_profile_sensor_data)
    process = start_node("player", "-r", "__ns:=/round", source=pictures, rate=30.0)
    peer.spin_until(lambda: len(images) > 7, timeout=60, what="more images than the folder has")
    assert process.interrupt() == 0
    assert "Traceback" not in process.output


@pytest.mark.parametrize(("source", "said"), [("/nowhere.mp4", "not found"), ("93", "camera with number 93")])
def test_unusable_source_is_named(start_node: Any, source: str, said: str) -> None:
    process = start_node("player", source=source)
    assert process.wait() == 2
    assert said in process.output and "Traceback" not in process.output


def test_pinhole_projects_the_edge_of_the_view_to_the_edge_of_the_image() -> None:
    info = pinhole(640, 480, fov=90.0, header=Header())
    k = np.array(info.k).reshape(3, 3)
    ray = np.array([math.tan(math.radians(45)), 0, 1])
    x, y, _ = k @ ray
    assert x == pytest.approx(639.5) and y == pytest.approx(239.5)  # half a pixel beyond the last centre
    assert np.array(info.p).reshape(3, 4)[:, :3] == pytest.approx(k)
    assert (info.width, info.height, list(info.d)) == (640, 480, [0.0] * 5)
