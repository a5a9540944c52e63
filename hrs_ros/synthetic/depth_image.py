"""Rendered depth as a depth camera gives it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:  # arithmetic needs no renderer
    from hrs_ros.synthetic.renderer import Picture

MILLIMETRES = 100.0  # per decimetre
FARTHEST = 65535  # of 16 bits


def millimetres(picture: Picture) -> NDArray[np.uint16]:
    """(H, W) depth along the optical axis (REP-118, 16UC1), 0 = background, where nothing is measured."""
    depth = np.clip(picture.depth * MILLIMETRES, 0, FARTHEST)
    return np.where(picture.instance > 0, depth, 0).astype(np.uint16)
