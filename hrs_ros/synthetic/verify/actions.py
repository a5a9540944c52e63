"""Whether a claimed action holds: a check of the whole, and one of each acting part.

Every check returns None where the claim holds, else why it does not.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from hrs_ros.synthetic.people.body import Side
from hrs_ros.synthetic.rotation import Array, unit
from hrs_ros.synthetic.verify import limits
from hrs_ros.synthetic.verify.contact import gap, touching
from hrs_ros.synthetic.verify.order import nearest, of_thing
from hrs_ros.synthetic.verify.person import SIDES, Person
from hrs_ros.synthetic.verify.sight import looks_at
from hrs_ros.synthetic.verify.support import carriers, rests_on
from hrs_ros.synthetic.verify.surfaces import longest_side
from hrs_ros.synthetic.verify.world import World

Whole = Callable[[World, Person, int], str | None]
Part = Callable[[World, Person, int, Side], str | None]
SEARCH = 4.0  # dm up to which a message tells how far away something is

AMID = 0.1  # dm from the hips on the ground: too near for a direction


@dataclass(frozen=True, slots=True)
class Action:
    """Checks of one predicate; ``parts`` by the last word of a part's name: arm, leg, shoe, face."""

    whole: Whole
    parts: dict[str, Part]


def check_action(
    world: World, person: Person, predicate: str, target: int, parts: tuple[str, ...]
) -> tuple[list[str], list[tuple[str, str]]]:
    """Acting parts that are verified, and those that are not with the reason."""
    action = ACTIONS[predicate]
    problem = action.whole(world, person, target)
    verified: list[str] = []
    refused: list[tuple[str, str]] = []
    for part in parts:
        kind, side = part.split()[-1], side_of(part)
        check = action.parts.get(kind)
        if problem is not None:
            refused.append((part, problem))
        elif check is None:
            refused.append((part, f"{part} does not {predicate}"))
        elif (reason := check(world, person, target, side)) is not None:
            refused.append((part, reason))
        else:
            verified.append(part)
    return verified, refused


def side_of(part: str) -> Side:
    """Of a part's name; parts without a side count as left, their checks do not ask."""
    return "R" if part.startswith("right") else "L"


def _anything(world: World, person: Person, target: int) -> str | None:
    return None


def _touches(world: World, person: Person, target: int, side: Side) -> str | None:
    surface = world.surfaces[target]
    regions = [person.hand(side)]
    if world.is_person(target) or longest_side(surface) >= limits.BULKY:
        regions.append(person.region("forearm", side))  # people and bulky things are embraced
    return _far(world, "hand", np.concatenate(regions), target, limits.CONTACT)


def _far(world: World, what: str, points: Array, target: int, limit: float) -> str | None:
    """Whether points (N, 3) of a body are further from a thing than the limit."""
    surface = world.surfaces[target]
    if touching(points, surface, limit):
        return None
    distance = gap(points, surface, SEARCH)
    told = f"{distance:.2f} dm" if np.isfinite(distance) else f"more than {SEARCH} dm"
    return f"{what} {told} from {world.name(target)}, limit {limit}"


def _grips(world: World, person: Person, target: int, side: Side) -> bool:
    """Thumb and another finger or the palm all but touch the thing: the hand is around it."""
    surface = world.surfaces[target]
    names = ("thumb", "fingers")
    return all(touching(person.region(name, side), surface, limits.CONTACT) for name in names)


def _in_hands(world: World, person: Person, target: int) -> str | None:
    """Nothing but hands carries the thing, or a hand is closed around it."""
    if world.is_person(target):
        return None
    below = rests_on(world, target)
    if below is None or world.is_person(below) or (person.instance, below) in world.claimed_in_hands:
        return None
    if any(_grips(world, person, target, side) for side in SIDES):
        return None
    return f"{world.name(target)} rests on {world.name(below)} and no hand is around it"


def _carried(world: World, person: Person, target: int) -> str | None:
    size = longest_side(world.surfaces[target])
    if person.posture != "moving" and size < limits.BULKY:
        return f"{world.name(target)} is {size:.1f} dm long (limit {limits.BULKY}) and nobody walks"
    return _in_hands(world, person, target)


