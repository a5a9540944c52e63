"""Next to, in front of, behind: at both sides of their limits, from every side, and mirrored."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from hrs_ros.synthetic.camera import Camera
from hrs_ros.synthetic.people.body import Side, other
from hrs_ros.synthetic.verify import limits
from hrs_ros.vocabulary import vocabulary

from .conftest import PLACE, Stage

STEP = 0.05
ORDER = ("next to", "in front of", "behind")
OPPOSITE = {"next to": "next to", "in front of": "behind", "behind": "in front of"}


def halves(stage: Stage) -> tuple[float, float]:
    """From the root to the edge of a person's outline with its thickness, to the left and ahead."""
    human = stage.person()
    points = human.keypoints[[0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 12, 13]] - human.root
    return float(points[:, 0].max()) + limits.THICKNESS, float(points[:, 2].max()) + limits.THICKNESS


@pytest.mark.parametrize(("change", "expected"), [(-STEP, ["next to"]), (STEP, [])])
def test_next_to_within_its_gap(new_stage: Callable[[], Stage], change: float, expected: list[str]) -> None:
    left, _ = halves(new_stage())
    stage = new_stage()
    human = stage.person()
    chair = stage.block("chair", (4, 8, 4), (left + limits.NEXT_TO + change + 2, 4, -4))
    assert stage.between(human, chair) == expected


@pytest.mark.parametrize(("change", "expected"), [(-STEP, ["behind"]), (STEP, [])])
def test_behind_within_its_gap(new_stage: Callable[[], Stage], change: float, expected: list[str]) -> None:
    _, ahead = halves(new_stage())
    stage = new_stage()
    human = stage.person()
    table = stage.block("table", (10, 7, 4), (0, 3.5, -4 + ahead + limits.BEFORE + change + 2))
    assert stage.between(human, table) == expected


@pytest.mark.parametrize(
    ("degrees", "expected"),
    [(0, "next to"), (40, "next to"), (50, "behind"), (90, "behind"), (-50, "in front of")],
)
def test_the_direction_decides(stage: Stage, degrees: float, expected: str) -> None:
    """Far cameras see all in parallel; the other person stands ``degrees`` before the picture plane."""
    stage.camera = Camera.looking_at((0, 12, 4000), (0, 8, -4), 0.01)
    human = stage.person()
    angle = np.deg2rad(degrees)
    neighbour = stage.person((5 * np.cos(angle), 0, -4 + 5 * np.sin(angle)))
    assert stage.between(human, neighbour.instance) == [expected]
    assert stage.between(neighbour, human.instance) == [OPPOSITE[expected]]


def test_from_the_other_side_front_is_behind(stage: Stage) -> None:
    human, table = stage.person(), stage.block("table", (10, 7, 4), (0, 3.5, 2))
    assert stage.between(human, table) == ["behind"]
    stage.camera = Camera.looking_at((0, 12, -40), (0, 8, -4), 0.8)
    assert stage.between(human, table) == ["in front of"]
    stage.camera = Camera.looking_at((40, 12, -1), (0, 8, -1), 0.8)
    assert stage.between(human, table) == ["next to"]


def test_knees_under_a_table_are_behind_it(stage: Stage) -> None:
    human = stage.person()
    table = stage.block("table", (14, 0.4, 8), (2, 7, 0.4))  # its edge lies over the toes
    stage.block("stand", (1, 6.8, 1), (2, 3.4, 0.4))
    assert stage.between(human, table) == ["behind"]


def test_stuff_and_what_hangs_have_no_place(stage: Stage) -> None:
    human = stage.person()
    for entity in ("tree", "wall", "building"):
        stage.block(entity, (4, 20, 4), (6, 10, -4))
    stage.block("painting/poster", (4, 4, 0.2), (4, 12, -8))
    assert [row[1] for row in stage.facts() if row[0] == human.instance] == ["stand on"]


def test_what_stands_on_furniture_has_a_place_what_is_held_has_none(stage: Stage) -> None:
    human = stage.person()
    stage.block("table", (6, 7, 4), (0, 3.5, 2))
    cup = stage.block("cup", (0.8, 1, 0.8), (0, 7.5, 1))
    assert stage.between(human, cup) == ["behind"]
    hand = stage.body(human).hand("L")
    low = hand[hand[:, 1].argmin()]
    stage.block("table", (2, low[1] - 1.3, 2), (low[0], (low[1] - 1.3) / 2, low[2]))
    bag = stage.block("bag", (1, 1.2, 1), low - np.array([0, 0.7, 0]))
    assert stage.between(human, bag) == ["next to"]
    stage.claim(human, "hold", bag, "left arm")
    assert stage.between(human, bag) == ["next to"]  # no hand around it: it stands there


