"""People who touch or hold people: a hand on a shoulder, hand in hand, an arm around, a hug, a dance."""

from __future__ import annotations

import numpy as np

from hrs_ros.synthetic.episodes.acting import SIDES, Act, Age, ahead_of, arm, outward
from hrs_ros.synthetic.episodes.gestures import arm_length
from hrs_ros.synthetic.episodes.handling import CONTACT, lay_palm
from hrs_ros.synthetic.episodes.looking import eyes, look
from hrs_ros.synthetic.people import grasp, posing, postures
from hrs_ros.synthetic.people.body import Side, other
from hrs_ros.synthetic.people.draft import Draft
from hrs_ros.synthetic.rotation import UP, Array, unit
from hrs_ros.synthetic.stage import Cast, Episode, Spot, Stage

SHOULDER_TO_SHOULDER = (4.2, 4.8)  # dm between two adults side by side
KNEE_HEIGHT, KNEES_TO_CHILD = 5.5, (0.9, 1.3)  # dm
Beside = tuple[Draft, Draft]  # the second stands at the first's left


def hand_on_shoulder(stage: Stage, rng: np.random.Generator, spot: Spot) -> Cast:
    """Side by side or from behind, an adult with an adult or with a child."""
    act = Act(stage, rng, spot)
    first, second = _beside(act, younger=("child" if rng.random() < 0.4 else "adult"))
    near = shoulder_top(second, "R")
    slope = outward(second, "R")
    lay_palm(first, "L", near, 0.4 * UP - slope, UP + 0.4 * slope, second.skin(), rng)
    _face_or_front(first, second, rng)
    toucher, touched = act.enter(first), act.enter(second)
    act.claim(toucher, "touch", touched, arm("L"))
    act.watch(near)
    return act.cast


def hand_in_hand(stage: Stage, rng: np.random.Generator, spot: Spot) -> Cast:
    """Two or three in a row hold hands."""
    act = Act(stage, rng, spot)
    drafts = list(_beside(act, younger=("child" if rng.random() < 0.5 else "adult"), apart=(5.0, 6.0)))
    first, second = drafts
    join_hands(first, second, rng)
    _face_or_front(first, second, rng)
    one, two = act.enter(first), act.enter(second)
    act.claim(one, "hold", two, arm("L"))
    act.claim(two, "hold", one, arm("R"))
    act.watch(grasp.palm_point(first, "L"))
    return act.cast


def join_hands(first: Draft, second: Draft, rng: np.random.Generator) -> float:
    """First's left palm to second's right palm, between them, as low as the shorter arm hangs; gap in dm."""
    a, b = first.joint("upperarm01.L"), second.joint("upperarm01.R")
    between, forward = (a + b) / 2, unit(ahead_of(first) + ahead_of(second))
    meet = between + forward * rng.uniform(0.2, 0.8)
    hanging = (a[1] - arm_length(first, "L"), b[1] - arm_length(second, "R"))
    meet[1] = max(hanging) - rng.uniform(0.0, 0.4)
    fingers = unit(forward * 0.4 - UP)
    own: tuple[tuple[Draft, Side], ...] = ((first, "L"), (second, "R"))
    for draft, side in own:
        pole = -ahead_of(draft) + 0.15 * outward(draft, side)
        _palm_to(draft, side, meet, fingers, outward(draft, side), 0.12, pole)
        posing.curl(draft.figure, draft.rotations, side, rng.uniform(0.35, 0.55), 0.3)
    return float(np.linalg.norm(grasp.palm_point(first, "L") - grasp.palm_point(second, "R"))) - 0.3


def arm_around(stage: Stage, rng: np.random.Generator, spot: Spot) -> Cast:
    """Side by side, an arm behind the other's back, the hand on the far shoulder."""
    act = Act(stage, rng, spot)
    first, second = _beside(act, apart=(3.8, 4.2))
    skin = second.skin()
    far = shoulder_top(second, "L")
    behind = far - 0.5 * ahead_of(second) + 0.2 * outward(second, "L")
    target = nearest(skin, behind)
    out = unit(0.6 * UP - 0.6 * ahead_of(second) + 0.5 * outward(second, "L"))
    fingers = unit(outward(second, "L") - 0.5 * UP + 0.2 * ahead_of(second))
    _palm_to(first, "L", target + 0.2 * out, fingers, -out, 0.1, pole=UP * 0.3 - ahead_of(first))
    _face_or_front(first, second, rng)
    toucher, touched = act.enter(first), act.enter(second)
    act.claim(toucher, "touch", touched, arm("L"))
    act.watch(target)
    return act.cast


