"""Two people and one thing: handed over, carried together; a child on the arm."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from hrs_ros.synthetic.episodes.acting import SIDES, Act, ahead_of, arm, heading, outward
from hrs_ros.synthetic.episodes.clearance import samples, trunk_of
from hrs_ros.synthetic.episodes.gestures import arm_length
from hrs_ros.synthetic.episodes.handling import CONTACT, Where, grip, lay_palm
from hrs_ros.synthetic.episodes.looking import eyes
from hrs_ros.synthetic.episodes.two_hands import pair_of
from hrs_ros.synthetic.episodes.wielding import BENT, GOOD, sees, wrist_bend
from hrs_ros.synthetic.people import casting, postures
from hrs_ros.synthetic.people.body import SIGN, Side, other
from hrs_ros.synthetic.people.draft import Draft
from hrs_ros.synthetic.people.outfits import random_look
from hrs_ros.synthetic.rotation import UP, X_AXIS, Array, about, frame, unit
from hrs_ros.synthetic.stage import Cast, Episode, Spot, Stage
from hrs_ros.synthetic.things.model import Handle, Model

# Kinds that are handed over by opposite edges, and kinds whose one bar offers room for two hands.
EDGED = ("plate", "plate", "tray", "book", "document", "hat", "cushion", "towel")
BARRED = ("bottle", "cup", "microphone", "stick", "racket", "shovel", "umbrella", "bouquet", "flag")
BULKY = ("box", "football", "basketball", "basket", "crate", "teddy")
MODELS = 6
TODDLER = (0.06, 0.12)  # ages on the body's slider: about one to four years


def hand_over(stage: Stage, rng: np.random.Generator, spot: Spot) -> Cast:
    """Face to face, a hand of each (or both hands of each) at one thing between them."""
    act = Act(stage, rng, spot)
    yaw = rng.choice((-1.0, 1.0)) * np.pi / 2 + rng.normal(0, 0.6)  # mostly both are seen from the side
    half = rng.uniform(3.0, 3.6)
    ahead, left = half * np.cos(yaw), half * np.sin(yaw)
    giver = act.person(-ahead, -left, yaw + rng.normal(0, 0.12), age="adult")
    taker = act.person(
        ahead, left, yaw + np.pi + rng.normal(0, 0.12), age=None if rng.random() < 0.4 else "adult"
    )
    before = giver.rotations.copy(), taker.rotations.copy()
    best: tuple[float, Model, Where, tuple[Array, Array], tuple[tuple[Side, ...], ...]] | None = None
    for _ in range(MODELS):
        giver.rotations[:], taker.rotations[:] = before
        sort = rng.random()
        group = EDGED if sort < 0.5 else BARRED if sort < 0.8 else BULKY
        model = act.model(group[rng.integers(len(group))])
        cost, where, sides = _between(act, giver, taker, model, "EDB"[(sort > 0.5) + (sort > 0.8)])
        if best is None or cost < best[0]:
            best = cost, model, where, (giver.rotations.copy(), taker.rotations.copy()), sides
        if cost < GOOD:
            break
    assert best is not None
    _, model, where, arms, sides = best
    giver.rotations[:], taker.rotations[:] = arms
    low, high = model.bounds
    middle = where.point((low + high) / 2)
    for draft, partner in ((giver, taker), (taker, giver)):
        draft.look_at(middle if rng.random() < 0.5 else eyes(partner))
    thing = act.put(model, where.rotation, where.translation)
    humans = [act.enter(giver), act.enter(taker)]
    for k, (draft, human) in enumerate(zip((giver, taker), humans, strict=True)):
        parts = tuple(arm(side) for side in sides[k])
        act.claim(human, "hold", thing, *parts)
        act.claim(human, "touch", thing, *parts)
        if sees(draft, middle):
            act.claim(human, "look at", thing, "face")
        if sees(draft, eyes((taker, giver)[k])):
            act.claim(human, "look at", humans[1 - k], "face")
    act.watch(middle)
    return act.cast


def _between(
    act: Act, giver: Draft, taker: Draft, model: Model, way: str
) -> tuple[float, Where, tuple[tuple[Side, ...], ...]]:
    """Place a thing between two people and bring a hand of each to it; what is wrong, where, which hands."""
    rng = act.rng
    chests = [(d.joint("upperarm01.L") + d.joint("upperarm01.R")) / 2 for d in (giver, taker)]
    level = min(c[1] for c in chests) - rng.uniform(0.25, 0.6) * arm_length(taker, "L")
    middle = (chests[0] + chests[1]) / 2 * (1, 0, 1) + level * UP + rng.normal(0, 0.2, 3)
    line = unit((chests[1] - chests[0]) * (1, 0, 1))
    side: Side = SIDES[rng.integers(2)]
    theirs = side if rng.random() < 0.6 else other(side)
    local, low, high = samples(model), *model.bounds
    grips: list[tuple[Draft, Side, Handle]]
    if way == "E":
        pair = pair_of(model, "hold", "carry")
        if pair is None:
            return 9.0, Where(np.eye(3), middle), ((), ())
        rotation = about(UP, heading(line) - heading(pair[0].axis))
        grips = [(giver, side, pair[0]), (taker, theirs, pair[1])]
        where = Where.bringing((np.asarray(pair[0].point) + pair[1].point) / 2, middle, rotation)
    elif way == "D":
        handle = model.handles["hold"][0]
        up = unit(UP + rng.uniform(-0.5, 0.5) * line)
        rotation = frame(up, outward(giver, side) - 0.3 * line) @ frame(handle.axis, handle.out).T
        step = 0.5 * np.asarray(handle.axis)
        room = min(1.0, 0.35 * float(abs((high - low) @ np.asarray(handle.axis))))
        grips = [
            (giver, side, _shifted(handle, -step * room)),
            (taker, theirs, _shifted(handle, step * room, turned=True)),
        ]
        where = Where.bringing(handle.point, middle, rotation)
    else:
        pair = pair_of(model, "carry", "hold")
        if pair is None:
            return 9.0, Where(np.eye(3), middle), ((), ())
        rotation = about(UP, heading(line) - heading(model.user))
        back = 0.22 * (high[2] - low[2]) * np.array([0.0, 0.0, 1.0])
        grips = [(giver, s, _shifted(h, -back)) for s, h in zip(SIDES, pair, strict=True)]
        mirrored = zip(SIDES, reversed(pair), strict=True)
        grips += [(taker, s, _shifted(h, back, reverse=True)) for s, h in mirrored]
        where = Where.bringing((low + high) / 2, middle, rotation)
    points = where.point(local)
    cost = 0.0
    for draft in (giver, taker):
        cost += max(0.0, 0.2 - trunk_of(draft).clearance(points))
    for draft, own, handle in grips:
        gap = grip(draft, own, handle, model, where, rng)
        cost += 3 * max(0.0, gap - 0.6 * CONTACT) + max(0.0, wrist_bend(draft, own) - BENT)
    hands = tuple(tuple(own for d, own, _ in grips if d is draft) for draft in (giver, taker))
    return cost, where, hands


def _shifted(handle: Handle, step: Array, *, turned: bool = False, reverse: bool = False) -> Handle:
    """A handle moved along its thing; ``turned``: palm from the other side, ``reverse``: fingers."""
    point = np.asarray(handle.point) + step
    out = -np.asarray(handle.out) if turned else np.asarray(handle.out)
    axis = -np.asarray(handle.axis) if reverse else np.asarray(handle.axis)
    return replace(handle, point=tuple(point), out=tuple(out), axis=tuple(axis))


def child_on_arm(stage: Stage, rng: np.random.Generator, spot: Spot) -> Cast:
    """A toddler sits on somebody's arm at the hip, or is held before the chest in both arms."""
    act = Act(stage, rng, spot)
    adult = act.person(yaw=rng.normal(0, 0.6), age="adult")
    if rng.random() < 0.3:
        postures.walk(adult, rng)
    child = _toddler(act)
    side: Side = SIDES[rng.integers(2)]
    both = rng.random() < 0.5
    front = 0.75 if both else 0.25
    out = unit(front * ahead_of(adult) + (1 - front) * outward(adult, side))
    _sit_on_hip(child, adult, side, out, rng)
    _settle(child, adult, out)
    skin = child.visible_skin()
    hips = (child.joint("upperleg01.L") + child.joint("upperleg01.R")) / 2
    gaps: dict[Side, float] = {}
    under = hips - 0.9 * UP + 0.35 * out
    fingers = unit(-0.6 * outward(adult, side) + 0.8 * ahead_of(adult) if not both else -outward(adult, side))
    gaps[side] = lay_palm(adult, side, _skin_near(skin, under), fingers, -UP, skin, rng)
    if both:
        back = _skin_near(skin, child.joint("spine02") + 1.2 * out)
        gaps[other(side)] = lay_palm(
            adult, other(side), back, unit(outward(adult, side) + 0.4 * UP), unit(out), skin, rng
        )
    if rng.random() < 0.6:
        adult.look_at(eyes(child))
    _child_hands(child, adult, rng)
    child.look_at(
        eyes(adult) if rng.random() < 0.5 else eyes(child) + 10 * ahead_of(adult) + rng.normal(0, 4, 3)
    )
    big, small = act.enter(adult), act.enter(child)
    parts = tuple(arm(own) for own, gap in gaps.items() if gap < CONTACT)
    if parts:
        act.claim(big, "hold", small, *parts)
        act.claim(big, "carry", small, *parts)
        act.claim(big, "touch", small, *parts)
    for one, two, draft, partner in ((big, small, adult, child), (small, big, child, adult)):
        if sees(draft, eyes(partner)):
            act.claim(one, "look at", two, "face")
    act.watch(hips)
    return act.cast


