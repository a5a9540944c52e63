"""Samples of surfaces, distances from skin, hands at the end of wrists."""

from __future__ import annotations

import numpy as np
import pytest

from hrs_ros.synthetic.episodes.clearance import FAR, arms_of, gap_between, samples, trunk_of
from hrs_ros.synthetic.episodes.two_hands import pair_of
from hrs_ros.synthetic.episodes.wielding import stance_of, wrist_bend
from hrs_ros.synthetic.mesh import box
from hrs_ros.synthetic.people import casting
from hrs_ros.synthetic.studio import Studio
from hrs_ros.synthetic.things.catalogue import make
from hrs_ros.synthetic.things.model import Handle, Model, Surface


def test_samples_cover_large_triangles() -> None:
    points = samples(Model("box", "box", (Surface(box(3, 3, 3), "carton"),)))
    grid = np.stack(np.meshgrid(*[np.linspace(-1.5, 1.5, 7)] * 2, [1.5]), -1).reshape(-1, 3)
    away = np.linalg.norm(grid[:, None] - points[None], axis=2).min(1)
    assert away.max() < 0.3


def test_clearance_has_the_sign_of_outside(studio: Studio) -> None:
    draft = casting.random_draft(studio, np.random.default_rng(1), age="adult")
    trunk = trunk_of(draft)
    chest = draft.joint("spine02")
    assert trunk.clearance(chest[None]) < -0.3
    assert trunk.clearance((chest + draft.turn @ (0.0, 0.0, 9.0))[None]) == FAR
    hand = draft.joint("finger3-2.L")
    assert trunk.clearance(hand[None]) > 0  # the arm is no part of the trunk
    elbow = draft.joint("lowerarm01.L")
    assert arms_of(draft).clearance(elbow[None]) < 0
    assert arms_of(draft).clearance(hand[None]) > 0  # nor the hand of the arm


def test_gap_between_clouds() -> None:
    assert gap_between(np.zeros((1, 3)), np.array([[0.0, 0.4, 0.3]])) == pytest.approx(0.5)
    assert gap_between(np.zeros((1, 3)), np.array([[0.0, 40.0, 0.0]])) == FAR


def test_a_resting_wrist_is_nearly_straight(studio: Studio) -> None:
    draft = casting.random_draft(studio, np.random.default_rng(1), age="adult")
    assert wrist_bend(draft, "L") < 0.6


def test_pairs_are_a_hand_apart() -> None:
    left = Handle((1.0, 0, 0), (0, 0, 1), (1, 0, 0), grasp="flat")
    right = Handle((-1.0, 0, 0), (0, 0, 1), (-1, 0, 0), grasp="flat")
    carton = Model("box", "box", (), {"hold": (left, left), "carry": (left, right)})
    assert pair_of(carton, "hold") is None
    assert pair_of(carton, "hold", "carry") == (left, right)


@pytest.mark.parametrize(
    ("kind", "stance"),
    [
        ("bottle", "upright"),
        ("plate", "upright"),
        ("phone", "read"),
        ("shopping bag", "hung"),
        ("racket", "pointed"),
    ],
)
def test_stances(kind: str, stance: str) -> None:
    model = make(kind, np.random.default_rng(0), "train")
    assert stance_of(model, model.handles["hold"][0]) == stance
