"""Arms, hands and legs: two-bone inverse kinematics and hand orientation.

Functions edit local rotations in place.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from hrs_ros.synthetic.people.body import SIGN, Figure, Side
from hrs_ros.synthetic.rotation import Array, about, cross, frame, unit


@dataclass(frozen=True, slots=True)
class Limb:
    """Bones of a limb with two segments; the twist bones lie inside the segments."""

    upper: str
    lower: str
    end: str
    twist: tuple[str, ...]

    @classmethod
    def arm(cls, side: Side) -> Limb:
        twist = (f"upperarm02.{side}", f"lowerarm02.{side}")
        return cls(f"upperarm01.{side}", f"lowerarm01.{side}", f"wrist.{side}", twist)

    @classmethod
    def leg(cls, side: Side) -> Limb:
        twist = (f"upperleg02.{side}", f"lowerleg02.{side}")
        return cls(f"upperleg01.{side}", f"lowerleg01.{side}", f"foot.{side}", twist)


@dataclass(frozen=True, slots=True, eq=False)
class Bend:
    """A solved limb, in the body's own coordinates."""

    upper: Array  # (3, 3) global rotation of the upper segment
    lower: Array  # (3, 3) of the lower segment
    middle: Array  # (3,) elbow or knee
    end: Array  # (3,) wrist or ankle


def bend_limb(figure: Figure, limb: Limb, root: Array, target: ArrayLike, pole: ArrayLike) -> Bend:
    """Analytic two-bone IK from the joint position ``root``: the end goes to ``target`` or as near as it can.

    The middle joint bends towards the direction ``pole``.
    """
    rest_upper = figure.joint(limb.lower) - figure.joint(limb.upper)
    rest_lower = figure.joint(limb.end) - figure.joint(limb.lower)
    a, b = math.sqrt(rest_upper @ rest_upper), math.sqrt(rest_lower @ rest_lower)
    offset = np.asarray(target, float) - root
    direction = unit(offset)
    distance = min(max(math.sqrt(offset @ offset), abs(a - b) * 1.02), (a + b) * 0.999)
    pole = np.asarray(pole, float)
    bend = unit(pole - direction * (pole @ direction))
    cosine = (a * a + distance * distance - b * b) / (2 * a * distance)
    middle = root + a * (cosine * direction + math.sqrt(max(0.0, 1 - cosine * cosine)) * bend)
    end = root + distance * direction

    def hinge(first: Array, second: Array, straight: float) -> Array:
        axis = cross(first, second)
        return np.array([0, -1.0, 0]) if axis @ axis < straight**2 else axis

    rest_axis = hinge(rest_upper, rest_lower, 0.05)
    axis = hinge(middle - root, end - middle, 1e-4)
    upper = frame(middle - root, axis) @ frame(rest_upper, rest_axis).T
    lower = frame(end - middle, axis) @ frame(rest_lower, rest_axis).T
    return Bend(upper, lower, middle, end)


def reach(figure: Figure, rotations: Array, side: Side, target: ArrayLike, pole: ArrayLike) -> None:
    """The wrist joint goes to ``target`` in the body's own coordinates, the elbow bends towards ``pole``."""
    _reach(figure, rotations, Limb.arm(side), target, pole)


def step_to(figure: Figure, rotations: Array, side: Side, target: ArrayLike, pole: ArrayLike) -> None:
    """The ankle joint goes to ``target`` in the body's own coordinates, the knee bends towards ``pole``."""
    _reach(figure, rotations, Limb.leg(side), target, pole)


def _reach(figure: Figure, rotations: Array, limb: Limb, target: ArrayLike, pole: ArrayLike) -> None:
    body = figure.body
    for name in limb.twist:  # straight while the segments are solved
        rotations[body.bone[name]] = np.eye(3)
    upper, lower = body.bone[limb.upper], body.bone[limb.lower]
    pose = figure.pose(rotations)
    bend = bend_limb(figure, limb, pose.position[upper], target, pole)
    rotations[upper] = pose.rotation[body.parent[upper]].T @ bend.upper
    rotations[lower] = bend.upper.T @ bend.lower


def palm_frame(figure: Figure, side: Side) -> tuple[Array, Array, float]:
    """Rest pose: finger direction, palm normal (out of the palm), wrist-to-knuckle length."""
    wrist = figure.joint(f"wrist.{side}")
    to_middle = figure.joint(f"finger3-1.{side}") - wrist
    to_index, to_little = (figure.joint(f"finger{k}-1.{side}") - wrist for k in (2, 5))
    length = float(np.linalg.norm(to_middle))
    fingers = to_middle / length
    normal = cross(to_index, to_little) * -SIGN[side]
    return fingers, unit(normal - fingers * (normal @ fingers)), length


