"""Shape choices of one thing, so that a test scene shows shapes that no training scene shows.

Every continuous parameter has bands of its range that belong to ``test`` and to ``val``; of four or more
discrete variants the last belongs to ``test``, of five or more the one before it to ``val``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np

from hrs_ros.synthetic.splits import Split

T = TypeVar("T")

# Disjoint parts of the unit interval; together they cover it.
BANDS: dict[Split, tuple[tuple[float, float], ...]] = {
    "train": ((0.0, 0.16), (0.26, 0.46), (0.54, 0.74), (0.84, 1.0)),
    "val": ((0.46, 0.54),),
    "test": ((0.16, 0.26), (0.74, 0.84)),
}
OWN_TEST, OWN_VAL = 4, 5  # fewest variants of which one is kept for test, one more for val


def variants(options: Sequence[T], split: Split) -> Sequence[T]:
    """The discrete variants that a split may show; few variants are shared."""
    count = len(options)
    if count < OWN_TEST:
        return options
    if split == "test":
        return options[-1:]
    shared = options[: -2 if count >= OWN_VAL else -1]
    return options[-2:-1] if split == "val" and count >= OWN_VAL else shared


@dataclass(frozen=True, slots=True, eq=False)
class Variation:
    """Random shape parameters of one split."""

    rng: np.random.Generator
    split: Split

    def between(self, low: float, high: float) -> float:
        """A shape parameter in [low, high]."""
        bands = BANDS[self.split]
        place = self.rng.random() * sum(last - first for first, last in bands)
        for first, last in bands:
            if place < last - first:
                return low + (high - low) * (first + place)
            place -= last - first
        return low + (high - low) * bands[-1][1]

    def pick(self, *options: T) -> T:
        """A discrete variant."""
        allowed = variants(options, self.split)
        return allowed[int(self.rng.integers(len(allowed)))]

    def whole(self, low: int, high: int) -> int:
        """A whole number in [low, high]: counts, which all splits share."""
        return int(self.rng.integers(low, high + 1))

    def chance(self, probability: float) -> bool:
        """A detail that all splits share."""
        return bool(self.rng.random() < probability)
