"""The topics ``annotated`` and ``annotated/compressed``: the newest image with what was seen in it."""

from __future__ import annotations

from rclpy.qos import QoSProfile, ReliabilityPolicy
from rclpy.qos_overriding_options import QoSOverridingOptions
from sensor_msgs.msg import CompressedImage, Image

from hrs_ros.drawing import draw_scene
from hrs_ros.nodes.camera import Camera
from hrs_ros.nodes.component import Frame
from hrs_ros.nodes.display import Display
from hrs_ros.nodes.image_message import array_to_compressed, array_to_image
from hrs_ros.nodes.process import HRSNode


class Overlay(Display):
    """Raw, and as JPEG for networks; each only for its own subscribers."""

    def __init__(self, node: HRSNode, camera: Camera) -> None:
        super().__init__(node)
        self._raw, self._compressed = (
            node.create_publisher(
                kind,
                camera.topic(name),
                QoSProfile(depth=5, reliability=ReliabilityPolicy.RELIABLE),
                qos_overriding_options=QoSOverridingOptions.with_default_policies(),
            )
            for kind, name in ((Image, "annotated"), (CompressedImage, "annotated/compressed"))
        )

    def wanted(self) -> bool:
        return any(publisher.get_subscription_count() for publisher in (self._raw, self._compressed))

    def show(self, frame: Frame) -> None:
        drawn = draw_scene(frame.image, frame.seen.scene)
        if self._raw.get_subscription_count():
            self._raw.publish(array_to_image(drawn, header=frame.seen.header))
        if self._compressed.get_subscription_count():
            self._compressed.publish(array_to_compressed(drawn, header=frame.seen.header))

    def close(self) -> None:
        super().close()
        self._node.destroy_publisher(self._raw)
        self._node.destroy_publisher(self._compressed)
