"""Triangles of every instance of a scene, gathered when asked for, with boxes to rule pairs out first."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from hrs_ros.synthetic.mesh import bounds
from hrs_ros.synthetic.rotation import Array
from hrs_ros.synthetic.scene_graph import Piece, SceneGraph


@dataclass(slots=True, eq=False)
class Surface:
    """What one instance consists of, without pieces that alpha cuts holes into if there are others."""

    pieces: list[Piece]
    low: Array  # (3,) corners of the box
    high: Array
    _triangles: Array | None = field(default=None)
    _boxes: tuple[Array, Array] | None = field(default=None)  # (T, 3) corners of each triangle's box

    @property
    def points(self) -> Array:
        """Vertices (V, 3)."""
        return np.concatenate([piece.points for piece in self.pieces])

    @property
    def triangles(self) -> Array:
        """(T, 3, 3) corners."""
        if self._triangles is None:
            self._triangles = np.concatenate([piece.points[piece.faces] for piece in self.pieces])
        return self._triangles

    def within(self, low: Array, high: Array) -> Array:
        """Triangles (T, 3, 3) whose boxes meet a box; quick where the whole does not."""
        if (self.low > high).any() or (self.high < low).any():
            return np.zeros((0, 3, 3), np.float32)
        triangles = self.triangles
        if self._boxes is None:
            a, b, c = triangles[:, 0], triangles[:, 1], triangles[:, 2]
            self._boxes = np.minimum(np.minimum(a, b), c), np.maximum(np.maximum(a, b), c)
        meets = np.ones(len(triangles), bool)
        for axis in range(3):
            meets &= (self._boxes[0][:, axis] <= high[axis]) & (self._boxes[1][:, axis] >= low[axis])
        return triangles[meets]

    def part(self, part_id: int) -> Array:
        """Vertices (V, 3) of a part of a person."""
        return np.concatenate([piece.points[piece.parts == part_id] for piece in self.pieces])


def surfaces(graph: SceneGraph) -> dict[int, Surface]:
    """By instance, ascending; 0 = unlabelled surroundings. Instances without triangles are absent."""
    found: dict[int, list[Piece]] = {}
    for piece in graph.pieces():
        found.setdefault(piece.instance, []).append(piece)
    result = {}
    for instance in sorted(found):
        solid = [piece for piece in found[instance] if not piece.cut] or found[instance]
        corners = [bounds(piece.points) for piece in solid]
        low, high = np.min([c[0] for c in corners], axis=0), np.max([c[1] for c in corners], axis=0)
        result[instance] = Surface(solid, low.astype(float), high.astype(float))
    return result


def longest_side(surface: Surface) -> float:
    """Of the box, dm."""
    return float((surface.high - surface.low).max())


def thinned(points: NDArray, count: int) -> NDArray:
    """At most about ``count`` of the points (N, ...), evenly by their order."""
    return points[:: 1 + len(points) // count]
