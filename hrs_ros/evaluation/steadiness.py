"""Do relations flicker? True relations of a clip: how often shown, how often they come and go, how late."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from hrs_ros.evaluation.correspondence import Pairs
from hrs_ros.evaluation.share import share
from hrs_ros.evaluation.triplets import Triplet, agrees, predicted_triplets, true_triplets
from hrs_ros.scene import Scene


@dataclass(frozen=True, slots=True)
class RelationFigures:
    """Counts over the frames of a clip. An action counts as shown if one of its acting parts agrees."""

    true: int  # true relations, summed over frames
    shown: int  # ... that are predicted between the right two things
    false: int  # predicted between two true things where the relation does not hold
    changes: int  # a true relation that goes on appears or vanishes between frames that show both its ends
    seconds: float  # between such frames, summed over true relations
    delays: tuple[float, ...]  # seconds from a relation's first frame to its first prediction
    never: int  # true relations that are never predicted

    @property
    def recall(self) -> float:
        return share(self.shown, self.true)

    @property
    def precision(self) -> float:
        predicted = self.shown + self.false
        return share(self.shown, predicted)

    @property
    def flicker(self) -> float:
        """Changes per second of a true relation with both ends found; NaN where there is none."""
        return share(self.changes, self.seconds)

    @property
    def mean_delay(self) -> float:
        """Seconds; NaN where nothing is ever predicted."""
        return share(sum(self.delays), len(self.delays))


def relation_figures(
    truths: Sequence[Scene], scenes: Sequence[Scene], pairs: Sequence[Pairs]
) -> RelationFigures:
    """``pairs`` are those of ``correspond``."""
    true = shown = false = changes = 0
    seconds = 0.0
    begun: dict[Triplet, int] = {}
    delays: dict[Triplet, float] = {}
    before: dict[Triplet, bool] = {}  # of the relations whose ends were both found
    before_ns = 0
    for truth, scene, frame in zip(truths, scenes, pairs, strict=True):
        predicted = predicted_triplets(scene, frame)
        now = {
            key: agrees(relation, predicted.get(key, [])) for key, relation in true_triplets(truth).items()
        }
        true += len(now)
        shown += sum(now.values())
        false += sum(key not in now for key in predicted)
        found = {key: now[key] for key in now if key[0] in frame and key[2] in frame}
        for key in found.keys() & before.keys():
            changes += found[key] != before[key]
            seconds += (truth.stamp_ns - before_ns) / 1e9
        before = found
        for key, is_shown in now.items():
            start = begun.setdefault(key, truth.stamp_ns)
            if is_shown:
                delays.setdefault(key, (truth.stamp_ns - start) / 1e9)
        before_ns = truth.stamp_ns
    return RelationFigures(
        true, shown, false, changes, seconds, tuple(delays.values()), len(begun) - len(delays)
    )
