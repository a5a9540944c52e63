"""The action find, between processes: found, not found in time, cancelled, not understood."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

pytest.importorskip("rclpy", reason="needs ROS 2 (scripts/setup installs it as wheels)")
pytest.importorskip("hrs_msgs.action", reason="needs the built messages (scripts/build_messages)")

from action_msgs.msg import GoalStatus
from builtin_interfaces.msg import Duration, Time
from lifecycle_msgs.msg import Transition
from rclpy.action import ActionClient
from sensor_msgs.msg import Image
from std_msgs.msg import Header

from hrs_msgs.action import Find
from hrs_msgs.srv import Query
from hrs_ros.nodes.image_message import array_to_image

from .managed import Managed

pytestmark = pytest.mark.ros


class Searcher:
    """A client of the action that shows the node images while it waits."""

    def __init__(self, process: Any, peer: Any) -> None:
        self.process, self.peer = process, peer
        self.images = peer.node.create_publisher(Image, "image", 5)
        self.client = ActionClient(peer.node, Find, "find")
        self.feedback: list[Find.Feedback] = []
        self._stamp = 0

    def send(self, goal: Find.Goal) -> Any:
        """Handle of the accepted goal."""
        self.feedback.clear()
        future = self.client.send_goal_async(goal, lambda message: self.feedback.append(message.feedback))
        self.peer.spin_until(future.done, what="the goal's acceptance")
        assert future.result().accepted
        return future.result()

    def result(self, handle: Any, *, images: bool = True) -> tuple[int, Find.Result]:
        future = handle.get_result_async()

        def done() -> bool:
            if images:
                self.show()
            return bool(future.done())

        self.peer.spin_until(done, what="the goal's result")
        return future.result().status, future.result().result

    def show(self) -> None:
        self._stamp += 33_000_000  # nanoseconds; tracks end where time leaps
        stamp = Time(sec=1 + self._stamp // 10**9, nanosec=self._stamp % 10**9)
        header = Header(stamp=stamp, frame_id="eye")
        self.images.publish(array_to_image(np.zeros((64, 64, 3), np.uint8), header=header))


@pytest.fixture(scope="module")
def searcher(start_node: Any, peer: Any, constant_model: Path) -> Iterator[Searcher]:
    process = start_node("perception", model=constant_model, provider="cpu", threads=1, find_timeout=1.5)
    searcher = Searcher(process, peer)
    process.wait_for("waiting for images on /hrs/image")
    peer.spin_until(searcher.client.server_is_ready, what="the action server")
    peer.spin_until(lambda: searcher.images.get_subscription_count() == 1, what="the node's subscription")
    yield searcher
    searcher.client.destroy()


def test_nothing_is_found_without_images(searcher: Searcher) -> None:
    status, result = searcher.result(searcher.send(Find.Goal(text="plate in left arm")), images=False)
    assert (status, result.status) == (GoalStatus.STATUS_ABORTED, Query.Response.NO_FRAME)
    assert searcher.feedback == []


def test_found_after_five_frames_in_a_row(searcher: Searcher) -> None:
    goal = Find.Goal(text="plate in left arm", want_masks=True, stable_frames=5, timeout=Duration(sec=20))
    status, result = searcher.result(searcher.send(goal))
    assert (status, result.status) == (GoalStatus.STATUS_SUCCEEDED, Query.Response.OK)
    assert result.candidates[0].entity.label == "plate 1" and result.candidates[0].entity.mask.width > 0
    assert result.header.frame_id == "eye" and result.header.stamp.sec > 0
    # Feedback travels on a topic of its own: the last may come after the result.
    searcher.peer.spin_until(lambda: len(searcher.feedback) >= 5, what="all feedback")
    assert [row.stable_frames for row in searcher.feedback] == [1, 2, 3, 4, 5]
    assert [row.frames for row in searcher.feedback] == [1, 2, 3, 4, 5]
    assert all(row.status == Query.Response.OK for row in searcher.feedback)


def test_time_is_up_with_the_last_answer(searcher: Searcher) -> None:
    goal = Find.Goal(text="cup in left arm", timeout=Duration(sec=3))
    status, result = searcher.result(searcher.send(goal))
    assert (status, result.status) == (GoalStatus.STATUS_ABORTED, Query.Response.NO_OBJECT)
    assert result.sentence == "No cup is in view."
    assert searcher.feedback and searcher.feedback[-1].stable_frames == 0
    elapsed = searcher.feedback[-1].elapsed
    assert 0 < elapsed.sec + elapsed.nanosec / 1e9 < 4


def test_cancelled(searcher: Searcher) -> None:
    handle = searcher.send(Find.Goal(text="cup in left arm", timeout=Duration(sec=60)))

    def fed_back() -> bool:
        searcher.show()
        return bool(searcher.feedback)

    searcher.peer.spin_until(fed_back, what="feedback")
    cancelled = handle.cancel_goal_async()
    searcher.peer.spin_until(cancelled.done, what="the answer to the cancellation")
    assert len(cancelled.result().goals_canceling) == 1
    status, result = searcher.result(handle)
    assert (status, result.status) == (GoalStatus.STATUS_CANCELED, Query.Response.NO_OBJECT)


def test_not_understood_fails_at_once(searcher: Searcher) -> None:
    status, result = searcher.result(searcher.send(Find.Goal(text="plaet")), images=False)
    assert (status, result.status) == (GoalStatus.STATUS_ABORTED, Query.Response.NOT_UNDERSTOOD)
    assert "plate" in result.did_you_mean


def test_two_goals_at_once(searcher: Searcher) -> None:
    left = searcher.send(Find.Goal(text="plate in left arm", stable_frames=3, timeout=Duration(sec=20)))
    right = searcher.send(Find.Goal(text="plate in right arm", stable_frames=3, timeout=Duration(sec=20)))
    answers = [searcher.result(handle)[1].candidates[0].entity.label for handle in (left, right)]
    assert answers == ["plate 1", "plate 2"]


def test_from_the_terminal(searcher: Searcher, start_process: Any, ros_environment: dict[str, str]) -> None:
    """`hrs query` in a process of its own: once by the service, once by the action."""
    asked = [sys.executable, "-m", "hrs_ros.cli", "query", "plate in left arm"]
    for how in (["--node", "--pose"], ["--wait", "20", "--stable", "2"]):
        process = start_process([*asked, *how], ros_environment)

        def ended(process: Any = process) -> bool:
            searcher.show()
            return not process.running

        searcher.peer.spin_until(ended, timeout=60, what="the end of hrs query")
        assert process.wait() == 0, process.output
        assert "OK: plate 1 fits: <human 1 [left arm], hold, plate 1>." in process.output
        assert ("no place: depth images are not used" in process.output) == ("--pose" in how)


def test_a_node_that_is_deactivated_aborts_what_it_looks_for(searcher: Searcher) -> None:
    handle = searcher.send(Find.Goal(text="cup in left arm", timeout=Duration(sec=60)))
    managed = Managed(searcher.peer, "/hrs/hrs_perception")
    result = handle.get_result_async()
    assert managed.change(Transition.TRANSITION_DEACTIVATE)
    searcher.peer.spin_until(result.done, what="the result of the aborted goal")
    assert result.result().status == GoalStatus.STATUS_ABORTED
    refused = searcher.client.send_goal_async(Find.Goal(text="plate in left arm"))
    searcher.peer.spin_until(refused.done, what="the answer of an inactive node")
    assert not refused.result().accepted
    assert managed.change(Transition.TRANSITION_CLEANUP)
    searcher.peer.spin_until(lambda: not searcher.client.server_is_ready(), what="the end of the server")
    assert managed.change(Transition.TRANSITION_CONFIGURE)
    assert managed.change(Transition.TRANSITION_ACTIVATE)
    searcher.peer.spin_until(searcher.client.server_is_ready, what="the new action server")
    again = Find.Goal(text="plate in left arm", timeout=Duration(sec=20))
    assert searcher.result(searcher.send(again))[0] == GoalStatus.STATUS_SUCCEEDED


def test_a_goal_does_not_outlive_its_node(searcher: Searcher) -> None:
    searcher.send(Find.Goal(text="cup in left arm", timeout=Duration(sec=60)))
    assert searcher.process.interrupt() == 0
    assert "Traceback" not in searcher.process.output
