"""The pixels of a mask that belong to the object alone: not its rim, not the hand that holds it."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from hrs_ros.scene import Mask

RIM = 1  # pixels: where depth edges mix the near and the far
LEAST_CORE = 0.4  # share of the pixels that must survive; thin things are eroded less

Bits = NDArray[np.bool_]


def object_pixels(mask: Mask, acting: Mask, *, height: int, width: int, rim: int = RIM) -> Bits:
    """(height, width) bool: the mask without its rim of ``rim`` pixels and without the acting part.

    ``acting`` is the mask of the hand that holds the object, empty for none. Where too little would be left,
    the rim is thinner. Every pixel of rim costs: what goes at a hand's edge is not replaced at the other.
    """
    alone = mask.full(height, width)
    if acting.bits.any():
        alone = alone & ~acting.full(height, width)
    pixels = np.count_nonzero(alone)
    for radius in range(rim, 0, -1):
        core = erode(alone, radius)
        if np.count_nonzero(core) >= LEAST_CORE * pixels:
            return core
    return alone


def erode(bits: Bits, radius: int) -> Bits:
    """Pixels whose neighbours up to ``radius`` steps away (up, down, left, right) are inside too.

    What lies beyond the image counts as outside.
    """
    for _ in range(radius):
        padded = np.pad(bits, 1)
        bits = bits & padded[:-2, 1:-1] & padded[2:, 1:-1] & padded[1:-1, :-2] & padded[1:-1, 2:]
    return bits


def dilate(bits: Bits, radius: int) -> Bits:
    """Pixels with a pixel inside up to ``radius`` steps away."""
    for _ in range(radius):
        padded = np.pad(bits, 1)
        bits = bits | padded[:-2, 1:-1] | padded[2:, 1:-1] | padded[1:-1, :-2] | padded[1:-1, 2:]
    return bits
