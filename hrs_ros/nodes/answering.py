"""Answers of one camera, as the service and the action give them."""

from __future__ import annotations

import time

from hrs_msgs.msg import SpatialObject
from hrs_ros.language import Answer, Candidate, NotUnderstood, ParsedQuery, Status, resolve
from hrs_ros.nodes.locating import Locator
from hrs_ros.nodes.memory import SceneMemory, Seen, answer_from
from hrs_ros.nodes.messages import MASK_ENCODINGS, duration
from hrs_ros.nodes.process import HRSNode
from hrs_ros.nodes.query_messages import Request, Response, fill_response


class Answering:
    """From the memory of one camera's frames. Used on the executor's thread."""

    def __init__(self, node: HRSNode, memory: SceneMemory, locator: Locator) -> None:
        self._node = node
        self._memory = memory
        self._locator = locator

    def from_memory(self, query: ParsedQuery | NotUnderstood) -> tuple[Answer, Seen | None]:
        """The answer now, and the frame that it speaks of."""
        return answer_from(
            self._memory,
            query,
            now_ns=time.monotonic_ns(),
            stale_after=self._node.value("stale_after"),
            margin=self._node.value("ambiguity_margin"),
        )

    def from_frame(self, query: ParsedQuery, seen: Seen) -> Answer:
        """The answer of one frame alone."""
        return resolve(query, seen.scene, margin=self._node.value("ambiguity_margin"))

    def fill(self, response: Response, request: Request, answer: Answer, seen: Seen | None) -> Response:
        """Everything that the request wants in its response. A place in space is told of answers only."""
        if seen is not None:
            response.header = seen.header
            response.age = duration(time.monotonic_ns() - seen.arrival_ns)
        spatial = (request.want_pose or request.want_cloud) and answer.status is Status.OK

        def locate(candidate: Candidate) -> SpatialObject:
            assert seen is not None  # there is no candidate without a frame
            return self._locator.locate(
                seen,
                candidate.entity_id,
                target_frame=request.target_frame,
                want_cloud=request.want_cloud,
            )

        return fill_response(
            response,
            answer,
            scene=seen.scene if seen else None,
            encoding=MASK_ENCODINGS[self._node.value("mask_encoding")] if request.want_masks else None,
            locate=locate if spatial else None,
        )
