"""How far training is, and what follows from it: learning rate and image size."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

Preset = Literal["paper", "short"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Budget:
    """When training ends: the limit that is reached first. At least one must be given."""

    steps: int | None = None
    epochs: int | None = None
    seconds: float | None = None  # wall clock spent training, interruptions not counted

    def __post_init__(self) -> None:
        limits = [limit for limit in (self.steps, self.epochs, self.seconds) if limit is not None]
        if not limits or min(limits) <= 0:
            raise ValueError(
                f"a training run needs an end: expected positive steps, epochs or a time limit, got {self}"
            )

    def progress(self, *, step: int, epoch: float, seconds: float) -> float:
        """Fraction done in [0, 1]. ``epoch`` counts finished epochs with their fraction.

        The largest of the given fractions counts, so a run that ends by the clock still anneals fully.
        """
        spent = (step, self.steps), (epoch, self.epochs), (seconds, self.seconds)
        return min(1.0, max(done / limit for done, limit in spent if limit is not None))


@dataclass(frozen=True, slots=True, kw_only=True)
class LearningRate:
    """Base rate times a factor of progress.

    "paper": constant, a tenth after 90/140 and a hundredth after 110/140 (spec section 4).
    "short": linear warm-up, then a half cosine down to ``floor``; made for runs of hours instead of days.
    """

    base: float
    preset: Preset = "short"
    warm_up: float = 0.03  # fraction of progress
    floor: float = 0.01  # of the base rate

    def at(self, progress: float) -> float:
        if self.preset == "paper":
            passed = sum(progress >= milestone / 140 for milestone in (90, 110))
            return self.base * 0.1**passed
        if progress < self.warm_up:
            return self.base * max(self.floor, progress / self.warm_up)
        phase = (progress - self.warm_up) / (1 - self.warm_up)
        return self.base * (self.floor + (1 - self.floor) * 0.5 * (1 + math.cos(math.pi * phase)))


@dataclass(frozen=True, slots=True)
class SizeSchedule:
    """Side of the square training images by progress; small images first buy a CPU run many steps."""

    stages: tuple[tuple[int, float], ...]  # (side in pixels, progress at which the stage ends)

    def __post_init__(self) -> None:
        ends = [end for _, end in self.stages]
        if not ends or ends != sorted(set(ends)) or ends[0] <= 0 or ends[-1] != 1.0:
            raise ValueError(f"image sizes: ends must rise from above 0 to exactly 1, got {self.stages}")
        for side, _ in self.stages:
            if side <= 0 or side % 32:
                raise ValueError(f"image sizes must be positive multiples of 32, got {side}")

    @classmethod
    def parse(cls, text: str) -> SizeSchedule:
        """ "320" or "256@0.6,320@1.0": 256 until 60 % of the run, 320 afterwards."""
        stages = []
        for stage in text.split(","):
            side, _, end = stage.partition("@")
            try:
                stages.append((int(side), float(end) if end else 1.0))
            except ValueError:
                raise ValueError(f"image sizes: expected SIZE or SIZE@END,SIZE@1.0, got {text!r}") from None
        return cls(tuple(stages))

    @property
    def final(self) -> int:
        return self.stages[-1][0]

    def at(self, progress: float) -> int:
        return next((side for side, end in self.stages if progress < end), self.final)
