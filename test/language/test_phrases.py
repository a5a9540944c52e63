"""Unique phrases: what a scene determines, the language room answers with that very entity."""

from __future__ import annotations

from collections.abc import Callable

from hypothesis import given, settings
from hypothesis import strategies as st

from hrs_ros.language import Status, answer, unique_phrases
from hrs_ros.scene import Scene
from hrs_ros.vocabulary import vocabulary

MakeScene = Callable[..., Scene]
NAMES = vocabulary()


def test_a_plate_in_each_arm(make_scene: MakeScene) -> None:
    scene = make_scene(
        ["human", "plate", "plate"],
        [(1, "hold", 2, 0.9, {"left arm": 1.0}), (1, "hold", 3, 0.9, {"right arm": 1.0})],
    )
    assert unique_phrases(scene) == [
        ("plate the person holds in left arm", 2),
        ("plate in left arm", 2),
        ("plate the person holds in right arm", 3),
        ("plate in right arm", 3),
    ]


def test_both_arms_and_a_geometric_relation(make_scene: MakeScene) -> None:
    scene = make_scene(
        ["human", "box", "chair"],
        [(1, "carry", 2, 0.9, {"left arm": 1.0, "right arm": 1.0}), (1, "sit on", 3, 0.9, {})],
    )
    phrases = dict(unique_phrases(scene))
    assert phrases["box in both arms"] == 2
    assert phrases["box the person carries in left arm"] == 2
    assert phrases["chair the person sits on"] == 3
    assert phrases["chair the person is on"] == 3


def test_a_phrase_true_of_two_things_is_left_out(make_scene: MakeScene) -> None:
    scene = make_scene(
        ["human", "human", "cup", "cup"],
        [(1, "hold", 3, 0.9, {"left arm": 1.0}), (2, "carry", 4, 0.1, {"left arm": 1.0})],
    )
    assert unique_phrases(scene) == [
        ("cup the person holds", 3),
        ("cup the person holds in left arm", 3),
        ("cup the person carries", 4),
        ("cup the person carries in left arm", 4),
    ]


@st.composite
def rows(draw: st.DrawFn) -> tuple[list[str], list]:
    others = draw(st.lists(st.sampled_from(NAMES.entities[1:]), min_size=1, max_size=5))
    names = ["human", "human", *others, others[0]]
    relation = st.tuples(
        st.integers(1, 2),
        st.sampled_from(NAMES.relations[1:]),
        st.integers(1, len(names)),
        st.floats(0.05, 1.0),
        st.dictionaries(st.sampled_from(NAMES.parts[1:]), st.floats(0.05, 1.0), max_size=3),
    )
    return names, draw(st.lists(relation, max_size=8))


@settings(max_examples=200)
@given(rows())
def test_round_trip(make_scene: MakeScene, parts: tuple[list[str], list]) -> None:
    scene = make_scene(*parts)
    for text, entity_id in unique_phrases(scene):
        found = answer(text, scene)
        assert (found.status, found.entity_id) == (Status.OK, entity_id), (text, found)
