"""Pixels that several things of one class claim: each belongs to the thing with the strongest claim.

SMS draws every mask by itself, and that of one plate easily spills over another: they look alike. Pixels are
those of the map (stride 4); at the border between two masks, interpolation to the source image leaves them a
seam of less than one such pixel in common.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

# Masks that share more of the smaller one are likely two sights of one thing, which cut each other to pieces.
MOST_SHARED = 0.5


def yielded(logits: NDArray[np.float32], slots: Sequence[int]) -> dict[int, NDArray[np.float32]]:
    """Mask logits of the slots that give pixels up, with the sign of those pixels turned.

    ``logits``: (S, h, w), above 0 inside a mask. ``slots``: different things of one class, best first, which
    decides between equal claims. Two masks that share more than half of the smaller one stay as they are.
    """
    claims = logits[list(slots)]
    inside = claims > 0
    flat = inside.reshape(len(slots), logits[0].size).astype(np.float32)
    shared = flat @ flat.T  # pixels of each pair; of each mask on the diagonal
    area = np.diagonal(shared)
    rivals = (shared > 0) & (shared <= MOST_SHARED * np.minimum(area[:, None], area))
    changed = {}
    for mine in np.flatnonzero(rivals.any(axis=1)).tolist():
        lost = np.zeros(claims.shape[1:], bool)
        for theirs in np.flatnonzero(rivals[mine]).tolist():
            mine_wins_ties = mine < theirs
            beaten = claims[theirs] > claims[mine] if mine_wins_ties else claims[theirs] >= claims[mine]
            lost |= inside[mine] & beaten
        if lost.any():
            changed[slots[mine]] = np.where(lost, -claims[mine], claims[mine])
    return changed
