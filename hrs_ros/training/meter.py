"""Means between two lines of a training log."""

from __future__ import annotations

import time
from collections.abc import Mapping


class Meter:
    """Means over the steps since the last log line."""

    def __init__(self) -> None:
        self._sums: dict[str, float] = {}
        self._steps = self._images = 0
        self._start = time.monotonic()
        self.waited = 0.0  # seconds without a batch to work on

    def add(self, losses: Mapping[str, float], *, images: int) -> None:
        for name, value in losses.items():
            self._sums[name] = self._sums.get(name, 0.0) + value
        self._steps += 1
        self._images += images

    def means(self) -> dict[str, float]:
        return {name: value / self._steps for name, value in self._sums.items()}

    def speed(self) -> float:
        """Images per second."""
        return self._images / (time.monotonic() - self._start)

    def waited_share(self) -> float:
        return self.waited / (time.monotonic() - self._start)
