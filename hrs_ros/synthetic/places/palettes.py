"""Colours that go together in one place; linear RGB."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

Colour = tuple[float, float, float]

WILD = 0.15  # share of places with colours at random

# Paints of walls: white, cream, grey, sage, blue-grey, sand, rose, and stronger ones.
_WALLS: tuple[Colour, ...] = (
    (0.82, 0.81, 0.78), (0.8, 0.75, 0.64), (0.62, 0.62, 0.61), (0.52, 0.58, 0.48), (0.46, 0.54, 0.6),
    (0.68, 0.58, 0.45), (0.72, 0.56, 0.5), (0.78, 0.79, 0.82), (0.25, 0.35, 0.38), (0.55, 0.28, 0.2),
)  # fmt: skip
_WALL_SHARES = (0.24, 0.16, 0.12, 0.08, 0.08, 0.08, 0.06, 0.1, 0.05, 0.03)
# Accents: what curtains, rugs and cupboards take up.
_ACCENTS: tuple[Colour, ...] = (
    (0.7, 0.66, 0.58), (0.2, 0.26, 0.34), (0.36, 0.12, 0.1), (0.16, 0.24, 0.17), (0.5, 0.35, 0.14),
    (0.4, 0.4, 0.4), (0.08, 0.08, 0.09), (0.55, 0.4, 0.38), (0.75, 0.75, 0.73),
)  # fmt: skip
# Floors whose texture has no plausible colour of its own.
_FLOORS: tuple[Colour, ...] = (
    (0.5, 0.48, 0.45), (0.36, 0.31, 0.26), (0.18, 0.2, 0.24), (0.62, 0.58, 0.5), (0.3, 0.13, 0.1),
    (0.7, 0.69, 0.66), (0.2, 0.26, 0.2), (0.48, 0.3, 0.18),
)  # fmt: skip
_WHITE: Colour = (0.8, 0.8, 0.78)


@dataclass(frozen=True, slots=True)
class Palette:
    """Colours of one place."""

    wall: Colour
    accent: Colour
    second: Colour  # another accent
    trim: Colour  # of frames, doors and skirting
    floor: Colour
    wild: bool  # colours at random: textures keep theirs, too


def house_colour(rng: np.random.Generator) -> Colour:
    """A paint or a stone of some house."""
    return _near(rng, _WALLS[rng.choice(len(_WALLS), p=_WALL_SHARES)])


def choose_palette(rng: np.random.Generator) -> Palette:
    """Paints with accents in a few shared tones; sometimes anything."""
    if rng.random() < WILD:
        wall, accent, second, trim, floor = (_colour(rng.uniform(0.05, 0.9, 3)) for _ in range(5))
        return Palette(wall, accent, second, trim, floor, True)
    wall = house_colour(rng)
    first, other = (_ACCENTS[k] for k in rng.choice(len(_ACCENTS), 2, replace=False))
    trim = _near(rng, _WHITE if rng.random() < 0.6 else first)
    floor = _near(rng, _FLOORS[rng.integers(len(_FLOORS))])
    return Palette(wall, _near(rng, first), _near(rng, other), trim, floor, False)


def _near(rng: np.random.Generator, colour: Colour) -> Colour:
    return _colour(
        np.clip(np.array(colour) * rng.uniform(0.85, 1.12) * rng.uniform(0.94, 1.06, 3), 0.02, 0.9)
    )


def _colour(rgb: np.ndarray) -> Colour:
    red, green, blue = (float(channel) for channel in rgb)
    return red, green, blue
