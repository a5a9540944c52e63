"""What one walks on outdoors."""

from __future__ import annotations

import numpy as np

from hrs_ros.synthetic.patterns.field import Pattern, cells, choice, clouds, grid, mix, step, varied
from hrs_ros.synthetic.rotation import Array


def asphalt(rng: np.random.Generator, size: int) -> Array:
    """Fine grains; patches and cracks."""
    colour = varied(rng, choice(rng, (0.3, 0.3, 0.31), (0.38, 0.37, 0.36), (0.45, 0.44, 0.42)))
    image = mix(colour * 0.75, colour * 1.2, clouds(rng, size, base=64, octaves=4, fade=0.9))
    image *= 0.85 + 0.3 * clouds(rng, size, base=2, octaves=3)[..., None]
    if rng.random() < 0.5:
        warp = clouds(rng, size, base=4, octaves=4)
        image[np.abs(warp - 0.5) < 0.004] *= 0.6
    return image


def sand(rng: np.random.Generator, size: int) -> Array:
    """Grains with soft dunes or footprints' hollows."""
    colour = varied(rng, choice(rng, (0.78, 0.69, 0.53), (0.85, 0.79, 0.66), (0.7, 0.58, 0.42)))
    image = mix(colour * 0.85, colour * 1.08, clouds(rng, size, base=100, octaves=3, fade=0.8))
    return image * (0.82 + 0.24 * clouds(rng, size, base=8, octaves=3)[..., None])


def snow(rng: np.random.Generator, size: int) -> Array:
    """Nearly white, blue in its hollows."""
    hollow = clouds(rng, size, base=6, octaves=4)
    image = mix([0.8, 0.85, 0.92], [0.96, 0.965, 0.97], step(0.15, 0.7, hollow))
    return image * (0.95 + 0.05 * clouds(rng, size, base=128, octaves=2)[..., None])


def gravel(rng: np.random.Generator, size: int) -> Array:
    """Pebbles."""
    border, shade = cells(rng, size, int(rng.integers(22, 40)))
    colour = varied(rng, choice(rng, (0.55, 0.53, 0.5), (0.62, 0.57, 0.48), (0.48, 0.46, 0.45)))
    image = mix(colour * 0.65, colour * 1.25, shade) * (0.5 + 0.5 * step(0.02, 0.35, border))[..., None]
    return image * (0.9 + 0.2 * clouds(rng, size, base=32)[..., None])


def paving(rng: np.random.Generator, size: int) -> Array:
    """Slabs, bricks set on edge, or cobbles."""
    colour = varied(rng, choice(rng, (0.6, 0.59, 0.57), (0.66, 0.6, 0.52), (0.56, 0.43, 0.38)))
    grain = clouds(rng, size, base=32, octaves=4)
    sort = rng.integers(3)
    if sort == 0:
        border, shade = cells(rng, size, int(rng.integers(9, 14)))
        joint = 1 - step(0.04, 0.14, border)
    else:
        rows = int(rng.integers(4, 7)) if sort == 1 else int(rng.integers(8, 13))
        columns = rows if sort == 1 else rows // 2
        y, x = grid(size)
        row = np.floor(y * rows).astype(int)
        along = (x * columns + 0.5 * (row % 2) * (sort == 2 or rng.random() < 0.5)) % columns
        shade = rng.random((rows, columns))[row, along.astype(int)]
        width = 0.035 * rows / 5
        joint = ((y * rows % 1 < width) | (along % 1 < width * columns / rows)).astype(float)
    image = mix(colour * 0.8, colour * 1.15, 0.6 * shade + 0.4 * grain)
    return mix(image, colour * 0.5, joint) * (0.88 + 0.2 * clouds(rng, size, base=3)[..., None])


def meadow(rng: np.random.Generator, size: int) -> Array:
    """Grass with clover, dry patches and, sometimes, flowers."""
    green = varied(rng, choice(rng, (0.28, 0.4, 0.13), (0.36, 0.46, 0.18), (0.22, 0.36, 0.12)), hue=0.1)
    dry = varied(rng, (0.55, 0.5, 0.28))
    blades = clouds(rng, size, base=80, octaves=3, stretch=(1, 1.6), fade=0.9)
    image = mix(green * 0.5, green * 1.35, blades)
    image = mix(
        image, dry * (0.6 + 0.6 * blades[..., None]), step(0.55, 0.9, clouds(rng, size, base=3)) * 0.7
    )
    if rng.random() < 0.4:
        border, shade = cells(rng, size, 26)
        centre = (border > np.quantile(border, 0.985)) & (shade < 0.4)
        image[centre] = choice(rng, (0.95, 0.95, 0.92), (0.95, 0.85, 0.2), (0.75, 0.45, 0.75))
    return image


