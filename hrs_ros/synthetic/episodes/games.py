"""Play a game: cards at a table, toys on the floor, a ball, a racket or a frisbee in the hand."""

from __future__ import annotations

import numpy as np

from hrs_ros.synthetic.episodes.acting import SIDES, Act, ahead_of, arm, outward, shoe
from hrs_ros.synthetic.episodes.gestures import arm_length, swing_arm
from hrs_ros.synthetic.episodes.handling import (
    Where,
    best_grip,
    handles_of,
    lay_palm,
    surface_points,
)
from hrs_ros.synthetic.episodes.kicking import toe_point
from hrs_ros.synthetic.episodes.looking import eyes, lean, look
from hrs_ros.synthetic.episodes.playing import towards
from hrs_ros.synthetic.episodes.seating import hands_on_table, lay_table, sit_at_table
from hrs_ros.synthetic.people import postures
from hrs_ros.synthetic.people.body import Side, other
from hrs_ros.synthetic.people.draft import Draft
from hrs_ros.synthetic.rotation import UP, X_AXIS, Array, about
from hrs_ros.synthetic.stage import Cast, Episode, Spot, Stage
from hrs_ros.synthetic.things.model import Handle, Model

PALM = 0.7  # dm: a ball of a larger radius is bounced with the flat hand
IN_HAND = ("racket", "toy", "swimming things")


def play_cards(stage: Stage, rng: np.random.Generator, spot: Spot) -> Cast:
    """One to three people at a table, each with a hand of cards."""
    act = Act(stage, rng, spot)
    seating = sit_at_table(act)
    if rng.random() < 0.5:
        lay_table(act, seating, most=3)
    for draft, chair in zip(seating.drafts, seating.chairs, strict=True):
        side = act.side()
        touching = hands_on_table(act, draft, [other(side)], seating)
        model = act.choose("play", entities=("poke",), habitat="hand")
        chest = draft.joint("spine01") + ahead_of(draft) * 3.0 + outward(draft, side) * 0.5
        look(draft, chest)
        choices = _before_chest(draft, side, model, rng)
        _, _, where = best_grip(draft, side, model, choices, rng)
        target = where.point((model.bounds[0] + model.bounds[1]) / 2)
        draft.look_at(target)
        cards = act.put(model, where.rotation, where.translation)
        human = act.enter(draft)
        act.claim(human, "sit on", chair)
        act.touch(human, seating.table, touching)
        act.claim(human, "hold", cards, arm(side))
        act.claim(human, "play", cards, arm(side))
        act.claim(human, "look at", cards, "face")
        act.watch(target)
    return act.cast


def _before_chest(
    draft: Draft, side: Side, model: Model, rng: np.random.Generator
) -> list[tuple[Handle, Where]]:
    """Places of a hand of cards that its holder sees."""
    middle = (model.bounds[0] + model.bounds[1]) / 2
    choices = []
    for _ in range(5):
        chest = draft.joint("spine01") + ahead_of(draft) * rng.uniform(2.6, 3.4)
        target = chest + outward(draft, side) * rng.uniform(0.2, 0.9) + UP * rng.uniform(-0.6, 0.6)
        tilt = about(draft.turn[:, 0], -rng.uniform(0.2, 0.7))
        where = Where.bringing(middle, target, tilt @ towards(draft, model))
        choices += [(handle, where) for handle in handles_of(model, "play", "hold")]
    return choices


def play_on_floor(stage: Stage, rng: np.random.Generator, spot: Spot) -> Cast:
    """A child or an adult kneels, squats or sits on the ground, a hand on a toy."""
    act = Act(stage, rng, spot)
    draft, side = (
        act.person(-2.0, yaw=rng.uniform(-1.2, 1.2), age="child" if rng.random() < 0.7 else "adult"),
        act.side(),
    )
    posture = ("kneel", "squat", "sit")[rng.integers(3)]
    if posture == "sit":
        postures.sit(draft, rng, draft.root * (1, 0, 1), ahead_of(draft))
    else:
        (postures.kneel if posture == "kneel" else postures.squat)(draft, rng)
    model = act.choose("play", entities=("toy",), largest=1.8)
    shoulder = draft.joint(f"upperarm01.{side}")
    point = shoulder + outward(draft, side) * rng.uniform(0.0, 0.6)
    knees = max(float((draft.joint(f"lowerleg01.{s}") - shoulder) @ ahead_of(draft)) for s in SIDES)
    if posture == "sit":  # beside the legs, not on them
        point = point + outward(draft, side) * (model.footprint + 0.7) + ahead_of(draft) * 1.2
    else:
        point = point + ahead_of(draft) * (knees + model.footprint + 0.8)
    thing = act.set_down(model, point * (1, 0, 1), rng.uniform(-np.pi, np.pi))
    top = thing.to_world(surface_points(model))
    target = top[top[:, 1].argmax()]
    _lean_to(draft, side, target)
    look(draft, target)
    lay_palm(draft, side, target, ahead_of(draft) - 0.5 * UP, UP, top, rng)
    human = act.enter(draft)
    act.claim(human, {"sit": "sit on", "squat": "squat", "kneel": "on"}[posture], act.ground)
    act.claim(human, "look at", thing, "face")
    act.claim(human, "play", thing, arm(side))
    act.claim(human, "touch", thing, arm(side))
    act.watch(target)
    return act.cast


