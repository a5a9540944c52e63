"""Stand on, sit on, lie on, squat, on: weight on the ground or on furniture."""

from __future__ import annotations

from typing import Literal

import numpy as np

from hrs_ros.synthetic.episodes.acting import SIDES, Act, ahead_of, arm, has_seat, outward
from hrs_ros.synthetic.episodes.gestures import idle_arms
from hrs_ros.synthetic.episodes.handling import CONTACT, lay_palm, surface_points
from hrs_ros.synthetic.episodes.seating import hands_on_table, lay_table, sit_at_table, sit_down, take_seat
from hrs_ros.synthetic.people import casting, postures
from hrs_ros.synthetic.people.draft import Draft
from hrs_ros.synthetic.rotation import UP, Array
from hrs_ros.synthetic.stage import Cast, Episode, Spot, Stage
from hrs_ros.synthetic.things.model import Model, Rest

SITTABLE = (
    "chair",
    "stool",
    "sofa",
    "bench",
    "bed",
    "steps",
    "stairs",
    "stone",
    "amusement facilities",
    "box",
)
LAIN_ON = ("bed", "sofa", "bench", "blanket", "rug", "surfboard")
STANDABLE = ("stool", "steps", "stairs", "box", "stone", "skateboard", "bench")
FACES: tuple[Literal["up", "side", "down"], ...] = ("up", "up", "side", "down")
FOOTING_HALF = 1.0  # dm: half a shoe's length, with a margin for two feet
KNEELING_HALF = 1.4  # dm: half the width two knees need


def stand_about(stage: Stage, rng: np.random.Generator, spot: Spot) -> Cast:
    """One or two people stand, from any side, arms hanging, on the hips or crossed."""
    act = Act(stage, rng, spot)
    gap = rng.uniform(2.6, 4.0)
    for left in (0.0,) if rng.random() < 0.5 else (-gap, gap):
        draft = act.person(rng.uniform(-1, 1), left, rng.uniform(-np.pi, np.pi))
        idle_arms(draft, rng)
        act.claim(act.enter(draft), "stand on", act.ground)
    return act.cast


def arms_crossed(stage: Stage, rng: np.random.Generator, spot: Spot) -> Cast:
    """Somebody stands with the arms crossed, seen from the front or the side."""
    act = Act(stage, rng, spot)
    draft = act.person(yaw=rng.uniform(-1.3, 1.3))
    postures.cross_arms(draft, rng)
    act.claim(act.enter(draft), "stand on", act.ground)
    return act.cast


def stand_on_thing(stage: Stage, rng: np.random.Generator, spot: Spot) -> Cast:
    """Somebody stands on a box, a step, a stool."""
    act = Act(stage, rng, spot)
    model = act.choose(
        "stand on", entities=STANDABLE, habitat=act.habitat, largest=spot.radius, fits=has_footing
    )
    thing = act.set_down(model, act.at(0), rng.uniform(-0.6, 0.6))
    rest = max(model.rests, key=lambda rest: min(rest.half))
    draft = act.person(yaw=rng.uniform(-np.pi, np.pi))
    centre = thing.to_world(rest.centre)
    draft.root = np.array([centre[0], draft.root[1], centre[2]])
    draft.stand_on(float(centre[1]))
    idle_arms(draft, rng)
    act.claim(act.enter(draft), "stand on", thing)
    return act.cast


def sit_on_thing(stage: Stage, rng: np.random.Generator, spot: Spot) -> Cast:
    """One person or, where there is room, several on a chair, sofa, bench, bed, step or swing."""
    act = Act(stage, rng, spot)
    model = act.choose(
        "sit on", entities=SITTABLE, habitat=act.habitat, largest=spot.radius + 2, fits=has_seat
    )
    yaw = rng.uniform(-1.2, 1.2) + (np.pi if rng.random() < 0.12 else 0.0)
    seats = [model.seats[k] for k in rng.permutation(len(model.seats))]
    thing = take_seat(act, model, seats[0], act.at(0), yaw)
    for seat in seats[: int(rng.integers(1, len(seats) + 1))]:
        draft = sit_down(act, thing, seat)
        seated_arms(draft, rng)
        act.claim(act.enter(draft), "sit on", thing)
    return act.cast


