"""Trees, bushes and grass of crossed cards with leaves, and boles with bark."""

from __future__ import annotations

import numpy as np

from hrs_ros.synthetic.mesh import Mesh, join, lathe
from hrs_ros.synthetic.rotation import UP, Array, cross

QUAD = np.array([[0, 1, 2], [0, 2, 3]])
BOUGHS = 0.3  # longest boughs of a conifer, as a share of its height


def cards(centres: Array, right: Array, up: Array, normals: Array) -> Mesh:
    """Quads around centres (N, 3) with half-axes ``right`` and ``up`` (N, 3); one normal each."""
    corners = np.stack(
        [centres - right - up, centres + right - up, centres + right + up, centres - right + up], 1
    )
    uvs = np.tile([[0.02, 0.02], [0.98, 0.02], [0.98, 0.98], [0.02, 0.98]], (len(centres), 1))
    faces = (QUAD[None] + 4 * np.arange(len(centres))[:, None, None]).reshape(-1, 3)
    return Mesh(corners.reshape(-1, 3), np.repeat(normals, 4, axis=0), uvs, faces)


def _units(vectors: Array) -> Array:
    return vectors / np.maximum(np.linalg.norm(vectors, axis=-1, keepdims=True), 1e-9)


def crown(rng: np.random.Generator, half: Array, count: int, size: float) -> Mesh:
    """Leaf cards over and inside an ellipsoid with half-axes (3,), lit as a round body."""
    direction = _units(rng.normal(size=(count, 3)))
    lumps = 0.75 + 0.25 * np.sin(3 * direction @ rng.normal(size=3) + rng.uniform(0, 6))
    inside = rng.uniform(0.35, 1.0, (count, 1)) ** 0.5
    centres = direction * inside * lumps[:, None] * half
    first = _units(rng.normal(size=(count, 3)))
    second = _units(cross(first, rng.normal(size=(count, 3))))
    scale = size * rng.uniform(0.7, 1.25, (count, 1))
    normals = _units(direction + 0.25 * rng.normal(size=(count, 3)) + [0, 0.35, 0])
    return cards(centres, first * scale, second * scale, normals)


def bole(rng: np.random.Generator, height: float, radius: float) -> Mesh:
    """A trunk from y = 0, slightly bent."""
    at = np.linspace(0, 1, 7)
    mesh = lathe(np.stack([radius * (1.35 * (1 - at) ** 4 + 1 - 0.45 * at), height * at], 1), 10)
    lean = rng.normal(0, 0.06, 2) * height
    t = mesh.vertices[:, 1] / height
    shift = np.stack([lean[0] * t**2, 0 * t, lean[1] * t**2], 1)
    return Mesh(mesh.vertices + shift, mesh.normals, mesh.uvs * [2, height * 0.12], mesh.faces)


def broadleaf(rng: np.random.Generator, height: float, *, cards_count: int = 260) -> tuple[Mesh, Mesh]:
    """Wood and leaves of a tree."""
    clear = height * rng.uniform(0.25, 0.4)
    wood = bole(rng, height * 0.7, height * rng.uniform(0.022, 0.034))
    width = height * rng.uniform(0.24, 0.36)
    half = np.array([width, (height - clear) * 0.52, width])
    leaves = [
        crown(rng, half, cards_count * 2 // 3, height * 0.075).moved(translation=(0, clear + half[1], 0))
    ]
    for _ in range(3):
        angle, out = rng.uniform(0, 6.3), width * rng.uniform(0.45, 0.8)
        small = half * rng.uniform(0.4, 0.6)
        at = (out * np.cos(angle), clear + half[1] * rng.uniform(0.5, 1.2), out * np.sin(angle))
        leaves.append(crown(rng, small, cards_count // 9, height * 0.07).moved(translation=at))
    return wood, join(*leaves)


def conifer(rng: np.random.Generator, height: float, *, tiers: int = 11) -> tuple[Mesh, Mesh]:
    """Wood and branches of a fir: tiers of drooping cards."""
    wood = bole(rng, height * 0.92, height * 0.02)
    low = height * rng.uniform(0.06, 0.14)
    centres, rights, ups, normals = [], [], [], []
    reach = height * rng.uniform(0.16, BOUGHS - 0.06)
    for tier in range(tiers):
        share = tier / (tiers - 1)
        y, length = low + (height * 0.97 - low) * share, reach * (1.02 - share) + height * 0.02
        count = max(5, int(10 * (1 - share)) + 3)
        angle = (np.arange(count) + rng.random()) / count * 2 * np.pi
        out = np.stack([np.cos(angle), 0 * angle, np.sin(angle)], 1)
        stretch, droop = rng.uniform((0.85, 0.3), (1.1, 0.55), (count, 2)).T[:, :, None] * length
        along = out * stretch - droop * UP
        centres.append(y * UP + along / 2)
        rights.append(np.stack([-out[:, 2], 0 * angle, out[:, 0]], 1) * length * 0.5)
        ups.append(along / 2)
        normals.append(out * 0.7 + 0.7 * UP)
    return wood, cards(
        np.concatenate(centres), np.concatenate(rights), np.concatenate(ups), _units(np.concatenate(normals))
    )


def bush(rng: np.random.Generator, width: float, height: float, *, count: int = 90) -> Mesh:
    """Leaves down to the ground."""
    half = np.array([width / 2, height / 2, width / 2 * rng.uniform(0.7, 1)])
    return crown(rng, half, count, 0.22 * min(width, height)).moved(translation=(0, height * 0.48, 0))


def hedge(rng: np.random.Generator, length: float, height: float, depth: float) -> Mesh:
    """Clipped leaves along x, in a box."""
    count = int(length * height * 1.1) + 40
    at = rng.uniform(-1, 1, (count, 3))
    face = rng.integers(0, 2, count)  # most leaves lie at the front and on top
    at[face == 0, 2] = rng.uniform(0.7, 1, int((face == 0).sum()))
    at[face == 1, 1] = rng.uniform(0.7, 1, int((face == 1).sum()))
    centres = at * [length / 2, height / 2, depth / 2] + [0, height / 2, 0]
    first = _units(rng.normal(size=(count, 3)))
    second = _units(cross(first, rng.normal(size=(count, 3))))
    normals = _units(
        np.where(face[:, None] == 0, [0.0, 0.3, 1.0], [0.0, 1.0, 0.3]) + rng.normal(0, 0.3, (count, 3))
    )
    return cards(centres, first * 1.2, second * 1.2, normals)


def tufts(rng: np.random.Generator, places: Array, size: float) -> Mesh:
    """Grass that stands at (N, 2) places x, z: two crossed cards each."""
    count = len(places)
    angle = rng.uniform(0, np.pi, count)
    high = size * rng.uniform(0.6, 1.3, (count, 1))
    up = np.array([0.0, 1.0, 0.0]) * high / 2
    centres = np.stack([places[:, 0], np.zeros(count), places[:, 1]], 1) + up
    normals = np.tile([0.0, 1.0, 0.0], (count, 1))
    sheets = []
    for turn in (0.0, np.pi / 2):
        right = np.stack([np.cos(angle + turn), 0 * angle, np.sin(angle + turn)], 1) * high * 0.6
        sheets.append(cards(centres, right, up, normals))
    return join(*sheets)
