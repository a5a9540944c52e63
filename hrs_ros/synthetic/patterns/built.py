"""Floors, walls and fronts of buildings."""

from __future__ import annotations

import numpy as np

from hrs_ros.synthetic.patterns.field import Pattern, choice, clouds, grid, mix, step, varied
from hrs_ros.synthetic.rotation import Array

WOODS = ((0.72, 0.55, 0.36), (0.6, 0.42, 0.26), (0.44, 0.29, 0.18), (0.8, 0.68, 0.5), (0.55, 0.5, 0.44))


def parquet(rng: np.random.Generator, size: int) -> Array:
    """Boards side by side, staves in a brick bond, or squares of staves that alternate."""
    colour = varied(rng, choice(rng, *WOODS))
    y, x = grid(size)
    sort = rng.integers(3)
    if sort == 2:  # basket weave
        count, staves = 4, 4
        turned = (np.floor(x * count) + np.floor(y * count)) % 2 > 0
        across, along = np.where(turned, x, y), np.where(turned, y, x)
        row, piece = np.floor(across * count * staves), np.floor(along * count)
        edge = np.minimum(across * count * staves % 1, along * count % 1 * 4)
    else:
        count = int(rng.integers(6, 9)) if sort == 0 else int(rng.integers(10, 15))
        across, row = y, np.floor(y * count)
        offset = rng.random(count)[row.astype(int)]
        pieces = 1 if sort == 0 else 3
        along = (x + offset) % 1
        piece = np.floor(along * pieces)
        edge = np.minimum(across * count % 1, along * pieces % 1 * count / pieces * 0.6)
        turned = np.zeros((size, size), bool)
    shade = rng.random((64, 8))[row.astype(int) % 64, piece.astype(int) % 8]
    streaks = [clouds(rng, size, base=6, octaves=5, stretch=s) for s in ((8, 0.5), (0.5, 8))]
    grain = np.where(turned, streaks[1], streaks[0])
    image = mix(colour * 0.7, colour * 1.15, 0.55 * grain + 0.45 * shade)
    return image * (0.6 + 0.4 * step(0.0, 0.05, edge))[..., None]


def concrete(rng: np.random.Generator, size: int) -> Array:
    """Cast or screeded, with stains, pores and sometimes joints."""
    colour = varied(rng, choice(rng, (0.62, 0.61, 0.59), (0.7, 0.69, 0.66), (0.52, 0.52, 0.52)))
    image = mix(colour * 0.82, colour * 1.08, clouds(rng, size, base=3, octaves=7, fade=0.65))
    pores = clouds(rng, size, base=90, octaves=1) > 0.93
    image[pores] *= 0.8
    if rng.random() < 0.5:
        y, x = grid(size)
        image[np.minimum(x, y * 2 % 1 / 2) < 0.006] *= 0.65
    return image


def wallpaper(rng: np.random.Generator, size: int) -> Array:
    """A quiet ground with stripes, diamonds, sprigs or leaves in a neighbouring tone."""
    base = varied(
        rng,
        choice(
            rng, (0.88, 0.84, 0.76), (0.78, 0.83, 0.8), (0.8, 0.8, 0.86), (0.85, 0.75, 0.7), (0.5, 0.57, 0.55)
        ),
        shade=0.1,
    )
    accent = np.clip(base * rng.uniform(0.72, 0.9) * rng.uniform(0.9, 1.1, 3), 0, 1)
    y, x = grid(size)
    count = int(rng.integers(5, 11))
    u, v = x * count % 1 - 0.5, (y * count + 0.5 * (np.floor(x * count) % 2)) % 1 - 0.5
    sort = rng.integers(4)
    if sort == 0:
        drawn = (np.abs(u) < rng.uniform(0.1, 0.3)).astype(float)
    elif sort == 1:
        drawn = (np.abs(np.abs(u) + np.abs(v) - 0.4) < 0.05).astype(float)
    elif sort == 2:
        petals = 0.2 + 0.12 * np.cos(rng.integers(4, 7) * np.arctan2(v, u))
        drawn = (np.hypot(u, v) < petals).astype(float)
    else:
        drawn = (np.abs(u - 0.2 * np.sin(v * 2 * np.pi)) < 0.12 * np.cos(v * np.pi)).astype(float)
    image = mix(base, accent, drawn)
    return image * (0.95 + 0.08 * clouds(rng, size, base=16)[..., None])


def facade(rng: np.random.Generator, size: int) -> Array:
    """A front of a house: rows of windows with frames and what they mirror. Tiles by storeys and axes."""
    wall = varied(
        rng,
        choice(
            rng, (0.82, 0.76, 0.63), (0.72, 0.7, 0.67), (0.62, 0.38, 0.3), (0.85, 0.83, 0.8),
            (0.68, 0.72, 0.74), (0.8, 0.65, 0.5), (0.42, 0.4, 0.4),
        ),
    )  # fmt: skip
    image = mix(wall * 0.88, wall * 1.05, clouds(rng, size, base=6, octaves=6))
    floors, axes = int(rng.integers(3, 5)), int(rng.integers(3, 6))
    y, x = grid(size)
    u, v = x * axes % 1, y * floors % 1
    number = (np.floor(y * floors).astype(int), np.floor(x * axes).astype(int))
    half, low, high = rng.uniform(0.2, 0.4), rng.uniform(0.1, 0.25), rng.uniform(0.72, 0.88)
    trim = np.clip(wall * rng.uniform(0.75, 1.25), 0, 1)
    border = rng.uniform(0.02, 0.05)
    image[(np.abs(u - 0.5) < half + border) & (v > low - border) & (v < high + border)] = trim
    glass = (np.abs(u - 0.5) < half) & (v > low) & (v < high)
    lit = rng.random((floors, axes))[number]
    mirrored = mix([0.12, 0.15, 0.18], [0.5, 0.58, 0.66], step(0.3, 1, clouds(rng, size, base=5) * (1.2 - v)))
    curtain = (lit > 0.6) & ((v < low + 0.25) | (np.abs(np.abs(u - 0.5) - half) < half * 0.4))
    mirrored[curtain] = mirrored[curtain] * 0.4 + 0.5
    image[glass] = mirrored[glass]
    bars = (np.abs(u - 0.5) < 0.015) | (np.abs(v - (low + 0.35 * (high - low))) < 0.012)
    image[glass & bars] = trim
    image[(v > 0.96)] *= rng.uniform(0.75, 1.0)
    return np.clip(image, 0, 1)


def roof(rng: np.random.Generator, size: int) -> Array:
    """Overlapping roof tiles."""
    colour = varied(rng, choice(rng, (0.55, 0.27, 0.2), (0.35, 0.33, 0.33), (0.45, 0.24, 0.19)))
    y, x = grid(size)
    rows, columns = 12, 14
    row = np.floor(y * rows).astype(int)
    along = (x * columns + 0.5 * (row % 2)) % columns
    shade = rng.random((rows, columns))[row, along.astype(int)]
    light = 0.6 + 0.5 * (y * rows % 1) * np.sin(np.pi * (along % 1)) ** 0.5
    return mix(colour * 0.8, colour * 1.15, shade) * light[..., None]


PATTERNS: dict[str, tuple[Pattern, int]] = {
    "parquet": (parquet, 10), "concrete": (concrete, 7), "wallpaper": (wallpaper, 9),
    "facade": (facade, 10), "roof": (roof, 5),
}  # fmt: skip
