"""What free arms do: gesture, hang, rest on a hip, cross."""

from __future__ import annotations

import numpy as np

from hrs_ros.synthetic.episodes.acting import SIDES, ahead_of, outward
from hrs_ros.synthetic.people import posing, postures
from hrs_ros.synthetic.people.body import Side
from hrs_ros.synthetic.people.draft import Draft
from hrs_ros.synthetic.rotation import UP


def gesture(draft: Draft, side: Side, rng: np.random.Generator) -> None:
    """Forearm lifted in front, palm up or inward, as people do while they speak."""
    out, forward = outward(draft, side), ahead_of(draft)
    shoulder, length = draft.joint(f"upperarm01.{side}"), arm_length(draft, side)
    target = length * (rng.uniform(0.1, 0.4) * out - rng.uniform(0.15, 0.6) * UP)
    draft.reach(side, shoulder + target + length * rng.uniform(0.4, 0.65) * forward, out * 0.6 - UP)
    palm = rng.uniform(-0.2, 1.0) * UP - out
    draft.orient_hand(side, forward + rng.uniform(-0.2, 0.6) * UP - 0.3 * out, palm)
    posing.curl(draft.figure, draft.rotations, side, rng.uniform(0.1, 0.7))


def hand_on_hip(draft: Draft, side: Side, rng: np.random.Generator) -> None:
    out, forward = outward(draft, side), ahead_of(draft)
    hip = draft.joint(f"upperleg01.{side}")
    waist = hip + 0.13 * arm_length(draft, side) * out + rng.uniform(0.1, 0.25) * arm_length(draft, side) * UP
    draft.reach(side, waist + 0.3 * out, out - 0.4 * forward)
    draft.orient_hand(side, forward - 0.3 * UP - 0.4 * out, -out)
    posing.curl(draft.figure, draft.rotations, side, 0.25)


def idle_arms(draft: Draft, rng: np.random.Generator) -> None:
    """Both arms of somebody who does nothing in particular."""
    choice = rng.random()
    if choice < 0.15:
        postures.cross_arms(draft, rng)
        return
    for side in SIDES:
        if rng.random() < 0.12:
            hand_on_hip(draft, side, rng)
        else:
            postures.arms_down(draft, side, rng)


def arm_length(draft: Draft, side: Side) -> float:
    """Shoulder to wrist in dm, in the rest pose."""
    figure = draft.figure
    return float(np.linalg.norm(figure.joint(f"wrist.{side}") - figure.joint(f"upperarm01.{side}")))


def swing_arm(draft: Draft, side: Side, rng: np.random.Generator, forward: float) -> None:
    """A bent arm swung forward (or backward, negative) by a share of its length, for balance."""
    out, length = outward(draft, side), arm_length(draft, side)
    shoulder = draft.joint(f"upperarm01.{side}")
    drop = np.sqrt(max(0.1, 0.8 - forward**2))
    target = shoulder + length * (forward * ahead_of(draft) + rng.uniform(0.2, 0.5) * out - drop * UP)
    draft.reach(side, target, out - ahead_of(draft))
    draft.orient_hand(side, target - shoulder + 0.3 * ahead_of(draft) * length, -out)
    posing.curl(draft.figure, draft.rotations, side, rng.uniform(0.2, 0.7))
