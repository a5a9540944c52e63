"""Modulated deformable convolution (Deformable ConvNets v2) that needs no compiled extension and exports.

In PyTorch it is bilinear sampling and a matrix product; in an exported graph it is one ONNX ``DeformConv``.
"""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.nn import functional

DEFORM_CONV_OPSET = 19  # the first that has the operator


def deformable_convolution(
    x: Tensor,
    offset: Tensor,
    mask: Tensor | None,
    weight: Tensor,
    bias: Tensor | None = None,
    *,
    stride: int = 1,
    padding: int = 0,
    dilation: int = 1,
    groups: int = 1,
) -> Tensor:
    """A convolution that reads ``x`` (B, C, H, W) beside its regular grid: (B, O, h, w).

    ``weight`` is (O, C / groups, kh, kw). ``offset`` (B, G * kh * kw * 2, h, w) moves every kernel point of
    each of G channel groups, dy before dx, in pixels; ``mask`` (B, G * kh * kw, h, w) multiplies what is read
    there. Between pixels it is read bilinearly, outside the image it is 0. The layout is torchvision's and
    ONNX's. Raises ValueError for an offset or mask of another size.
    """
    points = weight.shape[2] * weight.shape[3]
    offset_groups = offset.shape[1] // (2 * points)
    size = [
        (side + 2 * padding - dilation * (kernel - 1) - 1) // stride + 1
        for side, kernel in zip(x.shape[2:], weight.shape[2:], strict=True)
    ]
    _check(x, offset, mask, points=points, offset_groups=offset_groups, size=size)
    if torch.onnx.is_in_onnx_export():
        return torch.onnx.ops.symbolic(
            "DeformConv",
            (x, weight, offset, bias, mask),
            attrs={
                "strides": [stride, stride],
                "pads": [padding] * 4,
                "dilations": [dilation, dilation],
                "group": groups,
                "offset_group": offset_groups,
                "kernel_shape": list(weight.shape[2:]),
            },
            dtype=x.dtype,
            shape=(x.shape[0], weight.shape[0], *size),
            version=DEFORM_CONV_OPSET,
        )
    columns = _columns(
        x, offset, mask, kernel=weight.shape[2:], stride=stride, padding=padding, dilation=dilation
    )
    B, outputs = x.shape[0], weight.shape[0]
    kernels = weight.reshape(groups, outputs // groups, -1)
    y = kernels @ columns.reshape(B, groups, -1, size[0] * size[1])
    y = y.reshape(B, outputs, *size)
    return y if bias is None else y + bias[:, None, None]


def _columns(
    x: Tensor,
    offset: Tensor,
    mask: Tensor | None,
    *,
    kernel: torch.Size,
    stride: int,
    padding: int,
    dilation: int,
) -> Tensor:
    """What every kernel point reads: (B, C, kh * kw, h, w)."""
    B, C, H, W = x.shape
    h, w = offset.shape[2:]
    points = kernel[0] * kernel[1]
    G = offset.shape[1] // (2 * points)

    def places(count: int, kernel_side: int) -> Tensor:
        """(kernel_side, count) rows or columns of the image under each kernel row or column."""
        start = torch.arange(count, device=x.device, dtype=precision) * stride - padding
        return start + torch.arange(kernel_side, device=x.device, dtype=precision)[:, None] * dilation

    # At half precision places would be off by up to a quarter of a pixel.
    precision = torch.promote_types(offset.dtype, torch.float32)
    moves = offset.reshape(B, G, kernel[0], kernel[1], 2, h, w).to(precision)
    rows = moves[:, :, :, :, 0] + places(h, kernel[0])[:, None, :, None]  # (B, G, kh, kw, h, w)
    columns = moves[:, :, :, :, 1] + places(w, kernel[1])[:, None, :]
    # grid_sample counts from -1 to 1 between the image's outer edges.
    grid = torch.stack([(2 * columns + 1) / W - 1, (2 * rows + 1) / H - 1], dim=-1)
    read = functional.grid_sample(
        x.reshape(B * G, C // G, H, W),
        grid.reshape(B * G, points * h, w, 2).to(x.dtype),
        mode="bilinear",
        padding_mode="zeros",
        align_corners=False,
    )
    read = read.reshape(B, G, C // G, points, h, w)
    if mask is not None:
        read = read * mask.reshape(B, G, 1, points, h, w)
    return read.reshape(B, C, points, h, w)


def _check(
    x: Tensor, offset: Tensor, mask: Tensor | None, *, points: int, offset_groups: int, size: list[int]
) -> None:
    B, C = x.shape[:2]
    expected = (B, 2 * points * offset_groups, *size)
    if offset_groups < 1 or C % offset_groups or tuple(offset.shape) != expected:
        raise ValueError(
            f"deformable convolution: expected offsets (B, 2 * points * G, h, w) with {points} points, G a "
            f"divisor of the {C} channels and (B, h, w) = {(B, *size)}, got {tuple(offset.shape)}"
        )
    if mask is not None and tuple(mask.shape) != (B, points * offset_groups, *size):
        raise ValueError(
            f"deformable convolution: expected a mask {(B, points * offset_groups, *size)}, "
            f"got {tuple(mask.shape)}"
        )


class DeformableBlock(nn.Module):
    """3 x 3 deformable convolution whose offsets and mask are seen in its own input, BatchNorm, ReLU.

    Keeps height and width. The offsets begin at 0 and the mask at 1/2: a fresh one is a plain convolution.
    """

    POINTS = 9

    def __init__(self, inputs: int, outputs: int) -> None:
        super().__init__()
        self.sight = nn.Conv2d(inputs, 3 * self.POINTS, 3, padding=1)
        nn.init.zeros_(self.sight.weight)
        nn.init.zeros_(self.sight.bias)  # type: ignore[arg-type]
        # Holds the weight only: nothing but its initialisation is used of the plain convolution.
        self.weight = nn.Parameter(nn.Conv2d(inputs, outputs, 3, bias=False).weight.detach())
        self.norm = nn.BatchNorm2d(outputs)

    def forward(self, x: Tensor) -> Tensor:
        offset, mask = self.sight(x).split([2 * self.POINTS, self.POINTS], dim=1)
        y = deformable_convolution(x, offset, mask.sigmoid(), self.weight, padding=1)
        return torch.relu(self.norm(y))
