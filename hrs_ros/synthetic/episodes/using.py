"""Use: devices and tools in one or both hands, a tool on the ground, a screen that the other hand touches,
pen and paper, a laptop on a table."""

from __future__ import annotations

import numpy as np

from hrs_ros.synthetic.episodes.acting import SIDES, Act, ahead_of, arm, heading, left_of, outward
from hrs_ros.synthetic.episodes.clearance import arms_of, samples
from hrs_ros.synthetic.episodes.gestures import arm_length
from hrs_ros.synthetic.episodes.handling import CONTACT, Where, grip, handles_of
from hrs_ros.synthetic.episodes.holding import draw_kind, finish, hold_any
from hrs_ros.synthetic.episodes.seating import sit_at_table
from hrs_ros.synthetic.episodes.touching import on_top
from hrs_ros.synthetic.episodes.two_hands import Limits, Pair, pair_of, shoulders, take_both
from hrs_ros.synthetic.episodes.wielding import GOOD, Held, Holder, facing, lay, sees
from hrs_ros.synthetic.people import posing
from hrs_ros.synthetic.people.body import SIGN, Side, other
from hrs_ros.synthetic.people.draft import Draft
from hrs_ros.synthetic.rotation import UP, Array, about, cross, frame, unit
from hrs_ros.synthetic.scene_graph import PlacedHuman
from hrs_ros.synthetic.stage import Cast, Episode, Spot, Stage
from hrs_ros.synthetic.things.catalogue import KINDS
from hrs_ros.synthetic.things.model import Model, PlacedThing

LONG = ("shovel", "hoe", "broom")
AIMED = {
    "digital": "face",
    "gun": "face",
    "book": "chest",
    "document": "chest",
}  # how high both hands hold it
SCREENS = ("phone", "tablet")
MODELS, TRIES = 4, 8
TIP = 1.9  # palm lengths from the wrist to the tip of a stretched index finger


def use_in_hand(stage: Stage, rng: np.random.Generator, spot: Spot) -> Cast:
    """One hand uses what it holds: a phone, a racket, an umbrella, a hammer, a pan."""
    act = Act(stage, rng, spot)
    side: Side = SIDES[rng.integers(2)]
    holder = Holder(act.person(yaw=rng.normal(0, 0.35)), rng)
    hold_any(act, holder, side, lambda: draw_kind(act, lambda name: name not in LONG, "use"))
    finish(act, holder, predicates=("use", "hold"))
    return act.cast


def use_in_both_hands(stage: Stage, rng: np.random.Generator, spot: Spot) -> Cast:
    """Both hands use one thing: a camera, an open book, a tablet, a bat, a paddle."""
    act = Act(stage, rng, spot)
    holder = Holder(act.person(yaw=rng.normal(0, 0.35)), rng)
    before = holder.draft.rotations.copy()
    best: tuple[Held, Array] | None = None
    for _ in range(MODELS):
        model, pair = _for_both(act)
        holder.draft.rotations[:] = before
        level = AIMED.get(model.entity, "belly")
        held = take_both(holder, model, pair, level=level, limits=Limits(0.25, 0.95))
        holder.held.remove(held)
        if best is None or held.cost < best[0].cost:
            best = held, holder.draft.rotations.copy()
        if held.cost < GOOD:
            break
    assert best is not None
    holder.draft.rotations[:] = best[1]
    holder.held.append(best[0])
    finish(act, holder, predicates=("use", "hold"))
    return act.cast


def use_tool_on_ground(stage: Stage, rng: np.random.Generator, spot: Spot) -> Cast:
    """A shovel, a hoe or a broom: its head on the ground ahead, both hands on the shaft."""
    act = Act(stage, rng, spot)
    holder = Holder(act.person(yaw=rng.normal(0, 0.5)), rng)
    draft = holder.draft
    before = draft.rotations.copy()
    best: tuple[Held, Array] | None = None
    for _ in range(MODELS):
        model = act.model(LONG[rng.integers(len(LONG))])
        for _ in range(TRIES):
            draft.rotations[:] = before
            held = _on_ground(holder, model)
            if best is None or held.cost < best[0].cost:
                best = held, draft.rotations.copy()
            if held.cost < GOOD:
                break
        if best is not None and best[0].cost < GOOD:
            break
    assert best is not None
    draft.rotations[:] = best[1]
    holder.held.append(best[0])
    if rng.random() < 0.6:
        draft.look_at(best[0].where.point((0, 0, 0)))
    thing, human = lay(act, best[0]), act.enter(draft)
    arms = tuple(arm(side) for side, _ in best[0].hands)
    act.claim(human, "use", thing, *arms)
    act.claim(human, "hold", thing, *arms)
    if sees(draft, best[0].where.point((0, 0, 0))):
        act.claim(human, "look at", thing, "face")
    act.watch(best[0].middle)
    return act.cast


