"""Depth images of REP-118 as metres."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

MILLIMETRE = 0.001  # metres


def metres(image: NDArray[np.uint16] | NDArray[np.float32]) -> NDArray[np.float32]:
    """(H, W) metres, NaN where nothing was measured.

    uint16 is millimetres with 0 for nothing (16UC1), float32 is metres with NaN for nothing (32FC1; infinite,
    zero and negative values are nothing too). TypeError for other types.
    """
    if image.dtype not in (np.uint16, np.float32):
        raise TypeError(f"expected depth as uint16 millimetres or float32 metres, got {image.dtype}")
    depth = image.astype(np.float32)
    if image.dtype == np.uint16:
        depth *= np.float32(MILLIMETRE)
    # A NaN is not "greater than 0" either, and stays what it is.
    depth[~(depth > 0) | np.isinf(depth)] = np.nan
    return depth
