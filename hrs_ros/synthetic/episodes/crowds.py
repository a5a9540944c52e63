"""Many people in simple poses: rows, loose groups, queues, families, people who pass behind others."""

from __future__ import annotations

from itertools import pairwise

import numpy as np

from hrs_ros.synthetic.episodes.acting import Act, Age
from hrs_ros.synthetic.episodes.company import join_hands
from hrs_ros.synthetic.episodes.gestures import idle_arms, swing_arm
from hrs_ros.synthetic.episodes.handling import CONTACT
from hrs_ros.synthetic.people import postures
from hrs_ros.synthetic.people.draft import Draft
from hrs_ros.synthetic.scene_graph import PlacedHuman
from hrs_ros.synthetic.stage import Cast, Episode, Spot, Stage

ABREAST = (4.8, 6.0)  # dm between neighbours in a row
APART = 4.6  # dm, the least between any two who stand about
QUEUE_STEP = (4.5, 6.5)


def row(stage: Stage, rng: np.random.Generator, spot: Spot) -> Cast:
    """Three to six side by side, as for a photograph; a second row stands in the gaps."""
    act = Act(stage, rng, spot)
    step = rng.uniform(*ABREAST)
    front = int(rng.integers(3, 1 + min(5, int(2 * (spot.radius - 1) / step))))
    yaw = np.pi if rng.random() < 0.15 else 0.0
    backward = int(rng.integers(0, front)) if rng.random() < 0.5 else 0
    for k in range(front):
        _stander(act, rng.uniform(-0.4, 0.4), (k - (front - 1) / 2) * step, yaw + rng.normal(0, 0.12))
    for k in range(backward):
        left = (k + 0.5 - (front - 1) / 2) * step
        _stander(act, -rng.uniform(4.2, 5.0), left, yaw + rng.normal(0, 0.12))
    return act.cast


def group(stage: Stage, rng: np.random.Generator, spot: Spot) -> Cast:
    """Four to eight who stand about, each turned anywhere."""
    act = Act(stage, rng, spot)
    inside = spot.radius - 2.5
    for ahead, left in scattered(rng, int(rng.integers(4, 9)), inside, APART):
        _stander(act, ahead, left, rng.uniform(-np.pi, np.pi))
    return act.cast


def queue(stage: Stage, rng: np.random.Generator, spot: Spot) -> Cast:
    """One behind the other, all faces one way."""
    act = Act(stage, rng, spot)
    line, step = rng.uniform(-np.pi, np.pi), rng.uniform(*QUEUE_STEP)
    count = int(rng.integers(3, 1 + min(6, 1 + int(2 * (spot.radius - 2) / step))))
    for k in range(count):
        along = (k - (count - 1) / 2) * step
        ahead, left = along * np.cos(line), along * np.sin(line)
        _stander(act, ahead, left, line + rng.normal(0, 0.15))
    return act.cast


def family(stage: Stage, rng: np.random.Generator, spot: Spot) -> Cast:
    """Two adults with one or two children between them, hand in hand where the arms reach."""
    act = Act(stage, rng, spot)
    children = int(rng.integers(1, 3))
    younger: list[Age] = ["child"] * children
    ages: list[Age] = ["adult", *younger, "adult"]
    step = rng.uniform(4.4, 4.9)
    yaw = rng.uniform(-0.4, 0.4) + (np.pi if rng.random() < 0.2 else 0.0)
    drafts = []
    for k, age in enumerate(ages):
        left = (k - (len(ages) - 1) / 2) * step
        draft = act.person(-left * np.sin(yaw), left * np.cos(yaw), yaw + rng.normal(0, 0.08), age=age)
        drafts.append(draft)
    joined = [
        rng.random() < 0.75 and join_hands(first, second, rng) < CONTACT for first, second in pairwise(drafts)
    ]
    humans = [act.enter(draft) for draft in drafts]
    for human in humans:
        act.claim(human, "stand on", act.ground)
    for k, together in enumerate(joined):
        if together:
            act.claim(humans[k], "hold", humans[k + 1], "left arm")
            act.claim(humans[k + 1], "hold", humans[k], "right arm")
    return act.cast


def pass_behind(stage: Stage, rng: np.random.Generator, spot: Spot) -> Cast:
    """One or two stand in front; others walk past behind them, to either side."""
    act = Act(stage, rng, spot)
    for left in (0.0,) if rng.random() < 0.5 else (-2.8, 2.8):
        _stander(act, spot.radius * 0.45, left + rng.uniform(-0.3, 0.3), rng.normal(0, 0.5))
    places = np.linspace(-1, 1, int(rng.integers(2, 4))) * (spot.radius - 3.5)
    for k, left in enumerate(places):
        way = rng.choice([-1.0, 1.0]) * np.pi / 2 + rng.uniform(-0.4, 0.4)
        act.enter(walker(act, -rng.uniform(1.0, 1.5) - 4.0 * (k % 2), float(left), way))
    return act.cast


def walker(act: Act, ahead: float, left: float, yaw: float) -> Draft:
    """Somebody in mid-step, arms swinging."""
    draft = act.person(ahead, left, yaw)
    postures.walk(draft, act.rng)
    swing = act.rng.uniform(0.1, 0.45) * act.rng.choice([-1.0, 1.0])
    swing_arm(draft, "L", act.rng, swing)
    swing_arm(draft, "R", act.rng, -swing)
    return draft


def scattered(rng: np.random.Generator, count: int, radius: float, apart: float) -> list[tuple[float, float]]:
    """Up to ``count`` random points of a disc with ``apart`` between any two; fewer where they do not fit."""
    points: list[tuple[float, float]] = []
    for _ in range(count * 30):
        if len(points) == count:
            break
        angle, distance = rng.uniform(0, 2 * np.pi), radius * np.sqrt(rng.random())
        point = (float(distance * np.cos(angle)), float(distance * np.sin(angle)))
        if all(np.hypot(point[0] - x, point[1] - y) >= apart for x, y in points):
            points.append(point)
    return points


def _stander(act: Act, ahead: float, left: float, yaw: float) -> PlacedHuman:
    draft = act.person(ahead, left, yaw)
    idle_arms(draft, act.rng)
    bone = draft.figure.body.bone
    draft.look_at(draft.to_world(draft.figure.heads[bone["head"]] + act.rng.normal((0, -1, 20), (6, 3, 1))))
    human = act.enter(draft)
    act.claim(human, "stand on", act.ground)
    return human


EPISODES = (
    Episode("row", ("stand on",), row, radius=14.0, people=(3, 8)),
    Episode("group", ("stand on",), group, radius=12.0, people=(4, 8)),
    Episode("queue", ("stand on",), queue, radius=14.0, people=(3, 6)),
    Episode("family", ("stand on",), family, radius=10.0, people=(3, 4)),
    Episode("pass behind", ("stand on",), pass_behind, radius=10.0, people=(3, 5)),
)
