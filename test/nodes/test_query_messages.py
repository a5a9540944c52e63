"""Requests and answers through messages and back; requests as data, good and bad."""

from __future__ import annotations

import gc
from collections.abc import Callable

import pytest

pytest.importorskip("rclpy", reason="needs ROS 2 (scripts/setup installs it as wheels)")
pytest.importorskip("hrs_msgs.action", reason="needs the built messages (scripts/build_messages)")

from rclpy.serialization import deserialize_message, serialize_message

from hrs_msgs.action import Find
from hrs_msgs.msg import Mask as MaskMessage
from hrs_msgs.msg import ParsedQuery as ParsedQueryMessage
from hrs_msgs.msg import QueryEntity, QueryLink
from hrs_msgs.srv import Query
from hrs_ros.language import Intent, NotUnderstood, ParsedQuery, Place, Status, answer, describe, parse
from hrs_ros.nodes.messages import mask_from_message
from hrs_ros.nodes.query_messages import (
    fill_response,
    parsed_to_message,
    query_from_message,
    read_request,
)
from hrs_ros.scene import Entity, Mask, Relation, Scene
from hrs_ros.vocabulary import vocabulary

WORDS = vocabulary()
PLATE, HUMAN, HOLD = WORDS.entity_id("plate"), WORDS.human, WORDS.relation_id("hold")


def test_status_constants_are_the_language_rooms_numbers() -> None:
    constants = {name: getattr(Query.Response, name) for name in Status.__members__}
    assert constants == {status.name: status.value for status in Status}


def test_parsed_query_carries_what_was_understood() -> None:
    query = parse("the book the girl holds in her left hand")
    assert not isinstance(query, NotUnderstood)
    message = parsed_to_message(query)
    words = vocabulary()
    assert [list(entity.class_ids) for entity in message.entities] == [
        [words.entity_id("book")],
        [words.human],
    ]
    (link,) = message.links
    assert (link.subject, link.object, link.negated) == (1, 0, False)
    assert list(link.predicate_ids) == [words.relation_id("hold")]
    assert list(link.part_ids) == [words.part_id("left arm")] and not link.every_part
    person = parse("person holding the cup")
    assert not isinstance(person, NotUnderstood)
    (link,) = parsed_to_message(person).links
    assert (link.subject, link.object) == (0, 1)


@pytest.mark.parametrize(("kind", "enumeration"), [("intent", Intent), ("place", Place)])
def test_constants_of_requests_are_the_language_rooms_numbers(kind: str, enumeration: type) -> None:
    holder = ParsedQueryMessage if kind == "intent" else QueryEntity
    for member in enumeration:  # type: ignore[attr-defined]
        assert getattr(holder, member.name) == member.value


@pytest.mark.parametrize(
    "text",
    [
        "the plate",
        "plate in left arm",
        "the plate held in both hands by the man next to the chair",
        "leftmost person not holding a cup",
        "two cups on the left",
        "how many people wearing a hat are sitting on the sofa",
        "person next to the table who does not talk to the woman",
    ],
)
def test_a_request_survives_as_data(text: str) -> None:
    query = parse(text)
    assert isinstance(query, ParsedQuery) and query.other_readings == ()
    sent = parsed_to_message(query)
    back = query_from_message(deserialize_message(serialize_message(sent), ParsedQueryMessage))
    assert isinstance(back, ParsedQuery)
    assert (back.asked, back.intent, back.count) == (query.asked, query.intent, query.count)
    assert describe(back) == sent.text


def _held() -> ParsedQueryMessage:
    return ParsedQueryMessage(
        entities=[QueryEntity(class_ids=[PLATE]), QueryEntity()],
        links=[QueryLink(subject=1, object=0, predicate_ids=[HOLD])],
    )


def test_words_come_before_data() -> None:
    assert read_request(Query.Request(query=_held())) == query_from_message(_held())
    assert read_request(Find.Goal(text="the cup", query=_held())) == parse("the cup")
    assert read_request(Query.Request()) == parse("")