def dribble(stage: Stage, rng: np.random.Generator, spot: Spot) -> Cast:
    """A palm on a ball at the side, as in basketball."""
    act = Act(stage, rng, spot)
    draft, side = act.person(yaw=rng.uniform(-1.3, 1.3)), act.side()
    lean(draft, rng.uniform(0.1, 0.5))
    swing_arm(draft, other(side), rng, rng.uniform(-0.2, 0.5))
    model = act.choose("play", entities=("ball",), fits=lambda ball: ball.footprint > PALM)
    low, high = model.bounds
    radius = float((high - low)[1] / 2)
    hip = draft.joint(f"upperleg01.{side}")
    top = hip + outward(draft, side) * (radius + 0.9) + ahead_of(draft) * rng.uniform(1.5, 2.4)
    top = top + UP * rng.uniform(-0.4, 0.9)
    where = Where.bringing((low + high) / 2, top - UP * radius, about(UP, rng.uniform(0, np.pi)))
    lay_palm(draft, side, top, ahead_of(draft), UP, where.point(surface_points(model)), rng)
    look(draft, top)
    ball = act.put(model, where.rotation, where.translation)
    human = act.enter(draft)
    act.claim(human, "play", ball, arm(side))
    act.claim(human, "touch", ball, arm(side))
    act.watch(top)
    return act.cast


def foot_on_ball(stage: Stage, rng: np.random.Generator, spot: Spot) -> Cast:
    """A football under the sole."""
    act = Act(stage, rng, spot)
    draft, side = act.person(-1.0, yaw=rng.uniform(-1.3, 1.3)), act.side()
    bone, turn = draft.figure.body.bone, draft.rotations
    model = act.choose("play", entities=("ball",), largest=1.4)
    low, high = model.bounds
    size = float((high - low)[1])
    lift = rng.uniform(0.55, 0.75)
    turn[bone[f"upperleg01.{side}"]] = about(X_AXIS, -lift)
    turn[bone[f"lowerleg01.{side}"]] = about(X_AXIS, _knee_over(draft, side, lift, size))
    turn[bone[f"foot.{side}"]] = about(X_AXIS, 0.0)
    draft.stand_on(0.0)
    toe = toe_point(draft, side)
    middle = toe - ahead_of(draft) * 0.9
    ball = act.put(
        model,
        about(UP, rng.uniform(0, np.pi)),
        np.array([middle[0], 0.0, middle[2]]) - (low + high) / 2 * (1, 0, 1),
    )
    draft.look_at(eyes(draft) + 20 * ahead_of(draft) - UP * rng.uniform(0, 12))
    draft.posture = "moving"
    human = act.enter(draft)
    act.claim(human, "play", ball, shoe(side))
    act.watch(middle)
    return act.cast


def play_in_hand(stage: Stage, rng: np.random.Generator, spot: Spot) -> Cast:
    """A racket or a toy in a hand that is ready to strike or to throw."""
    act = Act(stage, rng, spot)
    draft, side = act.person(yaw=rng.uniform(-1.3, 1.3)), act.side()
    model = act.choose("play", entities=IN_HAND, habitat="hand", largest=7.0)
    shoulder, out, forward = draft.joint(f"upperarm01.{side}"), outward(draft, side), ahead_of(draft)
    swing_arm(draft, other(side), rng, rng.uniform(-0.1, 0.6))
    handles = handles_of(model, "play", "hold")
    choices = []
    for _ in range(6):
        target = (
            shoulder
            + out * rng.uniform(0.8, 2.8)
            + forward * rng.uniform(1.2, 3.2)
            + UP * rng.uniform(-2.5, 1.5)
        )
        turn = about(UP, draft.yaw + rng.uniform(-0.7, 0.7)) @ about(X_AXIS, rng.uniform(-0.9, 0.9))
        choices += [(handle, Where.bringing(handle.point, target, turn)) for handle in handles]
    _, handle, where = best_grip(draft, side, model, choices, rng)
    look(draft, eyes(draft) + forward * 20 + UP * rng.uniform(-4, 6))
    thing = act.put(model, where.rotation, where.translation)
    human = act.enter(draft)
    act.claim(human, "play", thing, arm(side))
    act.claim(human, "hold", thing, arm(side))
    act.watch(where.point(handle.point))
    return act.cast


def _lean_to(draft: Draft, side: Side, point: Array) -> None:
    """Bend forward until an arm is long enough for a point."""
    for _ in range(8):
        if np.linalg.norm(point - draft.joint(f"upperarm01.{side}")) < 0.97 * arm_length(draft, side):
            return
        lean(draft, 0.12)


def _knee_over(draft: Draft, side: Side, lift: float, height: float) -> float:
    """Bend of the knee that brings the sole of a lifted leg to a height above the other, dm."""
    figure = draft.figure
    thigh = float(np.linalg.norm(figure.joint(f"lowerleg01.{side}") - figure.joint(f"upperleg01.{side}")))
    shank = float(np.linalg.norm(figure.joint(f"foot.{side}") - figure.joint(f"lowerleg01.{side}")))
    drop = np.clip((thigh + shank - height - thigh * np.cos(lift)) / shank, -1, 1)
    return float(lift + np.arccos(drop))


EPISODES = (
    Episode("play cards", ("play", "hold", "look at"), play_cards, radius=12.0, people=(1, 3)),
    Episode("play on the floor", ("play", "look at"), play_on_floor, radius=6.0, weight=1.5),
    Episode("dribble", ("play",), dribble, radius=5.0),
    Episode("foot on a ball", ("play",), foot_on_ball, radius=5.0),
    Episode("play in the hand", ("play", "hold"), play_in_hand, radius=6.0),
)
