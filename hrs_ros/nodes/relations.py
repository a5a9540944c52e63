"""The topic ``relations``: every scene as a message."""

from __future__ import annotations

from rclpy.qos import QoSProfile, ReliabilityPolicy
from rclpy.qos_overriding_options import QoSOverridingOptions

from hrs_msgs.msg import HRSScene
from hrs_ros.nodes.camera import Camera
from hrs_ros.nodes.component import Frame
from hrs_ros.nodes.messages import MASK_ENCODINGS, scene_to_message
from hrs_ros.nodes.process import HRSNode


class RelationsPublisher:
    """Component. ``model_hash`` travels in every message: which eyes saw this."""

    def __init__(self, node: HRSNode, camera: Camera, *, model_hash: str) -> None:
        self._node = node
        self._model_hash = model_hash
        self._publisher = node.create_publisher(
            HRSScene,
            camera.topic("relations"),
            QoSProfile(depth=5, reliability=ReliabilityPolicy.RELIABLE),
            qos_overriding_options=QoSOverridingOptions.with_default_policies(),
        )

    def see(self, frame: Frame) -> None:
        seen = frame.seen
        self._publisher.publish(
            scene_to_message(
                seen.scene,
                header=seen.header,
                encoding=MASK_ENCODINGS[self._node.value("mask_encoding")],
                latency_ns=round(frame.latency.total * 1e9),
                dropped=frame.dropped,
                model_hash=self._model_hash,
            )
        )

    def close(self) -> None:
        self._node.destroy_publisher(self._publisher)
