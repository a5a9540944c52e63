"""Where straight lines meet triangles: straight down, and from a point to others."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from hrs_ros.synthetic.rotation import Array, cross
from hrs_ros.synthetic.verify.surfaces import Surface


def height_below(points: Array, surface: Surface, depth: float) -> Array:
    """Height (N,) of the highest surface point straight below each point (N, 3); -inf: none in ``depth``."""
    low = points.min(0) - (0.0, depth, 0.0)
    triangles = surface.within(low, points.max(0)).astype(float)
    result = np.full(len(points), -np.inf)
    if len(triangles) == 0:
        return result
    a, b, c = (triangles[:, k] for k in range(3))
    u, v = b - a, c - a
    area = u[:, 0] * v[:, 2] - u[:, 2] * v[:, 0]
    level = np.abs(area) > 1e-9  # upright triangles have no area from above
    a, u, v, area = a[level], u[level], v[level], area[level]
    dx = points[:, None, 0] - a[:, 0]
    dz = points[:, None, 2] - a[:, 2]
    s = (dx * v[:, 2] - dz * v[:, 0]) / area
    t = (dz * u[:, 0] - dx * u[:, 2]) / area
    height = a[:, 1] + s * u[:, 1] + t * v[:, 1]
    hit = (s >= -1e-6) & (t >= -1e-6) & (s + t <= 1 + 1e-6)
    hit &= (height <= points[:, 1:2]) & (height >= points[:, 1:2] - depth)
    return np.where(hit, height, -np.inf).max(1, initial=-np.inf)


def blocked(start: Array, ends: Array, surface: Surface, margin: float = 0.0) -> NDArray[np.bool_]:
    """(N,) whether the surface lies between ``start`` and each end (N, 3), ``margin`` dm off both."""
    low, high = np.minimum(ends.min(0), start), np.maximum(ends.max(0), start)
    triangles = surface.within(low, high).astype(float)
    if len(triangles) == 0:
        return np.zeros(len(ends), bool)
    a, u, v = triangles[:, 0], triangles[:, 1] - triangles[:, 0], triangles[:, 2] - triangles[:, 0]
    way = ends - start
    length = np.linalg.norm(way, axis=1)
    # Moeller-Trumbore for all pairs (N, T).
    normal = cross(u, v)
    offset = start - a
    across = -(way @ normal.T)
    safe = np.where(np.abs(across) < 1e-12, np.inf, across)
    share = (offset * normal).sum(1) / safe
    turned = cross(offset, way[:, None])
    s = (turned * v).sum(2) / safe
    t = -(turned * u).sum(2) / safe
    hit = (s >= 0) & (t >= 0) & (s + t <= 1)
    hit &= (share * length[:, None] > margin) & (share * length[:, None] < (length - margin)[:, None])
    return hit.any(1)
