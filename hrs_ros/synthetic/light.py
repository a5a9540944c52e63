"""Lighting of a scene: one key light with shadow, a fill light and hemisphere ambient."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from hrs_ros.synthetic.camera import look_at, orthographic
from hrs_ros.synthetic.rotation import Array, unit

Range = tuple[float, float]
Colour = tuple[float, float, float]

SHADOW_RADIUS = 14.0  # decimetres around the scene's centre that receive shadows
PLACE_SHADOW_RADIUS = 20.0  # the same where people are spread over a place


@dataclass(frozen=True, slots=True, eq=False)
class Light:
    """Directions point the way the light travels; colours are linear RGB."""

    key_direction: Array
    key_colour: Array
    fill_direction: Array
    fill_colour: Array
    sky: Array  # ambient from above
    ground: Array  # ambient from below
    side: Array  # ambient difference between +x and -x
    shadow_softness: float  # in units of the shadow map's width
    shadow_matrix: Array  # (4, 4) world -> light clip space
    exposure: float


def random_light(rng: np.random.Generator, centre: ArrayLike, environments: NDArray[np.float32]) -> Light:
    """Often colours and key elevation come from an environment map (N, 256, 512, 3), linear RGB."""
    azimuth = rng.uniform(-1.4, 1.4) + (np.pi if rng.random() < 0.15 else 0)
    elevation, warmth = rng.uniform(0.45, 1.35), rng.uniform(-0.15, 0.2)
    key, ambient = rng.uniform(0.6, 2.6), rng.uniform(0.25, 0.9)
    sky: Array = np.array([1 - 0.1 * warmth, 1, 1 + 0.5 * warmth]) * rng.uniform(0.95, 1.05, 3)
    ground: Array = sky * rng.uniform(0.35, 0.75) * np.array([1, 0.95, 0.9])
    colour: Array = np.array([1 + warmth, 1, 1 - warmth])
    if rng.random() < 0.5:
        sky, ground, colour, elevation = _from_environment(environments[rng.integers(len(environments))])
    horizontal = np.cos(elevation)
    direction = -np.array([np.sin(azimuth) * horizontal, np.sin(elevation), np.cos(azimuth) * horizontal])
    centre = np.asarray(centre, float)
    up = (0, 1, 0) if elevation < 1.3 else (0, 0, 1)
    view = look_at(centre - direction * 40, centre, up)
    return Light(
        key_direction=direction,
        key_colour=colour * key,
        fill_direction=unit([-direction[0], -0.3, direction[2] * 0.3 - 0.3]),
        fill_colour=rng.uniform(0, 0.35) * np.ones(3),
        sky=ambient * sky,
        ground=ambient * ground,
        side=rng.uniform(-0.15, 0.15) * np.ones(3),
        shadow_softness=rng.uniform(0.001, 0.008),
        shadow_matrix=orthographic(SHADOW_RADIUS, 1, 80) @ view,
        exposure=rng.uniform(0.55, 1.0) / (0.35 * key + 0.8 * ambient),
    )


@dataclass(frozen=True, slots=True)
class Lighting:
    """How a place is lit. ``azimuth`` = where the key light comes from, radians from +Z towards +X."""

    azimuth: Range = (-1.2, 1.2)
    elevation: Range = (0.6, 1.3)
    key_share: Range = (0.35, 0.75)  # of the light on level ground that comes from the key
    key_colour: Colour = (1.0, 1.0, 1.0)  # linear RGB, mean about 1
    sky: Colour = (1.0, 1.0, 1.0)
    ground: Colour = (0.5, 0.48, 0.45)
    softness: Range = (0.002, 0.008)  # of shadow edges, see Light
    exposure: Range = (0.65, 1.05)


def lit(lighting: Lighting, rng: np.random.Generator, centre: ArrayLike) -> Light:
    """A light of a place, whose shadows reach ``PLACE_SHADOW_RADIUS`` around ``centre``."""
    azimuth, elevation = rng.uniform(*lighting.azimuth), rng.uniform(*lighting.elevation)
    share = rng.uniform(*lighting.key_share)
    level = np.cos(elevation)
    direction = -np.array([np.sin(azimuth) * level, np.sin(elevation), np.cos(azimuth) * level])
    # Level ground gets sin(elevation) of the key and all of the sky: together about 1.
    key, ambient = share / max(np.sin(elevation), 0.35), 1 - share
    centre = np.asarray(centre, float)
    up = (0, 1, 0) if elevation < 1.3 else (0, 0, 1)
    view = look_at(centre - direction * 40, centre, up)
    return Light(
        key_direction=direction,
        key_colour=np.array(lighting.key_colour) * key,
        fill_direction=unit([-direction[0], -0.3, direction[2] * 0.3 - 0.3]),
        fill_colour=rng.uniform(0, 0.15) * np.ones(3),
        sky=ambient * np.array(lighting.sky),
        ground=(ambient + 0.3 * share) * np.array(lighting.ground),  # the ground throws some of the key back
        side=rng.uniform(-0.1, 0.1) * ambient * np.ones(3),
        shadow_softness=rng.uniform(*lighting.softness),
        shadow_matrix=orthographic(PLACE_SHADOW_RADIUS, 1, 80) @ view,
        exposure=rng.uniform(*lighting.exposure),
    )


def environment_lighting(radiance: NDArray[np.float32]) -> tuple[Lighting, float]:
    """Lighting of an equirectangular map (256, 512, 3), and the azimuth of its brightest part.

    That azimuth is a share of the map's width; the lighting's own azimuth is left to whoever turns the map.
    """
    blocks = radiance.reshape(32, 8, 64, 8, 3).mean((1, 3)).astype(float)
    elevation = np.pi / 2 - (np.arange(32) + 0.5) / 32 * np.pi
    solid = np.cos(elevation)[:, None, None]
    upper = blocks[:16]
    row, column = np.unravel_index(upper.sum(-1).argmax(), (16, 64))
    # The key is what outshines most of the sky within about 17 degrees of the brightest block.
    near = np.zeros((16, 64), bool)
    near[max(row - 3, 0) : row + 4, (column + np.arange(-3, 4)) % 64] = True
    weight = solid[:16] * np.maximum(np.sin(elevation[:16]), 0.15)[:, None, None]
    outshining = np.maximum(upper - np.median(upper, axis=(0, 1)), 0) * weight
    key = outshining[near].sum(0)
    rest = (upper * weight).sum((0, 1)) - key
    below = (blocks[16:] * solid[16:]).mean((0, 1))
    sky = rest / max(float(rest.mean()), 1e-6)
    share = float(np.clip(key.mean() / (key.mean() + rest.mean()), 0.15, 0.75))
    ground = below / max(float((upper * solid[:16]).mean()), 1e-6)
    lighting = Lighting(
        elevation=_around(float(np.clip(elevation[row], 0.4, 1.3)), 0.08),
        key_share=_around(share, 0.05),
        key_colour=_colour(0.4 + 0.6 * key / max(float(key.mean()), 1e-6)),
        sky=_colour(0.4 + 0.6 * np.clip(sky, 0.3, 2.0)),
        ground=_colour(np.clip(ground, 0.2, 0.9) * 0.6 + 0.15),
    )
    return lighting, float((column + 0.5) / 64)


def _around(value: float, spread: float) -> Range:
    return value - spread, value + spread


def _colour(rgb: Array) -> Colour:
    red, green, blue = (float(c) for c in rgb)
    return red, green, blue


def _from_environment(radiance: NDArray[np.float32]) -> tuple[Array, Array, Array, float]:
    """Sky and ground ambient, key colour and key elevation of an equirectangular map (256, 512, 3)."""
    above, below = radiance[:128].mean((0, 1)), radiance[128:].mean((0, 1))
    scale = max(float(above.mean()), 1e-4)
    blocks = radiance.reshape(32, 8, 64, 8, 3).mean((1, 3))
    row, column = np.unravel_index(blocks[:16].sum(-1).argmax(), (16, 64))
    elevation = float(np.clip(np.pi / 2 - (row + 0.5) / 32 * np.pi, 0.35, 1.35))
    brightest = blocks[row, column] / blocks[row, column].mean()
    sky = 0.5 + 0.5 * above / scale
    ground = np.clip(below / scale, 0.2, 1.2) * 0.5 + 0.25
    return sky, ground, 0.4 + 0.6 * np.clip(brightest, 0.4, 1.8), elevation
