"""The service ``query``: requests in words or as data, answered from what was seen last."""

from __future__ import annotations

from hrs_msgs.srv import Query
from hrs_ros.nodes.answering import Answering
from hrs_ros.nodes.camera import Camera
from hrs_ros.nodes.component import Frame
from hrs_ros.nodes.memory import SceneMemory
from hrs_ros.nodes.process import HRSNode
from hrs_ros.nodes.query_messages import read_request


class QueryService:
    """Component. Answers at once and never waits for the network."""

    def __init__(self, node: HRSNode, camera: Camera, memory: SceneMemory, answering: Answering) -> None:
        self._node = node
        self._memory = memory
        self._answering = answering
        self._service = node.create_service(Query, camera.topic("query"), self._answer)

    def see(self, frame: Frame) -> None:
        self._memory.seconds = self._node.value("memory")
        self._memory.add(frame.seen)

    def close(self) -> None:
        self._node.destroy_service(self._service)

    def _answer(self, request: Query.Request, response: Query.Response) -> Query.Response:
        answer, seen = self._answering.from_memory(read_request(request))
        return self._answering.fill(response, request, answer, seen)
