"""Procedural objects. They stand on y = 0 about the Y axis unless said otherwise; unit: decimetre."""

from __future__ import annotations

import numpy as np

from hrs_ros.synthetic.mesh import Mesh, box, join, lathe, sphere, torus


def plate(radius: float = 1.2) -> Mesh:
    r = radius
    outside = [(0, 0), (0.55 * r, 0), (0.6 * r, 0.03), (0.7 * r, 0.06), (r, 0.2), (1.01 * r, 0.22)]
    inside = [(0.99 * r, 0.24), (0.7 * r, 0.11), (0.6 * r, 0.07), (0, 0.06)]
    return lathe(outside + inside, 48)


def bowl(radius: float = 0.8) -> Mesh:
    r = radius
    outside = [(0, 0), (0.4 * r, 0), (0.42 * r, 0.08), (0.75 * r, 0.3), (r, 0.65), (1.02 * r, 0.68)]
    inside = [(0.97 * r, 0.67), (0.7 * r, 0.35), (0.4 * r, 0.14), (0, 0.1)]
    return lathe(outside + inside, 48)


def cup(radius: float = 0.4, height: float = 0.95) -> Mesh:
    r, h = radius, height
    outside = [(0, 0), (0.8 * r, 0), (0.9 * r, 0.04), (r, h), (0.95 * r, h + 0.01)]
    inside = [(0.9 * r, h - 0.02), (0.82 * r, 0.1), (0, 0.08)]
    handle = torus(0.28 * h, 0.055, 16, 8).moved(translation=(r * 1.05, h * 0.5, 0))
    return join(lathe(outside + inside, 36), handle)


def bottle(radius: float = 0.35, height: float = 2.4) -> Mesh:
    r, h = radius, height
    belly = [(0, 0), (0.95 * r, 0), (r, 0.06), (r, 0.6 * h), (0.9 * r, 0.68 * h), (0.4 * r, 0.82 * h)]
    neck = [(0.36 * r, 0.95 * h), (0.42 * r, 0.955 * h), (0.42 * r, h), (0, h)]
    return lathe(belly + neck, 32)


def ball(radius: float = 0.6) -> Mesh:
    """Rests on y = 0."""
    return sphere(radius).moved(translation=(0, radius, 0))


def book(width: float = 1.5, length: float = 2.1, thickness: float = 0.3) -> Mesh:
    return box(width, thickness, length, (0, thickness / 2, 0))


def phone() -> Mesh:
    return box(0.72, 0.08, 1.5, (0, 0.04, 0))


def carton(width: float, height: float, depth: float) -> Mesh:
    return box(width, height, depth, (0, height / 2, 0))


def meal(radius: float, rng: np.random.Generator) -> Mesh:
    """Two to four lumps of food within ``radius`` of the axis, half sunk below y = 0."""
    lumps = []
    for _ in range(rng.integers(2, 5)):
        size, angle = rng.uniform(0.25, 0.45) * radius, rng.uniform(0, 2 * np.pi)
        distance = rng.uniform(0, 0.5) * radius
        lump = sphere(size, 16).squashed((1, rng.uniform(0.5, 1.0), rng.uniform(0.7, 1.3)))
        lumps.append(lump.moved(translation=(distance * np.cos(angle), 0, distance * np.sin(angle))))
    return join(*lumps)


def table(width: float = 14, depth: float = 8, height: float = 7.4) -> Mesh:
    """Four legs under a top of 4 cm; ``height`` is the upper side."""
    top = 0.4
    legs = [
        box(0.6, height - top, 0.6, (x * (width / 2 - 0.5), (height - top) / 2, z * (depth / 2 - 0.5)))
        for x in (-1, 1)
        for z in (-1, 1)
    ]
    return join(box(width, top, depth, (0, height - top / 2, 0)), *legs)


def round_table(radius: float = 5, height: float = 7.4) -> Mesh:
    r, h = radius, height
    top = lathe([(0, h - 0.35), (r, h - 0.35), (1.01 * r, h - 0.3), (1.01 * r, h - 0.05), (r, h), (0, h)], 64)
    foot = lathe([(2.4, 0), (2.4, 0.1), (0.5, 0.4), (0.4, h - 0.5), (1.2, h - 0.35)], 32)
    return join(top, foot)


def chair(width: float = 4.4, depth: float = 4.4, seat: float = 4.5, back: float = 9) -> Mesh:
    """Faces +Z; ``seat`` and ``back`` are heights."""
    x, z = width / 2 - 0.2, depth / 2 - 0.2
    legs = [box(0.4, seat, 0.4, (side * x, seat / 2, z)) for side in (-1, 1)]
    posts = [box(0.4, back, 0.4, (side * x, back / 2, -z)) for side in (-1, 1)]
    slats = [box(width - 0.4, 0.7, 0.2, (0, y, -z)) for y in np.arange(seat + 1.2, back, 1.3)]
    return join(box(width, 0.4, depth, (0, seat, 0)), *legs, *posts, *slats)
