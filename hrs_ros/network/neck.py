"""Feature maps of a backbone -> one stride-4 map."""

from __future__ import annotations

from collections.abc import Sequence

from torch import Tensor, nn
from torch.nn import functional

from hrs_ros.network.layers import SeparableConvolution, convolution_block


class FusedNeck(nn.Module):
    """FPN whose levels are upsampled by convolutions and summed to one stride-4 map (P).

    Panoptic-FPN's semantic branch: with ``width`` 256 and ``outputs`` 128 it costs the 45 GFLOP at 512 x 512
    that the paper's totals leave for the neck. Without ``multi_level`` the FPN's stride-4 level is taken
    alone (the paper's Table 8). ``forward`` takes four maps, strides 4 to 32, and returns
    (B, outputs, H / 4, W / 4).
    """

    def __init__(
        self, channels: Sequence[int], *, width: int, outputs: int, multi_level: bool = True
    ) -> None:
        super().__init__()
        self.out_channels = outputs
        used = range(len(channels) if multi_level else 1)
        self.lateral = nn.ModuleList(nn.Conv2d(inputs, width, 1) for inputs in channels)
        self.smooth = nn.ModuleList(nn.Conv2d(width, width, 3, padding=1) for _ in used)
        self.climb = nn.ModuleList(_climb(width, outputs, doublings=level) for level in used)

    def forward(self, features: Sequence[Tensor]) -> Tensor:
        levels = [lateral(feature) for lateral, feature in zip(self.lateral, features, strict=True)]
        for i in reversed(range(len(levels) - 1)):
            levels[i] = levels[i] + functional.interpolate(levels[i + 1], scale_factor=2.0, mode="nearest")
        total = self.climb[0](self.smooth[0](levels[0]))
        used = len(self.smooth)
        for level, smooth, climb in zip(levels[1:used], self.smooth[1:], self.climb[1:], strict=True):
            total = total + climb(smooth(level))
        return total


def _climb(inputs: int, outputs: int, *, doublings: int) -> nn.Sequential:
    """One convolution, or as many convolution + doubling steps as it takes to reach stride 4."""
    steps: list[nn.Module] = []
    for step in range(max(doublings, 1)):
        steps.append(convolution_block(inputs if step == 0 else outputs, outputs))
        if doublings:
            steps.append(nn.Upsample(scale_factor=2.0, mode="bilinear", align_corners=False))
    return nn.Sequential(*steps)


class TopDownNeck(nn.Module):
    """Light top-down path: 1x1 laterals, nearest doubling, one depthwise-separable block a level.

    The coarse levels get 5 x 5 depthwise kernels and a residual block at stride 32, so that every stride-4
    cell sees the whole person (a left arm cannot be told from a right one otherwise); stride 4 gets 3 x 3,
    as most of the cost is there. Returns (B, outputs, H / 4, W / 4).
    """

    def __init__(self, channels: Sequence[int], *, outputs: int) -> None:
        super().__init__()
        self.out_channels = outputs
        self.lateral = nn.ModuleList(
            nn.Sequential(nn.Conv2d(inputs, outputs, 1, bias=False), nn.BatchNorm2d(outputs))
            for inputs in channels
        )
        self.context = SeparableConvolution(outputs, outputs, kernel=5, residual=True)
        self.merge = nn.ModuleList(
            SeparableConvolution(outputs, outputs, kernel=3 if level == 0 else 5)
            for level in range(len(channels) - 1)
        )

    def forward(self, features: Sequence[Tensor]) -> Tensor:
        levels = [lateral(feature) for lateral, feature in zip(self.lateral, features, strict=True)]
        x = self.context(levels[-1])
        for merge, level in zip(reversed(self.merge), reversed(levels[:-1]), strict=True):
            x = merge(level + functional.interpolate(x, scale_factor=2.0, mode="nearest"))
        return x
