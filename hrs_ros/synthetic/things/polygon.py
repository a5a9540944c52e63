"""Triangles that fill an outline."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from hrs_ros.synthetic.rotation import Array

Point = tuple[float, float]


def _cross(o: Point, a: Point, b: Point) -> float:
    return (a[0] - o[0]) * (b[1] - o[1]) - (a[1] - o[1]) * (b[0] - o[0])


def triangulate(outline: Array) -> NDArray[np.integer]:
    """Ear clipping of a simple counter-clockwise polygon (N, 2): vertex numbers (N - 2, 3)."""
    points: list[Point] = [(x, y) for x, y in outline.tolist()]  # plain numbers: faster than numpy's
    left, triangles = list(range(len(points))), []
    while len(left) > 3:
        for k, middle in enumerate(left):
            before, after = left[k - 1], left[(k + 1) % len(left)]
            a, b, c = points[before], points[middle], points[after]
            if _cross(a, b, c) <= 0:
                continue
            others = [points[n] for n in left if n not in (before, middle, after)]
            if any(_cross(a, b, p) >= 0 and _cross(b, c, p) >= 0 and _cross(c, a, p) >= 0 for p in others):
                continue
            break
        else:  # numerically flat remainder
            k = 0
            before, middle, after = left[-1], left[0], left[1]
        triangles.append((before, middle, after))
        del left[k]
    return np.array([*triangles, tuple(left)])
