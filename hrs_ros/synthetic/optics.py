"""What happens to light before the sensor: blur by focus and a shaking camera, vignetting. Linear colours."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from hrs_ros.synthetic.rotation import Array

Light = NDArray[np.float32]  # (H, W, 3) linear RGB, 1 = white


def disc(radius: float) -> Light:
    """Point spread (N, N) of a lens out of focus by ``radius`` pixels; sums to 1."""
    reach = int(np.ceil(radius + 0.5))
    y, x = np.mgrid[-reach : reach + 1, -reach : reach + 1]
    inside = np.clip(radius + 0.5 - np.hypot(x, y), 0, 1)  # antialiased edge
    return np.asarray(inside / inside.sum(), np.float32)


def shake(length: float, rng: np.random.Generator) -> Light:
    """Point spread (N, N) of a hand-held camera that moves by about ``length`` pixels during the exposure.

    A direction that wanders; its mean is the middle, so that labels stay where they are.
    """
    steps = 32
    heading = rng.uniform(0, 2 * np.pi) + np.cumsum(rng.normal(0, 0.12, steps))
    path = np.cumsum(np.stack([np.cos(heading), np.sin(heading)], 1), axis=0) * length / steps
    path -= path.mean(0)
    reach = int(np.ceil(np.abs(path).max())) + 1
    kernel = np.zeros((2 * reach + 1, 2 * reach + 1), np.float32)
    low = np.floor(path).astype(int)
    share = path - low
    for dx in (0, 1):
        for dy in (0, 1):
            weight = np.abs(1 - dx - share[:, 0]) * np.abs(1 - dy - share[:, 1])
            np.add.at(kernel, (low[:, 1] + dy + reach, low[:, 0] + dx + reach), weight)
    return kernel / kernel.sum()


def spread(light: Light, kernel: Light) -> Light:
    """The picture blurred by a point spread; edges continue as a mirror."""
    return np.asarray(cv2.filter2D(light, -1, kernel, borderType=cv2.BORDER_REFLECT_101), np.float32)


def out_of_focus(light: Light, depth: Light, focus: float, strength: float) -> Light:
    """Depth of field: what is off the plane ``focus`` (dm) blurs, by ``strength`` pixels at infinity.

    ``depth`` (H, W) along the optical axis, 0 = infinitely far. Blurs in two steps and mixes, which is what
    circles of confusion of that size look like, and keeps a sharp subject from bleeding into the background.
    """
    far = np.where(depth > 0, depth, np.float32(np.inf))
    confusion = np.float32(strength) * np.abs(1 - np.float32(focus) / far)  # of a thin lens
    radius = cv2.GaussianBlur(confusion, (0, 0), 1.0)
    half, full = spread(light, disc(strength / 2)), spread(light, disc(strength))
    near = np.clip(2 * radius / strength, 0, 1)[..., None]
    beyond = np.clip(2 * radius / strength - 1, 0, 1)[..., None]
    mixed = light + (half - light) * near
    return np.asarray(mixed + (full - mixed) * beyond, np.float32)


def vignette(light: Light, strength: float) -> Light:
    """Darker corners: 1 - ``strength`` of the light there, falling with the square of the distance."""
    height, width = light.shape[:2]
    y = (np.arange(height, dtype=np.float32) + 0.5) * 2 / height - 1
    x = (np.arange(width, dtype=np.float32) + 0.5) * 2 / width - 1
    fall: Array = 1 - np.float32(strength / 2) * (y[:, None] ** 2 + x**2)
    return light * fall[..., None].astype(np.float32)
