"""Where on the free ground of a place groups of people act."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from hrs_ros.synthetic.places.place import Place
from hrs_ros.synthetic.stage import Spot

MIDDLE = np.array([0.0, -4.0])  # x, z of where people act
REACH = np.array([13.0, 6.0])  # half-lengths of the ground that companions are spread over
TRIES = 30
BACK_SHARE = 0.13  # of groups that show their backs
OVERLAP = 0.85  # discs are generous: centres may be this share of the radii's sum apart


def first_spot(rng: np.random.Generator, radius: float) -> Spot:
    """In the middle; wide groups stand further back, so that the camera is before them."""
    x, z = MIDDLE + rng.normal(0, 0.8, 2)
    return Spot(float(x), float(z - 0.2 * max(0.0, radius - 6)), radius, _yaw(rng))


def another_spot(rng: np.random.Generator, radius: float, taken: Sequence[Spot], place: Place) -> Spot | None:
    """A spot that keeps clear of the others and of what stands around; None if none was found."""
    for _ in range(TRIES):
        x, z = MIDDLE + rng.uniform(-1, 1, 2) * REACH
        spot = Spot(float(x), float(z), radius, _yaw(rng))
        if all(_apart(spot, other) for other in taken) and _is_free(spot, place):
            return spot
    return None


def _yaw(rng: np.random.Generator) -> float:
    return float(rng.uniform(-0.8, 0.8) + (np.pi if rng.random() < BACK_SHARE else 0.0))


def _apart(spot: Spot, other: Spot) -> bool:
    return bool(np.hypot(spot.x - other.x, spot.z - other.z) > OVERLAP * (spot.radius + other.radius))


def _is_free(spot: Spot, place: Place) -> bool:
    for thing in place.things:
        x, _, z = thing.translation
        if np.hypot(spot.x - x, spot.z - z) < OVERLAP * spot.radius + thing.model.footprint:
            return False
    return spot.z - spot.radius > -4.0 - place.depth