def twist_about(turn: Array, axis: Array) -> float:
    """Angle in (-pi, pi] by which a rotation turns about a unit axis."""
    vector = np.array([turn[2, 1] - turn[1, 2], turn[0, 2] - turn[2, 0], turn[1, 0] - turn[0, 1]])
    twist = 2 * np.arctan2(vector @ axis, 1 + np.trace(turn))
    return (twist + np.pi) % (2 * np.pi) - np.pi


def orient_hand(figure: Figure, rotations: Array, side: Side, fingers: ArrayLike, palm: ArrayLike) -> None:
    """Turn the wrist so that the fingers point along ``fingers`` and the palm faces ``palm``.

    Part of the twist goes to the forearm: skinning collapses when the wrist takes it all.
    """
    rest_fingers, rest_palm, _ = palm_frame(figure, side)
    body = figure.body
    goal = frame(fingers, palm) @ frame(rest_fingers, rest_palm).T
    pose = figure.pose(rotations)
    lower, twist_bone, wrist = (body.bone[f"{name}.{side}"] for name in ("lowerarm01", "lowerarm02", "wrist"))
    axis = unit(pose.position[wrist] - pose.position[lower])
    turn = goal @ pose.rotation[lower].T
    twist = twist_about(turn, axis)
    forearm = about(axis, twist * 0.6) @ pose.rotation[lower]
    rotations[twist_bone] = pose.rotation[lower].T @ forearm
    rotations[wrist] = forearm.T @ goal


def curl(figure: Figure, rotations: Array, side: Side, angle: float, thumb: float | None = None) -> None:
    """Bend finger joints towards the palm by ``angle`` radians (70 % at the knuckle), and the thumb."""
    fingers, palm, _ = palm_frame(figure, side)
    bone = figure.body.bone
    axis = cross(fingers, palm)
    turns = {1: about(axis, angle * 0.7), 2: about(axis, angle), 3: about(axis, angle)}
    for finger in range(2, 6):
        for joint, turn in turns.items():
            rotations[bone[f"finger{finger}-{joint}.{side}"]] = turn
    if thumb is not None:
        for joint in (2, 3):
            rotations[bone[f"finger1-{joint}.{side}"]] = about(fingers + palm, -thumb * SIGN[side])


def relax_arm(figure: Figure, rotations: Array, side: Side, rng: np.random.Generator) -> None:
    """Let the arm hang at the side."""
    sign, bone = SIGN[side], figure.body.bone
    shoulder = figure.pose(rotations).position[bone[f"upperarm01.{side}"]]
    length = np.linalg.norm(figure.joint(f"wrist.{side}") - figure.joint(f"upperarm01.{side}"))
    drop = np.array([sign * rng.uniform(0.12, 0.35), -rng.uniform(0.86, 0.95), rng.uniform(-0.05, 0.3)])
    reach(figure, rotations, side, shoulder + length * drop, (sign * 0.5, 0, -1))
    orient_hand(figure, rotations, side, (0, -1, 0.15), (-sign, 0, 0))
    curl(figure, rotations, side, rng.uniform(0.15, 0.5))


def stand(figure: Figure, rotations: Array, rng: np.random.Generator) -> None:
    """Legs of a standing person, slightly apart and bent."""
    bone = figure.body.bone
    for side, sign in SIGN.items():
        spread = about((0, 0, 1), -rng.uniform(0.02, 0.1) * sign)
        rotations[bone[f"upperleg01.{side}"]] = spread @ about((1, 0, 0), rng.uniform(-0.15, 0.1))
        rotations[bone[f"lowerleg01.{side}"]] = about((1, 0, 0), rng.uniform(0, 0.2))


def look_along(figure: Figure, rotations: Array, direction: ArrayLike) -> None:
    """Turn neck and head towards a direction in body coordinates, at most 40 degrees to each side."""
    x, y, z = np.asarray(direction, float)
    bone = figure.body.bone
    turn = np.clip(np.arctan2(x, z), -0.7, 0.7)
    nod = np.clip(np.arctan2(-y, np.hypot(x, z)), -0.4, 0.7)
    rotations[bone["neck02"]] = about((0, 1, 0), turn * 0.5) @ about((1, 0, 0), nod * 0.4)
    rotations[bone["head"]] = about((0, 1, 0), turn * 0.5) @ about((1, 0, 0), nod * 0.45)


def eye_turn(direction: ArrayLike) -> Array:
    """Rotation (3, 3) of the eyes in the head towards a direction, at most 25 degrees to each side."""
    x, y, z = np.asarray(direction, float)
    turn = np.clip(np.arctan2(x, z), -0.44, 0.44)
    nod = np.clip(np.arctan2(-y, np.hypot(x, z)), -0.3, 0.44)
    return about((0, 1, 0), turn) @ about((1, 0, 0), nod)
