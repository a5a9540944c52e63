"""SMS: entity segmentation, human-object matching and human parsing by one network."""

from __future__ import annotations

import torch
from torch import Tensor, nn

from hrs_ros.network.backbone import TimmBackbone
from hrs_ros.network.config import ModelConfig
from hrs_ros.network.heads import LightHeads, PlainHeads
from hrs_ros.network.neck import FusedNeck, TopDownNeck
from hrs_ros.vocabulary import vocabulary


class SMS(nn.Module):
    """One member of the family, as its configuration says (spec section 2).

    ``part_bias`` (23, 25) is added to the part logits of a relation's class, at decode and in the loss: a
    learned table with ``condition_parts`` (spec section 6), zeros without (the paper).
    """

    def __init__(self, config: ModelConfig, *, pretrained: bool = False) -> None:
        super().__init__()
        self.config = config
        self.backbone = TimmBackbone(config.backbone, pretrained=pretrained)
        self.neck = _neck(config, self.backbone.channels)
        self.heads = _heads(config, self.neck.out_channels)
        words = vocabulary(config.vocabulary)
        zeros = torch.zeros(words.relation_count, words.part_count)
        if config.condition_parts:
            self.part_bias = nn.Parameter(zeros)
        else:
            self.register_buffer("part_bias", zeros, persistent=False)

    def forward(self, image: Tensor) -> dict[str, Tensor]:
        """Raw maps of ``image`` (B, 3, H, W): float RGB, normalised by ``normalise``, sides multiples of 32.

        Returns the maps that ``heads`` lists, at h = H / 4 and w = W / 4, and ``part_bias`` (23, 25).
        """
        raw = self.heads(self.neck(self.backbone(image)))
        raw["part_bias"] = self.part_bias
        return raw


def _neck(config: ModelConfig, channels: tuple[int, ...]) -> FusedNeck | TopDownNeck:
    if config.neck == "fused":
        return FusedNeck(channels, width=config.neck_channels, outputs=config.head_channels)
    if config.neck == "topdown":
        return TopDownNeck(channels, outputs=config.neck_channels)
    raise ValueError(f"{config.name}: unknown neck {config.neck!r}, expected 'fused' or 'topdown'")


def _heads(config: ModelConfig, inputs: int) -> PlainHeads | LightHeads:
    words = vocabulary(config.vocabulary)
    sizes = {
        "width": config.head_channels,
        "mask_channels": config.mask_channels,
        "kernel_grid": config.kernel_grid,
    }
    if config.head == "plain":
        return PlainHeads(inputs, words=words, **sizes)
    if config.head == "light":
        return LightHeads(inputs, words=words, **sizes)
    raise ValueError(f"{config.name}: unknown head {config.head!r}, expected 'plain' or 'light'")
