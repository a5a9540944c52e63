"""The action ``find``: waits until a request has an answer that lasts, with feedback on the way."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field

from lifecycle_msgs.msg import State
from rclpy.action import ActionServer, CancelResponse, GoalResponse
from rclpy.action.server import ServerGoalHandle
from rclpy.task import Future

from hrs_msgs.action import Find
from hrs_ros.language import Answer, NotUnderstood, ParsedQuery, Status, not_understood
from hrs_ros.nodes.answering import Answering
from hrs_ros.nodes.camera import Camera
from hrs_ros.nodes.component import Frame
from hrs_ros.nodes.lifecycle import ManagedNode
from hrs_ros.nodes.memory import Seen
from hrs_ros.nodes.messages import duration
from hrs_ros.nodes.query_messages import read_request
from hrs_ros.nodes.stability import Stability

MOST_GOALS = 16  # at a time; more are rejected
PERIOD = 0.1  # seconds between two looks at the clock
KEPT = 32  # frames that may wait for the executor


@dataclass(slots=True, eq=False)
class _Search:
    """One goal on its way. ``over`` is done when the goal has ended."""

    goal: ServerGoalHandle
    query: ParsedQuery
    deadline: float  # seconds, monotonic
    wanted: int  # frames in a row
    started: float = field(default_factory=time.monotonic)
    stability: Stability = field(default_factory=Stability)
    frames: int = 0
    last: tuple[Answer, Seen] | None = None
    over: Future = field(default_factory=Future)


class FindAction:
    """Component. Goals are looked at on the executor's thread whenever a frame came, and by the clock.

    A node that is deactivated aborts its goals at the next look; only an active one takes new ones.
    """

    def __init__(self, node: ManagedNode, camera: Camera, answering: Answering) -> None:
        self._node = node
        self._answering = answering
        self._fresh: deque[Seen] = deque(maxlen=KEPT)
        self._searches: list[_Search] = []
        self._pending = 0  # goals that were accepted and do not run yet
        self._wake = node.create_guard_condition(self._look)
        self._timer = node.create_steady_timer(PERIOD, self._look)
        self._server = ActionServer(
            node,
            Find,
            camera.topic("find"),
            execute_callback=self._execute,
            goal_callback=self._accept,
            cancel_callback=lambda _: CancelResponse.ACCEPT,
        )

    def see(self, frame: Frame) -> None:
        if self._searches:
            self._fresh.append(frame.seen)
            self._wake.trigger()

    def close(self) -> None:
        self._searches.clear()
        self._server.destroy()
        self._node.destroy_timer(self._timer)
        self._node.destroy_guard_condition(self._wake)

    @property
    def _active(self) -> bool:
        return self._node.state == State.PRIMARY_STATE_ACTIVE

    def _accept(self, _: Find.Goal) -> GoalResponse:
        if not self._active:
            self._node.get_logger().warning("find: rejected a goal, the node is not active")
            return GoalResponse.REJECT
        if len(self._searches) + self._pending >= MOST_GOALS:
            self._node.get_logger().warning(f"find: rejected a goal, {MOST_GOALS} are being looked for")
            return GoalResponse.REJECT
        self._pending += 1
        return GoalResponse.ACCEPT

    async def _execute(self, goal: ServerGoalHandle) -> Find.Result:
        self._pending -= 1
        request: Find.Goal = goal.request
        query = read_request(request)
        if isinstance(query, NotUnderstood):
            goal.abort()
            return self._answering.fill(Find.Result(), request, not_understood(query), None)
        timeout = request.timeout.sec + request.timeout.nanosec * 1e-9 or self._node.value("find_timeout")
        search = _Search(goal, query, time.monotonic() + timeout, max(1, request.stable_frames))
        self._searches.append(search)
        await search.over
        answer, seen = search.last or self._answering.from_memory(query)
        return self._answering.fill(Find.Result(), request, answer, seen)

    def _look(self) -> None:
        """Give new frames to every goal; end those that are found, cancelled or out of time."""
        frames = [self._fresh.popleft() for _ in range(len(self._fresh))]
        now = time.monotonic()
        for search in list(self._searches):
            if search.goal.is_cancel_requested:
                self._end(search, search.goal.canceled)
                continue
            if any(self._found(search, seen) for seen in frames):
                self._end(search, search.goal.succeed)
            elif now >= search.deadline or not self._active:
                self._end(search, search.goal.abort)

    def _found(self, search: _Search, seen: Seen) -> bool:
        answer = self._answering.from_frame(search.query, seen)
        search.last = answer, seen
        search.frames += 1
        stable = search.stability.add(answer, seen.scene)
        search.goal.publish_feedback(
            Find.Feedback(
                status=int(answer.status),
                sentence=answer.sentence,
                stable_frames=stable,
                frames=search.frames,
                elapsed=duration(round((time.monotonic() - search.started) * 1e9)),
            )
        )
        return answer.status is Status.OK and stable >= search.wanted

    def _end(self, search: _Search, finish: Callable[[], None]) -> None:
        self._searches.remove(search)
        finish()
        search.over.set_result(None)
