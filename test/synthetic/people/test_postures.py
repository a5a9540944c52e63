from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from hrs_ros.synthetic.people import casting, postures
from hrs_ros.synthetic.people.body import SIGN, Side, other
from hrs_ros.synthetic.people.casting import Age
from hrs_ros.synthetic.people.draft import Draft
from hrs_ros.synthetic.scene_graph import SceneGraph
from hrs_ros.synthetic.studio import Studio
from hrs_ros.vocabulary import vocabulary

SIDES: tuple[Side, ...] = ("L", "R")
SEAT = np.array([3.0, 4.2, -4.0])
TOLERANCE = 0.1  # dm

Pose = Callable[[Draft, np.random.Generator], None]


def sit(draft: Draft, rng: np.random.Generator) -> None:
    postures.sit(draft, rng, SEAT, (1, 0, 1))


def ride(draft: Draft, rng: np.random.Generator) -> None:
    postures.ride(draft, rng, SEAT * (1, 2, 1), (1, 0, 0))


def lie_on(face: str) -> Pose:
    def pose(draft: Draft, rng: np.random.Generator) -> None:
        postures.lie(draft, rng, (2, 0, -4), (1, 0, 0.5), face, 1.5)  # type: ignore[arg-type]

    return pose


def with_arms_crossed(draft: Draft, rng: np.random.Generator) -> None:
    postures.stand(draft, rng)
    postures.cross_arms(draft, rng)


def leaning(draft: Draft, rng: np.random.Generator) -> None:
    postures.stand(draft, rng)
    postures.lean(draft, 0.5)


ON_FEET: dict[str, Pose] = {
    "stand": postures.stand,
    "walk": postures.walk,
    "squat": postures.squat,
    "kneel": postures.kneel,
    "crossed": with_arms_crossed,
    "lean": leaning,
}
ALL: dict[str, Pose] = {
    **ON_FEET,
    "run": postures.run,
    "sit": sit,
    "ride": ride,
    "back": lie_on("up"),
    "belly": lie_on("down"),
    "side": lie_on("side"),
}


def drafted(studio: Studio, seed: int, age: Age = "adult") -> tuple[Draft, np.random.Generator]:
    rng = np.random.default_rng(seed)
    return casting.random_draft(studio, rng, age=age), rng


def lowest(draft: Draft) -> float:
    """Height of the lowest point of skin and shoes."""
    pose, figure = draft.pose(), draft.figure
    heights = [draft.skin()[figure.body.visible_vertices, 1].min()]
    heights += [draft.to_world(figure.skin(v, w, pose))[:, 1].min() for v, w in draft.footwear]
    return float(min(heights))


@pytest.mark.parametrize("name", ON_FEET)
@pytest.mark.parametrize("age", ["adult", "child"])
def test_feet_and_knees_stand_on_the_ground(studio: Studio, name: str, age: Age) -> None:
    for seed in range(4):
        draft, rng = drafted(studio, seed, age)
        ON_FEET[name](draft, rng)
        assert lowest(draft) == pytest.approx(0, abs=TOLERANCE), seed


@pytest.mark.parametrize("face", ["up", "down", "side"])
def test_who_lies_rests_on_the_support_with_the_head_where_it_was_asked(studio: Studio, face: str) -> None:
    for seed in range(4):
        draft, rng = drafted(studio, seed)
        lie_on(face)(draft, rng)
        assert draft.posture == "lying"
        assert lowest(draft) == pytest.approx(1.5, abs=TOLERANCE)
        headwards = draft.joint("head") - draft.joint("spine05")
        assert headwards @ (1, 0, 0.5) / np.linalg.norm(headwards) / np.hypot(1, 0.5) > 0.97
        nose = draft.turn @ draft.rotations[0] @ (0, 0, 1)
        assert nose[1] == pytest.approx({"up": 1, "down": -1, "side": 0}[face], abs=1e-6)


def test_hips_sit_on_the_seat_and_feet_reach_the_ground(studio: Studio) -> None:
    for seed in range(4):
        draft, rng = drafted(studio, seed)
        sit(draft, rng)
        hips = (draft.joint("upperleg01.L") + draft.joint("upperleg01.R")) / 2
        np.testing.assert_allclose(hips[[0, 2]], SEAT[[0, 2]], atol=0.05)
        assert 0.4 < hips[1] - SEAT[1] < 1.4
        assert lowest(draft) == pytest.approx(0, abs=TOLERANCE)
        np.testing.assert_allclose(draft.turn[:, 2], np.array([1, 0, 1]) / np.sqrt(2), atol=1e-9)


def test_riders_have_a_leg_on_either_side(studio: Studio) -> None:
    draft, rng = drafted(studio, 1)
    postures.ride(draft, rng, (0, 9, 0), (0, 0, 1), half_width=2.0)
    for side, sign in SIGN.items():
        assert sign * draft.joint(f"lowerleg01.{side}")[0] > 1.8


