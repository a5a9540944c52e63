"""Gaussian spots on a heatmap: CenterNet's radius rule and drawing (spec section 3)."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray


def gaussian_radius(height: float, width: float, *, min_overlap: float = 0.7) -> float:
    """Largest shift of a box's corners that keeps an IoU of ``min_overlap`` with the box, in the box's unit.

    The minimum over CenterNet's three cases (both corners inside, both outside, one of each). CenterNet
    divides each root by 2 where the quadratic formula says 2a; models and published figures depend on
    that, so it is kept.
    """
    perimeter, area = height + width, height * width
    cases = (
        (1.0, perimeter, area * (1 - min_overlap) / (1 + min_overlap)),
        (4.0, 2 * perimeter, area * (1 - min_overlap)),
        (4 * min_overlap, -2 * min_overlap * perimeter, area * (min_overlap - 1)),
    )
    return min((b + math.sqrt(b * b - 4 * a * c)) / 2 for a, b, c in cases)


def draw_gaussian(heatmap: NDArray[np.float32], x: int, y: int, radius: int) -> None:
    """Raise ``heatmap`` (h, w) in place to a spot with value 1 at the cell (x, y).

    sigma = (2 * radius + 1) / 6, cut off outside the square of that radius; overlapping spots keep the
    larger value.
    """
    height, width = heatmap.shape
    sigma = (2 * radius + 1) / 6
    profile = np.exp(-(np.arange(-radius, radius + 1, dtype=np.float32) ** 2) / (2 * sigma * sigma))
    top, bottom = min(y, radius), min(height - 1 - y, radius)
    left, right = min(x, radius), min(width - 1 - x, radius)
    spot = np.outer(
        profile[radius - top : radius + bottom + 1], profile[radius - left : radius + right + 1]
    ).astype(np.float32)
    window = heatmap[y - top : y + bottom + 1, x - left : x + right + 1]
    np.maximum(window, spot, out=window)