def sit_with_table(stage: Stage, rng: np.random.Generator, spot: Spot) -> Cast:
    """People at a table with plates and cups on it, hands on the table or in the lap."""
    act = Act(stage, rng, spot)
    seating = sit_at_table(act)
    lay_table(act, seating)
    for draft, chair in zip(seating.drafts, seating.chairs, strict=True):
        touching = hands_on_table(act, draft, SIDES, seating)
        human = act.enter(draft)
        act.claim(human, "sit on", chair)
        act.touch(human, seating.table, touching)
    return act.cast


def sit_on_ground(stage: Stage, rng: np.random.Generator, spot: Spot) -> Cast:
    """One or two people sit on the ground."""
    act = Act(stage, rng, spot)
    for left in (0.0,) if rng.random() < 0.6 else (-4.0, 4.0):
        draft = casting.random_draft(stage.studio, rng)
        forward = act.direction(rng.uniform(-1.4, 1.4) + (np.pi if rng.random() < 0.15 else 0))
        postures.sit(draft, rng, act.at(rng.uniform(-1, 1), left), forward)
        seated_arms(draft, rng)
        act.claim(act.enter(draft), "sit on", act.ground)
    return act.cast


def lie_on_ground(stage: Stage, rng: np.random.Generator, spot: Spot) -> Cast:
    """On the floor, grass or beach."""
    act = Act(stage, rng, spot)
    draft = casting.random_draft(stage.studio, rng)
    lie_down(act, draft, act.at(0), act.direction(rng.uniform(-np.pi, np.pi)))
    act.claim(act.enter(draft), "lie on", act.ground)
    return act.cast


def lie_on_thing(stage: Stage, rng: np.random.Generator, spot: Spot) -> Cast:
    """On a bed, a sofa, a blanket or a rug."""
    act = Act(stage, rng, spot)
    draft = casting.random_draft(stage.studio, rng)
    length = float(np.ptp(draft.visible_skin()[:, 1]))
    try:
        model = act.choose(
            "lie on",
            entities=LAIN_ON,
            habitat=act.habitat,
            largest=spot.radius + 2,
            fits=lambda thing: _long_side(thing) > length,
        )
    except LookupError:  # nothing is long enough for this person
        return lie_on_ground(stage, rng, spot)
    thing = act.set_down(model, act.at(0), rng.choice([0.0, np.pi / 2, -np.pi / 2]) + rng.uniform(-0.4, 0.4))
    rest = max(model.rests, key=lambda rest: max(rest.half))
    axis = thing.turned(_long_axis(rest)) * rng.choice([-1.0, 1.0])
    lie_down(act, draft, thing.to_world(rest.centre), axis)
    act.claim(act.enter(draft), "lie on", thing)
    return act.cast


def squat_alone(stage: Stage, rng: np.random.Generator, spot: Spot) -> Cast:
    act = Act(stage, rng, spot)
    draft = act.person(yaw=rng.uniform(-np.pi, np.pi))
    postures.squat(draft, rng)
    act.claim(act.enter(draft), "squat", act.ground)
    return act.cast


def squat_and_touch(stage: Stage, rng: np.random.Generator, spot: Spot) -> Cast:
    """Somebody squats and reaches for a thing on the ground."""
    act = Act(stage, rng, spot)
    draft, side = act.person(-2.0, yaw=rng.uniform(-1.2, 1.2)), act.side()
    postures.squat(draft, rng)
    model = act.choose("touch", habitat=act.habitat, largest=2.5, fits=is_low)
    _, high = model.bounds
    toes = draft.joint(f"toe2-1.{side}") * (1, 0, 1)
    distance = 0.6 + model.footprint
    point = toes + ahead_of(draft) * distance + outward(draft, side) * 0.3
    thing = act.set_down(model, point, rng.uniform(-np.pi, np.pi))
    top = thing.to_world(surface_points(model))
    aim = np.array([point[0], high[1], point[2]])
    target = top[np.argmin(np.linalg.norm(top - (aim - ahead_of(draft) * 0.3 * distance), axis=1))]
    draft.look_at(target)
    gap = lay_palm(draft, side, target, ahead_of(draft) - 0.4 * UP, UP, top, rng)
    human = act.enter(draft)
    act.claim(human, "squat", act.ground)
    act.claim(human, "look at", thing, "face")
    if gap < CONTACT:
        act.claim(human, "touch", thing, arm(side))
    act.watch(target)
    return act.cast


