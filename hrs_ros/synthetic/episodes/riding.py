"""Ride: astride a bicycle, a motorcycle or an animal; with the feet on a board or skis; on a sled."""

from __future__ import annotations

import numpy as np

from hrs_ros.synthetic.episodes.acting import DRY_OUTDOORS, SIDES, Act, ahead_of, arm, has_seat
from hrs_ros.synthetic.episodes.gestures import swing_arm
from hrs_ros.synthetic.episodes.handling import CONTACT, Where, grip, handles_of
from hrs_ros.synthetic.episodes.seating import take_seat
from hrs_ros.synthetic.people import casting, postures
from hrs_ros.synthetic.people.body import SIGN
from hrs_ros.synthetic.people.draft import Draft
from hrs_ros.synthetic.places.choose import WET
from hrs_ros.synthetic.rotation import UP, X_AXIS, Array, about
from hrs_ros.synthetic.stage import Cast, Episode, Spot, Stage
from hrs_ros.synthetic.things.model import PlacedThing

SEATED = ("bicycle", "motorcycle", "horse", "camel", "elephant", "animal", "toy", "sled")
SADDLE = 0.6  # dm around the middle of a seat
DRY_BOARDS = ("skateboard", "skis")


def ride_seated(stage: Stage, rng: np.random.Generator, spot: Spot) -> Cast:
    """Hips on the seat, legs on either side or before, hands on the handlebar or the reins."""
    act = Act(stage, rng, spot)
    model = act.choose("ride", entities=SEATED, habitat="ground", largest=spot.radius + 6, fits=has_seat)
    seat = model.seats[0]
    thing = take_seat(act, model, seat, act.at(0), _aside(rng))
    draft = casting.random_draft(stage.studio, rng, age="adult")
    feet = tuple(thing.to_world(foot) for foot in seat.feet)
    place, forward = thing.to_world(seat.point), thing.turned(seat.forward)
    if seat.astride:
        postures.ride(draft, rng, place, forward, feet=feet)
        # Between the thighs the body sinks into a narrow seat: raise it, and set the feet again.
        postures.ride(draft, rng, place + max(0.0, _sunk(draft, place)) * UP, forward, feet=feet)
    else:
        postures.sit(draft, rng, place, forward, feet=feet)
    held = _hold_on(act, draft, thing)
    draft.look_at(draft.joint("head") + 20 * ahead_of(draft) + rng.normal(0, 3, 3))
    human = act.enter(draft)
    act.claim(human, "ride", thing, "left leg", "right leg")
    act.touch(human, thing, held)
    return act.cast


def ride_board(stage: Stage, rng: np.random.Generator, spot: Spot) -> Cast:
    """Feet across a skateboard or a surfboard, knees bent, arms out; skis lie along the feet."""
    act = Act(stage, rng, spot)
    afloat = stage.place.water is not None
    model = act.choose(
        "ride", entities=("surfboard",) if afloat else DRY_BOARDS, habitat="water" if afloat else act.habitat
    )
    along = model.entity == "skis"
    thing = act.set_down(model, act.at(0, 0, act.level(model)), _aside(rng))
    draft = act.person(age=None)
    crouch(draft, rng.uniform(0.2, 0.7), 0.05 if along else 0.25)
    deck = thing.to_world(model.rests[0].centre) if model.rests else thing.translation
    travel = np.arctan2(thing.rotation[0, 2], thing.rotation[2, 2])
    draft.yaw = float(travel + (0.0 if along else rng.choice([-1.0, 1.0]) * np.pi / 2))
    middle = (draft.joint("foot.L") + draft.joint("foot.R")) / 2 - draft.root
    draft.root = (deck - middle) * (1, 0, 1) + draft.root * UP
    draft.stand_on(float(deck[1]))
    for side in SIDES:
        swing_arm(draft, side, rng, rng.uniform(0.0, 0.5))
    draft.posture = "moving"
    draft.look_at(draft.joint("head") + 15 * thing.rotation[:, 2] - 2 * UP)
    human = act.enter(draft)
    act.claim(human, "ride", thing, "left leg", "right leg")
    return act.cast


def crouch(draft: Draft, bend: float, spread: float) -> None:
    """Knees bent by ``2 * bend`` radians, legs ``spread`` radians apart, the trunk leans forward."""
    bone, turn = draft.figure.body.bone, draft.rotations
    for side in SIDES:
        apart = about((0, 0, 1), SIGN[side] * spread)
        turn[bone[f"upperleg01.{side}"]] = apart @ about(X_AXIS, -bend)
        turn[bone[f"lowerleg01.{side}"]] = about(X_AXIS, 2 * bend)
        turn[bone[f"foot.{side}"]] = about(X_AXIS, -bend) @ apart.T
    turn[bone["spine04"]] = about(X_AXIS, 0.6 * bend)
    draft.stand_on(0.0)


def _sunk(draft: Draft, seat: Array) -> float:
    """How far the skin of the hips between the legs lies below a seat, dm."""
    body = draft.figure.body
    hips = [body.bone[name] for name in ("root", "spine05", "pelvis.L", "pelvis.R")]
    skin = draft.skin()[np.intersect1d(body.visible_vertices, np.flatnonzero(np.isin(body.owner, hips)))]
    near = np.hypot(skin[:, 0] - seat[0], skin[:, 2] - seat[2]) < SADDLE
    return float(seat[1] - skin[near, 1].min()) if near.any() else 0.0


def _hold_on(act: Act, draft: Draft, thing: PlacedThing) -> tuple[str, ...]:
    """Hands to the handles for riding, each to the nearer one; the arms that reach."""
    handles = handles_of(thing.model, "ride", "hold")
    where = Where(thing.rotation, thing.translation)
    held = []
    for side in SIDES:
        shoulder = draft.joint(f"upperarm01.{side}")
        if not handles:
            swing_arm(draft, side, act.rng, 0.4)
            continue
        nearest = min(handles, key=lambda h: float(np.linalg.norm(where.point(h.point) - shoulder)))
        if grip(draft, side, nearest, thing.model, where, act.rng) < CONTACT:
            held.append(arm(side))
    return tuple(held)


def _aside(rng: np.random.Generator) -> float:
    """Yaw of a vehicle: mostly seen from the side or aslant."""
    return float(rng.choice([-1.0, 1.0]) * rng.uniform(0.3, 2.2))


EPISODES = (
    Episode("ride seated", ("ride",), ride_seated, radius=13.0, places=DRY_OUTDOORS, weight=2.0),
    Episode("ride a board", ("ride",), ride_board, radius=9.0, places=DRY_OUTDOORS),
    Episode("surf", ("ride",), ride_board, radius=11.0, places=frozenset(WET)),
)