def _on_ground(holder: Holder, model: Model) -> Held:
    """The tool leans towards its user, its head ahead on the ground, a little to one side."""
    rng, draft = holder.rng, holder.draft
    upper: Side = SIDES[rng.integers(2)]
    turn = rng.uniform(0.2, 0.6) * -SIGN[upper]  # the shaft's lower end lies to the side of the lower hand
    slope = rng.uniform(0.15, 0.55)
    way = about(UP, turn) @ ahead_of(draft)
    rotation = about(cross(UP, way), -slope) @ about(UP, heading(way) - heading(model.user))
    low, high = sorted(handles_of(model, "use", "hold")[:2], key=lambda handle: handle.point[1])
    middle = (np.asarray(low.point) + high.point) / 2
    target = shoulders(draft) + arm_length(draft, upper) * (
        rng.uniform(0.45, 0.7) * ahead_of(draft) + rng.uniform(-0.1, 0.1) * left_of(draft)
    )
    where = Where.bringing(middle, target, rotation)
    local = samples(model)
    where = Where(rotation, where.translation - UP * float(where.point(local)[:, 1].min()))
    points = where.point(local)
    inside = holder.blocked(points + 0.03 * UP)
    hands = ((upper, high), (other(upper), low))
    cost = inside
    for side, handle in hands:
        gap = grip(draft, side, handle, model, where, rng)
        cost += 3 * max(0.0, gap - 0.6 * CONTACT)
    cost += max(0.0, 0.05 - arms_of(draft).clearance(points))
    return Held(model, where, points, hands, cost)


def use_and_touch_screen(stage: Stage, rng: np.random.Generator, spot: Spot) -> Cast:
    """One hand holds a phone or a tablet, the index finger of the other touches its screen."""
    act = Act(stage, rng, spot)
    side: Side = SIDES[rng.integers(2)]
    holder = Holder(act.person(yaw=rng.normal(0, 0.35)), rng)
    held = hold_any(act, holder, side, lambda: SCREENS[rng.choice(2, p=(0.75, 0.25))], zones=("front",))
    low, high = held.model.bounds
    spread = rng.uniform(-0.2, 0.2, 2) * (high - low)[[0, 2]]
    target = held.where.point((spread[0], high[1], spread[1]))
    out = held.where.rotation @ UP
    tip_to(holder.draft, other(side), target + 0.06 * out, out)
    thing, human = _finish_looking(act, holder, held)
    act.claim(human, "use", thing, arm(side), arm(other(side)))
    act.claim(human, "hold", thing, arm(side))
    act.claim(human, "touch", thing, arm(other(side)))
    return act.cast


def write(stage: Stage, rng: np.random.Generator, spot: Spot) -> Cast:
    """One hand holds a document or a book, the other writes on it: two hands, two things."""
    act = Act(stage, rng, spot)
    side: Side = "L" if rng.random() < 0.8 else "R"
    holder = Holder(act.person(yaw=rng.normal(0, 0.35)), rng)
    sheet = hold_any(act, holder, side, lambda: ("document", "book")[rng.integers(2)], zones=("front",))
    pen = act.model("pen")
    low, high = sheet.model.bounds
    spread = rng.uniform(-0.15, 0.15, 2) * (high - low)[[0, 2]]
    page = sheet.where.point((spread[0], high[1], spread[1]))
    out, draft, hand = sheet.where.rotation @ UP, holder.draft, other(side)
    before = draft.rotations.copy()
    handle = pen.handles["hold"][0]
    best: tuple[Held, Array] | None = None
    for _ in range(TRIES):
        draft.rotations[:] = before
        up = unit(
            out + rng.uniform(0.2, 0.8) * outward(draft, hand) - rng.uniform(0.0, 0.5) * ahead_of(draft)
        )
        rotation = frame(-up, outward(draft, hand) + 0.3 * UP) @ frame(handle.axis, handle.out).T
        tip = (0.0, pen.bounds[1][1] / 2, pen.bounds[1][2])
        where = Where.bringing(tip, page + 0.03 * out, rotation)
        gap = grip(draft, hand, handle, pen, where, rng)
        points = where.point(samples(pen))
        held = Held(pen, where, points, ((hand, handle),), holder.awkward(hand, gap, sheet.points))
        if best is None or held.cost < best[0].cost:
            best = held, draft.rotations.copy()
        if held.cost < GOOD:
            break
    assert best is not None
    draft.rotations[:] = best[1]
    paper, human = _finish_looking(act, holder, sheet)
    tool = lay(act, best[0])
    act.claim(human, "hold", paper, arm(side))
    act.claim(human, "hold", tool, arm(hand))
    act.claim(human, "use", tool, arm(hand))
    return act.cast


