"""Does a thing keep its identity along a clip?

CLEAR MOT (Bernardin and Stiefelhagen 2008) and IDF1 (Ristani et al. 2016), on masks.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.optimize import linear_sum_assignment

from hrs_ros.evaluation.correspondence import Pairs, identity
from hrs_ros.evaluation.share import share
from hrs_ros.scene import Entity, Scene
from hrs_ros.vocabulary import vocabulary


@dataclass(frozen=True, slots=True)
class IdentityFigures:
    """People and things of a clip; amorphous stuff (floor, wall) is left out."""

    objects: int  # true people and things, summed over frames
    found: int  # ... covered by a prediction of their class with mask IoU >= 0.5
    surplus: int  # predictions that cover none
    switches: int  # times a true thing is found under another identity than when it was found last
    identities: int  # identities that ever cover a true thing
    true_identities: int
    idf1: float  # harmonic mean of identity precision and recall; NaN without objects and predictions

    @property
    def mota(self) -> float:
        """1 - (missed + surplus + switches) / objects; NaN without objects."""
        errors = self.objects - self.found + self.surplus + self.switches
        return 1 - share(errors, self.objects)


def identity_figures(
    truths: Sequence[Scene], scenes: Sequence[Scene], pairs: Sequence[Pairs]
) -> IdentityFigures:
    """``pairs`` are those of ``correspond``."""
    objects = [entity.id for truth in truths for entity in truth.entities if _is_thing(entity)]
    predicted = sum(_is_thing(entity) for scene in scenes for entity in scene.entities)
    together: Counter[tuple[int, int]] = Counter()  # frames of (true id, identity)
    last: dict[int, int] = {}
    switches = 0
    for frame in pairs:
        for true, entity in frame.items():
            if _is_thing(entity):
                name = identity(entity)
                together[true, name] += 1
                switches += last.get(true, name) != name
                last[true] = name
    found = together.total()
    return IdentityFigures(
        objects=len(objects),
        found=found,
        surplus=predicted - found,
        switches=switches,
        identities=len({name for _, name in together}),
        true_identities=len(set(objects)),
        idf1=_idf1(together, len(objects) + predicted),
    )


def _idf1(together: Counter[tuple[int, int]], detections: int) -> float:
    """Twice the frames that the best one-to-one naming explains, over true and predicted detections."""
    if not detections:
        return float("nan")
    if not together:
        return 0.0
    rows, columns = (sorted({pair[end] for pair in together}) for end in (0, 1))
    table = np.array([[together[true, name] for name in columns] for true in rows])
    explained = table[linear_sum_assignment(table, maximize=True)].sum()
    return float(2 * explained / detections)


def _is_thing(entity: Entity) -> bool:
    return entity.class_id not in vocabulary().stuff
