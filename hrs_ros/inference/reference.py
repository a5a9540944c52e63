"""The decoder in plain numpy: spec section 5 written to be read. Tests compare the graph with it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from hrs_ros.inference.reference_masks import mask_logits
from hrs_ros.inference.reference_parts import acting_parts, sigmoid
from hrs_ros.network.config import ModelConfig
from hrs_ros.vocabulary import vocabulary

Array = NDArray[Any]

SMALLEST_SCORE = 1e-6  # eq. 7 divides by the score, and empty slots have score 0
TABLES = ("part_bias", "part_frequency")  # without a batch axis


def decode(raw: Mapping[str, Array], config: ModelConfig) -> dict[str, Array]:
    """Raw maps (``graph.raw_names``) and tables (``SMS.tables``) -> graph.OUTPUT_NAMES, all batched.

    Of equal scores the lower flat index (class, row, column) comes first.
    """
    batch = raw["entity"].shape[0]
    images = [
        decode_image({n: v if n in TABLES else v[b] for n, v in raw.items()}, config) for b in range(batch)
    ]
    return {name: np.stack([image[name] for image in images]) for name in images[0]}


def decode_image(raw: Mapping[str, Array], config: ModelConfig) -> dict[str, Array]:
    """The same for one image: maps and outputs without the batch axis."""
    words = vocabulary(config.vocabulary)
    human = words.human - 1  # channel of the human heatmap
    entity_peaks = peaks(raw["entity"])
    subject_score, _, subject_y, subject_x = top(entity_peaks[human : human + 1], config.subjects)
    object_score, object_class, object_y, object_x = top(entity_peaks, config.objects)
    score = np.concatenate([subject_score, object_score])
    class_id = np.concatenate([np.full(config.subjects, human), object_class]) + 1
    x, y = np.concatenate([subject_x, object_x]), np.concatenate([subject_y, object_y])

    point_score, channel, point_y, point_x = top(peaks(raw["relation"]), config.relations)
    direction, predicate = np.divmod(channel, words.relation_count)  # direction 0 unless pairs are directed
    subject, target = np.zeros(config.relations, np.int64), np.zeros(config.relations, np.int64)
    relation_score = np.zeros(config.relations, np.float32)
    for row in range(config.relations):
        # Eq. 7: the nearest centre, where a confident one may be further away.
        offset = raw["displacement"][:, point_y[row], point_x[row]]
        if config.displacement == "subject":
            offset = np.concatenate([offset, -offset])
        if direction[row]:
            offset = np.roll(offset, 2)  # the first end is the object
        aims = offset + np.tile([point_x[row], point_y[row]], 2)
        to_subject = np.hypot(x - aims[0], y - aims[1]) / np.maximum(score, SMALLEST_SCORE)
        to_object = np.hypot(x - aims[2], y - aims[3]) / np.maximum(score, SMALLEST_SCORE)
        s = subject[row] = np.argmin(to_subject[: config.subjects])
        itself = (class_id == class_id[s]) & (x == x[s]) & (y == y[s])  # his own peak in an object slot
        to_object[itself] = np.inf
        t = target[row] = config.subjects + np.argmin(to_object[config.subjects :])
        if np.isfinite(to_object[t]):
            relation_score[row] = score[s] * score[t] * point_score[row]
    # One of each triplet: the others get score 0.
    best: set[tuple[int, int, int]] = set()
    for row in np.argsort(-relation_score, kind="stable"):
        triplet = (int(subject[row]), int(predicate[row]), int(target[row]))
        if triplet in best:
            relation_score[row] = 0
        best.add(triplet)

    masks = mask_logits(raw, x, y, config)
    parsing = raw["parsing"].argmax(axis=0)
    logits = raw["part"][:, point_y, point_x].T  # (R, 25), or (R, 50) with directed pairs
    logits = logits.reshape(config.relations, -1, words.part_count)[np.arange(config.relations), direction]
    return {
        "entity_class": class_id,
        "entity_score": score,
        "entity_centre": np.stack([x, y], axis=1).astype(np.float32),
        "entity_mask": masks,
        "relation_class": predicate + 1,
        "relation_score": relation_score,
        "relation_subject": subject,
        "relation_object": target,
        "relation_part": acting_parts(
            raw, logits, predicate, points=(point_x, point_y), subject_masks=masks[subject], config=config
        ),
        "parsing": parsing,
    }


def peaks(logits: Array) -> Array:
    """(C, h, w) logits, kept where no neighbour of the 3 x 3 window is higher, -inf (score 0) elsewhere.

    On logits, not on scores: where the sigmoid saturates, unequal logits would tie and peaks become plateaus.
    """
    _, h, w = logits.shape
    padded = np.pad(logits, ((0, 0), (1, 1), (1, 1)), constant_values=-np.inf)
    highest = np.max([padded[:, i : i + h, j : j + w] for i in range(3) for j in range(3)], axis=0)
    return np.where(logits == highest, logits, -np.inf).astype(np.float32)


def top(logits: Array, count: int) -> tuple[Array, Array, Array, Array]:
    """The ``count`` highest of (C, h, w), best first: (score, channel, row, column), each (count,)."""
    order = np.argsort(-logits.ravel(), kind="stable")[:count]
    channel, row, column = np.unravel_index(order, logits.shape)
    return sigmoid(logits.ravel()[order]), channel, row, column
