"""Somebody goes to a thing that stays where it is, as near as the hands need and the body allows."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from hrs_ros.synthetic.episodes.acting import SIDES, Act, Age, ahead_of, heading, left_of
from hrs_ros.synthetic.episodes.clearance import arms_of, samples, trunk_of
from hrs_ros.synthetic.episodes.gestures import arm_length
from hrs_ros.synthetic.episodes.handling import CONTACT, Where, grip
from hrs_ros.synthetic.episodes.two_hands import shoulders
from hrs_ros.synthetic.episodes.wielding import BENT, FOREARM, GOOD, wrist_bend
from hrs_ros.synthetic.people import postures
from hrs_ros.synthetic.people.body import SIGN, Side
from hrs_ros.synthetic.people.draft import Draft
from hrs_ros.synthetic.rotation import UP, X_AXIS, Array, about, unit
from hrs_ros.synthetic.things.model import Handle, Model

Hands = tuple[tuple[Side, Handle], ...]
BODY_GAP = 0.15  # dm of air between the body and what stands before it
AWAY = np.arange(1.2, 9.0, 0.4)  # dm from the shoulders to the hands, level, that are tried
PRESSED = 1.75  # radians that a wrist bends back where the palm presses against something
MOST_GRIPS = 5


@dataclass(frozen=True, slots=True, eq=False)
class Approach:
    """A person at a thing; ``cost`` 0 = nothing wrong."""

    draft: Draft
    where: Where
    hands: Hands
    gaps: tuple[float, ...]
    cost: float

    @property
    def reaching(self) -> tuple[Side, ...]:
        """Sides whose hands meet the thing."""
        return tuple(side for (side, _), gap in zip(self.hands, self.gaps, strict=True) if gap < CONTACT)

    def point(self) -> Array:
        """World point (3,) between the hands."""
        return np.mean([self.where.point(handle.point) for _, handle in self.hands], axis=0)


def approach(
    act: Act,
    model: Model,
    where: Where,
    hands: Hands,
    *,
    pose: Callable[[Draft], None] | None = None,
    direction: Array | None = None,
    turn: float = 0.0,
    farthest: bool = False,
    age: Age | None = None,
) -> Approach:
    """Somebody new before the handles; ``direction`` = level way from the person to them.

    ``pose`` sets the posture (default: upright, bent or squatting as the handles' height asks for);
    ``turn`` = radians the person is turned off it; ``farthest``: with stretched arms, not close by.
    """
    rng = act.rng
    draft = act.person(age=age)
    points = np.array([where.point(handle.point) for _, handle in hands])
    middle = points.mean(0)
    way = unit((direction if direction is not None else way_to(model, where, hands)) * (1, 0, 1))
    draft.yaw = heading(way) + turn
    (pose or (lambda d: bend_to(d, float(middle[1]), rng)))(draft)
    shoulder = _shoulder(draft, hands)
    body, thing = trunk_of(draft), where.point(samples(model))
    before, root = draft.rotations.copy(), draft.root.copy()
    best: tuple[float, Array, Array, tuple[float, ...]] | None = None
    grips = 0
    away = AWAY * arm_length(draft, "L") / 5.0
    for distance in away[::-1] if farthest else away:
        shift = (middle - distance * way - shoulder) * (1, 0, 1)
        reach = float(np.linalg.norm(middle - shoulder - shift)) / arm_length(draft, "L")
        inside = max(0.0, BODY_GAP - body.clearance(thing - shift))
        if (inside > 0 or reach > 1.12) and not (distance == away[-1] and best is None):
            continue
        draft.rotations[:], draft.root = before, root + shift
        gaps = tuple(grip(draft, side, handle, model, where, rng) for side, handle in hands)
        cost = inside + sum(3 * max(0.0, gap - 0.6 * CONTACT) for gap in gaps)
        cost += sum(
            max(0.0, wrist_bend(draft, s) - (PRESSED if h.grasp == "flat" else BENT)) for s, h in hands
        )
        cost += max(0.0, FOREARM - arms_of(draft).clearance(thing))
        if best is None or cost < best[0]:
            best = cost, draft.rotations.copy(), draft.root.copy(), gaps
        grips += 1
        if cost < GOOD or grips == MOST_GRIPS:
            break
    assert best is not None
    draft.rotations[:], draft.root = best[1], best[2]
    return centred(act, model, Approach(draft, where, hands, best[3], best[0]))


def centred(act: Act, model: Model, done: Approach) -> Approach:
    """Person and thing moved together: the spot's middle lies between them."""
    low, high = model.bounds
    middle = (done.where.point((low + high) / 2) + done.draft.joint("root")) / 2
    shift = (act.at(0.0) - middle) * (1, 0, 1)
    done.draft.root = done.draft.root + shift
    return replace(done, where=Where(done.where.rotation, done.where.translation + shift))


def way_to(model: Model, where: Where, hands: Hands) -> Array:
    """Level world direction (3,) in which somebody looks who takes the handles: onto the thing."""
    handle = hands[0][1]
    out = where.rotation @ np.asarray(handle.out, float)
    if len(hands) == 1 and np.hypot(out[0], out[2]) > 0.5:
        return -out
    if len(hands) == 2:
        return where.rotation @ np.asarray(model.user, float)
    axis = where.rotation @ np.asarray(handle.axis, float)
    low, high = model.bounds
    inward = where.point((low + high) / 2) - where.point(handle.point)
    if handle.grasp == "bar":
        axis = np.cross(UP, axis)
        axis = axis if axis @ inward >= 0 else -axis
    level = axis * (1, 0, 1)
    return level if np.linalg.norm(level) > 0.2 else inward + 1e-3 * axis


def bend_to(draft: Draft, height: float, rng: np.random.Generator) -> None:
    """Stand, bend forward or squat so that the hands reach a height."""
    length = arm_length(draft, "L")
    drop = (shoulders(draft)[1] - height) / length
    if drop > 1.35:
        (postures.squat if rng.random() < 0.6 else postures.kneel)(draft, rng)
        bend_spine(draft, min(1.0, 0.9 * max(0.0, (shoulders(draft)[1] - height) / length - 0.7)))
    elif drop > 0.75:
        postures.lean(draft, min(0.95, 0.15 + 1.1 * (drop - 0.75)))


def bend_spine(draft: Draft, angle: float) -> None:
    """Bend the trunk forward by radians above the hips, which stay where they are."""
    spine = [draft.figure.body.bone[name] for name in ("spine04", "spine02")]
    draft.rotations[spine] = about(X_AXIS, angle / 2) @ draft.rotations[spine]


def _shoulder(draft: Draft, hands: Hands) -> Array:
    """World point (3,) that comes before the hands: a shoulder, or the middle of both."""
    if len(hands) == 1:
        side = hands[0][0]
        return draft.joint(f"upperarm01.{side}") - 0.4 * SIGN[side] * left_of(draft)
    return shoulders(draft)


def put_down(act: Act, yaw: float = 0.0) -> Where:
    """Where a thing stands upright in the middle of the spot."""
    return Where(about(UP, act.spot.yaw + yaw), act.at(0.0))


def with_sides(act: Act, handles: tuple[Handle, ...]) -> Hands:
    """One hand on one of the handles that it suits: the first is for the left hand where there are more."""
    k = int(act.rng.integers(len(handles)))
    side = SIDES[k % 2] if len(handles) > 1 else act.side()
    return ((side, handles[k]),)


def lean_towards(draft: Draft, angle: float, rng: np.random.Generator) -> None:
    """Mid-step or in a wide stance, the trunk bent forward (or back, negative) by an angle."""
    if rng.random() < 0.6:
        postures.walk(draft, rng)
    else:
        postures.stand(draft, rng)
    postures.lean(draft, angle)


def facing_hands(draft: Draft, point: Array, rng: np.random.Generator) -> None:
    """Look at what the hands do, or ahead."""
    if rng.random() < 0.5:
        draft.look_at(point)
    else:
        eyes = (draft.joint("eye.L") + draft.joint("eye.R")) / 2
        draft.look_at(eyes + 20 * ahead_of(draft) + rng.normal((0, -2, 0), (5, 2.5, 1)))
