"""Hands on handles: where the wrist goes, how the hand is turned, and fingers that close until they meet."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy.spatial import cKDTree

from hrs_ros.synthetic.body import SIGN, Figure, Side
from hrs_ros.synthetic.draft import Draft
from hrs_ros.synthetic.hands import (
    FINGERS,
    THUMB,
    Finger,
    Hand,
    frames,
    hand_of,
    metacarpals,
    turns_about,
    twists_about,
)
from hrs_ros.synthetic.posing import Limb
from hrs_ros.synthetic.rotation import Array, frame, unit
from hrs_ros.synthetic.things.model import Grasp, Handle

SKIN = 0.03  # dm between finger and surface that counts as contact; fingers stop there
NEARBY, MANY = 2.5, 4000  # dm around a handle within which surface points matter, and how many are kept
CELL, PATCH, DEEP = 0.15, 1.3, 1.0  # dm: grid, radius and depth of the surface whose curvature is felt
STEPS = 16  # of closing a finger
OPEN, BENT_BACK = np.array([-0.2, 0.0, 0.0]), np.array([-0.3, -0.1, -0.1])  # radians of a finger's joints
FIST, CUPPED = np.array([1.3, 1.75, 1.1]), np.array([0.7, 0.7, 0.45])
THICKNESS = 0.16  # of a finger, in palm lengths, from the middle of the bone to its skin
# How far along the hand (in palm lengths) the point of a handle lies; bars lie in the crook of the fingers.
ALONG: dict[Grasp, float] = {"palm": 0.9, "rim": 0.72, "flat": 0.75}
# Elbow directions that are tried, for the left arm: down and out, out, in, back, raised.
POLES = ((0.7, -1.0, -0.6), (1.0, -0.3, -0.3), (0.25, -1.0, -0.2), (0.4, -0.6, -1.0), (1.0, 0.3, -0.2))
AROUND = (0.0, 0.4, -0.4, 0.8, -0.8, 1.2, -1.2, 1.6, -1.6)  # radians a hand may turn about a bar
IN_PLANE = (0.0, 0.35, -0.35, 0.7, -0.7)  # radians fingers may turn on a flat thing
THUMBS = np.array(
    [
        (swing, spread, bend)
        for swing in (-0.3, 0.0, 0.3, 0.6, 0.9)
        for spread in (-0.4, -0.1, 0.2)
        for bend in (-0.2, 0.1, 0.4, 0.8)
    ]
)  # radians: towards the palm, away from the index finger, of the outer joints


@dataclass(frozen=True, slots=True, eq=False)
class Shape:
    """What fingers meet: the handle's ideal form and, if known, points of the real surface (world)."""

    grasp: Grasp
    point: Array
    axis: Array
    out: Array
    radius: float
    tree: cKDTree | None
    curvature: tuple[float, float] = (
        0.0,
        0.0,
    )  # 1 / dm, along the axis and across, of a flat handle's surface

    def ideal(self, points: Array) -> Array:
        """Signed distance (...,) to the ideal form: a bar, a bulging face, or a slab that ends at the rim."""
        offset = points - self.point
        height = offset @ self.out
        if self.grasp == "bar":
            radial = offset - (offset @ self.axis)[..., None] * self.axis
            return np.linalg.norm(radial, axis=-1) - self.radius
        if self.grasp == "rim":
            return np.maximum(-(offset @ self.axis), np.abs(height) - self.radius)
        along, across = offset @ self.axis, offset @ np.cross(self.axis, self.out)
        return height + (self.curvature[0] * along**2 + self.curvature[1] * across**2) / 2

    def gap(self, points: Array) -> Array:
        """Distance (...,) to whichever comes first: the ideal form (signed) or a surface point."""
        ideal = self.ideal(points)
        if self.tree is None:
            return ideal
        near, _ = self.tree.query(points, distance_upper_bound=0.5)
        return np.minimum(ideal, np.minimum(near, 0.5))


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
    point = np.asarray(point, float)
    axis, out = _square(axis, out, keep_axis=handle.grasp == "bar")
    near = _nearby(surface, point)
    if handle.grasp == "rim":
        axis, out = _along_underside(near - point, axis, out, handle.radius)
    tree = cKDTree(near) if len(near) else None
    curved = handle.grasp in ("flat", "palm")
    curvature = _curvature(near - point, axis, out) if curved else (0.0, 0.0)
    shape = Shape(handle.grasp, point, axis, out, handle.radius, tree, curvature)
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


