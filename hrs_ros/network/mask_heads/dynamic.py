"""Dynamic kernels, the paper's choice (section 4.2, after SOLOv2)."""

from __future__ import annotations

from collections.abc import Mapping

import torch
from torch import Tensor

from hrs_ros.network.cells import grid_cell, read_cells, zero
from hrs_ros.network.mask_heads.dice import dice_loss
from hrs_ros.network.targets import TargetBatch


class DynamicKernels:
    """An entity's logits are the kernel of its grid cell, as a 1x1 convolution over the mask feature.

    Maps: ``kernel`` (B, D, S, S) and ``mask_feature`` (B, D, h, w).
    """

    def loss(self, maps: Mapping[str, Tensor], targets: TargetBatch) -> Tensor:
        """Mean dice loss over the N entities."""
        kernel, feature, index = maps["kernel"], maps["mask_feature"], targets.mask_index
        if len(index) == 0:
            return zero(kernel, feature)
        kernels = kernel[index[:, 0], :, index[:, 1], index[:, 2]]  # N, D
        # Batch indices ascend. unbind, not feature[batch]: the backward of one stack costs one pass over
        # the map, not B.
        counts = torch.bincount(index[:, 0], minlength=len(feature)).tolist()
        features = feature.flatten(2).unbind(0)
        losses = [
            dice_loss(rows @ pixels, masks.flatten(1))
            for rows, pixels, masks in zip(
                kernels.split(counts), features, targets.masks.split(counts), strict=True
            )
        ]
        return torch.cat(losses).mean()

    def logits(self, maps: Mapping[str, Tensor], centre: Tensor) -> Tensor:
        kernel, feature = maps["kernel"], maps["mask_feature"]
        B, _, H, W = feature.shape
        cell = grid_cell(centre, side=kernel.shape[3], height=H, width=W)
        return torch.bmm(read_cells(kernel, cell), feature.flatten(2)).view(B, centre.shape[1], H, W)
