"""The topics ``latency/<part>``: where the time of every frame went, ready for a plot."""

from __future__ import annotations

import dataclasses

from rclpy.qos import QoSProfile
from std_msgs.msg import Float64

from hrs_ros.nodes.camera import Camera
from hrs_ros.nodes.component import Frame
from hrs_ros.nodes.latency import Latency
from hrs_ros.nodes.process import HRSNode


class LatencyPublisher:
    """Component. Seconds as std_msgs/Float64, one topic for each part; only for subscribers."""

    def __init__(self, node: HRSNode, camera: Camera) -> None:
        self._node = node
        self._publishers = {
            field.name: node.create_publisher(
                Float64, camera.topic(f"latency/{field.name}"), QoSProfile(depth=10)
            )
            for field in dataclasses.fields(Latency)
        }

    def see(self, frame: Frame) -> None:
        for name, seconds in frame.latency.parts().items():
            publisher = self._publishers[name]
            if publisher.get_subscription_count():
                publisher.publish(Float64(data=seconds))

    def close(self) -> None:
        for publisher in self._publishers.values():
            self._node.destroy_publisher(publisher)