def _square(axis: ArrayLike, out: ArrayLike, *, keep_axis: bool) -> tuple[Array, Array]:
    """Unit vectors at right angles: of a bar the axis is kept, of other things the direction out."""
    kept, other = (unit(axis), unit(out)) if keep_axis else (unit(out), unit(axis))
    other = other - kept * (kept @ other)
    if np.linalg.norm(other) < 1e-3:  # parallel: any perpendicular direction will do
        other = np.cross(kept, np.eye(3)[np.abs(kept).argmin()])
    return (kept, unit(other)) if keep_axis else (unit(other), kept)


class _Placement:
    """Maps points relative to the resting wrist into the world, for the present arm."""

    def __init__(self, draft: Draft, hand: Hand) -> None:
        pose, wrist = draft.pose(), draft.figure.body.bone[f"wrist.{hand.side}"]
        self.rotation = draft.turn @ pose.rotation[wrist]
        self.origin = draft.to_world(pose.position[wrist])

    def __call__(self, points: Array) -> Array:
        return points @ self.rotation.T + self.origin


def _nearby(surface: Array | None, point: Array) -> Array:
    """At most MANY surface points (N, 3) near a handle."""
    if surface is None:
        return np.zeros((0, 3))
    near = surface[np.linalg.norm(surface - point, axis=1) < NEARBY]
    return near[:: 1 + len(near) // MANY]


def _along_underside(offset: Array, axis: Array, out: Array, radius: float) -> tuple[Array, Array]:
    """Turn fingers under a rim so that they run along what bulges behind it, such as the bottom of a plate."""
    ahead, aside = offset @ axis, offset @ np.cross(axis, out)
    near = (ahead > 0.25) & (ahead < PATCH) & (np.abs(aside) < 0.5)
    if not near.any():
        return axis, out
    slope = float(np.clip(((offset @ out - radius)[near] / ahead[near]).max(), 0.0, 0.7))
    tilted = unit(axis + slope * out)
    return tilted, unit(out - slope * axis)


def _curvature(offset: Array, axis: Array, out: Array) -> tuple[float, float]:
    """How much a surface bulges along and across the axis, from its points (N, 3) relative to the handle."""
    u, v, height = offset @ axis, offset @ np.cross(axis, out), offset @ out
    inside = (np.hypot(u, v) < PATCH) & (height > -DEEP) & (height < 0.1)
    u, v, height = u[inside], v[inside], height[inside]
    # The outermost point of every cell: what lies behind it, such as the sides of a box, is no bulge.
    row = np.floor(u / CELL).astype(int) * 1000 + np.floor(v / CELL).astype(int)
    order = np.lexsort((-height, row))
    outer = order[np.unique(row[order], return_index=True)[1]]
    if len(outer) < 8:
        return 0.0, 0.0
    squares = np.stack([u[outer] ** 2, v[outer] ** 2], axis=1) / 2
    first, second = np.linalg.lstsq(squares, -height[outer], rcond=None)[0]
    return max(0.0, float(first)), max(0.0, float(second))


def _place_hand(draft: Draft, hand: Hand, shape: Shape, rng: np.random.Generator) -> None:
    """Bring the wrist to where the handle lies in the hand, by the most comfortable arm."""
    figure, side, sign = draft.figure, hand.side, SIGN[hand.side]
    bone, limb = figure.body.bone, Limb.arm(side)
    for name in (limb.upper, limb.lower, limb.end, *limb.twist):
        draft.rotations[bone[name]] = np.eye(3)
    draft.rotations[metacarpals(figure, side)] = np.eye(3)
    shoulder = draft.pose().position[bone[limb.upper]]
    along = _along(hand, shape)
    depth = hand.pad + (shape.radius if shape.grasp in ("bar", "rim") else 0.0)
    rest = np.concatenate([hand.palm, *(point for k in FINGERS for point in hand.fingers[k].points)])
    fingers, out, strain = _orientations(shape, sign)
    wrists = shape.point - fingers * hand.length * along + out * depth
    turns = frames(fingers, -out) @ frame(hand.along, hand.normal).T
    strain = strain + _blocked(rest @ turns.swapaxes(1, 2) + wrists[:, None], shape)
    strain = strain + rng.uniform(0, 0.05, len(strain))
    poles = np.array(POLES) * np.array([sign, 1, 1])
    targets, back = draft.to_body(wrists), draft.turn.T
    cost = strain[:, None] + _discomfort(figure, hand, shoulder, targets, poles, back @ turns)
    best, elbow = np.unravel_index(cost.argmin(), cost.shape)
    draft.reach(side, wrists[best], draft.turn @ poles[elbow])
    draft.orient_hand(side, fingers[best], -out[best])


def _along(hand: Hand, shape: Shape) -> float:
    """Where the handle's point lies between wrist and fingers, in palm lengths."""
    if shape.grasp != "bar":
        return ALONG[shape.grasp]
    crook = float((hand.fingers[3].joints[1] @ hand.along) / hand.length)  # of the bent middle finger
    return max(0.75, crook - THICKNESS - shape.radius / hand.length)


def _orientations(shape: Shape, sign: int) -> tuple[Array, Array, Array]:
    """World directions (N, 3) of the fingers and out of the surface that suit the handle, and costs (N,)."""
    if shape.grasp != "bar":
        turn = np.array(IN_PLANE)
        fingers = turns_about(shape.out, turn) @ shape.axis
        return fingers, np.broadcast_to(shape.out, fingers.shape), 0.4 * turn**2
    # Across the bar, thumb towards one end or the other, from around it.
    turn, end, tilt = (grid.ravel() for grid in np.meshgrid(AROUND, (1.0, -1.0), (0.0, 0.3, -0.3)))
    out = turns_about(shape.axis, turn) @ shape.out
    across = np.cross(shape.axis, -out) * (sign * end)[:, None]
    # In the plane of the palm: between straight across the bar and along it.
    fingers = np.cos(tilt)[:, None] * across + np.sin(tilt)[:, None] * np.cross(out, across)
    return fingers, out, 0.4 * turn**2 + tilt**2


def _blocked(points: Array, shape: Shape) -> Array:
    """Costs (N,) of open hands (N, M, 3) among the thing's surface points, away from a bar itself."""
    if shape.tree is None or shape.grasp != "bar":
        return np.zeros(len(points))
    near, _ = shape.tree.query(points, distance_upper_bound=0.08)
    away = shape.ideal(points) > 0.1
    return 3.0 * (np.isfinite(near) & away).sum(1) / np.maximum(1, away.sum(1))


def _discomfort(
    figure: Figure, hand: Hand, shoulder: Array, targets: Array, poles: Array, turns: Array
) -> Array:
    """Costs (N, P) of arms whose wrists go to ``targets`` (N, 3) with hands turned by ``turns`` (N, 3, 3).

    Counts unreached distance, a bent or twisted wrist, an elbow in the trunk or above the shoulder, for every
    elbow direction (P, 3). The same geometry as in ``posing.bend_limb``, for all candidates at once.
    """
    limb, sign = Limb.arm(hand.side), SIGN[hand.side]
    rest_upper = figure.joint(limb.lower) - figure.joint(limb.upper)
    rest_lower = figure.joint(limb.end) - figure.joint(limb.lower)
    a, b = np.linalg.norm(rest_upper), np.linalg.norm(rest_lower)
    offset = targets - shoulder
    far = np.linalg.norm(offset, axis=1)
    direction = offset / far[:, None]
    reached = np.clip(far, abs(a - b) * 1.02, (a + b) * 0.999)
    cosine = (a * a + reached**2 - b * b) / (2 * a * reached)
    sine = np.sqrt(np.maximum(0, 1 - cosine**2))
    bend = poles - (direction @ poles.T)[..., None] * direction[:, None]
    bend = bend / np.maximum(1e-9, np.linalg.norm(bend, axis=-1, keepdims=True))
    elbow = shoulder + a * (cosine[:, None, None] * direction[:, None] + sine[:, None, None] * bend)
    end = shoulder + reached[:, None] * direction
    forearm = end[:, None] - elbow
    rest = frame(rest_lower, np.cross(rest_upper, rest_lower))
    lower = frames(forearm, np.cross(elbow - shoulder, forearm)) @ rest.T
    forearm = forearm / b
    in_hand = np.einsum("nij,npi->npj", turns @ frame(hand.along, hand.normal), forearm)
    flexed, aside = np.arctan2(in_hand[..., 1], in_hand[..., 0]), np.arcsin(np.clip(in_hand[..., 2], -1, 1))
    twist = np.abs(twists_about(turns[:, None] @ lower.swapaxes(-1, -2), forearm))
    wrist = flexed**2 + 2.5 * aside**2 + 0.1 * twist**2 + 4 * np.maximum(0, twist - 1.4) ** 2
    beside = np.maximum(0, abs(shoulder[0]) * 0.9 - sign * elbow[..., 0])
    inside = np.where(elbow[..., 2] < shoulder[2] + 1.0, beside, 0.0)
    raised = np.maximum(0, elbow[..., 1] - shoulder[1])
    return 5.0 * np.abs(far - reached)[:, None] + wrist + 2.0 * inside + 0.5 * raised


def _close(draft: Draft, hand: Hand, finger: Finger, shape: Shape, to_world: _Placement) -> None:
    """Curl a finger until a segment meets the shape, then let the segments beyond go on bending."""
    axis = np.cross(hand.along, hand.normal)
    angles, stop = (OPEN, FIST) if shape.grasp == "bar" else (BENT_BACK, CUPPED)
    free = 0
    while free < 3:
        path = angles + np.linspace(0, 1, STEPS)[:, None] * (stop - angles) * (np.arange(3) >= free)
        segments = finger.posed(turns_about(axis, path))
        gaps = [shape.gap(to_world(points)).min(axis=1) for points in segments[free:]]
        touching = np.stack(gaps, axis=1) < SKIN
        steps = np.flatnonzero(touching.any(axis=1))
        if len(steps) == 0:
            angles = path[-1]
            break
        angles = path[max(0, steps[0] - 1)]
        free += int(np.flatnonzero(touching[steps[0]])[-1]) + 1
    draft.rotations[list(finger.bones)] = turns_about(axis, angles)


def _oppose(draft: Draft, hand: Hand, shape: Shape, to_world: _Placement) -> None:
    """Of a grid of thumb positions, the one nearest to touching from outside, and nearest to rest."""
    finger, sign = hand.fingers[THUMB], SIGN[hand.side]
    swing, spread, bend = THUMBS.T
    flex = unit((hand.along + hand.normal) * -sign)
    base = turns_about(hand.along, -swing * sign) @ turns_about(hand.normal, spread * sign)
    outer = turns_about(flex, bend)
    turns = np.stack([base, outer, outer], axis=1)
    tip, *others = (to_world(points) for points in reversed(finger.posed(turns)))
    gaps = [shape.gap(points).min(axis=1) for points in (tip, others[0])]
    cost = 8 * np.maximum(0, SKIN - np.minimum(*gaps)) + 0.05 * (THUMBS**2).sum(axis=1)
    if shape.grasp in ("bar", "rim"):
        cost = cost + np.abs(gaps[0] - SKIN)
    if shape.grasp == "rim":  # the thumb lies on the other side of the sheet
        cost = cost + np.maximum(0, ((tip - shape.point) @ shape.out).mean(axis=1) + shape.radius)
    draft.rotations[list(finger.bones)] = turns[int(cost.argmin())]


def _remaining(draft: Draft, hand: Hand, shape: Shape, to_world: _Placement) -> float:
    """Distance between the palm or the fingers and the ideal handle, 0 in contact."""
    gaps = [shape.ideal(to_world(hand.palm)).min()]
    for finger in hand.fingers.values():
        turns = draft.rotations[list(finger.bones)][None]
        gaps += [shape.ideal(to_world(points)).min() for points in finger.posed(turns)]
    beside = np.linalg.norm(to_world(hand.along * hand.length) - shape.point) - 2.5 * hand.length
    return float(max(0.0, min(gaps), beside))
