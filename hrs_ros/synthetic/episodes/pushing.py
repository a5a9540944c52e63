"""Push: carts, prams, bicycles, furniture, barrels and cars; somebody on a swing or a sled."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from hrs_ros.synthetic.episodes.acting import DRY_OUTDOORS, SIDES, Act, ahead_of, arm, heading, outward
from hrs_ros.synthetic.episodes.approach import Approach, approach, facing_hands, lean_towards, put_down
from hrs_ros.synthetic.episodes.clearance import FAR, samples, trunk_of
from hrs_ros.synthetic.episodes.company import nearest
from hrs_ros.synthetic.episodes.gestures import arm_length
from hrs_ros.synthetic.episodes.handling import CONTACT, lay_palm
from hrs_ros.synthetic.episodes.two_hands import pair_of, shoulders
from hrs_ros.synthetic.episodes.wielding import GOOD, sees
from hrs_ros.synthetic.people import casting, postures
from hrs_ros.synthetic.people.body import SIGN, Side
from hrs_ros.synthetic.people.draft import Draft
from hrs_ros.synthetic.rotation import UP, Array
from hrs_ros.synthetic.scene_graph import PlacedHuman
from hrs_ros.synthetic.stage import Cast, Episode, Spot, Stage
from hrs_ros.synthetic.things.model import Model, PlacedThing

ROLLING = ("handcart", "pram")
BESIDE = ("bicycle", "motorcycle", "amusement facilities")  # nobody stands behind their handles
DOWNWARD = 9.0  # dm: palms press with fingers down against faces below this
LOWEST = 3.5  # dm: nobody pushes lower things with the hands
MODELS = 6
LEANS = (0.2, 0.4, 0.6, 0.8, 1.0)  # radians of the trunk of somebody who pushes a sitting person


def push_thing(stage: Stage, rng: np.random.Generator, spot: Spot) -> Cast:
    """Both hands on something that rolls or slides, the trunk leaning towards it."""
    return _push(stage, rng, spot, 12.0)


def push_car(stage: Stage, rng: np.random.Generator, spot: Spot) -> Cast:
    """Both hands on the back of a car."""
    return _push(stage, rng, spot, 40.0, ("car",))


def push_one_handed(stage: Stage, rng: np.random.Generator, spot: Spot) -> Cast:
    """One hand on a cart, a pram or a piece of furniture; the other arm swings."""
    return _push(stage, rng, spot, 9.0, both=False)


def push_person(stage: Stage, rng: np.random.Generator, spot: Spot) -> Cast:
    """Somebody sits on a swing or a sled; hands on their back."""
    act = Act(stage, rng, spot)
    sort = "swing" if rng.random() < 0.6 else "sled"
    model = act.model(sort)
    seat = model.seats[0]
    where = put_down(act, yaw=rng.uniform(-1.2, 1.2))
    # A child on a sled sits too low for hands on its shoulders.
    child = sort == "swing" and rng.random() < 0.6
    rider = casting.random_draft(stage.studio, rng, age="child" if child else "adult")
    forward = where.rotation @ np.asarray(seat.forward)
    feet = tuple(where.point(foot) for foot in seat.feet)
    postures.sit(rider, rng, where.point(seat.point), forward, feet=feet)
    pusher = act.person(age="adult")
    pusher.yaw = heading(forward)
    gaps = _behind(act, pusher, rider, forward, where.point(samples(model)), walking=sort == "swing")
    level = rider.joint("spine02")
    facing_hands(pusher, level, rng)
    thing = act.put(model, where.rotation, where.translation)
    one, two = act.enter(rider), act.enter(pusher)
    act.claim(one, "sit on", thing)
    parts = tuple(arm(side) for side in SIDES if gaps[side] < CONTACT)
    if parts:
        act.claim(two, "push", one, *parts)
        act.claim(two, "touch", one, *parts)
    act.watch(level)
    return act.cast


def _behind(
    act: Act, pusher: Draft, rider: Draft, forward: Array, around: Array, *, walking: bool
) -> dict[Side, float]:
    """Both palms on the rider's shoulder blades, the trunk bent as it must; distances left by side.

    ``around`` = points of what the rider sits on, which the pusher does not step into.
    """
    rng, level = act.rng, shoulders(rider)
    back, sitting = rider.visible_skin(), trunk_of(rider)
    best: tuple[float, Array, Array, dict[Side, float]] | None = None
    for bend in LEANS:
        (postures.walk if walking else postures.stand)(pusher, rng)
        postures.lean(pusher, bend)
        before, root, trunk = pusher.rotations.copy(), pusher.root.copy(), trunk_of(pusher)
        skin = pusher.visible_skin()[::3]
        shoulder = shoulders(pusher)
        for away in np.arange(1.6, 7.0, 0.3):
            shift = (level - away * ahead_of(pusher) - shoulder) * (1, 0, 1)
            if sitting.clearance(skin + shift) < 0.4 or trunk.clearance(around - shift) < 0.1:
                continue
            pusher.rotations[:], pusher.root = before, root + shift
            gaps = {}
            for side in SIDES:
                joint = rider.joint(f"upperarm01.{side}")
                target = nearest(back, joint - 1.2 * forward + 0.2 * UP - 0.4 * outward(rider, side))
                fingers, out = UP + 0.6 * forward, 0.4 * UP - forward
                gaps[side] = lay_palm(pusher, side, target, fingers, out, back, rng)
            cost = max(gaps.values())
            if best is None or cost < best[0]:
                best = cost, pusher.rotations.copy(), pusher.root.copy(), gaps
            break
        if best is not None and best[0] < 0.6 * CONTACT:
            break
    if best is None:  # no room: stand well behind
        pusher.root = pusher.root + (level - 8.0 * forward - pusher.root) * (1, 0, 1)
        return {side: FAR for side in SIDES}
    pusher.rotations[:], pusher.root = best[1], best[2]
    return best[3]


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
        if pair[0].grasp == "flat" and where.point(pair[0].point)[1] < DOWNWARD and rng.random() < 0.7:
            hands = tuple((side, replace(handle, axis=_down(side))) for side, handle in hands)
        middle = np.mean([where.point(handle.point) for _, handle in hands], axis=0)
        height, pressed = float(middle[1]), pair[0].grasp == "flat"

        def pose(draft: Draft, height: float = height, pressed: bool = pressed) -> None:
            drop = (shoulders(draft)[1] - height) / arm_length(draft, "L")
            low = 1.3 * max(0.0, drop - 0.5) if pressed else 0.6 * max(0.0, drop - 0.85)
            lean_towards(draft, min(1.15, rng.uniform(0.12, 0.35) + low), rng)

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
    if sees(done.draft, done.point()):
        act.claim(human, "look at", thing, "face")
    act.watch(done.point())
    return human, thing


def _down(side: Side) -> tuple[float, float, float]:
    """Fingers that point down and outward, as a palm presses against something low before the person."""
    return (0.6 * SIGN[side], -0.8, 0.0)


def _pushable(model: Model) -> bool:
    pair = pair_of(model, "push")
    return pair is not None and pair[0].point[1] > LOWEST and model.entity not in BESIDE


EPISODES = (
    Episode("push something", ("push", "touch"), push_thing, radius=9.0, weight=2.0),
    Episode("push with one hand", ("push", "touch"), push_one_handed, radius=8.0),
    Episode("push a car", ("push", "touch"), push_car, radius=18.0, places=DRY_OUTDOORS, weight=0.5),
    Episode("push somebody", ("push", "sit on"), push_person, radius=9.0, people=(2, 2), places=DRY_OUTDOORS),
)