def test_feet_go_to_rests(studio: Studio) -> None:
    draft, rng = drafted(studio, 2)
    rests = [(1.2, 5.5, 3.0), (-1.2, 5.0, 3.2)]
    postures.ride(draft, rng, (0, 8.5, 0), (0, 0, 1), feet=rests)
    for side, rest in zip(SIDES, rests, strict=True):
        ankle = draft.joint(f"foot.{side}")
        np.testing.assert_allclose(ankle[0], rest[0], atol=0.2)
        assert 0.3 < ankle[1] - rest[1] < 1.4


@pytest.mark.parametrize("name", ALL)
def test_left_stays_left(studio: Studio, name: str) -> None:
    """The vertices of each limb follow the bones of their own side, and lie on it at rest."""
    draft, rng = drafted(studio, 3)
    body, words = draft.figure.body, vocabulary()
    ALL[name](draft, rng)
    skin = draft.skin()
    for part, bone in (("arm", "lowerarm01"), ("leg", "lowerleg01")):
        for side, sign in SIGN.items():
            part_id = words.part_id(f"{'left' if side == 'L' else 'right'} {part}")
            rows = np.unique(body.faces[body.visible[body.part[body.visible] == part_id]])
            assert (sign * draft.figure.vertices[rows, 0]).min() > -0.02
            own, opposite = (draft.joint(f"{bone}.{s}") for s in (side, other(side)))
            offset = draft.figure.vertices[rows] - draft.figure.joint(f"{bone}.{side}")
            near = rows[np.linalg.norm(offset, axis=1) < 1]
            to_own = np.linalg.norm(skin[near] - own, axis=1)
            assert len(near) > 20
            assert to_own.max() < 1.7
            if np.linalg.norm(own - opposite) > 2:
                to_opposite = np.linalg.norm(skin[near] - opposite, axis=1)
                assert (to_own < to_opposite).mean() > 0.9


@pytest.mark.parametrize("name", ALL)
def test_postures_are_rigid_deterministic_and_named(studio: Studio, name: str) -> None:
    first, rng = drafted(studio, 5)
    ALL[name](first, rng)
    second, rng = drafted(studio, 5)
    ALL[name](second, rng)
    np.testing.assert_array_equal(first.rotations, second.rotations)
    np.testing.assert_array_equal(first.root, second.root)
    turned = first.rotations @ first.rotations.transpose(0, 2, 1)
    np.testing.assert_allclose(turned, np.broadcast_to(np.eye(3), turned.shape), atol=1e-9)
    expected = {
        **dict.fromkeys(("walk", "run"), "moving"),
        **dict.fromkeys(("sit", "ride"), "sitting"),
        **dict.fromkeys(("back", "belly", "side"), "lying"),
        "squat": "squatting",
        "kneel": "kneeling",
    }
    assert first.posture == expected.get(name, "standing")


def test_crossed_forearms_meet_before_the_chest(studio: Studio) -> None:
    for seed in range(4):
        draft, rng = drafted(studio, seed)
        with_arms_crossed(draft, rng)
        chest = draft.to_body(draft.joint("spine01"))
        for side, sign in SIGN.items():
            wrist = draft.to_body(draft.joint(f"wrist.{side}"))
            assert sign * wrist[0] < 0.1, "the hand crosses the middle"
            assert wrist[2] > chest[2] + 0.8


def test_leaning_keeps_the_ankles(studio: Studio) -> None:
    draft, rng = drafted(studio, 4)
    postures.stand(draft, rng)
    before = [draft.joint(f"foot.{side}") for side in SIDES]
    postures.lean(draft, 0.5)
    after = [draft.joint(f"foot.{side}") for side in SIDES]
    np.testing.assert_allclose(after, before, atol=0.05)
    trunk = draft.joint("neck01") - draft.joint("spine05")
    assert np.arctan2(trunk @ draft.turn[:, 2], trunk[1]) > 0.25


def test_reach_for_brings_the_palm_to_the_point(studio: Studio) -> None:
    draft, _ = drafted(studio, 6)
    point = draft.joint("upperarm01.L") + np.array([0.3, -1.0, 3.5])
    assert postures.reach_for(draft, "L", point) == pytest.approx(0, abs=1e-6)
    far = draft.joint("upperarm01.R") + np.array([0, 0, 30])
    assert postures.reach_for(draft, "R", far) > 20


def test_a_placed_draft_keeps_its_posture(studio: Studio) -> None:
    draft, rng = drafted(studio, 7)
    postures.squat(draft, rng)
    human = draft.place(SceneGraph(), studio, rng)
    assert human.posture == "squatting"
    np.testing.assert_allclose(human.keypoints[0], draft.joint("foot.R"), atol=1e-6)
