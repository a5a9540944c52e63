from __future__ import annotations

import numpy as np
import pytest

from hrs_ros.synthetic.people.body import SIGN, Body, BodyShape, Figure, Side, macro_weights
from hrs_ros.synthetic.people.posing import curl, look_along, orient_hand, palm_frame, reach

SIDES: tuple[Side, ...] = ("L", "R")


def joint(figure: Figure, rotations: np.ndarray, bone: str) -> np.ndarray:
    return figure.pose(rotations).position[figure.body.bone[bone]]


def arm_length(figure: Figure, side: Side) -> float:
    names = (f"upperarm01.{side}", f"lowerarm01.{side}", f"wrist.{side}")
    points = [figure.joint(name) for name in names]
    return float(np.linalg.norm(points[1] - points[0]) + np.linalg.norm(points[2] - points[1]))


def test_rest_pose_leaves_the_skeleton_and_the_skin_where_they_are(figure: Figure) -> None:
    pose = figure.pose(figure.body.rest())
    np.testing.assert_allclose(pose.position, figure.heads, atol=1e-9)
    skinned = figure.skin(figure.vertices, figure.body.skin, pose)
    np.testing.assert_allclose(skinned, figure.vertices, atol=1e-3)


def test_left_is_positive_x_and_the_person_faces_positive_z(figure: Figure) -> None:
    for bone in ("wrist", "upperarm01", "foot", "eye"):
        assert figure.joint(f"{bone}.L")[0] > 0.1
        assert figure.joint(f"{bone}.R")[0] < -0.1
    assert figure.joint("toe1-1.L")[2] > figure.joint("foot.L")[2]


def test_taller_sliders_make_taller_people(body: Body) -> None:
    heights = []
    for height in (0.2, 0.5, 0.8):
        shaped = body.shaped(BodyShape(height=height))
        heights.append(shaped.vertices[body.top_vertex, 1] - shaped.sole)
    assert 13 < heights[0] < heights[1] < heights[2] < 23  # decimetres


def test_macro_weights_of_a_group_sum_to_one() -> None:
    shape = BodyShape(gender=0.3, age=0.7, muscle=0.4, weight=0.8, race=(0.2, 0.3, 0.5))
    weights = macro_weights(shape)
    universal = [w for name, w in weights if "universal" in name]
    race = [w for name, w in weights if any(r in name for r in ("african", "asian", "caucasian"))]
    assert sum(universal) == pytest.approx(1)
    assert sum(race) == pytest.approx(1)
    assert min(universal) >= 0


@pytest.mark.parametrize("side", SIDES)
@pytest.mark.parametrize("seed", range(5))
def test_reach_puts_the_wrist_on_the_target(figure: Figure, side: Side, seed: int) -> None:
    rng = np.random.default_rng(seed)
    shoulder = figure.joint(f"upperarm01.{side}")
    direction = np.array([SIGN[side] * rng.uniform(0, 1), rng.uniform(-1, 0.6), rng.uniform(0.3, 1)])
    target = shoulder + direction / np.linalg.norm(direction) * rng.uniform(0.35, 0.95) * arm_length(
        figure, side
    )
    rotations = figure.body.rest()
    reach(figure, rotations, side, target, (SIGN[side] * 0.7, -1, -0.6))
    np.testing.assert_allclose(joint(figure, rotations, f"wrist.{side}"), target, atol=1e-6)
    np.testing.assert_allclose(rotations @ rotations.transpose(0, 2, 1), figure.body.rest(), atol=1e-9)


def test_reach_stretches_towards_what_is_too_far(figure: Figure) -> None:
    shoulder, direction = figure.joint("upperarm01.L"), np.array([0.0, 0.0, 1.0])
    rotations = figure.body.rest()
    reach(figure, rotations, "L", shoulder + 50 * direction, (0.7, -1, -0.6))
    offset = joint(figure, rotations, "wrist.L") - shoulder
    np.testing.assert_allclose(offset, 0.999 * arm_length(figure, "L") * direction, atol=1e-6)


@pytest.mark.parametrize("side", SIDES)
def test_hand_takes_the_asked_orientation(figure: Figure, side: Side) -> None:
    rotations = figure.body.rest()
    shoulder = figure.joint(f"upperarm01.{side}")
    reach(figure, rotations, side, shoulder + np.array([0, -2.0, 2.5]), (SIGN[side] * 0.7, -1, -0.6))
    orient_hand(figure, rotations, side, (-SIGN[side] * 0.3, 0, 1), (0, 1, 0))
    fingers, palm, _ = palm_frame(figure, side)
    rotation = figure.pose(rotations).rotation[figure.body.bone[f"wrist.{side}"]]
    expected = np.array([-SIGN[side] * 0.3, 0, 1]) / np.hypot(0.3, 1)
    np.testing.assert_allclose(rotation @ fingers, expected, atol=1e-9)
    np.testing.assert_allclose(rotation @ palm, (0, 1, 0), atol=1e-9)


@pytest.mark.parametrize("side", SIDES)
def test_the_thumb_is_on_the_palm_side_and_fingers_bend_to_it(figure: Figure, side: Side) -> None:
    _, palm, _ = palm_frame(figure, side)
    wrist = figure.joint(f"wrist.{side}")
    assert (figure.joint(f"finger1-3.{side}") - wrist) @ palm > 0
    rotations = figure.body.rest()
    before = joint(figure, rotations, f"finger3-3.{side}") @ palm
    curl(figure, rotations, side, 0.6)
    assert joint(figure, rotations, f"finger3-3.{side}") @ palm > before + 0.2


def test_looking_left_turns_the_face_to_positive_x(figure: Figure) -> None:
    rotations = figure.body.rest()
    look_along(figure, rotations, (1, 0, 1))
    forward = figure.pose(rotations).rotation[figure.body.bone["head"]] @ (0, 0, 1)
    assert forward[0] > 0.5
    look_along(figure, rotations, (0, -1, 1))
    assert (figure.pose(rotations).rotation[figure.body.bone["head"]] @ (0, 0, 1))[1] < -0.3
