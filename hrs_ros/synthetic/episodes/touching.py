"""Touch: a hand on furniture, vehicles, animals; reaching for things on a table; hold and touch at once."""

from __future__ import annotations

import numpy as np

from hrs_ros.synthetic.body import Side, other
from hrs_ros.synthetic.draft import Draft
from hrs_ros.synthetic.episodes.acting import Act, ahead_of, arm
from hrs_ros.synthetic.episodes.approach import Approach, approach, facing_hands, put_down, with_sides
from hrs_ros.synthetic.episodes.gestures import arm_length
from hrs_ros.synthetic.episodes.handling import CONTACT, Where, grip, handles_of
from hrs_ros.synthetic.episodes.holding import draw_kind, hold_any
from hrs_ros.synthetic.episodes.pushing import finish_approach
from hrs_ros.synthetic.episodes.seating import lay_table, sit_at_table
from hrs_ros.synthetic.episodes.wielding import GOOD, Holder, lay, sees
from hrs_ros.synthetic.rotation import X_AXIS, Array, about
from hrs_ros.synthetic.stage import Cast, Episode, Spot, Stage
from hrs_ros.synthetic.things.model import Model, PlacedThing

LARGEST = 12.0  # dm of footprint of what is touched
MODELS = 4
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
    """Somebody at a table puts a hand to one of the things on it, the other hand too or not."""
    act = Act(stage, rng, spot)
    seating = sit_at_table(act, 1)
    things = lay_table(act, seating, most=8) or lay_table(act, seating, most=8)
    draft = seating.drafts[0]
    nearest = sorted(things, key=lambda thing: float(np.linalg.norm(thing.translation - _chest(draft))))
    chosen = next((thing for thing in nearest if _reach(act, draft, thing) is not None), None)
    side = None
    if chosen is not None:
        side = _reach(act, draft, chosen)
        low, high = chosen.model.bounds
        facing_hands(draft, chosen.to_world((low + high) / 2), rng)
    human = act.enter(draft)
    act.claim(human, "sit on", seating.chairs[0])
    if chosen is not None and side is not None:
        act.claim(human, "touch", chosen, arm(side))
        low, high = chosen.model.bounds
        middle = chosen.to_world((low + high) / 2)
        if sees(draft, middle):
            act.claim(human, "look at", chosen, "face")
        act.watch(middle)
    return act.cast


def _reach(act: Act, draft: Draft, thing: PlacedThing) -> Side | None:
    """The nearer hand goes to a thing on a table; the trunk leans as it must. None: too far."""
    side: Side = "L" if draft.to_body(thing.translation)[0] > 0 else "R"
    handles = handles_of(thing.model, "hold", "touch")
    where = Where(thing.rotation, thing.translation)
    before = draft.rotations.copy()
    for lean in LEANS:
        draft.rotations[:] = before
        spine = [draft.figure.body.bone[name] for name in ("spine04", "spine02")]
        draft.rotations[spine] = about(X_AXIS, lean / 2) @ draft.rotations[spine]
        shoulder = draft.joint(f"upperarm01.{side}")
        for handle in handles:
            if np.linalg.norm(where.point(handle.point) - shoulder) > 1.15 * arm_length(draft, side):
                continue
            if grip(draft, side, handle, thing.model, where, act.rng) < 0.8 * CONTACT:
                return side
    draft.rotations[:] = before
    return None


def _chest(draft: Draft) -> Array:
    return np.asarray(draft.joint("spine02") + 2.0 * ahead_of(draft))


def _at_thing(act: Act, *, standing: bool = False) -> tuple[Approach, Model]:
    """Somebody with a hand on a random thing."""
    rng = act.rng
    best: tuple[Approach, Model] | None = None
    for _ in range(MODELS):
        model = act.choose("touch", habitat=act.habitat, largest=LARGEST, fits=_tall if standing else _any)
        where = put_down(act, model, yaw=rng.uniform(-np.pi, np.pi))
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
