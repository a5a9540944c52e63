"""The six losses of SMS and their weighted sum (spec section 4; equations 1-6 of the paper)."""

from __future__ import annotations

from collections.abc import Mapping

import torch
import torch.nn.functional as F
from torch import Tensor

from hrs_ros.data.sample import PARSING_IGNORE
from hrs_ros.network.cells import read_rows, zero
from hrs_ros.network.config import MaskHeadName
from hrs_ros.network.focal import focal_loss
from hrs_ros.network.lovasz import lovasz_softmax
from hrs_ros.network.mask_heads import mask_head
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
    masks: MaskHeadName = "dynamic",
    weights: Mapping[str, float] = LOSS_WEIGHTS,
    lovasz_pixels: int | None = None,
) -> dict[str, Tensor]:
    """Scalar losses by name, and their sum weighted by ``weights`` as ``total``.

    ``outputs``: the raw maps of ``SMS.forward``, of any float type; losses are computed in at least
    float32. ``masks`` is the mask head that drew them. ``lovasz_pixels`` bounds the cost of the parsing
    loss's sorts: a random subset of that many labelled pixels takes their place; None (the definition) uses
    all. A loss without anything labelled is 0 and still has a graph, so backward() and distributed training
    see every head.
    """
    maps = {name: _at_least_float32(value) for name, value in outputs.items()}
    losses = {
        "entity": focal_loss(
            maps["entity"], targets.entity_heatmap, weight=targets.entity_weight, ignore=targets.ignore
        ),
        "relation": focal_loss(
            maps["relation"], targets.relation_heatmap, weight=targets.relation_weight, ignore=targets.ignore
        ),
        "mask": mask_head(masks).loss(maps, targets),
        "displacement": displacement_loss(maps["displacement"], targets.relation_index, targets.displacement),
        "part": part_loss(
            maps["part"],
            maps["part_bias"],
            index=targets.relation_index,
            relation_class=targets.relation_class,
            direction=targets.relation_direction,
            parts=targets.parts,
            known=targets.parts_known,
        ),
        "parsing": parsing_loss(maps["parsing"], targets.parsing, lovasz_pixels=lovasz_pixels),
    }
    losses["total"] = torch.stack([weights[name] * loss for name, loss in losses.items()]).sum()
    return losses


def displacement_loss(displacement: Tensor, index: Tensor, target: Tensor) -> Tensor:
    """L1 summed over the coordinates, over the number of relations (eq. 3).

    ``displacement`` (B, 4, h, w), or (B, 2, h, w) where only the first end is learned (Table 10); ``index``
    (R, 3) batch, row, column; ``target`` (R, 4).
    """
    if len(index) == 0:
        return zero(displacement)
    learned = target[:, : displacement.shape[1]].to(displacement.dtype)
    return (read_rows(displacement, index) - learned).abs().sum() / len(index)


def part_loss(
    logits: Tensor,
    bias: Tensor,
    *,
    index: Tensor,
    relation_class: Tensor,
    direction: Tensor,
    parts: Tensor,
    known: Tensor,
) -> Tensor:
    """Binary cross-entropy, mean over the 25 parts of the relations whose parts are ``known``.

    ``logits`` (B, 25, h, w), or (B, 50, h, w) with the parts of each ``direction`` (R,); ``bias`` (23, 25) is
    added by the relation's class; ``index`` (R, 3); ``relation_class`` (R,) 0-based; ``parts`` (R, 25);
    ``known`` (R,) bool.
    """
    if not bool(known.any()):
        return zero(logits, bias)
    by_direction = read_rows(logits, index[known]).unflatten(1, (-1, parts.shape[1]))  # (R, 1 or 2, 25)
    own = by_direction[torch.arange(len(by_direction), device=logits.device), direction[known]]
    conditioned = own + bias[relation_class[known]]
    return F.binary_cross_entropy_with_logits(conditioned, parts[known].to(conditioned.dtype))


def parsing_loss(logits: Tensor, labels: Tensor, *, lovasz_pixels: int | None = None) -> Tensor:
    """Cross-entropy plus Lovász-softmax over the labelled pixels of the batch.

    ``logits`` (B, 26, h, w); ``labels`` (B, h, w) int64, 255 = not labelled; ``lovasz_pixels`` as in
    ``sms_loss``.
    """
    labels = labels.flatten()
    rows = torch.nonzero(labels != PARSING_IGNORE)[:, 0]
    if len(rows) == 0:
        return zero(logits)
    log_probability = logits.log_softmax(1).transpose(0, 1).flatten(1)  # 26, B * h * w
    cross_entropy = F.nll_loss(log_probability.T, labels, ignore_index=PARSING_IGNORE)
    if lovasz_pixels is not None and len(rows) > lovasz_pixels:
        rows = rows[torch.randint(len(rows), (lovasz_pixels,), device=rows.device)]
    return cross_entropy + lovasz_softmax(log_probability[:, rows].exp(), labels[rows])


def _at_least_float32(value: Tensor) -> Tensor:
    return value if value.dtype == torch.float64 else value.float()
