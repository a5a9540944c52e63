"""Contact: pixel distances against a brute-force oracle, and which relations go."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, arrays

from hrs_ros.inference.reach import near, within_reach
from hrs_ros.scene import Entity, Mask, Relation
from hrs_ros.vocabulary import vocabulary

V = vocabulary()
HOLD, LOOK, NEXT_TO = V.relation_id("hold"), V.relation_id("look at"), V.relation_id("next to")
LEFT_ARM, RIGHT_ARM, FACE = V.part_id("left arm"), V.part_id("right arm"), V.part_id("face")


def block(x: int, y: int, width: int, height: int) -> Mask:
    return Mask(x=x, y=y, bits=np.ones((height, width), bool))


place = st.integers(-5, 15)
masks = st.builds(Mask, x=place, y=place, bits=arrays(bool, array_shapes(min_dims=2, max_dims=2, max_side=9)))


def pixels(mask: Mask) -> np.ndarray:
    """(N, 2) row, column."""
    return np.argwhere(mask.bits) + np.array([mask.y, mask.x])


def distance(one: Mask, other: Mask) -> float:
    """Between the two nearest pixels, over all pairs; infinite if one is empty."""
    between = pixels(one)[:, None] - pixels(other)[None]
    return float(np.sqrt((between**2).sum(axis=2)).min(initial=np.inf))


@given(masks, masks, st.floats(0, 25))
def test_near_is_the_distance_of_the_nearest_pixels(one: Mask, other: Mask, limit: float) -> None:
    true = distance(one, other)
    if abs(true - limit) > 1e-3:  # float32 at the very limit
        assert near(one, other, limit) == (true <= limit)


def test_the_limit_itself_is_near() -> None:
    assert near(block(0, 0, 2, 2), block(4, 0, 2, 2), 3) and not near(
        block(0, 0, 2, 2), block(4, 0, 2, 2), 2.9
    )
    assert near(block(0, 0, 2, 2), block(4, 5, 1, 1), 5)  # 3 and 4


def test_huge_distances_cost_no_memory() -> None:
    assert near(block(0, 0, 2, 2), block(600, 400, 3, 3), 1e9)


# 40 x 90 pixels, square root of the area 60: a reach of 0.2 is 12 pixels. Left arm at columns 30 to 39.
PERSON = Entity(
    1, V.human, 1.0, block(0, 0, 40, 90), {LEFT_ARM: block(30, 10, 10, 30), FACE: block(15, 0, 9, 9)}
)


def kept(thing_x: int, predicate: int, parts: tuple[int, ...], reach: float | None = 0.2) -> bool:
    thing = Entity(2, V.entity_id("plate"), 1.0, block(thing_x, 20, 10, 10))
    relation = Relation(1, predicate, 2, 0.5, parts, (0.9,) * len(parts))
    found = within_reach([relation], {1: PERSON, 2: thing}, reach)
    assert found in ((), (relation,))
    return bool(found)


@pytest.mark.parametrize(("x", "near_enough"), [(40, True), (51, True), (52, False), (200, False)])
def test_who_holds_reaches(x: int, near_enough: bool) -> None:
    assert kept(x, HOLD, (LEFT_ARM,)) is near_enough


def test_one_of_several_parts_is_enough() -> None:
    assert kept(51, HOLD, (FACE, LEFT_ARM)) and not kept(51, HOLD, (FACE,))


def test_without_its_part_the_person_reaches() -> None:
    assert kept(51, HOLD, (RIGHT_ARM,)) and not kept(52, HOLD, (RIGHT_ARM,))


def test_looks_and_places_bridge_any_distance() -> None:
    assert kept(200, LOOK, (FACE,)) and kept(200, NEXT_TO, ())


def test_none_keeps_all_and_the_order() -> None:
    assert kept(200, HOLD, (LEFT_ARM,), reach=None)
    plates = {
        i: Entity(i, V.entity_id("plate"), 1.0, block(x, 20, 10, 10)) for i, x in ((2, 200), (3, 41), (4, 42))
    }
    rows = [Relation(1, HOLD, i, 0.5, (LEFT_ARM,), (0.9,)) for i in plates]
    assert within_reach(rows, {1: PERSON, **plates}, 0.2) == tuple(rows[1:])
