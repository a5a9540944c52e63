"""Pixels that several things of one class claim: each belongs to the thing with the strongest claim.

SMS draws every mask by itself, and that of one plate easily spills over another: they look alike. Pixels are
those of the map (stride 4); at the border between two masks, interpolation to the source image leaves them a
seam of less than one such pixel in common.
"""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np
from numpy.typing import NDArray

Masks = NDArray[np.bool_]  # (S, h, w)

# Masks that share more of the smaller one are likely two sights of one thing, which cut each other to pieces.
MOST_SHARED = 0.5


def yielded(logits: NDArray[np.float32], slots: Sequence[int]) -> dict[int, NDArray[np.float32]]:
    """Mask logits of the slots that give pixels up, with the sign of those pixels turned.

    ``logits``: (S, h, w), above 0 inside a mask. ``slots``: different things of one class, best first, which
    decides between equal claims. Two masks that share more than half of the smaller one stay as they are, but
    for a piece apart that lies mostly on the other: it goes whole.
    """
    claims = logits[list(slots)]
    inside = claims > 0
    if not (inside.sum(axis=0) > 1).any():
        return {}
    lost = _beaten(claims, inside) | _spilled(inside)
    return {
        slot: np.where(given, -claim, claim)
        for slot, claim, given in zip(slots, claims, lost, strict=True)
        if given.any()
    }


def _beaten(claims: NDArray[np.float32], inside: Masks) -> Masks:
    """Pixels of each that a rival claims more."""
    flat = inside.reshape(len(inside), -1).astype(np.float32)
    shared = flat @ flat.T  # pixels of each pair; of each mask on the diagonal
    area = np.diagonal(shared)
    rivals = (shared > 0) & (shared <= MOST_SHARED * np.minimum(area[:, None], area))
    lost = np.zeros_like(inside)
    for mine, theirs in np.argwhere(rivals).tolist():
        mine_wins_ties = mine < theirs
        beaten = claims[theirs] > claims[mine] if mine_wins_ties else claims[theirs] >= claims[mine]
        lost[mine] |= inside[mine] & beaten
    return lost


def _spilled(inside: Masks) -> Masks:
    """Pieces of each mask apart from its largest that lie mostly on the largest piece of another."""
    pieces = [cv2.connectedComponents(mask.view(np.uint8))[1] for mask in inside]
    sizes = [np.bincount(labels.ravel(), minlength=2)[1:] for labels in pieces]
    largest = np.zeros_like(inside)
    for mask, labels, size in zip(largest, pieces, sizes, strict=True):
        mask[:] = labels == 1 + size.argmax()
    lost = np.zeros_like(inside)
    for mine, (labels, size) in enumerate(zip(pieces, sizes, strict=True)):
        for piece in set(range(len(size))) - {int(size.argmax())}:
            pixels = labels == 1 + piece
            covered = (largest & pixels).reshape(len(inside), -1).sum(axis=1)
            if (np.delete(covered, mine) > MOST_SHARED * size[piece]).any():
                lost[mine] |= pixels
    return lost
