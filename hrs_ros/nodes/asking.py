"""The service ``query``: requests in words, answered from what was seen last."""

from __future__ import annotations

import time

from hrs_msgs.srv import Query
from hrs_ros.nodes.camera import Camera
from hrs_ros.nodes.component import Frame
from hrs_ros.nodes.memory import SceneMemory, answer_from
from hrs_ros.nodes.messages import MASK_ENCODINGS, duration, fill_response
from hrs_ros.nodes.process import HRSNode


class QueryService:
    """Component. Answers at once and never waits for the network."""

    def __init__(self, node: HRSNode, camera: Camera, memory: SceneMemory) -> None:
        self._node = node
        self._memory = memory
        self._service = node.create_service(Query, camera.topic("query"), self._answer)

    def see(self, frame: Frame) -> None:
        self._memory.seconds = self._node.value("memory")
        self._memory.add(frame.seen)

    def close(self) -> None:
        self._node.destroy_service(self._service)

    def _answer(self, request: Query.Request, response: Query.Response) -> Query.Response:
        now_ns = time.monotonic_ns()
        answer, seen = answer_from(
            self._memory,
            request.text,
            now_ns=now_ns,
            stale_after=self._node.value("stale_after"),
            margin=self._node.value("ambiguity_margin"),
        )
        if seen is not None:
            response.header = seen.header
            response.age = duration(now_ns - seen.arrival_ns)
        return fill_response(
            response,
            answer,
            scene=seen.scene if seen else None,
            encoding=MASK_ENCODINGS[self._node.value("mask_encoding")] if request.want_masks else None,
        )
