from __future__ import annotations

import numpy as np
import pytest

from hrs_ros.synthetic.body import ARM, Figure, Side
from hrs_ros.synthetic.recipes.holding import (
    KINDS,
    fallback_grip,
    free_grips,
    is_free,
    raise_arm,
)
from hrs_ros.synthetic.recipes.surroundings import ENTITY
from hrs_ros.vocabulary import vocabulary


def test_every_kind_is_a_pic_entity_and_every_arm_a_pic_part() -> None:
    for kind in KINDS:
        assert vocabulary().entity_id(ENTITY[kind]) > 0
    assert {vocabulary().part_id(arm) for arm in ARM.values()} == {5, 6}


@pytest.mark.parametrize("seed", range(6))
def test_two_plates_never_overlap(figure: Figure, seed: int) -> None:
    kinds: dict[Side, str] = {"L": "plate", "R": "plate"}
    left, right = free_grips(figure, kinds, np.random.default_rng(seed), radius=1.2)
    assert (left.side, right.side) == ("L", "R")
    assert left.radius == right.radius == 1.2
    assert np.linalg.norm(left.centre() - right.centre()) > 2.4
    assert is_free(left, figure) and is_free(right, figure, (left,))


def test_fallback_is_free(figure: Figure) -> None:
    for side in ("L", "R"):
        assert is_free(fallback_grip(figure, side, "plate", 1.3), figure)


@pytest.mark.parametrize("side", ["L", "R"])
def test_a_plate_rests_on_an_upturned_palm(figure: Figure, side: Side) -> None:
    from hrs_ros.synthetic.posing import palm_frame

    rotations = figure.body.rest()
    raise_arm(figure, rotations, fallback_grip(figure, side, "plate", 1.2))
    _, palm, _ = palm_frame(figure, side)
    normal = figure.pose(rotations).rotation[figure.body.bone[f"wrist.{side}"]] @ palm
    assert normal[1] > 0.99
