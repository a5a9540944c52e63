"""Every action once true and once false, at both sides of its threshold."""

from __future__ import annotations

import numpy as np
import pytest

from hrs_ros.synthetic.mesh import sphere
from hrs_ros.synthetic.people import postures
from hrs_ros.synthetic.people.body import Side
from hrs_ros.synthetic.rotation import X_AXIS, about
from hrs_ros.synthetic.scene_graph import PlacedHuman
from hrs_ros.synthetic.verify import limits

from .conftest import Stage

ARM: dict[Side, str] = {"L": "left arm", "R": "right arm"}
STEP = 0.02  # dm to either side of a threshold


def under_hand(stage: Stage, human: PlacedHuman, side: Side, gap: float, entity: str = "book") -> int:
    """A board in the air below a hanging hand."""
    hand = stage.body(human).hand(side)
    low = hand[hand[:, 1].argmin()]
    return stage.block(entity, (1.5, 0.2, 1.5), low - (0, gap + 0.1, 0))


def before_foot(stage: Stage, human: PlacedHuman, side: Side, gap: float) -> int:
    foot = stage.body(human).foot(side)
    toe = foot[foot[:, 2].argmax()]
    return stage.mesh("ball", sphere(1.0, 48).moved(translation=toe + np.array([0, 0, 1.0 + gap])))


def before_mouth(stage: Stage, human: PlacedHuman, gap: float, entity: str) -> int:
    return stage.block(entity, (0.3, 0.3, 0.3), stage.body(human).mouth + np.array([0, 0, gap + 0.15]))


@pytest.mark.parametrize("predicate", ["hold", "touch", "use", "play"])
@pytest.mark.parametrize("side", ["L", "R"])
def test_hand_at_a_thing(stage: Stage, predicate: str, side: Side) -> None:
    human = stage.person()
    near = under_hand(stage, human, side, limits.CONTACT - STEP)
    far = under_hand(stage, human, "R" if side == "L" else "L", limits.CONTACT + STEP)
    for target in (near, far):
        stage.claim(human, predicate, target, *ARM.values())
    assert [row for row in stage.facts() if row[1] == predicate] == [
        (human.instance, predicate, near, (ARM[side],))
    ]
    assert (
        sum("limit 0.3" in reason for reason in stage.reasons()) == 3
    )  # the other arm, and both at the far thing


def test_what_rests_on_furniture_is_touched_but_not_held(stage: Stage) -> None:
    human = stage.person()
    board = under_hand(stage, human, "L", 0.1)
    stage.claim(human, "hold", board, "left arm")
    stage.claim(human, "touch", board, "left arm")
    assert "hold" in stage.between(human, board)
    low = stage.surface(board).low[1]
    hand = stage.body(human).hand("L").mean(0)
    stage.block("table", (3, 1, 3), (hand[0], low - 0.52, hand[2]))
    assert "hold" not in stage.between(human, board) and "touch" in stage.between(human, board)
    assert any("rests on table" in reason for reason in stage.reasons())


def test_to_carry_needs_steps_or_bulk(stage: Stage) -> None:
    draft = stage.draft()
    human = stage.enter(draft)
    small = under_hand(stage, human, "L", 0.1)
    hand = stage.body(human).hand("R")
    low = hand[hand[:, 1].argmin()]
    large = stage.block("box", (limits.BULKY + STEP, 2, 2), low - (0, 1.1, 0))
    stage.claim(human, "carry", small, "left arm")
    stage.claim(human, "carry", large, "right arm")
    assert [row[2] for row in stage.facts() if row[1] == "carry"] == [large]
    assert any("nobody walks" in reason for reason in stage.reasons())
    draft.posture = "moving"
    walker = stage.enter(draft)
    stage.claim(walker, "carry", small, "left arm")
    assert "carry" in stage.between(walker, small)


