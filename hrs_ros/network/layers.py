"""Building blocks that necks and heads share."""

from __future__ import annotations

import torch
from torch import Tensor, nn

GROUPS = 32  # of every GroupNorm, as in SOLOv2
FOCAL_BIAS = -2.19  # log(0.1 / 0.9): a fresh heatmap says 0.1 everywhere, so the focal loss starts calm (D)


def convolution_block(inputs: int, outputs: int, *, kernel: int = 3, group_norm: bool = False) -> nn.Module:
    """Convolution, normalisation (BatchNorm folds into it at export), ReLU; keeps height and width."""
    norm = nn.GroupNorm(GROUPS, outputs) if group_norm else nn.BatchNorm2d(outputs)
    return nn.Sequential(
        nn.Conv2d(inputs, outputs, kernel, padding=kernel // 2, bias=False), norm, nn.ReLU(inplace=True)
    )


class SeparableConvolution(nn.Module):
    """Depthwise k x k, pointwise, BatchNorm, ReLU; keeps height and width.

    One normalisation after the pair, not two: on a CPU each is a full pass over memory.
    ``residual`` adds the input (needs equal channels).
    """

    def __init__(self, inputs: int, outputs: int, *, kernel: int = 3, residual: bool = False) -> None:
        super().__init__()
        if residual and inputs != outputs:
            raise ValueError(f"a residual block needs equal channels, got {inputs} and {outputs}")
        self.residual = residual
        self.depthwise = nn.Conv2d(inputs, inputs, kernel, padding=kernel // 2, groups=inputs, bias=False)
        self.pointwise = nn.Conv2d(inputs, outputs, 1, bias=False)
        self.norm = nn.BatchNorm2d(outputs)

    def forward(self, x: Tensor) -> Tensor:
        y = torch.relu(self.norm(self.pointwise(self.depthwise(x))))
        return x + y if self.residual else y


def coordinate_channels(x: Tensor) -> Tensor:
    """(1, 2, H, W) on the device and in the dtype of ``x`` (B, C, H, W): channel 0 runs from -1 at the left
    column to 1 at the right one, channel 1 from -1 at the top row to 1 at the bottom one."""
    H, W = x.shape[-2:]
    columns = torch.arange(W, device=x.device, dtype=x.dtype) * (2.0 / (W - 1)) - 1.0
    rows = torch.arange(H, device=x.device, dtype=x.dtype) * (2.0 / (H - 1)) - 1.0
    return torch.stack([columns[None, :].expand(H, W), rows[:, None].expand(H, W)])[None]


class AppendCoordinates(nn.Module):
    """CoordConv: (B, C, H, W) -> (B, C + 2, H, W), see ``coordinate_channels``."""

    def forward(self, x: Tensor) -> Tensor:
        coordinates = coordinate_channels(x)
        return torch.cat([x, coordinates.expand(x.shape[0], -1, -1, -1)], dim=1)


class AddCoordinates(nn.Module):
    """CoordConv for thin networks: adds a learned projection of the two coordinates to every channel.

    The same as appending them before a 1x1 convolution that passes the features through, but it keeps the
    channel count a multiple of the vector width, and the projection is computed once for the whole batch.
    """

    def __init__(self, channels: int) -> None:
        super().__init__()
        self.projection = nn.Conv2d(2, channels, 1, bias=False)

    def forward(self, x: Tensor) -> Tensor:
        return x + self.projection(coordinate_channels(x))


def heatmap_output(inputs: int, classes: int) -> nn.Conv2d:
    """1x1 convolution to heatmap logits, quiet at first: small weights, bias -2.19."""
    convolution = nn.Conv2d(inputs, classes, 1)
    nn.init.normal_(convolution.weight, std=0.01)
    nn.init.constant_(convolution.bias, FOCAL_BIAS)  # type: ignore[arg-type]
    return convolution


def kernel_output(inputs: int, channels: int) -> nn.Conv2d:
    """1x1 convolution to dynamic kernels, small at first (std 0.01, as in SOLOv2).

    A mask's logit is a sum over all channels. With larger kernels the first steps of a wide head drive every
    logit to +-20, where the sigmoid has no gradient left, and the masks never learn.
    """
    convolution = nn.Conv2d(inputs, channels, 1)
    nn.init.normal_(convolution.weight, std=0.01)
    nn.init.zeros_(convolution.bias)  # type: ignore[arg-type]
    return convolution