def hug(stage: Stage, rng: np.random.Generator, spot: Spot) -> Cast:
    """Chest to chest, hands on each other's back."""
    act = Act(stage, rng, spot)
    first, second = _facing(act, rng.uniform(1.25, 1.45), shift=1.1)
    for holder, held in ((first, second), (second, first)):
        skin = held.skin()
        for side, level in zip(SIDES, (0.35, -0.6), strict=True):
            _hand_on_back(holder, side, held, skin, level)
    one, two = act.enter(first), act.enter(second)
    act.claim(one, "hold", two, "left arm", "right arm")
    act.claim(two, "hold", one, "left arm", "right arm")
    return act.cast


def dance(stage: Stage, rng: np.random.Generator, spot: Spot) -> Cast:
    """Face to face: one pair of hands out to the side, a hand on the back, a hand on the shoulder."""
    act = Act(stage, rng, spot)
    lead, follow = _facing(act, rng.uniform(1.9, 2.2), shift=0.3)
    side = act.side()
    out = outward(lead, side)
    reach = 0.72 * min(arm_length(lead, side), arm_length(follow, other(side)))
    meet = (lead.joint(f"upperarm01.{side}") + follow.joint(f"upperarm01.{other(side)}")) / 2
    meet = meet + out * reach + UP * rng.uniform(-0.8, 0.3)
    for draft, own in ((lead, side), (follow, other(side))):
        _palm_to(draft, own, meet, UP + 0.4 * out, ahead_of(draft), 0.1, pole=-UP)
        posing.curl(draft.figure, draft.rotations, own, 0.4, 0.3)
    _hand_on_back(lead, other(side), follow, follow.skin(), -0.2)
    top = shoulder_top(follow, side)
    gap = lay_palm(follow, side, shoulder_top(lead, other(side)), -ahead_of(lead), UP, lead.skin(), act.rng)
    look(lead, eyes(follow))
    look(follow, eyes(lead))
    one, two = act.enter(lead), act.enter(follow)
    act.claim(one, "hold", two, "left arm", "right arm")
    act.claim(two, "hold", one, *((arm(side), arm(other(side))) if gap < CONTACT else (arm(other(side)),)))
    act.claim(one, "look at", two, "face")
    act.claim(two, "look at", one, "face")
    act.watch(top)
    return act.cast


def kneel_before_child(stage: Stage, rng: np.random.Generator, spot: Spot) -> Cast:
    """An adult kneels before a standing child, hands at its upper arms; they look at each other."""
    act = Act(stage, rng, spot)
    yaw = rng.uniform(-np.pi, np.pi)
    gap = rng.uniform(5.0, 5.6)
    adult = act.person(-gap / 2 * np.cos(yaw), -gap / 2 * np.sin(yaw), yaw, age="adult")
    child = act.person(gap / 2 * np.cos(yaw), gap / 2 * np.sin(yaw), yaw + np.pi, age="child")
    postures.kneel(adult, rng)
    low = adult.visible_skin()
    low = low[low[:, 1] < KNEE_HEIGHT]
    knees = float(((low - child.root) @ ahead_of(adult)).max())
    adult.root = adult.root - ahead_of(adult) * (knees + rng.uniform(*KNEES_TO_CHILD))
    skin = child.skin()
    for side in SIDES:
        theirs = other(side)
        share = rng.uniform(0.7, 1.0)
        joint, elbow = (child.joint(f"{name}.{theirs}") for name in ("upperarm01", "lowerarm01"))
        out = outward(child, theirs)
        target = nearest(skin, joint + (elbow - joint) * share + out)
        lay_palm(adult, side, target, ahead_of(adult) + 0.2 * UP, out + 0.2 * ahead_of(child), skin, rng)
    adult.look_at(eyes(child))
    child.look_at(eyes(adult))
    one, two = act.enter(adult), act.enter(child)
    act.claim(one, "on", act.ground)
    act.claim(one, "hold", two, "left arm", "right arm")
    act.claim(one, "touch", two, "left arm", "right arm")
    act.claim(one, "talk", two, "face")
    act.claim(one, "look at", two, "face")
    act.claim(two, "look at", one, "face")
    return act.cast


