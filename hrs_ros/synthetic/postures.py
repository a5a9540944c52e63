"""Postures: standing, walking, running, sitting, riding, lying, squatting, kneeling; resting arms.

Every posture starts from rest, so it comes before what hands and head do. It sets ``draft.posture`` and
leaves feet, hips or back on their support.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike

from hrs_ros.synthetic import posing
from hrs_ros.synthetic.body import SIGN, Side, other
from hrs_ros.synthetic.draft import Draft
from hrs_ros.synthetic.rotation import UP, X_AXIS, Array, about, unit
from hrs_ros.synthetic.scene_graph import Posture

SIDES: tuple[Side, ...] = ("L", "R")
Z_AXIS = np.array([0.0, 0.0, 1.0])
SPINE = ("spine05", "spine04", "spine03", "spine02", "spine01")


def stand(draft: Draft, rng: np.random.Generator) -> None:
    """Upright on y = 0 with slightly bent legs and hanging arms."""
    _reset(draft, "standing")
    _sway(draft, rng)
    hip = draft.figure.joint("upperleg01.L")[0]
    spread, weight = rng.uniform(0.8, 1.7), SIDES[rng.integers(2)]
    for side, sign in SIGN.items():
        ahead = rng.uniform(-0.3, 0.3) + (rng.uniform(0.2, 0.8) if side != weight else 0.0)
        toes = (sign * rng.uniform(0.05, 0.5), 0, 1)
        _plant(draft, side, (sign * hip * spread, 0.0, ahead), toes, lowered=rng.uniform(0.03, 0.12))
    draft.stand_on(0.0)
    _rest_arms(draft, rng)


def walk(draft: Draft, rng: np.random.Generator) -> None:
    """Mid-stride on y = 0: one foot ahead, the other on its toes behind, arms swinging against the legs."""
    _reset(draft, "moving")
    _sway(draft, rng)
    front = SIDES[rng.integers(2)]
    leg = _leg_length(draft)
    stride = leg * rng.uniform(0.3, 0.45)
    hip = draft.figure.joint("upperleg01.L")[0]
    lowered = leg * 0.995 - np.sqrt((leg * 0.995) ** 2 - stride**2 * 0.9) + 0.05
    for side, sign in SIGN.items():
        pitch = -rng.uniform(0.0, 0.2) if side == front else rng.uniform(0.45, 0.75)
        ahead = stride if side == front else -stride
        _plant(draft, side, (sign * hip * 0.8, 0.0, ahead), (sign * 0.1, 0, 1), lowered=lowered, pitch=pitch)
    draft.stand_on(0.0)
    swing = rng.uniform(0.3, 0.6)
    for side in SIDES:
        _swing_arm(draft, side, -swing if side == front else swing, rng)


def run(draft: Draft, rng: np.random.Generator) -> None:
    """Mid-stride of a run, sometimes mirrored by the draw of the leading leg; arms bent."""
    _reset(draft, "moving")
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
        _swing_arm(draft, side, -0.6 if lead else 0.7, rng, bend=rng.uniform(1.3, 1.7))
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
            _foot_to(draft, side, feet[k], pole=(sign * 0.2, 0.6, 1.0))
            continue
        thigh, shin, ankle = _segments(draft, side)
        drop = hips[0] - ankle
        low = shin + 0.3 * thigh  # thighs slope down by this much at most
        lifted = max(0.0, drop - low)  # of the heel, with the toes on the ground
        if lifted > 0.16 * shin:
            _hang_leg(draft, side, sign * rng.uniform(0.02, 0.2), rng.uniform(-0.1, 0.25))
            continue
        drop = min(drop, low)
        ahead = min(thigh + rng.uniform(-0.7, 0.5), 0.97 * np.sqrt((thigh + shin) ** 2 - drop**2))
        place = draft.to_body(seat) + np.array([sign * hips[1] * rng.uniform(0.9, 1.6), 0.0, ahead])
        ground = draft.to_world(place)
        ground[1] = 0.0
        _foot_to(draft, side, ground, pole=(sign * 0.15, 1.0, 0.6), heel=lifted)
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
            _foot_to(draft, side, feet[k], pole=(sign * 0.35, 0.5, 1.0))
            continue
        thigh, _, _ = _segments(draft, side)
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
    _reset(draft, "squatting")
    bone = draft.figure.body.bone
    pitch = rng.uniform(0.45, 0.7)
    draft.rotations[0] = about(X_AXIS, pitch)
    _bend_spine(draft, rng.uniform(0.1, 0.3))
    leg = _leg_length(draft)
    hip = draft.figure.joint("upperleg01.L")[0]
    for side, sign in SIGN.items():
        ankle = draft.pose().position[bone[f"upperleg01.{side}"]]
        ankle = ankle + np.array(
            [sign * hip * rng.uniform(0.3, 0.7), -leg * 0.3, leg * rng.uniform(0.1, 0.16)]
        )
        spread = rng.uniform(0.25, 0.45)
        draft.step_to(side, draft.to_world(ankle), draft.turn @ (sign * spread, 0.4, 1.0))
        _turn_foot(draft, side, (sign * 0.35, 0, 1), 0.0)
    draft.stand_on(0.0)
    for side in SIDES:
        hand_on_knee(draft, side, rng)


def kneel(draft: Draft, rng: np.random.Generator) -> None:
    """On both knees, upright or on the heels, or on one knee."""
    _reset(draft, "kneeling")
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
        thigh_length, _, _ = _segments(draft, side)
        knee = draft.joint(f"upperleg01.{side}")
        ground = knee + draft.turn @ (SIGN[side] * 0.3, 0, thigh_length * rng.uniform(0.85, 1.0))
        ground[1] = 0.0
        _foot_to(draft, side, ground, pole=(SIGN[side] * 0.15, 1.0, 0.8))
    for side in SIDES:
        hand_on_thigh(draft, side, rng)


def lie(
    draft: Draft,
    rng: np.random.Generator,
    centre: ArrayLike,
    head_direction: ArrayLike,
    face: Literal["up", "down", "side"] = "up",
    height: float = 0.0,
) -> None:
    """Lowest skin at ``height``, the body's middle above ``centre``, head towards a level world direction."""
    _reset(draft, "lying")
    _take_off(draft, "backpack", "shoulder bag", "sunhat")
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
    skin = draft.skin()[body.visible_vertices]
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
        shoulder, arm = draft.joint(f"upperarm01.{side}"), _arm_length(draft, side)
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


