"""The dice loss between mask logits and soft masks (spec section 4)."""

from __future__ import annotations

from torch import Tensor


def dice_loss(logits: Tensor, masks: Tensor) -> Tensor:
    """1 - 2 sum(pq) / (sum(p^2) + sum(q^2)) per row, 0.001 added to each square sum (spec section 4).

    ``logits``, ``masks`` (N, P); soft masks in [0, 1] are allowed. Returns (N,).
    """
    p, q = logits.sigmoid(), masks.to(logits.dtype)
    shared = (p * q).sum(1)
    return 1 - 2 * shared / ((p * p).sum(1) + 0.001 + (q * q).sum(1) + 0.001)
