"""PolarMask (Xie et al., CVPR 2020): 36 rays from an entity's centre to its contour."""

from __future__ import annotations

import math
from collections.abc import Mapping

import torch
from torch import Tensor

from hrs_ros.network.cells import read_cells, zero
from hrs_ros.network.config import RAYS
from hrs_ros.network.rays import LONGEST, TYPICAL
from hrs_ros.network.targets import TargetBatch


class PolarMask:
    """An entity's mask is the polygon through the ends of the rays at its centre's cell.

    Map: ``ray`` (B, 36, h, w), logarithms of ray lengths over 8 cells, from the middle of the cell; ray k
    points k * 10 degrees from the x axis towards y.
    """

    def loss(self, maps: Mapping[str, Tensor], targets: TargetBatch) -> Tensor:
        """Mean polar IoU loss over the N entities: log of sum(max) / sum(min) over the rays."""
        rays, index = maps["ray"], targets.centre_index
        if len(index) == 0:
            return zero(rays)
        length = _length(rays[index[:, 0], :, index[:, 1], index[:, 2]])  # N, 36
        target = targets.rays.to(length.dtype)
        longer, shorter = torch.maximum(length, target), torch.minimum(length, target)
        return (longer.sum(1) / shorter.sum(1)).log().mean()

    def logits(self, maps: Mapping[str, Tensor], centre: Tensor) -> Tensor:
        """The signed distance to the polygon along the ray through a cell, in cells; above 0 is inside."""
        rays = maps["ray"]
        H, W = rays.shape[2:]
        B, E = centre.shape[:2]
        length = _length(read_cells(rays, centre))  # (B, E, 36)
        dx = torch.arange(W, device=rays.device) - centre[..., 0, None]  # (B, E, W)
        dy = torch.arange(H, device=rays.device) - centre[..., 1, None]  # (B, E, H)
        x = dx[:, :, None, :].expand(B, E, H, W).flatten(2).to(rays.dtype)
        y = dy[:, :, :, None].expand(B, E, H, W).flatten(2).to(rays.dtype)
        turn = torch.atan2(y, x) * (RAYS / (2 * math.pi))  # in sectors, -18 to 18
        whole = turn.floor()
        within = (turn - whole) * (2 * math.pi / RAYS)  # angle from the sector's first ray
        sector = whole.to(torch.int64)
        first = torch.where(sector < 0, sector + RAYS, sector)  # 18 sectors each way, so never RAYS
        second = torch.where(first == RAYS - 1, 0, first + 1)
        a, b = length.gather(2, first), length.gather(2, second)
        # The edge between two ray ends in polar coordinates.
        edge = a * b * math.sin(2 * math.pi / RAYS)
        edge = edge / (a * within.sin() + b * (2 * math.pi / RAYS - within).sin())
        return (edge - (x * x + y * y).sqrt()).view(B, E, H, W)


def _length(ray: Tensor) -> Tensor:
    """Cells."""
    return TYPICAL * ray.clamp(max=LONGEST).exp()
