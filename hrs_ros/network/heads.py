"""The heads of SMS: one stride-4 map -> raw maps, all at stride 4 except the S x S kernel grid.

Both classes return the same dictionary, logits unless said otherwise:

- ``entity`` (B, 141, h, w) and ``relation`` (B, 23, h, w): heatmaps of centres and relation points, one
  channel for each name of the vocabulary (PIC's here);
- ``displacement`` (B, 4, h, w): subject dx, dy, object dx, dy in cells, centre minus relation point; with
  ``displacement`` "subject" the first two;
- ``part`` (B, 25, h, w): interacting parts; ``parsing`` (B, 26, h, w): background and 25 parts;
- ``kernel`` (B, D, S, S) and ``mask_feature`` (B, D, h, w): an entity's mask is their product; another mask
  head has its own ``pixel_masks`` (B, C, h, w) in their place, by name, see ``network.mask_heads``.

With directed pairs ``orders`` is 2: relation and part channels come once for each order of a pair.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

import torch
from torch import Tensor, nn
from torch.nn import functional

from hrs_ros.network.config import DisplacementName
from hrs_ros.network.layers import (
    AddCoordinates,
    AppendCoordinates,
    SeparableConvolution,
    convolution_block,
    heatmap_output,
    kernel_output,
)
from hrs_ros.network.trunks import TRUNK_DEPTH, ProgressiveTrunk
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


@dataclass(frozen=True, slots=True)
class Depths:
    """3 x 3 convolutions in front of the last layer of each head, and of the trunk its branch shares."""

    trunk: int
    entity: int  # entity heatmap, kernels and mask feature
    relation: int  # relation points
    matching: int  # displacements and acting parts
    parsing: int


class PlainHeads(nn.Module):
    """The paper's separate heads (spec section 2, table); subject and object displacement are two of them."""

    depths: ClassVar[Depths] = Depths(trunk=0, entity=2, relation=3, matching=2, parsing=2)

    def __init__(
        self,
        inputs: int,
        *,
        words: Vocabulary,
        width: int,
        mask_channels: int,
        kernel_grid: int,
        pixel_masks: Mapping[str, int] | None = None,
        displacement: DisplacementName = "both",
        orders: int = 1,
    ) -> None:
        super().__init__()
        self.kernel_grid = kernel_grid
        depths = self.depths
        # One for each branch of the paper: entity segmentation, matching, parsing.
        self.trunks = nn.ModuleList(
            ProgressiveTrunk(inputs, width, depth=depths.trunk) if depths.trunk else nn.Identity()
            for _ in range(3)
        )
        inputs = width if depths.trunk else inputs
        self.entity = nn.Sequential(
            *_plain_branch(inputs, width, depth=depths.entity), heatmap_output(width, words.entity_count)
        )
        self.relation = nn.Sequential(
            *_plain_branch(inputs, width, depth=depths.relation),
            heatmap_output(width, orders * words.relation_count),
        )
        self.subject_displacement = nn.Sequential(
            *_plain_branch(inputs, width, depth=depths.matching), nn.Conv2d(width, 2, 1)
        )
        self.object_displacement = (
            nn.Sequential(*_plain_branch(inputs, width, depth=depths.matching), nn.Conv2d(width, 2, 1))
            if displacement == "both"
            else None
        )
        self.part = nn.Sequential(
            *_plain_branch(inputs, width, depth=depths.matching),
            nn.Conv2d(width, orders * words.part_count, 1),
        )
        self.parsing = nn.Sequential(
            *_plain_branch(inputs, width, depth=depths.parsing), nn.Conv2d(width, words.part_count + 1, 1)
        )
        self.coordinates = AppendCoordinates()
        if pixel_masks is None:
            self.kernel = nn.Sequential(
                *_plain_branch(inputs + 2, width, depth=depths.entity, group_norm=True),
                kernel_output(width, mask_channels),
            )
            self.mask_feature = nn.Sequential(
                *_plain_branch(inputs + 2, width, depth=depths.entity, group_norm=True),
                convolution_block(width, mask_channels, kernel=1, group_norm=True),
            )
        self.pixel_masks = nn.ModuleDict(
            {
                name: nn.Sequential(
                    *_plain_branch(inputs + 2, width, depth=depths.entity, group_norm=True),
                    nn.Conv2d(width, channels, 1),
                )
                for name, channels in (pixel_masks or {}).items()
            }
        )

    def forward(self, x: Tensor) -> dict[str, Tensor]:
        entity, matching, parsing = (trunk(x) for trunk in self.trunks)
        located = self.coordinates(entity)
        return {
            "entity": self.entity(entity),
            "relation": self.relation(matching),
            "displacement": self._displacement(matching),
            "part": self.part(matching),
            "parsing": self.parsing(parsing),
            **self._masks(located),
        }

    def _displacement(self, x: Tensor) -> Tensor:
        subject: Tensor = self.subject_displacement(x)
        if self.object_displacement is None:
            return subject
        return torch.cat([subject, self.object_displacement(x)], dim=1)

    def _masks(self, located: Tensor) -> dict[str, Tensor]:
        if self.pixel_masks:
            return {name: branch(located) for name, branch in self.pixel_masks.items()}
        return {
            "kernel": self.kernel(_resize(located, self.kernel_grid)),
            "mask_feature": self.mask_feature(located),
        }


