"""Pull: luggage, carts and animals behind a walker; chairs, carts and doors towards oneself."""

from __future__ import annotations

import numpy as np

from hrs_ros.synthetic.episodes.acting import DRY_OUTDOORS, SIDES, Act, ahead_of, arm, outward
from hrs_ros.synthetic.episodes.approach import (
    Approach,
    Hands,
    approach,
    centred,
    facing_hands,
    lean_towards,
    put_down,
    way_to,
    with_sides,
)
from hrs_ros.synthetic.episodes.clearance import arms_of, samples, trunk_of
from hrs_ros.synthetic.episodes.gestures import arm_length
from hrs_ros.synthetic.episodes.handling import CONTACT, Where, grip
from hrs_ros.synthetic.episodes.pushing import finish_approach
from hrs_ros.synthetic.episodes.two_hands import pair_of
from hrs_ros.synthetic.episodes.wielding import GOOD, facing
from hrs_ros.synthetic.people import postures
from hrs_ros.synthetic.people.draft import Draft
from hrs_ros.synthetic.rotation import UP, X_AXIS, Array, about
from hrs_ros.synthetic.stage import Cast, Episode, Spot, Stage
from hrs_ros.synthetic.things.model import Handle, Model

LOWEST = 4.5  # dm: a handle a standing person pulls by
MODELS, TRIES = 6, 8
TILTS = np.arange(0.1, 1.2, 0.1)  # radians a wheeled thing may lean towards who pulls it


def pull_luggage(stage: Stage, rng: np.random.Generator, spot: Spot) -> Cast:
    """A wheeled suitcase behind a walker, tilted on its wheels."""
    act = Act(stage, rng, spot)
    side = act.side()
    draft = act.person(yaw=rng.normal(0, 0.6), age=None if rng.random() < 0.3 else "adult")
    (postures.walk if rng.random() < 0.8 else postures.stand)(draft, rng)
    model = act.choose("pull", entities=("luggage",), habitat=act.habitat)
    handle = model.handles["pull"][0]
    body, local, before = trunk_of(draft), samples(model), draft.rotations.copy()
    best: tuple[float, Where, Array] | None = None
    for _ in range(TRIES):
        out, back, down = rng.uniform(0.2, 0.5), rng.uniform(0.35, 0.75), rng.uniform(0.62, 0.9)
        length = arm_length(draft, side)
        point = draft.joint(f"upperarm01.{side}") + length * (
            out * outward(draft, side) - back * ahead_of(draft) - down * UP
        )
        where = tilted(draft, model, handle, point, local)
        points = where.point(local)
        inside = max(0.0, 0.15 - body.clearance(points))
        draft.rotations[:] = before
        gap = grip(draft, side, handle, model, where, rng)
        cost = inside + 3 * max(0.0, gap - 0.6 * CONTACT) + max(0.0, 0.05 - arms_of(draft).clearance(points))
        if best is None or cost < best[0]:
            best = cost, where, draft.rotations.copy()
        if cost < GOOD:
            break
    assert best is not None
    draft.rotations[:] = best[2]
    eyes = (draft.joint("eye.L") + draft.joint("eye.R")) / 2
    draft.look_at(eyes + 20 * ahead_of(draft) + rng.normal(0, 4, 3))
    thing, human = act.put(model, best[1].rotation, best[1].translation), act.enter(draft)
    act.claim(human, "pull", thing, arm(side))
    act.claim(human, "hold", thing, arm(side))
    act.watch(best[1].point(handle.point))
    return act.cast


def tilted(draft: Draft, model: Model, handle: Handle, point: Array, local: Array) -> Where:
    """A wheeled thing that leans towards the walker so far that its handle comes to the hand's height."""
    choices = []
    for angle in TILTS:
        rotation = facing(draft, model) @ about(X_AXIS, angle)
        lowest = float((local @ rotation.T)[:, 1].min())
        height = float((rotation @ np.asarray(handle.point))[1]) - lowest
        choices.append((abs(height - point[1]), height, rotation))
    _, height, rotation = min(choices, key=lambda choice: choice[0])
    return Where.bringing(handle.point, np.array([point[0], height, point[2]]), rotation)


def pull_towards(stage: Stage, rng: np.random.Generator, spot: Spot) -> Cast:
    """Something that stands before the person, who leans back with stretched arms."""
    act = Act(stage, rng, spot)
    return _pull(act, lead=False)


