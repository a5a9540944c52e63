"""The relation graph: every relation has its row, texts stay apart and inside, colours mean what they say."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hrs_ros.drawing import draw_graph
from hrs_ros.drawing.graph import PAPER, _Layout
from hrs_ros.drawing.palette import GEOMETRIC, LEFT_SIDE, RIGHT_SIDE, Colour, entity_colours
from hrs_ros.drawing.text import Style
from hrs_ros.scene import Entity, Mask, Relation, Scene
from hrs_ros.vocabulary import vocabulary

WORDS = vocabulary()
HOLD, NEXT_TO = WORDS.relation_id("hold"), WORDS.relation_id("next to")
LEFT_ARM, RIGHT_ARM = WORDS.part_id("left arm"), WORDS.part_id("right arm")


def crowd(*relations: Relation) -> Scene:
    """Three people and four things."""
    mask = Mask(x=0, y=0, bits=np.ones((2, 2), bool))
    classes = [WORDS.human] * 3 + [WORDS.entity_id(name) for name in ("plate", "plate", "cup", "floor")]
    entities = tuple(Entity(index, class_id, 0.9, mask) for index, class_id in enumerate(classes, start=1))
    return Scene(100, 100, entities, relations)


def shows(picture: np.ndarray, colour: Colour) -> bool:
    return bool((picture == colour).all(axis=2).any())


def test_sides_and_geometry_have_their_colours_and_ends_theirs() -> None:
    left = Relation(1, HOLD, 4, 0.9, (LEFT_ARM,), (0.9,))
    scene = crowd(left)
    picture = draw_graph(scene)
    colours = entity_colours(scene)
    assert shows(picture, LEFT_SIDE) and shows(picture, colours[1]) and shows(picture, colours[4])
    assert not shows(picture, RIGHT_SIDE) and not shows(picture, GEOMETRIC) and not shows(picture, colours[6])
    both = draw_graph(
        crowd(left, Relation(1, NEXT_TO, 2, 0.5), Relation(2, HOLD, 5, 0.5, (RIGHT_ARM,), (1.0,)))
    )
    assert shows(both, RIGHT_SIDE) and shows(both, GEOMETRIC)


def test_a_scene_without_relations_is_an_empty_sheet() -> None:
    assert (draw_graph(crowd()) == PAPER).all()


def test_letters_grow_with_the_size() -> None:
    relation = Relation(1, NEXT_TO, 2, 0.5)
    small, large = draw_graph(crowd(relation)), draw_graph(crowd(relation), size=1080)
    assert large.shape[0] / small.shape[0] == pytest.approx(1080 / 480, rel=0.15)


triplets = st.tuples(st.integers(1, 3), st.sampled_from([HOLD, NEXT_TO]), st.integers(1, 7))


@settings(max_examples=40)
@given(st.lists(triplets, min_size=1, max_size=14, unique=True), st.sampled_from([240, 480, 1080]))
def test_no_two_texts_overlap_and_all_lie_in_the_picture(rows: list[tuple[int, int, int]], size: int) -> None:
    relations = [
        Relation(subject, predicate, target, 0.5, (LEFT_ARM,) if predicate == HOLD else ())
        for subject, predicate, target in rows
    ]
    scene = crowd(*relations)
    layout = _Layout(scene, relations, Style.for_height(size))
    boxes = [*layout.rows, *layout.subjects.values(), *layout.objects.values()]
    assert not any(one.overlaps(other) for one, other in combinations(boxes, 2))
    assert all(box == box.moved_into(layout.height, layout.width) for box in boxes)
    assert draw_graph(scene, size=size, max_relations=20).shape == (layout.height, layout.width, 3)
