"""The cameras of a node: their names, their topics, and the subscription that feeds the mailbox."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from dataclasses import dataclass

from rclpy.event_handler import QoSMessageLostInfo, SubscriptionEventCallbacks
from rclpy.qos import qos_profile_sensor_data
from rclpy.qos_overriding_options import QoSOverridingOptions
from sensor_msgs.msg import CompressedImage, Image

from hrs_ros.nodes.process import HRSNode

_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]*")  # what ROS allows as one word of a topic, and readable


@dataclass(frozen=True, slots=True)
class Camera:
    """``name`` is empty for the only camera of a node, whose topics carry no camera's name."""

    name: str

    def topic(self, name: str) -> str:
        """``name`` as a topic or service of this camera, relative to the node's namespace."""
        return f"{self.name}/{name}" if self.name else name

    def __str__(self) -> str:
        return f"camera {self.name}" if self.name else "camera"


def parse_cameras(text: str) -> tuple[Camera, ...]:
    """Names separated by blanks -> cameras; no name: the one camera without a name.

    Raises ValueError for names that are no topic names, and for a name given twice.
    """
    names = text.split()
    if wrong := [name for name in names if not _NAME.fullmatch(name)]:
        raise ValueError(
            f"cameras: expected names of letters, digits and _ that start with a letter, got {wrong[0]!r}"
        )
    if len(set(names)) != len(names):
        raise ValueError(f"cameras: expected every name once, got {text!r}")
    return tuple(Camera(name) for name in names or [""])


@dataclass(frozen=True, slots=True, eq=False)
class Arrival:
    """An image message and when it reached the node, on the monotonic clock."""

    message: Image | CompressedImage
    arrival_ns: int


class CameraInput:
    """Subscribes to one camera's images, raw or compressed as the parameter ``use_compressed`` says."""

    def __init__(
        self,
        node: HRSNode,
        camera: Camera,
        *,
        deliver: Callable[[Arrival], None],
        lose: Callable[[int], None],
    ) -> None:
        """``lose`` is told how many images DDS says it lost on the way, where it says so."""
        self._node = node
        self._deliver = deliver
        self._lose = lose
        compressed = node.value("use_compressed")
        self._subscription = node.create_subscription(
            CompressedImage if compressed else Image,
            camera.topic("image/compressed" if compressed else "image"),
            self._receive,
            qos_profile_sensor_data,
            qos_overriding_options=QoSOverridingOptions.with_default_policies(),
            event_callbacks=SubscriptionEventCallbacks(message_lost=self._count_lost),
        )

    @property
    def topic(self) -> str:
        """Full name of the topic, remapping applied."""
        return str(self._subscription.topic_name)

    @property
    def publisher_count(self) -> int:
        """How many publishers of the topic this node knows of."""
        return int(self._node.count_publishers(self.topic))

    def close(self) -> None:
        self._node.destroy_subscription(self._subscription)

    def _receive(self, message: Image | CompressedImage) -> None:
        self._deliver(Arrival(message, time.monotonic_ns()))

    def _count_lost(self, info: QoSMessageLostInfo) -> None:
        self._lose(info.total_count_change)
