"""Rotation matrices. Column vectors: a rotated point is ``R @ p``; for rows of points use ``p @ R.T``."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray

Array: TypeAlias = NDArray[np.floating]

UP = np.array([0.0, 1.0, 0.0])
X_AXIS = np.array([1.0, 0.0, 0.0])


def about(axis: Sequence[float] | Array, angle: float) -> Array:
    """Rotation by ``angle`` radians about ``axis`` (any length but 0), right-handed, (3, 3)."""
    x, y, z = unit(axis).tolist()  # plain numbers: many times as fast as numpy's
    c, s = math.cos(angle), math.sin(angle)
    k = 1 - c
    return np.array(
        [
            [c + x * x * k, x * y * k - z * s, x * z * k + y * s],
            [y * x * k + z * s, c + y * y * k, y * z * k - x * s],
            [z * x * k - y * s, z * y * k + x * s, c + z * z * k],
        ]
    )


def from_quaternion(quaternion: ArrayLike) -> Array:
    """Unit quaternions (..., 4) as w, x, y, z -> rotation matrices (..., 3, 3)."""
    w, x, y, z = np.moveaxis(np.asarray(quaternion, float), -1, 0)
    rows = [
        [1 - 2 * (y * y + z * z), 2 * (x * y - w * z), 2 * (x * z + w * y)],
        [2 * (x * y + w * z), 1 - 2 * (x * x + z * z), 2 * (y * z - w * x)],
        [2 * (x * z - w * y), 2 * (y * z + w * x), 1 - 2 * (x * x + y * y)],
    ]
    return np.stack([np.stack(row, -1) for row in rows], -2)


def unit(vector: ArrayLike) -> Array:
    """The vector (3,) at length 1."""
    vector = np.asarray(vector, float)
    return vector / math.sqrt(vector @ vector)


def cross(first: ArrayLike, second: ArrayLike) -> Array:
    """Cross products (..., 3), as numpy's to the last bit, for single vectors ten times as fast."""
    first, second = np.asarray(first), np.asarray(second)
    if first.ndim == second.ndim == 1 and first.dtype == second.dtype == np.float64:
        (a, b, c), (d, e, f) = first.tolist(), second.tolist()
        return np.array([b * f - c * e, c * d - a * f, a * e - b * d])
    result = np.empty(np.broadcast_shapes(first.shape, second.shape), np.result_type(first, second))
    a, b, c = first[..., 0], first[..., 1], first[..., 2]
    d, e, f = second[..., 0], second[..., 1], second[..., 2]
    result[..., 0] = b * f - c * e
    result[..., 1] = c * d - a * f
    result[..., 2] = a * e - b * d
    return result


def frame(first: ArrayLike, second: ArrayLike) -> Array:
    """Right-handed orthonormal basis as columns: ``first``, then ``second`` made perpendicular to it."""
    x = unit(first)
    second = np.asarray(second, float)
    y = unit(second - x * (x @ second))
    return np.array([x, y, cross(x, y)]).T
