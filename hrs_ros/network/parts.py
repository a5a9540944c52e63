"""Which parts act in a relation, other than by learning it: the three rules of the paper's Table 11."""

from __future__ import annotations

import torch
from torch import Tensor
from torch.nn import functional

from hrs_ros.network.part_table import HASH_CLASS, HASH_PRIME, HASH_X, HASH_Y


def most_frequent_part(frequency: Tensor, relation_class: Tensor) -> Tensor:
    """One-hot (B, R, 25): the part that acts most often in each relation; of equals the first."""
    best = functional.one_hot(frequency.argmax(dim=1), frequency.shape[1]).to(frequency.dtype)
    return best[relation_class]


def sampled_part(frequency: Tensor, relation_class: Tensor, point: Tensor) -> Tensor:
    """One-hot (B, R, 25): a part drawn in proportion to each relation's row.

    ``relation_class`` (B, R) and ``point`` (B, R, 2) decide the draw: the same image gives the same answer,
    in PyTorch, ONNX Runtime and numpy.
    """
    mixed = point[..., 0] * HASH_X + point[..., 1] * HASH_Y + relation_class * HASH_CLASS
    draw = (mixed % HASH_PRIME).to(frequency.dtype) / HASH_PRIME  # [0, 1)
    below = frequency.cumsum(dim=1)[relation_class]  # (B, R, 25)
    passed = below <= draw[..., None] * below[..., -1:]
    chosen = passed.to(torch.int64).sum(dim=2).clamp(max=frequency.shape[1] - 1)
    return functional.one_hot(chosen, frequency.shape[1]).to(frequency.dtype)


def nearest_part(subject_mask: Tensor, parsing: Tensor, point: Tensor, *, parts: int) -> Tensor:
    """One-hot (B, R, 25): the part of the subject that is nearest to the relation point, 0 where none shows.

    ``subject_mask`` (B, R, h, w) logits, ``parsing`` (B, h, w) labels, ``point`` (B, R, 2) cells x, y.
    """
    B, R, H, W = subject_mask.shape
    cell = torch.arange(H * W, device=parsing.device)
    y = cell // W
    x = cell - y * W
    distance = (x - point[..., 0, None]).square() + (y - point[..., 1, None]).square()  # (B, R, h * w)
    labels = parsing.flatten(1)[:, None].expand(B, R, H * W)
    shown = (subject_mask.flatten(2) > 0) & (labels > 0)
    # Of equally near cells the first, said by the number itself: runtimes break ties differently.
    rank = torch.where(shown, distance * (H * W) + cell, torch.iinfo(torch.int64).max)
    nearest = rank.argmin(dim=2, keepdim=True)  # (B, R, 1)
    label = torch.where(shown.gather(2, nearest), labels.gather(2, nearest), 0)[..., 0]
    return functional.one_hot(label, parts + 1)[..., 1:].to(subject_mask.dtype)
