"""Hold: something in one hand, two alike or two different things in two hands, one thing in both hands."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from hrs_ros.synthetic.episodes.acting import SIDES, Act, Age, ahead_of, arm
from hrs_ros.synthetic.episodes.gestures import gesture, hand_on_hip
from hrs_ros.synthetic.episodes.seating import take_seat
from hrs_ros.synthetic.episodes.two_hands import Pair, pair_of, take_both
from hrs_ros.synthetic.episodes.wielding import GOOD, Held, Holder, Zone, lay, sees, stance_of
from hrs_ros.synthetic.people import grasp, postures
from hrs_ros.synthetic.people.body import Side, other
from hrs_ros.synthetic.people.draft import Draft
from hrs_ros.synthetic.scene_graph import PlacedHuman
from hrs_ros.synthetic.stage import Cast, Episode, Spot, Stage
from hrs_ros.synthetic.things.catalogue import kinds_for
from hrs_ros.synthetic.things.model import Handle, Model, PlacedThing

MODELS = 3  # things that are tried until one is held well
DRAWS = 30  # things that are drawn until one suits
# What comes in pairs, and how often; the rest of the hand-held kinds share what is left.
ALIKE = {
    "plate": 0.42,
    "cup": 0.09,
    "glass": 0.05,
    "bottle": 0.1,
    "bowl": 0.05,
    "tennis ball": 0.04,
    "dumbbell": 0.05,
}
ONE_HAND, BOTH_HANDS = 3.2, 4.5  # dm of footprint of what lies on one hand or between two
NATURAL: tuple[Zone, ...] = ("front", "front", "front", "aside", "raised")
HEAVY = frozenset({"bag", "basket", "bucket", "luggage", "body building apparatus"})


def hold_one(stage: Stage, rng: np.random.Generator, spot: Spot) -> Cast:
    """One hand holds something; the other hangs, gestures or rests on the hip."""
    act = Act(stage, rng, spot)
    side = act.side()
    holder, seat = _someone(act)
    held = hold_any(act, holder, side, lambda: draw_kind(act))
    _free_arm(holder.draft, other(held.hands[0][0]), rng)
    human, _ = finish(act, holder)
    _claim_seat(act, human, seat)
    return act.cast


def hold_alike(stage: Stage, rng: np.random.Generator, spot: Spot) -> Cast:
    """Two things of one design, one in each hand: mostly plates."""
    act = Act(stage, rng, spot)
    holder, seat = _someone(act)
    hold_pair(act, holder)
    human, _ = finish(act, holder)
    _claim_seat(act, human, seat)
    return act.cast


def hold_two(stage: Stage, rng: np.random.Generator, spot: Spot) -> Cast:
    """Two different things, one in each hand."""
    act = Act(stage, rng, spot)
    holder, seat = _someone(act)
    first = hold_any(act, holder, "L", lambda: draw_kind(act))
    kind = first.model.kind
    hold_any(act, holder, "R", lambda: draw_kind(act, lambda name: name != kind))
    human, _ = finish(act, holder)
    _claim_seat(act, human, seat)
    return act.cast


def hold_in_both(stage: Stage, rng: np.random.Generator, spot: Spot) -> Cast:
    """One thing between both hands."""
    act = Act(stage, rng, spot)
    holder, seat = _someone(act)
    hold_both(act, holder, "hold", ("chest", "belly", "belly", "low"))
    human, _ = finish(act, holder)
    _claim_seat(act, human, seat)
    return act.cast


def plates_for_two(stage: Stage, rng: np.random.Generator, spot: Spot) -> Cast:
    """Two people side by side or face to face, a plate each: in the left, the right or both hands."""
    act = Act(stage, rng, spot)
    model, first = act.model("plate"), None
    half, facing = rng.uniform(2.4, 3.4), rng.random() < 0.3
    for sign in (-1, 1):
        yaw = -sign * rng.uniform(0.7, 1.3) if facing else rng.normal(0, 0.35)
        holder = Holder(act.person(rng.normal(0, 0.4), sign * half, yaw), rng)
        if rng.random() < 0.5:
            model = act.model("plate")
        chance = rng.random()
        pair = pair_of(model, "carry", "hold")
        if chance < 0.15 and pair is not None:
            take_both(holder, model, pair)
        elif chance < 0.3:
            for side in SIDES:
                hold_model(holder, side, model)
        else:
            side = SIDES[rng.integers(2)]
            hold_model(holder, side, model)
            _free_arm(holder.draft, other(side), rng)
        _, things = finish(act, holder, like=first)
        first = things[0]
    return act.cast


def draw_kind(act: Act, fits: Callable[[str], bool] = lambda name: True, predicate: str = "hold") -> str:
    """A random kind that one hand holds."""
    kinds = [kind for kind in kinds_for(predicate, habitat="hand") if fits(kind.name)]
    weight = np.array([kind.weight for kind in kinds])
    return kinds[act.rng.choice(len(kinds), p=weight / weight.sum())].name


def draw_alike(act: Act) -> str:
    """A random kind of which people hold two."""
    if act.rng.random() < sum(ALIKE.values()):
        weight = np.array(list(ALIKE.values()))
        return list(ALIKE)[act.rng.choice(len(ALIKE), p=weight / weight.sum())]
    return draw_kind(act)


def hold_any(
    act: Act,
    holder: Holder,
    side: Side,
    draw: Callable[[], str],
    predicate: str = "hold",
    *,
    zones: tuple[Zone, ...] = (),
    fits: Callable[[Model], bool] = lambda model: True,
) -> Held:
    """Hold the first of some random things that can be held well, else the best of them."""
    best: tuple[Held, np.ndarray] | None = None
    before = holder.draft.rotations.copy()
    for tried in range(DRAWS):
        model = act.model(draw())
        if not single_handles(model, predicate) or not fits(model):
            continue
        holder.draft.rotations[:] = before
        held = hold_model(holder, side, model, predicate, zones=zones)
        holder.held.remove(held)
        if best is None or held.cost < best[0].cost:
            best = held, holder.draft.rotations.copy()
        if held.cost < GOOD or tried >= MODELS:
            break
    if best is None:
        return hold_model(holder, side, act.model("plate"))
    holder.draft.rotations[:] = best[1]
    holder.held.append(best[0])
    return best[0]


def hold_model(
    holder: Holder, side: Side, model: Model, predicate: str = "hold", *, zones: tuple[Zone, ...] = ()
) -> Held:
    """Hold a thing in one hand, in one of the zones or where such things are held."""
    handles = single_handles(model, predicate)
    return holder.take(side, model, handles, zones=zones or zones_for(model, handles[0], holder))


def hold_pair(act: Act, holder: Holder) -> None:
    """Two of one design, one in each hand."""
    before = holder.draft.rotations.copy()
    for _ in range(MODELS):
        model = act.model(draw_alike(act))
        if not single_handles(model):
            continue
        holder.draft.rotations[:] = before
        holder.held.clear()
        costs = [hold_model(holder, side, model).cost for side in _order(act.rng)]
        if max(costs) < GOOD:
            return


def hold_both(
    act: Act,
    holder: Holder,
    predicate: str,
    levels: Sequence[str],
    fits: Callable[[Model], bool] = lambda model: True,
) -> Held:
    """One random thing between both hands."""
    before, best = holder.draft.rotations.copy(), None
    for _ in range(MODELS):
        model, pair = draw_for_both(act, predicate, fits)
        holder.draft.rotations[:] = before
        held = take_both(holder, model, pair, level=levels[int(act.rng.integers(len(levels)))])
        holder.held.remove(held)
        if best is None or held.cost < best[0].cost:
            best = held, holder.draft.rotations.copy()
        if held.cost < GOOD:
            break
    assert best is not None
    holder.draft.rotations[:] = best[1]
    holder.held.append(best[0])
    return best[0]


def draw_for_both(act: Act, predicate: str, fits: Callable[[Model], bool]) -> tuple[Model, Pair]:
    """A random thing that has a handle for each hand."""
    while True:
        model = act.model(draw_kind(act, predicate=predicate))
        pair = pair_of(model, predicate, "carry", "hold")
        if pair is None or is_unwieldy(model, pair, BOTH_HANDS):
            continue
        if fits(model) and (predicate in model.both or "carry" in model.both):
            return model, pair


def single_handles(model: Model, predicate: str = "hold") -> tuple[Handle, ...]:
    """Handles for one hand; of things for both hands those that carry them from below, or of small things."""
    handles = tuple(h for h in model.handles.get(predicate, model.handles.get("hold", ())) if _is_sound(h))
    if is_unwieldy(model, handles, ONE_HAND):
        return ()
    if predicate not in model.both or model.footprint < 1.2:
        return handles
    centred = tuple(h for h in handles if h.grasp == "palm" and np.hypot(h.point[0], h.point[2]) < 0.3)
    return centred or tuple(h for h in handles if model.entity == "paddle")


def is_unwieldy(model: Model, handles: Sequence[Handle], limit: float) -> bool:
    """Whether a thing that no bar is gripped of spreads beyond a limit in dm."""
    return model.footprint > limit and any(handle.grasp != "bar" for handle in handles)


def zones_for(model: Model, handle: Handle, holder: Holder) -> tuple[Zone, ...]:
    """Where a hand with this thing may be."""
    sitting = holder.draft.posture != "standing" and holder.draft.posture != "moving"
    stance = stance_of(model, handle)
    if stance == "hung" and model.entity in HEAVY:
        return ("aside",) if sitting else ("hanging", "hanging", "hanging", "aside", "front")
    if stance == "pointed" and model.footprint > 3 and not sitting:
        return ("front", "aside", "raised", "hanging")
    if stance in ("read", "shown"):
        return ("front", "front", "aside")
    return ("front", "aside") if sitting else (*NATURAL, "hanging") if model.entity == "bottle" else NATURAL


def finish(
    act: Act, holder: Holder, *, like: PlacedThing | None = None, predicates: tuple[str, ...] = ("hold",)
) -> tuple[PlacedHuman, list[PlacedThing]]:
    """Head, person, things and claims; things of one model share their looks mostly."""
    rng, draft = act.rng, holder.draft
    glance(holder, rng)
    human = act.enter(draft)
    things: list[PlacedThing] = []
    for held in holder.held:
        twin = next((t for t in things if t.model is held.model), like)
        thing = lay(act, held, twin if rng.random() < 0.8 else None)
        things.append(thing)
        parts = tuple(arm(side) for side, _ in held.hands)
        for predicate in predicates:
            act.claim(human, predicate, thing, *parts)
        if sees(draft, held.middle):
            act.claim(human, "look at", thing, "face")
        act.watch(held.middle)
    return human, things


def glance(holder: Holder, rng: np.random.Generator, share: float = 0.45) -> None:
    """Look at one of the held things, or elsewhere."""
    draft = holder.draft
    if holder.held and rng.random() < share:
        draft.look_at(holder.held[rng.integers(len(holder.held))].middle)
        return
    eyes, _ = grasp.gaze(draft)
    draft.look_at(eyes + 20 * ahead_of(draft) + rng.normal((0, -1, 0), (7, 2.5, 1)))


def _order(rng: np.random.Generator) -> tuple[Side, Side]:
    return ("L", "R") if rng.random() < 0.5 else ("R", "L")


def _is_sound(handle: Handle) -> bool:
    """Fingers need a direction that lies along the surface."""
    return abs(float(np.dot(handle.axis, handle.out))) < 0.9


def _someone(act: Act, age: Age | None = None) -> tuple[Holder, PlacedThing | None]:
    """Somebody who stands, walks, sits on a chair, kneels or squats."""
    rng, chance = act.rng, act.rng.random()
    draft, seat = act.person(yaw=rng.normal(0, 0.3), age=age), None
    if chance < 0.12:
        postures.walk(draft, rng)
    elif chance < 0.24:
        model = act.choose(
            "sit on", entities=("chair", "stool"), largest=4.5, fits=lambda m: len(m.seats) > 0
        )
        seat = take_seat(act, model, model.seats[0], act.at(0.0), rng.normal(0, 0.3))
        feet = tuple(seat.to_world(foot) for foot in model.seats[0].feet)
        postures.sit(
            draft,
            rng,
            seat.to_world(model.seats[0].point),
            seat.turned(model.seats[0].forward),
            feet=feet,
        )
    elif chance < 0.29:
        (postures.kneel if rng.random() < 0.6 else postures.squat)(draft, rng)
    return Holder(draft, rng), seat


def _claim_seat(act: Act, human: PlacedHuman, seat: PlacedThing | None) -> None:
    if seat is not None:
        act.claim(human, "sit on", seat)


def _free_arm(draft: Draft, side: Side, rng: np.random.Generator) -> None:
    """What the empty arm does; it stays where a posture put it unless the person stands."""
    if draft.posture != "standing":
        return
    chance = rng.random()
    if chance < 0.15:
        hand_on_hip(draft, side, rng)
    elif chance < 0.3:
        gesture(draft, side, rng)


EPISODES = (
    Episode("hold one", ("hold",), hold_one, radius=4.0, weight=2.0),
    Episode("hold two alike", ("hold",), hold_alike, radius=4.0, weight=3.0),
    Episode("hold two different", ("hold",), hold_two, radius=4.0, weight=1.5),
    Episode("hold in both hands", ("hold",), hold_in_both, radius=4.5, weight=1.5),
    Episode("plates for two", ("hold",), plates_for_two, radius=7.0, people=(2, 2), weight=1.5),
)
