"""How much a detection looks like the next sight of a track, from masks alone."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from hrs_ros.tracking.track import Sight, Track

DRIFT = 2.0  # sizes a second by which an unseen thing's place grows uncertain
SMALL = 1 / 16  # of the image's width: smaller things are carried about, and move by more than their own size


def affinities(tracks: Sequence[Track], sights: Sequence[Sight], *, width: int) -> NDArray[np.float64]:
    """(tracks, sights) in [0, 1]; 0 for different classes. ``width`` of the image in pixels."""
    table = np.zeros((len(tracks), len(sights)))
    for row, track in enumerate(tracks):
        for column, sight in enumerate(sights):
            if track.class_id == sight.class_id:
                table[row, column] = affinity(track, sight, width=width)
    return table


def affinity(track: Track, sight: Sight, *, width: int) -> float:
    """Mean of mask IoU and nearness, both against where the track should be now.

    Nearness is exp(-d / s): d between centres of mass, s the geometric mean of the boxes' sides, at least
    SMALL of the image, growing with the time unseen. It tells small fast things apart, whose masks do not
    overlap from frame to frame.
    """
    expected = track.expected_mask()
    sides = expected.width * expected.height * sight.mask.width * sight.mask.height
    if sides == 0:
        return 0.0
    (x, y), (expected_x, expected_y) = sight.centre, track.expected_centre()
    distance = math.hypot(x - expected_x, y - expected_y)
    size = max(sides**0.25, SMALL * width) * (1 + DRIFT * track.missing)
    return 0.5 * expected.iou(sight.mask) + 0.5 * math.exp(-distance / size)
