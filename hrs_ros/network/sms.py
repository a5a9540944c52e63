"""SMS: entity segmentation, human-object matching and human parsing by one network."""

from __future__ import annotations

import torch
from torch import Tensor, nn

from hrs_ros.network.backbone import TimmBackbone
from hrs_ros.network.config import ModelConfig
from hrs_ros.network.dla import DeepAggregationNeck
from hrs_ros.network.heads import DeepHeads, LightHeads, PlainHeads
from hrs_ros.network.neck import FusedNeck, TopDownNeck
from hrs_ros.network.targets import TargetBatch
from hrs_ros.vocabulary import vocabulary


class SMS(nn.Module):
    """One member of the family, as its configuration says (spec section 2).

    ``part_bias`` (23, 25) is added to the part logits of a relation's class, at decode and in the loss: a
    learned table with ``condition_parts`` (spec section 6), zeros without (the paper). ``part_frequency``
    (23, 25) is there for the part classifiers that know nothing else: how often a part acted in a relation of
    the training data, see ``count_parts``.
    """

    part_frequency: Tensor

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
        if config.part_classifier in ("sample", "most_frequent"):
            self.register_buffer("part_frequency", zeros.clone())

    def forward(self, image: Tensor) -> dict[str, Tensor]:
        """Raw maps of ``image`` (B, 3, H, W): float RGB, normalised by ``normalise``, sides multiples of 32.

        Returns the maps that ``heads`` lists, at h = H / 4 and w = W / 4, and the ``tables``.
        """
        raw: dict[str, Tensor] = self.heads(self.neck(self.backbone(image)))
        return raw | self.tables

    def count_parts(self, targets: TargetBatch) -> None:
        """Add the acting parts of a training batch to ``part_frequency``, where the model has one."""
        if hasattr(self, "part_frequency"):
            known = targets.parts_known
            acting = targets.parts[known].to(self.part_frequency.dtype)
            self.part_frequency.index_add_(0, targets.relation_class[known], acting)

    @property
    def tables(self) -> dict[str, Tensor]:
        """What decode needs besides the maps, the same for every image: ``part_bias``, ``part_frequency``."""
        names = [name for name in ("part_bias", "part_frequency") if hasattr(self, name)]
        return {name: getattr(self, name) for name in names}


def _neck(config: ModelConfig, channels: tuple[int, ...]) -> FusedNeck | DeepAggregationNeck | TopDownNeck:
    match config.neck:
        case "fused":
            return FusedNeck(
                channels,
                width=config.neck_channels,
                outputs=config.feature_channels or config.head_channels,
                multi_level=config.multi_level,
            )
        case "deformable":
            return DeepAggregationNeck(channels, outputs=config.neck_channels, multi_level=config.multi_level)
        case "topdown":
            return TopDownNeck(channels, outputs=config.neck_channels)
    raise ValueError(
        f"{config.name}: unknown neck {config.neck!r}, expected 'fused', 'deformable' or 'topdown'"
    )


def _heads(config: ModelConfig, inputs: int) -> PlainHeads | LightHeads:
    words = vocabulary(config.vocabulary)
    kind: type[PlainHeads] | type[LightHeads]
    if config.head == "plain":
        kind = PlainHeads
    elif config.head == "deep":
        kind = DeepHeads
    elif config.head == "light":
        kind = LightHeads
    else:
        raise ValueError(f"{config.name}: unknown head {config.head!r}, expected 'plain', 'deep' or 'light'")
    return kind(
        inputs,
        words=words,
        width=config.head_channels,
        mask_channels=config.mask_channels,
        kernel_grid=config.kernel_grid,
        pixel_masks=None if config.mask_head == "dynamic" else config.mask_maps,
        displacement=config.displacement,
        orders=2 if config.directed_pairs else 1,
    )