def lead(stage: Stage, rng: np.random.Generator, spot: Spot) -> Cast:
    """A cart or an animal that follows: the hand is behind or beside the walker."""
    act = Act(stage, rng, spot)
    return _pull(act, lead=True)


def _pull(act: Act, *, lead: bool) -> Cast:
    rng = act.rng
    best: tuple[Approach, Model] | None = None
    for _ in range(MODELS):
        model = act.choose("pull", habitat=act.habitat, largest=13.0, fits=_led if lead else _faced)
        where = put_down(act, yaw=rng.uniform(-np.pi, np.pi))
        hands: Hands = with_sides(act, model.handles["pull"])
        pair = pair_of(model, "pull")
        if pair is not None and rng.random() < 0.6 and not lead:
            hands = tuple(zip(SIDES, pair, strict=True))
        way = where.rotation @ np.asarray(model.user, float) if pair else way_to(model, where, hands)
        if lead:
            way = where.rotation @ np.array([0.0, 0.0, 1.0])
            done = _walk_before(act, model, where, hands, way)
        else:

            def pose(draft: Draft) -> None:
                lean_towards(draft, -rng.uniform(0.15, 0.35), rng)

            done = approach(act, model, where, hands, pose=pose, direction=way, farthest=True)
        if best is None or done.cost < best[0].cost:
            best = done, model
        if done.cost < GOOD:
            break
    assert best is not None
    done, model = best
    if lead:
        draft = done.draft
        eyes = (draft.joint("eye.L") + draft.joint("eye.R")) / 2
        draft.look_at(eyes + 20 * ahead_of(draft) + rng.normal(0, 4, 3))
    else:
        facing_hands(done.draft, done.point(), rng)
    finish_approach(act, done, model, "pull", "touch")
    return act.cast


def _walk_before(act: Act, model: Model, where: Where, hands: Hands, way: Array) -> Approach:
    """Somebody walks ahead of the handle, which the hand holds behind or beside them."""
    rng, (side, handle) = act.rng, hands[0]
    draft = act.person(age="adult")
    draft.yaw = float(np.arctan2(way[0], way[2])) + rng.normal(0, 0.12)
    postures.walk(draft, rng)
    thing, body = where.point(samples(model)), trunk_of(draft)
    shoulder, before, root = draft.joint(f"upperarm01.{side}"), draft.rotations.copy(), draft.root.copy()
    target, length = where.point(handle.point), arm_length(draft, side)
    best: tuple[float, Array, Array, float] | None = None
    for _ in range(TRIES):
        offset = rng.uniform(-0.1, 0.75) * ahead_of(draft) - rng.uniform(0.2, 0.7) * outward(draft, side)
        shift = (target + length * offset - shoulder) * (1, 0, 1)
        inside = max(0.0, 0.15 - body.clearance(thing - shift))
        if inside > 0 and best is not None:
            continue
        draft.rotations[:], draft.root = before, root + shift
        gap = grip(draft, side, handle, model, where, rng)
        cost = inside + 3 * max(0.0, gap - 0.6 * CONTACT) + max(0.0, 0.05 - arms_of(draft).clearance(thing))
        if best is None or cost < best[0]:
            best = cost, draft.rotations.copy(), draft.root.copy(), gap
        if cost < GOOD:
            break
    assert best is not None
    draft.rotations[:], draft.root = best[1], best[2]
    return centred(act, model, Approach(draft, where, hands, (best[3],), best[0]))


def _pullable(model: Model) -> bool:
    handles = model.handles.get("pull", ())
    if not handles or handles[0].point[1] < LOWEST or handles[0].grasp == "flat":
        return False
    return model.entity not in ("luggage", "bag", "bucket")


def _faced(model: Model) -> bool:
    return _pullable(model) and model.entity not in ("bicycle", "horse", "camel")


def _led(model: Model) -> bool:
    """The handle is before the thing, so that it follows who pulls it."""
    return _pullable(model) and model.handles["pull"][0].point[2] > 0.5 and model.kind != "refrigerator"


EPISODES = (
    Episode("pull luggage", ("pull", "hold"), pull_luggage, radius=6.0, weight=1.5),
    Episode("pull towards oneself", ("pull", "touch"), pull_towards, radius=8.0),
    Episode("lead something", ("pull", "touch"), lead, radius=11.0, places=DRY_OUTDOORS),
)