def _lean(world: World, person: Person, target: int) -> float:
    """Angle of the trunk towards the nearest point of the thing, level; its middle for somebody amid it."""
    thing, pelvis = of_thing(world.surfaces[target]), person.pelvis[[0, 2]]
    x, z = nearest(pelvis, thing.outline)
    if np.hypot(x - pelvis[0], z - pelvis[1]) < AMID:
        x, z = thing.centre
    return person.lean_towards(np.array([x, 0.0, z]))


def _pushed(world: World, person: Person, target: int) -> str | None:
    lean = _lean(world, person, target)
    if lean >= limits.LEAN:
        return None
    return f"trunk leans {np.rad2deg(lean):.0f} degrees towards {world.name(target)}, push needs 3"


def _pulled(world: World, person: Person, target: int) -> str | None:
    lean = _lean(world, person, target)
    surface = world.surfaces[target]
    behind = float(((surface.low + surface.high) / 2 - person.pelvis) @ person.forward) < 0
    if behind or lean <= -limits.LEAN:
        return None
    angle = np.rad2deg(lean)
    return f"trunk leans {angle:.0f} degrees towards {world.name(target)} before it, pull needs -3"


def _thrown(world: World, person: Person, target: int) -> str | None:
    below = rests_on(world, target)
    if below is None or world.is_person(below):
        return None
    return f"{world.name(target)} rests on {world.name(below)}"


def _throws(world: World, person: Person, target: int, side: Side) -> str | None:
    hip, shoulder = person.joint(f"upperleg01.{side}")[1], person.joint(f"upperarm01.{side}")[1]
    if person.joint(f"wrist.{side}")[1] < (hip + shoulder) / 2:
        return "the throwing hand is not raised to the chest"
    return _far(world, "hand", person.hand(side), target, limits.THROWN)


def _at_foot(world: World, person: Person, target: int, side: Side) -> str | None:
    return _far(world, "foot", person.foot(side), target, limits.BALL)


def _ridden(world: World, person: Person, target: int) -> str | None:
    found = carriers(world, person)
    if any(carrier.instance == target for carrier in found):
        return None
    names = ", ".join(world.name(carrier.instance) for carrier in found) or "nothing"
    return f"{names} carries the rider, not {world.name(target)}"


def _leg_on(world: World, person: Person, target: int, side: Side) -> str | None:
    leg = np.concatenate([person.region("leg", side), person.foot(side)])
    return _far(world, "leg", leg, target, limits.AT_LEG)


def _at_mouth(world: World, person: Person, target: int, side: Side) -> str | None:
    return _far(world, "mouth", person.mouth[None], target, limits.MOUTHFUL)


def _talks(world: World, person: Person, target: int, side: Side) -> str | None:
    if not world.is_person(target):
        points = np.concatenate([person.mouth[None], person.ears])
        return _far(world, "head", points, target, limits.AT_HEAD)
    way = world.people[target].middle("eye.L", "eye.R") - person.middle("eye.L", "eye.R")
    distance = float(np.linalg.norm(way))
    if distance > limits.TALKING:
        return f"heads {distance:.0f} dm apart, limit {limits.TALKING:.0f}"
    _, gaze = person.gaze
    angle = float(np.arccos(np.clip(max(unit(way) @ gaze, unit(way) @ unit(person.face)), -1, 1)))
    if angle > limits.FACING:
        return f"face {np.rad2deg(angle):.0f} degrees off {world.name(target)}, limit 30"
    return None


def _looks(world: World, person: Person, target: int, side: Side) -> str | None:
    return looks_at(world, person, target)


def _by_hand(whole: Whole) -> Action:
    return Action(whole, {"arm": _touches})


ACTIONS: dict[str, Action] = {
    "hold": _by_hand(_in_hands),
    "carry": _by_hand(_carried),
    "touch": _by_hand(_anything),
    "push": _by_hand(_pushed),
    "pull": _by_hand(_pulled),
    "use": _by_hand(_anything),
    "play": Action(_anything, {"arm": _touches, "shoe": _at_foot, "leg": _at_foot}),
    "throw": Action(_thrown, {"arm": _throws}),
    "kick": Action(_anything, {"shoe": _at_foot, "leg": _at_foot}),
    "ride": Action(_ridden, {"leg": _leg_on, "shoe": _leg_on}),
    "drink": Action(_anything, {"face": _at_mouth}),
    "eat": Action(_anything, {"face": _at_mouth}),
    "talk": Action(_anything, {"face": _talks}),
    "look at": Action(_anything, {"face": _looks}),
}
