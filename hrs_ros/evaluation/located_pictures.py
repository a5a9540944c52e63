"""Located objects to look at: crops with the axes of their poses."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from hrs_ros.drawing.axes import draw_axes
from hrs_ros.evaluation.locating import Trial
from hrs_ros.spatial import Intrinsics

TILE = 320  # pixels of one crop
COLUMNS, ROWS = 3, 2


def tile(image: NDArray[np.uint8], intrinsics: Intrinsics, trial: Trial) -> NDArray[np.uint8]:
    """A square crop around a located object, its axes drawn, its error written under it."""
    height, width = image.shape[:2]
    canvas, located = image.copy(), trial.located
    if located is None:
        raise ValueError(f"expected an object that was located, got {trial.label} of scene {trial.scene}")
    draw_axes(canvas, located.pose, intrinsics, length=max(0.06, 0.6 * float(located.size[0])))
    x, y, z = located.pose.translation
    side = int(np.clip(3.2 * located.size[0] * intrinsics.fx / z, 120, min(height, width)))
    left = int(np.clip(x / z * intrinsics.fx + intrinsics.cx - side / 2, 0, width - side))
    top = int(np.clip(y / z * intrinsics.fy + intrinsics.cy - side / 2, 0, height - side))
    crop = cv2.resize(
        canvas[top : top + side, left : left + side], (TILE, TILE), interpolation=cv2.INTER_CUBIC
    )
    crop[-26:] = (crop[-26:] * 0.35).astype(np.uint8)
    caption = f"{trial.label}: {1e3 * trial.error:.1f} mm off at {trial.distance:.2f} m"
    cv2.putText(crop, caption, (8, TILE - 8), cv2.FONT_HERSHEY_SIMPLEX, 0.48, (255, 255, 255), 1, cv2.LINE_AA)
    return np.asarray(crop, np.uint8)


def sheet(tiles: list[NDArray[np.uint8]]) -> NDArray[np.uint8]:
    """The tiles in rows, with thin white gaps; empty places stay white."""
    canvas = np.full((ROWS * (TILE + 4) - 4, COLUMNS * (TILE + 4) - 4, 3), 255, np.uint8)
    for index, tile in enumerate(tiles):
        y, x = (index // COLUMNS) * (TILE + 4), (index % COLUMNS) * (TILE + 4)
        canvas[y : y + TILE, x : x + TILE] = tile
    return canvas
