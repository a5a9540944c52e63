"""Rigid motions: a frame's pose in another frame."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Rigid:
    """Maps a point p of the source frame to ``rotation @ p + translation`` in the target frame."""

    rotation: Array  # (3, 3), orthonormal, determinant +1
    translation: Array  # (3,) [m]

    @classmethod
    def identity(cls) -> Rigid:
        return cls(np.eye(3), np.zeros(3))

    @classmethod
    def from_quaternion(cls, xyzw: ArrayLike, translation: ArrayLike) -> Rigid:
        """From a quaternion in the order x, y, z, w, of any length but 0. ValueError for none."""
        quaternion = np.asarray(xyzw, float)
        length = float(np.linalg.norm(quaternion))
        if not np.isfinite(length) or length < 1e-9:
            raise ValueError(f"expected a quaternion that is not zero, got {quaternion.tolist()}")
        x, y, z, w = quaternion / length
        rotation = np.array(
            [
                [1 - 2 * (y * y + z * z), 2 * (x * y - z * w), 2 * (x * z + y * w)],
                [2 * (x * y + z * w), 1 - 2 * (x * x + z * z), 2 * (y * z - x * w)],
                [2 * (x * z - y * w), 2 * (y * z + x * w), 1 - 2 * (x * x + y * y)],
            ]
        )
        return cls(rotation, np.asarray(translation, float))

    @property
    def quaternion(self) -> Array:
        """(4,) x, y, z, w of unit length, w >= 0."""
        # The eigenvector of the largest eigenvalue (Bar-Itzhack 2000): exact, and stable at half turns.
        m = self.rotation
        k = np.array(
            [
                [m[0, 0] - m[1, 1] - m[2, 2], 0, 0, 0],
                [m[0, 1] + m[1, 0], m[1, 1] - m[0, 0] - m[2, 2], 0, 0],
                [m[0, 2] + m[2, 0], m[1, 2] + m[2, 1], m[2, 2] - m[0, 0] - m[1, 1], 0],
                [m[2, 1] - m[1, 2], m[0, 2] - m[2, 0], m[1, 0] - m[0, 1], np.trace(m)],
            ]
        )
        vector = np.linalg.eigh(k)[1][:, -1]  # eigh reads the lower triangle
        return vector if vector[3] >= 0 else -vector

    def apply(self, points: ArrayLike) -> Array:
        """(..., 3) points of the source frame in the target frame."""
        return np.asarray(points, float) @ self.rotation.T + self.translation

    def __matmul__(self, other: Rigid) -> Rigid:
        """First ``other``, then this one."""
        return Rigid(self.rotation @ other.rotation, self.apply(other.translation))
