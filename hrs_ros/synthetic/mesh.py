"""Triangle meshes of our own making: primitives, joining, moving. Unit: decimetre, +Y up."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.sparse import csc_array
from scipy.spatial import cKDTree

from hrs_ros.synthetic.rotation import Array, cross


@dataclass(frozen=True, slots=True, eq=False)
class Mesh:
    """Triangles wound counter-clockwise seen from outside."""

    vertices: Array  # (V, 3)
    normals: Array  # (V, 3), unit length, outward
    uvs: Array  # (V, 2)
    faces: NDArray[np.integer]  # (F, 3) rows of vertex indices

    def moved(self, rotation: ArrayLike | None = None, translation: ArrayLike = (0, 0, 0)) -> Mesh:
        """The mesh rotated about the origin, then shifted."""
        rotation = np.eye(3) if rotation is None else np.asarray(rotation)
        return Mesh(
            self.vertices @ rotation.T + np.asarray(translation),
            self.normals @ rotation.T,
            self.uvs,
            self.faces,
        )

    def squashed(self, factors: ArrayLike) -> Mesh:
        """Scaled per axis; normals follow the inverse transpose."""
        factors = np.asarray(factors, float)
        normals = self.normals / factors
        normals = normals / np.linalg.norm(normals, axis=1, keepdims=True)
        return Mesh(self.vertices * factors, normals, self.uvs, self.faces)


@dataclass(frozen=True, slots=True, eq=False)
class Corners:
    """Triangles with position and texture indices: each pair of these once, in ascending order."""

    position: NDArray[np.integer]  # (C,)
    uv: NDArray[np.integer]  # (C,)
    faces: NDArray[np.integer]  # (F, 3) rows of the pairs

    @classmethod
    def of(cls, faces: NDArray[np.integer], uv_faces: NDArray[np.integer]) -> Corners:
        """From position and texture indices (F, 3) of the triangles."""
        stride = int(uv_faces.max(initial=0)) + 1
        pairs, index = np.unique(faces.astype(np.int64) * stride + uv_faces, return_inverse=True)
        position, uv = np.divmod(pairs, stride)
        return cls(position.astype(np.int32), uv.astype(np.int32), index.reshape(-1, 3).astype(np.int32))

    @classmethod
    def alike(cls, faces: NDArray[np.integer]) -> Corners:
        """Where texture indices are those of positions."""
        rows = np.arange(int(faces.max(initial=-1)) + 1)
        return cls(rows, rows, faces)

    def only(self, faces: NDArray) -> Corners:
        """Some of the triangles, by their rows or by flags (F,)."""
        return Corners(self.position, self.uv, self.faces[faces])


def join(*meshes: Mesh) -> Mesh:
    """One mesh that holds all the triangles."""
    offsets = np.cumsum([0, *(len(mesh.vertices) for mesh in meshes[:-1])])
    return Mesh(
        np.concatenate([mesh.vertices for mesh in meshes]),
        np.concatenate([mesh.normals for mesh in meshes]),
        np.concatenate([mesh.uvs for mesh in meshes]),
        np.concatenate([mesh.faces + offset for mesh, offset in zip(meshes, offsets, strict=True)]),
    )


def bounds(points: Array) -> tuple[Array, Array]:
    """Lowest and highest corner (3,) of the box around points (N, 3)."""
    columns = np.ascontiguousarray(points.T)  # along rows numpy reduces many numbers at once
    return columns.min(1), columns.max(1)


def point_tree(points: Array) -> cKDTree:
    """Of points (N, 3), for few questions: built fast, which is not the tree that answers fastest."""
    return cKDTree(points, balanced_tree=False, compact_nodes=False)


def vertex_normals(vertices: Array, faces: NDArray[np.integer], count: int) -> Array:
    """Area-weighted vertex normals (count, 3); zero where no face touches the vertex."""
    first, second, third = (vertices.take(faces[:, k], axis=0) for k in range(3))
    normals = cross(second - first, third - first)
    # A product with the matrix that tells which corners a face has adds fastest.
    starts = np.arange(0, faces.size + 1, 3, dtype=faces.dtype)
    ones = np.ones(faces.size, normals.dtype)
    summed = csc_array((ones, faces.ravel(), starts), shape=(count, len(faces))) @ normals
    length = np.sqrt(np.einsum("vk,vk->v", summed, summed))
    return summed / np.maximum(length, 1e-9)[:, None]


@lru_cache(maxsize=512)
def grid_faces(rows: int, columns: int) -> NDArray[np.integer]:
    """Triangles of a (rows + 1, columns + 1) vertex grid; rows run first. Read-only, for it is shared."""
    q = (np.arange(rows)[:, None] * (columns + 1) + np.arange(columns)).ravel()
    below = q + columns + 1
    faces = np.concatenate([np.stack([q, below, q + 1], 1), np.stack([q + 1, below, below + 1], 1)])
    faces.flags.writeable = False
    return faces


def lathe(profile: ArrayLike, segments: int = 40) -> Mesh:
    """Surface of revolution about +Y of (radius, height) points, from the outside bottom to the inside."""
    points = np.asarray(profile, float)
    angle = np.linspace(0, 2 * np.pi, segments + 1)
    cosine, sine = np.cos(angle), np.sin(angle)

    def ring(r: Array, y: Array) -> Array:
        result = np.empty((len(points), segments + 1, 3))
        result[..., 0], result[..., 1], result[..., 2] = r[:, None] * cosine, y[:, None], r[:, None] * sine
        return result.reshape(-1, 3)

    slope = np.gradient(points, axis=0)
    length = np.hypot(slope[:, 0], slope[:, 1]) + 1e-9
    steps = points[1:] - points[:-1]
    run = np.concatenate([[0.0], np.cumsum(np.hypot(steps[:, 0], steps[:, 1]))])
    uvs = np.empty((len(points), segments + 1, 2))
    uvs[..., 0], uvs[..., 1] = angle / 2 / np.pi, (run / (run[-1] + 1e-9))[:, None]
    return Mesh(
        ring(points[:, 0], points[:, 1]),
        ring(slope[:, 1] / length, -slope[:, 0] / length),
        uvs.reshape(-1, 2),
        grid_faces(len(points) - 1, segments),
    )


def _cube() -> tuple[Array, Array, Array, NDArray[np.integer]]:
    """Of a cube of half-length 1: corners and normals (24, 3), which axes its uvs follow (24, 2), faces."""
    corners: list[Array] = []
    normals: list[Array] = []
    axes: list[tuple[int, int]] = []
    faces: list[list[int]] = []
    for axis, (a, b) in enumerate(((1, 2), (2, 0), (0, 1))):
        for sign in (-1, 1):
            first = len(corners)
            for da, db in ((-1, -1), (1, -1), (1, 1), (-1, 1)):
                point, normal = np.zeros(3), np.zeros(3)
                point[[axis, a, b]] = sign, da, db
                normal[axis] = sign
                corners.append(point)
                normals.append(normal)
                axes.append((a, b))
            quad = [[0, 1, 2], [0, 2, 3]] if sign > 0 else [[0, 2, 1], [0, 3, 2]]
            faces += [[first + k for k in triangle] for triangle in quad]
    return np.array(corners), np.array(normals), np.array(axes), np.array(faces)


_CORNERS, _NORMALS, _AXES, _FACES = _cube()
_ROWS = np.arange(len(_CORNERS))[:, None]


def box(width: float, height: float, depth: float, centre: Sequence[float] = (0, 0, 0)) -> Mesh:
    """Axis-aligned box with flat shading; sizes along x, y, z."""
    half = np.array([width, height, depth]) / 2
    uvs = (_CORNERS[_ROWS, _AXES] + 1) / 2 * half[_AXES] * 0.2
    return Mesh(_CORNERS * half + np.asarray(centre), _NORMALS.copy(), uvs, _FACES.copy())


def torus(radius: float, thickness: float, segments: int = 24, sides: int = 12) -> Mesh:
    """Ring about +Z: ``radius`` of the ring, ``thickness`` = radius of its tube."""
    a = np.linspace(0, 2 * np.pi, segments + 1)[:, None]
    b = np.linspace(0, 2 * np.pi, sides + 1)[None]
    zero = np.zeros_like(a * b)
    normals = np.stack([np.cos(b) * np.cos(a), np.cos(b) * np.sin(a), np.sin(b) + zero], -1)
    centres = np.stack([radius * np.cos(a) + zero, radius * np.sin(a) + zero, zero], -1)
    uvs = np.stack([a / (2 * np.pi) + zero, b / (2 * np.pi) + zero], -1)
    return Mesh(
        (centres + thickness * normals).reshape(-1, 3),
        normals.reshape(-1, 3),
        uvs.reshape(-1, 2),
        grid_faces(segments, sides),
    )


def sphere(radius: float, segments: int = 32) -> Mesh:
    """Sphere about the origin."""
    t = np.linspace(-np.pi / 2, np.pi / 2, segments // 2 + 1)
    return lathe(np.stack([radius * np.cos(t), radius * np.sin(t)], 1), segments)
