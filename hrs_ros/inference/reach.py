"""Relations that the masks contradict: nobody holds what his arm is nowhere near.

The network scores a relation and its ends apart, and a young network sees one person's plate in another's
hand. Its own masks show that such a hand is far away.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping

import numpy as np
from numpy.typing import NDArray

from hrs_ros.scene import Entity, Mask, Relation, union
from hrs_ros.vocabulary import vocabulary


def within_reach(
    relations: Iterable[Relation], entities: Mapping[int, Entity], reach: float | None
) -> tuple[Relation, ...]:
    """The relations without those of contact (``Vocabulary.contact``) whose ends are apart, in their order.

    ``entities``: id -> entity, of both ends of each relation. ``reach``: how far the acting parts, or the
    whole person where none of them is seen, may be from the thing, in lengths of the square root of the
    person's area in pixels. None keeps all, as the paper does.
    """
    return tuple(
        relation
        for relation in relations
        if reach is None
        or relation.predicate_id not in vocabulary(relation.vocabulary).contact
        or _reaches(relation, entities[relation.subject_id], entities[relation.object_id].mask, reach)
    )


def _reaches(relation: Relation, person: Entity, thing: Mask, reach: float) -> bool:
    acting = union(person.parts[part] for part in relation.part_ids if part in person.parts)
    return near(acting if acting.bits.any() else person.mask, thing, reach * math.sqrt(person.mask.area))


def near(one: Mask, other: Mask, distance: float) -> bool:
    """Whether a pixel of one is at most ``distance`` pixels from one of the other; not if one is empty."""
    if one.intersection(other):
        return True
    mine, theirs = _rim(one, other, distance), _rim(other, one, distance)
    if not len(mine) or not len(theirs):
        return False
    # A few pixels mostly tell already that both are near.
    return any(_least_square(mine[::step], theirs[::step]) <= distance**2 for step in (8, 1))


def _least_square(mine: NDArray[np.float64], theirs: NDArray[np.float64]) -> float:
    """Of the distance between two points, by the binomial formula: one product, no table of differences."""
    squares = (mine**2).sum(axis=1)[:, None] + (theirs**2).sum(axis=1) - 2 * mine @ theirs.T
    return float(squares.min())


def _rim(mask: Mask, other: Mask, distance: float) -> NDArray[np.float64]:
    """(N, 2) row, column of the mask's pixels at its rim, of those that the other's box may have near."""
    margin = math.floor(min(distance, 1e6))
    left, top = max(mask.x, other.x - margin), max(mask.y, other.y - margin)
    right = min(mask.x + mask.width, other.x + other.width + margin)
    bottom = min(mask.y + mask.height, other.y + other.height + margin)
    if left >= right or top >= bottom:
        return np.empty((0, 2))
    bits = mask.bits[top - mask.y : bottom - mask.y, left - mask.x : right - mask.x]
    framed = np.pad(bits, 1)
    surrounded = framed[:-2, 1:-1] & framed[2:, 1:-1] & framed[1:-1, :-2] & framed[1:-1, 2:]
    return np.argwhere(bits & ~surrounded) + np.array([float(top), float(left)])
