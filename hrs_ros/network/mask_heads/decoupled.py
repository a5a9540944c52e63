"""Decoupled SOLO (Wang et al., ECCV 2020): 2 S channels in place of vanilla SOLO's S * S."""

from __future__ import annotations

from collections.abc import Mapping

import torch
from torch import Tensor

from hrs_ros.network.cells import grid_cell, zero
from hrs_ros.network.mask_heads.dice import dice_loss
from hrs_ros.network.targets import TargetBatch


class DecoupledSolo:
    """An entity's mask is the product of two probabilities: of its grid column's channel and of its row's.

    Maps: ``column_mask`` and ``row_mask``, both (B, S, h, w) logits.
    """

    def loss(self, maps: Mapping[str, Tensor], targets: TargetBatch) -> Tensor:
        """Mean dice loss of the product over the N entities."""
        columns, rows, index = maps["column_mask"], maps["row_mask"], targets.mask_index
        if len(index) == 0:
            return zero(columns, rows)
        logits = product_logit(columns[index[:, 0], index[:, 2]], rows[index[:, 0], index[:, 1]])
        return dice_loss(logits.flatten(1), targets.masks.flatten(1)).mean()

    def logits(self, maps: Mapping[str, Tensor], centre: Tensor) -> Tensor:
        columns, rows = maps["column_mask"], maps["row_mask"]
        H, W = columns.shape[2:]
        cell = grid_cell(centre, side=columns.shape[1], height=H, width=W)
        return product_logit(_channel(columns, cell[..., 0]), _channel(rows, cell[..., 1]))


def product_logit(a: Tensor, b: Tensor) -> Tensor:
    """The logit of sigmoid(a) * sigmoid(b), without leaving logits: -log(e^-a + e^-b + e^(-a-b))."""
    return -torch.stack([-a, -b, -a - b]).logsumexp(dim=0)


def _channel(maps: Tensor, channel: Tensor) -> Tensor:
    """Channels (B, E) of maps (B, S, h, w) -> (B, E, h, w)."""
    B, _, H, W = maps.shape
    return maps.gather(1, channel[:, :, None, None].expand(B, channel.shape[1], H, W))
