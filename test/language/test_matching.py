"""Requests of several relations answered in hand-made scenes; what is missing is named."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from hrs_ros.language import Status, answer
from hrs_ros.scene import Mask, Scene
from hrs_ros.vocabulary import vocabulary

MakeScene = Callable[..., Scene]
LEFT = {"left arm": 0.9}


@pytest.fixture
def party(make_scene: MakeScene) -> Scene:
    """Two people with a plate each, one of them next to a chair; a third one sits on a sofa."""
    return make_scene(
        ["human", "human", "human", "plate", "plate", "chair", "sofa"],
        [
            (1, "hold", 4, 0.9, LEFT),
            (2, "hold", 5, 0.8, LEFT),
            (2, "next to", 6, 0.7, {}),
            (3, "sit on", 7, 0.9, {}),
            (3, "next to", 2, 0.9, {}),
        ],
    )


@pytest.mark.parametrize(
    ("text", "entity"),
    [
        ("the plate held by the man next to the chair", 5),
        ("the plate the man not next to the chair holds", 4),
        ("person holding a plate next to the chair", 2),
        ("person who holds a plate and is not next to the chair", 1),
        ("the one sitting", 3),
        ("the person not holding a plate", 3),
        ("person next to the man holding a plate", 3),
        ("the sitting man next to the man next to the chair", 3),
        ("the chair behind nobody", None),
    ],
)
def test_answers(party: Scene, text: str, entity: int | None) -> None:
    found = answer(text, party)
    assert found.entity_id == entity, found.sentence
    assert found.status is (Status.NOT_UNDERSTOOD if entity is None else Status.OK)


def test_all_supporting_relations_are_told(party: Scene) -> None:
    found = answer("the plate held by the man next to the chair", party)
    assert found.sentence == (
        "plate 2 fits: <human 2 [left arm], hold, plate 2>, <human 2, next to, chair 1>."
    )
    assert found.candidates[0].score == pytest.approx(0.8 * 0.7)
    assert found.candidates[0].relation_index == 1


@pytest.mark.parametrize(
    ("text", "status", "sentence"),
    [
        (
            "the plate held by the man sitting on the chair",
            Status.NO_RELATION,
            "In view: chair 1, but no person sits on it; seen instead: <human 2, next to, chair 1>.",
        ),
        ("the plate held by the man next to the ball", Status.NO_OBJECT, "No ball is in view."),
        (
            "the plate held by the man on the sofa",
            Status.NO_RELATION,
            "In view: plate 1, plate 2, but no human (is on: sofa) holds any of them.",
        ),
        (
            "the plate in the right hand of the man next to the chair",
            Status.WRONG_PART,
            "human 2 holds plate 2, but in the left arm, not in the right arm.",
        ),
        (
            "the plate nobody holds",
            Status.NO_RELATION,
            "Each plate in view does: <human 1 [left arm], hold, plate 1>, "
            "<human 2 [left arm], hold, plate 2>.",
        ),
        (
            "person who holds a plate and sits on the sofa",
            Status.NO_RELATION,
            "In view: human 1, human 2, human 3, but none fits all of: human (holds: plate; sits on: sofa).",
        ),
        (
            "person wearing a hat",
            Status.NO_OBJECT,
            "In view: human 1, human 2, human 3, but no hat or headwear is seen on any.",
        ),
    ],
)
def test_the_missing_link_is_named(party: Scene, text: str, status: Status, sentence: str) -> None:
    found = answer(text, party)
    assert (found.status, found.sentence) == (status, sentence)


def test_a_thing_that_must_not_be_there_need_not_be_there(party: Scene) -> None:
    assert answer("the sitting person not holding a ball", party).entity_id == 3


def test_garments_are_parts_that_are_seen(party: Scene) -> None:
    hat = {vocabulary().part_id("hat"): Mask(x=1, y=0, bits=np.ones((1, 1), bool))}
    first, second, *others = party.entities
    dressed = replace(party, entities=(first, replace(second, parts=hat), *others))
    assert answer("the plate held by the man wearing a cap", dressed).entity_id == 5


# Numbers


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("how many people are there", 3),
        ("how many plates", 2),
        ("how many people are holding a plate", 2),
        ("how many people are not holding a plate", 1),
        ("how many plates are held by the man next to the chair", 1),
        ("how many balls", 0),
    ],
)
def test_counting(party: Scene, text: str, count: int) -> None:
    found = answer(text, party)
    assert (found.status, found.count, len(found.entity_ids)) == (Status.OK, count, count)
    assert found.sentence.startswith(f"{count}: ")
    assert found.entity_id is None  # counted, not picked


def test_one_thing_detected_twice_is_counted_once(make_scene: MakeScene) -> None:
    scene = make_scene(["plate", "plate", "plate"])
    first, second, third = scene.entities
    scene = replace(scene, entities=(first, replace(second, mask=first.mask), third))
    assert answer("how many plates", scene).count == 2


@pytest.mark.parametrize(
    ("scores", "status", "entities"),
    [
        ([0.9, 0.8], Status.OK, (1, 2)),
        ([0.9, 0.8, 0.3], Status.OK, (1, 2)),  # the third is clearly worse than the second
        ([0.9, 0.8, 0.5], Status.AMBIGUOUS, ()),
        ([0.9], Status.NO_OBJECT, ()),
    ],
)
def test_two_of_them(
    make_scene: MakeScene, scores: list[float], status: Status, entities: tuple[int, ...]
) -> None:
    found = answer("two cups", make_scene(["cup"] * len(scores), scores=scores))
    assert (found.status, found.entity_ids) == (status, entities)


def test_too_few_are_told(party: Scene) -> None:
    found = answer("two plates held by the man next to the chair", party)
    assert found.status is Status.NO_RELATION
    assert found.sentence.startswith("2 are asked for, only plate 2 fits: ")


# Several readings


def _twins(make_scene: MakeScene, holder: int) -> Scene:
    """Human 1 is next to human 2; one of them holds the cup."""
    return make_scene(
        ["human", "human", "cup"],
        [(1, "next to", 2, 0.9, {}), (holder, "hold", 3, 0.9, LEFT)],
    )


@pytest.mark.parametrize("holder", [1, 2])
def test_readings_that_agree_are_no_question(make_scene: MakeScene, holder: int) -> None:
    found = answer("the man next to the woman holding a cup", _twins(make_scene, holder))
    assert (found.status, found.entity_id) == (Status.OK, 1)


def test_readings_that_differ_are_ambiguous(make_scene: MakeScene) -> None:
    scene = make_scene(
        ["human", "human", "human", "human", "cup", "cup"],
        [
            (1, "next to", 2, 0.9, {}),
            (2, "hold", 5, 0.9, LEFT),
            (3, "next to", 4, 0.2, {}),
            (3, "hold", 6, 0.9, LEFT),
        ],
    )
    # Far apart in score, and still not picked: the two sentences mean different people.
    found = answer("the man next to the woman holding a cup", scene)
    assert found.status is Status.AMBIGUOUS
    assert {candidate.entity_id for candidate in found.candidates} == {1, 3}
    assert "can be read in 2 ways that differ" in found.sentence