def test_a_subject_without_a_class_is_a_person() -> None:
    query = query_from_message(_held())
    assert isinstance(query, ParsedQuery)
    assert query.asked.links[0].other.class_ids == (HUMAN,)


def _set(path: str, value: object) -> Callable[[ParsedQueryMessage], None]:
    def change(message: ParsedQueryMessage) -> None:
        *holders, name = path.split(".")
        target: object = message
        for holder in holders:
            target = target[int(holder)] if holder.isdigit() else getattr(target, holder)  # type: ignore[index]
        setattr(target, name, value)

    return change


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (_set("entities.0.class_ids", [142]), "a class of entity 0 is 142, expected 1 to 141"),
        (_set("entities.0.place", 6), "the place of entity 0 is 6"),
        (_set("entities.1.worn_part_ids", [0]), "a worn part of entity 1 is 0"),
        (_set("entities.1.class_ids", [PLATE]), "not a person"),
        (_set("links.0.predicate_ids", []), "names no relation"),
        (_set("links.0.predicate_ids", [24]), "a relation of link 0 is 24, expected 1 to 23"),
        (_set("links.0.part_ids", [26]), "a part of link 0 is 26"),
        (_set("links.0.object", 1), "expected 1 and one before"),
        (_set("links.0.object", 200), "expected 1 and one before"),
        (_set("links", []), "one link less than its 2 entities, got 0"),
        (_set("intent", 2), "intent is 2"),
        (_set("count", 200), "count is 200, expected at most 10"),
    ],
)
def test_bad_data_is_not_understood(change: Callable[[ParsedQueryMessage], None], said: str) -> None:
    message = _held()
    change(message)
    refusal = query_from_message(message)
    assert isinstance(refusal, NotUnderstood)
    assert said in refusal.reason


def _scene() -> Scene:
    one = Mask.from_full([[1, 1, 0], [1, 1, 0]])
    two = Mask.from_full([[0, 0, 1], [0, 0, 0]])
    return Scene(
        height=2,
        width=3,
        entities=(Entity(1, HUMAN, 0.75, one), Entity(2, PLATE, 0.5, two)),
        relations=(Relation(1, HOLD, 2, 0.25, (WORDS.part_id("left arm"),), (0.75,)),),
    )


def test_response_with_and_without_masks() -> None:
    scene = _scene()
    found = answer("plate in left arm", scene)
    full = fill_response(Query.Response(), found, scene=scene, encoding=MaskMessage.COCO_RLE)
    lean = fill_response(Query.Response(), found, scene=scene, encoding=None)
    assert full.status == lean.status == Query.Response.OK
    assert mask_from_message(full.candidates[0].entity.mask).area == 1
    assert lean.candidates[0].entity.mask.width == 0 and lean.candidates[0].relation[0].object_mask.width == 0
    assert lean.candidates[0].relation[0].predicate == "hold"
    assert list(lean.candidates[0].spatial) == []
    assert len(serialize_message(lean)) < len(serialize_message(full))


@pytest.mark.parametrize(
    "text", ["plate in left arm", "the book that is not held by the human on the left", ""]
)
def test_a_request_leaves_no_cycles_behind(text: str) -> None:
    """What only the garbage collector frees lies about until it looks through all objects, for minutes."""

    def ask() -> None:
        scene = _scene()
        fill_response(Query.Response(), answer(text, scene), scene=scene, encoding=MaskMessage.COCO_RLE)

    ask()  # what is made once stays
    gc.collect()
    gc.disable()
    try:
        ask()
        assert gc.collect() == 0
    finally:
        gc.enable()


def test_the_action_says_what_the_service_says() -> None:
    scene = _scene()
    found = answer("how many plates", scene)
    service, action = (
        fill_response(kind(), found, scene=scene, encoding=None) for kind in (Query.Response, Find.Result)
    )
    assert set(service.get_fields_and_field_types()) == set(action.get_fields_and_field_types())
    for name in service.get_fields_and_field_types():
        assert getattr(service, name) == getattr(action, name)
    assert (action.count, action.parsed.intent, len(action.candidates)) == (1, ParsedQueryMessage.COUNT, 1)
