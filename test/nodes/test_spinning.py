"""Waiting with an executor: the condition is asked first, time ends it, something that arrives is handled."""

from __future__ import annotations

from typing import Any

import pytest

pytest.importorskip("rclpy", reason="needs ROS 2 (scripts/setup installs it as wheels)")

from hrs_ros.nodes.spinning import spin, spin_until


class Turns:
    """Counts the turns of an executor to which nothing arrives."""

    def __init__(self) -> None:
        self.waits: list[float] = []

    def spin_once(self, timeout_sec: float) -> None:
        self.waits.append(timeout_sec)


def test_what_holds_already_needs_no_turn() -> None:
    executor: Any = Turns()
    assert spin_until(executor, lambda: True, 0.0)
    assert executor.waits == []


def test_ends_with_the_condition() -> None:
    executor: Any = Turns()
    assert spin_until(executor, lambda: len(executor.waits) == 3, 60.0)
    assert executor.waits == [0.1] * 3


def test_ends_with_the_time() -> None:
    executor: Any = Turns()
    assert not spin_until(executor, lambda: False, 0.0)
    assert executor.waits == []
    spin(executor, 0.01)
    assert executor.waits and max(executor.waits) <= 0.01
