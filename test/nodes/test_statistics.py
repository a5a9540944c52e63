"""Counts, rates and latencies against hand-made sequences on a clock of the test's own."""

from __future__ import annotations

import pytest

from hrs_ros.nodes.latency import Latency
from hrs_ros.nodes.statistics import FrameStatistics


class Clock:
    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def latency(total: float) -> Latency:
    return Latency(wait=0.001, convert=0.002, letterbox=0.003, network=0.02, assemble=0.004, total=total)


def test_rates_are_those_of_the_last_ten_seconds() -> None:
    clock = Clock()
    statistics = FrameStatistics(clock)
    for number in range(200):  # 20 s of images at 10 Hz, every second one answered
        clock.now += 0.1
        statistics.receive()
        if number % 2:
            statistics.answer(latency(0.03))
    received, answered = statistics.rates()
    assert (received, answered) == (pytest.approx(10, abs=0.11), pytest.approx(5, abs=0.11))
    assert (statistics.received, statistics.answered) == (200, 100)
    clock.now += 11.0
    assert statistics.rates() == (0.0, 0.0) and statistics.latencies() == {}
    assert statistics.last_received == pytest.approx(120.0)


def test_rate_of_a_young_node_is_not_diluted() -> None:
    clock = Clock()
    statistics = FrameStatistics(clock)
    for _ in range(20):
        clock.now += 0.1
        statistics.receive()
    assert statistics.rates()[0] == pytest.approx(10.0)


def test_latencies_are_median_and_95_percent() -> None:
    statistics = FrameStatistics(Clock())
    for milliseconds in range(1, 102):
        statistics.answer(latency(milliseconds / 1e3))
    latencies = statistics.latencies()
    assert list(latencies) == ["wait", "convert", "letterbox", "network", "assemble", "total"]
    assert latencies["total"] == (pytest.approx(0.051), pytest.approx(0.096))
    assert latencies["network"] == (pytest.approx(0.02), pytest.approx(0.02))


def test_problems_are_counted_by_name() -> None:
    statistics = FrameStatistics(Clock())
    for problem in ("size", "data", "size"):
        statistics.refuse(problem)
    statistics.drop()
    statistics.lose(3)
    assert statistics.refused() == {"size": 2, "data": 1}
    assert (statistics.dropped, statistics.lost) == (1, 3)
