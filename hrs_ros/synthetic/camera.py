"""Pinhole camera in OpenGL conventions: eye space looks along -z."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from hrs_ros.synthetic.rotation import UP, Array, unit

NEAR, FAR = 1.0, 150.0  # decimetres


@dataclass(frozen=True, slots=True, eq=False)
class Camera:
    """View and projection; all lengths in decimetres."""

    view: Array  # (4, 4) world -> eye
    projection: Array  # (4, 4) eye -> clip
    eye: Array  # (3,)
    focal: float  # half the focal length in units of the image height

    @classmethod
    def looking_at(cls, eye: ArrayLike, target: ArrayLike, fov: float, aspect: float = 1.0) -> Camera:
        """``fov`` = vertical field of view in radians, ``aspect`` = width / height."""
        eye = np.asarray(eye, float)
        return cls(look_at(eye, target), perspective(fov, aspect), eye, float(0.5 / np.tan(fov / 2)))

    def project(self, points: ArrayLike, width: int, height: int) -> tuple[Array, Array]:
        """World points (N, 3) -> pixels (N, 2) as x, y, and depths (N,) in dm, negative behind the camera."""
        points = np.asarray(points, float)
        homogeneous = np.c_[points, np.ones(len(points))]
        eye = homogeneous @ self.view.T
        clip = eye @ self.projection.T
        ndc = clip[:, :2] / clip[:, 3:]
        return np.stack([(ndc[:, 0] + 1) * width / 2, (1 - ndc[:, 1]) * height / 2], 1), -eye[:, 2]


def look_at(eye: ArrayLike, target: ArrayLike, up: Sequence[float] | Array = UP) -> Array:
    """View matrix (4, 4)."""
    eye = np.asarray(eye, float)
    z = unit(eye - np.asarray(target, float))
    x = unit(np.cross(up, z))
    view = np.eye(4)
    view[:3, :3] = [x, np.cross(z, x), z]
    view[:3, 3] = -view[:3, :3] @ eye
    return view


def perspective(fov: float, aspect: float, near: float = NEAR, far: float = FAR) -> Array:
    """Projection matrix (4, 4)."""
    t, depth = 1 / np.tan(fov / 2), near - far
    rows = [
        [t / aspect, 0, 0, 0],
        [0, t, 0, 0],
        [0, 0, (far + near) / depth, 2 * far * near / depth],
        [0, 0, -1, 0],
    ]
    return np.array(rows)


def orthographic(radius: float, near: float, far: float) -> Array:
    """Projection matrix (4, 4) of a cube-shaped view of half-width ``radius``."""
    depth = far - near
    rows = [
        [1 / radius, 0, 0, 0],
        [0, 1 / radius, 0, 0],
        [0, 0, -2 / depth, -(far + near) / depth],
        [0, 0, 0, 1],
    ]
    return np.array(rows)
