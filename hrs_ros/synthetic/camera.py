"""Camera in OpenGL conventions: eye space looks along -z. A pinhole, or a lens with radial distortion."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from hrs_ros.synthetic.rotation import UP, Array, cross, unit

NEAR, FAR = 1.0, 150.0  # decimetres
DISTORTION_ROUNDS = 6  # of the fixed-point inversion; leaves less than 0.01 pixels at |distortion| = 0.1


@dataclass(frozen=True, slots=True, eq=False)
class Camera:
    """View and projection; all lengths in decimetres.

    ``distortion`` k > 0 is that of a barrel, k < 0 of a pincushion. What a pinhole sees at p from the
    picture's centre, in halves of its diagonal, appears at q with p = q (1 + k |q|^2) / stretch.
    """

    view: Array  # (4, 4) world -> eye
    projection: Array  # (4, 4) eye -> clip
    eye: Array  # (3,)
    focal: float  # half the focal length in units of the image height
    distortion: float = 0.0

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
        pixels = np.stack([(ndc[:, 0] + 1) * width / 2, (1 - ndc[:, 1]) * height / 2], 1)
        return self._bend(pixels, width, height), -eye[:, 2]

    def unproject(self, pixels: ArrayLike, depths: ArrayLike, width: int, height: int) -> Array:
        """World points (N, 3) that appear at pixels (N, 2) as x, y at depths (N,) in dm along the axis."""
        size = np.array([width, height], float)
        ndc = self.straighten(pixels, width, height) / size * 2 - 1
        depths = np.asarray(depths, float)
        x = ndc[:, 0] * depths / self.projection[0, 0]
        y = -ndc[:, 1] * depths / self.projection[1, 1]
        return (np.stack([x, y, -depths], 1) - self.view[:3, 3]) @ self.view[:3, :3]

    @property
    def stretch(self) -> float:
        """Of the distortion: the largest picture without empty corners or edges."""
        return 1 + self.distortion * (1.0 if self.distortion > 0 else 0.5)

    def straighten(self, pixels: ArrayLike, width: int, height: int) -> Array:
        """Where a pinhole would see what appears at pixels (N, 2)."""
        pixels = np.asarray(pixels, float)
        if not self.distortion:
            return pixels
        centre, half = np.array([width, height]) / 2, np.hypot(width, height) / 2
        offset = (pixels - centre) / half
        squared = (offset**2).sum(1, keepdims=True)
        return centre + half * offset * (1 + self.distortion * squared) / self.stretch

    def _bend(self, pixels: Array, width: int, height: int) -> Array:
        """The inverse of ``straighten``."""
        if not self.distortion:
            return pixels
        centre, half = np.array([width, height]) / 2, np.hypot(width, height) / 2
        straight = (pixels - centre) / half * self.stretch
        # Far outside the picture the polynomial turns back; what is there only has to stay outside.
        reach = np.minimum(1.0, 1.5 / np.maximum(np.linalg.norm(straight, axis=1, keepdims=True), 1e-9))
        near = straight * reach
        bent = near
        for _ in range(DISTORTION_ROUNDS):
            bent = near / (1 + self.distortion * (bent**2).sum(1, keepdims=True))
        return centre + half * bent / reach


def look_at(eye: ArrayLike, target: ArrayLike, up: Sequence[float] | Array = UP) -> Array:
    """View matrix (4, 4)."""
    eye = np.asarray(eye, float)
    z = unit(eye - np.asarray(target, float))
    x = unit(cross(up, z))
    view = np.eye(4)
    view[:3, :3] = [x, cross(z, x), z]
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
