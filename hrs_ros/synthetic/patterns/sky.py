"""Skies as a dome shows them: azimuth along x, elevation from -90 degrees at the bottom to 90 at the top."""

from __future__ import annotations

import numpy as np

from hrs_ros.synthetic.patterns.field import Pattern, clouds, grid, mix, step, varied
from hrs_ros.synthetic.rotation import Array

GLOW_AT = 0.5  # azimuth (share of the picture) of the brightest part of a dusk sky


def _elevation(size: int) -> Array:
    """(S, S): 0 at the horizon and below, 1 at the zenith."""
    y, _ = grid(size)
    return np.clip(1 - 2 * y, 0, 1)


def _cumulus(rng: np.random.Generator, size: int, height: Array) -> Array:
    """Amount of cloud; flatter towards the horizon, as in perspective."""
    far = clouds(rng, size, base=5, octaves=7, stretch=(5, 1.2), fade=0.6)
    near = clouds(rng, size, base=3, octaves=7, stretch=(2.5, 1), fade=0.6)
    cover = far * (1 - step(0.05, 0.4, height)) + near * step(0.05, 0.4, height)
    return cover * step(0.0, 0.04, height)


def clear(rng: np.random.Generator, size: int) -> Array:
    """Blue, pale at the horizon, with a few clouds or none."""
    height = _elevation(size)
    horizon, zenith = varied(rng, (0.78, 0.87, 0.94), shade=0.06), varied(rng, (0.25, 0.47, 0.78), shade=0.2)
    image = mix(horizon, zenith, height ** rng.uniform(0.45, 0.7))
    cover = rng.uniform(0.5, 0.85)
    return mix(image, [0.97, 0.97, 0.98], step(cover, cover + 0.2, _cumulus(rng, size, height)))


def cloudy(rng: np.random.Generator, size: int) -> Array:
    """Overcast or broken."""
    height = _elevation(size)
    light, dark = (
        varied(rng, (0.88, 0.89, 0.91), shade=0.06, hue=0.02),
        varied(rng, (0.58, 0.61, 0.66), shade=0.12),
    )
    image = mix(dark, light, step(0.15, 0.85, _cumulus(rng, size, height)))
    return mix(image, light, (1 - height) ** 6)


def dusk(rng: np.random.Generator, size: int) -> Array:
    """Low sun: a warm glow on one side (GLOW_AT), violet opposite, dark blue above; lit clouds."""
    height = _elevation(size)
    _, x = grid(size)
    towards = 0.5 + 0.5 * np.cos((x - GLOW_AT) * 2 * np.pi)
    warm, rose = varied(rng, (0.98, 0.66, 0.36)), varied(rng, (0.74, 0.64, 0.65), hue=0.03)
    above = varied(rng, (0.33, 0.4, 0.56), shade=0.25)
    low = mix(rose, warm, towards**2)
    image = mix(low, above, height**0.5)
    cloud = step(0.5, 0.75, _cumulus(rng, size, height))
    return mix(image, mix([0.4, 0.36, 0.45], [0.98, 0.6, 0.42], towards), cloud * 0.75)


PATTERNS: dict[str, tuple[Pattern, int]] = {
    "sky_clear": (clear, 7), "sky_cloudy": (cloudy, 7), "sky_dusk": (dusk, 5),
}  # fmt: skip
