"""hrs_perception under a lifecycle manager: states, refusals, and the way back after each."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

pytest.importorskip("rclpy", reason="needs ROS 2 (scripts/setup installs it as wheels)")
pytest.importorskip("hrs_msgs.srv", reason="needs the built messages (scripts/build_messages)")

from diagnostic_msgs.msg import DiagnosticStatus
from lifecycle_msgs.msg import Transition
from sensor_msgs.msg import Image
from std_msgs.msg import Header

from hrs_msgs.msg import HRSScene
from hrs_msgs.srv import Query
from hrs_ros.nodes.image_message import array_to_image

from .managed import Managed

pytestmark = pytest.mark.ros


@pytest.fixture(scope="module")
def process(start_node: Any, tmp_path_factory: pytest.TempPathFactory) -> Any:
    missing = tmp_path_factory.mktemp("empty") / "nowhere.onnx"
    process = start_node("perception", autostart=False, model=missing, threads=1, stale_after=0.2)
    process.wait_for("waiting for a lifecycle manager")
    return process


@pytest.fixture(scope="module")
def managed(process: Any, peer: Any) -> Managed:
    return Managed(peer, "/hrs/hrs_perception")


@pytest.fixture(scope="module")
def show(peer: Any) -> Callable[[], None]:
    images = peer.node.create_publisher(Image, "image", 5)
    message = array_to_image(np.zeros((60, 60, 3), np.uint8), header=Header(frame_id="eye"))
    return lambda: images.publish(message)


def test_the_life_of_a_node(
    managed: Managed, process: Any, peer: Any, show: Callable[[], None], constant_model: Path
) -> None:
    """One long walk, because every state depends on the one before it."""
    scenes: list[HRSScene] = []
    peer.node.create_subscription(HRSScene, "relations", scenes.append, 10)
    queries = peer.node.create_client(Query, "query")
    pump = peer.node.create_timer(0.05, show)

    # A model that is missing: the transition fails, the node stays, and says why.
    assert managed.state() == "unconfigured"
    assert not managed.change(Transition.TRANSITION_CONFIGURE)
    assert managed.state() == "unconfigured"
    ill = managed.diagnosis("model", "no model file at")
    assert ill.level == DiagnosticStatus.ERROR
    process.wait_for("no model file at")

    # A wrong hash, and then the right file: no restart is needed.
    assert managed.set(model=str(constant_model), model_sha256="0" * 64)[0].successful
    assert not managed.change(Transition.TRANSITION_CONFIGURE)
    managed.diagnosis("model", "expected a file of SHA-256")
    assert managed.set(model_sha256="")[0].successful
    assert managed.change(Transition.TRANSITION_CONFIGURE)
    for line in ("checking", "opening the model", "warming up", "ready in"):
        process.wait_for(line)
    assert managed.state() == "inactive" and managed.diagnosis("model", "inactive").level == b"\x00"

    # Inactive: the model is there, images are not taken, and parameters of the model are fixed.
    (refused,) = managed.set(model="/elsewhere.onnx")
    assert not refused.successful
    assert "model can be set while the node is unconfigured, and it is inactive" in refused.reason
    assert not scenes and managed.peer.node.count_subscribers("/hrs/image") == 0

    assert managed.change(Transition.TRANSITION_ACTIVATE)
    peer.spin_until(lambda: scenes, what="the first scene")
    peer.spin_until(queries.service_is_ready, what="query service")
    managed.diagnosis("camera", "Hz")
    answer = peer.call(queries, Query.Request(text="plate in left arm"))
    assert answer.status in (Query.Response.OK, Query.Response.STALE)

    # Deactivated: work has stopped, answers are old and say so, the model is kept.
    assert managed.change(Transition.TRANSITION_DEACTIVATE)
    managed.diagnosis("camera", "not active")
    count = len(scenes)
    peer.ask_until(Query.Response.STALE, queries, Query.Request(text="plate in left arm"))
    assert len(scenes) == count
    opened = process.output.count("opening the model")
    assert managed.change(Transition.TRANSITION_ACTIVATE)
    peer.spin_until(lambda: len(scenes) > count, what="scenes again")
    process.said("")
    assert process.output.count("opening the model") == opened

    assert managed.change(Transition.TRANSITION_DEACTIVATE)
    assert managed.change(Transition.TRANSITION_CLEANUP)
    assert managed.state() == "unconfigured"
    peer.spin_until(lambda: not queries.service_is_ready(), what="the end of the query service")
    peer.node.destroy_timer(pump)


@pytest.mark.parametrize(
    ("transition", "label"),
    [(Transition.TRANSITION_ACTIVATE, ""), (77, ""), (255, ""), (0, "fly")],
)
def test_transitions_that_do_not_exist_from_here_are_refused(
    managed: Managed, transition: int, label: str
) -> None:
    """rclpy alone would end the node with an RCLError."""
    before = managed.state()
    assert not managed.change(transition, label)
    assert managed.state() == before


def test_names_of_cameras_are_checked_by_configure(managed: Managed, constant_model: Path) -> None:
    assert managed.set(cameras="front front", model=str(constant_model))[0].successful
    assert not managed.change(Transition.TRANSITION_CONFIGURE)
    managed.diagnosis("model", "expected every name once")
    assert managed.set(cameras="")[0].successful
    assert managed.change(Transition.TRANSITION_CONFIGURE)


def test_what_a_parameter_may_be_is_said_in_the_refusal(managed: Managed) -> None:
    for values, reason in (
        ({"relation_threshold": 1.5}, "relation_threshold"),
        ({"mask_encoding": "png"}, "expected one of rle, bits"),
        ({"batch": 0}, "batch"),
        ({"relation_threshold": "much"}, "expected 'Type.DOUBLE'"),
        ({"autostart": True}, "read-only"),
        ({"stale_after": float("nan")}, "Min: 0.01, Max: 3600.0"),
        ({"stale_after": float("inf")}, "stale_after"),
        ({"nonsense": 1}, "undeclared"),
    ):
        (result,) = managed.set(**values)
        assert not result.successful and reason in result.reason, (values, result.reason)


def test_shutdown_and_sigint_end_cleanly(managed: Managed, process: Any) -> None:
    assert managed.change(Transition.TRANSITION_INACTIVE_SHUTDOWN)
    assert managed.state() == "finalized"
    assert process.interrupt() == 0
    assert "Traceback" not in process.output
