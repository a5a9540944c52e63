"""Meshes of land: grids over the ground, ridges, boulders, water with a bed."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import ArrayLike, NDArray

from hrs_ros.synthetic.mesh import Mesh, sphere, vertex_normals
from hrs_ros.synthetic.rotation import Array

EDGE = 84.0  # dm from the middle to the end of the world: what the camera's far plane still shows
LEVEL = 26.0  # dm around the middle that stay level
RISE = 8.0  # dm that land far behind rises, so that its edge meets the horizon
UV_PER_DM = 0.05  # of sheets
Height = Callable[[Array, Array], Array]


def steady(low: float, high: float, value: ArrayLike) -> Array:
    """0 below ``low``, 1 above ``high``, smooth between."""
    t = np.clip((np.asarray(value, float) - low) / (high - low), 0, 1)
    return t * t * (3 - 2 * t)


def far_rise(x: Array, z: Array) -> Array:
    """Height of level land: 0 where people are, rising behind them and at the sides."""
    away = np.maximum(np.hypot(x, np.minimum(z + 4, 0)) - LEVEL, 0)
    return RISE * steady(0, EDGE - LEVEL, away)


def sheet(height: Height, xs: ArrayLike, zs: ArrayLike) -> Mesh:
    """A surface over a grid of x and z, seen from above."""
    xs, zs = np.asarray(xs, float), np.asarray(zs, float)
    x, z = np.meshgrid(xs, zs)
    vertices = np.stack([x, height(x, z), z], -1).reshape(-1, 3)
    columns = len(xs)
    i, j = np.meshgrid(np.arange(len(zs) - 1), np.arange(columns - 1), indexing="ij")
    q = (i * columns + j).ravel()
    faces: NDArray[np.integer] = np.concatenate(
        [np.stack([q, q + columns, q + 1], 1), np.stack([q + 1, q + columns, q + columns + 1], 1)]
    )
    return Mesh(
        vertices, vertex_normals(vertices, faces, len(vertices)), vertices[:, [0, 2]] * UV_PER_DM, faces
    )


def level(x: tuple[float, float], z: tuple[float, float], y: float = 0.0) -> Mesh:
    """A level rectangle seen from above."""
    return sheet(lambda at, _: np.full_like(at, y), x, z)


def spread(edge: float = EDGE, count: int = 49) -> Array:
    """Grid lines over [-edge, edge], closer together in the middle."""
    t = np.linspace(-1, 1, count)
    return np.asarray(edge * np.sign(t) * np.abs(t) ** 1.5)


def land(height: Height = far_rise) -> Mesh:
    """All of the ground."""
    return sheet(height, spread(), spread())


def ridge(
    rng: np.random.Generator,
    *,
    distance: float,
    height: tuple[float, float],
    azimuth: tuple[float, float] = (-1.5, 1.5),
    rough: float = 0.5,
) -> Mesh:
    """Mountains or hills on an arc behind the middle; azimuths from -Z towards +X.

    ``height`` = lowest and highest crest, ``rough`` 0 = round hills .. 1 = jagged.
    """
    count, rows = 120, 12
    angle = np.linspace(*azimuth, count)
    crest = np.zeros(count)
    for octave in range(6):
        knots = rng.random(4 * 2**octave + 2)
        position = np.linspace(0, len(knots) - 1, count)
        crest += np.interp(position, np.arange(len(knots)), knots) * (0.35 + 0.3 * rough) ** octave
    crest = (crest - crest.min()) / np.ptp(crest)
    top = height[0] + (height[1] - height[0]) * crest
    up = np.linspace(0, 1, rows)[:, None]
    wrinkle = rng.normal(0, 1, (rows, count)) * rough * 0.9 * np.sin(np.pi * np.clip(up, 0, 1))
    radius = distance - 14 * (1 - up) + wrinkle
    y = top * up ** (1.0 + 0.5 * rough) + wrinkle * 0.4 - 1.0
    vertices = np.stack([radius * np.sin(angle), y, -radius * np.cos(angle) - 4], -1).reshape(-1, 3)
    i, j = np.meshgrid(np.arange(rows - 1), np.arange(count - 1), indexing="ij")
    q = (i * count + j).ravel()
    faces = np.concatenate(
        [np.stack([q, q + 1, q + count], 1), np.stack([q + 1, q + count + 1, q + count], 1)]
    )
    uvs = np.stack([np.broadcast_to(angle * distance, y.shape), y], -1).reshape(-1, 2)
    return Mesh(vertices, vertex_normals(vertices, faces, len(vertices)), uvs, faces)


def boulder(rng: np.random.Generator, radius: float, *, flat: float = 0.7) -> Mesh:
    """A rounded, uneven stone that stands on y = 0, a quarter sunk in."""
    mesh = sphere(1.0, 20)
    points = mesh.vertices
    bulge = np.ones(len(points))
    for _ in range(9):
        direction = rng.normal(size=3)
        direction /= np.linalg.norm(direction)
        bulge += rng.uniform(-0.16, 0.12) * steady(0.3, 0.95, points @ direction)
    shape = np.array([rng.uniform(0.8, 1.2), flat * rng.uniform(0.85, 1.15), rng.uniform(0.8, 1.2)])
    vertices = points * bulge[:, None] * shape * radius + [0, radius * flat * 0.5, 0]
    return Mesh(vertices, mesh.normals, mesh.uvs, mesh.faces)


def ring_of(count: int, rng: np.random.Generator, *, near: float, far: float, reach: float = 1.4) -> Array:
    """Places (count, 2) as x, z on an arc behind the middle, between two distances, well spread."""
    angle = (np.arange(count) + rng.uniform(0.2, 0.8, count)) / count * 2 * reach - reach
    distance = rng.uniform(near, far, count)
    return np.stack([distance * np.sin(angle), -4 - distance * np.cos(angle)], 1)
