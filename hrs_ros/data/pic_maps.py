"""Arithmetic on pairs of 8-bit label maps of one image."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray


def common_pixels(rows: NDArray[np.uint8], columns: NDArray[np.uint8]) -> NDArray[np.int64]:
    """(256, 256): how many pixels have value ``r`` in one map and ``c`` in the other; both maps (H, W)."""
    pairs = rows.astype(np.uint16) << 8 | columns
    return np.bincount(pairs.ravel(), minlength=256 * 256).reshape(256, 256)


def instance_classes(common: NDArray[np.int64]) -> dict[int, int]:
    """Instance id -> the commonest class under it, 0 if no pixel has a class.

    ``common``: ``common_pixels`` of instance and class map.
    """
    classes = common.copy()
    classes[:, 0] = 0
    present = np.flatnonzero(common[1:].any(1)) + 1
    return {int(instance): int(classes[instance].argmax()) for instance in present}
