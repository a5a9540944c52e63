"""Small geometry of body episodes: headings, places of models, scattered points, kicks and calls."""

from __future__ import annotations

import numpy as np
import pytest

from hrs_ros.synthetic.episodes.acting import heading, left_of
from hrs_ros.synthetic.episodes.crowds import scattered
from hrs_ros.synthetic.episodes.handling import Where, upright_turns
from hrs_ros.synthetic.episodes.kicking import swing_leg, toe_point
from hrs_ros.synthetic.episodes.looking import look
from hrs_ros.synthetic.episodes.talking import ear
from hrs_ros.synthetic.mesh import box
from hrs_ros.synthetic.people import casting, grasp
from hrs_ros.synthetic.people.body import SIGN, Side, other
from hrs_ros.synthetic.rotation import UP, about
from hrs_ros.synthetic.studio import Studio
from hrs_ros.synthetic.things.model import Model, Surface

SIDES: tuple[Side, ...] = ("L", "R")


def test_heading() -> None:
    assert heading((0, 5, 2)) == pytest.approx(0)
    assert heading((3, 0, 0)) == pytest.approx(np.pi / 2)


def test_bringing_a_point_of_a_model() -> None:
    where = Where.bringing((1, 0, 0), (5, 6, 7), about(UP, np.pi / 2))
    np.testing.assert_allclose(where.point((1, 0, 0)), (5, 6, 7))
    np.testing.assert_allclose(where.point((1, 0, 2)), (7, 6, 7), atol=1e-12)


def test_turning_a_mouth_point() -> None:
    model = Model("cup", "cup", (Surface(box(1, 1, 1), "china"),), mouth=(0, 1, 0.5))
    (turn,) = upright_turns(model, (-1, 0, 0))
    np.testing.assert_allclose(turn @ (0, 1, 0.5), (-0.5, 1, 0), atol=1e-12)
    assert len(upright_turns(model, (1, 0, 0), count=3)) == 5


def test_scattered_points_keep_apart() -> None:
    points = np.array(scattered(np.random.default_rng(0), 8, 10.0, 4.0))
    assert len(points) == 8
    assert np.hypot(*points.T).max() <= 10
    gaps = np.linalg.norm(points[:, None] - points[None], axis=2)[np.triu_indices(8, 1)]
    assert gaps.min() >= 4
    assert len(scattered(np.random.default_rng(0), 8, 3.0, 4.0)) < 8


@pytest.mark.parametrize("side", SIDES)
def test_a_kick_leaves_the_other_foot_on_the_ground(studio: Studio, side: Side) -> None:
    draft = casting.random_draft(studio, np.random.default_rng(1), age="adult")
    draft.yaw = 0.7
    swing_leg(draft, side, np.random.default_rng(2))
    toe = toe_point(draft, side) - draft.root
    assert toe @ draft.turn[:, 2] > 4
    assert (toe @ left_of(draft)) * SIGN[side] > 0
    assert draft.joint(f"foot.{other(side)}")[1] < 1.5
    assert draft.joint(f"foot.{side}")[1] > draft.joint(f"foot.{other(side)}")[1] + 0.5


def test_an_ear_lies_beside_the_mouth(studio: Studio) -> None:
    draft = casting.random_draft(studio, np.random.default_rng(1), age="adult")
    mouth = grasp.mouth_point(draft)
    for side in SIDES:
        offset = ear(draft, side) - mouth
        assert 0.5 < offset @ left_of(draft) * SIGN[side] < 1.3
        assert -2 < offset @ draft.turn[:, 2] < -0.5


def test_a_look_down_meets_its_aim(studio: Studio) -> None:
    draft = casting.random_draft(studio, np.random.default_rng(1), age="adult")
    aim = draft.root + draft.turn @ (1.0, 0.0, 4.0)
    look(draft, aim)
    eyes, direction = grasp.gaze(draft)
    away = aim - eyes
    assert np.degrees(np.arccos(direction @ away / np.linalg.norm(away))) < 15