def kneel_on_ground(stage: Stage, rng: np.random.Generator, spot: Spot) -> Cast:
    """Kneeling counts as "on"."""
    act = Act(stage, rng, spot)
    draft = act.person(yaw=rng.uniform(-np.pi, np.pi))
    postures.kneel(draft, rng)
    act.claim(act.enter(draft), "on", act.ground)
    return act.cast


def kneel_on_thing(stage: Stage, rng: np.random.Generator, spot: Spot) -> Cast:
    """On a blanket, a rug, a boat or a vehicle."""
    act = Act(stage, rng, spot)
    model = act.choose("on", habitat=act.habitat, largest=spot.radius + 2, fits=is_broad)
    thing = act.set_down(model, act.at(0), rng.uniform(-0.6, 0.6))
    rest = max(model.rests, key=lambda rest: min(rest.half))
    draft = act.person(yaw=rng.uniform(-np.pi, np.pi))
    centre = thing.to_world(rest.centre)
    draft.root = np.array([centre[0], draft.root[1], centre[2]])
    postures.kneel(draft, rng)
    draft.stand_on(float(centre[1]))
    act.claim(act.enter(draft), "on", thing)
    return act.cast


def lie_down(act: Act, draft: Draft, centre: Array, head: Array) -> None:
    """On the back, a side or the belly; ``head``: level world direction (3,) of the head."""
    face = FACES[act.rng.integers(len(FACES))]
    postures.lie(draft, act.rng, centre * (1, 0, 1), head, face=face, height=float(centre[1]))


def is_low(model: Model) -> bool:
    """Within reach of somebody who squats."""
    return bool(model.bounds[1][1] < 4.0)


def _long_side(model: Model) -> float:
    return max((2 * max(rest.half) for rest in model.rests), default=0.0)


def has_footing(model: Model) -> bool:
    """Room for two feet."""
    return any(min(rest.half) > FOOTING_HALF for rest in model.rests)


def is_broad(model: Model) -> bool:
    """Room for somebody who kneels."""
    return any(min(rest.half) > KNEELING_HALF for rest in model.rests)


def _long_axis(rest: Rest) -> Array:
    return np.array([1.0, 0, 0]) if rest.half[0] > rest.half[1] else np.array([0, 0, 1.0])


def seated_arms(draft: Draft, rng: np.random.Generator) -> None:
    """Hands stay on the thighs, or the arms are crossed."""
    if rng.random() < 0.12:
        postures.cross_arms(draft, rng)


EPISODES = (
    Episode("stand about", ("stand on",), stand_about, radius=6.0, people=(1, 2)),
    Episode("arms crossed", ("stand on",), arms_crossed, radius=5.0, weight=0.7),
    Episode("stand on a thing", ("stand on",), stand_on_thing, radius=6.0),
    Episode("sit on a thing", ("sit on",), sit_on_thing, radius=10.0, people=(1, 3), weight=2.0),
    Episode("sit at a table", ("sit on",), sit_with_table, radius=12.0, people=(1, 3), weight=1.5),
    Episode("sit on the ground", ("sit on",), sit_on_ground, radius=9.0, people=(1, 2)),
    Episode("lie on the ground", ("lie on",), lie_on_ground, radius=10.0),
    Episode("lie on a thing", ("lie on",), lie_on_thing, radius=11.0),
    Episode("squat", ("squat",), squat_alone, radius=5.0),
    Episode("squat and touch", ("squat", "look at"), squat_and_touch, radius=6.0),
    Episode("kneel", ("on",), kneel_on_ground, radius=6.0),
    Episode("kneel on a thing", ("on",), kneel_on_thing, radius=9.0),
)
