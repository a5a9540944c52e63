"""Steps that postures share: from rest, spine, feet on their places, lengths."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import ArrayLike

from hrs_ros.synthetic.people.body import SIGN, Side
from hrs_ros.synthetic.people.draft import Draft
from hrs_ros.synthetic.rotation import UP, X_AXIS, Array, about, unit
from hrs_ros.synthetic.scene_graph import Posture

SIDES: tuple[Side, ...] = ("L", "R")
Z_AXIS = np.array([0.0, 0.0, 1.0])
SPINE = ("spine05", "spine04", "spine03", "spine02", "spine01")


def reset(draft: Draft, posture: Posture) -> None:
    draft.rotations[:] = np.eye(3)
    draft.posture = posture


def take_off(draft: Draft, *kinds: str) -> None:
    """Leave out accessories that a support would push into the body."""
    kept = tuple(piece for piece in draft.look.accessories if piece.kind not in kinds)
    draft.look = replace(draft.look, accessories=kept)


def sway(draft: Draft, rng: np.random.Generator) -> None:
    """Small turns of the spine."""
    for name in ("spine03", "spine01"):
        turn = about(X_AXIS, rng.normal(0, 0.04)) @ about(UP, rng.normal(0, 0.07))
        draft.rotations[draft.figure.body.bone[name]] = turn


def bend_spine(draft: Draft, angle: float) -> None:
    for name in SPINE:
        row = draft.figure.body.bone[name]
        draft.rotations[row] = about(X_AXIS, angle / len(SPINE)) @ draft.rotations[row]


def segments(draft: Draft, side: Side) -> tuple[float, float, float]:
    """Lengths of thigh and shin, height of the ankle joint over the sole."""
    hip, knee, ankle = (draft.figure.joint(f"{name}.{side}") for name in ("upperleg01", "lowerleg01", "foot"))
    height = float(ankle[1] - draft.sole)
    return float(np.linalg.norm(knee - hip)), float(np.linalg.norm(ankle - knee)), height


def leg_length(draft: Draft) -> float:
    thigh, shin, _ = segments(draft, "L")
    return thigh + shin


def arm_length(draft: Draft, side: Side) -> float:
    points = [draft.figure.joint(f"{name}.{side}") for name in ("upperarm01", "lowerarm01", "wrist")]
    return float(np.linalg.norm(points[1] - points[0]) + np.linalg.norm(points[2] - points[1]))


def plant(
    draft: Draft, side: Side, place: ArrayLike, toes: ArrayLike, *, lowered: float, pitch: float = 0.0
) -> None:
    """Ankle below the resting hip height, at ``place`` (x, unused, z); the hip sinks by ``lowered``."""
    figure = draft.figure
    x, _, z = np.asarray(place, float)
    rest = figure.joint(f"foot.{side}")
    _, shin, _ = segments(draft, side)
    ankle = np.array(
        [x, rest[1] + lowered + 0.25 * shin * max(0.0, np.sin(pitch)), z + figure.joint("root")[2] + 0.5]
    )
    draft.step_to(side, draft.to_world(ankle), draft.turn @ (SIGN[side] * 0.12, 0.0, 1.0))
    turn_foot(draft, side, toes, pitch)


def turn_foot(draft: Draft, side: Side, toes: ArrayLike, pitch: float) -> None:
    """Sole level and toes along a direction in body coordinates; ``pitch`` lifts the heel."""
    x, _, z = np.asarray(toes, float)
    rest = draft.figure.joint(f"toe3-1.{side}") - draft.figure.joint(f"foot.{side}")
    yaw = np.arctan2(x, z) - np.arctan2(rest[0], rest[2])
    set_global(draft, f"foot.{side}", about(UP, yaw) @ about(X_AXIS, pitch))


def foot_rotation(draft: Draft, side: Side) -> Array:
    return draft.pose().rotation[draft.figure.body.bone[f"foot.{side}"]]


def set_global(draft: Draft, name: str, rotation: Array) -> None:
    """Give a bone a rotation in body coordinates."""
    body = draft.figure.body
    row = body.bone[name]
    draft.rotations[row] = draft.pose().rotation[body.parent[row]].T @ rotation


def foot_to(draft: Draft, side: Side, sole: ArrayLike, pole: ArrayLike, heel: float = 0.0) -> None:
    """The middle of the sole goes to a world point, level or with the ``heel`` some dm higher than the toes.

    ``pole`` of the knee in body coordinates.
    """
    figure = draft.figure
    _, _, height = segments(draft, side)
    toes = np.array([SIGN[side] * 0.2, 0.0, 1.0])
    ball = float(np.linalg.norm(figure.joint(f"toe3-1.{side}") - figure.joint(f"foot.{side}")))
    ankle = np.asarray(sole, float) + (height + heel) * UP - draft.turn @ unit(toes) * 0.3 * ball
    draft.step_to(side, ankle, draft.turn @ np.asarray(pole, float))
    turn_foot(draft, side, toes, float(np.arcsin(min(0.8, heel / ball))))


def hang_leg(draft: Draft, side: Side, spread: float, kick: float) -> None:
    """Thigh level, shin down, toes a little lower."""
    bone = draft.figure.body.bone
    set_global(draft, f"upperleg01.{side}", about(UP, spread) @ about(X_AXIS, -1.5))
    set_global(draft, f"lowerleg01.{side}", about(UP, spread) @ about(X_AXIS, -kick))
    draft.rotations[bone[f"foot.{side}"]] = about(X_AXIS, 0.25)
