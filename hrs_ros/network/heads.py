"""The heads of SMS: one stride-4 map -> raw maps, all at stride 4 except the S x S kernel grid.

Both classes return the same dictionary, logits unless said otherwise:

- ``entity`` (B, 141, h, w) and ``relation`` (B, 23, h, w): heatmaps of centres and relation points, one
  channel for each name of the vocabulary (PIC's here);
- ``displacement`` (B, 4, h, w): subject dx, dy, object dx, dy in cells, centre minus relation point;
- ``part`` (B, 25, h, w): interacting parts; ``parsing`` (B, 26, h, w): background and 25 parts;
- ``kernel`` (B, D, S, S) and ``mask_feature`` (B, D, h, w): an entity's mask is their product.
"""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.nn import functional

from hrs_ros.network.layers import (
    AddCoordinates,
    AppendCoordinates,
    SeparableConvolution,
    convolution_block,
    heatmap_output,
)
from hrs_ros.vocabulary import Vocabulary

DISPLACEMENT_SCALE = (
    16.0  # cells: a typical distance at 320 px, so that the light head's last layer works near 1
)


def _resize(x: Tensor, side: int) -> Tensor:
    return functional.interpolate(x, size=(side, side), mode="bilinear", align_corners=False)


def _double(x: Tensor) -> Tensor:
    return functional.interpolate(x, scale_factor=2.0, mode="nearest")


def _plain_branch(inputs: int, width: int, *, depth: int = 2, group_norm: bool = False) -> list[nn.Module]:
    return [
        convolution_block(inputs if i == 0 else width, width, group_norm=group_norm) for i in range(depth)
    ]


class PlainHeads(nn.Module):
    """The paper's separate heads (spec section 2, table); subject and object displacement are two of them."""

    def __init__(
        self, inputs: int, *, words: Vocabulary, width: int, mask_channels: int, kernel_grid: int
    ) -> None:
        super().__init__()
        self.kernel_grid = kernel_grid
        self.entity = nn.Sequential(*_plain_branch(inputs, width), heatmap_output(width, words.entity_count))
        self.relation = nn.Sequential(
            *_plain_branch(inputs, width, depth=3), heatmap_output(width, words.relation_count)
        )
        self.subject_displacement = nn.Sequential(*_plain_branch(inputs, width), nn.Conv2d(width, 2, 1))
        self.object_displacement = nn.Sequential(*_plain_branch(inputs, width), nn.Conv2d(width, 2, 1))
        self.part = nn.Sequential(*_plain_branch(inputs, width), nn.Conv2d(width, words.part_count, 1))
        self.parsing = nn.Sequential(*_plain_branch(inputs, width), nn.Conv2d(width, words.part_count + 1, 1))
        self.coordinates = AppendCoordinates()
        self.kernel = nn.Sequential(
            *_plain_branch(inputs + 2, width, group_norm=True), nn.Conv2d(width, mask_channels, 1)
        )
        self.mask_feature = nn.Sequential(
            *_plain_branch(inputs + 2, width, group_norm=True),
            convolution_block(width, mask_channels, kernel=1, group_norm=True),
        )

    def forward(self, x: Tensor) -> dict[str, Tensor]:
        located = self.coordinates(x)
        return {
            "entity": self.entity(x),
            "relation": self.relation(x),
            "displacement": torch.cat([self.subject_displacement(x), self.object_displacement(x)], dim=1),
            "part": self.part(x),
            "parsing": self.parsing(x),
            "kernel": self.kernel(_resize(located, self.kernel_grid)),
            "mask_feature": self.mask_feature(located),
        }


class RelationTrunk(nn.Module):
    """What relation, displacement and part heads share.

    A relation point lies between two things, often far from both. The trunk therefore looks around at strides
    8 and 16 with 5 x 5 kernels (a field of some 200 pixels, on top of the neck's) and goes back to stride 4.
    Not dilated: the gradient of a dilated depthwise convolution is ten times slower on a CPU.
    """

    def __init__(self, channels: int) -> None:
        super().__init__()
        wide = 2 * channels
        self.coordinates = AddCoordinates(channels)
        self.near = SeparableConvolution(channels, wide, kernel=5)
        self.far = nn.Sequential(
            SeparableConvolution(wide, wide, kernel=5, residual=True),
            SeparableConvolution(wide, wide, kernel=5, residual=True),
        )
        self.narrow = nn.Sequential(nn.Conv2d(wide, channels, 1, bias=False), nn.BatchNorm2d(channels))
        self.merge = SeparableConvolution(channels, channels)

    def forward(self, x: Tensor) -> Tensor:
        near = self.near(self.coordinates(functional.avg_pool2d(x, 2)))
        around = self.narrow(near + _double(self.far(functional.avg_pool2d(near, 2))))
        return self.merge(x + _double(around))


class LightHeads(nn.Module):
    """SMS-Lite: depthwise-separable, BatchNorm everywhere (it folds at export), one trunk for the relation
    heads, one first block for the two heads that draw pixels (parsing and mask feature)."""

    def __init__(
        self, inputs: int, *, words: Vocabulary, width: int, mask_channels: int, kernel_grid: int
    ) -> None:
        super().__init__()
        self.kernel_grid = kernel_grid
        self.entity = nn.Sequential(
            SeparableConvolution(inputs, width, kernel=5),
            SeparableConvolution(width, width),
            heatmap_output(width, words.entity_count),
        )
        self.trunk = RelationTrunk(inputs)
        self.relation = heatmap_output(inputs, words.relation_count)
        self.displacement = nn.Conv2d(inputs, 4, 1)
        self.part = nn.Conv2d(inputs, words.part_count, 1)
        self.coordinates = AddCoordinates(inputs)
        self.pixels = SeparableConvolution(inputs, width, kernel=5)
        self.parsing = nn.Sequential(
            SeparableConvolution(width, width), nn.Conv2d(width, words.part_count + 1, 1)
        )
        self.mask_feature = nn.Sequential(
            SeparableConvolution(width, width), nn.Conv2d(width, mask_channels, 1)
        )
        self.kernel = nn.Sequential(
            SeparableConvolution(inputs, 2 * width, kernel=5),
            SeparableConvolution(2 * width, 2 * width, kernel=5, residual=True),
            nn.Conv2d(2 * width, mask_channels, 1),
        )

    def forward(self, x: Tensor) -> dict[str, Tensor]:
        located = self.coordinates(x)
        pixels = self.pixels(located)
        trunk = self.trunk(x)
        return {
            "entity": self.entity(x),
            "relation": self.relation(trunk),
            "displacement": self.displacement(trunk) * DISPLACEMENT_SCALE,
            "part": self.part(trunk),
            "parsing": self.parsing(pixels),
            "kernel": self.kernel(_resize(located, self.kernel_grid)),
            "mask_feature": self.mask_feature(pixels),
        }
