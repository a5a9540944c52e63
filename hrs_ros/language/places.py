"""Places in the image, as its viewer sees it: "on the left", "leftmost"."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol, TypeVar

import numpy as np

from hrs_ros.language.query import Place
from hrs_ros.scene import Entity, Mask

CLEAR_GAP = 0.05  # of the image width: what is less far apart than this is not told apart by its place


class Placed(Protocol):
    """Something found, with its rank."""

    @property
    def entity(self) -> Entity: ...

    @property
    def score(self) -> float: ...


P = TypeVar("P", bound=Placed)


def in_place(ranked: Sequence[P], place: Place, *, width: int, margin: float) -> list[P]:
    """Those of ``ranked`` (best score first) at a place of an image ``width`` pixels wide.

    Halves and thirds go by the mask's centre of mass. LEFTMOST and RIGHTMOST keep the outermost one of those
    that score at least ``margin`` times the best, and all that lie within CLEAR_GAP of it.
    """
    if place is Place.ANYWHERE or not ranked:
        return list(ranked)
    centres = {id(item): centre_x(item.entity.mask) / width for item in ranked}
    if place in (Place.LEFTMOST, Place.RIGHTMOST):
        outward = -1.0 if place is Place.LEFTMOST else 1.0
        likely = [item for item in ranked if item.score >= margin * ranked[0].score]
        edge = max(outward * centres[id(item)] for item in likely)
        return [item for item in likely if outward * centres[id(item)] >= edge - CLEAR_GAP]
    low, high = {Place.LEFT: (0.0, 0.5), Place.MIDDLE: (1 / 3, 2 / 3), Place.RIGHT: (0.5, 1.0)}[place]
    return [item for item in ranked if low <= centres[id(item)] < high]


def centre_x(mask: Mask) -> float:
    """x of the mask's centre of mass [pixel], pixel centres at +0.5; its box's where it has no pixels."""
    columns = np.count_nonzero(mask.bits, axis=0)
    total = int(columns.sum())
    if total == 0:
        return mask.x + mask.width / 2
    return mask.x + 0.5 + float(columns @ np.arange(columns.size)) / total
