"""Push: carts, prams, bicycles, furniture, barrels and cars; somebody on a swing or a sled."""

from __future__ import annotations

import numpy as np

from hrs_ros.synthetic import people, postures
from hrs_ros.synthetic.body import Side
from hrs_ros.synthetic.draft import Draft
from hrs_ros.synthetic.episodes.acting import DRY_OUTDOORS, SIDES, Act, ahead_of, arm, heading, outward
from hrs_ros.synthetic.episodes.approach import Approach, approach, facing_hands, lean_towards, put_down
from hrs_ros.synthetic.episodes.clearance import FAR, samples, trunk_of
from hrs_ros.synthetic.episodes.company import nearest
from hrs_ros.synthetic.episodes.gestures import arm_length
from hrs_ros.synthetic.episodes.handling import CONTACT, lay_palm
from hrs_ros.synthetic.episodes.two_hands import pair_of
from hrs_ros.synthetic.episodes.wielding import GOOD, sees
from hrs_ros.synthetic.rotation import UP
from hrs_ros.synthetic.scene_graph import PlacedHuman
from hrs_ros.synthetic.stage import Cast, Episode, Spot, Stage
from hrs_ros.synthetic.things.model import Model, PlacedThing

ROLLING = ("handcart", "pram")
BESIDE = ("bicycle", "motorcycle", "amusement facilities")  # nobody stands behind their handles
LOWEST = 3.5  # dm: nobody pushes lower things with the hands
MODELS = 6


def push_thing(stage: Stage, rng: np.random.Generator, spot: Spot) -> Cast:
    """Both hands on something that rolls or slides, the trunk leaning towards it."""
    return _push(stage, rng, spot, 12.0)


def push_car(stage: Stage, rng: np.random.Generator, spot: Spot) -> Cast:
    """Both hands on a car or a boat."""
    return _push(stage, rng, spot, 40.0, ("car", "boat"))


def push_one_handed(stage: Stage, rng: np.random.Generator, spot: Spot) -> Cast:
    """One hand on a cart, a pram or a piece of furniture; the other arm swings."""
    return _push(stage, rng, spot, 9.0, both=False)


def push_person(stage: Stage, rng: np.random.Generator, spot: Spot) -> Cast:
    """Somebody sits on a swing or a sled; hands on their back."""
    act = Act(stage, rng, spot)
    sort = "swing" if stage.place.outdoors and rng.random() < 0.6 else "sled"
    model = act.model(sort)
    seat = model.seats[0]
    where = put_down(act, yaw=rng.uniform(-1.2, 1.2))
    rider = people.random_draft(stage.studio, rng, age="child" if rng.random() < 0.6 else "adult")
    forward = where.rotation @ np.asarray(seat.forward)
    feet = tuple(where.point(foot) for foot in seat.feet)
    postures.sit(rider, rng, where.point(seat.point), forward, feet=feet)
    back = rider.skin()[rider.figure.body.visible_vertices]
    sitting = trunk_of(rider)
    pusher = act.person(age="adult")
    pusher.yaw = heading(forward)
    level = rider.joint("spine02")
    lean_towards(pusher, rng.uniform(0.2, 0.45), rng)
    drop = (pusher.joint("upperarm01.L")[1] - level[1]) / arm_length(pusher, "L")
    if drop > 0.7:
        postures.lean(pusher, min(0.75, 0.7 * (drop - 0.4)))
    before, root = pusher.rotations.copy(), pusher.root.copy()
    shoulder = (pusher.joint("upperarm01.L") + pusher.joint("upperarm01.R")) / 2
    skin = pusher.skin()[pusher.figure.body.visible_vertices]
    around, trunk = where.point(samples(model)), trunk_of(pusher)
    gaps: dict[Side, float] = {}
    for away in np.arange(1.6, 6.0, 0.3):
        shift = (level - away * ahead_of(pusher) - shoulder) * (1, 0, 1)
        if sitting.clearance(skin + shift) < 0.4 or trunk.clearance(around - shift) < 0.1:
            continue
        pusher.rotations[:], pusher.root = before, root + shift
        for side in SIDES:
            target = nearest(back, level - 1.5 * forward + 0.7 * outward(pusher, side))
            gaps[side] = lay_palm(pusher, side, target, UP + 0.2 * forward, -forward, back, rng)
        break
    facing_hands(pusher, level, rng)
    thing = act.put(model, where.rotation, where.translation)
    one, two = act.enter(rider), act.enter(pusher)
    act.claim(one, "sit on", thing)
    parts = tuple(arm(side) for side in SIDES if gaps.get(side, FAR) < CONTACT)
    if parts:
        act.claim(two, "push", one, *parts)
        act.claim(two, "touch", one, *parts)
    act.watch(level)
    return act.cast


def _push(
    stage: Stage,
    rng: np.random.Generator,
    spot: Spot,
    largest: float,
    entities: tuple[str, ...] = (),
    *,
    both: bool = True,
) -> Cast:
    act = Act(stage, rng, spot)
    best: tuple[Approach, Model] | None = None
    for _ in range(MODELS):
        wanted = entities or (ROLLING if rng.random() < 0.6 else ())
        model = act.choose("push", entities=wanted, habitat=act.habitat, largest=largest, fits=_pushable)
        where = put_down(act, yaw=rng.uniform(-1.3, 1.3))
        user = where.rotation @ np.asarray(model.user, float)
        pair = pair_of(model, "push")
        assert pair is not None
        hands = tuple(zip(SIDES, pair, strict=True))
        if not both:
            hands = (hands[rng.integers(2)],)
        middle = np.mean([where.point(handle.point) for _, handle in hands], axis=0)
        low = float(middle[1]) < 7.0

        def pose(draft: Draft, low: bool = low) -> None:
            lean_towards(draft, rng.uniform(0.3, 0.6) if low else rng.uniform(0.12, 0.4), rng)

        done = approach(act, model, where, hands, pose=pose, direction=user, turn=rng.normal(0, 0.08))
        if best is None or done.cost < best[0].cost:
            best = done, model
        if done.cost < GOOD:
            break
    assert best is not None
    done, model = best
    facing_hands(done.draft, done.point(), rng)
    finish_approach(act, done, model, "push", "touch")
    return act.cast


def finish_approach(
    act: Act, done: Approach, model: Model, *predicates: str
) -> tuple[PlacedHuman, PlacedThing]:
    """Add the thing and the person; claims with the hands that reach."""
    thing = act.put(model, done.where.rotation, done.where.translation)
    human = act.enter(done.draft)
    parts = tuple(arm(side) for side in done.reaching)
    if parts:
        for predicate in predicates:
            act.claim(human, predicate, thing, *parts)
    low, high = model.bounds
    if sees(done.draft, done.point()) or sees(done.draft, done.where.point((low + high) / 2)):
        act.claim(human, "look at", thing, "face")
    act.watch(done.point())
    return human, thing


def _pushable(model: Model) -> bool:
    pair = pair_of(model, "push")
    return pair is not None and pair[0].point[1] > LOWEST and model.entity not in BESIDE


EPISODES = (
    Episode("push something", ("push", "touch"), push_thing, radius=9.0, weight=2.0),
    Episode("push with one hand", ("push", "touch"), push_one_handed, radius=8.0),
    Episode("push a car", ("push", "touch"), push_car, radius=18.0, places=DRY_OUTDOORS, weight=0.5),
    Episode("push somebody", ("push", "sit on"), push_person, radius=9.0, people=(2, 2)),
)
