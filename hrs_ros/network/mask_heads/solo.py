"""SOLO (Wang et al., ECCV 2020): one mask channel for every cell of the grid."""

from __future__ import annotations

from collections.abc import Mapping

from torch import Tensor

from hrs_ros.network.cells import grid_cell, zero
from hrs_ros.network.mask_heads.dice import dice_loss
from hrs_ros.network.targets import TargetBatch


class Solo:
    """An entity's logits are the channel of its grid cell, row * S + column.

    Map: ``grid_mask`` (B, S * S, h, w). S = 40 makes 1600 channels: a smaller ``kernel_grid`` saves memory.
    """

    def loss(self, maps: Mapping[str, Tensor], targets: TargetBatch) -> Tensor:
        """Mean dice loss over the N entities."""
        masks, index = maps["grid_mask"], targets.mask_index
        if len(index) == 0:
            return zero(masks)
        side = _side(masks)
        logits = masks[index[:, 0], index[:, 1] * side + index[:, 2]]  # N, h, w
        return dice_loss(logits.flatten(1), targets.masks.flatten(1)).mean()

    def logits(self, maps: Mapping[str, Tensor], centre: Tensor) -> Tensor:
        masks = maps["grid_mask"]
        B, _, H, W = masks.shape
        side = _side(masks)
        cell = grid_cell(centre, side=side, height=H, width=W)
        channel = cell[..., 1] * side + cell[..., 0]  # (B, E)
        return masks.gather(1, channel[:, :, None, None].expand(B, centre.shape[1], H, W))


def _side(masks: Tensor) -> int:
    return round(masks.shape[1] ** 0.5)
