"""Reading maps at cells: what losses, mask heads and decode share."""

from __future__ import annotations

import torch
from torch import Tensor


def read_cells(maps: Tensor, cell: Tensor) -> Tensor:
    """Read (B, C, h, w) at integer cells x, y (B, K, 2) -> (B, K, C); exports to ONNX."""
    B, C, _, W = maps.shape
    index = cell[..., 1] * W + cell[..., 0]  # (B, K)
    return maps.flatten(2).gather(2, index[:, None, :].expand(B, C, index.shape[1])).transpose(1, 2)


def read_rows(maps: Tensor, index: Tensor) -> Tensor:
    """Values of maps (B, C, h, w) at rows (batch, row, column) of ``index`` (R, 3): (R, C)."""
    return maps[index[:, 0], :, index[:, 1], index[:, 2]]


def grid_cell(centre: Tensor, *, side: int, height: int, width: int) -> Tensor:
    """Stride-4 cells x, y (..., 2) of a (height, width) map -> cells x, y of the S x S grid, S = ``side``."""
    return torch.stack([centre[..., 0] * side // width, centre[..., 1] * side // height], dim=-1)


def zero(*maps: Tensor) -> Tensor:
    """0 that still reaches every map in backward()."""
    return torch.stack([(value * 0).sum() for value in maps]).sum()
