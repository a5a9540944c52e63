"""The topic ``annotated``: the newest image with what was seen in it, for people to look at."""

from __future__ import annotations

from rclpy.qos import QoSProfile, ReliabilityPolicy
from rclpy.qos_overriding_options import QoSOverridingOptions
from sensor_msgs.msg import Image

from hrs_ros.drawing import draw_scene
from hrs_ros.nodes.camera import Camera
from hrs_ros.nodes.component import Frame
from hrs_ros.nodes.image_message import array_to_image
from hrs_ros.nodes.process import HRSNode


class Overlay:
    """Component. Draws in a timer of its own, and only while somebody subscribes."""

    def __init__(self, node: HRSNode, camera: Camera) -> None:
        self._node = node
        self._newest: Frame | None = None
        self._drawn: Frame | None = None
        self._publisher = node.create_publisher(
            Image,
            camera.topic("annotated"),
            QoSProfile(depth=5, reliability=ReliabilityPolicy.RELIABLE),
            qos_overriding_options=QoSOverridingOptions.with_default_policies(),
        )
        self._timer = node.create_steady_timer(1 / node.value("annotated_rate"), self._draw)

    def see(self, frame: Frame) -> None:
        self._newest = frame

    def close(self) -> None:
        self._node.destroy_timer(self._timer)
        self._node.destroy_publisher(self._publisher)

    def _draw(self) -> None:
        frame = self._newest
        if frame is None or frame is self._drawn or self._publisher.get_subscription_count() == 0:
            return
        self._drawn = frame
        drawn = draw_scene(frame.image, frame.seen.scene)
        self._publisher.publish(array_to_image(drawn, header=frame.seen.header))
