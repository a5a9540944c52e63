"""Image -> feature maps at strides 4, 8, 16 and 32, by a timm model."""

from __future__ import annotations

from typing import Any

from torch import Tensor, nn

from hrs_ros.network.timm_import import timm

STRIDES = (4, 8, 16, 32)


class TimmBackbone(nn.Module):
    """Any timm model with ``features_only`` and these four strides.

    ``channels`` and ``strides`` describe the maps that ``forward`` returns, finest first. ``pretrained``
    downloads timm's weights, and raises ConnectionError where that fails.
    """

    def __init__(self, name: str, *, pretrained: bool = False) -> None:
        super().__init__()
        if not timm.is_model(name):
            raise ValueError(f"unknown backbone {name!r}: expected a timm model name such as 'resnet50'")
        try:
            self.model = timm.create_model(name, features_only=True, pretrained=pretrained)
        except OSError as error:
            raise ConnectionError(
                f"expected to download timm's ImageNet weights of {name}, got: {error}; "
                "check the connection, or train without --pretrained"
            ) from error
        levels: Any = self.model.feature_info  # timm's FeatureInfo
        reductions = levels.reduction()
        missing = [stride for stride in STRIDES if stride not in reductions]
        if missing:
            raise ValueError(f"backbone {name!r} has strides {reductions}: expected {STRIDES}")
        self.levels = [reductions.index(stride) for stride in STRIDES]
        self.channels: tuple[int, ...] = tuple(levels.channels()[i] for i in self.levels)
        self.strides = STRIDES

    def forward(self, image: Tensor) -> list[Tensor]:
        """(B, 3, H, W) normalised RGB, sides multiples of 32 -> four maps (B, C_i, H / s_i, W / s_i)."""
        features = self.model(image)
        return [features[level] for level in self.levels]
