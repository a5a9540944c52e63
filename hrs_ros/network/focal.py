"""CenterNet's penalty-reduced focal loss with its gradient by hand.

The heatmaps are by far the largest maps (141 classes a cell). Autograd would keep a dozen copies of them and
walk over memory thirty times, a quarter of a CPU training step; here every image is worked on in place while
it is in the cache, and the gradient is ready when the loss is. A GPU, whose time goes into starting kernels,
takes the whole batch at once.
"""

from __future__ import annotations

from typing import Any

import torch
from torch import Tensor

FLOOR = 1e-4  # probabilities are kept within [FLOOR, 1 - FLOOR]


def focal_loss(logits: Tensor, heatmap: Tensor, *, weight: Tensor, ignore: Tensor) -> Tensor:
    """Focal loss, alpha 2, beta 4, over the number of positives (eq. 1).

    ``logits``, ``heatmap`` (B, C, h, w); positives are the cells equal to 1 and always count.
    ``weight`` (B, C): 1 where every instance of the class is labelled; elsewhere nothing is a negative.
    ``ignore`` (B, h, w): 1 where nothing is a negative. Without positives: the negatives' plain sum.
    A clamped cell still gets the clamped value's gradient, or a confident mistake could never be unlearnt.
    """
    loss: Tensor = _FocalLoss.apply(logits, heatmap, weight, ignore)
    return loss


class _FocalLoss(torch.autograd.Function):
    @staticmethod
    def forward(ctx: Any, logits: Tensor, heatmap: Tensor, weight: Tensor, ignore: Tensor) -> Tensor:
        gradient = torch.empty_like(logits)
        total = logits.new_zeros(())
        partial, ignored = bool((weight != 1).any()), bool(ignore.any())
        positives = 0
        at_once = len(logits) if logits.is_cuda else 1  # images
        pieces = (maps.split(at_once) for maps in (logits, heatmap, weight, ignore, gradient))
        for x, target, classes, cells, slope in zip(*pieces, strict=True):
            p = torch.sigmoid(x).clamp_(FLOOR, 1 - FLOOR)
            at = (target == 1).nonzero(as_tuple=True)
            found = p[at]
            # Negatives: (1 - Y)^4 p^2 log(1 - p); the first factor is 0 at positives.
            importance = torch.rsub(target.to(x.dtype), 1).square_().square_().mul_(p).mul_(p)
            if partial:
                importance *= classes[:, :, None, None]
            if ignored:
                importance *= 1 - cells[:, None]
            logarithm = torch.neg(p).log1p_()
            total -= (importance * logarithm).sum()
            # d/dx of p^2 log(1 - p) = p^2 (2 (1 - p) log(1 - p) - p)
            logarithm.addcmul_(p, logarithm, value=-1).mul_(2).sub_(p)
            torch.mul(importance, logarithm.neg_(), out=slope)
            # Positives: (1 - p)^2 log p, with d/dx = (1 - p)^2 (1 - p - 2 p log p)
            missing = (1 - found).square()
            total -= (missing * found.log()).sum()
            slope[at] = -missing * (1 - found - 2 * found * found.log())
            positives += len(found)
        ctx.save_for_backward(gradient)
        ctx.positives = max(positives, 1)
        return total / ctx.positives

    @staticmethod
    def backward(ctx: Any, *outer: Tensor) -> tuple[Tensor, None, None, None]:
        (gradient,) = ctx.saved_tensors
        return gradient * (outer[0] / ctx.positives), None, None, None
