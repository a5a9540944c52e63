"""The mask heads' decode in plain numpy, the twin of ``network.mask_heads``."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from hrs_ros.network.config import RAYS, ModelConfig
from hrs_ros.network.rays import LONGEST, TYPICAL

Array = NDArray[Any]


def mask_logits(raw: Mapping[str, Array], x: Array, y: Array, config: ModelConfig) -> Array:
    """(E, h, w) mask logits of the entities at the cells ``x``, ``y`` (E,), of one image's maps."""
    _, h, w = raw["entity"].shape
    side = config.kernel_grid
    row, column = y * side // h, x * side // w
    match config.mask_head:
        case "dynamic":  # the 1 x 1 kernel of the entity's cell of the S x S grid, on the mask feature
            return np.tensordot(raw["kernel"][:, row, column], raw["mask_feature"], axes=(0, 0))
        case "solo":
            return raw["grid_mask"][row * side + column]
        case "decoupled_solo":
            return product_logit(raw["column_mask"][column], raw["row_mask"][row])
        case "polar":
            return np.stack(
                [polygon_logits(raw["ray"][:, v, u], u, v, h, w) for u, v in zip(x, y, strict=True)]
            )


def product_logit(a: Array, b: Array) -> Array:
    """Logit of p q, with p = sigmoid(a) and q = sigmoid(b): log of pq / ((1 - p) + p (1 - q))."""
    p_log, q_log = -np.logaddexp(0, -a), -np.logaddexp(0, -b)
    rest_log = np.logaddexp(-np.logaddexp(0, a), p_log - np.logaddexp(0, b))
    return (p_log + q_log - rest_log).astype(np.float32)


def polygon_logits(ray: Array, x: int, y: int, h: int, w: int) -> Array:
    """(h, w) distance to the polygon's edge minus distance to the cell, along the line from the centre.

    ``ray`` (36,): logarithms of lengths over 8 cells, ray k at k * 10 degrees from the x axis towards y.
    """
    length = TYPICAL * np.exp(np.minimum(ray.astype(np.float64), LONGEST))
    v, u = np.mgrid[:h, :w] - np.array([y, x]).reshape(2, 1, 1)
    sector_angle = 2 * np.pi / RAYS
    angle = np.arctan2(v, u) % (2 * np.pi)
    first = np.floor(angle / sector_angle).astype(int) % RAYS
    a, b = length[first], length[(first + 1) % RAYS]
    within = angle - first * sector_angle
    # Where the line at that angle meets the edge from ray end a to ray end b.
    edge = a * b * np.sin(sector_angle) / (a * np.sin(within) + b * np.sin(sector_angle - within))
    return (edge - np.hypot(u, v)).astype(np.float32)