def _toddler(act: Act) -> Draft:
    rng, studio = act.rng, act.stage.studio
    female = bool(rng.random() < 0.5)
    shape = replace(casting.random_shape(rng, female=female, age="child"), age=rng.uniform(*TODDLER))
    figure = studio.body.shaped(shape)
    look = random_look(studio, rng, female=female, age=shape.age)
    draft = Draft(figure, look, studio.body.rest(), np.zeros(3))
    draft.posture = "hanging"
    return draft


def _sit_on_hip(child: Draft, adult: Draft, side: Side, out: Array, rng: np.random.Generator) -> None:
    """Astride, facing the adult's trunk; hips a little above the adult's waist."""
    child.rotations[:] = np.eye(3)
    child.yaw = heading(-out) + rng.normal(0, 0.15)
    bone = child.figure.body.bone
    for own, sign in SIGN.items():
        spread = about(UP, sign * rng.uniform(0.55, 0.75))
        child.rotations[bone[f"upperleg01.{own}"]] = spread @ about(X_AXIS, -rng.uniform(1.0, 1.25))
        child.rotations[bone[f"lowerleg01.{own}"]] = about(X_AXIS, rng.uniform(0.8, 1.1))
    hips = (child.joint("upperleg01.L") + child.joint("upperleg01.R")) / 2
    waist = adult.joint("spine04")
    target = waist + 3.0 * out + rng.uniform(0.4, 1.2) * UP
    child.root = child.root + target - hips


