"""Which prediction covers which true thing, frame by frame along a clip."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from scipy.optimize import linear_sum_assignment

from hrs_ros.scene import Entity, Scene

MATCH_IOU = 0.5

Pairs = dict[int, Entity]  # true id -> the predicted entity that covers it


def identity(entity: Entity) -> int:
    """Under which it is followed; its id in the scene where nothing follows it."""
    return entity.track_id or entity.id


def correspond(truths: Sequence[Scene], scenes: Sequence[Scene]) -> list[Pairs]:
    """Pairs of one class with mask IoU >= 0.5, as many and as alike as possible.

    As in CLEAR MOT, a true thing stays with the identity that covered it last where that still does.
    Raises ValueError if the two differ in length.
    """
    last: dict[int, int] = {}
    found: list[Pairs] = []
    for truth, scene in zip(truths, scenes, strict=True):
        gain = np.array([[_gain(true, seen, last) for seen in scene.entities] for true in truth.entities])
        pairs: Pairs = {}
        if gain.size:
            for row, column in zip(*linear_sum_assignment(gain, maximize=True), strict=True):
                if gain[row, column] > 0:
                    pairs[truth.entities[row].id] = scene.entities[column]
        last |= {true: identity(entity) for true, entity in pairs.items()}
        found.append(pairs)
    return found


def _gain(true: Entity, seen: Entity, last: dict[int, int]) -> float:
    if true.class_id != seen.class_id:
        return 0.0
    iou = true.mask.iou(seen.mask)
    if iou < MATCH_IOU:
        return 0.0
    # More than any two IoUs: continuity comes first.
    return iou + 2.0 * (last.get(true.id) == identity(seen))
