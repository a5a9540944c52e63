from __future__ import annotations

import numpy as np
import pytest

from hrs_ros.synthetic.people import casting
from hrs_ros.synthetic.people.body import SIGN, Side
from hrs_ros.synthetic.people.draft import Draft
from hrs_ros.synthetic.people.grasp import gaze, hold, mouth_point, palm_point
from hrs_ros.synthetic.people.hands import FINGERS, THUMB, hand_of, turns_about
from hrs_ros.synthetic.rotation import UP, Array, about
from hrs_ros.synthetic.studio import Studio
from hrs_ros.synthetic.things.model import Handle

SIDES: tuple[Side, ...] = ("L", "R")
ORIGIN, X, Y, Z = (0.0, 0.0, 0.0), (1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, 1.0)
DEEPEST = 0.12  # dm that soft fingertips may sink in


@pytest.fixture
def draft(studio: Studio) -> Draft:
    return casting.random_draft(studio, np.random.default_rng(2), age="adult")


def before(draft: Draft, side: Side, ahead: float = 3.0) -> Array:
    """A point in front of the shoulder, at the height of the chest."""
    return draft.joint(f"upperarm01.{side}") + np.array([-0.3 * SIGN[side], -2.0, ahead])


def fingers(draft: Draft, side: Side) -> dict[int, Array]:
    """World points of every finger's skin."""
    hand, pose = hand_of(draft.figure, side), draft.pose()
    wrist = draft.figure.body.bone[f"wrist.{side}"]
    result = {}
    for name, finger in hand.fingers.items():
        points = finger.posed(draft.rotations[list(finger.bones)][None])[0]
        result[name] = draft.to_world(points @ pose.rotation[wrist].T + pose.position[wrist])
    return result


def bar_surface(point: Array, axis: Array, radius: float) -> Array:
    angle, along = np.meshgrid(np.linspace(0, 6.28, 40), np.linspace(-1.5, 1.5, 60))
    side = np.cross(axis, [0.3, 0.5, 0.81])
    side /= np.linalg.norm(side)
    other = np.cross(axis, side)
    ring = radius * (np.cos(angle)[..., None] * side + np.sin(angle)[..., None] * other)
    return (point + ring + along[..., None] * axis).reshape(-1, 3)


@pytest.mark.parametrize("side", SIDES)
@pytest.mark.parametrize("radius", [0.12, 0.35])
def test_fingers_wrap_a_bar_without_passing_through(draft: Draft, side: Side, radius: float) -> None:
    point, axis = before(draft, side), np.array(Y)
    out = np.array([SIGN[side], 0.0, 0.0])
    left = hold(
        draft,
        side,
        Handle(ORIGIN, Y, X, radius),
        point,
        axis,
        out,
        bar_surface(point, axis, radius),
        np.random.default_rng(0),
    )
    assert left < 0.1
    depths = {}
    for name, points in fingers(draft, side).items():
        offset = points - point
        radial = np.linalg.norm(offset - (offset @ axis)[:, None] * axis, axis=1) - radius
        depths[name] = float(radial.min())
    assert min(depths.values()) > -DEEPEST
    assert max(depths[name] for name in FINGERS) < 0.3, "all fingers come close"
    # Fingertips end up on the far side of the bar from the palm.
    palm = palm_point(draft, side) - point
    tips = np.array([fingers(draft, side)[name][-1] - point for name in FINGERS]).mean(0)
    flat = np.array([1.0, 0.0, 1.0])
    assert (palm * flat) @ (tips * flat) < 0.35 * np.linalg.norm(palm) * np.linalg.norm(tips)


@pytest.mark.parametrize("side", SIDES)
def test_a_plate_lies_on_the_palm(draft: Draft, side: Side) -> None:
    point = before(draft, side)
    left = hold(
        draft,
        side,
        Handle(ORIGIN, Z, (0, -1, 0), grasp="palm"),
        point,
        Z,
        -UP,
        None,
        np.random.default_rng(0),
    )
    assert left < 0.1
    assert palm_point(draft, side)[1] == pytest.approx(point[1], abs=0.15)
    for points in fingers(draft, side).values():
        assert points[:, 1].max() < point[1] + 0.7  # a thumb may stand beside the plate
    for name in FINGERS:
        assert fingers(draft, side)[name][:, 1].max() < point[1] + DEEPEST


@pytest.mark.parametrize("side", SIDES)
def test_a_rim_is_between_thumb_and_fingers(draft: Draft, side: Side) -> None:
    point, radius = before(draft, side, 2.6), 0.06
    left = hold(
        draft,
        side,
        Handle(ORIGIN, Z, (0, -1, 0), radius, "rim"),
        point,
        Z,
        -UP,
        None,
        np.random.default_rng(0),
    )
    assert left < 0.1
    found = fingers(draft, side)
    for name in FINGERS:
        assert found[name][:, 1].max() < point[1] - radius + DEEPEST
    assert found[THUMB][-5:, 1].mean() > point[1]


@pytest.mark.parametrize("side", SIDES)
def test_a_palm_lies_flat_on_a_wall(draft: Draft, side: Side) -> None:
    point = before(draft, side, 4.0)
    left = hold(
        draft,
        side,
        Handle(ORIGIN, Y, (0, 0, -1), grasp="flat"),
        point,
        Y,
        -np.array(Z),
        None,
        np.random.default_rng(0),
    )
    assert left < 0.1
    assert palm_point(draft, side)[2] == pytest.approx(point[2], abs=0.15)
    for points in fingers(draft, side).values():
        assert points[:, 2].max() < point[2] + DEEPEST


