"""The six losses of SMS and their weighted sum (spec section 4; equations 1-6 of the paper)."""

from __future__ import annotations

from collections.abc import Mapping

import torch
import torch.nn.functional as F
from torch import Tensor

from hrs_ros.data.sample import PARSING_IGNORE
from hrs_ros.network.focal import focal_loss
from hrs_ros.network.lovasz import lovasz_softmax
from hrs_ros.network.targets import TargetBatch

# L = L_ent + L_rel + 3 L_mask + L_disp + 20 L_part + 5 L_parse (the paper's weights)
LOSS_WEIGHTS: Mapping[str, float] = {
    "entity": 1.0,
    "relation": 1.0,
    "mask": 3.0,
    "displacement": 1.0,
    "part": 20.0,
    "parsing": 5.0,
}


def sms_loss(
    outputs: Mapping[str, Tensor],
    targets: TargetBatch,
    *,
    weights: Mapping[str, float] = LOSS_WEIGHTS,
    lovasz_pixels: int | None = None,
) -> dict[str, Tensor]:
    """Scalar losses by name, and their sum weighted by ``weights`` as ``total``.

    ``outputs``: the raw maps of ``SMS.forward``, of any float type; losses are computed in at least
    float32. ``lovasz_pixels`` bounds the cost of the parsing loss's sorts: a random subset of that many
    labelled pixels takes their place; None (the definition) uses all. A loss without anything labelled is
    0 and still has a graph, so backward() and distributed training see every head.
    """
    maps = {name: _at_least_float32(value) for name, value in outputs.items()}
    losses = {
        "entity": focal_loss(
            maps["entity"], targets.entity_heatmap, weight=targets.entity_weight, ignore=targets.ignore
        ),
        "relation": focal_loss(
            maps["relation"], targets.relation_heatmap, weight=targets.relation_weight, ignore=targets.ignore
        ),
        "mask": mask_loss(maps["kernel"], maps["mask_feature"], targets.mask_index, targets.masks),
        "displacement": displacement_loss(maps["displacement"], targets.relation_index, targets.displacement),
        "part": part_loss(
            maps["part"],
            maps["part_bias"],
            index=targets.relation_index,
            relation_class=targets.relation_class,
            parts=targets.parts,
            known=targets.parts_known,
        ),
        "parsing": parsing_loss(maps["parsing"], targets.parsing, lovasz_pixels=lovasz_pixels),
    }
    losses["total"] = torch.stack([weights[name] * loss for name, loss in losses.items()]).sum()
    return losses


def mask_loss(kernel: Tensor, feature: Tensor, index: Tensor, masks: Tensor) -> Tensor:
    """Mean dice loss over the N entities of a batch.

    ``kernel`` (B, D, S, S) and ``feature`` (B, D, h, w); ``index`` (N, 3) batch, row and column in the
    kernel grid; ``masks`` (N, h, w). An entity's logits are its kernel as a 1x1 convolution over the
    feature map of its image.
    """
    if len(index) == 0:
        return _zero(kernel, feature)
    kernels = kernel[index[:, 0], :, index[:, 1], index[:, 2]]  # N, D
    # unbind, not feature[batch]: the backward of one stack costs one pass over the map, not B.
    features = feature.flatten(2).unbind(0)
    losses = []
    for batch in index[:, 0].unique().tolist():
        rows = index[:, 0] == batch
        losses.append(dice_loss(kernels[rows] @ features[batch], masks[rows].flatten(1)))
    return torch.cat(losses).mean()


def dice_loss(logits: Tensor, masks: Tensor) -> Tensor:
    """1 - 2 sum(pq) / (sum(p^2) + sum(q^2)) per row, 0.001 added to each square sum (spec section 4).

    ``logits``, ``masks`` (N, P); soft masks in [0, 1] are allowed. Returns (N,).
    """
    p, q = logits.sigmoid(), masks.to(logits.dtype)
    shared = (p * q).sum(1)
    return 1 - 2 * shared / ((p * p).sum(1) + 0.001 + (q * q).sum(1) + 0.001)


def displacement_loss(displacement: Tensor, index: Tensor, target: Tensor) -> Tensor:
    """L1 summed over the four coordinates, over the number of relations.

    ``displacement`` (B, 4, h, w); ``index`` (R, 3) batch, row, column; ``target`` (R, 4).
    """
    if len(index) == 0:
        return _zero(displacement)
    return (_at(displacement, index) - target.to(displacement.dtype)).abs().sum() / len(index)


def part_loss(
    logits: Tensor,
    bias: Tensor,
    *,
    index: Tensor,
    relation_class: Tensor,
    parts: Tensor,
    known: Tensor,
) -> Tensor:
    """Binary cross-entropy, mean over the 25 parts of the relations whose parts are ``known``.

    ``logits`` (B, 25, h, w); ``bias`` (23, 25) is added by the relation's class; ``index`` (R, 3);
    ``relation_class`` (R,) 0-based; ``parts`` (R, 25); ``known`` (R,) bool.
    """
    if not bool(known.any()):
        return _zero(logits, bias)
    conditioned = _at(logits, index[known]) + bias[relation_class[known]]
    return F.binary_cross_entropy_with_logits(conditioned, parts[known].to(conditioned.dtype))


def parsing_loss(logits: Tensor, labels: Tensor, *, lovasz_pixels: int | None = None) -> Tensor:
    """Cross-entropy plus Lovász-softmax over the labelled pixels of the batch.

    ``logits`` (B, 26, h, w); ``labels`` (B, h, w) int64, 255 = not labelled; ``lovasz_pixels`` as in
    ``sms_loss``.
    """
    labels = labels.flatten()
    rows = torch.nonzero(labels != PARSING_IGNORE)[:, 0]
    if len(rows) == 0:
        return _zero(logits)
    log_probability = logits.log_softmax(1).transpose(0, 1).flatten(1)  # 26, B * h * w
    cross_entropy = F.nll_loss(log_probability.T, labels, ignore_index=PARSING_IGNORE)
    if lovasz_pixels is not None and len(rows) > lovasz_pixels:
        rows = rows[torch.randint(len(rows), (lovasz_pixels,), device=rows.device)]
    return cross_entropy + lovasz_softmax(log_probability[:, rows].exp(), labels[rows])


def _at(maps: Tensor, index: Tensor) -> Tensor:
    """Values of maps (B, C, h, w) at rows (batch, row, column): (R, C)."""
    return maps[index[:, 0], :, index[:, 1], index[:, 2]]


def _zero(*maps: Tensor) -> Tensor:
    """0 that still reaches every map in backward()."""
    return torch.stack([(value * 0).sum() for value in maps]).sum()


def _at_least_float32(value: Tensor) -> Tensor:
    return value if value.dtype == torch.float64 else value.float()
