"""What SMS-L puts in front of its three branches."""

from __future__ import annotations

from torch import Tensor, nn

from hrs_ros.network.layers import convolution_block

TRUNK_DEPTH = 5  # of SMS-L (P)


class ProgressiveTrunk(nn.Module):
    """Convolutions with GroupNorm and ReLU; each reads the sum of what all before it gave.

    That is our reading of the paper's "progressive summation". (B, inputs, H, W) -> (B, width, H, W).
    """

    def __init__(self, inputs: int, width: int, *, depth: int = TRUNK_DEPTH) -> None:
        super().__init__()
        self.first = convolution_block(inputs, width, group_norm=True)
        self.others = nn.ModuleList(
            convolution_block(width, width, group_norm=True) for _ in range(depth - 1)
        )

    def forward(self, x: Tensor) -> Tensor:
        total = self.first(x)
        for layer in self.others:
            total = total + layer(total)
        return total
