"""Two named cameras in one node: topics of their own, drops of their own, a watchdog for each."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

pytest.importorskip("rclpy", reason="needs ROS 2 (scripts/setup installs it as wheels)")
pytest.importorskip("hrs_msgs.srv", reason="needs the built messages (scripts/build_messages)")

from diagnostic_msgs.msg import DiagnosticStatus
from sensor_msgs.msg import Image
from std_msgs.msg import Float64, Header

from hrs_msgs.msg import HRSScene
from hrs_msgs.srv import Query
from hrs_ros.nodes.image_message import array_to_image

from .managed import Managed, values_of

pytestmark = pytest.mark.ros


class Camera:
    """One camera's side of the world."""

    def __init__(self, peer: Any, name: str, topic: str, side: int) -> None:
        node = peer.node
        self.peer, self.name, self.side = peer, name, side
        self.scenes: list[HRSScene] = []
        self.images = node.create_publisher(Image, topic, 5)
        self.queries = node.create_client(Query, f"{name}/query")
        node.create_subscription(HRSScene, f"{name}/relations", self.scenes.append, 10)

    def show(self) -> None:
        image = np.zeros((self.side, self.side, 3), np.uint8)
        self.images.publish(array_to_image(image, header=Header(frame_id=self.name)))

    def ask(self) -> Query.Response:
        return self.peer.call(self.queries, Query.Request(text="plate in left arm"))

    def ask_until(self, status: int) -> Query.Response:
        return self.peer.ask_until(status, self.queries, Query.Request(text="plate in left arm"))


@pytest.fixture(scope="module")
def process(start_node: Any, constant_model: Path) -> Any:
    process = start_node(
        "perception",
        "-r",
        "wrist/image:=/arm/camera/image_raw",
        model=constant_model,
        threads=1,
        cameras="front wrist",
        camera_timeout=1.0,
        stale_after=1.0,
    )
    process.wait_for("waiting for images on /hrs/front/image")
    process.wait_for("waiting for images on /arm/camera/image_raw")
    return process


@pytest.fixture(scope="module")
def cameras(process: Any, peer: Any) -> Iterator[tuple[Camera, Camera]]:
    front = Camera(peer, "front", "front/image", side=60)
    wrist = Camera(peer, "wrist", "/arm/camera/image_raw", side=90)
    for camera in (front, wrist):
        peer.spin_until(camera.queries.service_is_ready, what="query service")
        peer.spin_until(camera.images.get_subscription_count, what="the node's subscription")
    yield front, wrist


@pytest.fixture(scope="module")
def managed(process: Any, peer: Any) -> Managed:
    return Managed(peer, "/hrs/hrs_perception")


def test_every_camera_has_its_own_scenes_and_answers(cameras: tuple[Camera, Camera], peer: Any) -> None:
    front, wrist = cameras
    wrist.scenes.clear()
    timer = peer.node.create_timer(0.05, front.show)
    peer.spin_until(lambda: len(front.scenes) >= 3, what="scenes of the front camera")
    front.ask_until(Query.Response.OK)
    assert wrist.ask().status == Query.Response.NO_FRAME and not wrist.scenes
    other = peer.node.create_timer(0.05, wrist.show)
    peer.spin_until(lambda: len(wrist.scenes) >= 3, what="scenes of the wrist camera")
    answer = wrist.ask_until(Query.Response.OK)
    assert (answer.image_width, answer.header.frame_id) == (90, "wrist")
    assert {scene.header.frame_id for scene in front.scenes} == {"front"}
    assert {scene.width for scene in wrist.scenes} == {90}
    for used in (timer, other):
        peer.node.destroy_timer(used)


def test_a_camera_at_full_speed_does_not_starve_the_other(
    cameras: tuple[Camera, Camera], peer: Any, managed: Managed
) -> None:
    front, wrist = cameras
    assert managed.set(batch=1)[0].successful  # turns, without batches
    front.side = 720
    before = {camera.name: len(camera.scenes) for camera in cameras}
    flood = peer.node.create_timer(0.002, front.show)
    trickle = peer.node.create_timer(0.1, wrist.show)
    peer.spin_until(lambda: len(wrist.scenes) >= before["wrist"] + 10, what="scenes under the flood")
    for used in (flood, trickle):
        peer.node.destroy_timer(used)
    front.side = 60
    assert managed.set(batch=4)[0].successful
    assert len(front.scenes) > before["front"]
    managed.diagnosis("camera front", "Hz")
    assert wrist.scenes[-1].dropped <= front.scenes[-1].dropped


def test_latency_topics_speak_seconds(cameras: tuple[Camera, Camera], peer: Any) -> None:
    front, _ = cameras
    totals: list[Float64] = []
    networks: list[Float64] = []
    peer.node.create_subscription(Float64, "front/latency/total", totals.append, 10)
    peer.node.create_subscription(Float64, "front/latency/network", networks.append, 10)
    timer = peer.node.create_timer(0.05, front.show)
    peer.spin_until(lambda: len(totals) > 3 and len(networks) > 3, what="latencies")
    peer.node.destroy_timer(timer)
    assert 0 < networks[-1].data < 1 and 0 < totals[-1].data < 5


def test_a_silent_camera_is_reported_alone_and_recovers(
    cameras: tuple[Camera, Camera], peer: Any, process: Any, managed: Managed
) -> None:
    front, wrist = cameras
    keep = peer.node.create_timer(0.05, wrist.show)
    silent = managed.diagnosis("camera front", "no image on /hrs/front/image for")
    assert silent.level == DiagnosticStatus.ERROR and "although 1 publisher could send" in silent.message
    assert managed.diagnosis("camera wrist", "Hz").level == DiagnosticStatus.OK
    process.wait_for("camera front: no image on /hrs/front/image")
    front.ask_until(Query.Response.STALE)
    wrist.ask_until(Query.Response.OK)

    count = len(front.scenes)
    again = peer.node.create_timer(0.05, front.show)
    peer.spin_until(lambda: len(front.scenes) > count, what="scenes again")
    front.ask_until(Query.Response.OK)
    process.wait_for("camera front: images again after")
    assert managed.diagnosis("camera front", "Hz").level == DiagnosticStatus.OK
    for used in (keep, again):
        peer.node.destroy_timer(used)


def test_model_and_provider_are_in_the_diagnostics(managed: Managed, constant_model: Path) -> None:
    shown = values_of(managed.diagnosis("model", "active"))
    assert (shown["provider"], shown["model"]) == ("CPUExecutionProvider", str(constant_model))
    assert len(shown["model sha256"]) == 64


def test_ends_cleanly(process: Any) -> None:
    assert process.interrupt() == 0
    assert "Traceback" not in process.output