def use_laptop(stage: Stage, rng: np.random.Generator, spot: Spot) -> Cast:
    """Somebody sits at a table, both hands (or one) on a laptop or a computer."""
    act = Act(stage, rng, spot)
    seating = sit_at_table(act, 1)
    draft = seating.drafts[0]
    model = act.model("laptop")
    top = seating.table.to_world(seating.rest.centre)[1]
    pair = pair_of(model, "use")
    assert pair is not None
    middle = np.mean([handle.point for handle in pair], axis=0)
    before = draft.rotations.copy()
    hands = tuple(zip(SIDES, pair, strict=True))
    if rng.random() < 0.25:
        hands = (hands[rng.integers(2)],)
    best: tuple[float, Where, Array, list[float]] | None = None
    for ahead in np.arange(0.55, 0.95, 0.08) * arm_length(draft, "L"):
        point = shoulders(draft) + ahead * ahead_of(draft)
        where = Where.bringing(middle, point, facing(draft, model))
        where = Where(where.rotation, where.translation * (1, 0, 1) + top * UP)
        draft.rotations[:] = before
        gaps = [grip(draft, side, handle, model, where, rng) for side, handle in hands]
        low, high = model.bounds
        on_table = on_top(seating, where.point((low + high) / 2), 0.8)
        cost = sum(gaps) + (0.0 if on_table else 1.0)
        if best is None or cost < best[0]:
            best = cost, where, draft.rotations.copy(), gaps
        if cost < 0.5 * CONTACT:
            break
    assert best is not None
    draft.rotations[:] = best[2]
    screen = best[1].point((0, 1.2, model.bounds[0][2]))
    draft.look_at(screen)
    laptop, human = act.put(model, best[1].rotation, best[1].translation), act.enter(draft)
    arms = tuple(arm(side) for (side, _), gap in zip(hands, best[3], strict=True) if gap < CONTACT)
    act.claim(human, "sit on", seating.chairs[0])
    if arms:
        act.claim(human, "use", laptop, *arms)
        act.claim(human, "touch", laptop, *arms)
    if sees(draft, screen):
        act.claim(human, "look at", laptop, "face")
    act.watch(best[1].point(middle))
    return act.cast


def tip_to(draft: Draft, side: Side, point: Array, out: Array) -> None:
    """The tip of the stretched index finger goes to a world point on a surface with normal ``out``."""
    bone = draft.figure.body.bone
    shoulder = draft.joint(f"upperarm01.{side}")
    fingers = unit(unit(point - shoulder) * (1, 0.5, 1) - 0.6 * out - 0.4 * outward(draft, side))
    palm = unit(-out - 0.4 * outward(draft, side))
    _, _, length = posing.palm_frame(draft.figure, side)
    draft.reach(side, point - fingers * length * TIP, outward(draft, side) * 0.7 - UP)
    draft.orient_hand(side, fingers, palm)
    posing.curl(draft.figure, draft.rotations, side, 1.1, 0.6)
    for joint in (1, 2, 3):
        draft.rotations[bone[f"finger2-{joint}.{side}"]] = np.eye(3)
    tip = draft.joint(f"finger2-3.{side}")
    bent = draft.skin()[draft.figure.body.owner == bone[f"finger2-3.{side}"]]
    end = bent[((bent - tip) @ fingers).argmax()]
    draft.reach(side, draft.joint(f"wrist.{side}") + point - end, outward(draft, side) * 0.7 - UP)
    draft.orient_hand(side, fingers, palm)


def _finish_looking(act: Act, holder: Holder, held: Held) -> tuple[PlacedThing, PlacedHuman]:
    """The person looks at what the hands do, mostly."""
    draft = holder.draft
    if act.rng.random() < 0.8:
        draft.look_at(held.middle)
    thing, human = lay(act, held), act.enter(draft)
    if sees(draft, held.middle):
        act.claim(human, "look at", thing, "face")
    act.watch(held.middle)
    return thing, human


def _for_both(act: Act) -> tuple[Model, Pair]:
    """A random thing that both hands use."""
    while True:
        model = act.model(draw_kind(act, lambda name: name not in LONG, "use"))
        pair = pair_of(model, "use")
        if pair is not None and ("use" in model.both or KINDS[model.kind].entity in AIMED):
            return model, pair


EPISODES = (
    Episode("use in hand", ("use", "hold"), use_in_hand, radius=5.0, weight=2.0),
    Episode("use in both hands", ("use", "hold"), use_in_both_hands, radius=5.0, weight=1.5),
    Episode("use a tool on the ground", ("use", "hold"), use_tool_on_ground, radius=5.0),
    Episode("use and touch a screen", ("use", "hold", "touch"), use_and_touch_screen, radius=4.0),
    Episode("write", ("use", "hold"), write, radius=4.0),
    Episode("use a laptop", ("use", "sit on"), use_laptop, radius=12.0),
)
