"""One relation over time: evidence with hysteresis, parts by majority, scores averaged."""

from __future__ import annotations

from dataclasses import dataclass, field

from hrs_ros.scene import Relation
from hrs_ros.tracking.options import TrackingOptions

ACTS = 0.5  # a part acts when it did so in most of the recent detections


@dataclass(slots=True, eq=False)
class Evidence:
    """Exponential averages; ``weight`` in [0, 1] is what the present frame counts for."""

    level: float = 0.0  # how often it was detected lately
    shown: bool = False
    since_ns: int = 0  # stamp of the frame in which it began to rise
    score: float = 0.0
    parts: dict[int, tuple[float, float]] = field(default_factory=dict)
    """Part id -> how often it acted lately, and its score when it did."""

    def seen(self, relation: Relation, *, weight: float, stamp_ns: int, options: TrackingOptions) -> None:
        """It was detected in the present frame."""
        if self.level < options.leave:
            self.since_ns, self.score = stamp_ns, relation.score
            self.parts = {part: (1.0, score) for part, score in _parts(relation).items()}
        self.level += weight * (1 - self.level)
        self.score += weight * (relation.score - self.score)
        self._see_parts(_parts(relation), weight)
        self.shown = self.shown or self.level >= options.enter

    def unseen(self, *, weight: float, options: TrackingOptions) -> None:
        """Both ends were seen in the present frame, the relation was not."""
        self.level -= weight * self.level
        self.shown = self.shown and self.level >= options.leave

    def acting(self) -> dict[int, float]:
        """Part id -> score of the parts that act; the most frequent one where none has the majority."""
        acting = {part: score for part, (often, score) in self.parts.items() if often >= ACTS}
        if not acting and self.parts:
            best = max(self.parts, key=lambda part: self.parts[part][0])
            acting = {best: self.parts[best][1]}
        return dict(sorted(acting.items()))

    def _see_parts(self, detected: dict[int, float], weight: float) -> None:
        for part in self.parts.keys() | detected.keys():
            often, score = self.parts.get(part, (0.0, detected.get(part, 0.0)))
            if part in detected:
                self.parts[part] = often + weight * (1 - often), score + weight * (detected[part] - score)
            else:
                self.parts[part] = often * (1 - weight), score


def _parts(relation: Relation) -> dict[int, float]:
    return dict(zip(relation.part_ids, relation.part_scores, strict=True))
