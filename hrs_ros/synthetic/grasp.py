"""Hands on handles: where the wrist goes, how the hand is turned, and fingers that close until they meet."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy.spatial import cKDTree

from hrs_ros.synthetic.body import SIGN, Side
from hrs_ros.synthetic.draft import Draft
from hrs_ros.synthetic.hands import FINGERS, THUMB, Finger, Hand, hand_of, metacarpals
from hrs_ros.synthetic.posing import Limb, bend_limb
from hrs_ros.synthetic.rotation import Array, about, unit
from hrs_ros.synthetic.things.model import Grasp, Handle

SKIN = 0.04  # dm between finger and surface that counts as contact; fingers stop there
NEARBY = 4.0  # dm around a handle within which surface points matter
STEPS = 24  # of closing a finger
BENDS = np.array([1.35, 1.6, 1.0])  # radians of the three joints of a closed fist
# How far along the hand (in palm lengths) the middle of the handle lies.
ALONG: dict[Grasp, float] = {"bar": 1.02, "palm": 0.9, "rim": 1.25, "flat": 0.75}
# Elbow directions that are tried, for the left arm: down and out, out, in, back, raised.
POLES = ((0.7, -1.0, -0.6), (1.0, -0.3, -0.3), (0.25, -1.0, -0.2), (0.4, -0.6, -1.0), (1.0, 0.3, -0.2))


@dataclass(frozen=True, slots=True, eq=False)
class Shape:
    """What fingers meet: the handle's ideal form and, if known, points of the real surface (world)."""

    grasp: Grasp
    point: Array
    axis: Array
    out: Array
    radius: float
    tree: cKDTree | None

    def ideal(self, points: Array) -> Array:
        """Signed distance (...,) to the ideal form: a bar, a half-space, or a slab that ends at the rim."""
        offset = points - self.point
        height = offset @ self.out
        if self.grasp == "bar":
            radial = offset - (offset @ self.axis)[..., None] * self.axis
            return np.linalg.norm(radial, axis=-1) - self.radius
        if self.grasp == "rim":
            return np.maximum(-(offset @ self.axis), np.abs(height) - self.radius)
        return height

    def gap(self, points: Array) -> Array:
        """Distance (...,) to whichever comes first: the ideal form (signed) or a surface point."""
        ideal = self.ideal(points)
        if self.tree is None:
            return ideal
        near, _ = self.tree.query(points, distance_upper_bound=1.0)
        return np.minimum(ideal, np.minimum(near, 1.0))


def hold(
    draft: Draft,
    side: Side,
    handle: Handle,
    point: ArrayLike,
    axis: ArrayLike,
    out: ArrayLike,
    surface: Array | None,
    rng: np.random.Generator,
) -> float:
    """Put the hand on a handle and close the fingers; returns the distance left in decimetres.

    ``point``, ``axis`` and ``out`` are the handle's in the world; ``surface`` (N, 3) are world points of the
    thing. The arm takes the most comfortable of several elbow and wrist positions.
    """
    point, out = np.asarray(point, float), unit(out)
    axis = np.asarray(axis, float)
    axis = unit(axis - out * (axis @ out))
    shape = Shape(handle.grasp, point, axis, out, handle.radius, _tree(surface, point))
    hand = hand_of(draft.figure, side)
    _place_hand(draft, hand, shape, rng)
    to_world = _Placement(draft, hand)
    for finger in FINGERS:
        _close(draft, hand, hand.fingers[finger], shape, to_world)
    _oppose(draft, hand, shape, to_world)
    return _remaining(draft, hand, shape, to_world)


def palm_point(draft: Draft, side: Side) -> Array:
    """World point (3,) on the skin in the middle of the palm."""
    hand = hand_of(draft.figure, side)
    return _Placement(draft, hand)(hand.along * hand.length * 0.75 + hand.normal * hand.pad)


