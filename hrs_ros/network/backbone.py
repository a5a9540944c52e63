"""Image -> feature maps at strides 4, 8, 16 and 32, by a timm model."""

from __future__ import annotations

from typing import Any

import torch
from torch import Tensor, nn

from hrs_ros.network.normalise import MEAN, STD
from hrs_ros.network.timm_import import timm

STRIDES = (4, 8, 16, 32)


class TimmBackbone(nn.Module):
    """Any timm model with ``features_only`` and these four strides.

    ``channels`` and ``strides`` describe the maps that ``forward`` returns, finest first. ``pretrained``
    downloads timm's weights, and raises ConnectionError where that fails; ``network.backbone_weights`` reads
    a file instead.
    """

    def __init__(self, name: str, *, pretrained: bool = False) -> None:
        super().__init__()
        if not timm.is_model(name):
            raise ValueError(f"unknown backbone {name!r}: expected a timm model name such as 'resnet50'")
        # TensorFlow's padding depends on the size of the image, which a graph of free size does not know.
        # Symmetric padding gives the same maps, half a cell aside.
        options: dict[str, Any] = {"pad_type": ""} if name.startswith("tf_") else {}
        try:
            self.model = timm.create_model(name, features_only=True, pretrained=pretrained, **options)
        except OSError as error:
            raise ConnectionError(
                f"expected to download timm's ImageNet weights of {name}, got: {error}; "
                "check the connection, give a file with --backbone-weights, or train without --pretrained"
            ) from error
        levels: Any = self.model.feature_info  # timm's FeatureInfo
        reductions = levels.reduction()
        missing = [stride for stride in STRIDES if stride not in reductions]
        if missing:
            raise ValueError(f"backbone {name!r} has strides {reductions}: expected {STRIDES}")
        self.name = name
        self.levels = [reductions.index(stride) for stride in STRIDES]
        self.channels: tuple[int, ...] = tuple(levels.channels()[i] for i in self.levels)
        self.strides = STRIDES
        self._frozen: list[nn.Module] = []
        if pretrained:
            self.expect_colours()

    def forward(self, image: Tensor) -> list[Tensor]:
        """(B, 3, H, W) normalised RGB, sides multiples of 32 -> four maps (B, C_i, H / s_i, W / s_i)."""
        features = self.model(image)
        return [features[level] for level in self.levels]

    def expect_colours(self) -> None:
        """Let weights that learned on images normalised in timm's way for them take ours; call it once.

        Both ways are linear, so the first convolution scales its weights and the BatchNorm behind it moves
        its mean. Exact but at the picture's edge, where the zeros around it now stand for another colour.
        """
        facts: Any = timm.get_pretrained_cfg(self.name)
        mean, std = (255 * torch.tensor(values) for values in (facts.mean, facts.std))
        scale, shift = torch.tensor(STD) / std, (torch.tensor(MEAN) - mean) / std
        convolution = next(module for module in self.model.modules() if isinstance(module, nn.Conv2d))
        norm = next(module for module in self.model.modules() if isinstance(module, nn.BatchNorm2d))
        assert norm.running_mean is not None
        with torch.no_grad():
            norm.running_mean -= torch.einsum("oikl,i->o", convolution.weight, shift)
            convolution.weight *= scale[:, None, None]

    def freeze(self, stride: int) -> None:
        """Training leaves weights and statistics of the layers up to the map of this stride as they are."""
        if stride not in STRIDES:
            raise ValueError(f"expected a stride of {STRIDES} up to which to freeze, got {stride}")
        levels: Any = self.model.feature_info
        last = levels.module_name()[self.levels[STRIDES.index(stride)]]
        reached = False
        for name, module in self.model.named_modules():  # in the order in which an image passes them
            inside = name == last or name.startswith(f"{last}.")
            if reached and not inside:
                break
            reached = inside
            if any(True for _ in module.parameters(recurse=False)):
                module.requires_grad_(False)
                self._frozen.append(module)
        self.train(self.training)

    def train(self, mode: bool = True) -> TimmBackbone:
        """As of any module; frozen layers keep their statistics."""
        super().train(mode)
        for module in self._frozen:
            module.eval()
        return self