def turf(rng: np.random.Generator, size: int) -> Array:
    """Mown lawn of a sports field in two shades of stripes, or artificial turf."""
    green = varied(rng, choice(rng, (0.25, 0.42, 0.16), (0.2, 0.4, 0.2), (0.3, 0.46, 0.15)), hue=0.08)
    image = mix(green * 0.7, green * 1.2, clouds(rng, size, base=100, octaves=3, fade=0.9))
    if rng.random() < 0.6:
        _, x = grid(size)
        image *= (0.88 + 0.2 * (x < 0.5))[..., None]
    return image


def tartan(rng: np.random.Generator, size: int) -> Array:
    """Rubber granules of running tracks and courts."""
    colour = varied(
        rng,
        choice(rng, (0.66, 0.28, 0.2), (0.56, 0.22, 0.18), (0.2, 0.35, 0.55), (0.2, 0.42, 0.32)),
        hue=0.08,
    )
    return mix(colour * 0.8, colour * 1.2, clouds(rng, size, base=128, octaves=2, fade=0.9))


def soil(rng: np.random.Generator, size: int) -> Array:
    """Trodden earth with small stones and dead leaves."""
    colour = varied(rng, choice(rng, (0.42, 0.33, 0.24), (0.5, 0.42, 0.32), (0.34, 0.27, 0.2)))
    image = mix(colour * 0.65, colour * 1.25, clouds(rng, size, base=16, octaves=5, fade=0.75))
    border, shade = cells(rng, size, 34)
    litter = (border > 0.35) & (shade < rng.uniform(0.05, 0.3))
    image[litter] = image[litter] * 0.4 + 0.6 * varied(
        rng, choice(rng, (0.55, 0.5, 0.45), (0.55, 0.38, 0.16))
    )
    return image


def rock(rng: np.random.Generator, size: int) -> Array:
    """Cleft stone of boulders and cliffs."""
    colour = varied(rng, choice(rng, (0.52, 0.51, 0.5), (0.58, 0.54, 0.47), (0.44, 0.43, 0.44)))
    image = mix(colour * 0.55, colour * 1.25, clouds(rng, size, base=6, octaves=7, fade=0.7))
    cleft = np.abs(clouds(rng, size, base=5, octaves=5, stretch=(1.6, 0.8)) - 0.5)
    image *= (0.55 + 0.45 * step(0.0, 0.05, cleft))[..., None]
    moss = step(0.6, 0.8, clouds(rng, size, base=5)) * rng.uniform(0, 0.6)
    return mix(image, varied(rng, (0.32, 0.36, 0.2)), moss)


def ripples(rng: np.random.Generator, size: int) -> Array:
    """Water: small waves between a deep and a light tone."""
    deep = varied(
        rng,
        choice(rng, (0.1, 0.26, 0.34), (0.16, 0.38, 0.45), (0.12, 0.24, 0.24), (0.2, 0.5, 0.56)),
        hue=0.08,
    )
    waves = clouds(rng, size, base=8, octaves=5, stretch=(2.2, 0.8), fade=0.6)
    crest = 1 - np.abs(2 * waves - 1)
    image = mix(deep * 0.75, deep * 1.35, waves)
    return mix(image, deep * 0.4 + 0.5, step(0.93, 1.0, crest) * 0.5)


PATTERNS: dict[str, tuple[Pattern, int]] = {
    "asphalt": (asphalt, 7), "sand": (sand, 7), "snow": (snow, 6), "gravel": (gravel, 7),
    "paving": (paving, 9), "meadow": (meadow, 9), "turf": (turf, 6), "tartan": (tartan, 6),
    "soil": (soil, 6), "rock": (rock, 8), "ripples": (ripples, 8),
}  # fmt: skip
