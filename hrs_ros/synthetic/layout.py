"""Where on the free ground of a place groups of people act."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from hrs_ros.synthetic.places.place import Place
from hrs_ros.synthetic.stage import Spot
from hrs_ros.synthetic.things.model import PlacedThing

MIDDLE = np.array([0.0, -4.0])  # x, z of where people act
REACH = np.array([13.0, 6.0])  # half-lengths of the ground that companions are spread over
TRIES = 30
BACK_SHARE = 0.13  # of groups that show their backs
OVERLAP = 0.85  # discs are generous: centres may be this share of the radii's sum apart


def first_spot(rng: np.random.Generator, radius: float, place: Place) -> Spot:
    """In the middle; wide groups stand further back, but not in the back wall."""
    x, z = MIDDLE + rng.normal(0, 0.8, 2)
    z = max(z - 0.2 * max(0.0, radius - 6), _back(place) + radius)
    return Spot(float(x), float(z), radius, _yaw(rng))


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
    clear = all(_gap(spot, thing) > OVERLAP * spot.radius for thing in place.things)
    return clear and spot.z - spot.radius > _back(place)


def _gap(spot: Spot, thing: PlacedThing) -> float:
    """Distance on the ground from the middle of a spot to the box around a thing, decimetres."""
    low, high = thing.model.bounds
    offset = np.array([spot.x, 0.0, spot.z]) - thing.translation
    at = (offset @ thing.rotation)[[0, 2]]
    return float(np.linalg.norm(at - np.clip(at, low[[0, 2]], high[[0, 2]])))


def _back(place: Place) -> float:
    """z of what is behind."""
    return float(MIDDLE[1]) - place.depth