@pytest.mark.parametrize("radius", [0.9, 1.5])
def test_fingers_curve_around_a_ball(draft: Draft, radius: float) -> None:
    point = before(draft, "L")
    centre = point - radius * np.array(X)
    directions = np.random.default_rng(0).normal(size=(1500, 3))
    surface = centre + radius * directions / np.linalg.norm(directions, axis=1, keepdims=True)
    handle = Handle(ORIGIN, Z, X, grasp="flat")
    left = hold(draft, "L", handle, point, Z, X, surface, np.random.default_rng(0))
    assert left < 0.1
    gaps = [np.linalg.norm(points - centre, axis=1).min() - radius for points in fingers(draft, "L").values()]
    assert min(gaps) > -DEEPEST
    assert max(gaps[1:]) < 0.2


def test_the_sides_of_a_box_are_no_bulge(draft: Draft) -> None:
    point = before(draft, "L")
    across = np.linspace(-1, 1, 15)
    face = np.stack(np.meshgrid([0.0], across, across), -1).reshape(-1, 3)
    side = np.stack(np.meshgrid(np.linspace(-1, 0, 9), [-1.0, 1.0], across), -1).reshape(-1, 3)
    handle = Handle(ORIGIN, Z, X, grasp="flat")
    surface = point + np.concatenate([face, side])
    hold(draft, "L", handle, point, Z, X, surface, np.random.default_rng(0))
    for points in fingers(draft, "L").values():
        assert points[:, 0].min() > point[0] - DEEPEST


def test_fingers_run_along_the_bottom_of_a_plate(draft: Draft) -> None:
    """A rim that rises outward from a well: the fingers stay below the slope."""
    point = before(draft, "L", 2.6)
    inward, across = np.meshgrid(np.linspace(0, 1.2, 25), np.linspace(-1, 1, 41))
    surface = point + np.stack([across, -0.4 * inward, inward], -1).reshape(-1, 3)
    handle = Handle(ORIGIN, Z, (0, -1, 0), 0.04, "rim")
    assert hold(draft, "L", handle, point, Z, -UP, surface, np.random.default_rng(0)) < 0.1
    for name in FINGERS:
        points = fingers(draft, "L")[name] - point
        below = points[(points[:, 2] > 0) & (points[:, 2] < 1.2)]
        assert (below[:, 1] + 0.4 * below[:, 2]).max() < DEEPEST


def test_what_is_out_of_reach_leaves_a_distance(draft: Draft) -> None:
    point = before(draft, "L", 20.0)
    left = hold(draft, "L", Handle(ORIGIN, Y, X, 0.2), point, Y, X, None, np.random.default_rng(0))
    assert 10 < left < 20


def test_the_grip_is_the_same_after_a_turn(studio: Studio) -> None:
    """Holding is equivariant: a turned person holds a turned bar in the same way."""
    rotations = []
    for yaw in (0.0, 2.0):
        draft = casting.random_draft(studio, np.random.default_rng(3), age="adult")
        turn = about(UP, yaw)
        point = turn @ before(draft, "R")
        draft.yaw = yaw
        draft.root = turn @ draft.root
        axis, out = turn @ np.array(Y), turn @ np.array([-1.0, 0.0, 0.0])
        hold(draft, "R", Handle(ORIGIN, Y, X, 0.3), point, axis, out, None, np.random.default_rng(1))
        rotations.append(draft.rotations.copy())
    np.testing.assert_allclose(rotations[0], rotations[1], atol=1e-6)


def test_the_mouth_lies_below_the_eyes_and_before_the_face(draft: Draft) -> None:
    eyes, direction = gaze(draft)
    mouth = mouth_point(draft)
    assert 0.3 < eyes[1] - mouth[1] < 1.0
    assert abs(mouth[0] - eyes[0]) < 0.1
    skin = draft.skin()[draft.figure.body.visible_vertices]
    assert np.linalg.norm(skin - mouth, axis=1).min() < 0.1
    np.testing.assert_allclose(direction[[0, 2]], [0, 1], atol=0.15)


@pytest.mark.parametrize("offset", [(3, 1, 6), (-5, -2, 5), (0, -5, 5)])
def test_gaze_meets_what_is_looked_at(draft: Draft, offset: tuple[float, float, float]) -> None:
    eyes, _ = gaze(draft)
    target = eyes + np.array(offset, float)
    draft.look_at(target)
    eyes, direction = gaze(draft)
    towards = (target - eyes) / np.linalg.norm(target - eyes)
    assert np.degrees(np.arccos(min(1.0, direction @ towards))) < 3


def test_turns_about_an_axis_are_those_of_one_at_a_time() -> None:
    axis, angles = np.array([1.0, 2.0, -1.0]) / np.sqrt(6), np.array([[0.3, -1.2], [2.0, 0.0]])
    turns = turns_about(axis, angles)
    for row in range(2):
        for column in range(2):
            np.testing.assert_allclose(turns[row, column], about(axis, angles[row, column]), atol=1e-12)
