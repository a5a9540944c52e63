"""Weaves and prints: curtains, rugs, upholstery."""

from __future__ import annotations

import numpy as np

from hrs_ros.synthetic.patterns.field import Pattern, cells, choice, clouds, grid, mix, step, varied
from hrs_ros.synthetic.rotation import Array

TONES = (
    (0.78, 0.72, 0.62), (0.35, 0.4, 0.48), (0.55, 0.25, 0.22), (0.3, 0.4, 0.32), (0.7, 0.55, 0.35),
    (0.6, 0.6, 0.6), (0.25, 0.25, 0.28), (0.75, 0.6, 0.58),
)  # fmt: skip


def _two(rng: np.random.Generator) -> tuple[Array, Array]:
    """Two tones that go together: one near white or dark, or the same hue darker."""
    first = varied(rng, choice(rng, *TONES))
    if rng.random() < 0.5:
        return first, np.clip(first * rng.choice([0.55, 0.65, 1.35]), 0, 1)
    return first, varied(rng, choice(rng, (0.9, 0.88, 0.83), (0.2, 0.2, 0.23)))


def linen(rng: np.random.Generator, size: int) -> Array:
    """Plain weave with uneven threads."""
    colour = varied(rng, choice(rng, *TONES))
    warp = clouds(rng, size, base=6, octaves=5, stretch=(0.3, 16), fade=0.8)
    weft = clouds(rng, size, base=6, octaves=5, stretch=(16, 0.3), fade=0.8)
    return mix(colour * 0.75, colour * 1.15, 0.5 * warp + 0.5 * weft)


def herringbone(rng: np.random.Generator, size: int) -> Array:
    first, second = _two(rng)
    y, x = grid(size)
    count = int(rng.integers(6, 12))
    zigzag = np.abs(x * count % 1 - 0.5) * 2
    drawn = ((y * count * 3 + zigzag) % 1 < 0.5).astype(float)
    return mix(first, second, drawn) * (0.9 + 0.2 * clouds(rng, size, base=64, octaves=2)[..., None])


def flowers(rng: np.random.Generator, size: int) -> Array:
    """A print of scattered flowers and leaves."""
    base, accent = _two(rng)
    y, x = grid(size)
    image = np.broadcast_to(base, (size, size, 3)).copy()
    green = varied(rng, (0.35, 0.45, 0.28))
    for number in range(26):
        cy, cx, turn = rng.random(3)
        dy, dx = (y - cy + 0.5) % 1 - 0.5, (x - cx + 0.5) % 1 - 0.5
        angle, radius = np.arctan2(dy, dx) + turn * 6.3, np.hypot(dy, dx)
        leaf, tip = number % 3 == 0, rng.uniform(0.03, 0.075)
        petals = 2 if leaf else int(rng.integers(4, 7))
        inside = radius < tip * (0.35 + 0.65 * np.abs(np.cos(angle * petals / 2)))
        image[inside] = green if leaf else np.clip(accent * rng.uniform(0.85, 1.15), 0, 1)
        if not leaf:
            image[radius < tip * 0.25] = np.clip(accent * 0.5 + 0.3, 0, 1)
    return image * (0.92 + 0.12 * clouds(rng, size, base=64, octaves=3)[..., None])


def oriental(rng: np.random.Generator, size: int) -> Array:
    """A rug with borders and a medallion, shown once from edge to edge."""
    first, second = _two(rng)
    third = varied(rng, choice(rng, *TONES))
    y, x = grid(size)
    edge = np.minimum(np.minimum(x, 1 - x), np.minimum(y, 1 - y))
    u, v = np.abs(x - 0.5), np.abs(y - 0.5)
    image = np.broadcast_to(first, (size, size, 3)).copy()
    rings = np.floor((u + v) * rng.uniform(6, 10) + 0.3 * np.sin(np.arctan2(v, u) * rng.integers(4, 12)))
    image[rings % 3 == 1], image[rings % 3 == 2] = second, third
    border = edge < rng.uniform(0.1, 0.16)
    image[border] = second
    count = int(rng.integers(10, 18))
    spots = (np.hypot(x * count % 1 - 0.5, y * count % 1 - 0.5) < 0.3) & border & (edge > 0.03)
    image[spots] = third
    image[(edge < 0.02) | (np.abs(edge - 0.11) < 0.008)] = first * 0.6
    return image * (0.8 + 0.3 * clouds(rng, size, base=64, octaves=3)[..., None])


def shag(rng: np.random.Generator, size: int) -> Array:
    """Long pile or felt in one tone."""
    colour = varied(rng, choice(rng, *TONES))
    border, shade = cells(rng, size, 40)
    return mix(colour * 0.75, colour * 1.15, shade) * (0.7 + 0.3 * step(0, 0.4, border))[..., None]


PATTERNS: dict[str, tuple[Pattern, int]] = {
    "linen": (linen, 9), "herringbone": (herringbone, 6), "flowers": (flowers, 7),
    "oriental": (oriental, 8), "shag": (shag, 6),
}  # fmt: skip
