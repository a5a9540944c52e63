"""What a robot's graph does to a node: broken images, deaths, remaps, twins, storms, clocks that jump."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

pytest.importorskip("rclpy", reason="needs ROS 2 (scripts/setup installs it as wheels)")
pytest.importorskip("hrs_msgs.srv", reason="needs the built messages (scripts/build_messages)")

from builtin_interfaces.msg import Time
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from rosgraph_msgs.msg import Clock
from sensor_msgs.msg import Image
from std_msgs.msg import Header

from hrs_msgs.msg import HRSScene
from hrs_msgs.srv import Query
from hrs_ros.nodes.image_message import ImageError, array_to_image, image_to_rgb

from .managed import Managed

pytestmark = pytest.mark.ros

ENCODINGS = (
    "rgb8", "bgr8", "rgba8", "mono8", "mono16", "8UC3", "32FC1", "yuv422", "yuv422_yuy2", "nv21",
    "bayer_rggb8", "bayer_gbrg16", "rgb16", "", "rgb8 ", "RGB8", "x" * 300, "\N{BRAIN}",
)  # fmt: skip
SIDE = 60  # of the images that are whole
REQUEST = Query.Request(text="plate in left arm")
SIZES = st.sampled_from([0, 1, 2, 3, 7, 16, 33, 2**16, 2**31, 2**32 - 1])


@st.composite
def images(draw: st.DrawFn) -> Image:
    """Anything that the message type allows."""
    message = Image(
        header=Header(
            stamp=Time(
                sec=draw(st.integers(-(2**31), 2**31 - 1)), nanosec=draw(st.sampled_from([0, 999, 2**32 - 1]))
            ),
            frame_id=draw(st.sampled_from(["", "eye", "/a b\n", "x" * 5000])),
        ),
        encoding=draw(st.sampled_from(ENCODINGS)),
        height=draw(SIZES),
        width=draw(SIZES),
        step=draw(st.one_of(SIZES, st.integers(0, 400))),
        is_bigendian=draw(st.sampled_from([0, 1, 255])),
    )
    length = draw(st.one_of(st.integers(0, 4000), st.sampled_from([0, 1, 2**16])))
    message.data.frombytes(bytes(length))
    return message


class Eye:
    """One camera before one node, both by full names."""

    def __init__(self, peer: Any, namespace: str, *, image: str = "image", relations: str = "") -> None:
        node = peer.node
        self.peer = peer
        self.scenes: list[HRSScene] = []
        self.images = node.create_publisher(
            Image, image if image.startswith("/") else f"{namespace}/{image}", 5
        )
        self.queries = node.create_client(Query, f"{namespace}/query")
        node.create_subscription(HRSScene, relations or f"{namespace}/relations", self.scenes.append, 10)

    def show(self, stamp: Time | None = None, side: int = SIDE) -> None:
        header = Header(stamp=stamp or Time(), frame_id="eye")
        self.images.publish(array_to_image(np.zeros((side, side, 3), np.uint8), header=header))

    def see(self, what: str = "a scene", stamp: Time | None = None) -> HRSScene:
        """Show images until the scene of one comes back; others, sent before, may have scenes too."""
        count = len(self.scenes)

        def mine() -> list[HRSScene]:
            return [scene for scene in self.scenes[count:] if scene.width == SIDE]

        timer = self.peer.node.create_timer(0.05, lambda: self.show(stamp))
        self.peer.spin_until(mine, timeout=40, what=what)
        self.peer.node.destroy_timer(timer)
        return mine()[-1]

    def ask(self) -> int:
        self.peer.spin_until(self.queries.service_is_ready, what="query service")
        return int(self.peer.call(self.queries, REQUEST).status)


@given(images())
@settings(max_examples=300)
def test_any_image_message_becomes_pixels_or_an_image_error(message: Image) -> None:
    try:
        image = image_to_rgb(message)
    except ImageError as error:
        assert error.problem in ("size", "encoding", "step", "data") and len(str(error)) > 20
    else:
        assert image.shape == (message.height, message.width, 3) and image.dtype == np.uint8


@pytest.fixture(scope="module")
def storm(start_node: Any, peer: Any, constant_model: Path) -> tuple[Any, Eye, Managed]:
    """A node that one test after the other maltreats, its camera, and its managing side."""
    process = start_node(
        "perception",
        "-r",
        "__ns:=/storm",
        model=constant_model,
        threads=1,
        tracking=False,  # it would hold relations over the changes of threshold that a test counts
        stale_after=60.0,  # the last scene may be old when the answer is asked for
    )
    process.wait_for("waiting for images on /storm/image")
    return process, Eye(peer, "/storm"), Managed(peer, "/storm/hrs_perception")


def test_a_stream_of_broken_images_is_survived_and_counted(storm: tuple[Any, Eye, Managed]) -> None:
    """The same strategy as above, over DDS, into a node that must still answer after every burst."""
    _, eye, managed = storm
    eye.see("the first scene")

    @given(st.lists(images(), min_size=5, max_size=10))
    @settings(max_examples=12, suppress_health_check=[HealthCheck.data_too_large])
    def bursts(messages: list[Image]) -> None:
        for message in messages:
            eye.images.publish(message)
        eye.see("a scene after the burst")

    bursts()
    assert eye.ask() == Query.Response.OK
    managed.diagnosis("camera", "Hz", where=lambda values: values["refused"] != "0")


def test_parameters_storm_while_images_come(storm: tuple[Any, Eye, Managed], peer: Any) -> None:
    process, eye, managed = storm
    timer = peer.node.create_timer(0.02, eye.show)
    eye.scenes.clear()
    for number in range(150):
        good, bad = managed.set(
            relation_threshold=(0.1, 0.85)[number % 2], mask_encoding=("rle", "none")[number % 2]
        )
        assert good.successful and bad.successful is (number % 2 == 0)
    count = len(eye.scenes)
    peer.spin_until(lambda: len(eye.scenes) > count + 2, what="scenes after the storm")
    peer.node.destroy_timer(timer)
    assert {len(scene.relations) for scene in eye.scenes} == {1, 2}, "both thresholds were in force"
    assert len(eye.scenes[-1].relations) == 1
    assert process.interrupt() == 0 and "Traceback" not in process.output


def test_a_node_that_is_killed_under_load_is_replaced_without_a_restart_of_others(
    start_node: Any, peer: Any, constant_model: Path
) -> None:
    eye = Eye(peer, "/mortal")
    load = peer.node.create_timer(0.01, lambda: eye.show(side=480))
    for life in range(2):
        process = start_node(
            "perception", "-r", "__ns:=/mortal", model=constant_model, threads=1, stale_after=60.0
        )
        count = len(eye.scenes)
        peer.spin_until(lambda count=count: len(eye.scenes) > count + 3, timeout=60, what=f"life {life}")
        assert eye.ask() == Query.Response.OK
        process.kill()
    peer.node.destroy_timer(load)


def test_two_nodes_side_by_side_with_remapped_topics(
    start_node: Any, peer: Any, constant_model: Path
) -> None:
    """One in a namespace of its own, one with every name changed; each answers for itself alone."""
    names = ("-r", "__ns:=/right", "-r", "__node:=eyes", "-r", "image:=/cam/raw", "-r", "relations:=seen")
    # Scenes may be old: the left one is asked only when the right one has seen something, too.
    common = {"model": constant_model, "threads": 1, "stale_after": 60.0}
    left = start_node("perception", "-r", "__ns:=/left", **common)
    right = start_node("perception", *names, **common, relation_threshold=0.85)
    left.wait_for("waiting for images on /left/image")
    right.wait_for("waiting for images on /cam/raw")
    first, second = Eye(peer, "/left"), Eye(peer, "/right", image="/cam/raw", relations="/right/seen")
    assert len(first.see().relations) == 2 and not second.scenes
    assert len(second.see().relations) == 1
    assert first.ask() == second.ask() == Query.Response.OK
    assert left.interrupt() == 0 and right.interrupt() == 0


def test_simulated_time_that_stands_still_and_jumps(start_node: Any, peer: Any, constant_model: Path) -> None:
    """Ages, watchdog and diagnostics run on a steady clock: without /clock or with leaps."""
    process = start_node(
        "perception",
        "-r",
        "__ns:=/dream",
        model=constant_model,
        threads=1,
        use_sim_time=True,
        stale_after=5.0,
    )
    process.wait_for("waiting for images on /dream/image")
    eye, managed = Eye(peer, "/dream"), Managed(peer, "/dream/hrs_perception")
    clock = peer.node.create_publisher(Clock, "/clock", 5)
    eye.see("a scene before there is a clock")
    managed.diagnosis("camera", "Hz")
    for second in (1_000_000, 5, 2_000_000_000):
        clock.publish(Clock(clock=Time(sec=second)))
        eye.see(f"a scene at {second} s", stamp=Time(sec=second))
        assert eye.ask() == Query.Response.OK
    managed.diagnosis("camera", "no image on /dream/image")
    peer.ask_until(Query.Response.STALE, eye.queries, REQUEST)
    assert process.interrupt() == 0 and "Traceback" not in process.output