class DeepHeads(PlainHeads):
    """SMS-L's: five convolutions more in front of each branch, then 3, 3 and 5 instead of 2 (P)."""

    depths = Depths(trunk=TRUNK_DEPTH, entity=3, relation=3, matching=3, parsing=5)


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
        self,
        inputs: int,
        *,
        words: Vocabulary,
        width: int,
        mask_channels: int,
        kernel_grid: int,
        pixel_masks: Mapping[str, int] | None = None,
        displacement: DisplacementName = "both",
        orders: int = 1,
    ) -> None:
        super().__init__()
        self.kernel_grid = kernel_grid
        self.entity = nn.Sequential(
            SeparableConvolution(inputs, width, kernel=5),
            SeparableConvolution(width, width),
            heatmap_output(width, words.entity_count),
        )
        self.trunk = RelationTrunk(inputs)
        self.relation = heatmap_output(inputs, orders * words.relation_count)
        self.displacement = nn.Conv2d(inputs, 4 if displacement == "both" else 2, 1)
        self.part = nn.Conv2d(inputs, orders * words.part_count, 1)
        self.coordinates = AddCoordinates(inputs)
        self.pixels = SeparableConvolution(inputs, width, kernel=5)
        self.parsing = nn.Sequential(
            SeparableConvolution(width, width), nn.Conv2d(width, words.part_count + 1, 1)
        )
        if pixel_masks is None:
            self.mask_feature = nn.Sequential(
                SeparableConvolution(width, width), nn.Conv2d(width, mask_channels, 1)
            )
            self.kernel = nn.Sequential(
                SeparableConvolution(inputs, 2 * width, kernel=5),
                SeparableConvolution(2 * width, 2 * width, kernel=5, residual=True),
                nn.Conv2d(2 * width, mask_channels, 1),
            )
        self.pixel_masks = nn.ModuleDict(
            {
                name: nn.Sequential(
                    SeparableConvolution(width, 2 * width, kernel=5), nn.Conv2d(2 * width, channels, 1)
                )
                for name, channels in (pixel_masks or {}).items()
            }
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
            **self._masks(located, pixels),
        }

    def _masks(self, located: Tensor, pixels: Tensor) -> dict[str, Tensor]:
        if self.pixel_masks:
            return {name: branch(pixels) for name, branch in self.pixel_masks.items()}
        return {
            "kernel": self.kernel(_resize(located, self.kernel_grid)),
            "mask_feature": self.mask_feature(pixels),
        }
