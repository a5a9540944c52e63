"""How far points are from a surface."""

from __future__ import annotations

import numpy as np
from scipy.spatial import cKDTree

from hrs_ros.synthetic.rotation import Array
from hrs_ros.synthetic.verify.surfaces import Surface

SMALL = 0.3  # dm: triangles with shorter edges are described by their corners and centres
PAIRS = 400_000  # point-triangle pairs that are worked on at once


def gaps(points: Array, surface: Surface, reach: float) -> Array:
    """Distance (N,) from each point (N, 3) to the surface; infinite beyond ``reach`` dm."""
    near = surface.within(points.min(0) - reach, points.max(0) + reach)
    result = np.full(len(points), np.inf)
    if len(near) == 0:
        return result
    edges = np.linalg.norm(near - np.roll(near, 1, axis=1), axis=2).max(1)
    fine, coarse = near[edges < SMALL], near[edges >= SMALL]
    if len(fine):
        tree = cKDTree(np.concatenate([fine.reshape(-1, 3), fine.mean(1)]))
        result = tree.query(points, distance_upper_bound=reach)[0]
    step = max(1, PAIRS // len(points))
    for first in range(0, len(coarse), step):
        exact = point_triangle_distance(points, coarse[first : first + step]).min(1)
        result = np.minimum(result, exact)
    return np.where(result <= reach, result, np.inf)


def gap(points: Array, surface: Surface, reach: float) -> float:
    """Smallest distance between points (N, 3) and the surface; infinite beyond ``reach`` dm."""
    return float(gaps(points, surface, reach).min()) if len(points) else float("inf")


def point_triangle_distance(points: Array, triangles: Array) -> Array:
    """(N, T) distances between points (N, 3) and triangles (T, 3, 3), exact."""
    points, triangles = np.asarray(points, float), np.asarray(triangles, float)
    a, b, c = triangles[:, 0], triangles[:, 1], triangles[:, 2]
    normal = np.cross(b - a, c - a)
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
        outward = np.cross(edge, normal)
        inside &= points @ outward.T - (start * outward).sum(1) <= 0
    height = points @ normal.T - (a * normal).sum(1)
    flat = inside & (length > 1e-12)
    return np.sqrt(np.where(flat, height**2, squared))