def arms_down(draft: Draft, side: Side, rng: np.random.Generator) -> None:
    """Let one arm hang at the side."""
    posing.relax_arm(draft.figure, draft.rotations, side, rng)


def cross_arms(draft: Draft, rng: np.random.Generator) -> None:
    """Forearms folded before the chest: each hand at the other elbow, one forearm over the other."""
    pose, bone = draft.pose(), draft.figure.body.bone
    upper: Side = SIDES[rng.integers(2)]
    chest = _chest_depth(draft)
    for side in (other(upper), upper):
        sign = SIGN[side]
        shoulder = pose.position[bone[f"upperarm01.{side}"]]
        arm = _arm_length(draft, side)
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


def lean(draft: Draft, angle: float) -> None:
    """Bend the trunk forward by ``angle`` radians (negative: back) over the feet, which stay in place."""
    bone = draft.figure.body.bone
    feet = {side: (draft.joint(f"foot.{side}"), _foot_rotation(draft, side)) for side in SIDES}
    pivot = draft.pose().position[[bone["upperleg01.L"], bone["upperleg01.R"]]].mean(0)
    draft.rotations[0] = about(X_AXIS, angle * 0.5) @ draft.rotations[0]
    moved = draft.pose().position[[bone["upperleg01.L"], bone["upperleg01.R"]]].mean(0)
    back = np.array([0.0, 0.0, -np.sin(angle) * 1.2])  # hips move against the trunk, for balance
    draft.root = draft.root + draft.turn @ (pivot - moved + back - UP * 0.1 * abs(angle))
    for side, sign in SIGN.items():
        ankle, rotation = feet[side]
        draft.step_to(side, ankle, draft.turn @ (sign * 0.1, 0.0, 1.0))
        _set_global(draft, f"foot.{side}", rotation)
    _bend_spine(draft, angle * 0.5)


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


def _reset(draft: Draft, posture: Posture) -> None:
    draft.rotations[:] = np.eye(3)
    draft.posture = posture


def _take_off(draft: Draft, *kinds: str) -> None:
    """Leave out accessories that a support would push into the body."""
    kept = tuple(piece for piece in draft.look.accessories if piece.kind not in kinds)
    draft.look = replace(draft.look, accessories=kept)


def _sway(draft: Draft, rng: np.random.Generator) -> None:
    """Small turns of the spine."""
    for name in ("spine03", "spine01"):
        turn = about(X_AXIS, rng.normal(0, 0.04)) @ about(UP, rng.normal(0, 0.07))
        draft.rotations[draft.figure.body.bone[name]] = turn


def _bend_spine(draft: Draft, angle: float) -> None:
    for name in SPINE:
        row = draft.figure.body.bone[name]
        draft.rotations[row] = about(X_AXIS, angle / len(SPINE)) @ draft.rotations[row]


def _segments(draft: Draft, side: Side) -> tuple[float, float, float]:
    """Lengths of thigh and shin, height of the ankle joint over the sole."""
    hip, knee, ankle = (draft.figure.joint(f"{name}.{side}") for name in ("upperleg01", "lowerleg01", "foot"))
    height = float(ankle[1] - draft.sole)
    return float(np.linalg.norm(knee - hip)), float(np.linalg.norm(ankle - knee)), height


def _leg_length(draft: Draft) -> float:
    thigh, shin, _ = _segments(draft, "L")
    return thigh + shin


def _arm_length(draft: Draft, side: Side) -> float:
    points = [draft.figure.joint(f"{name}.{side}") for name in ("upperarm01", "lowerarm01", "wrist")]
    return float(np.linalg.norm(points[1] - points[0]) + np.linalg.norm(points[2] - points[1]))


