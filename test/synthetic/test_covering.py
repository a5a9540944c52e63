"""Which cloth stands for a limb that does not show itself."""

from __future__ import annotations

from types import SimpleNamespace
from typing import cast

import numpy as np
import pytest

from hrs_ros.synthetic.camera import Camera
from hrs_ros.synthetic.covering import cover, unproject
from hrs_ros.synthetic.renderer import Picture
from hrs_ros.synthetic.scene_graph import PlacedHuman
from hrs_ros.vocabulary import vocabulary

WORDS = vocabulary()
SIZE, ENOUGH = 256, 12
CAMERA = Camera.looking_at((0, 10, 30), (0, 10, 0), 0.8)  # sees the person's front: its left is at the right
# x, y of joints in the plane z = 0; the person's left is +x.
JOINTS = {
    "ankle": (1.0, 1.0), "knee": (1.0, 5.0), "hip": (1.0, 9.0),
    "wrist": (4.0, 9.0), "elbow": (3.5, 11.5), "shoulder": (1.8, 14.0),
}  # fmt: skip


def standing() -> PlacedHuman:
    """Only its instance and keypoints matter here."""
    points = np.zeros((16, 3))
    for row, name in enumerate(WORDS.keypoints[1:]):
        side, _, joint = name.partition(" ")
        if joint in JOINTS:
            x, y = JOINTS[joint]
            points[row] = (x if side == "left" else -x, y, 0)
    return cast(PlacedHuman, SimpleNamespace(instance=1, keypoints=points))


def painted(*patches: tuple[str, tuple[float, float]]) -> Picture:
    """8 x 8 pixels of a part around each world point (x, y, 0)."""
    shape = (SIZE, SIZE)
    picture = Picture(
        np.zeros((*shape, 3), np.uint8),
        *(np.zeros(shape, np.uint8) for _ in range(3)),
        np.zeros(shape, np.float32),
    )
    for part, (x, y) in patches:
        (pixel,), (depth,) = CAMERA.project(np.array([[x, y, 0.0]]), SIZE, SIZE)
        column, row = int(pixel[0]), int(pixel[1])
        window = slice(row - 4, row + 4), slice(column - 4, column + 4)
        picture.instance[window], picture.part[window] = 1, WORDS.part_id(part)
        picture.depth[window] = depth
    return picture


def covered_by(part: str, picture: Picture, enough: float = ENOUGH) -> str | None:
    found = cover(WORDS.part_id(part), picture.instance == 1, picture, standing(), CAMERA, enough)
    return None if found is None else WORDS.parts[found]


def test_pixels_lead_back_to_the_points_that_they_show() -> None:
    picture = painted(("coat", (3.0, 11.0)))
    rows, columns = np.nonzero(picture.instance)
    points = unproject(picture, CAMERA, rows, columns)
    np.testing.assert_allclose(points.mean(0), (3, 11, 0), atol=0.15)
    np.testing.assert_allclose(points[:, 2], 0, atol=1e-5)


@pytest.mark.parametrize("cloth", ["gloves", "coat", "uppercloth", "dress"])
def test_a_sleeve_stands_for_the_arm_that_is_in_it(cloth: str) -> None:
    picture = painted((cloth, (3.8, 10.0)))
    assert covered_by("left arm", picture) == cloth
    assert covered_by("right arm", picture) is None


def test_gloves_come_before_sleeves() -> None:
    picture = painted(("gloves", (4.2, 8.4)), ("coat", (3.8, 10.0)), ("coat", (3.6, 11.0)))
    assert covered_by("left arm", picture) == "gloves"


def test_cloth_of_the_trunk_is_no_sleeve() -> None:
    assert covered_by("left arm", painted(("uppercloth", (0.5, 12.0)))) is None
    assert (
        covered_by("left arm", painted(("uppercloth", (1.8, 14.0)))) is None
    )  # the shoulder: not the forearm


@pytest.mark.parametrize("cloth", ["pants", "skirt", "dress", "socks"])
def test_cloth_stands_for_legs(cloth: str) -> None:
    picture = painted((cloth, (1.2, 4.0)))
    assert covered_by("left leg", picture) == cloth
    assert covered_by("right leg", picture) is None


def test_of_clothes_over_a_leg_the_largest_counts_and_shoes_come_last() -> None:
    picture = painted(
        ("pants", (1.0, 6.5)), ("pants", (1.0, 4.0)), ("socks", (1.0, 2.0)), ("left shoe", (1, 0.8))
    )
    assert covered_by("left leg", picture) == "pants"
    assert covered_by("left leg", painted(("left shoe", (1.0, 0.8)))) == "left shoe"


def test_bare_feet_and_socks_stand_for_shoes() -> None:
    assert covered_by("left shoe", painted(("left leg", (1.0, 0.8)))) == "left leg"
    assert covered_by("right shoe", painted(("socks", (-1.0, 0.8)))) == "socks"
    assert covered_by("right shoe", painted(("right leg", (-1.0, 8.0)))) is None  # a thigh is no foot


def test_few_pixels_do_not_stand_for_a_limb_and_heads_have_no_cover() -> None:
    picture = painted(("coat", (3.8, 10.0)))
    assert covered_by("left arm", picture, enough=65) is None
    assert covered_by("face", picture) is None
