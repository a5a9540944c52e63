"""Lovász-softmax: a convex surrogate of the Jaccard index (Berman et al., CVPR 2018)."""

from __future__ import annotations

import torch
from torch import Tensor


def lovasz_gradient(foreground: Tensor) -> Tensor:
    """Slopes of the Lovász extension of the Jaccard loss (algorithm 1 of the paper).

    ``foreground`` (..., P): 0 or 1 per pixel, in descending order of error, at least one 1 per row.
    Returns the same shape; a row sums to 1.
    """
    total = foreground.sum(-1, keepdim=True)
    intersection = total - foreground.cumsum(-1)
    union = total + (1 - foreground).cumsum(-1)
    jaccard = 1 - intersection / union
    return torch.cat([jaccard[..., :1], jaccard[..., 1:] - jaccard[..., :-1]], dim=-1)


def lovasz_softmax(probabilities: Tensor, labels: Tensor) -> Tensor:
    """Mean loss over the classes that occur in ``labels``; pixels of a whole batch count as one image.

    ``probabilities`` (C, P) of P pixels, ``labels`` (P,) int64 in 0 to C - 1. At least one pixel.
    """
    present = torch.unique(labels)
    foreground = (labels[None] == present[:, None]).to(probabilities.dtype)
    errors = (foreground - probabilities[present]).abs()
    with torch.no_grad():
        order = errors.argsort(dim=1, descending=True)
        slopes = lovasz_gradient(foreground.gather(1, order))
        slopes = torch.empty_like(slopes).scatter_(1, order, slopes)
    return (errors * slopes).sum(1).mean()
