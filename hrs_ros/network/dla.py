"""The deformable up-path of DLA-34, as in CenterNet and PPDM: deep aggregation to one stride-4 map."""

from __future__ import annotations

from collections.abc import Sequence

import torch
from torch import Tensor, nn

from hrs_ros.network.deformable import DeformableBlock


class DeepAggregationNeck(nn.Module):
    """Deep layer aggregation from stride 32 up to stride 4, every convolution of it deformable.

    Three rounds: stride 32 joins 16, both join 8, all join 4, so a coarse map is refined at every stride it
    passes. That leaves a map at each stride, the finest one having seen all of them. ``multi_level`` brings
    the maps of strides 8 and 16 to stride 4 as well and merges them; without, the finest one is taken alone
    ("single-level" in the paper's Table 8). Maps are merged by a sum and a convolution, as in CenterNet.

    ``forward`` takes four maps, strides 4 to 32, and returns (B, outputs, H / 4, W / 4).
    """

    def __init__(self, channels: Sequence[int], *, outputs: int, multi_level: bool = True) -> None:
        super().__init__()
        if outputs != channels[0] and not multi_level:
            raise ValueError(
                f"a single level has the backbone's channels: expected {channels[0]} outputs, got {outputs}"
            )
        self.out_channels = outputs
        widths = list(channels)
        self.rounds = nn.ModuleList()
        for level in reversed(range(len(widths) - 1)):
            self.rounds.append(
                Aggregation(
                    widths[level:], outputs=channels[level], doublings=[1] * (len(widths) - 1 - level)
                )
            )
            widths[level:] = [channels[level]] * (len(widths) - level)
        self.last = Aggregation(channels[:-1], outputs=outputs, doublings=[1, 2]) if multi_level else None

    def forward(self, features: Sequence[Tensor]) -> Tensor:
        maps = list(features)
        finished = []  # the most refined map of strides 16, 8 and 4
        for level, aggregate in zip(reversed(range(len(maps) - 1)), self.rounds, strict=True):
            maps[level:] = aggregate(maps[level:])
            finished.append(maps[-1])
        return finished[-1] if self.last is None else self.last(finished[::-1])[-1]


class Aggregation(nn.Module):
    """Bring maps to the stride of the first one and merge each with all before it.

    ``doublings`` says how far every map but the first has to come. ``forward`` takes the maps and returns as
    many at the first one's stride, with ``outputs`` channels but the first, which stays as it is.
    """

    def __init__(self, channels: Sequence[int], *, outputs: int, doublings: Sequence[int]) -> None:
        super().__init__()
        if channels[0] != outputs:
            raise ValueError(
                f"the first map is taken as it is: expected {outputs} channels, got {channels[0]}"
            )
        self.climb = nn.ModuleList(
            nn.Sequential(DeformableBlock(inputs, outputs), Enlargement(outputs, factor=2**count))
            for inputs, count in zip(channels[1:], doublings, strict=True)
        )
        self.merge = nn.ModuleList(DeformableBlock(outputs, outputs) for _ in doublings)

    def forward(self, maps: Sequence[Tensor]) -> list[Tensor]:
        merged = [maps[0]]
        for x, climb, merge in zip(maps[1:], self.climb, self.merge, strict=True):
            merged.append(merge(climb(x) + merged[-1]))
        return merged


class Enlargement(nn.ConvTranspose2d):
    """(B, C, h, w) -> (B, C, factor * h, factor * w): learned, a channel at a time, bilinear at first."""

    def __init__(self, channels: int, *, factor: int) -> None:
        super().__init__(
            channels,
            channels,
            2 * factor,
            stride=factor,
            padding=factor // 2,
            groups=channels,
            bias=False,
        )
        # Weight of a source pixel by its distance to the output pixel's centre.
        distance = (torch.arange(2 * factor) + 0.5) / factor - 1.0
        side = 1.0 - distance.abs()
        with torch.no_grad():
            self.weight.copy_(side[:, None] * side[None, :])
