"""A pose in a picture: the axes of a frame as lines from its origin."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from hrs_ros.spatial import Intrinsics, Rigid

AXIS_COLOURS = ((230, 60, 60), (70, 200, 90), (80, 130, 255))  # x red, y green, z blue, as everywhere in ROS
_SHIFT = 4  # fractional bits of OpenCV's coordinates


def draw_axes(
    image: NDArray[np.uint8], pose: Rigid, intrinsics: Intrinsics, *, length: float, thickness: int = 2
) -> None:
    """Draw a pose, told in the optical frame, into an (H, W, 3) RGB image; ``length`` in metres."""
    ends = pose.apply(np.vstack([np.zeros(3), np.eye(3) * length]))
    if (ends[:, 2] <= 0).any():
        return
    columns = ends[:, 0] / ends[:, 2] * intrinsics.fx + intrinsics.cx
    rows = ends[:, 1] / ends[:, 2] * intrinsics.fy + intrinsics.cy
    pixels = np.round(np.stack([columns, rows], axis=1) * (1 << _SHIFT)).astype(int)
    origin = pixels[0].tolist()
    for axis in np.argsort(-ends[1:, 2]):  # the farthest first
        for colour, extra in (((20, 20, 20), 2), (AXIS_COLOURS[axis], 0)):
            cv2.line(image, origin, pixels[axis + 1].tolist(), colour, thickness + extra, cv2.LINE_AA, _SHIFT)
    cv2.circle(image, origin, (thickness + 1) << _SHIFT, (255, 255, 255), -1, cv2.LINE_AA, _SHIFT)
