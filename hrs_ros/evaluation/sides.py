"""Are a person's left and right told apart? Limb by limb, against a scene whose parts are all labelled."""

from __future__ import annotations

from dataclasses import dataclass

from hrs_ros.evaluation.instances import match_instances
from hrs_ros.evaluation.share import share
from hrs_ros.scene import Mask, Scene
from hrs_ros.vocabulary import vocabulary


@dataclass(frozen=True, slots=True)
class SideFigures:
    """Counts over left/right limbs of people that were found; adds up with ``+``."""

    limbs: int = 0  # truth limbs that show at least one pixel, of matched people
    covered: int = 0  # ... that the predicted limb of either side overlaps
    correct: int = 0  # ... overlapped more by the same side than by the other

    def __add__(self, other: SideFigures) -> SideFigures:
        return SideFigures(
            self.limbs + other.limbs, self.covered + other.covered, self.correct + other.correct
        )

    @property
    def accuracy(self) -> float:
        """Correct among covered; NaN when no limb was covered."""
        return share(self.correct, self.covered)


def sided_parts() -> tuple[int, ...]:
    """Part ids that exist on a left and a right side."""
    mirror = vocabulary().part_mirror
    return tuple(part for part, other in enumerate(mirror) if other != part)


def side_figures(truth: Scene, predicted: Scene, *, parts: tuple[int, ...] | None = None) -> SideFigures:
    """Limbs of the people of one image, matched by mask IoU >= 0.5; ``parts`` defaults to all sided ones."""
    mirror = vocabulary().part_mirror
    limbs = covered = correct = 0
    people = match_instances(
        [person.mask for person in truth.humans()],
        [person.mask for person in predicted.humans()],
        scores=[person.score for person in predicted.humans()],
    )
    for row, pair in people.items():
        true_parts = truth.humans()[row].parts
        seen_parts = predicted.humans()[pair.predicted].parts
        for part in sided_parts() if parts is None else parts:
            limb = true_parts.get(part, Mask.empty())
            if not limb.area:
                continue
            same = limb.intersection(seen_parts.get(part, Mask.empty()))
            other = limb.intersection(seen_parts.get(mirror[part], Mask.empty()))
            limbs += 1
            covered += same + other > 0
            correct += same > other
    return SideFigures(limbs, covered, correct)
