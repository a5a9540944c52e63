"""Pixels that several things of one class claim: each belongs to the thing with the strongest claim.

SMS draws every mask by itself, and that of one plate easily spills over another: they look alike. Pixels are
those of the map (stride 4); at the border between two masks, interpolation to the source image leaves them a
seam of less than one such pixel in common.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray


def yielded(logits: NDArray[np.float32], slots: Sequence[int]) -> dict[int, NDArray[np.float32]]:
    """Mask logits of the slots that give pixels up, with the sign of those pixels turned.

    ``logits``: (S, h, w), above 0 inside a mask. ``slots``: different things of one class, best first, which
    decides between equal claims.
    """
    if len(slots) < 2:
        return {}
    claims = logits[list(slots)]
    inside = claims > 0
    if not (inside.sum(axis=0) > 1).any():
        return {}
    # Where a thing is not the strongest, the strongest is inside as well.
    others = claims.argmax(axis=0) != np.arange(len(slots))[:, None, None]
    lost = inside & others
    return {
        slot: np.where(given, -claim, claim)
        for slot, claim, given in zip(slots, claims, lost, strict=True)
        if given.any()
    }