def _settle(child: Draft, adult: Draft, out: Array) -> None:
    """Move the child towards the adult until the skins all but meet."""
    trunk, skin = trunk_of(adult), child.visible_skin()[::4]
    for step in np.arange(0.0, 3.0, 0.1):
        if trunk.clearance(skin - step * out) < 0.1:
            child.root = child.root - max(0.0, step - 0.1) * out
            return
    child.root = child.root - 1.2 * out


def _child_hands(child: Draft, adult: Draft, rng: np.random.Generator) -> None:
    """One or both of the child's hands lie on the adult's shoulders."""
    skin = adult.visible_skin()
    for own in SIDES:
        theirs: Side = "L" if outward(child, own) @ outward(adult, "L") > 0 else "R"
        spot = _skin_near(skin, adult.joint(f"upperarm01.{theirs}") + 0.8 * UP + 0.4 * ahead_of(adult))
        shoulder = child.joint(f"upperarm01.{own}")
        if np.linalg.norm(spot - shoulder) < 1.2 * arm_length(child, own):
            lay_palm(
                child, own, spot, unit((spot - shoulder) * (1, 0.3, 1)), UP + 0.3 * ahead_of(adult), skin, rng
            )
        else:
            postures.arms_down(child, own, rng)


def _skin_near(skin: Array, point: Array) -> Array:
    return np.asarray(skin[np.linalg.norm(skin - point, axis=1).argmin()], float)


EPISODES = (
    Episode("hand over", ("hold", "touch"), hand_over, radius=7.0, people=(2, 2), weight=1.5),
    Episode("child on the arm", ("carry", "hold", "touch"), child_on_arm, radius=4.5, people=(2, 2)),
)
