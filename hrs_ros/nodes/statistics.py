"""What happened to one camera's images: counts, rates and latencies of the last seconds."""

from __future__ import annotations

import threading
import time
from collections import Counter, deque
from collections.abc import Callable

import numpy as np

from hrs_ros.nodes.latency import Latency

SPAN = 10.0  # seconds that rates and latencies speak of


class FrameStatistics:
    """Safe between threads. ``clock``: monotonic seconds."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._start = clock()
        self._received: deque[float] = deque()
        self._answered: deque[tuple[float, Latency]] = deque()
        self._refused: Counter[str] = Counter()
        self.received = 0
        self.answered = 0
        self.dropped = 0
        """Images given up for newer ones before the inference thread was free."""
        self.lost = 0
        """Images that DDS says it lost on the way."""
        self.last_received: float | None = None
        """When the last image came, on ``clock``; None before the first."""

    def receive(self) -> None:
        with self._lock:
            self.last_received = self._clock()
            self.received += 1
            self._received.append(self.last_received)
            self._forget(self.last_received)

    def drop(self) -> None:
        with self._lock:
            self.dropped += 1

    def lose(self, count: int) -> None:
        with self._lock:
            self.lost += count

    def answer(self, latency: Latency) -> None:
        with self._lock:
            now = self._clock()
            self.answered += 1
            self._answered.append((now, latency))
            self._forget(now)

    def refuse(self, problem: str) -> None:
        """An image that could not be used; ``problem`` is a short, stable name."""
        with self._lock:
            self._refused[problem] += 1

    def refused(self) -> dict[str, int]:
        """Problem -> how many images had it."""
        with self._lock:
            return dict(self._refused)

    def rates(self) -> tuple[float, float]:
        """Images that came and scenes that went out, a second, over the last SPAN seconds."""
        with self._lock:
            now = self._clock()
            self._forget(now)
            seconds = max(min(SPAN, now - self._start), 1e-3)
            return len(self._received) / seconds, len(self._answered) / seconds

    def latencies(self) -> dict[str, tuple[float, float]]:
        """Part -> median and 95th percentile [s] over the last SPAN seconds; empty without a scene."""
        with self._lock:
            self._forget(self._clock())
            rows = [latency.parts() for _, latency in self._answered]
        return {
            name: (float(np.median(values)), float(np.percentile(values, 95)))
            for name in (rows[0] if rows else {})
            if (values := [row[name] for row in rows])
        }

    def _forget(self, now: float) -> None:
        while self._received and self._received[0] < now - SPAN:
            self._received.popleft()
        while self._answered and self._answered[0][0] < now - SPAN:
            self._answered.popleft()
