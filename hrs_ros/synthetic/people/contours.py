"""Bands around a body: the outline of what is worn in a plane, and tubes and ribbons swept along it."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from hrs_ros.synthetic.mesh import Mesh, grid_faces, vertex_normals
from hrs_ros.synthetic.rotation import Array, cross


def outline(points: Array, origin: Array, right: Array, up: Array, angles: Array, slab: float) -> Array:
    """Outermost points (K, 3) in the plane through ``origin`` spanned by the unit vectors, one per angle.

    Points (N, 3) within ``slab`` of the plane count; directions without any take their neighbours' radius.
    """
    offset = points - origin
    offset = offset[np.abs(offset @ cross(right, up)) < slab]
    x, y = offset @ right, offset @ up
    bins = 48
    row = ((np.arctan2(y, x) / (2 * np.pi)) % 1.0 * bins).astype(int) % bins
    radius = np.zeros(bins)
    np.maximum.at(radius, row, np.hypot(x, y))
    full = np.flatnonzero(radius > 0)
    if len(full) == 0:
        raise ValueError("expected points near the plane of the outline, got none")
    centres = (np.arange(bins) + 0.5) / bins * 2 * np.pi
    period = 2 * np.pi
    radius = np.interp(centres, centres[full], radius[full], period=period)
    radius = np.maximum(radius, (np.roll(radius, 1) + np.roll(radius, -1)) / 2)
    at = np.interp(angles, centres, radius, period=period)
    return origin + at[:, None] * (np.cos(angles)[:, None] * right + np.sin(angles)[:, None] * up)


def sweep(path: Array, outward: Array, section: ArrayLike, *, closed: bool) -> Mesh:
    """Surface along ``path`` (K, 3) of a closed ``section`` (M, 2): across the path, along ``outward``."""
    section = np.asarray(section, float)
    ends = (
        np.concatenate([path[-1:], path, path[:1]]) if closed else np.concatenate([path[:1], path, path[-1:]])
    )
    tangent = ends[2:] - ends[:-2]
    tangent = tangent / np.linalg.norm(tangent, axis=1, keepdims=True)
    outward = outward - tangent * (outward * tangent).sum(1, keepdims=True)
    outward = outward / np.linalg.norm(outward, axis=1, keepdims=True)
    across = cross(tangent, outward)
    rows = path[:, None] + section[None, :, :1] * across[:, None] + section[None, :, 1:] * outward[:, None]
    if closed:
        rows = np.concatenate([rows, rows[:1]])
    rows = np.concatenate([rows, rows[:, :1]], axis=1)
    run = np.r_[0, np.cumsum(np.linalg.norm(np.diff(rows[:, 0], axis=0), axis=1))]
    around = np.linspace(0, 1, rows.shape[1])
    uvs = np.stack(np.meshgrid(run * 0.3, around, indexing="ij"), -1)
    mesh = surface_of(rows.reshape(-1, 3), uvs.reshape(-1, 2), grid_faces(len(rows) - 1, rows.shape[1] - 1))
    return mesh if closed else _capped(mesh, rows)


def circle(radius: float, sides: int = 8) -> Array:
    """Section (sides, 2) of a tube."""
    angle = np.arange(sides) / sides * 2 * np.pi
    return radius * np.stack([np.cos(angle), np.sin(angle)], 1)


def strip(width: float, thickness: float) -> Array:
    """Section (6, 2) of a ribbon that lies on a surface, rounded outside."""
    w, t = width / 2, thickness
    return np.array([(-w, 0), (w, 0), (w, 0.6 * t), (0.7 * w, t), (-0.7 * w, t), (-w, 0.6 * t)])


def surface_of(vertices: Array, uvs: Array, faces: NDArray[np.integer]) -> Mesh:
    """A mesh whose triangles are turned outward if its signed volume says they are not."""
    a, b, c = (vertices[faces[:, k]] - vertices.mean(0) for k in range(3))
    if np.einsum("ij,ij->", a, cross(b, c)) < 0:
        faces = faces[:, ::-1]
    return Mesh(vertices, vertex_normals(vertices, faces, len(vertices)), uvs, faces)


def _capped(mesh: Mesh, rows: Array) -> Mesh:
    """Close both ends of an open sweep with fans."""
    count = rows.shape[1] - 1
    fan = np.array([[0, k, k + 1] for k in range(1, count - 1)])
    last = (len(rows) - 1) * (count + 1)
    faces = np.concatenate([mesh.faces, fan, fan[:, ::-1] + last])
    return surface_of(mesh.vertices, mesh.uvs, faces)
