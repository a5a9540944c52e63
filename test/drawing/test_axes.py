"""Axes of poses: where they begin and end in the picture, and in which colour."""

from __future__ import annotations

import numpy as np

from hrs_ros.drawing.axes import AXIS_COLOURS, draw_axes
from hrs_ros.spatial import Intrinsics, Rigid

CAMERA = Intrinsics(fx=100, fy=100, cx=50, cy=40)


def test_axes_point_where_the_pose_says() -> None:
    image = np.zeros((80, 100, 3), np.uint8)
    # x to the right, y up, z towards the camera.
    pose = Rigid(np.diag([1.0, -1.0, -1.0]), np.array([0.0, 0.0, 1.0]))
    draw_axes(image, pose, CAMERA, length=0.3)
    assert image[40, 50].tolist() == [255, 255, 255]
    assert image[40, 70].tolist() == list(AXIS_COLOURS[0])
    assert image[20, 50].tolist() == list(AXIS_COLOURS[1])
    assert not image[60:].any() and not image[:, :40].any()
    assert not image[:, 84:].any()  # 0.3 m at 1 m are 30 pixels


def test_nothing_is_drawn_of_what_is_behind_the_camera() -> None:
    image = np.zeros((80, 100, 3), np.uint8)
    draw_axes(image, Rigid(np.eye(3), np.array([0.0, 0.0, -1.0])), CAMERA, length=0.3)
    assert not image.any()
