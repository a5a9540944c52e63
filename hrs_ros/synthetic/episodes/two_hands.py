"""A thing between both hands: a handle for each, a place before the trunk that clears it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from hrs_ros.synthetic.episodes.acting import SIDES, ahead_of, left_of
from hrs_ros.synthetic.episodes.clearance import arms_of, samples
from hrs_ros.synthetic.episodes.gestures import arm_length
from hrs_ros.synthetic.episodes.handling import CONTACT, Where, grip
from hrs_ros.synthetic.episodes.wielding import (
    BENT,
    FOREARM,
    GOOD,
    READ,
    Held,
    Holder,
    facing,
    wrist_bend,
)
from hrs_ros.synthetic.people.draft import Draft
from hrs_ros.synthetic.rotation import UP, Array, about
from hrs_ros.synthetic.things.model import Handle, Model

Pair = tuple[Handle, Handle]
CLOSEST, WIDEST = 0.9, 8.0  # dm between two hands on one thing
LEVELS: dict[str, tuple[float, float]] = {  # of the hands below the shoulders, in arm lengths
    "chest": (0.15, 0.5),
    "belly": (0.45, 0.72),
    "low": (0.75, 0.9),
    "overhead": (-0.85, -0.6),
    "face": (-0.2, 0.05),
}
TRIES, STEPS = 6, 9  # heights that are tried, and distances for each


@dataclass(frozen=True, slots=True)
class Limits:
    """Distances ahead of the shoulders that are tried, in arm lengths."""

    nearest: float = 0.2
    furthest: float = 0.9


def pair_of(model: Model, *predicates: str) -> Pair | None:
    """Handles for a left and a right hand: of the first predicate that offers two that are apart."""
    for predicate in predicates:
        handles = model.handles.get(predicate, ())
        for first in range(0, len(handles) - 1):
            left, right = handles[first], handles[first + 1]
            gap = float(np.linalg.norm(np.subtract(left.point, right.point)))
            if CLOSEST < gap < WIDEST and left.grasp == right.grasp:
                return left, right
    return None


def take_both(
    holder: Holder,
    model: Model,
    pair: Pair,
    *,
    level: str = "belly",
    limits: Limits | None = None,
    tilt: float | None = None,
) -> Held:
    """Hold a thing in both hands before the trunk (or over the head), as near as it clears the body."""
    limits, rng, draft = limits or Limits(), holder.rng, holder.draft
    before, local = draft.rotations.copy(), samples(model)
    middle = np.mean([handle.point for handle in pair], axis=0)
    length = arm_length(draft, "L")
    best: tuple[Held, Array] | None = None
    for _ in range(TRIES):
        if tilt is not None:
            slope = tilt
        elif model.entity in READ:
            slope = rng.uniform(0.3, 1.1)
        else:
            slope = rng.normal(0.0, 0.06)
        rotation = about(left_of(draft), -slope) @ about(UP, rng.normal(0, 0.06)) @ facing(draft, model)
        target = shoulders(draft) - rng.uniform(*LEVELS[level]) * length * UP
        target = target + rng.normal(0, 0.25) * left_of(draft)
        start = rng.uniform(0.0, 0.12)
        for ahead in np.linspace(limits.nearest, limits.furthest, STEPS) + start:
            where = Where.bringing(middle, target + ahead * length * ahead_of(draft), rotation)
            points = where.point(local)
            inside = holder.blocked(points)
            if inside == 0 or ahead >= limits.furthest:
                break
        draft.rotations[:] = before
        gaps = [
            grip(draft, side, handle, model, where, rng) for side, handle in zip(SIDES, pair, strict=True)
        ]
        cost = inside + awkward_both(draft, gaps, points)
        held = Held(model, where, points, tuple(zip(SIDES, pair, strict=True)), cost)
        if best is None or cost < best[0].cost:
            best = held, draft.rotations.copy()
        if cost < GOOD:
            break
    assert best is not None
    draft.rotations[:] = best[1]
    holder.held.append(best[0])
    return best[0]


def awkward_both(draft: Draft, gaps: list[float], points: Array) -> float:
    """What is wrong with two hands on a thing, in dm."""
    missed = 3 * sum(max(0.0, gap - 0.6 * CONTACT) for gap in gaps)
    broken = sum(max(0.0, wrist_bend(draft, side) - BENT) for side in SIDES)
    return missed + broken + max(0.0, FOREARM - arms_of(draft).clearance(points))


def shoulders(draft: Draft) -> Array:
    """World point (3,) between the shoulder joints."""
    return np.asarray((draft.joint("upperarm01.L") + draft.joint("upperarm01.R")) / 2)