def mouth_point(draft: Draft) -> Array:
    """World point (3,) between the lips, on their outside."""
    figure, pose = draft.figure, draft.pose()
    head = figure.body.bone["head"]
    lips = _lips(draft)
    return draft.to_world(pose.position[head] + pose.rotation[head] @ (lips - figure.heads[head]))


def _lips(draft: Draft) -> Array:
    """Rest position of the mouth's middle: the foremost skin between the lips' joints."""
    upper, lower = draft.figure.joint("oris05"), draft.figure.joint("oris01")
    return (upper + lower) / 2


def gaze(draft: Draft) -> tuple[Array, Array]:
    """World position (3,) between the eyes, and the unit direction they look in."""
    pose, bone = draft.pose(), draft.figure.body.bone
    eyes = [bone["eye.L"], bone["eye.R"]]
    forward = pose.rotation[eyes].mean(0) @ np.array([0.0, 0.0, 1.0])
    return draft.to_world(pose.position[eyes].mean(0)), unit(draft.turn @ forward)


class _Placement:
    """Maps points relative to the resting wrist into the world, for the present arm."""

    def __init__(self, draft: Draft, hand: Hand) -> None:
        pose, wrist = draft.pose(), draft.figure.body.bone[f"wrist.{hand.side}"]
        self.rotation = draft.turn @ pose.rotation[wrist]
        self.origin = draft.to_world(pose.position[wrist])

    def __call__(self, points: Array) -> Array:
        return points @ self.rotation.T + self.origin


def _tree(surface: Array | None, point: Array) -> cKDTree | None:
    if surface is None:
        return None
    near = surface[np.linalg.norm(surface - point, axis=1) < NEARBY]
    return cKDTree(near) if len(near) else None


def _place_hand(draft: Draft, hand: Hand, shape: Shape, rng: np.random.Generator) -> None:
    """Bring the wrist to where the handle lies in the hand, by the most comfortable arm."""
    figure, side, sign = draft.figure, hand.side, SIGN[hand.side]
    bone, limb = figure.body.bone, Limb.arm(side)
    for name in (limb.upper, limb.lower, limb.end, *limb.twist):
        draft.rotations[bone[name]] = np.eye(3)
    draft.rotations[metacarpals(figure, side)] = np.eye(3)
    shoulder = draft.pose().position[bone[limb.upper]]
    best: tuple[float, Array, Array, Array, Array] | None = None
    for fingers in _finger_directions(shape, sign, rng):
        depth = hand.pad + (shape.radius if shape.grasp in ("bar", "rim") else 0.0)
        wrist = shape.point - fingers * hand.length * ALONG[shape.grasp] + shape.out * depth
        target, along = draft.to_body(wrist), draft.direction_to_body(fingers)
        for pole in POLES:
            direction = np.array(pole) * (sign, 1, 1)
            bend = bend_limb(figure, limb, shoulder, target, direction)
            cost = _discomfort(bend.middle, bend.end, target, shoulder, along, sign)
            if best is None or cost < best[0]:
                best = (cost, wrist, draft.turn @ direction, fingers, -shape.out)
    assert best is not None
    _, wrist, pole, fingers, palm = best
    draft.reach(side, wrist, pole)
    draft.orient_hand(side, fingers, palm)


def _finger_directions(shape: Shape, sign: int, rng: np.random.Generator) -> list[Array]:
    """World directions of the fingers that suit the handle, best first."""
    if shape.grasp == "bar":  # across the bar, thumb towards one end or the other
        across = np.cross(shape.axis, -shape.out) * sign
        return [about(shape.out, tilt) @ across * end for end in (1, -1) for tilt in (0.0, 0.25, -0.25)]
    spread = rng.uniform(0.3, 0.6)
    return [about(shape.out, turn) @ shape.axis for turn in (0.0, spread, -spread)]


