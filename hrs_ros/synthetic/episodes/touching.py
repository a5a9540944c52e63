"""Touch: a hand on furniture, vehicles, animals; reaching for things on a table; hold and touch at once."""

from __future__ import annotations

import numpy as np

from hrs_ros.synthetic.episodes.acting import Act, ahead_of, arm, outward
from hrs_ros.synthetic.episodes.approach import (
    Approach,
    approach,
    bend_spine,
    facing_hands,
    put_down,
    with_sides,
)
from hrs_ros.synthetic.episodes.gestures import arm_length
from hrs_ros.synthetic.episodes.handling import CONTACT, Where, grip, handles_of
from hrs_ros.synthetic.episodes.holding import draw_kind, hold_any
from hrs_ros.synthetic.episodes.pushing import finish_approach
from hrs_ros.synthetic.episodes.seating import SETTING, Seating, sit_at_table
from hrs_ros.synthetic.episodes.wielding import BENT, GOOD, Holder, lay, sees, wrist_bend
from hrs_ros.synthetic.people.body import Side, other
from hrs_ros.synthetic.people.draft import Draft
from hrs_ros.synthetic.rotation import UP, Array, about
from hrs_ros.synthetic.stage import Cast, Episode, Spot, Stage
from hrs_ros.synthetic.things.model import Model, PlacedThing

LARGEST = 12.0  # dm of footprint of what is touched
MODELS = 6
PLACES = 14  # on a table that are tried
LEANS = (0.0, 0.2, 0.4, 0.6)  # radians of the trunk of somebody who sits and reaches


def touch_thing(stage: Stage, rng: np.random.Generator, spot: Spot) -> Cast:
    """One hand on something that stands on the ground; one bends or squats for low things."""
    act = Act(stage, rng, spot)
    done, model = _at_thing(act)
    facing_hands(done.draft, done.point(), rng)
    finish_approach(act, done, model, "touch")
    return act.cast


def touch_and_hold(stage: Stage, rng: np.random.Generator, spot: Spot) -> Cast:
    """One hand on something that stands there while the other holds something else."""
    act = Act(stage, rng, spot)
    done, model = _at_thing(act, standing=True)
    holder = Holder(done.draft, rng)
    holder.keep_clear(done.where, model)
    side = other(done.hands[0][0])
    held = hold_any(act, holder, side, lambda: draw_kind(act))
    facing_hands(done.draft, done.point() if rng.random() < 0.5 else held.middle, rng)
    human, _ = finish_approach(act, done, model, "touch")
    thing = lay(act, held)
    act.claim(human, "hold", thing, arm(side))
    if sees(done.draft, held.middle):
        act.claim(human, "look at", thing, "face")
    return act.cast


def reach_on_table(stage: Stage, rng: np.random.Generator, spot: Spot) -> Cast:
    """Somebody at a table puts a hand to a thing on it, near enough to touch; other things lie around."""
    act = Act(stage, rng, spot)
    seating = sit_at_table(act, 1)
    draft, side = seating.drafts[0], act.side()
    before = draft.rotations.copy()
    touched = False
    for _ in range(PLACES):
        draft.rotations[:] = before
        model = act.choose("hold", entities=SETTING, habitat="table", largest=1.6)
        shoulder, length = draft.joint(f"upperarm01.{side}"), arm_length(draft, side)
        ahead, out = rng.uniform(0.55, 0.95) * length, rng.uniform(-0.35, 0.25) * length
        point = shoulder + ahead * ahead_of(draft) + out * outward(draft, side)
        point[1] = seating.table.to_world(seating.rest.centre)[1]
        where = Where(about(UP, rng.uniform(-np.pi, np.pi)), point)
        if not on_top(seating, point, model.footprint):
            continue
        touched = _reach(act, draft, side, model, where)
        if touched:
            break
    low, high = model.bounds
    middle = where.point((low + high) / 2)
    facing_hands(draft, middle, rng)
    thing = act.put(model, where.rotation, where.translation) if touched else None
    lay_around(act, seating, [thing] if thing else [])
    human = act.enter(draft)
    act.claim(human, "sit on", seating.chairs[0])
    if thing is not None:
        act.claim(human, "touch", thing, arm(side))
        if sees(draft, middle):
            act.claim(human, "look at", thing, "face")
        act.watch(middle)
    return act.cast


def on_top(seating: Seating, point: Array, margin: float) -> bool:
    """Whether a disc around a world point lies on the table's top."""
    offset = (point - seating.table.to_world(seating.rest.centre)) @ seating.table.rotation
    return bool((np.abs(offset[[0, 2]]) < np.asarray(seating.rest.half) - margin).all())


def lay_around(act: Act, seating: Seating, taken: list[PlacedThing], most: int = 5) -> None:
    """More things on the table that keep clear of those that lie there and of the hands at the edge."""
    rng, rest = act.rng, seating.rest
    for _ in range(int(rng.integers(1, most + 1))):
        model = act.choose("hold", entities=SETTING, habitat="table", largest=1.6)
        room = np.asarray(rest.half) - model.footprint - (0.1, 1.2)
        if (room <= 0).any():
            continue
        x, z = rng.uniform(-room, room)
        point = seating.table.to_world(np.add(rest.centre, (x, 0, z)))
        apart = [np.linalg.norm(point - thing.translation) - thing.model.footprint for thing in taken]
        if min(apart, default=9.0) > model.footprint + 0.4:
            taken.append(act.set_down(model, point, rng.uniform(-np.pi, np.pi)))


def _reach(act: Act, draft: Draft, side: Side, model: Model, where: Where) -> bool:
    """The hand goes to a thing on a table; the trunk leans as it must. Whether the hand meets it."""
    before = draft.rotations.copy()
    for lean in LEANS:
        draft.rotations[:] = before
        bend_spine(draft, lean)
        for handle in handles_of(model, "hold", "touch"):
            gap = grip(draft, side, handle, model, where, act.rng)
            if gap < 0.8 * CONTACT and wrist_bend(draft, side) < BENT + 0.2:
                return True
    return False


def _at_thing(act: Act, *, standing: bool = False) -> tuple[Approach, Model]:
    """Somebody with a hand on a random thing."""
    rng = act.rng
    best: tuple[Approach, Model] | None = None
    for _ in range(MODELS):
        model = act.choose("touch", habitat=act.habitat, largest=LARGEST, fits=_tall if standing else _any)
        where = put_down(act, yaw=rng.uniform(-np.pi, np.pi))
        hands = with_sides(act, handles_of(model, "touch", "push", "hold"))
        if standing:
            hands = ((act.side(), hands[0][1]),)
        done = approach(act, model, where, hands, turn=rng.normal(0, 0.3))
        if best is None or done.cost < best[0].cost:
            best = done, model
        if done.cost < GOOD:
            break
    assert best is not None
    return best


def _any(model: Model) -> bool:
    return bool(handles_of(model, "touch"))


def _tall(model: Model) -> bool:
    return _any(model) and handles_of(model, "touch")[0].point[1] > 5.0


EPISODES = (
    Episode("touch something", ("touch",), touch_thing, radius=9.0, weight=2.0),
    Episode("touch and hold", ("touch", "hold"), touch_and_hold, radius=9.0),
    Episode("reach on a table", ("touch", "sit on"), reach_on_table, radius=12.0),
)
