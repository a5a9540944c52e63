"""Requests put to several scenes: the newest one that has a candidate answers."""

from __future__ import annotations

import numpy as np
import pytest

from hrs_ros.language import ParsedQuery, Status, parse, resolve_recent
from hrs_ros.scene import Entity, Mask, Relation, Scene
from hrs_ros.vocabulary import vocabulary


def scene(*, part: str | None) -> Scene:
    """A person and a plate; held with ``part``, or by nobody."""
    words = vocabulary()
    body, plate = (
        Entity(id=number, class_id=words.entity_id(name), score=0.9, mask=Mask(x, 0, np.ones((4, 4), bool)))
        for number, name, x in ((1, "human", 0), (2, "plate", 8))
    )
    held = (
        []
        if part is None
        else [Relation(1, words.relation_id("hold"), 2, 0.8, (words.part_id(part),), (0.9,))]
    )
    return Scene(height=16, width=16, entities=(body, plate), relations=tuple(held))


@pytest.fixture
def query() -> ParsedQuery:
    parsed = parse("plate in left arm")
    assert isinstance(parsed, ParsedQuery)
    return parsed


def test_the_newest_scene_with_a_candidate_answers(query: ParsedQuery) -> None:
    scenes = [scene(part=None), scene(part="right arm"), scene(part="left arm"), scene(part="left arm")]
    answer, index = resolve_recent(query, scenes)
    assert (answer.status, answer.entity_id, index) == (Status.OK, 2, 2)


def test_the_newest_refusal_stands_when_no_scene_has_a_candidate(query: ParsedQuery) -> None:
    answer, index = resolve_recent(query, [scene(part="right arm"), scene(part=None)])
    assert (answer.status, index) == (Status.WRONG_PART, 0)


def test_no_scene_is_an_error(query: ParsedQuery) -> None:
    with pytest.raises(ValueError, match="at least one scene"):
        resolve_recent(query, [])
