"""Postures: standing, walking, running, sitting, riding, lying, squatting, kneeling; resting arms.

Every posture starts from rest, so it comes before what hands and head do. It sets ``draft.posture`` and
leaves feet, hips or back on their support.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike

from hrs_ros.synthetic.people.arms import (
    arms_down,
    cross_arms,
    hand_on_knee,
    hand_on_thigh,
    reach_for,
    swing_arm,
)
from hrs_ros.synthetic.people.body import SIGN, other
from hrs_ros.synthetic.people.draft import Draft
from hrs_ros.synthetic.people.limbs import (
    SIDES,
    Z_AXIS,
    bend_spine,
    foot_rotation,
    foot_to,
    hang_leg,
    leg_length,
    plant,
    reset,
    segments,
    set_global,
    sway,
    take_off,
    turn_foot,
)
from hrs_ros.synthetic.people.lying import lie
from hrs_ros.synthetic.rotation import UP, X_AXIS, about

__all__ = [
    "arms_down",
    "cross_arms",
    "hand_on_knee",
    "hand_on_thigh",
    "kneel",
    "lean",
    "lie",
    "reach_for",
    "ride",
    "run",
    "sit",
    "squat",
    "stand",
    "walk",
]


def stand(draft: Draft, rng: np.random.Generator) -> None:
    """Upright on y = 0 with slightly bent legs and hanging arms."""
    reset(draft, "standing")
    sway(draft, rng)
    hip = draft.figure.joint("upperleg01.L")[0]
    spread, weight = rng.uniform(0.8, 1.7), SIDES[rng.integers(2)]
    for side, sign in SIGN.items():
        ahead = rng.uniform(-0.3, 0.3) + (rng.uniform(0.2, 0.8) if side != weight else 0.0)
        toes = (sign * rng.uniform(0.05, 0.5), 0, 1)
        plant(draft, side, (sign * hip * spread, 0.0, ahead), toes, lowered=rng.uniform(0.03, 0.12))
    draft.stand_on(0.0)
    _rest_arms(draft, rng)


def walk(draft: Draft, rng: np.random.Generator) -> None:
    """Mid-stride on y = 0: one foot ahead, the other on its toes behind, arms swinging against the legs."""
    reset(draft, "moving")
    sway(draft, rng)
    front = SIDES[rng.integers(2)]
    leg = leg_length(draft)
    stride = leg * rng.uniform(0.3, 0.45)
    hip = draft.figure.joint("upperleg01.L")[0]
    lowered = leg * 0.995 - np.sqrt((leg * 0.995) ** 2 - stride**2 * 0.9) + 0.05
    for side, sign in SIGN.items():
        pitch = -rng.uniform(0.0, 0.2) if side == front else rng.uniform(0.45, 0.75)
        ahead = stride if side == front else -stride
        plant(draft, side, (sign * hip * 0.8, 0.0, ahead), (sign * 0.1, 0, 1), lowered=lowered, pitch=pitch)
    draft.stand_on(0.0)
    swing = rng.uniform(0.3, 0.6)
    for side in SIDES:
        swing_arm(draft, side, -swing if side == front else swing, rng)


def run(draft: Draft, rng: np.random.Generator) -> None:
    """Mid-stride of a run, sometimes mirrored by the draw of the leading leg; arms bent."""
    reset(draft, "moving")
    front = SIDES[rng.integers(2)]
    bone, rotations = draft.figure.body.bone, draft.rotations
    rotations[0] = about(X_AXIS, rng.uniform(0.1, 0.25))
    for side in SIDES:
        lead = side == front
        thigh, knee = (
            (-rng.uniform(0.8, 1.1), rng.uniform(0.9, 1.3)) if lead else (0.25, rng.uniform(0.7, 1.3))
        )
        rotations[bone[f"upperleg01.{side}"]] = about(X_AXIS, thigh)
        rotations[bone[f"lowerleg01.{side}"]] = about(X_AXIS, knee)
        rotations[bone[f"foot.{side}"]] = about(X_AXIS, -0.1 if lead else 0.4)
        swing_arm(draft, side, -0.6 if lead else 0.7, rng, bend=rng.uniform(1.3, 1.7))
    draft.stand_on(rng.uniform(0.0, 0.5))


def sit(
    draft: Draft,
    rng: np.random.Generator,
    seat: ArrayLike,
    forward: ArrayLike,
    *,
    feet: Sequence[ArrayLike] = (),
) -> None:
    """On a seat's surface: ``seat`` lies below the middle between the hip joints.

    Feet go to the rests ``feet`` (left, right), else to the ground y = 0; they dangle where legs are short.
    Hands lie on the thighs.
    """
    _sit_down(draft, seat, forward, rng, recline=rng.uniform(-0.05, 0.15))
    seat = np.asarray(seat, float)
    hips = draft.joint("upperleg01.L")[1], draft.figure.joint("upperleg01.L")[0]
    for k, (side, sign) in enumerate(SIGN.items()):
        if len(feet):
            foot_to(draft, side, feet[k], pole=(sign * 0.2, 0.6, 1.0))
            continue
        thigh, shin, ankle = segments(draft, side)
        drop = hips[0] - ankle
        low = shin + 0.3 * thigh  # thighs slope down by this much at most
        lifted = max(0.0, drop - low)  # of the heel, with the toes on the ground
        if lifted > 0.16 * shin:
            hang_leg(draft, side, sign * rng.uniform(0.02, 0.2), rng.uniform(-0.1, 0.25))
            continue
        drop = min(drop, low)
        ahead = min(thigh + rng.uniform(-0.7, 0.5), 0.97 * np.sqrt((thigh + shin) ** 2 - drop**2))
        place = draft.to_body(seat) + np.array([sign * hips[1] * rng.uniform(0.9, 1.6), 0.0, ahead])
        ground = draft.to_world(place)
        ground[1] = 0.0
        foot_to(draft, side, ground, pole=(sign * 0.15, 1.0, 0.6), heel=lifted)
    for side in SIDES:
        hand_on_thigh(draft, side, rng)


def ride(
    draft: Draft,
    rng: np.random.Generator,
    seat: ArrayLike,
    forward: ArrayLike,
    *,
    feet: Sequence[ArrayLike] = (),
    half_width: float = 1.2,
    lean_forward: float = 0.1,
) -> None:
    """Astride a seat, legs on either side of something ``half_width`` dm wide to each side.

    Feet go to pedals or rests (left, right), else they hang down.
    """
    _sit_down(draft, seat, forward, rng, recline=-lean_forward)
    for k, (side, sign) in enumerate(SIGN.items()):
        if len(feet):
            foot_to(draft, side, feet[k], pole=(sign * 0.35, 0.5, 1.0))
            continue
        thigh, _, _ = segments(draft, side)
        outside = max(0.0, half_width + 0.6 - draft.figure.joint(f"upperleg01.{side}")[0] * sign)
        spread = np.arcsin(min(0.8, outside / thigh))
        bone = draft.figure.body.bone
        # Thigh forward and out, shin straight down.
        raised = about(Z_AXIS, sign * spread * 0.3) @ about(UP, sign * spread) @ about(X_AXIS, -1.0)
        draft.rotations[bone[f"upperleg01.{side}"]] = draft.rotations[0].T @ raised
        draft.rotations[bone[f"lowerleg01.{side}"]] = raised.T @ about(X_AXIS, rng.uniform(0.0, 0.2))
        draft.rotations[bone[f"foot.{side}"]] = about(X_AXIS, -0.15)
    for side in SIDES:
        hand_on_thigh(draft, side, rng)


def squat(draft: Draft, rng: np.random.Generator) -> None:
    """Deep on flat feet, forearms over the knees."""
    reset(draft, "squatting")
    bone = draft.figure.body.bone
    pitch = rng.uniform(0.45, 0.7)
    draft.rotations[0] = about(X_AXIS, pitch)
    bend_spine(draft, rng.uniform(0.1, 0.3))
    leg = leg_length(draft)
    hip = draft.figure.joint("upperleg01.L")[0]
    for side, sign in SIGN.items():
        ankle = draft.pose().position[bone[f"upperleg01.{side}"]]
        ankle = ankle + np.array(
            [sign * hip * rng.uniform(0.3, 0.7), -leg * 0.3, leg * rng.uniform(0.1, 0.16)]
        )
        spread = rng.uniform(0.25, 0.45)
        draft.step_to(side, draft.to_world(ankle), draft.turn @ (sign * spread, 0.4, 1.0))
        turn_foot(draft, side, (sign * 0.35, 0, 1), 0.0)
    draft.stand_on(0.0)
    for side in SIDES:
        hand_on_knee(draft, side, rng)


def kneel(draft: Draft, rng: np.random.Generator) -> None:
    """On both knees, upright or on the heels, or on one knee."""
    reset(draft, "kneeling")
    bone = draft.figure.body.bone
    style = rng.integers(3)
    down = SIDES[rng.integers(2)]
    for side, sign in SIGN.items():
        thigh = {0: rng.uniform(-0.15, 0.0), 1: -rng.uniform(1.0, 1.25), 2: rng.uniform(-0.1, 0.1)}[
            int(style)
        ]
        draft.rotations[bone[f"upperleg01.{side}"]] = about(UP, sign * 0.1) @ about(X_AXIS, thigh)
        draft.rotations[bone[f"lowerleg01.{side}"]] = about(X_AXIS, 1.5 - thigh)
        draft.rotations[bone[f"foot.{side}"]] = about(X_AXIS, 1.0)
    draft.stand_on(0.0)
    if style == 2:
        side = other(down)
        thigh_length, _, _ = segments(draft, side)
        knee = draft.joint(f"upperleg01.{side}")
        ground = knee + draft.turn @ (SIGN[side] * 0.3, 0, thigh_length * rng.uniform(0.85, 1.0))
        ground[1] = 0.0
        foot_to(draft, side, ground, pole=(SIGN[side] * 0.15, 1.0, 0.8))
    for side in SIDES:
        hand_on_thigh(draft, side, rng)


def lean(draft: Draft, angle: float) -> None:
    """Bend the trunk forward by ``angle`` radians (negative: back) over the feet, which stay in place."""
    bone = draft.figure.body.bone
    feet = {side: (draft.joint(f"foot.{side}"), foot_rotation(draft, side)) for side in SIDES}
    pivot = draft.pose().position[[bone["upperleg01.L"], bone["upperleg01.R"]]].mean(0)
    draft.rotations[0] = about(X_AXIS, angle * 0.5) @ draft.rotations[0]
    moved = draft.pose().position[[bone["upperleg01.L"], bone["upperleg01.R"]]].mean(0)
    back = np.array([0.0, 0.0, -np.sin(angle) * 1.2])  # hips move against the trunk, for balance
    draft.root = draft.root + draft.turn @ (pivot - moved + back - UP * 0.1 * abs(angle))
    for side, sign in SIGN.items():
        ankle, rotation = feet[side]
        draft.step_to(side, ankle, draft.turn @ (sign * 0.1, 0.0, 1.0))
        set_global(draft, f"foot.{side}", rotation)
    bend_spine(draft, angle * 0.5)


def _sit_down(
    draft: Draft, seat: ArrayLike, forward: ArrayLike, rng: np.random.Generator, *, recline: float
) -> None:
    """Pelvis and level thighs on the seat; the legs are to be solved."""
    reset(draft, "sitting")
    take_off(draft, "backpack", "shoulder bag")
    seat, forward = np.asarray(seat, float), np.asarray(forward, float)
    body = draft.figure.body
    draft.yaw = float(np.arctan2(forward[0], forward[2]))
    draft.rotations[0] = about(X_AXIS, -recline)
    sway(draft, rng)
    for side in SIDES:
        set_global(draft, f"upperleg01.{side}", about(X_AXIS, -1.43))
    hips = (draft.joint("upperleg01.L") + draft.joint("upperleg01.R")) / 2
    names = ("root", "pelvis.L", "pelvis.R", "spine05", "upperleg01.L", "upperleg01.R")
    rows = np.flatnonzero(np.isin(body.owner, [body.bone[name] for name in names]))
    rows = np.intersect1d(rows, body.visible_vertices)
    skin = draft.skin()[rows]
    near = np.hypot(skin[:, 0] - hips[0], skin[:, 2] - hips[2]) < 0.24 * leg_length(draft)
    draft.root = draft.root + np.array([seat[0] - hips[0], seat[1] - skin[near, 1].min(), seat[2] - hips[2]])


def _rest_arms(draft: Draft, rng: np.random.Generator) -> None:
    for side in SIDES:
        arms_down(draft, side, rng)
