"""Carry: bags in hanging hands, big things in both arms, on the shoulder; mostly while walking."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from hrs_ros.synthetic.episodes.acting import SIDES, Act, ahead_of, outward
from hrs_ros.synthetic.episodes.clearance import samples
from hrs_ros.synthetic.episodes.gestures import arm_length
from hrs_ros.synthetic.episodes.handling import Where, grip, handles_of
from hrs_ros.synthetic.episodes.holding import (
    HEAVY,
    draw_kind,
    finish,
    hold_any,
    hold_both,
    hold_model,
)
from hrs_ros.synthetic.episodes.wielding import GOOD, Held, Holder, Zone
from hrs_ros.synthetic.people import postures
from hrs_ros.synthetic.people.body import Side, other
from hrs_ros.synthetic.rotation import UP, Array, about, frame, unit
from hrs_ros.synthetic.stage import Cast, Episode, Spot, Stage
from hrs_ros.synthetic.things.catalogue import KINDS
from hrs_ros.synthetic.things.model import Handle, Model
from hrs_ros.synthetic.verify.limits import BULKY

HANGING: tuple[Zone, ...] = ("hanging", "hanging", "aside")
SHOULDERED = ("shovel", "hoe", "broom", "stick", "paddle", "fishing rod", "skis", "flag")
BOXES = ("box", "basket", "box", "pillow")
TOP = 0.75  # dm from the shoulder joint to the clothes on top of it
MODELS, TRIES = 4, 6


def carry_bags(stage: Stage, rng: np.random.Generator, spot: Spot) -> Cast:
    """One or two bags, baskets, buckets or suitcases hang from the hands."""
    act = Act(stage, rng, spot)
    holder = _walker(act)
    fits = _fits(holder)
    first: Side = SIDES[rng.integers(2)]
    held = hold_any(act, holder, first, lambda: _bag(act), "carry", zones=HANGING, fits=fits)
    chance = rng.random()
    if chance < 0.3:
        hold_model(holder, other(first), held.model, "carry", zones=HANGING)
    elif chance < 0.5:
        hold_any(act, holder, other(first), lambda: _bag(act), "carry", zones=HANGING, fits=fits)
    finish(act, holder, predicates=("carry", "hold"))
    return act.cast


def carry_in_both_arms(stage: Stage, rng: np.random.Generator, spot: Spot) -> Cast:
    """A box, a basket, a tray, a pet or the like before the belly or the chest."""
    act = Act(stage, rng, spot)
    holder = _walker(act)
    hold_both(act, holder, "carry", ("chest", "belly", "belly", "low"), _fits(holder))
    finish(act, holder, predicates=("carry", "hold"))
    return act.cast


def carry_on_shoulder(stage: Stage, rng: np.random.Generator, spot: Spot) -> Cast:
    """A pole or a tool over the shoulder, or a box on it, steadied by one hand."""
    act = Act(stage, rng, spot)
    holder = _walker(act)
    side: Side = SIDES[rng.integers(2)]
    before = holder.draft.rotations.copy()
    best: tuple[Held, Array] | None = None
    for _ in range(MODELS):
        if rng.random() < 0.6:
            kinds = [name for name in SHOULDERED if name in KINDS and "carry" in KINDS[name].does]
            model = act.model(kinds[rng.integers(len(kinds))])
        else:
            model = act.model(BOXES[rng.integers(len(BOXES))])
        pole = model.kind in SHOULDERED
        for _ in range(TRIES):
            holder.draft.rotations[:] = before
            held = (_over_shoulder if pole else _on_shoulder)(holder, side, model)
            if best is None or held.cost < best[0].cost:
                best = held, holder.draft.rotations.copy()
            if held.cost < GOOD:
                break
        if best is not None and best[0].cost < GOOD:
            break
    assert best is not None
    holder.draft.rotations[:] = best[1]
    holder.held.append(best[0])
    finish(act, holder, predicates=("carry", "hold"))
    return act.cast


def _over_shoulder(holder: Holder, side: Side, model: Model) -> Held:
    """The hand before the chest, the pole up and back over the shoulder with its longer end."""
    rng, draft = holder.rng, holder.draft
    handle = handles_of(model, "carry", "hold")[0]
    length = arm_length(draft, side)
    joint = draft.joint(f"upperarm01.{side}") - 0.35 * outward(draft, side)
    rest = joint + (TOP + handle.radius + 0.15) * UP
    hand = joint + length * (
        rng.uniform(0.55, 0.8) * ahead_of(draft)
        - rng.uniform(0.0, 0.3) * UP
        + rng.uniform(-0.1, 0.15) * outward(draft, side)
    )
    low, high = model.bounds
    longer = float((np.asarray(handle.axis) @ ((low + high) / 2 - handle.point)) >= 0) * 2 - 1
    rotation = (
        frame(unit(rest - hand), outward(draft, side) + 0.3 * UP)
        @ frame(longer * np.asarray(handle.axis), handle.out).T
    )
    return _placed(holder, side, model, handle, Where.bringing(handle.point, hand, rotation))


def _on_shoulder(holder: Holder, side: Side, model: Model) -> Held:
    """The thing stands on the shoulder beside the head, the hand at its outer or front side."""
    rng, draft = holder.rng, holder.draft
    joint = draft.joint(f"upperarm01.{side}")
    handles = model.handles["hold"]
    handle = handles[0 if side == "L" else min(1, len(handles) - 1)]
    low, high = model.bounds
    yaw = draft.yaw + rng.normal(0, 0.12)
    rotation = about(outward(draft, side), rng.normal(0, 0.05)) @ about(UP, yaw)
    half = (high[0] - low[0]) / 2
    across = rng.uniform(0.0, 0.25) + half - 0.55
    target = joint + across * outward(draft, side) + (TOP + 0.1) * UP + rng.normal(0, 0.15) * ahead_of(draft)
    where = Where.bringing(((low[0] + high[0]) / 2, low[1], (low[2] + high[2]) / 2), target, rotation)
    return _placed(holder, side, model, handle, where)


def _placed(holder: Holder, side: Side, model: Model, handle: Handle, where: Where) -> Held:
    draft = holder.draft
    points = where.point(samples(model))
    inside = max(0.0, 0.02 - float(points[:, 1].min())) + max(0.0, 0.05 - holder.trunk.clearance(points))
    gap = grip(draft, side, handle, model, where, holder.rng)
    return Held(model, where, points, ((side, handle),), inside + holder.awkward(side, gap, points))


def _walker(act: Act) -> Holder:
    """Somebody who walks, or rarely stands."""
    rng = act.rng
    draft = act.person(yaw=rng.normal(0, 0.6))
    if rng.random() < 0.75:
        postures.walk(draft, rng)
    return Holder(draft, rng)


def _fits(holder: Holder) -> Callable[[Model], bool]:
    """What carrying is with and without a step: those who stand carry big things only."""

    def fits(model: Model) -> bool:
        low, high = model.bounds
        return holder.draft.posture == "moving" or float((high - low).max()) > BULKY + 0.2

    return fits


def _bag(act: Act) -> str:
    def fits(name: str) -> bool:
        return KINDS[name].entity in HEAVY

    return draw_kind(act, fits, "carry") if act.rng.random() < 0.85 else "suitcase"


EPISODES = (
    Episode("carry bags", ("carry", "hold"), carry_bags, radius=4.5, weight=2.0),
    Episode("carry in both arms", ("carry", "hold"), carry_in_both_arms, radius=4.5, weight=1.5),
    Episode("carry on the shoulder", ("carry", "hold"), carry_on_shoulder, radius=7.0),
)
