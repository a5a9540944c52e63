"""Whether a thing passes through bodies or other things: signed distances of surface samples."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from scipy.spatial import cKDTree

from hrs_ros.synthetic.body import Body, Side
from hrs_ros.synthetic.draft import Draft
from hrs_ros.synthetic.mesh import vertex_normals
from hrs_ros.synthetic.rotation import Array
from hrs_ros.synthetic.things.model import Model

SPACING = 0.3  # dm between samples of a surface: finer than any limb is thick
MOST_CUTS = 24  # of a triangle's edge, for very large things
FAR = 1.0  # dm beyond which a distance does not matter
MANY = 2500  # samples of a thing that are enough
HAND = ("wrist", "metacarpal", "finger")
ARM = ("upperarm", "lowerarm", *HAND)


def samples(model: Model) -> Array:
    """Points (N, 3) on all surfaces of a model, about ``SPACING`` apart."""
    points = np.concatenate([_on_triangles(s.mesh.vertices[s.mesh.faces]) for s in model.surfaces])
    return points[:: 1 + len(points) // MANY]


def _on_triangles(corners: Array) -> Array:
    """Barycentric grids on triangles (F, 3, 3), as fine as their longest edge needs."""
    edges = np.linalg.norm(corners - np.roll(corners, 1, axis=1), axis=2).max(1)
    cuts = np.clip(np.ceil(edges / SPACING), 1, MOST_CUTS).astype(int)
    rows = [corners.mean(1)]
    for count in np.unique(cuts):
        if count > 1:
            grid = np.einsum("kc,fcx->fkx", _barycentric(int(count)), corners[cuts == count])
            rows.append(grid.reshape(-1, 3))
    return np.concatenate(rows)


@lru_cache(maxsize=MOST_CUTS)
def _barycentric(count: int) -> Array:
    """Weights (K, 3) of the corners of a triangle cut into ``count`` squared small ones."""
    first, second = np.meshgrid(np.arange(count + 1), np.arange(count + 1), indexing="ij")
    inside = first + second <= count
    a, b = first[inside] / count, second[inside] / count
    return np.stack([a, b, 1 - a - b], axis=1)


@dataclass(frozen=True, slots=True, eq=False)
class Skin:
    """Part of a posed body's skin in the world, with outward normals."""

    tree: cKDTree
    points: Array  # (N, 3)
    normals: Array  # (N, 3)
    edge: NDArray[np.bool_]  # (N,) where the part was cut off: no inside and outside

    def clearance(self, points: Array) -> float:
        """Least distance in dm from the skin to world points (M, 3), negative inside; at most FAR."""
        distance, index = self.tree.query(points, distance_upper_bound=FAR)
        near = np.isfinite(distance)
        near[near] = ~self.edge[index[near]]
        if not near.any():
            return FAR
        row, gap = index[near], distance[near]
        height = np.einsum("nk,nk->n", points[near] - self.points[row], self.normals[row])
        return float(np.where(height < 0, height, gap).min())


def trunk_of(draft: Draft) -> Skin:
    """Skin of all but the arms, as it is posed now."""
    body = draft.figure.body
    return _skin(draft, ~(_of_bones(body, "L", ARM) | _of_bones(body, "R", ARM)))


def arms_of(draft: Draft) -> Skin:
    """Skin of the arms without the hands."""
    body = draft.figure.body
    arms = _of_bones(body, "L", ARM) | _of_bones(body, "R", ARM)
    return _skin(draft, arms & ~(_of_bones(body, "L", HAND) | _of_bones(body, "R", HAND)))


def _skin(draft: Draft, keep: NDArray[np.bool_]) -> Skin:
    """The visible skin on vertices (V,) that are kept."""
    body = draft.figure.body
    posed = draft.skin()
    faces = body.faces[body.visible]
    kept = keep[faces]
    rim = np.zeros(len(posed), bool)
    rim[faces[kept.any(1) & ~kept.all(1)]] = True
    inside = faces[kept.any(1)]
    rows = np.intersect1d(np.flatnonzero(keep), body.visible_vertices)
    normals = vertex_normals(posed, inside, len(posed))[rows]
    return Skin(cKDTree(posed[rows]), posed[rows], normals, rim[rows])


def _of_bones(body: Body, side: Side, names: tuple[str, ...]) -> NDArray[np.bool_]:
    """(V,) which vertices mostly follow a side's bones whose names begin like one of ``names``."""
    bones = [row for name, row in body.bone.items() if name.startswith(names) and name.endswith(f".{side}")]
    return np.isin(body.owner, bones)


def gap_between(first: Array, second: Array) -> float:
    """Least distance in dm between two clouds of world points."""
    distance, _ = cKDTree(first).query(second, distance_upper_bound=FAR)
    return float(min(FAR, distance.min()))
