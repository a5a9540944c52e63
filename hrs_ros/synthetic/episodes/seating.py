"""People on chairs at a table, and what lies on the table."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

import numpy as np

from hrs_ros.synthetic.episodes.acting import Act, Age, ahead_of, arm, has_seat, outward
from hrs_ros.synthetic.episodes.handling import CONTACT, lay_palm, surface_points
from hrs_ros.synthetic.people import casting, postures
from hrs_ros.synthetic.people.body import Side
from hrs_ros.synthetic.people.draft import Draft
from hrs_ros.synthetic.rotation import UP, Array, about
from hrs_ros.synthetic.things.model import Model, PlacedThing, Rest, Seat

HIP_TO_EDGE = (2.4, 3.0)  # dm from the hips to the table's edge
ELBOW_ROOM = 5.5  # dm of table edge per person
SETTING = ("plate", "cup", "glass", "bottle", "food", "pot", "tableware", "vase", "book", "phone")


@dataclass(slots=True, eq=False)
class Seating:
    """A table with people at it; the drafts are not added yet."""

    table: PlacedThing
    rest: Rest
    drafts: list[Draft] = field(default_factory=list)
    chairs: list[PlacedThing] = field(default_factory=list)


def is_table_high(model: Model) -> bool:
    """Knees go below it."""
    return any(6.4 < rest.centre[1] < 8.2 for rest in model.rests)


def take_seat(act: Act, model: Model, seat: Seat, point: Array, yaw: float) -> PlacedThing:
    """Put a chair so that its seat lies above a ground point (3,) and faces ``yaw`` from the spot's front."""
    own = np.arctan2(seat.forward[0], seat.forward[2])
    rotation = about(UP, act.spot.yaw + yaw - own)
    shift = point - rotation @ (np.asarray(seat.point) * (1, 0, 1))
    return act.put(model, rotation, shift * (1, 0, 1) + act.level(model) * UP)


def sit_down(act: Act, thing: PlacedThing, seat: Seat, *, age: Age | None = None) -> Draft:
    """Somebody new on a seat; hands on the thighs."""
    draft = casting.random_draft(act.stage.studio, act.rng, age=age)
    feet = tuple(thing.to_world(foot) for foot in seat.feet)
    postures.sit(draft, act.rng, thing.to_world(seat.point), thing.turned(seat.forward), feet=feet)
    return draft


def sit_at_table(act: Act, count: int | None = None) -> Seating:
    """A table in the middle of the spot and one to three people at it.

    Most face the spot's front over the table, some sit at its ends or turn their back to the front.
    """
    rng = act.rng
    model = act.choose("touch", entities=("table",), habitat=act.habitat, fits=is_table_high)
    table = act.set_down(model, act.at(0.0), 0.0)
    rest = max(model.rests, key=lambda rest: rest.half[0] * rest.half[1])
    half_x, half_z = rest.half
    across = max(1, int(2 * half_x / ELBOW_ROOM))
    step = 2 * half_x / across
    places = [(-half_z, -half_x + step * (k + 0.5), 0.0) for k in range(across)]
    others = [(half_z, -half_x + step * (k + 0.5), np.pi) for k in range(across)]
    others += [(0.0, half_x, -np.pi / 2), (0.0, -half_x, np.pi / 2)]
    count = int(rng.choice([1, 1, 2, 2, 3])) if count is None else count
    order = [places[k] for k in rng.permutation(across)]
    if rng.random() < 0.4:
        order.insert(int(rng.integers(2)), others[rng.integers(len(others))])
    seating, chair = (
        Seating(table, rest),
        act.choose("sit on", entities=("chair", "stool"), habitat=act.habitat, largest=4.5, fits=has_seat),
    )
    for ahead, left, yaw in order[:count]:
        away = rng.uniform(*HIP_TO_EDGE)
        point = act.at(
            ahead - away * np.cos(yaw) + rest.centre[2], left - away * np.sin(yaw) + rest.centre[0]
        )
        seat = chair.seats[0]
        seating.chairs.append(take_seat(act, chair, seat, point, yaw + rng.uniform(-0.1, 0.1)))
        seating.drafts.append(sit_down(act, seating.chairs[-1], seat, age="adult"))
    return seating


def hands_on_table(act: Act, draft: Draft, sides: Iterable[Side], seating: Seating) -> tuple[str, ...]:
    """Palms go to the table near its edge; the arms that reach it."""
    rng, top = act.rng, seating.table.to_world(surface_points(seating.table.model))
    height = seating.table.to_world(seating.rest.centre)[1]
    touching = []
    for side in sides:
        if rng.random() > 0.75:
            continue
        out, forward = outward(draft, side), ahead_of(draft)
        point = draft.joint(f"upperleg01.{side}") * (1, 0, 1) + height * UP
        point = point + forward * rng.uniform(3.4, 4.2) + out * rng.uniform(-0.3, 0.8)
        gap = lay_palm(draft, side, point, forward - out * rng.uniform(0.1, 0.6), UP, top, rng)
        if gap < CONTACT:
            touching.append(arm(side))
    return tuple(touching)


def lay_table(act: Act, seating: Seating, most: int = 7) -> list[PlacedThing]:
    """Plates, cups and the like on the table, none over another, away from the hands at the edges."""
    rng, rest, placed = act.rng, seating.rest, []
    taken: list[tuple[float, float, float]] = []
    for _ in range(int(rng.integers(2, most + 1))):
        model = act.choose("hold", entities=SETTING, habitat="table", largest=1.6)
        radius = model.footprint
        spread = np.asarray(rest.half) - radius - 1.3
        if (spread <= 0).any():
            continue
        x, z = rng.uniform(-spread, spread)
        if any(np.hypot(x - a, z - b) < radius + c + 0.1 for a, b, c in taken):
            continue
        taken.append((x, z, radius))
        point = seating.table.to_world(np.add(rest.centre, (x, 0, z)))
        placed.append(act.set_down(model, point, rng.uniform(-np.pi, np.pi)))
    return placed