def shoulder_top(draft: Draft, side: Side) -> Array:
    """World point (3,) of the skin on top of a shoulder."""
    joint = draft.joint(f"upperarm01.{side}") - 0.25 * outward(draft, side)
    return nearest(draft.skin(), joint + 0.9 * UP)


def nearest(points: Array, target: Array) -> Array:
    return np.asarray(points[np.linalg.norm(points - target, axis=1).argmin()], float)


def _hand_on_back(holder: Draft, side: Side, held: Draft, skin: Array, level: float) -> None:
    """Palm on somebody's back, ``level`` dm above the middle of the spine, the arm around their side."""
    back = held.joint("spine02") - 1.2 * ahead_of(held) + level * UP + 0.4 * outward(holder, side)
    target = nearest(skin, back)
    fingers = unit(-outward(holder, side) + rng_free(level) * UP)
    _palm_to(holder, side, target - 0.1 * ahead_of(held), fingers, ahead_of(held), 0.1)
    posing.curl(holder.figure, holder.rotations, side, 0.1)


def rng_free(level: float) -> float:
    return 0.4 if level > 0 else -0.2


def _palm_to(
    draft: Draft,
    side: Side,
    point: Array,
    fingers: Array,
    palm: Array,
    gap: float,
    pole: Array | None = None,
) -> None:
    """The middle of the palm goes ``gap`` dm before a world point, which the palm faces."""
    fingers, palm = unit(fingers), unit(palm)
    palm = unit(palm - fingers * (palm @ fingers))
    length = posing.palm_frame(draft.figure, side)[2]
    wrist = point - palm * (gap + 0.2) - fingers * length * 0.8
    if pole is None:
        pole = outward(draft, side) - 0.5 * ahead_of(draft) - 0.4 * UP
    draft.reach(side, wrist, pole)
    draft.orient_hand(side, fingers, palm)


def _beside(act: Act, *, younger: Age = "adult", apart: tuple[float, float] = SHOULDER_TO_SHOULDER) -> Beside:
    """Two people side by side who face about the same way, the front, or rarely away from it."""
    rng = act.rng
    yaw = rng.uniform(-0.5, 0.5) + (np.pi if rng.random() < 0.2 else 0.0)
    half = rng.uniform(*apart) / 2 - (0.2 if younger == "child" else 0.0)
    first = act.person(-np.sin(yaw) * -half, -np.cos(yaw) * half, yaw + rng.uniform(-0.1, 0.1), age="adult")
    second = act.person(-np.sin(yaw) * half, np.cos(yaw) * half, yaw + rng.uniform(-0.1, 0.1), age=younger)
    return first, second


def _facing(act: Act, half: float, shift: float) -> Beside:
    """Two adults face to face, ``2 * half`` dm apart, each ``shift / 2`` to the left of the line."""
    yaw = act.rng.uniform(-np.pi, np.pi)
    c, s = np.cos(yaw), np.sin(yaw)
    drafts = []
    for sign, turn in ((-1, 0.0), (1, np.pi)):
        ahead, left = sign * half, -sign * shift / 2
        drafts.append(act.person(ahead * c - left * s, ahead * s + left * c, yaw + turn, age="adult"))
    return drafts[0], drafts[1]


def _face_or_front(first: Draft, second: Draft, rng: np.random.Generator) -> None:
    for draft, partner in ((first, second), (second, first)):
        if rng.random() < 0.3:
            draft.look_at(eyes(partner))
        else:
            draft.look_at(eyes(draft) + 10 * ahead_of(draft) + rng.normal(0, 2, 3))


EPISODES = (
    Episode("hand on shoulder", ("touch",), hand_on_shoulder, radius=6.0, people=(2, 2)),
    Episode("hand in hand", ("hold",), hand_in_hand, radius=6.0, people=(2, 2)),
    Episode("arm around", ("touch",), arm_around, radius=6.0, people=(2, 2)),
    Episode("hug", ("hold",), hug, radius=6.0, people=(2, 2)),
    Episode("kneel before a child", ("touch", "hold", "on", "look at"), kneel_before_child, people=(2, 2)),
    Episode("dance", ("hold", "look at"), dance, radius=7.0, people=(2, 2)),
)
