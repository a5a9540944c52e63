"""Lying on the back, the belly or a side."""

from __future__ import annotations

from typing import Literal

import numpy as np
from numpy.typing import ArrayLike

from hrs_ros.synthetic.people import posing
from hrs_ros.synthetic.people.body import SIGN, Side
from hrs_ros.synthetic.people.draft import Draft
from hrs_ros.synthetic.people.limbs import Z_AXIS, arm_length, reset, take_off
from hrs_ros.synthetic.rotation import UP, X_AXIS, about


def lie(
    draft: Draft,
    rng: np.random.Generator,
    centre: ArrayLike,
    head_direction: ArrayLike,
    face: Literal["up", "down", "side"] = "up",
    height: float = 0.0,
) -> None:
    """Lowest skin at ``height``, the body's middle above ``centre``, head towards a level world direction."""
    reset(draft, "lying")
    take_off(draft, "backpack", "shoulder bag", "sunhat")
    x, _, z = np.asarray(head_direction, float)
    if face == "down":  # the top of the head points along the body's +Z
        draft.yaw = float(np.arctan2(x, z))
        draft.rotations[0] = about(X_AXIS, np.pi / 2)
    else:
        draft.yaw = float(np.arctan2(-x, -z))
        roll = 0.0 if face == "up" else float(rng.choice([-1.0, 1.0])) * np.pi / 2
        draft.rotations[0] = about(X_AXIS, -np.pi / 2) @ about(UP, roll)
    _lying_legs(draft, face, rng)
    if face == "down":
        turned = about(UP, float(rng.choice([-1.0, 1.0])) * rng.uniform(0.35, 0.45))
        for name in ("neck01", "neck03", "head"):
            draft.rotations[draft.figure.body.bone[name]] = turned
    body = draft.figure.body
    skin = draft.visible_skin()
    middle = (skin.min(0) + skin.max(0)) / 2
    shift = np.asarray(centre, float) - middle
    draft.root = draft.root + np.array([shift[0], 0.0, shift[2]])
    lowest = skin[np.isin(body.visible_vertices, body.arms, invert=True), 1].min()
    draft.root = draft.root + (height - lowest) * UP
    _lying_arms(draft, face, height, rng)
    draft.stand_on(height)


def _lying_legs(draft: Draft, face: str, rng: np.random.Generator) -> None:
    """Legs as they rest on a level support; on the side, the upper one sinks onto the lower one."""
    bone, rotations = draft.figure.body.bone, draft.rotations
    hips, knees = rng.uniform(0.4, 0.9), rng.uniform(0.6, 1.3)
    for side, sign in SIGN.items():
        thigh, shin, foot = (bone[f"{name}.{side}"] for name in ("upperleg01", "lowerleg01", "foot"))
        rotations[foot] = about(X_AXIS, 1.1 if face == "down" else 0.4)
        if face == "side":
            top = side == _upper_side(draft)
            sink = about(UP, -sign * (0.28 if top else 0.0)) @ about(Z_AXIS, -sign * (0.25 if top else 0.1))
            more = rng.uniform(0.05, 0.3) if top else 0.0
            rotations[thigh] = sink @ about(X_AXIS, -hips - more)
            rotations[shin] = about(X_AXIS, knees + more)
            continue
        bent = rng.uniform(0.0, 0.1) if face == "up" else 0.0
        rotations[thigh] = about(Z_AXIS, sign * rng.uniform(-0.02, 0.1)) @ about(X_AXIS, -bent)
        rotations[shin] = about(X_AXIS, 2 * bent)


def _upper_side(draft: Draft) -> Side:
    """The side that somebody who lies on the side turns up."""
    return "L" if draft.rotations[0][1, 0] > 0 else "R"


def _lying_arms(draft: Draft, face: str, ground: float, rng: np.random.Generator) -> None:
    """Arms of somebody who lies: beside the body or the head, on the belly, or before the chest."""
    trunk = draft.rotations[0]
    headwards, forward = draft.turn @ trunk @ UP, draft.turn @ trunk @ Z_AXIS
    for side, sign in SIGN.items():
        shoulder, arm = draft.joint(f"upperarm01.{side}"), arm_length(draft, side)
        outward = draft.turn @ trunk @ (X_AXIS * sign)
        pole, fingers, palm = outward, headwards, -UP
        if face == "down":
            wrist = (
                shoulder + headwards * arm * rng.uniform(0.2, 0.35) + outward * arm * rng.uniform(0.25, 0.5)
            )
            fingers, pole = headwards - 0.4 * outward, outward - 0.7 * UP
        elif face == "up" and rng.random() < 0.5:  # a hand on the belly
            wrist = shoulder - headwards * arm * 0.62 - outward * arm * 0.16 + UP * 0.28 * arm
            fingers = -outward - 0.3 * headwards
            pole = outward - 0.5 * UP
        elif face == "up":
            wrist = shoulder - headwards * arm * 0.92 + outward * arm * rng.uniform(0.15, 0.35)
            fingers, palm, pole = -headwards, -UP - 0.5 * outward, outward - 0.3 * UP
        elif side == _upper_side(draft):
            wrist = shoulder + forward * arm * rng.uniform(0.3, 0.5) - headwards * arm * rng.uniform(0.1, 0.3)
            fingers, pole = forward, UP - headwards
        else:
            wrist = (
                shoulder + forward * arm * rng.uniform(0.45, 0.7) + headwards * arm * rng.uniform(0.1, 0.3)
            )
            pole = -headwards
        if not (face == "up" and wrist[1] > shoulder[1] + 0.1):
            wrist[1] = ground + 0.35
        draft.reach(side, wrist, pole)
        draft.orient_hand(side, fingers, palm)
        posing.curl(draft.figure, draft.rotations, side, 0.25)
