"""What people stand, sit, lie, squat and kneel on, and what they are in."""

from __future__ import annotations

import numpy as np
import pytest

from hrs_ros.synthetic.mesh import box as box_mesh
from hrs_ros.synthetic.mesh import join
from hrs_ros.synthetic.people import postures
from hrs_ros.synthetic.people.draft import Draft
from hrs_ros.synthetic.rotation import UP
from hrs_ros.synthetic.scene_graph import PlacedHuman
from hrs_ros.synthetic.verify import limits
from hrs_ros.synthetic.verify.person import HIPS
from hrs_ros.synthetic.verify.support import rests_on, stands_by_itself
from hrs_ros.synthetic.verify.world import World

from .conftest import Stage

STEP = 0.02
SUPPORT = ("stand on", "sit on", "lie on", "squat", "on", "in")


def supports(stage: Stage, human: PlacedHuman) -> list[tuple[str, int]]:
    return [(p, o) for s, p, o, _ in stage.facts() if s == human.instance and p in SUPPORT]


def raised(draft: Draft, height: float) -> Draft:
    draft.root = draft.root + UP * height
    return draft


@pytest.mark.parametrize(
    ("height", "expected"),
    [(0.0, True), (limits.FEET_GAP - STEP, True), (limits.FEET_GAP + STEP, False), (-0.2, True)],
)
def test_stand_on_the_floor(stage: Stage, height: float, expected: bool) -> None:
    human = stage.enter(raised(stage.draft(), height))
    assert supports(stage, human) == ([("stand on", stage.floor)] if expected else [])


def test_only_the_uppermost_support_counts(stage: Stage) -> None:
    rug = stage.block("rug", (10, 0.1, 10), (0, 0.05, -4))
    human = stage.enter(raised(stage.draft(), 0.1))
    assert supports(stage, human) == [("stand on", rug)]


def test_one_foot_on_each_of_two_things(stage: Stage) -> None:
    left = stage.block("box", (6, 1, 6), (3.0, 0.5, -4))
    right = stage.block("box", (6, 1, 6), (-3.0, 0.5, -4))
    human = stage.enter(raised(stage.draft(), 1.0))
    assert supports(stage, human) == [("stand on", left), ("stand on", right)]


def test_a_thing_beside_the_feet_carries_nobody(stage: Stage) -> None:
    stage.block("box", (4, 1, 4), (5, 0.5, -4))
    assert supports(stage, stage.person()) == [("stand on", stage.floor)]


@pytest.mark.parametrize(
    ("gap", "expected"),
    [(limits.BODY_GAP - STEP, True), (limits.BODY_GAP + STEP, False), (-limits.BODY_SUNK + 0.1, True)],
)
def test_sit_on(stage: Stage, gap: float, expected: bool) -> None:
    draft = stage.draft()
    postures.sit(draft, np.random.default_rng(0), (0, 4.5, -4), (0, 0, 1))
    human = stage.enter(draft)
    lowest = stage.body(human).skin(HIPS)[:, 1].min()
    seat = stage.block("stool", (4, 0.5, 4), (0, lowest - 0.25 - gap, -4.5))
    assert supports(stage, human) == ([("sit on", seat)] if expected else [])


@pytest.mark.parametrize("face", ["up", "down", "side"])
def test_lie_on(stage: Stage, face: str) -> None:
    draft = stage.draft()
    postures.lie(draft, np.random.default_rng(0), (0, 5, -4), (1, 0, 0), face=face, height=5.0)
    bed = stage.block("bed", (24, 5, 12), (0, 2.5, -4))
    human = stage.enter(draft)
    stage.block("pillow", (2, 0.2, 6), (stage.body(human).joint("head")[0], 5.1, -4))  # bears no trunk
    assert supports(stage, human) == [("lie on", bed)]


def test_squat_is_a_relation_to_what_the_feet_are_on(stage: Stage) -> None:
    draft = stage.draft()
    postures.squat(draft, np.random.default_rng(0))
    human = stage.enter(draft)
    assert supports(stage, human) == [("squat", stage.floor)]


