"""What a hand meets: the ideal form of a handle, bent to the surface points of the real thing."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy.spatial import cKDTree

from hrs_ros.synthetic.mesh import point_tree
from hrs_ros.synthetic.rotation import Array, cross, unit
from hrs_ros.synthetic.things.model import Grasp, Handle

NEARBY, MANY = 2.5, 4000  # dm around a handle within which surface points matter, and how many are kept
CELL, PATCH, DEEP = 0.15, 1.3, 1.0  # dm: grid, radius and depth of the surface whose curvature is felt


@dataclass(frozen=True, slots=True, eq=False)
class Shape:
    """What fingers meet: the handle's ideal form and, if known, points of the real surface (world)."""

    grasp: Grasp
    point: Array
    axis: Array
    out: Array
    radius: float
    tree: cKDTree | None
    curvature: tuple[float, float] = (
        0.0,
        0.0,
    )  # 1 / dm, along the axis and across, of a flat handle's surface

    def ideal(self, points: Array) -> Array:
        """Signed distance (...,) to the ideal form: a bar, a bulging face, or a slab that ends at the rim."""
        offset = points - self.point
        height = offset @ self.out
        if self.grasp == "bar":
            radial = offset - (offset @ self.axis)[..., None] * self.axis
            return np.linalg.norm(radial, axis=-1) - self.radius
        if self.grasp == "rim":
            return np.maximum(-(offset @ self.axis), np.abs(height) - self.radius)
        along, across = offset @ self.axis, offset @ cross(self.axis, self.out)
        return height + (self.curvature[0] * along**2 + self.curvature[1] * across**2) / 2

    def gap(self, points: Array) -> Array:
        """Distance (...,) to whichever comes first: the ideal form (signed) or a surface point."""
        ideal = self.ideal(points)
        if self.tree is None:
            return ideal
        near, _ = self.tree.query(points, distance_upper_bound=0.5)
        return np.minimum(ideal, np.minimum(near, 0.5))


def shape_of(handle: Handle, point: Array, axis: ArrayLike, out: ArrayLike, surface: Array | None) -> Shape:
    """The form of a handle whose point, axis and way out are given in the world, by its surface (N, 3)."""
    axis, out = _square(axis, out, keep_axis=handle.grasp == "bar")
    near = _nearby(surface, point)
    if handle.grasp == "rim":
        axis, out = _along_underside(near - point, axis, out, handle.radius)
    tree = point_tree(near) if len(near) else None
    curvature = _curvature(near - point, axis, out) if handle.grasp in ("flat", "palm") else (0.0, 0.0)
    return Shape(handle.grasp, point, axis, out, handle.radius, tree, curvature)


def _square(axis: ArrayLike, out: ArrayLike, *, keep_axis: bool) -> tuple[Array, Array]:
    """Unit vectors at right angles: of a bar the axis is kept, of other things the direction out."""
    kept, other = (unit(axis), unit(out)) if keep_axis else (unit(out), unit(axis))
    other = other - kept * (kept @ other)
    if np.linalg.norm(other) < 1e-3:  # parallel: any perpendicular direction will do
        other = cross(kept, np.eye(3)[np.abs(kept).argmin()])
    return (kept, unit(other)) if keep_axis else (unit(other), kept)


def _nearby(surface: Array | None, point: Array) -> Array:
    """At most MANY surface points (N, 3) near a handle."""
    if surface is None:
        return np.zeros((0, 3))
    near = surface[np.linalg.norm(surface - point, axis=1) < NEARBY]
    return near[:: 1 + len(near) // MANY]


def _along_underside(offset: Array, axis: Array, out: Array, radius: float) -> tuple[Array, Array]:
    """Turn fingers under a rim so that they run along what bulges behind it, like the bottom of a plate."""
    ahead, aside = offset @ axis, offset @ cross(axis, out)
    near = (ahead > 0.25) & (ahead < PATCH) & (np.abs(aside) < 0.5)
    if not near.any():
        return axis, out
    slope = float(np.clip(((offset @ out - radius)[near] / ahead[near]).max(), 0.0, 0.7))
    tilted = unit(axis + slope * out)
    return tilted, unit(out - slope * axis)


def _curvature(offset: Array, axis: Array, out: Array) -> tuple[float, float]:
    """How much a surface bulges along and across the axis, by its points (N, 3) relative to the handle."""
    u, v, height = offset @ axis, offset @ cross(axis, out), offset @ out
    inside = (np.hypot(u, v) < PATCH) & (height > -DEEP) & (height < 0.1)
    u, v, height = u[inside], v[inside], height[inside]
    # The outermost point of every cell: what lies behind it, such as the sides of a box, is no bulge.
    row = np.floor(u / CELL).astype(int) * 1000 + np.floor(v / CELL).astype(int)
    order = np.lexsort((-height, row))
    outer = order[np.unique(row[order], return_index=True)[1]]
    if len(outer) < 8:
        return 0.0, 0.0
    squares = np.stack([u[outer] ** 2, v[outer] ** 2], axis=1) / 2
    first, second = np.linalg.lstsq(squares, -height[outer], rcond=None)[0]
    return max(0.0, float(first)), max(0.0, float(second))
