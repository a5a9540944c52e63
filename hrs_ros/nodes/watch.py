"""One camera's watch: the watchdog on its images, and what the log and the diagnostics say of it."""

from __future__ import annotations

import time

from hrs_ros.nodes.camera import CameraInput
from hrs_ros.nodes.channel import Channel
from hrs_ros.nodes.process import HRSNode
from hrs_ros.nodes.watchdog import Change, Watchdog

PERIOD = 0.25  # seconds between two looks


class CameraWatch:
    """Lives from activate to deactivate. Warns once when the images stop, and says when they come again."""

    def __init__(self, node: HRSNode, channel: Channel, source: CameraInput) -> None:
        self._node = node
        self._channel = channel
        self._source = source
        self._watchdog = Watchdog(time.monotonic())
        self._timer = node.create_steady_timer(PERIOD, self._look)

    @property
    def problem(self) -> str:
        """What is wrong with the camera, for a person; empty while images come."""
        if not self._watchdog.silent:
            return ""
        return f"no image on {self._source.topic} for {self._watchdog.silence:.1f} s, {self._publishers()}"

    def close(self) -> None:
        self._node.destroy_timer(self._timer)

    def _look(self) -> None:
        change = self._watchdog.look(
            time.monotonic(),
            last_received=self._channel.statistics.last_received,
            timeout=self._node.value("camera_timeout"),
        )
        if change is Change.FELL_SILENT:
            self._node.get_logger().warning(f"{self._channel.camera}: {self.problem}; queries turn STALE")
        elif change is Change.RETURNED:
            self._node.get_logger().info(
                f"{self._channel.camera}: images again after {self._watchdog.silence:.1f} s"
            )

    def _publishers(self) -> str:
        count = self._source.publisher_count
        if count:
            return f"although {count} publisher{'s' if count > 1 else ''} could send: is the QoS compatible?"
        return "and nobody publishes it: is the camera's driver running, and the topic remapped?"
