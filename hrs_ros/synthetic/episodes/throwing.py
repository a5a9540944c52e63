"""Throw: a raised hand with the thing in it or just off it; both hands over the head or before the chest."""

from __future__ import annotations

import numpy as np

from hrs_ros.synthetic.episodes.acting import SIDES, Act, ahead_of, arm, outward
from hrs_ros.synthetic.episodes.gestures import arm_length, swing_arm
from hrs_ros.synthetic.episodes.handling import Where
from hrs_ros.synthetic.episodes.holding import draw_kind, hold_any, hold_both
from hrs_ros.synthetic.episodes.wielding import Held, Holder, Zone, lay, sees
from hrs_ros.synthetic.people import postures
from hrs_ros.synthetic.people.body import other
from hrs_ros.synthetic.rotation import UP, Array, unit
from hrs_ros.synthetic.stage import Cast, Episode, Spot, Stage
from hrs_ros.synthetic.things.catalogue import KINDS

NEVER = frozenset({"food"})
RELEASED = (0.4, 2.3)  # dm that a thrown thing has flown


def throw_with_one_hand(stage: Stage, rng: np.random.Generator, spot: Spot) -> Cast:
    """An arm drawn back over the shoulder, or stretched after the throw."""
    act = Act(stage, rng, spot)
    side = act.side()
    holder = _thrower(act)
    zones: tuple[Zone, ...] = ("overhead", "raised")
    held = hold_any(act, holder, side, lambda: _kind(act), "throw", zones=zones)
    draft = holder.draft
    if rng.random() < 0.6:  # the other arm points ahead or swings back
        swing_arm(draft, other(side), rng, rng.uniform(-0.5, 0.8))
    _let_fly(act, holder, held)
    return act.cast


def throw_with_both_hands(stage: Stage, rng: np.random.Generator, spot: Spot) -> Cast:
    """A throw-in over the head, or a pass from the chest."""
    act = Act(stage, rng, spot)
    holder = _thrower(act)
    held = hold_both(act, holder, "throw", ("overhead", "face", "chest"))
    _let_fly(act, holder, held)
    return act.cast


def catch_or_pass(stage: Stage, rng: np.random.Generator, spot: Spot) -> Cast:
    """One throws to another, who looks at the ball."""
    act = Act(stage, rng, spot)
    gap = rng.uniform(5.0, 7.5)
    angle = rng.uniform(-1.4, 1.4) + np.pi * rng.integers(2)
    thrower = Holder(act.person(-gap * np.cos(angle), -gap * np.sin(angle), angle), rng)
    held = hold_both(act, thrower, "throw", ("overhead", "face", "chest"))
    _let_fly(act, thrower, held)
    catcher = act.person(gap * np.cos(angle), gap * np.sin(angle), angle + np.pi)
    for side in SIDES:
        shoulder, length = catcher.joint(f"upperarm01.{side}"), arm_length(catcher, side)
        way = ahead_of(catcher) * rng.uniform(0.6, 0.8) - rng.uniform(-0.2, 0.3) * UP
        out = outward(catcher, side)
        catcher.reach(side, shoulder + length * way - 0.1 * out, out - UP)
        catcher.orient_hand(side, UP + 0.5 * ahead_of(catcher), ahead_of(catcher) - 0.4 * out)
    thing = act.cast.things[-1]
    low, high = thing.model.bounds
    middle = thing.to_world((low + high) / 2)
    catcher.look_at(middle)
    human = act.enter(catcher)
    if sees(catcher, middle):
        act.claim(human, "look at", thing, "face")
    return act.cast


def _thrower(act: Act) -> Holder:
    rng = act.rng
    draft = act.person(yaw=rng.normal(0, 0.5))
    chance = rng.random()
    if chance < 0.4:
        postures.walk(draft, rng)
    elif chance < 0.5:
        postures.run(draft, rng)
    return Holder(draft, rng)


def _kind(act: Act) -> str:
    return draw_kind(act, lambda name: KINDS[name].entity not in NEVER, predicate="throw")


def _let_fly(act: Act, holder: Holder, held: Held) -> None:
    """Mostly the thing has just left the hands."""
    rng, draft = act.rng, holder.draft
    parts = tuple(arm(side) for side, _ in held.hands)
    flies = rng.random() < 0.6
    if flies:
        way = unit(ahead_of(draft) + rng.uniform(0.1, 0.8) * UP + rng.normal(0, 0.1, 3))
        held = moved(held, rng.uniform(*RELEASED) * way)
        holder.held[:] = [held]
    if rng.random() < 0.4:
        draft.look_at(held.middle)
    else:
        eyes = (draft.joint("eye.L") + draft.joint("eye.R")) / 2
        draft.look_at(eyes + 25 * ahead_of(draft) + rng.normal((0, 1, 0), (4, 3, 1)))
    human, thing = act.enter(draft), lay(act, held)
    act.claim(human, "throw", thing, *parts)
    if not flies:
        act.claim(human, "hold", thing, *parts)
    if sees(draft, held.middle):
        act.claim(human, "look at", thing, "face")
    act.watch(held.middle)


def moved(held: Held, shift: Array) -> Held:
    """The thing further along its way."""
    where = Where(held.where.rotation, held.where.translation + shift)
    return Held(held.model, where, held.points + shift, held.hands, held.cost)


EPISODES = (
    Episode("throw with one hand", ("throw",), throw_with_one_hand, radius=4.5, weight=1.5),
    Episode("throw with both hands", ("throw",), throw_with_both_hands, radius=4.5),
    Episode("throw to somebody", ("throw",), catch_or_pass, radius=11.0, people=(2, 2)),
)
