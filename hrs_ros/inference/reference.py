"""The decoder in plain numpy: spec section 5 written to be read. Tests compare the graph with it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from hrs_ros.network.config import ModelConfig
from hrs_ros.vocabulary import vocabulary

Array = NDArray[Any]

TINY = 1e-12  # keeps a score of exactly zero from dividing eq. 7 by zero


def decode(raw: Mapping[str, Array], config: ModelConfig) -> dict[str, Array]:
    """Raw maps (graph.RAW_NAMES, batched) -> decoded outputs (graph.OUTPUT_NAMES, batched).

    Of equal scores the lower flat index (class, row, column) comes first.
    """
    batch = raw["entity"].shape[0]
    images = [
        decode_image({n: v if n == "part_bias" else v[b] for n, v in raw.items()}, config)
        for b in range(batch)
    ]
    return {name: np.stack([image[name] for image in images]) for name in images[0]}


def decode_image(raw: Mapping[str, Array], config: ModelConfig) -> dict[str, Array]:
    """The same for one image: maps and outputs without the batch axis."""
    entity_peaks, relation_peaks = peaks(_sigmoid(raw["entity"])), peaks(_sigmoid(raw["relation"]))
    human = vocabulary().human - 1  # channel of the human heatmap

    subject_score, _, subject_y, subject_x = top(entity_peaks[human : human + 1], config.subjects)
    object_score, object_class, object_y, object_x = top(entity_peaks, config.objects)
    score = np.concatenate([subject_score, object_score])
    class_id = np.concatenate([np.full(config.subjects, human), object_class]) + 1
    x, y = np.concatenate([subject_x, object_x]), np.concatenate([subject_y, object_y])

    point_score, predicate, point_y, point_x = top(relation_peaks, config.relations)
    subject, target = np.zeros(config.relations, np.int64), np.zeros(config.relations, np.int64)
    for row in range(config.relations):
        to_subject_x, to_subject_y, to_object_x, to_object_y = raw["displacement"][
            :, point_y[row], point_x[row]
        ]
        # Eq. 7: the nearest centre, where a confident one may be further away.
        reach = np.hypot(x - (point_x[row] + to_subject_x), y - (point_y[row] + to_subject_y)) / np.maximum(
            score, TINY
        )
        subject[row] = np.argmin(reach[: config.subjects])
        reach = np.hypot(x - (point_x[row] + to_object_x), y - (point_y[row] + to_object_y)) / np.maximum(
            score, TINY
        )
        s = subject[row]
        itself = (class_id == class_id[s]) & (x == x[s]) & (y == y[s])  # his own peak in an object slot
        reach[itself] = np.inf
        target[row] = config.subjects + np.argmin(reach[config.subjects :])

    # Dynamic masks: the 1 x 1 kernel found at the entity's cell of the S x S grid, on the mask feature.
    _, h, w = raw["mask_feature"].shape
    side = raw["kernel"].shape[-1]
    kernels = raw["kernel"][:, y * side // h, x * side // w]  # (D, E)
    return {
        "entity_class": class_id,
        "entity_score": score,
        "entity_centre": np.stack([x, y], axis=1).astype(np.float32),
        "entity_mask": np.einsum("de,dhw->ehw", kernels, raw["mask_feature"]),
        "relation_class": predicate + 1,
        "relation_score": score[subject] * score[target] * point_score,
        "relation_subject": subject,
        "relation_object": target,
        "relation_part": _sigmoid(raw["part"][:, point_y, point_x].T + raw["part_bias"][predicate]),
        "parsing": raw["parsing"].argmax(axis=0),
    }


def peaks(heatmap: Array) -> Array:
    """(C, h, w) scores, kept where no neighbour of the 3 x 3 window is higher, 0 elsewhere."""
    _, h, w = heatmap.shape
    padded = np.pad(heatmap, ((0, 0), (1, 1), (1, 1)), constant_values=-np.inf)
    highest = np.max([padded[:, i : i + h, j : j + w] for i in range(3) for j in range(3)], axis=0)
    return np.where(heatmap == highest, heatmap, 0)


def top(heatmap: Array, count: int) -> tuple[Array, Array, Array, Array]:
    """The ``count`` highest scores of (C, h, w), best first: (score, channel, row, column) each (count,)."""
    order = np.argsort(-heatmap.ravel(), kind="stable")[:count]
    channel, row, column = np.unravel_index(order, heatmap.shape)
    return heatmap.ravel()[order], channel, row, column


def _sigmoid(logits: Array) -> Array:
    return (1 / (1 + np.exp(-logits.astype(np.float64)))).astype(np.float32)
