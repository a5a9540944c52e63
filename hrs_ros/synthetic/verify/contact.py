"""How far points are from a surface: triangles may be large, so corners alone do not tell."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.spatial import cKDTree

from hrs_ros.synthetic.mesh import point_tree
from hrs_ros.synthetic.rotation import Array, cross
from hrs_ros.synthetic.verify.surfaces import Surface

# dm: triangles with edges up to LARGE are replaced by points this far apart, distances then err by less than
# half of it; larger triangles are few near a body and measured exactly.
SPACING, LARGE = 0.15, 2.0


def touching(points: Array, surface: Surface, reach: float) -> bool:
    """Whether any of the points (N, 3) lies within ``reach`` dm of the surface."""
    near = surface.within(points.min(0) - reach, points.max(0) + reach)
    if len(near) == 0:
        return False
    corners = near.reshape(-1, 3)  # mostly these decide already
    corners = corners[_inside(corners, points.min(0) - reach, points.max(0) + reach)]
    if len(corners) and np.isfinite(cKDTree(points).query(corners, distance_upper_bound=reach)[0]).any():
        return True
    return bool(np.isfinite(gap(points, surface, reach)))


def gap(points: Array, surface: Surface, reach: float) -> float:
    """Smallest distance between points (N, 3) and the surface; infinite beyond ``reach`` dm."""
    low, high = points.min(0) - reach, points.max(0) + reach
    near = surface.within(low, high)
    if len(near) == 0:
        return float("inf")
    edges = np.sqrt(((near - near[:, [1, 2, 0]]) ** 2).sum(2).max(1))
    small = edges <= LARGE
    nearest = float("inf")
    if small.any():
        samples = sampled(near[small], edges[small])
        samples = samples[_inside(samples, low, high)]
        if len(samples):
            tree = point_tree(samples)
            nearest = float(tree.query(points, distance_upper_bound=reach)[0].min())
    if not small.all():
        nearest = min(nearest, float(point_triangle_distance(points, near[~small]).min()))
    return nearest if nearest <= reach else float("inf")


def _inside(points: Array, low: Array, high: Array) -> NDArray[np.bool_]:
    """(N,) whether points (N, 3) lie in a box."""
    inside = np.ones(len(points), bool)
    for axis in range(3):
        inside &= (points[:, axis] >= low[axis]) & (points[:, axis] <= high[axis])
    return inside


def sampled(triangles: Array, edges: Array) -> Array:
    """Points (N, 3) on triangles (T, 3, 3), corners included, at most SPACING apart; ``edges``: longest."""
    steps = np.maximum(1, np.ceil(edges / SPACING)).astype(int)
    points = []
    for count in np.unique(steps).tolist():
        points.append((_barycentric(count) @ triangles[steps == count]).reshape(-1, 3))
    return np.concatenate(points)


def _barycentric(count: int) -> NDArray[np.float32]:
    """(K, 3) weights of a grid with ``count`` steps along each edge."""
    i, j = np.meshgrid(np.arange(count + 1), np.arange(count + 1), indexing="ij")
    i, j = i[i + j <= count], j[i + j <= count]
    return (np.stack([i, j, count - i - j], 1) / count).astype(np.float32)


def point_triangle_distance(points: Array, triangles: Array) -> Array:
    """(N, T) distances between points (N, 3) and triangles (T, 3, 3), exact."""
    points, triangles = np.asarray(points, float), np.asarray(triangles, float)
    a, b, c = triangles[:, 0], triangles[:, 1], triangles[:, 2]
    normal = cross(b - a, c - a)
    length = np.linalg.norm(normal, axis=1)
    normal = normal / np.maximum(length, 1e-12)[:, None]
    squared = np.full((len(points), len(triangles)), np.inf)
    inside = np.ones(squared.shape, bool)
    for start, end in ((a, b), (b, c), (c, a)):
        edge = end - start
        along = points @ edge.T - (start * edge).sum(1)
        share = np.clip(along / np.maximum((edge * edge).sum(1), 1e-12), 0, 1)
        foot = start + share[..., None] * edge
        squared = np.minimum(squared, ((points[:, None] - foot) ** 2).sum(2))
        outward = cross(edge, normal)
        inside &= points @ outward.T - (start * outward).sum(1) <= 0
    height = points @ normal.T - (a * normal).sum(1)
    flat = inside & (length > 1e-12)
    return np.sqrt(np.where(flat, height**2, squared))
