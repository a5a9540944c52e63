"""The part classifiers in plain numpy, the twin of ``network.parts``."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from hrs_ros.network.config import ModelConfig
from hrs_ros.network.part_table import HASH_CLASS, HASH_PRIME, HASH_X, HASH_Y

Array = NDArray[Any]


def acting_parts(
    raw: Mapping[str, Array],
    logits: Array,
    predicate: Array,
    *,
    points: tuple[Array, Array],
    subject_masks: Array,
    config: ModelConfig,
) -> Array:
    """(R, 25) probability of every part to act.

    ``logits`` (R, 25) of the part head and ``predicate`` (R,) 0-based at the relation ``points`` (x, y);
    ``subject_masks`` (R, h, w) mask logits.
    """
    match config.part_classifier:
        case "learned":
            return sigmoid(logits + raw["part_bias"][predicate])
        case "most_frequent":
            return np.eye(logits.shape[1], dtype=np.float32)[raw["part_frequency"].argmax(axis=1)[predicate]]
        case "sample":
            rows = zip(*points, predicate, strict=True)
            return np.stack([_draw(raw["part_frequency"][c], int(x), int(y), int(c)) for x, y, c in rows])
        case "nearest":
            labels = raw["parsing"].argmax(axis=0)
            rows = zip(*points, subject_masks, strict=True)
            return np.stack([_nearest(labels * (mask > 0), x, y, logits.shape[1]) for x, y, mask in rows])


def _draw(frequency: Array, x: int, y: int, predicate: int) -> Array:
    """One-hot (25,): the first part whose cumulated share passes a number hashed from cell and class."""
    number = (x * HASH_X + y * HASH_Y + predicate * HASH_CLASS) % HASH_PRIME / HASH_PRIME
    below = np.cumsum(frequency)
    passes = np.flatnonzero(below > np.float32(number) * below[-1])
    return _one_hot(int(passes[0]) if passes.size else len(frequency) - 1, len(frequency))


def _nearest(labels: Array, x: int, y: int, parts: int) -> Array:
    """One-hot (25,): the part (labels from 1) of the nearest cell of (h, w), 0 where no part shows."""
    rows, columns = np.nonzero(labels)
    if rows.size == 0:
        return np.zeros(parts, np.float32)
    nearest = np.argmin((rows - y) ** 2 + (columns - x) ** 2)
    return _one_hot(int(labels[rows[nearest], columns[nearest]]) - 1, parts)


def _one_hot(index: int, length: int) -> Array:
    return np.eye(length, dtype=np.float32)[index]


def sigmoid(logits: Array) -> Array:
    """Probabilities, float32; in two halves, so that exp never overflows."""
    small = np.exp(-np.abs(logits.astype(np.float64)))
    return np.where(logits >= 0, 1 / (1 + small), small / (1 + small)).astype(np.float32)
