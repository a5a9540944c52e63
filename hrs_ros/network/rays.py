"""PolarMask's target: how far a mask reaches from its centre, in 36 directions."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from hrs_ros.network.config import RAYS, STRIDE

TYPICAL = 8.0  # cells; PolarMask predicts logarithms over this, so that its last layer works near 0
LONGEST = 6.0  # its largest logarithm, 3000 cells: a wild prediction must not become infinite
STEP = 0.5  # pixels between the points of a ray that are looked at
SHORTEST = STEP / STRIDE  # cells; no ray is shorter, as lengths are learned as logarithms


def measure_rays(mask: NDArray[np.uint8], x: int, y: int) -> NDArray[np.float32]:
    """(36,) lengths in stride-4 cells, from the middle of the cell (x, y) of a mask (H, W) of 0 or 1.

    A ray ends where it leaves the mask for the last time, so a ring is filled and a ray that never meets the
    mask, as from a centre of mass outside it, is ``SHORTEST`` (PolarMask, section 3.2).
    """
    height, width = mask.shape
    angle = np.arange(RAYS) * (2 * np.pi / RAYS)
    distance = np.arange(0, np.hypot(height, width) + STEP, STEP)
    columns = np.floor((x + 0.5) * STRIDE + np.outer(np.cos(angle), distance)).astype(np.int64)
    rows = np.floor((y + 0.5) * STRIDE + np.outer(np.sin(angle), distance)).astype(np.int64)
    seen = (columns >= 0) & (columns < width) & (rows >= 0) & (rows < height)
    inside = np.zeros(seen.shape, bool)
    inside[seen] = mask[rows[seen], columns[seen]] != 0
    # From the last point inside to the first one outside: half a step more on average.
    last = inside.shape[1] - 1 - inside[:, ::-1].argmax(axis=1)
    length = np.where(inside.any(axis=1), distance[last] + STEP / 2, 0) / STRIDE
    return np.maximum(length, SHORTEST).astype(np.float32)
