"""Every status from a hand-made scene, scores, ambiguity, and the words of the missing link."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hrs_ros.language import Status, answer, no_frame, parse, stale
from hrs_ros.language.query import ParsedQuery
from hrs_ros.scene import Relation, Scene

MakeScene = Callable[..., Scene]

LEFT = {"left arm": 0.9}
RIGHT = {"right arm": 0.9}
BOTH = {"left arm": 0.9, "right arm": 0.6}


def test_status_numbers_are_fixed() -> None:
    assert {status.name: int(status) for status in Status} == {
        "OK": 0,
        "AMBIGUOUS": 1,
        "NOT_UNDERSTOOD": 2,
        "NO_PERSON": 3,
        "NO_OBJECT": 4,
        "NO_RELATION": 5,
        "WRONG_PART": 6,
        "STALE": 7,
        "NO_FRAME": 8,
    }


def test_a_plate_in_each_arm(make_scene: MakeScene) -> None:
    scene = make_scene(["human", "plate", "plate"], [(1, "hold", 2, 0.8, LEFT), (1, "hold", 3, 0.8, RIGHT)])
    left, right = answer("plate in left arm", scene), answer("plate in right arm", scene)
    assert (left.status, left.entity_id) == (Status.OK, 2)
    assert (right.status, right.entity_id) == (Status.OK, 3)
    assert left.sentence == "plate 1 fits: <human 1 [left arm], hold, plate 1>."
    assert left.candidates[0].relation_index == 0 and right.candidates[0].relation_index == 1
    assert left.candidates[0].score == pytest.approx(0.8 * 0.9)
    assert answer("plate in hand", scene).status is Status.AMBIGUOUS
    assert answer("plate in both hands", scene).status is Status.WRONG_PART


def test_two_people(make_scene: MakeScene) -> None:
    scene = make_scene(
        ["human", "human", "cup", "book"], [(1, "hold", 3, 0.9, LEFT), (2, "hold", 4, 0.9, LEFT)]
    )
    assert answer("the cup he holds in his left hand", scene).entity_id == 3
    assert answer("person holding the book", scene).entity_id == 2
    both = answer("what is in left arm", scene)
    assert both.status is Status.AMBIGUOUS
    assert [candidate.entity_id for candidate in both.candidates] == [3, 4]
    assert both.entity_id is None
    assert "cup 1 (0.81)" in both.sentence and "book 1 (0.81)" in both.sentence


def test_held_with_both_arms_and_held_in_the_left_are_ambiguous(make_scene: MakeScene) -> None:
    scene = make_scene(["human", "plate", "plate"], [(1, "hold", 2, 0.8, BOTH), (1, "hold", 3, 0.8, LEFT)])
    assert answer("plate in left arm", scene).status is Status.AMBIGUOUS
    both = answer("plate in both hands", scene)
    assert (both.status, both.entity_id) == (Status.OK, 2)
    assert both.candidates[0].score == pytest.approx(0.8 * 0.6)  # all-of: as sure as the least sure part


@pytest.mark.parametrize(("second", "status"), [(0.41, Status.OK), (0.43, Status.AMBIGUOUS)])
def test_margin(make_scene: MakeScene, second: float, status: Status) -> None:
    scene = make_scene(["human", "plate", "plate"], [(1, "hold", 2, 0.84, {}), (1, "hold", 3, second, {})])
    found = answer("plate he holds", scene)
    assert found.status is status
    assert [candidate.entity_id for candidate in found.candidates] == [2, 3]
    assert answer("plate he holds", scene, margin=0.0).status is Status.AMBIGUOUS
    assert answer("plate he holds", scene, margin=1.0).status is Status.OK


def test_an_unsure_part_weighs_less_than_a_sure_one(make_scene: MakeScene) -> None:
    scene = make_scene(
        ["human", "plate", "plate"],
        [(1, "hold", 2, 0.9, {"left arm": 0.3}), (1, "hold", 3, 0.8, {"left arm": 0.95})],
    )
    found = answer("plate in left arm", scene)
    assert (found.status, found.entity_id) == (Status.OK, 3)


def test_one_entity_by_two_relations_is_one_candidate(make_scene: MakeScene) -> None:
    scene = make_scene(
        ["human", "cup"],
        [(1, "look at", 2, 0.9, {"face": 0.9}), (1, "use", 2, 0.5, LEFT), (1, "hold", 2, 0.7, LEFT)],
    )
    found = answer("cup in left arm", scene)
    assert found.status is Status.OK
    assert len(found.candidates) == 1
    assert found.candidates[0].relation_index == 2
    assert answer("cup he looks at", scene).candidates[0].relation_index == 0


def test_one_thing_detected_twice_is_one_candidate(make_scene: MakeScene) -> None:
    scene = make_scene(
        ["human", "plate", "plate", "cup"],
        [(1, "hold", 2, 0.7, LEFT), (1, "hold", 3, 0.8, LEFT), (1, "hold", 4, 0.8, LEFT)],
    )
    first, *others = scene.entities
    scene = replace(scene, entities=(first, *(replace(other, mask=first.mask) for other in others)))
    found = answer("plate in left arm", scene)
    assert (found.status, found.entity_id) == (Status.OK, 3)
    # Another class on the same pixels is another opinion of what is there: not for us to settle.
    found = answer("what is in left arm", scene)
    assert found.status is Status.AMBIGUOUS
    assert [candidate.entity_id for candidate in found.candidates] == [3, 4]


def test_without_a_relation_the_entity_score_ranks(make_scene: MakeScene) -> None:
    scene = make_scene(["human", "plate", "plate"], scores=[0.9, 0.2, 0.8])
    found = answer("the plate", scene)
    assert (found.status, found.entity_id) == (Status.OK, 3)
    assert found.candidates[0].relation_index is None
    assert found.sentence == "plate 2 fits."
    assert answer("the man", scene).entity_id == 1


def test_turned_round_preposition(make_scene: MakeScene) -> None:
    scene = make_scene(["human", "chair"], [(1, "in front of", 2, 0.9, {})])
    assert answer("the chair behind the woman", scene).entity_id == 2
    assert answer("the chair in front of the woman", scene).status is Status.NO_RELATION
    assert answer("the woman in front of the chair", scene).entity_id == 1


def test_on_is_true_of_who_sits_on_it(make_scene: MakeScene) -> None:
    scene = make_scene(["human", "bench"], [(1, "sit on", 2, 0.9, {})])
    assert answer("man on the bench", scene).entity_id == 1
    assert answer("man standing on the bench", scene).status is Status.NO_RELATION


def test_a_person_as_object(make_scene: MakeScene) -> None:
    scene = make_scene(["human", "human"], [(1, "look at", 2, 0.9, {"face": 0.9})])
    assert answer("the woman the man is looking at", scene).entity_id == 2
    assert answer("person looking at the woman", scene).entity_id == 1


@pytest.mark.parametrize(
    ("names", "rows", "text", "status", "sentence"),
    [
        (["plate"], [], "plate in left arm", Status.NO_PERSON, "No person is in view."),
        ([], [], "the man", Status.NO_PERSON, "No person is in view."),
        (["human", "cup"], [], "plate in left arm", Status.NO_OBJECT, "No plate is in view."),
        (["human"], [], "the plate", Status.NO_OBJECT, "No plate is in view."),
        (
            ["human"],
            [],
            "the man the woman looks at",
            Status.NO_OBJECT,
            "No other person is in view, only human 1.",
        ),
        (["human"], [], "what is in left arm", Status.NO_OBJECT, "No thing is in view, only human 1."),
        (
            ["human", "plate"],
            [],
            "plate in left arm",
            Status.NO_RELATION,
            "In view: plate 1, but no person holds it.",
        ),
        (
            ["human", "plate"],
            [(1, "look at", 2, 0.9, {"face": 0.8})],
            "plate in left arm",
            Status.NO_RELATION,
            "In view: plate 1, but no person holds it; seen instead: <human 1 [face], look at, plate 1>.",
        ),
        (
            ["human", "plate", "plate"],
            [],
            "ball",
            Status.NO_OBJECT,
            "No ball is in view.",
        ),
        (
            ["human", "cup", "cup"],
            [],
            "cup he drinks from",
            Status.NO_RELATION,
            "In view: cup 1, cup 2, but no person drinks from any of them.",
        ),
        (
            ["human", "plate"],
            [],
            "what is in left arm",
            Status.NO_RELATION,
            "No person holds anything.",
        ),
        (
            ["human", "plate"],
            [(1, "hold", 2, 0.9, RIGHT)],
            "plate in left arm",
            Status.WRONG_PART,
            "human 1 holds plate 1, but in the right arm, not in the left arm.",
        ),
        (
            ["human", "plate"],
            [(1, "hold", 2, 0.9, RIGHT)],
            "person holding the plate in both hands",
            Status.WRONG_PART,
            "human 1 holds plate 1, but in the right arm, not in the left arm and right arm.",
        ),
        (
            ["human", "ball"],
            [(1, "kick", 2, 0.9, {})],
            "ball kicked with the left leg",
            Status.WRONG_PART,
            "human 1 kicks ball 1, but with no part that was seen to act, not with the left leg.",
        ),
    ],
)
def test_missing_link(
    make_scene: MakeScene, names: list[str], rows: list, text: str, status: Status, sentence: str
) -> None:
    found = answer(text, make_scene(names, rows))
    assert (found.status, found.sentence) == (status, sentence)
    assert found.candidates == ()
    assert found.query is not None


def test_not_understood_carries_the_suggestions(make_scene: MakeScene) -> None:
    found = answer("plaet in left arm", make_scene(["human", "plate"]))
    assert found.status is Status.NOT_UNDERSTOOD
    assert found.query is None and found.entity_id is None
    assert "plate" in found.did_you_mean


def test_many_rivals_make_a_short_sentence(make_scene: MakeScene) -> None:
    found = answer("the plate", make_scene(["plate"] * 50))
    assert found.status is Status.AMBIGUOUS
    assert len(found.candidates) == 50
    assert found.sentence.startswith("50 fit: plate 1 (1.00)") and "and 46 more" in found.sentence


def test_stale_and_no_frame() -> None:
    query = parse("plate in left arm")
    assert isinstance(query, ParsedQuery)
    old = stale(query, age_seconds=3.21, limit_seconds=1.0)
    assert (old.status, old.query, old.entity_id) == (Status.STALE, query, None)
    assert "3.2 s old" in old.sentence and "1.0 s" in old.sentence
    assert no_frame(query).status is Status.NO_FRAME


def test_a_relation_with_a_lost_end_is_passed_over() -> None:
    scene = Scene(height=2, width=2, relations=(Relation(1, 1, 2, 0.9, (5,), (0.9,)),))
    assert answer("what is in left arm", scene).status is Status.NO_PERSON


REQUESTS = (
    "plate in left arm",
    "what is in his hand",
    "the plate",
    "person holding something",
    "the man",
    "cup in both hands",
    "the woman he looks at",
    "chair behind the woman",
    "the cup on the table",
)
_parts = st.dictionaries(
    st.sampled_from(["left arm", "right arm", "face", "left leg"]), st.floats(0.0, 1.0), max_size=3
)


@st.composite
def scene_parts(draw: st.DrawFn) -> tuple[list[str], list]:
    names = draw(st.lists(st.sampled_from(["human", "human", "plate", "cup", "chair"]), max_size=6))
    ids = st.integers(1, max(1, len(names)))
    row = st.tuples(
        ids,
        st.sampled_from(["hold", "carry", "look at", "in front of", "sit on"]),
        ids,
        st.floats(0.0, 1.0),
        _parts,
    )
    return names, draw(st.lists(row, max_size=6)) if names else []


@settings(max_examples=150)
@given(parts=scene_parts(), text=st.sampled_from(REQUESTS))
def test_answers_keep_their_promises(make_scene: MakeScene, parts: tuple[list[str], list], text: str) -> None:
    scene = make_scene(*parts)
    found = answer(text, scene)
    assert found.sentence
    assert bool(found.candidates) == (found.status in (Status.OK, Status.AMBIGUOUS))
    scores = [candidate.score for candidate in found.candidates]
    assert scores == sorted(scores, reverse=True)
    entities = [candidate.entity_id for candidate in found.candidates]
    assert len(set(entities)) == len(entities)
    if len(entities) == 1:
        assert found.status is Status.OK
    for candidate in found.candidates:
        if candidate.relation_index is not None:
            relation = scene.relations[candidate.relation_index]
            assert candidate.entity_id in (relation.subject_id, relation.object_id)
            assert candidate.sentence == scene.sentence(relation)