@pytest.mark.parametrize(
    ("degrees", "expected"), [(3.5, ["push"]), (2.5, []), (-2.5, []), (-3.5, ["pull"]), (0.0, [])]
)
def test_the_trunk_leans_towards_what_is_pushed_and_away_from_what_is_pulled(
    stage: Stage, degrees: float, expected: list[str]
) -> None:
    draft = stage.draft()
    draft.rotations[0] = about(X_AXIS, np.deg2rad(degrees))
    human = stage.enter(draft)
    hand = stage.body(human).hand("L")
    front = hand[hand[:, 2].argmax()]
    cart = stage.block("handcart", (9, 2, 2), front + np.array([0, 0, 1.1]))
    stage.claim(human, "push", cart, "left arm")
    stage.claim(human, "pull", cart, "left arm")
    assert [p for p in stage.between(human, cart) if p in ("push", "pull")] == expected


def test_what_is_drawn_behind_is_pulled_by_an_upright_person(stage: Stage) -> None:
    human = stage.person()
    hand = stage.body(human).hand("R")
    back = hand[hand[:, 2].argmin()]
    cart = stage.block("luggage", (2, 2, 2), back - (0, 0, 1.1))
    stage.claim(human, "pull", cart, "right arm")
    assert "pull" in stage.between(human, cart)


@pytest.mark.parametrize(
    ("raised", "gap", "expected"),
    [(True, -STEP, True), (True, 2 * STEP, False), (False, -STEP, False)],
)
def test_a_throwing_hand_is_raised_and_near(stage: Stage, raised: bool, gap: float, expected: bool) -> None:
    draft = stage.draft()
    if raised:
        draft.reach("L", draft.joint("upperarm01.L") + np.array([1.5, 2.0, 1.0]), (1, 0, -1))
    human = stage.enter(draft)
    ball = under_hand(stage, human, "L", limits.THROWN + gap, "ball")
    stage.claim(human, "throw", ball, "left arm")
    assert ("throw" in stage.between(human, ball)) is expected


@pytest.mark.parametrize("predicate", ["kick", "play"])
@pytest.mark.parametrize("side", ["L", "R"])
def test_foot_at_a_ball(stage: Stage, predicate: str, side: Side) -> None:
    human = stage.person()
    ball = before_foot(stage, human, side, limits.BALL - STEP)
    stage.claim(human, predicate, ball, "left shoe", "right shoe")
    expected = {"L": "left shoe", "R": "right shoe"}[side]
    assert [row[3] for row in stage.facts() if row[1] == predicate] == [(expected,)]


def test_a_ball_out_of_reach_is_not_kicked(stage: Stage) -> None:
    human = stage.person()
    ball = before_foot(stage, human, "L", limits.BALL + STEP)
    stage.claim(human, "kick", ball, "left shoe")
    assert "kick" not in stage.between(human, ball)
    assert stage.reasons()[0].startswith("foot 0.6")


@pytest.mark.parametrize(("predicate", "entity"), [("eat", "food"), ("drink", "cup")])
def test_at_the_mouth(stage: Stage, predicate: str, entity: str) -> None:
    human = stage.person()
    near = before_mouth(stage, human, limits.MOUTHFUL - STEP, entity)
    far = before_mouth(stage, human, limits.MOUTHFUL + STEP, entity)
    for target in (near, far):
        stage.claim(human, predicate, target, "face")
    assert [row[2] for row in stage.facts() if row[1] == predicate] == [near]


def test_a_phone_is_talked_into_at_mouth_or_ear(stage: Stage) -> None:
    human = stage.person()
    left, right = stage.body(human).ears
    at_ear = stage.block("phone", (0.1, 1, 0.5), left + np.array([limits.AT_HEAD - STEP + 0.05, 0, 0]))
    away = stage.block("phone", (0.1, 1, 0.5), right - (limits.AT_HEAD + STEP + 0.05, 0, 0))
    for phone in (at_ear, away):
        stage.claim(human, "talk", phone, "face")
    assert [row[2] for row in stage.facts() if row[1] == "talk"] == [at_ear]
    assert left[0] > right[0]


@pytest.mark.parametrize(("turn", "expected"), [(25.0, True), (27.0, False), (180.0, False)])
def test_faces_of_people_who_talk_are_turned_to_each_other(stage: Stage, turn: float, expected: bool) -> None:
    speaker = stage.person(yaw=np.deg2rad(turn))  # the eyes stand before the axis: 29 and 31 degrees
    listener = stage.person((0, 0, 4))
    stage.claim(speaker, "talk", listener.instance, "face")
    assert ("talk" in stage.between(speaker, listener.instance)) is expected


