"""Log lines about problems that every frame may have: each once in a while."""

from __future__ import annotations

import threading
import time

import rclpy

from hrs_ros.nodes.process import HRSNode

PERIOD = 5.0  # seconds between two log lines about the same problem


class Complaints:
    """Safe between threads; silent during shutdown, when the log has gone."""

    def __init__(self, node: HRSNode) -> None:
        self._node = node
        self._lock = threading.Lock()
        self._last: dict[str, float] = {}

    def complain(self, problem: str, text: str) -> None:
        """Log ``text`` as an error unless ``problem``, a short stable name, was complained of just now."""
        now = time.monotonic()
        with self._lock:
            if now - self._last.get(problem, -PERIOD) < PERIOD:
                return
            self._last[problem] = now
        if rclpy.ok():
            self._node.get_logger().error(text)
