"""Whether a thing passes through bodies or other things: signed distances of surface samples."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from scipy.spatial import cKDTree

from hrs_ros.synthetic.mesh import point_tree, vertex_normals
from hrs_ros.synthetic.people.body import Body, Side, SkinWeights
from hrs_ros.synthetic.people.draft import Draft
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
    return _skin(draft, _trunk(draft.figure.body))


def arms_of(draft: Draft) -> Skin:
    """Skin of the arms without the hands."""
    return _skin(draft, _arms(draft.figure.body))


@dataclass(frozen=True, slots=True, eq=False)
class Region:
    """Part of a body's visible skin, and what its normals depend on."""

    used: NDArray[np.integer]  # (U,) body vertices of the part and of the triangles at its edge
    weights: SkinWeights  # of them
    faces: NDArray[np.integer]  # (F, 3) rows of ``used``
    kept: NDArray[np.bool_]  # (U,) those of the part
    edge: NDArray[np.bool_]  # (N,) of the part, where it was cut off


@lru_cache(maxsize=4)
def _trunk(body: Body) -> Region:
    return _region(body, ~(_of_bones(body, "L", ARM) | _of_bones(body, "R", ARM)))


@lru_cache(maxsize=4)
def _arms(body: Body) -> Region:
    arms = _of_bones(body, "L", ARM) | _of_bones(body, "R", ARM)
    return _region(body, arms & ~(_of_bones(body, "L", HAND) | _of_bones(body, "R", HAND)))


def _region(body: Body, keep: NDArray[np.bool_]) -> Region:
    """The visible skin on vertices (V,) that are kept."""
    faces = body.faces[body.visible]
    kept = keep[faces]
    rim = np.zeros(len(keep), bool)
    rim[faces[kept.any(1) & ~kept.all(1)]] = True
    used, index = np.unique(faces[kept.any(1)], return_inverse=True)
    rows = index.reshape(-1, 3).astype(np.int32)
    return Region(used, body.skin.at(used), rows, keep[used], rim[used[keep[used]]])


def _skin(draft: Draft, region: Region) -> Skin:
    posed = draft.skin_on(region.used, region.weights)
    normals = vertex_normals(posed, region.faces, len(posed))[region.kept]
    points = posed[region.kept].astype(float)
    return Skin(point_tree(points), points, normals, region.edge)


def _of_bones(body: Body, side: Side, names: tuple[str, ...]) -> NDArray[np.bool_]:
    """(V,) which vertices mostly follow a side's bones whose names begin like one of ``names``."""
    bones = [row for name, row in body.bone.items() if name.startswith(names) and name.endswith(f".{side}")]
    return np.isin(body.owner, bones)


def gap_between(first: Array, second: Array) -> float:
    """Least distance in dm between two clouds of world points."""
    distance, _ = cKDTree(first).query(second, distance_upper_bound=FAR)
    return float(min(FAR, distance.min()))
