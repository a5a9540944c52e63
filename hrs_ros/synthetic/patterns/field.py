"""Fields of numbers that textures are made of; all of them wrap around at the edges."""

from __future__ import annotations

from collections.abc import Callable

import cv2
import numpy as np
from numpy.typing import ArrayLike

from hrs_ros.synthetic.rotation import Array

# RGB (S, S, 3) or RGBA (S, S, 4) in [0, 1], top row first, from a random generator and a size.
Pattern = Callable[[np.random.Generator, int], Array]
MARGIN = 2  # grid cells that a cubic interpolation looks at beyond the edge


def grid(size: int) -> tuple[Array, Array]:
    """Coordinates y, x (S, S) in [0, 1)."""
    y, x = np.mgrid[0:size, 0:size] / size
    return y, x


def clouds(
    rng: np.random.Generator,
    size: int,
    *,
    base: float = 4,
    octaves: int = 6,
    stretch: tuple[float, float] = (1, 1),
    fade: float = 0.55,
) -> Array:
    """Fractal value noise (S, S) in [0, 1] without seams; ``stretch`` = relative frequency along y and x."""
    total, amplitude = np.zeros((size, size), np.float32), 1.0
    for octave in range(octaves):
        rows, columns = (min(size, max(2, int(base * 2**octave * factor))) for factor in stretch)
        cells = np.pad(rng.random((rows, columns)).astype(np.float32), MARGIN, "wrap")
        # Where each pixel falls in the padded cells.
        at_x, at_y = (
            np.tile((np.arange(size) + 0.5) / size * count + MARGIN - 0.5, (size, 1))
            for count in (columns, rows)
        )
        total += amplitude * cv2.remap(
            cells, at_x.astype(np.float32), at_y.T.astype(np.float32), cv2.INTER_CUBIC
        )
        amplitude *= fade
    total -= total.min()
    return total / total.max()


def cells(rng: np.random.Generator, size: int, count: int, *, squeeze: float = 1.0) -> tuple[Array, Array]:
    """Worley noise (S, S): distance to the border of the own cell, in cell widths; a random shade a cell."""
    points = (np.moveaxis(np.mgrid[0:count, 0:count], 0, -1) + rng.random((count, count, 2))) / count
    shade = rng.random((count, count))
    y, x = grid(size)
    row, column = (y * count).astype(int), (x * count).astype(int)
    first, second = np.full((size, size), 9.0), np.full((size, size), 9.0)
    own = np.zeros((size, size))
    for dy in (-1, 0, 1):
        for dx in (-1, 0, 1):
            i, j = (row + dy) % count, (column + dx) % count
            away_y = np.abs(y - points[i, j, 0])
            away_x = np.abs(x - points[i, j, 1])
            distance = np.hypot(np.minimum(away_y, 1 - away_y) * squeeze, np.minimum(away_x, 1 - away_x))
            distance *= count
            nearer = distance < first
            second = np.where(nearer, first, np.minimum(second, distance))
            own = np.where(nearer, shade[i, j], own)
            first = np.where(nearer, distance, first)
    return second - first, own


def mix(low: ArrayLike, high: ArrayLike, amount: Array) -> Array:
    """Colours (S, S, 3) from ``low`` at 0 to ``high`` at 1."""
    amount = np.clip(amount, 0, 1)[..., None]
    return np.asarray(low) * (1 - amount) + np.asarray(high) * amount


def step(low: float, high: float, value: Array) -> Array:
    """0 below ``low``, 1 above ``high``, smooth between."""
    t = np.clip((value - low) / (high - low), 0, 1)
    return t * t * (3 - 2 * t)


def varied(rng: np.random.Generator, colour: ArrayLike, *, shade: float = 0.15, hue: float = 0.05) -> Array:
    """A colour near another: darker or lighter by ``shade``, channels apart by ``hue``."""
    return np.asarray(colour) * rng.uniform(1 - shade, 1 + shade) * rng.uniform(1 - hue, 1 + hue, 3)


def choice(rng: np.random.Generator, *options: tuple[float, float, float]) -> Array:
    return np.array(options[rng.integers(len(options))])