def _plant(
    draft: Draft, side: Side, place: ArrayLike, toes: ArrayLike, *, lowered: float, pitch: float = 0.0
) -> None:
    """Ankle below the resting hip height, at ``place`` (x, unused, z); the hip sinks by ``lowered``."""
    figure = draft.figure
    x, _, z = np.asarray(place, float)
    rest = figure.joint(f"foot.{side}")
    _, shin, _ = _segments(draft, side)
    ankle = np.array(
        [x, rest[1] + lowered + 0.25 * shin * max(0.0, np.sin(pitch)), z + figure.joint("root")[2] + 0.5]
    )
    draft.step_to(side, draft.to_world(ankle), draft.turn @ (SIGN[side] * 0.12, 0.0, 1.0))
    _turn_foot(draft, side, toes, pitch)


def _turn_foot(draft: Draft, side: Side, toes: ArrayLike, pitch: float) -> None:
    """Sole level and toes along a direction in body coordinates; ``pitch`` lifts the heel."""
    x, _, z = np.asarray(toes, float)
    rest = draft.figure.joint(f"toe3-1.{side}") - draft.figure.joint(f"foot.{side}")
    yaw = np.arctan2(x, z) - np.arctan2(rest[0], rest[2])
    _set_global(draft, f"foot.{side}", about(UP, yaw) @ about(X_AXIS, pitch))


def _foot_rotation(draft: Draft, side: Side) -> Array:
    return draft.pose().rotation[draft.figure.body.bone[f"foot.{side}"]]


def _set_global(draft: Draft, name: str, rotation: Array) -> None:
    """Give a bone a rotation in body coordinates."""
    body = draft.figure.body
    row = body.bone[name]
    draft.rotations[row] = draft.pose().rotation[body.parent[row]].T @ rotation


def _foot_to(draft: Draft, side: Side, sole: ArrayLike, pole: ArrayLike, heel: float = 0.0) -> None:
    """The middle of the sole goes to a world point, level or with the ``heel`` some dm higher than the toes.

    ``pole`` of the knee in body coordinates.
    """
    figure = draft.figure
    _, _, height = _segments(draft, side)
    toes = np.array([SIGN[side] * 0.2, 0.0, 1.0])
    ball = float(np.linalg.norm(figure.joint(f"toe3-1.{side}") - figure.joint(f"foot.{side}")))
    ankle = np.asarray(sole, float) + (height + heel) * UP - draft.turn @ unit(toes) * 0.3 * ball
    draft.step_to(side, ankle, draft.turn @ np.asarray(pole, float))
    _turn_foot(draft, side, toes, float(np.arcsin(min(0.8, heel / ball))))


def _hang_leg(draft: Draft, side: Side, spread: float, kick: float) -> None:
    """Thigh level, shin down, toes a little lower."""
    bone = draft.figure.body.bone
    _set_global(draft, f"upperleg01.{side}", about(UP, spread) @ about(X_AXIS, -1.5))
    _set_global(draft, f"lowerleg01.{side}", about(UP, spread) @ about(X_AXIS, -kick))
    draft.rotations[bone[f"foot.{side}"]] = about(X_AXIS, 0.25)


def _sit_down(
    draft: Draft, seat: ArrayLike, forward: ArrayLike, rng: np.random.Generator, *, recline: float
) -> None:
    """Pelvis and level thighs on the seat; the legs are to be solved."""
    _reset(draft, "sitting")
    _take_off(draft, "backpack", "shoulder bag")
    seat, forward = np.asarray(seat, float), np.asarray(forward, float)
    body = draft.figure.body
    draft.yaw = float(np.arctan2(forward[0], forward[2]))
    draft.rotations[0] = about(X_AXIS, -recline)
    _sway(draft, rng)
    for side in SIDES:
        _set_global(draft, f"upperleg01.{side}", about(X_AXIS, -1.43))
    hips = (draft.joint("upperleg01.L") + draft.joint("upperleg01.R")) / 2
    names = ("root", "pelvis.L", "pelvis.R", "spine05", "upperleg01.L", "upperleg01.R")
    rows = np.flatnonzero(np.isin(body.owner, [body.bone[name] for name in names]))
    rows = np.intersect1d(rows, body.visible_vertices)
    skin = draft.skin()[rows]
    near = np.hypot(skin[:, 0] - hips[0], skin[:, 2] - hips[2]) < 0.24 * _leg_length(draft)
    draft.root = draft.root + np.array([seat[0] - hips[0], seat[1] - skin[near, 1].min(), seat[2] - hips[2]])


def _rest_arms(draft: Draft, rng: np.random.Generator) -> None:
    for side in SIDES:
        arms_down(draft, side, rng)


def _swing_arm(
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


def _chest_depth(draft: Draft) -> float:
    """Foremost z of the trunk at the height of the ribs, in body coordinates."""
    figure, body = draft.figure, draft.figure.body
    spine, shoulder = figure.joint("spine03")[1], figure.joint("upperarm01.L")[1]
    skin = figure.vertices[body.visible_vertices]
    level = (skin[:, 1] > (spine + shoulder) / 2 - 1.0) & (skin[:, 1] < shoulder) & (np.abs(skin[:, 0]) < 1.0)
    return float(skin[level, 2].max())
