"""Eat and drink: a cup, bottle, glass or food at the mouth, standing or at a table."""

from __future__ import annotations

import numpy as np

from hrs_ros.synthetic.episodes.acting import SIDES, Act, ahead_of, arm, outward
from hrs_ros.synthetic.episodes.handling import Where, best_grip, handles_of, upright_turns
from hrs_ros.synthetic.episodes.seating import Seating, hands_on_table, lay_table, sit_at_table
from hrs_ros.synthetic.people import grasp
from hrs_ros.synthetic.people.body import Side, other
from hrs_ros.synthetic.people.draft import Draft
from hrs_ros.synthetic.rotation import X_AXIS, Array, about, cross, unit
from hrs_ros.synthetic.scene_graph import PlacedHuman
from hrs_ros.synthetic.stage import Cast, Episode, Spot, Stage
from hrs_ros.synthetic.things.model import Handle, Model

BITE = 1.35  # dm: what is larger does not go to the mouth whole
VESSELS = ("cup", "glass", "bottle")


def drink_standing(stage: Stage, rng: np.random.Generator, spot: Spot) -> Cast:
    act = Act(stage, rng, spot)
    _consume(act, act.person(yaw=rng.uniform(-0.8, 0.8)), "drink")
    return act.cast


def eat_standing(stage: Stage, rng: np.random.Generator, spot: Spot) -> Cast:
    act = Act(stage, rng, spot)
    _consume(act, act.person(yaw=rng.uniform(-0.8, 0.8)), "eat")
    return act.cast


def drink_at_table(stage: Stage, rng: np.random.Generator, spot: Spot) -> Cast:
    return _at_table(stage, rng, spot, "drink")


def eat_at_table(stage: Stage, rng: np.random.Generator, spot: Spot) -> Cast:
    return _at_table(stage, rng, spot, "eat")


def _at_table(stage: Stage, rng: np.random.Generator, spot: Spot, predicate: str) -> Cast:
    act = Act(stage, rng, spot)
    seating = sit_at_table(act)
    lay_table(act, seating)
    for k, draft in enumerate(seating.drafts):
        if k == 0:
            human = _consume(act, draft, predicate, seating)
        else:
            touching = hands_on_table(act, draft, SIDES, seating)
            human = act.enter(draft)
            act.touch(human, seating.table, touching)
        act.claim(human, "sit on", seating.chairs[k])
    return act.cast


def _consume(act: Act, draft: Draft, predicate: str, seating: Seating | None = None) -> PlacedHuman:
    """Bring something to the mouth; the free hand hangs or lies on the table."""
    rng, side = act.rng, act.side()
    model = act.choose(predicate, habitat="hand", largest=BITE)
    bone = draft.figure.body.bone
    back = rng.uniform(0.0, 0.25) if predicate == "drink" else rng.uniform(-0.15, 0.05)
    draft.rotations[bone["head"]] = draft.rotations[bone["head"]] @ about(X_AXIS, -back)
    touching = hands_on_table(act, draft, [other(side)], seating) if seating else ()
    _, handle, where = best_grip(draft, side, model, _at_mouth(act, draft, side, model), rng)
    thing = act.put(model, where.rotation, where.translation)
    human = act.enter(draft)
    act.claim(human, predicate, thing, "face")
    act.claim(human, "hold", thing, arm(side))
    if seating:
        act.touch(human, seating.table, touching)
    act.watch(where.point(handle.point))
    return human


def _at_mouth(act: Act, draft: Draft, side: Side, model: Model) -> list[tuple[Handle, Where]]:
    """Places of a thing whose mouth point meets the lips, tilted towards the face."""
    mouth, forward = grasp.mouth_point(draft), ahead_of(draft)
    lateral = unit(cross((0.0, 1.0, 0.0), forward))
    vessel = model.entity in VESSELS
    tilt = act.rng.uniform(0.35, 0.95) if vessel else act.rng.uniform(0.0, 0.35)
    if model.entity == "bottle":
        tilt += 0.5
    target = mouth + forward * (0.1 if vessel else 0.2)
    point = np.asarray(model.mouth if model.mouth is not None else (0, model.bounds[1][1], 0), float)
    choices = []
    # The top leans towards the face: about the person's left, backwards.
    for turn in upright_turns(model, -forward, count=2):
        where = Where.bringing(point, target, about(lateral, -tilt) @ turn)
        choices += [(held, where) for held in _facing(model, where, draft, side)]
    return choices


def _facing(model: Model, where: Where, draft: Draft, side: Side) -> list[Handle]:
    """Handles in the order in which the hand of a side reaches them best: from the side and the front."""
    wanted = unit(outward(draft, side) + 0.5 * ahead_of(draft))
    handles = handles_of(model, "hold", "eat", "drink")
    return sorted(handles, key=lambda held: -float((where.rotation @ _array(held.out)) @ wanted))


def _array(vector: tuple[float, float, float]) -> Array:
    return np.asarray(vector, float)


EPISODES = (
    Episode("drink standing", ("drink", "hold"), drink_standing, radius=4.0),
    Episode("drink at a table", ("drink", "hold", "sit on"), drink_at_table, radius=12.0, people=(1, 3)),
    Episode("eat standing", ("eat", "hold"), eat_standing, radius=4.0),
    Episode("eat at a table", ("eat", "hold", "sit on"), eat_at_table, radius=12.0, people=(1, 3)),
)
