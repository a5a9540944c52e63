"""Hands on handles: the wrist goes there, then the fingers close until they meet what is held."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from hrs_ros.synthetic.people.body import SIGN, Side
from hrs_ros.synthetic.people.contact import Shape, shape_of
from hrs_ros.synthetic.people.draft import Draft
from hrs_ros.synthetic.people.hands import FINGERS, THUMB, Finger, Hand, hand_of, turns_about
from hrs_ros.synthetic.people.wrists import place_hand
from hrs_ros.synthetic.rotation import Array, cross, unit
from hrs_ros.synthetic.things.model import Handle

SKIN = 0.03  # dm between finger and surface that counts as contact; fingers stop there
STEPS = 16  # of closing a finger
OPEN, BENT_BACK = np.array([-0.2, 0.0, 0.0]), np.array([-0.3, -0.1, -0.1])  # radians of a finger's joints
FIST, CUPPED = np.array([1.3, 1.75, 1.1]), np.array([0.7, 0.7, 0.45])
THUMBS = np.array(
    [
        (swing, spread, bend)
        for swing in (-0.3, 0.0, 0.3, 0.6, 0.9)
        for spread in (-0.4, -0.1, 0.2)
        for bend in (-0.2, 0.1, 0.4, 0.8)
    ]
)  # radians: towards the palm, away from the index finger, of the outer joints


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
    shape = shape_of(handle, np.asarray(point, float), axis, out, surface)
    hand = hand_of(draft.figure, side)
    place_hand(draft, hand, shape, rng)
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


def _close(draft: Draft, hand: Hand, finger: Finger, shape: Shape, to_world: _Placement) -> None:
    """Curl a finger until a segment meets the shape, then let the segments beyond go on bending."""
    axis = cross(hand.along, hand.normal)
    angles, stop = (OPEN, FIST) if shape.grasp == "bar" else (BENT_BACK, CUPPED)
    free = 0
    while free < 3:
        path = angles + np.linspace(0, 1, STEPS)[:, None] * (stop - angles) * (np.arange(3) >= free)
        first = finger.starts[free]
        gaps = shape.gap(to_world(finger.posed(turns_about(axis, path))[:, first:]))
        touching = np.minimum.reduceat(gaps, np.array(finger.starts[free:]) - first, axis=1) < SKIN
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
    _, second, third = finger.starts
    points = to_world(finger.posed(turns))
    tip = points[:, third:]
    gaps = np.minimum.reduceat(shape.gap(points[:, second:]), [0, third - second], axis=1)
    cost = 8 * np.maximum(0, SKIN - gaps.min(axis=1)) + 0.05 * (THUMBS**2).sum(axis=1)
    if shape.grasp in ("bar", "rim"):
        cost = cost + np.abs(gaps[:, 1] - SKIN)
    if shape.grasp == "rim":  # the thumb lies on the other side of the sheet
        cost = cost + np.maximum(0, ((tip - shape.point) @ shape.out).mean(axis=1) + shape.radius)
    draft.rotations[list(finger.bones)] = turns[int(cost.argmin())]


def _remaining(draft: Draft, hand: Hand, shape: Shape, to_world: _Placement) -> float:
    """Distance between the palm or the fingers and the ideal handle, 0 in contact."""
    gaps = [shape.ideal(to_world(hand.palm)).min()]
    for finger in hand.fingers.values():
        turns = draft.rotations[list(finger.bones)][None]
        gaps.append(shape.ideal(to_world(finger.posed(turns))).min())
    beside = np.linalg.norm(to_world(hand.along * hand.length) - shape.point) - 2.5 * hand.length
    return float(max(0.0, min(gaps), beside))
