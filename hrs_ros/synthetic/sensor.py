"""What a camera makes of the light on its sensor: exposure, noise, colours, sharpening, few pixels."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from hrs_ros.synthetic.optics import Light
from hrs_ros.synthetic.rotation import Array

GAMMA = 2.2  # of the renderer's colours
LEVELS = 4096  # of the table back to 8 bits
LUMA = np.array([0.299, 0.587, 0.114], np.float32)
TO_LINEAR = (np.arange(256) / 255) ** GAMMA


def to_light(rgb: NDArray[np.uint8]) -> Light:
    """Linear light of 8-bit colours."""
    return np.asarray(cv2.LUT(rgb, TO_LINEAR.astype(np.float32)), np.float32)


def to_colours(light: Light, contrast: float, gamma: float) -> NDArray[np.uint8]:
    """8-bit colours of linear light; ``contrast`` around the middle and ``gamma`` of 1 change nothing."""
    value = (np.arange(LEVELS) / (LEVELS - 1)) ** (1 / GAMMA)
    value = np.clip((value - 0.5) * contrast + 0.5, 0, 1) ** gamma
    table = np.round(value * 255).astype(np.uint8)
    index = (np.clip(light, 0, 1) * (LEVELS - 1) + 0.5).astype(np.uint16)
    return np.asarray(table[index], np.uint8)


def noise(light: Light, shot: float, read: float, rng: np.random.Generator) -> Light:
    """Photon noise, whose variance grows with the light, and noise of reading out, the same everywhere.

    Standard deviations at white and at black. Half of it is shared by neighbours, as after demosaicing.
    """
    height, width = light.shape[:2]
    fine = rng.standard_normal((height, width, 3), dtype=np.float32)
    coarse = rng.standard_normal(((height + 1) // 2, (width + 1) // 2, 3), dtype=np.float32)
    wide = cv2.resize(coarse, (width, height), interpolation=cv2.INTER_LINEAR)
    grain = 0.75 * fine + 0.8 * wide
    return light + grain * np.sqrt(np.float32(shot**2) * np.maximum(light, 0) + np.float32(read**2))


def saturate(rgb: NDArray[np.uint8], factor: float) -> NDArray[np.uint8]:
    """Colours moved away from grey (factor > 1) or towards it."""
    matrix: Array = np.eye(3) * factor + (1 - factor) * np.broadcast_to(LUMA, (3, 3))
    return np.asarray(cv2.transform(rgb, matrix), np.uint8)


def sharpen(rgb: NDArray[np.uint8], amount: float) -> NDArray[np.uint8]:
    """Unsharp mask of one pixel, as cameras and phones apply it."""
    soft = cv2.GaussianBlur(rgb, (0, 0), 1.0)
    return np.asarray(cv2.addWeighted(rgb, 1 + amount, soft, -amount, 0), np.uint8)


def fewer_pixels(rgb: NDArray[np.uint8], factor: float, kind: int) -> NDArray[np.uint8]:
    """A picture of a ``factor`` of the pixels a side, enlarged again with an OpenCV interpolation."""
    height, width = rgb.shape[:2]
    size = max(8, round(width * factor)), max(8, round(height * factor))
    small = cv2.resize(rgb, size, interpolation=cv2.INTER_AREA)
    return np.asarray(cv2.resize(small, (width, height), interpolation=kind), np.uint8)
