"""Handling what arrives, for a while or until something holds: what clients of running nodes wait with."""

from __future__ import annotations

import time
from collections.abc import Callable

from rclpy.executors import Executor

_TURN = 0.1  # seconds between two looks at the condition, if nothing arrives


def spin(executor: Executor, seconds: float) -> None:
    """Handle what arrives for that long."""
    spin_until(executor, lambda: False, seconds)


def spin_until(executor: Executor, condition: Callable[[], bool], seconds: float) -> bool:
    """Handle what arrives until ``condition`` holds; False if it does not within ``seconds``."""
    end = time.monotonic() + seconds
    while not condition():
        left = end - time.monotonic()
        if left <= 0:
            return False
        executor.spin_once(timeout_sec=min(left, _TURN))
    return True
