"""Fewer arrows than relations, and none that misleads."""

from __future__ import annotations

import numpy as np

from hrs_ros.drawing.arrows import Arrow, arrows_of
from hrs_ros.scene import Entity, Mask, Relation, Scene
from hrs_ros.vocabulary import vocabulary

WORDS = vocabulary()
HOLD, LOOK, NEXT_TO, BEHIND, STAND = (
    WORDS.relation_id(name) for name in ("hold", "look at", "next to", "behind", "stand on")
)
LEFT, RIGHT = WORDS.part_id("left arm"), WORDS.part_id("right arm")
MASK = Mask(x=0, y=0, bits=np.ones((1, 1), bool))
SCENE = Scene(
    10,
    10,
    tuple(
        Entity(index, WORDS.entity_id(name), 0.9, MASK)
        for index, name in enumerate(("human", "human", "plate", "floor"), start=1)
    ),
)


def test_both_ways_between_two_people_is_one_arrow() -> None:
    rows = (Relation(1, NEXT_TO, 2, 0.9), Relation(2, NEXT_TO, 1, 0.8), Relation(2, BEHIND, 1, 0.7))
    assert arrows_of(SCENE, rows) == [Arrow(1, None, 2, ["next to", "behind"], mutual=True)]


def test_one_way_stays_one_way() -> None:
    assert arrows_of(SCENE, [Relation(2, BEHIND, 1, 0.7)]) == [Arrow(2, None, 1, ["behind"])]


def test_every_part_has_its_arrow_and_relations_of_a_part_share_it() -> None:
    rows = (
        Relation(1, HOLD, 3, 0.9, (LEFT, RIGHT), (0.9, 0.8)),
        Relation(1, LOOK, 3, 0.5, (LEFT,), (0.6,)),
    )
    assert arrows_of(SCENE, rows) == [Arrow(1, LEFT, 3, ["hold", "look at"]), Arrow(1, RIGHT, 3, ["hold"])]


def test_actions_silence_geometry_and_stuff_is_not_pointed_at() -> None:
    rows = (
        Relation(1, NEXT_TO, 3, 0.95),
        Relation(1, HOLD, 3, 0.9, (LEFT,), (0.9,)),
        Relation(1, STAND, 4, 0.8),
    )
    assert arrows_of(SCENE, rows) == [Arrow(1, LEFT, 3, ["hold"])]


def test_text_names_the_two_best() -> None:
    assert Arrow(1, None, 2, ["a", "b"]).text == "a, b"
    assert Arrow(1, None, 2, ["a", "b", "c"]).text == "a, b, ..."
