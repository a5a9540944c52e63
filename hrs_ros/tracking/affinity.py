"""How much a detection looks like the next sight of a track, from masks alone."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from hrs_ros.scene import Entity
from hrs_ros.tracking.track import Track

DRIFT = 2.0  # sizes a second by which an unseen thing's place grows uncertain


def affinities(tracks: Sequence[Track], entities: Sequence[Entity]) -> NDArray[np.float64]:
    """(tracks, entities) in [0, 1]; 0 for different classes."""
    table = np.zeros((len(tracks), len(entities)))
    for row, track in enumerate(tracks):
        for column, entity in enumerate(entities):
            if track.class_id == entity.class_id:
                table[row, column] = affinity(track, entity)
    return table


def affinity(track: Track, entity: Entity) -> float:
    """Mean of mask IoU and nearness, both against where the track should be now.

    Nearness is exp(-d / s): d between centres of mass, s the geometric mean of the boxes' sides, growing with
    the time unseen. It tells small fast things apart, whose masks do not overlap from frame to frame.
    """
    expected = track.expected_mask()
    x, y = track.expected_centre()
    centre_x, centre_y = entity.mask.centroid
    distance = math.hypot(centre_x - x, centre_y - y)
    sides = track.mask.width * track.mask.height * entity.mask.width * entity.mask.height
    if sides == 0:
        return 0.0
    size = sides**0.25 * (1 + DRIFT * track.missing)
    return 0.5 * expected.iou(entity.mask) + 0.5 * math.exp(-distance / size)
