"""The raw maps of a network that has learned its targets to the letter: what a design can express at best.

Encoding labels, drawing these maps and decoding them shows what is lost to the representation alone, before
any network errs. It is also the end-to-end check that targets and decode mean the same.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from hrs_ros.network.config import RAYS, ModelConfig
from hrs_ros.network.rays import TYPICAL
from hrs_ros.network.targets import Targets

Array = NDArray[Any]

SURE = 10.0  # logit of a yes; -SURE of a no


def ideal_maps(targets: Targets, config: ModelConfig, *, frequency: Array) -> dict[str, Array]:
    """Raw maps (``graph.raw_names``) and tables of one image, float32.

    ``targets`` must be those of ``config``; ``frequency`` (23, 25) is ``part_frequency`` of the data. Where
    labels contradict each other at one cell, the map holds what the loss is least at: the median of the
    displacements (L1), the mean of the part vectors (BCE). With ``condition_parts`` the cell names every part
    that acts there, and the table rules out those that never act in the relation.
    """
    h, w = targets.parsing.shape
    parts = targets.parts.shape[1]
    orders = 2 if config.directed_pairs else 1
    displacement = np.zeros((4, h, w), np.float32)
    part = np.full((orders, parts, h, w), -SURE, np.float32)
    for y, x in np.unique(targets.relation_index, axis=0):
        here = (targets.relation_index == (y, x)).all(axis=1)
        displacement[:, y, x] = np.median(targets.displacement[here], axis=0)
        for direction in range(orders):
            known = here & targets.parts_known & (targets.relation_direction == direction)
            if known.any():
                acting = targets.parts[known]
                share = acting.max(axis=0) if config.condition_parts else acting.mean(axis=0)
                part[direction, :, y, x] = 2 * SURE * share - SURE
    never = np.where(frequency > 0, 0, -2 * SURE).astype(np.float32)
    return {
        "entity": _sure(targets.entity_heatmap == 1),
        "relation": _sure(targets.relation_heatmap == 1),
        "displacement": displacement[:2] if config.displacement == "subject" else displacement,
        "part": part.reshape(-1, h, w),
        "parsing": _sure(np.arange(parts + 1)[:, None, None] == targets.parsing),
        "part_bias": never if config.condition_parts else np.zeros_like(never),
        "part_frequency": frequency,
        **_masks(targets, config),
    }


def _masks(targets: Targets, config: ModelConfig) -> dict[str, Array]:
    """The mask head's maps; of two entities on one grid cell the later one is drawn."""
    count, h, w = targets.masks.shape
    side, drawn = config.kernel_grid, _sure(targets.masks)
    rows, columns = targets.mask_index.T
    match config.mask_head:
        case "dynamic":  # a feature channel for every entity, and a kernel that reads it
            kernel = np.zeros((count, side, side), np.float32)
            for n, (row, column) in enumerate(targets.mask_index):
                kernel[:, row, column] = np.eye(count)[n]
            return {"kernel": kernel, "mask_feature": drawn}
        case "solo":
            grid_mask = np.full((side * side, h, w), -SURE, np.float32)
            grid_mask[rows * side + columns] = drawn
            return {"grid_mask": grid_mask}
        case "decoupled_solo":  # a column's channel shows all its entities, the row's picks one
            column_mask = np.full((side, h, w), -SURE, np.float32)
            row_mask = np.full((side, h, w), -SURE, np.float32)
            half = _root(drawn)
            np.maximum.at(column_mask, columns, half)
            np.maximum.at(row_mask, rows, half)
            return {"column_mask": column_mask, "row_mask": row_mask}
        case "polar":
            ray = np.zeros((RAYS, h, w), np.float32)
            for (y, x), length in zip(targets.centre_index, targets.rays, strict=True):
                ray[:, y, x] = np.log(length / TYPICAL)
            return {"ray": ray}


def _root(logits: Array) -> Array:
    """Logits of the square root of a probability: two of them multiply to the whole."""
    root = 1 / np.sqrt(1 + np.exp(-logits.astype(np.float64)))
    return np.log(root / (1 - root)).astype(np.float32)


def _sure(share: Array) -> Array:
    """Probability 0 to 1 -> logit -SURE to SURE, 0 at one half."""
    return (2 * SURE * share - SURE).astype(np.float32)
