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
    if image.dtype == np.uint16:
        depth = image.astype(np.float32) * np.float32(MILLIMETRE)
    elif image.dtype == np.float32:
        depth = image.copy()
    else:
        raise TypeError(f"expected depth as uint16 millimetres or float32 metres, got {image.dtype}")
    # A NaN is not "greater than 0" either, and stays what it is.
    depth[~(depth > 0) | np.isinf(depth)] = np.nan
    return depth