@pytest.mark.parametrize(("distance", "expected"), [(19.5, True), (20.5, False)])
def test_people_who_talk_are_within_earshot(stage: Stage, distance: float, expected: bool) -> None:
    speaker, listener = stage.person((0, 0, -4)), stage.person((0, 0, distance - 4))
    stage.claim(speaker, "talk", listener.instance, "face")
    assert ("talk" in stage.between(speaker, listener.instance)) is expected


@pytest.mark.parametrize(
    ("degrees", "expected"), [(14.5, True), (15.5, False), (-14.5, True), (-15.5, False)]
)
def test_look_at_within_fifteen_degrees(stage: Stage, degrees: float, expected: bool) -> None:
    human = stage.person()
    eye, direction = stage.body(human).gaze
    target = stage.block(
        "plate", (0.02, 0.02, 0.02), eye + 8 * about((0, 1, 0), np.deg2rad(degrees)) @ direction
    )
    stage.claim(human, "look at", target, "face")
    assert ("look at" in stage.between(human, target)) is expected


@pytest.mark.parametrize(("aside", "expected"), [(0.0, False), (5.0, True)])
def test_nothing_stands_between_eyes_and_what_is_looked_at(
    stage: Stage, aside: float, expected: bool
) -> None:
    human = stage.person()
    eye, direction = stage.body(human).gaze
    target = stage.block("plate", (0.5, 0.5, 0.5), eye + 10 * direction)
    stage.block("box", (4, 4, 0.2), eye + 5 * direction + (aside, 0, 0))
    stage.claim(human, "look at", target, "face")
    assert ("look at" in stage.between(human, target)) is expected
    if not expected:
        assert stage.reasons() == [f"box {target + 1} stands between the eyes and plate {target}"]


def sitter(stage: Stage) -> tuple[PlacedHuman, int]:
    """Astride a beam."""
    draft = stage.draft()
    postures.ride(draft, np.random.default_rng(0), (0, 7.0, -4), (0, 0, 1), half_width=1.0)
    beam = stage.block("horse", (2.0, 2.0, 8), (0, 6.0, -4))
    return stage.enter(draft), beam


def test_a_rider_sits_on_what_is_ridden_and_is_on_it(stage: Stage) -> None:
    human, beam = sitter(stage)
    stage.claim(human, "ride", beam, "left leg", "right leg")
    stage.claim(human, "ride", stage.floor, "left leg", "right leg")
    rows = [row for row in stage.facts() if row[1] in ("ride", "on", "sit on")]
    assert rows == [
        (human.instance, "ride", beam, ("left leg", "right leg")),
        (human.instance, "on", beam, ()),
    ]


def test_without_the_claim_a_rider_only_sits(stage: Stage) -> None:
    human, beam = sitter(stage)
    assert stage.between(human, beam) == ["sit on"]


def test_claims_that_cannot_be(stage: Stage) -> None:
    human = stage.person()
    ghost = stage.graph.instance("cup")
    board = under_hand(stage, human, "L", 0.1)
    stage.claim(human, "hold", ghost, "left arm")
    stage.claim(human, "hold", human.instance, "left arm")
    stage.claim(human, "touch", board)
    stage.claim(human, "look at", board, "left arm")
    stage.graph.relate(board, "touch", stage.floor, ("left arm",))
    assert [row for row in stage.facts() if row[3]] == []
    told = stage.reasons()
    assert told == [
        f"instance {ghost} has no triangles",
        f"human {human.instance} is both ends",
        "no acting part is named",
        "left arm does not look at",
        f"instance {board} is no person of the scene",
    ]


def test_claims_twice_are_one_relation(stage: Stage) -> None:
    human = stage.person()
    board = under_hand(stage, human, "L", 0.1)
    for _ in range(2):
        stage.claim(human, "hold", board, "left arm")
    stage.claim(human, "stand on", stage.floor)
    rows = stage.facts()
    assert len(rows) == len(set(rows)) == 2
    assert sorted(row[1] for row in rows) == ["hold", "stand on"]