def test_kneeling_and_moving_are_on(stage: Stage) -> None:
    kneeling = stage.draft()
    postures.kneel(kneeling, np.random.default_rng(0))
    walking = stage.draft((30, 0, -4))
    postures.walk(walking, np.random.default_rng(0))
    people = [stage.enter(draft) for draft in (kneeling, walking)]
    assert [supports(stage, human) for human in people] == [[("on", stage.floor)]] * 2


def test_somebody_on_shoulders(stage: Stage) -> None:
    below = stage.person()
    shoulders = stage.body(below).joint("neck01")[1]
    rider = stage.draft()
    postures.ride(rider, np.random.default_rng(0), (0, shoulders, -4), (0, 0, 1), half_width=0.5)
    above = stage.enter(rider)
    assert ("sit on", below.instance) in supports(stage, above)
    assert supports(stage, below) == [("stand on", stage.floor)]


@pytest.mark.parametrize(("depth", "expected"), [(0.6, True), (0.4, False), (8.0, True)])
def test_in_water(stage: Stage, depth: float, expected: bool) -> None:
    stage.graph._chunks.clear()  # no floor
    water = stage.block("water", (60, 0.1, 60), (0, -0.05, -4))
    human = stage.enter(raised(stage.draft(), -depth))
    assert (("in", water) in supports(stage, human)) is expected


def tub(stage: Stage, entity: str, walls: int, height: float = 5.0) -> int:
    """A bottom at 0.3 dm and up to four walls, at left, right, behind, before."""
    sides = [
        box_mesh(0.2, height, 10, (5, height / 2, 0)),
        box_mesh(0.2, height, 10, (-5, height / 2, 0)),
        box_mesh(10, height, 0.2, (0, height / 2, -5)),
        box_mesh(10, height, 0.2, (0, height / 2, 5)),
    ]
    bottom = box_mesh(10, 0.2, 10, (0, 0.2, 0))
    return stage.mesh(entity, join(bottom, *sides[:walls]).moved(translation=(0, 0, -4)))


@pytest.mark.parametrize(("walls", "expected"), [(4, "in"), (3, "in"), (2, "stand on")])
def test_in_a_hollow_thing(stage: Stage, walls: int, expected: str) -> None:
    boat = tub(stage, "boat", walls)
    human = stage.enter(raised(stage.draft(), 0.3))
    assert supports(stage, human) == [(expected, boat)]


def test_on_the_roof_of_a_hollow_thing_is_not_in_it(stage: Stage) -> None:
    car = stage.block("car", (16, 14, 40), (0, 7, -4))
    human = stage.enter(raised(stage.draft(), 14.0))
    assert supports(stage, human) == [("stand on", car)]


def test_in_a_boat_on_water_is_not_in_the_water(stage: Stage) -> None:
    stage.graph._chunks.clear()
    stage.block("water", (60, 0.1, 60), (0, 1.0, -4))
    boat = tub(stage, "boat", 4)
    human = stage.enter(raised(stage.draft(), 0.3))
    assert supports(stage, human) == [("in", boat)]


def test_what_things_rest_on(stage: Stage) -> None:
    table = stage.block("table", (10, 7, 6), (0, 3.5, 2))
    plate = stage.block("plate", (2, 0.2, 2), (0, 7.1, 2))
    food = stage.block("food", (1, 0.2, 1), (0, 7.3, 2))
    floating = stage.block("cup", (1, 1, 1), (10, 5, 2))
    near = stage.block("cup", (1, 1, 1), (3, 7.5 + limits.RESTING - STEP, 2))
    above = stage.block("cup", (1, 1, 1), (-3, 7.5 + limits.RESTING + STEP, 2))
    world = World(stage.graph)
    found = [rests_on(world, thing) for thing in (table, plate, food, floating, near, above)]
    assert found == [stage.floor, table, plate, None, table, None]
    standing = [stands_by_itself(world, thing) for thing in (table, plate, food, floating)]
    assert standing == [True, True, True, False]
