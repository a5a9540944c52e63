"""What carries a person or a thing, and what a person is in: by lines straight down, up and around."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from hrs_ros.synthetic.rotation import Array
from hrs_ros.synthetic.scene_graph import BACKGROUND, Posture
from hrs_ros.synthetic.verify import limits
from hrs_ros.synthetic.verify.person import HIPS, SIDES, TRUNK, Person
from hrs_ros.synthetic.verify.rays import blocked, height_below
from hrs_ros.synthetic.verify.surfaces import Surface, thinned
from hrs_ros.synthetic.verify.world import World

# The relation to what carries somebody.
BY_POSTURE: dict[Posture, str] = {
    "standing": "stand on",
    "sitting": "sit on",
    "lying": "lie on",
    "squatting": "squat",
    "kneeling": "on",
    "moving": "on",
    "hanging": "on",
}
TESTED = 48  # points of a body region that lines are drawn from
DEEP = 30.0  # dm that water may stand over a foot
LEVEL_DIRECTIONS = 16
BASE = 0.1  # dm: what lies this little above a thing's lowest point may carry it


@dataclass(frozen=True, slots=True)
class Carrier:
    """An instance under a body, the share of the carried points that lie on it, and the smallest gap (dm)."""

    instance: int
    share: float
    gap: float


def bearing_points(person: Person) -> tuple[Array, float, float]:
    """Points (N, 3) of the body that carry its weight in its posture; gap and depth of sinking that count."""
    if person.posture in ("standing", "squatting", "moving"):
        soles = [thinned(person.sole(side), TESTED // 2) for side in SIDES]
        return np.concatenate(soles), limits.FEET_GAP, limits.FEET_SUNK
    if person.posture == "sitting":
        hips = person.skin(HIPS)
        points = _lowest(hips, 1.0)
    elif person.posture == "kneeling":
        legs = np.concatenate([person.region(name, side) for side in SIDES for name in ("shin", "foot")])
        points = _lowest(legs, 0.5)
    else:
        return thinned(person.skin(TRUNK), 2 * TESTED), limits.LYING_GAP, limits.BODY_SUNK
    return points, limits.BODY_GAP, limits.BODY_SUNK


def _lowest(points: Array, height: float) -> Array:
    """Points less than ``height`` above the lowest one, from low to high, thinned."""
    points = points[np.argsort(points[:, 1], kind="stable")]
    return thinned(points[points[:, 1] < points[0, 1] + height], TESTED)


def carriers(world: World, person: Person) -> list[Carrier]:
    """What lies straight below the bearing points within the gap, the highest only; by instance."""
    points, most, sunk = bearing_points(person)
    held = [o for s, o in sorted(world.claimed_in_hands) if s == person.instance]
    below, which = _highest_below(world, points, most, sunk, (person.instance, *held))
    carried = which >= 0
    result = []
    for instance in np.unique(which[carried]).tolist():
        mine = which == instance
        gap = float(np.maximum(points[mine, 1] - below[mine], 0).min())
        result.append(Carrier(instance, float(mine.sum() / carried.sum()), gap))
    return [carrier for carrier in result if carrier.share >= limits.SHARE]


def _highest_below(
    world: World, points: Array, gap: float, sunk: float, without: tuple[int, ...]
) -> tuple[Array, np.ndarray]:
    """Height (N,) of what lies first below points that may be sunk in, and its instance (N,), -1 for none."""
    top = points + np.array([0.0, sunk, 0.0])
    low, high = points.min(0) - (0, gap, 0), top.max(0)
    height, which = np.full(len(points), -np.inf), np.full(len(points), -1)
    for instance in world.nearby(low, high, *without):
        own = height_below(top, world.surfaces[instance], sunk + gap)
        better = own > height
        height, which = np.where(better, own, height), np.where(better, instance, which)
    return height, which


def rests_on(world: World, instance: int) -> int | None:
    """What lies under a thing's lowest points, 0 for unlabelled surroundings; None: nothing but hands.

    A person only if nothing else does: legs stand beside many things.
    """
    if instance not in world.resting:
        world.resting[instance] = _rests_on(world, instance)
    return world.resting[instance]


def _rests_on(world: World, instance: int) -> int | None:
    surface = world.surfaces[instance]
    points = surface.points
    lowest = points[points[:, 1] < surface.low[1] + BASE].astype(float)
    base = np.concatenate([thinned(lowest, 12), lowest.mean(0, keepdims=True)])
    raised = base + np.array([0.0, limits.RESTING, 0.0])
    found: list[tuple[bool, float, int]] = []
    low, high = base.min(0) - (0, limits.RESTING, 0), raised.max(0)
    for other in world.nearby(low, high, instance):
        if world.surfaces[other].low[1] >= surface.low[1]:
            continue  # what lies on it
        height = float(height_below(raised, world.surfaces[other], 2 * limits.RESTING).max())
        if np.isfinite(height):
            found.append((not world.is_person(other), height, other))
    return max(found)[2] if found else None


def stands_by_itself(world: World, instance: int) -> bool:
    """Whether a thing stands on the ground or on what stands there, not on or with a person."""
    seen: list[int] = []
    while instance != BACKGROUND and not world.is_stuff(instance):
        if instance in seen or world.is_person(instance):
            return False
        seen.append(instance)
        below = rests_on(world, instance)
        if below is None:
            return False
        instance = below
    return True


def surrounds(surface: Surface, person: Person) -> bool:
    """Whether a hollow thing stands around the hips, knees or ankles of a person."""
    joints = [person.pelvis, *(person.joint(f"{name}.{s}") for name in ("lowerleg01", "foot") for s in SIDES)]
    angle = np.arange(LEVEL_DIRECTIONS) * 2 * np.pi / LEVEL_DIRECTIONS
    around = np.stack([np.cos(angle), np.zeros_like(angle), np.sin(angle)], 1) * limits.WIDEST
    for joint in joints:
        if (joint < surface.low).any() or (joint > surface.high).any():
            continue
        if blocked(joint, joint + around, surface).mean() >= limits.ENCLOSED:
            return True
    return False


def immersed(surface: Surface, person: Person) -> float:
    """Depth in dm of the lowest foot below a water's surface; negative or -inf if it is above."""
    feet = np.concatenate([person.region("foot", side) for side in SIDES])
    lowest = feet[feet[:, 1].argmin()][None]
    above = lowest + np.array([0.0, DEEP, 0.0])
    return float(height_below(above, surface, DEEP + 10.0)[0] - lowest[0, 1])
