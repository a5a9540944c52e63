"""What a reader of the relations sees: how many of those shown hold, and how many that hold are shown."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from hrs_ros.evaluation.correspondence import correspond
from hrs_ros.evaluation.share import share
from hrs_ros.evaluation.triplets import agrees, predicted_triplets, true_triplets
from hrs_ros.scene import Scene

ALL = "all relations"


@dataclass(frozen=True, slots=True)
class ShownFigures:
    """Counts over images; adds up with ``+``, under the first name. Rates are NaN when there was nothing."""

    relation: str
    true: int = 0  # that hold
    shown: int = 0  # that users see
    right: int = 0  # ... between the right two things, with one of the acting parts
    ghosts: int = 0  # ... with an end that is no true thing of its class (mask IoU < 0.5)

    def __add__(self, other: ShownFigures) -> ShownFigures:
        return ShownFigures(
            self.relation,
            self.true + other.true,
            self.shown + other.shown,
            self.right + other.right,
            self.ghosts + other.ghosts,
        )

    @property
    def precision(self) -> float:
        return share(self.right, self.shown)

    @property
    def recall(self) -> float:
        return share(self.right, self.true)


def shown_relations(truth: Scene, seen: Scene) -> list[ShownFigures]:
    """Of one image, for every relation that holds or is shown.

    True relations that the labels leave out count as wrong: on labels that are not complete, as PIC's,
    precision is a lower bound.
    """
    (pairs,) = correspond([truth], [seen])
    predicted = predicted_triplets(seen, pairs)
    true = Counter(relation.predicate for relation in truth.relations)
    shown = Counter(relation.predicate for relation in seen.relations)
    right = Counter(
        relation.predicate
        for key, relation in true_triplets(truth).items()
        if agrees(relation, predicted.get(key, []))
    )
    known = Counter(relation.predicate for found in predicted.values() for relation in found)
    return [
        ShownFigures(name, true[name], shown[name], right[name], ghosts=shown[name] - known[name])
        for name in sorted(true.keys() | shown.keys())
    ]


def summarise_shown(figures: Iterable[ShownFigures]) -> tuple[ShownFigures, ...]:
    """Sums: of all relations (``ALL``), then of each, those that hold most often first."""
    sums = {ALL: ShownFigures(ALL)}
    for one in figures:
        for name in (ALL, one.relation):
            sums[name] = sums.get(name, ShownFigures(name)) + one
    return tuple(sorted(sums.values(), key=lambda row: (row.relation != ALL, -row.true, row.relation)))
