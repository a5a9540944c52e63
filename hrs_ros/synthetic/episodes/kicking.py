"""Kick: a ball at the left or the right foot, the leg swings forward."""

from __future__ import annotations

import numpy as np

from hrs_ros.synthetic.episodes.acting import SIDES, Act, ahead_of, shoe
from hrs_ros.synthetic.episodes.gestures import swing_arm
from hrs_ros.synthetic.people.body import SIGN, Side, other
from hrs_ros.synthetic.people.draft import Draft
from hrs_ros.synthetic.rotation import UP, X_AXIS, Array, about, unit
from hrs_ros.synthetic.stage import Cast, Episode, Spot, Stage

SMALLEST = 0.7  # dm, radius of a ball
RUN_UP = 3.0  # dm from the middle of the spot, so that the ball lies near it
GAP = (-0.1, 0.3)  # dm between toe and ball


def kick_ball(stage: Stage, rng: np.random.Generator, spot: Spot) -> Cast:
    act = Act(stage, rng, spot)
    yaw, side = rng.uniform(-1.3, 1.3), act.side()
    draft = act.person(-RUN_UP * np.cos(yaw), -RUN_UP * np.sin(yaw), yaw)
    swing_leg(draft, side, rng)
    for free in SIDES:
        swing_arm(draft, free, rng, forward=rng.uniform(0.2, 0.7) * (1 if free != side else -1))
    model = act.choose("kick", entities=("ball",), fits=lambda ball: ball.footprint > SMALLEST)
    radius = (model.bounds[1] - model.bounds[0])[1] / 2
    toe = toe_point(draft, side)
    centre = toe + unit(ahead_of(draft) + rng.uniform(-0.2, 0.2) * UP) * (radius + rng.uniform(*GAP))
    centre[1] = max(centre[1], radius)
    rotation = about(rng.normal(size=3), rng.uniform(0, np.pi))
    middle = (model.bounds[0] + model.bounds[1]) / 2
    ball = act.put(model, rotation, centre - rotation @ middle)
    draft.look_at(centre)
    draft.posture = "moving"
    human = act.enter(draft)
    act.claim(human, "kick", ball, shoe(side))
    act.claim(human, "look at", ball, "face")
    act.watch(centre)
    return act.cast


def swing_leg(draft: Draft, side: Side, rng: np.random.Generator) -> None:
    """One leg kicks forward, low; the other carries the weight, a little bent. The trunk leans back."""
    bone, turn = draft.figure.body.bone, draft.rotations
    raise_by, knee = rng.uniform(0.45, 0.75), rng.uniform(0.1, 0.4)
    sign = SIGN[side]
    turn[bone[f"upperleg01.{side}"]] = about((0, 0, 1), sign * 0.05) @ about(X_AXIS, -raise_by - knee * 0.5)
    turn[bone[f"lowerleg01.{side}"]] = about(X_AXIS, knee)
    turn[bone[f"foot.{side}"]] = about(X_AXIS, rng.uniform(0.1, 0.4))
    stands = other(side)
    bend = rng.uniform(0.1, 0.25)
    turn[bone[f"upperleg01.{stands}"]] = about(X_AXIS, -bend * 0.3)
    turn[bone[f"lowerleg01.{stands}"]] = about(X_AXIS, bend)
    turn[bone[f"foot.{stands}"]] = about(X_AXIS, -bend * 0.7)
    turn[bone["spine04"]] = about(X_AXIS, -rng.uniform(0.0, 0.15))
    draft.stand_on(0.0)


def toe_point(draft: Draft, side: Side) -> Array:
    """World point (3,) of the foremost skin of a foot."""
    body = draft.figure.body
    rows = body.visible_vertices
    foot = body.skin.bones[rows, 0]
    names = [row for name, row in body.bone.items() if name.startswith("toe") and name.endswith(f".{side}")]
    toes = draft.skin()[rows[np.isin(foot, names)]]
    return np.asarray(toes[(toes @ ahead_of(draft)).argmax()], float)


EPISODES = (Episode("kick a ball", ("kick", "look at"), kick_ball, radius=7.0),)
