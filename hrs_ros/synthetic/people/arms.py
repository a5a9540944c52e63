"""What arms do on their own: hang, swing, fold, rest on the legs, reach for a point."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from hrs_ros.synthetic.people import posing
from hrs_ros.synthetic.people.body import SIGN, Side, other
from hrs_ros.synthetic.people.draft import Draft
from hrs_ros.synthetic.people.limbs import SIDES, arm_length
from hrs_ros.synthetic.rotation import UP, X_AXIS, about, unit


def arms_down(draft: Draft, side: Side, rng: np.random.Generator) -> None:
    """Let one arm hang at the side."""
    posing.relax_arm(draft.figure, draft.rotations, side, rng)


def swing_arm(
    draft: Draft, side: Side, swing: float, rng: np.random.Generator, *, bend: float | None = None
) -> None:
    """Hang an arm and swing it forward by ``swing`` radians, elbow bent by ``bend``."""
    bone = draft.figure.body.bone
    arms_down(draft, side, rng)
    upper, lower = bone[f"upperarm01.{side}"], bone[f"lowerarm01.{side}"]
    parent = draft.pose().rotation[draft.figure.body.parent[upper]]
    turned = about(X_AXIS, -swing)
    draft.rotations[upper] = parent.T @ turned @ parent @ draft.rotations[upper]
    if bend is not None:
        pose = draft.pose()
        draft.rotations[lower] = pose.rotation[upper].T @ about(X_AXIS, -bend) @ pose.rotation[lower]


def cross_arms(draft: Draft, rng: np.random.Generator) -> None:
    """Forearms folded before the chest: each hand at the other elbow, one forearm over the other."""
    pose, bone = draft.pose(), draft.figure.body.bone
    upper: Side = SIDES[rng.integers(2)]
    chest = _chest_depth(draft)
    for side in (other(upper), upper):
        sign = SIGN[side]
        shoulder = pose.position[bone[f"upperarm01.{side}"]]
        arm = arm_length(draft, side)
        over = side == upper
        wrist = np.array(
            [
                -shoulder[0] * 0.45,
                shoulder[1] - arm * (0.43 if over else 0.5),
                chest + (0.75 if over else 0.3),
            ]
        )
        draft.reach(side, draft.to_world(wrist), draft.turn @ (sign * 0.8, -1.0, 0.1))
        draft.orient_hand(
            side, draft.turn @ (-sign * 1.0, 0.15 if over else 0.0, -0.35), draft.turn @ (0, -0.2, -1)
        )
        posing.curl(draft.figure, draft.rotations, side, 0.35)


def _chest_depth(draft: Draft) -> float:
    """Foremost z of the trunk at the height of the ribs, in body coordinates."""
    figure, body = draft.figure, draft.figure.body
    spine, shoulder = figure.joint("spine03")[1], figure.joint("upperarm01.L")[1]
    skin = figure.vertices[body.visible_vertices]
    level = (skin[:, 1] > (spine + shoulder) / 2 - 1.0) & (skin[:, 1] < shoulder) & (np.abs(skin[:, 0]) < 1.0)
    return float(skin[level, 2].max())


def reach_for(draft: Draft, side: Side, point: ArrayLike, *, bend: float = 0.15) -> float:
    """Bring the palm to a world point, fingers onwards from the shoulder; returns the distance left in dm."""
    point = np.asarray(point, float)
    sign = SIGN[side]
    shoulder = draft.joint(f"upperarm01.{side}")
    fingers = unit(point - shoulder + draft.turn @ (0, 0.3, 0.3))
    palm = unit(draft.turn @ (-sign * 0.8, -0.5, 0.2))
    _, _, length = posing.palm_frame(draft.figure, side)
    wrist = point - fingers * length * 0.75
    draft.reach(side, wrist, draft.turn @ (sign * 0.7, -1.0, -0.6))
    draft.orient_hand(side, fingers, palm)
    posing.curl(draft.figure, draft.rotations, side, bend)
    return float(np.linalg.norm(draft.joint(f"wrist.{side}") - wrist))


def hand_on_thigh(draft: Draft, side: Side, rng: np.random.Generator) -> None:
    """The palm lies on the own thigh, of a sitting or kneeling person."""
    _hand_on_leg(draft, side, rng.uniform(0.55, 0.85), rng)


def hand_on_knee(draft: Draft, side: Side, rng: np.random.Generator) -> None:
    """The hand hangs over the own knee, of a squatting person."""
    _hand_on_leg(draft, side, 1.05, rng)


def _hand_on_leg(draft: Draft, side: Side, share: float, rng: np.random.Generator) -> None:
    sign = SIGN[side]
    hip, knee = draft.joint(f"upperleg01.{side}"), draft.joint(f"lowerleg01.{side}")
    along = unit(knee - hip)
    above = unit(UP - along * (UP @ along)) if abs(along @ UP) < 0.95 else draft.turn[:, 2]
    thickness = 0.075 * float(np.linalg.norm(draft.joint("neck01") - hip)) + 0.3
    _, _, length = posing.palm_frame(draft.figure, side)
    fingers = unit(along - 0.25 * sign * draft.turn[:, 0])
    wrist = hip + (knee - hip) * share + above * (thickness + 0.3) - fingers * length * 0.8
    draft.reach(side, wrist, draft.turn @ (sign * 0.9, -0.6, -0.6))
    draft.orient_hand(side, fingers, -above)
    posing.curl(draft.figure, draft.rotations, side, rng.uniform(0.1, 0.3))
