"""Ways to find an entity's pixels (Table 9 of the paper): one file each, with its maps, loss and decode.

A mask head reads raw maps that the network's heads draw and answers two questions: what do they cost against
targets, and which mask logits do they give for detected centres. ``ModelConfig.mask_head`` says which one a
model has, ``ModelConfig.mask_maps`` its maps.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from torch import Tensor

from hrs_ros.network.config import MaskHeadName
from hrs_ros.network.mask_heads.decoupled import DecoupledSolo
from hrs_ros.network.mask_heads.dynamic import DynamicKernels
from hrs_ros.network.mask_heads.polar import PolarMask
from hrs_ros.network.mask_heads.solo import Solo
from hrs_ros.network.targets import TargetBatch


class MaskHead(Protocol):
    """What losses and decode ask of every mask head."""

    def loss(self, maps: Mapping[str, Tensor], targets: TargetBatch) -> Tensor:
        """Mean loss over the entities of a batch; 0 that reaches every map where there are none."""

    def logits(self, maps: Mapping[str, Tensor], centre: Tensor) -> Tensor:
        """Mask logits (B, E, h, w) of the entities at the cells ``centre`` (B, E, 2) x, y."""


def mask_head(name: MaskHeadName) -> MaskHead:
    """The head a configuration names."""
    match name:
        case "dynamic":
            return DynamicKernels()
        case "solo":
            return Solo()
        case "decoupled_solo":
            return DecoupledSolo()
        case "polar":
            return PolarMask()