def _discomfort(
    elbow: Array, wrist: Array, target: Array, shoulder: Array, fingers: Array, sign: int
) -> float:
    """Unreached distance, a bent wrist, an elbow in the trunk or above the shoulder; body coordinates."""
    missed = float(np.linalg.norm(wrist - target))
    bent = float(np.arccos(np.clip(unit(wrist - elbow) @ fingers, -1, 1)))
    inside = max(0.0, abs(shoulder[0]) * 0.9 - sign * elbow[0]) if elbow[2] < shoulder[2] + 1.0 else 0.0
    raised = max(0.0, elbow[1] - shoulder[1])
    return 5.0 * missed + bent**2 + 2.0 * inside + 0.5 * raised


def _close(draft: Draft, hand: Hand, finger: Finger, shape: Shape, to_world: _Placement) -> None:
    """Curl a finger until a segment meets the shape, then let the segments beyond go on bending."""
    axis = np.cross(hand.along, hand.normal)
    start = np.array([-0.25, -0.1, -0.1]) if shape.grasp in ("flat", "palm") else np.array([-0.2, 0.0, 0.0])
    stop = BENDS if shape.grasp == "bar" else BENDS * (0.5, 0.4, 0.3)
    angles, free = start, 0
    while free < 3:
        path = angles + np.linspace(0, 1, STEPS)[:, None] * (stop - angles) * (np.arange(3) >= free)
        turns = np.stack([[about(axis, angle) for angle in row] for row in path])
        gaps = [shape.gap(to_world(points)).min(axis=1) for points in finger.posed(turns)]
        touching = np.stack(gaps, axis=1)[:, free:] < SKIN
        steps = np.flatnonzero(touching.any(axis=1))
        if len(steps) == 0:
            angles = path[-1]
            break
        step = steps[0]
        angles = path[step]
        free += int(np.flatnonzero(touching[step])[0]) + 1
    for bone, angle in zip(finger.bones, angles, strict=True):
        draft.rotations[bone] = about(axis, angle)


def _oppose(draft: Draft, hand: Hand, shape: Shape, to_world: _Placement) -> None:
    """Of a grid of thumb positions, the one nearest to touching from outside, and nearest to rest."""
    finger, sign = hand.fingers[THUMB], SIGN[hand.side]
    flex = (hand.along + hand.normal) * -sign
    grid = [
        (swing, spread, bend)
        for swing in (-0.3, 0.0, 0.3, 0.6, 0.9)
        for spread in (-0.4, -0.1, 0.2)
        for bend in (-0.2, 0.1, 0.4, 0.8)
    ]
    turns = []
    for swing, spread, bend in grid:
        base = about(hand.along, -swing * sign) @ about(hand.normal, spread * sign)
        turns.append([base, about(flex, bend), about(flex, bend)])
    segments = finger.posed(np.array(turns))
    gaps = [shape.gap(to_world(points)).min(axis=1) for points in segments]
    deepest = np.minimum(gaps[1], gaps[2])
    effort = np.array([0.05 * (swing**2 + spread**2 + bend**2) for swing, spread, bend in grid])
    wish = np.abs(gaps[2] - SKIN) if shape.grasp in ("bar", "rim") else np.zeros(len(grid))
    best = int((wish + 8 * np.maximum(0, -deepest) + effort).argmin())
    for bone, turn in zip(finger.bones, turns[best], strict=True):
        draft.rotations[bone] = turn


def _remaining(draft: Draft, hand: Hand, shape: Shape, to_world: _Placement) -> float:
    """Distance between the palm or the fingers and the ideal handle, 0 in contact."""
    gaps = [shape.ideal(to_world(hand.palm)).min()]
    for finger in hand.fingers.values():
        turns = draft.rotations[list(finger.bones)][None]
        gaps += [shape.ideal(to_world(points)).min() for points in finger.posed(turns)]
    beside = np.linalg.norm(to_world(hand.along * hand.length) - shape.point) - 2.5 * hand.length
    return float(max(0.0, min(gaps), beside))