def test_high_above_is_not_next_to(stage: Stage) -> None:
    human = stage.person()
    shelf = stage.block("cabinet", (4, 30, 4), (6, 15, -4))
    top = stage.body(human).surface.high[1]
    low = stage.block("cabinet", (4, top + limits.LEVEL - STEP, 4), (-6, (top + limits.LEVEL) / 2, -4))
    vase = stage.block("vase", (1, 2, 1), (5, 31, -4))
    assert stage.between(human, shelf) == ["next to"] and stage.between(human, low) == ["next to"]
    assert stage.between(human, vase) == []


def test_who_is_carried_has_no_order_with_who_carries(stage: Stage) -> None:
    below, beside = stage.person(), stage.person((4.5, 0, -4))
    assert stage.between(below, beside.instance) == ["next to"]
    stage.claim(below, "hold", beside.instance, "left arm")
    assert stage.between(below, beside.instance) == ["hold"]
    assert stage.between(beside, below.instance) == []


def mirrored_scene(stage: Stage, sign: int) -> Stage:
    """Furniture, a neighbour, and a hand on a box; everything at mirrored places for sign -1."""
    side: Side = "L" if sign > 0 else other("L")
    arms = {"L": "left arm", "R": "right arm"}
    x = np.array([sign, 1, 1])
    draft = stage.draft(np.array(PLACE) * x, yaw=0.4 * sign)
    draft.rotations[:] = draft.figure.body.rest()
    draft.stand_on(0.0)
    draft.reach(side, draft.joint(f"upperarm01.{side}") + np.array([1.0, -2.0, 3.0]) * x, (sign, -1, -1))
    human = stage.enter(draft)
    hand = stage.body(human).hand(side)
    box = stage.block("box", (1, 0.2, 1), hand[hand[:, 1].argmin()] - np.array([0, 0.2, 0]))
    stage.claim(human, "touch", box, arms["L"], arms["R"])
    stage.claim(human, "look at", box, "face")
    friend = stage.draft(np.array([5.0, 0, -6.5]) * x, yaw=-1.0 * sign)
    friend.rotations[:] = friend.figure.body.rest()
    friend.stand_on(0.0)
    stage.claim(stage.enter(friend), "look at", human.instance, "face")
    for entity, size, centre in (
        ("chair", (4, 8, 4), (-6, 4, -5)),
        ("table", (10, 7, 5), (3, 3.5, 2)),
        ("plate", (2, 0.2, 2), (4, 7.1, 2)),
        ("sofa", (18, 8, 8), (9, 4, -14)),
    ):
        stage.block(entity, size, np.array(centre) * x)
    stage.camera = Camera.looking_at(np.array([9.0, 14, 26]) * x, np.array([1.0, 8, -4]) * x, 0.8)
    return stage


def test_a_mirrored_scene_has_the_same_relations_with_sides_swapped(new_stage: Callable[[], Stage]) -> None:
    words = vocabulary()
    one, two = (mirrored_scene(new_stage(), sign).facts() for sign in (1, -1))
    swap = {words.parts[p]: words.parts[q] for p, q in enumerate(words.part_mirror)}
    assert [(s, p, o, tuple(swap[part] for part in parts)) for s, p, o, parts in one] == two
    assert len(one) >= 10 and {"touch", "behind", "next to", "in front of"} <= {row[1] for row in one}
    assert [row[3] for row in one if row[1] == "touch"] == [("left arm",)]


def test_order_between_people_is_mutual(stage: Stage) -> None:
    rng = np.random.default_rng(3)
    for _ in range(7):
        x, z = rng.uniform(-9, 9, 2)
        stage.person((x, 0, z - 4), yaw=rng.uniform(-3, 3))
    stage.camera = replace(Camera.looking_at((12, 15, 30), (0, 8, -4), 0.8))
    facts = [(s, p, o) for s, p, o, _ in stage.facts() if p in ORDER]
    assert len(facts) >= 10 and len({p for _, p, _ in facts}) == 3
    assert sorted((o, OPPOSITE[p], s) for s, p, o in facts) == sorted(facts)
