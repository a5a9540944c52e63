"""Requests of several relations, places, postures, garments, negatives, numbers: how they are read."""

from __future__ import annotations

import pytest

from hrs_ros.language import Intent, NotUnderstood, ParsedQuery, describe, parse

READINGS = [
    # nested references
    ("the plate held by the man next to the chair", "object: plate; held by: human (is next to: chair)"),
    ("the plate the man next to the chair holds", "object: plate; held by: human (is next to: chair)"),
    (
        "the cup in the left hand of the man sitting on the chair",
        "object: cup; held in: left arm of human (sits on: chair)",
    ),
    (
        "plate held in both hands by the woman next to the sofa",
        "object: plate; held in: left arm and right arm of human (is next to: sofa)",
    ),
    ("plate held by the man sitting on the chair", "object: plate; held by: human (sits on: chair)"),
    ("chair behind the woman holding a cup", "object: chair; human (holds: cup) is in front of: it"),
    # several relations of one entity
    ("man sitting on the chair holding a cup", "person; sits on: chair; holds: cup"),
    ("the man who sits on the chair and holds a cup", "person; sits on: chair; holds: cup"),
    ("the plate in his left hand held by the waiter", "object: plate; held in: left arm; held by: human"),
    # the one
    ("the one holding the cup", "person; holds: cup"),
    ("the one he holds", "object: thing; held by: human"),
    ("that one in his left hand", "object: thing; held in: left arm"),
    # places in the image
    ("person on the left", "person; in the left half of the image"),
    ("the plate on the right side of the image", "object: plate; in the right half of the image"),
    ("who is in the middle", "person; in the middle third of the image"),
    ("the leftmost plate", "object: plate; leftmost in the image"),
    ("the rightmost sitting man", "person; sits on: thing; rightmost in the image"),
    # postures and garments
    ("the sitting person", "person; sits on: thing"),
    ("who is sitting", "person; sits on: thing"),
    ("man standing next to the table", "person; is next to: table"),
    ("man sitting next to the table", "person; sits on: thing; is next to: table"),
    ("the woman wearing a hat", "person; wears: hat or headwear"),
    ("cup held by the man in his left arm who wears glasses", None),
    # negatives
    ("the person not holding a cup", "person; not: holds: cup"),
    ("the man who isn't sitting", "person; not: sits on: thing"),
    ("the man who is not next to the table", "person; not: is next to: table"),
    ("person without a cup", "person; not: holds: cup"),
    ("the plate not in the left arm", "object: plate; not: held in: left arm"),
    ("the plate nobody holds", "object: plate; not: held by: human"),
    ("the plate that isn't held by the man", "object: plate; not: held by: human"),
    ("what is he not holding", "object: thing; not: held by: human"),
    # numbers
    ("two cups", "2 objects: cup"),
    ("both plates in his hands", "2 objects: plate; held in: left arm or right arm"),
    ("the 3 people on the left", "3 persons; in the left half of the image"),
    ("how many plates", "number of objects: plate"),
    ("how many plates are there", "number of objects: plate"),
    ("how many people are sitting on the sofa", "number of persons; sits on: sofa"),
    ("how many cups does he hold in his left hand", "number of objects: cup; held in: left arm"),
    ("count the people not holding anything", "number of persons; not: holds: thing"),
]


@pytest.mark.parametrize(("text", "meaning"), READINGS)
def test_reading(text: str, meaning: str | None) -> None:
    query = parse(text)
    if meaning is None:
        assert isinstance(query, NotUnderstood)
    else:
        assert isinstance(query, ParsedQuery), query
        assert describe(query) == meaning
        assert query.other_readings == ()


def test_intent_and_count() -> None:
    find, several, count = parse("the cup"), parse("two cups"), parse("how many cups")
    assert (
        isinstance(find, ParsedQuery) and isinstance(several, ParsedQuery) and isinstance(count, ParsedQuery)
    )
    assert (find.intent, find.count) == (Intent.FIND, 1)
    assert (several.intent, several.count) == (Intent.FIND, 2)
    assert (count.intent, count.count) == (Intent.COUNT, 1)


@pytest.mark.parametrize(
    ("text", "meanings"),
    [
        (
            "the man next to the woman holding a cup",
            {"person; is next to: human (holds: cup)", "person; is next to: human; holds: cup"},
        ),
        (
            "person looking at the cup in his left hand",
            {"person; looks at: cup (held in: left arm)", "person; looks at: cup; with: left arm"},
        ),
        (
            "the cup in the left hand of the man on the right",
            {
                "object: cup; held in: left arm of human (in the right half of the image)",
                "object: cup; held in: left arm; in the right half of the image",
            },
        ),
        (
            "the one next to the man",
            {"person; is next to: human", "object: thing; human is next to: it"},
        ),
    ],
)
def test_all_readings_of_an_ambiguous_text_are_kept(text: str, meanings: set[str]) -> None:
    query = parse(text)
    assert isinstance(query, ParsedQuery)
    found = {line for line in describe(query).split(" | or | ")}
    assert meanings <= found and len(query.readings) == len(found)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("the person to the left of the table", "on the left or right of another thing"),
        ("person on his left", "side of a person's own body"),
        ("the left man", "side of a person's own body"),
        ("no plate", "'no' is a negation"),
        ("not a plate", "'not' is a negation"),
        ("the man not on the left", "'not' is a negation"),
        ("the man not wearing a hat", "'not' is a negation"),
        ("the one", "not in this order"),
        ("how many", "not in this order"),
        ("the man who holds the cup who holds the cup", "'who holds the cup'"),
        ("the plate in left arm in right arm", "'in right arm'"),
        (
            "man next to a woman next to a boy next to a girl next to a man next to a woman",
            "at most 4 relations",
        ),
        (
            "man next to a woman holding a cup next to a boy holding a book",
            "ways; say it with fewer relations",
        ),
    ],
)
def test_refused_with_the_reason(text: str, said: str) -> None:
    refusal = parse(text)
    assert isinstance(refusal, NotUnderstood), describe(refusal)
    assert said in refusal.reason


@pytest.mark.parametrize("side", ["left", "right"])
def test_a_side_of_the_image_is_never_a_side_of_the_body(side: str) -> None:
    image, body = parse(f"the person on the {side}"), parse(f"the cup on the {side} arm")
    assert isinstance(image, ParsedQuery) and isinstance(body, ParsedQuery)
    assert image.asked.place and not image.asked.links
    assert not body.asked.place and body.asked.links[0].part is not None
