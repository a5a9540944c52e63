"""A request from the terminal to a running node, by the service or the action, and the answer in print."""

from __future__ import annotations

import json
from typing import Any

import rclpy
from action_msgs.msg import GoalStatus
from builtin_interfaces.msg import Duration
from rclpy.action import ActionClient
from rclpy.executors import SingleThreadedExecutor
from rclpy.node import Node
from rclpy.task import Future
from tqdm import tqdm

from hrs_msgs.action import Find
from hrs_msgs.msg import SpatialObject
from hrs_msgs.srv import Query
from hrs_ros.language import Status

ANSWER_SECONDS = 10.0  # discovery takes up to 3


class TerminalClient:
    """Create inside an initialised rclpy context; relative names live in ``namespace``."""

    def __init__(self, *, namespace: str) -> None:
        self._node = Node("hrs_query_terminal", namespace=namespace)
        self._executor = SingleThreadedExecutor()
        self._executor.add_node(self._node)

    def ask(self, request: Query.Request) -> Query.Response:
        """The answer now. TimeoutError when none comes, or no node is there."""
        client = self._node.create_client(Query, "query")
        if not client.wait_for_service(timeout_sec=ANSWER_SECONDS):
            raise TimeoutError(f"no service {client.srv_name}: is hrs_perception running and active?")
        return self._wait(client.call_async(request), ANSWER_SECONDS, client.srv_name)

    def find(self, goal: Find.Goal, *, timeout: float) -> tuple[int, Find.Result]:
        """Goal status and answer, with a bar of what comes meanwhile. Ctrl-C cancels the goal."""
        client = ActionClient(self._node, Find, "find")
        try:
            if not client.wait_for_server(timeout_sec=ANSWER_SECONDS):
                raise TimeoutError("no action find: is hrs_perception running and active?")
            wanted = max(1, goal.stable_frames)
            with tqdm(total=wanted, desc="waiting", unit="frame", leave=False) as bar:

                def show(message: Any) -> None:
                    feedback: Find.Feedback = message.feedback
                    bar.n = feedback.stable_frames
                    bar.set_postfix_str(feedback.sentence[:60])

                handle = self._wait(client.send_goal_async(goal, show), ANSWER_SECONDS, "find")
                if not handle.accepted:
                    raise RuntimeError("hrs_perception looks for too many things already; try again later")
                try:
                    reply = self._wait(handle.get_result_async(), timeout + ANSWER_SECONDS, "find")
                except KeyboardInterrupt:
                    self._wait(handle.cancel_goal_async(), ANSWER_SECONDS, "find")
                    raise
            return int(reply.status), reply.result
        finally:
            client.destroy()

    def close(self) -> None:
        self._executor.shutdown()
        self._node.destroy_node()

    def _wait(self, future: Future, seconds: float, name: str) -> Any:
        self._executor.spin_until_future_complete(future, timeout_sec=seconds)
        if not future.done():
            raise TimeoutError(
                f"no answer from {name} within {seconds:.0f} s; does hrs_perception still run?"
            )
        return future.result()


def ask_node(
    text: str,
    *,
    namespace: str,
    wait: float | None,
    stable_frames: int,
    want_pose: bool,
    target_frame: str,
    as_json: bool,
) -> int:
    """Ask, print, and return 0 for OK, 1 for any other status. ``wait`` None: ask once."""
    rclpy.init()
    client = TerminalClient(namespace=namespace)
    try:
        answer: Query.Response | Find.Result
        if wait is None:
            answer = client.ask(Query.Request(text=text, want_pose=want_pose, target_frame=target_frame))
            found = answer.status == Status.OK
        else:
            goal = Find.Goal(
                text=text,
                want_pose=want_pose,
                target_frame=target_frame,
                timeout=Duration(sec=int(wait), nanosec=int(wait % 1 * 1e9)),
                stable_frames=stable_frames,
            )
            status, answer = client.find(goal, timeout=wait)
            found = status == GoalStatus.STATUS_SUCCEEDED
    finally:
        client.close()
        rclpy.try_shutdown()
    print(json.dumps(as_data(answer), ensure_ascii=False) if as_json else "\n".join(lines(answer)))
    return 0 if found else 1


def lines(answer: Query.Response | Find.Result) -> list[str]:
    """The answer for people."""
    rows = [f"understood: {answer.parsed.text}"] if answer.parsed.text else []
    rows.append(f"{Status(answer.status).name}: {answer.sentence}")
    for rank, candidate in enumerate(answer.candidates, start=1):
        rows.append(f"  {rank}. {candidate.entity.label}, score {candidate.score:.3f}: {candidate.sentence}")
        rows += [f"     {place_text(spatial)}" for spatial in candidate.spatial]
    if answer.did_you_mean:
        rows.append(f"did you mean: {', '.join(answer.did_you_mean)}")
    return rows


def place_text(spatial: SpatialObject) -> str:
    """ "at (0.103, -0.021, 1.498) m in camera, size ..." or why not."""
    if spatial.status != SpatialObject.OK:
        return f"no place: {spatial.sentence}"
    p, s = spatial.pose.position, spatial.size
    return (
        f"at ({p.x:.3f}, {p.y:.3f}, {p.z:.3f}) m in {spatial.header.frame_id}, size "
        f"{s.x:.3f} x {s.y:.3f} x {s.z:.3f} m; {spatial.sentence}"
    )


def as_data(answer: Query.Response | Find.Result) -> dict[str, Any]:
    """The answer for programs, without masks."""
    return {
        "status": answer.status,
        "status_name": Status(answer.status).name,
        "sentence": answer.sentence,
        "meaning": answer.parsed.text,
        "count": answer.count,
        "did_you_mean": list(answer.did_you_mean),
        "candidates": [
            {
                "entity_id": row.entity.id,
                "label": row.entity.label,
                "score": row.score,
                "sentence": row.sentence,
                "places": [_place_data(spatial) for spatial in row.spatial],
            }
            for row in answer.candidates
        ],
    }


def _place_data(spatial: SpatialObject) -> dict[str, Any]:
    p, q, s = spatial.pose.position, spatial.pose.orientation, spatial.size
    return {
        "status": spatial.status,
        "sentence": spatial.sentence,
        "frame": spatial.header.frame_id,
        "position": [p.x, p.y, p.z],
        "orientation": [q.x, q.y, q.z, q.w],
        "size": [s.x, s.y, s.z],
        "valid_depth_ratio": spatial.valid_depth_ratio,
    }
