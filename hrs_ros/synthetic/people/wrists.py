"""Where the wrist goes for a handle: the most comfortable of many hands and elbows."""

from __future__ import annotations

import numpy as np

from hrs_ros.synthetic.people.body import SIGN, Figure
from hrs_ros.synthetic.people.contact import Shape
from hrs_ros.synthetic.people.draft import Draft
from hrs_ros.synthetic.people.hands import FINGERS, Hand, frames, metacarpals, turns_about, twists_about
from hrs_ros.synthetic.people.posing import Limb
from hrs_ros.synthetic.rotation import Array, cross, frame
from hrs_ros.synthetic.things.model import Grasp

THICKNESS = 0.16  # of a finger, in palm lengths, from the middle of the bone to its skin
# How far along the hand (in palm lengths) the point of a handle lies; bars lie in the crook of the fingers.
ALONG: dict[Grasp, float] = {"palm": 0.9, "rim": 0.72, "flat": 0.75}
# Elbow directions that are tried, for the left arm: down and out, out, in, back, raised.
POLES = ((0.7, -1.0, -0.6), (1.0, -0.3, -0.3), (0.25, -1.0, -0.2), (0.4, -0.6, -1.0), (1.0, 0.3, -0.2))
AROUND = (0.0, 0.4, -0.4, 0.8, -0.8, 1.2, -1.2, 1.6, -1.6)  # radians a hand may turn about a bar
IN_PLANE = (0.0, 0.35, -0.35, 0.7, -0.7)  # radians fingers may turn on a flat thing


def place_hand(draft: Draft, hand: Hand, shape: Shape, rng: np.random.Generator) -> None:
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
    across = cross(shape.axis, -out) * (sign * end)[:, None]
    # In the plane of the palm: between straight across the bar and along it.
    fingers = np.cos(tilt)[:, None] * across + np.sin(tilt)[:, None] * cross(out, across)
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
    rest = frame(rest_lower, cross(rest_upper, rest_lower))
    lower = frames(forearm, cross(elbow - shoulder, forearm)) @ rest.T
    forearm = forearm / b
    in_hand = np.einsum("nij,npi->npj", turns @ frame(hand.along, hand.normal), forearm)
    flexed, aside = np.arctan2(in_hand[..., 1], in_hand[..., 0]), np.arcsin(np.clip(in_hand[..., 2], -1, 1))
    twist = np.abs(twists_about(turns[:, None] @ lower.swapaxes(-1, -2), forearm))
    wrist = flexed**2 + 2.5 * aside**2 + 0.1 * twist**2 + 4 * np.maximum(0, twist - 1.4) ** 2
    beside = np.maximum(0, abs(shoulder[0]) * 0.9 - sign * elbow[..., 0])
    inside = np.where(elbow[..., 2] < shoulder[2] + 1.0, beside, 0.0)
    raised = np.maximum(0, elbow[..., 1] - shoulder[1])
    return 5.0 * np.abs(far - reached)[:, None] + wrist + 2.0 * inside + 0.5 * raised
