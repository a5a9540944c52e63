"""Poses of surfaces whose place is known by geometry: planes, spheres, outliers, holes."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hrs_ros.scene import Mask
from hrs_ros.spatial import Intrinsics, Located, Rigid, TooFewPointsError, locate
from hrs_ros.spatial.locate import inliers

HEIGHT, WIDTH = 240, 320
CAMERA = Intrinsics(fx=300, fy=310, cx=158.5, cy=121)
NOBODY = Mask.empty()


def _plane(normal: np.ndarray, distance: float) -> np.ndarray:
    """Depth (H, W) of the plane normal . p = distance, seen by CAMERA."""
    columns, rows = np.meshgrid(np.arange(WIDTH), np.arange(HEIGHT))
    rays = np.stack(
        [(columns - CAMERA.cx) / CAMERA.fx, (rows - CAMERA.cy) / CAMERA.fy, np.ones_like(rows)], axis=2
    )
    return (distance / (rays @ normal)).astype(np.float32)


def _box(x: int, y: int, width: int, height: int) -> Mask:
    return Mask(x=x, y=y, bits=np.ones((height, width), bool))


def test_a_plate_that_faces_the_camera() -> None:
    found = locate(np.full((HEIGHT, WIDTH), 1.5, np.float32), _box(100, 80, 61, 31), CAMERA, acting=NOBODY)
    # The rim of 1 pixel goes: columns 101-159, rows 81-109.
    np.testing.assert_allclose(
        found.pose.translation, [(130 - 158.5) / 300 * 1.5, (95 - 121) / 310 * 1.5, 1.5], atol=1e-9
    )
    np.testing.assert_allclose(found.size, [58 / 300 * 1.5, 28 / 310 * 1.5, 0], atol=1e-6)
    np.testing.assert_allclose(found.pose.rotation, np.diag([1.0, -1.0, -1.0]), atol=1e-6)
    assert found.valid_depth_ratio == 1 and len(found.points) == 59 * 29


@settings(max_examples=40)
@given(tilt=st.floats(-0.9, 0.9), turn=st.floats(-0.9, 0.9), distance=st.floats(0.5, 3.0))
def test_the_shortest_axis_is_the_normal_of_a_plane(tilt: float, turn: float, distance: float) -> None:
    normal = np.array([np.sin(turn), np.sin(tilt) * np.cos(turn), np.cos(tilt) * np.cos(turn)])
    found = locate(_plane(normal, distance), _box(120, 90, 70, 50), CAMERA, acting=NOBODY)
    assert abs(found.pose.rotation[:, 2] @ normal) == pytest.approx(1, abs=1e-4)
    assert found.pose.rotation[:, 2] @ found.pose.translation < 0  # towards the camera
    assert np.linalg.det(found.pose.rotation) == pytest.approx(1)
    assert normal @ found.pose.translation == pytest.approx(distance, rel=1e-5)
    assert found.size[0] >= found.size[1] >= found.size[2]


def test_background_at_the_rim_and_holes_do_not_move_it() -> None:
    depth = np.full((HEIGHT, WIDTH), 3.0, np.float32)
    depth[80:110, 100:160] = 1.5
    clean = locate(depth, _box(100, 80, 60, 30), CAMERA, acting=NOBODY)
    loose = _box(96, 76, 68, 38)  # four pixels of the wall behind on each side, one of which goes
    depth[85:90, 110:120] = np.nan
    found = locate(depth, loose, CAMERA, acting=NOBODY)
    assert np.linalg.norm(found.pose.translation - clean.pose.translation) < 0.005
    assert np.ptp(found.points[:, 2]) == 0
    assert found.valid_depth_ratio == pytest.approx(1 - 50 / (66 * 36))


def test_the_hand_in_front_does_not_count() -> None:
    depth = np.full((HEIGHT, WIDTH), 1.5, np.float32)
    depth[80:110, 100:118] = 1.49  # fingers around the left end, taken for the plate by the network
    plate, hand = _box(100, 80, 60, 30), _box(98, 80, 20, 30)
    with_hand = locate(depth, plate, CAMERA, acting=NOBODY)
    without = locate(depth, plate, CAMERA, acting=hand)
    assert without.points[:, 2].min() == 1.5
    assert with_hand.points[:, 2].min() == pytest.approx(1.49)


@pytest.mark.parametrize(
    ("distances", "kept"),
    [
        ([1.0, 3.0, 1.02, 1.04, 0.9], [True, False, True, True, False]),
        ([1.0, 1.04, 1.08, 1.12, 1.16, 1.2], [True] * 6),  # a long thing that points at the camera
        ([2.0], [True]),
    ],
)
def test_inliers_are_the_group_around_the_median(distances: list[float], kept: list[bool]) -> None:
    assert inliers(np.array(distances)).tolist() == kept


def test_too_few_points_say_how_many() -> None:
    depth = np.full((HEIGHT, WIDTH), np.nan, np.float32)
    depth[90, 100:110] = 1.0
    with pytest.raises(TooFewPointsError, match="10 of 288 pixels have depth, at least 20"):
        locate(depth, _box(98, 82, 20, 18), CAMERA, acting=NOBODY)
    with pytest.raises(TooFewPointsError, match="0 of 0"):
        locate(depth, Mask.empty(), CAMERA, acting=NOBODY)


def test_a_mask_of_a_larger_image_is_refused() -> None:
    with pytest.raises(ValueError, match="is the depth registered"):
        locate(np.ones((HEIGHT, WIDTH), np.float32), _box(300, 80, 60, 30), CAMERA, acting=NOBODY)


def test_moved_to_another_frame() -> None:
    found = locate(_plane(np.array([0, 0, 1.0]), 2.0), _box(120, 90, 70, 50), CAMERA, acting=NOBODY)
    # Optical frame (x right, y down, z ahead) to a body frame (x ahead, y left, z up), camera 1 m up.
    motion = Rigid.from_quaternion([-0.5, 0.5, -0.5, 0.5], [0, 0, 1])
    moved: Located = found.moved(motion)
    x, y, z = found.pose.translation
    np.testing.assert_allclose(moved.pose.translation, [z, -x, 1 - y], atol=1e-12)
    np.testing.assert_allclose(moved.points.mean(axis=0), moved.pose.translation, atol=1e-12)
    np.testing.assert_array_equal(moved.size, found.size)


@pytest.mark.parametrize("k", [[0.0] * 9, [1, 0, 0, 0, -1, 0, 0, 0, 1], [np.nan] * 9, [1.0] * 8])
def test_a_camera_without_a_focal_length_is_refused(k: list[float]) -> None:
    with pytest.raises(ValueError, match="camera matrix"):
        Intrinsics.from_matrix(k)


def test_camera_matrix() -> None:
    assert Intrinsics.from_matrix([300, 0, 158.5, 0, 310, 121, 0, 0, 1]) == CAMERA
