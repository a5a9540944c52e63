"""Relations that the masks contradict: nobody holds what his arm is nowhere near.

The network scores a relation and its ends apart, and a young network sees one person's plate in another's
hand. Its own masks show that such a hand is far away.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping

import cv2
import numpy as np

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
    if not one.bits.any() or not other.bits.any():
        return False
    margin = math.floor(distance)
    # What counts of the first mask lies in the other's box, grown by the margin.
    left, top = max(one.x, other.x - margin), max(one.y, other.y - margin)
    right = min(one.x + one.width, other.x + other.width + margin)
    bottom = min(one.y + one.height, other.y + other.height + margin)
    if left >= right or top >= bottom:
        return False
    inside = one.bits[top - one.y : bottom - one.y, left - one.x : right - one.x]
    x, y = min(left, other.x), min(top, other.y)
    width = max(right, other.x + other.width) - x
    height = max(bottom, other.y + other.height) - y
    free = np.ones((height, width), np.uint8)
    free[other.y - y : other.y - y + other.height, other.x - x : other.x - x + other.width] = ~other.bits
    to_other = cv2.distanceTransform(free, cv2.DIST_L2, cv2.DIST_MASK_PRECISE)
    return bool((to_other[top - y : bottom - y, left - x : right - x][inside] <= distance).any())
