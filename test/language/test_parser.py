"""Request texts -> parsed structures: phrases, refusals, and properties over arbitrary text."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hrs_ros.language import (
    MAX_TEXT_LENGTH,
    Intent,
    Link,
    NotUnderstood,
    ParsedQuery,
    PartRequirement,
    describe,
    parse,
)
from hrs_ros.language.lexicon import lexicon
from hrs_ros.vocabulary import vocabulary

NAMES = vocabulary()
POWER = ("hold", "carry", "use", "eat", "drink", "play")  # what "in left arm" means without a verb
ON = ("on", "stand on", "lie on", "sit on", "ride")
LEFT, RIGHT = "left arm", "right arm"

# text | target | things (None = any) | relations | parts | every part
OBJECTS: list[tuple[str, str | None, tuple[str, ...], tuple[str, ...], bool]] = [
    ("plate in left arm", "plate", POWER, (LEFT,), False),
    ("the book the girl holds in her left hand", "book", ("hold",), (LEFT,), False),
    ("pass me the plate the waiter holds in his left arm", "plate", ("hold",), (LEFT,), False),
    ("ball kicked by the man", "ball", ("kick",), (), False),
    ("the cup in his right hand", "cup", POWER, (RIGHT,), False),
    ("what is the woman holding in her left arm", None, ("hold",), (LEFT,), False),
    ("plate in left arm of the man", "plate", POWER, (LEFT,), False),
    ("the plate held by the person", "plate", ("hold",), (), False),
    ("phone the person is looking at", "phone", ("look at",), (), False),
    ("the plate", "plate", (), (), False),
    ("cup on the left arm", "cup", POWER, (LEFT,), False),
    ("the chair he sits on", "chair", ("sit on",), (), False),
    ("mug in left hand", "cup", POWER, (LEFT,), False),
    ("dishes in left hand", "plate", POWER, (LEFT,), False),
    ("the notebook she carries", "book", ("carry",), (), False),
    ("mobile in right hand", "phone", POWER, (RIGHT,), False),
    ("the cell phone he talks on", "phone", ("talk",), (), False),
    ("the cell-phone in the woman’s right hand, please", "phone", POWER, (RIGHT,), False),
    ("couch the man lies on", "sofa", ("lie on",), (), False),
    ("the bike the boy rides", "bicycle", ("ride",), (), False),
    ("horse ridden by the girl", "horse", ("ride",), (), False),
    ("the plate held in the man's left hand", "plate", ("hold",), (LEFT,), False),
    ("plate held in left arm by the man", "plate", ("hold",), (LEFT,), False),
    ("plate held by the man in his left arm", "plate", ("hold",), (LEFT,), False),
    ("the cup held by the left hand of the man", "cup", ("hold",), (LEFT,), False),
    ("the plate his left hand is holding", "plate", ("hold",), (LEFT,), False),
    ("cup being held by him", "cup", ("hold",), (), False),
    ("plate in both hands", "plate", POWER, (LEFT, RIGHT), True),
    ("plate in hand", "plate", POWER, (LEFT, RIGHT), False),
    ("the plate in the left and right hands", "plate", POWER, (LEFT, RIGHT), True),
    ("cup in left or right hand", "cup", POWER, (LEFT, RIGHT), False),
    ("cup in his left hand and his right hand", "cup", POWER, (LEFT, RIGHT), True),
    ("the plates in the girls' hands", "plate", POWER, (LEFT, RIGHT), False),
    ("what's in his left hand", None, POWER, (LEFT,), False),
    ("what is he looking at?", None, ("look at",), (), False),
    ("what does the man hold", None, ("hold",), (), False),
    ("what is held by the man", None, ("hold",), (), False),
    ("which cup is the man holding", "cup", ("hold",), (), False),
    ("which cup does he hold in his left hand", "cup", ("hold",), (LEFT,), False),
    ("show me what the man is holding", None, ("hold",), (), False),
    ("who is the man looking at", "human", ("look at",), (), False),
    ("the woman he talks to", "human", ("talk",), (), False),
    ("the man kicked by the woman", "human", ("kick",), (), False),
    ("table the man is next to", "table", ("next to",), (), False),
    ("chair behind the woman", "chair", ("in front of",), (), False),
    ("chair in front of the woman", "chair", ("behind",), (), False),
    ("what is beside the boy", None, ("next to",), (), False),
    ("the cup he drinks from with his left hand", "cup", ("drink",), (LEFT,), False),
    ("ball thrown with the right arm", "ball", ("throw",), (RIGHT,), False),
    ("the ball the player kicks with his left leg", "ball", ("kick",), ("left leg",), False),
    ("guitar he plays with left hand", "instrument", ("play",), (LEFT,), False),
    ("where is the plate in his left hand", "plate", POWER, (LEFT,), False),
    ("could you please bring me the bottle that the guest touches", "bottle", ("touch",), (), False),
    ("cup the man has in his left hand", "cup", POWER, (LEFT,), False),
    ("hat in left hand", "hat", POWER, (LEFT,), False),
    ("bag in right hand", "bag", POWER, (RIGHT,), False),
    ("glass in hand", "glass", POWER, (LEFT, RIGHT), False),
    ("stand the person stands on", "stand", ("stand on",), (), False),
    ("cigarette in his mouth", "cigarette", POWER, ("face",), False),
    ("painting/poster", "painting/poster", (), (), False),
    ("body building apparatus", "body building apparatus", (), (), False),
    ("PC", "PC", (), (), False),
    ("PLATE   in LEFT\tarm!", "plate", POWER, (LEFT,), False),
    ("handcart pushed by the worker", "handcart", ("push",), (), False),
    ("the rope that she pulls", "rope", ("pull",), (), False),
    ("food the child eats", "food", ("eat",), (), False),
    ("the tool used by the man", "tool", ("use",), (), False),
]

PEOPLE: list[tuple[str, str | None, tuple[str, ...], tuple[str, ...], bool]] = [
    ("the man", None, (), (), False),
    ("person holding the cup", "cup", ("hold",), (), False),
    ("person next to the table", "table", ("next to",), (), False),
    ("the man standing behind the chair", "chair", ("behind",), (), False),
    ("man on the bench", "bench", ON, (), False),
    ("man sitting on the chair", "chair", ("sit on",), (), False),
    ("boy in the boat", "boat", ("in",), (), False),
    ("man with a cup in his left hand", "cup", POWER, (LEFT,), False),
    ("the man who's holding the mug in both hands", "cup", ("hold",), (LEFT, RIGHT), True),
    ("who holds the cup", "cup", ("hold",), (), False),
    ("who is holding the cup in the left hand", "cup", ("hold",), (LEFT,), False),
    ("which man sits on the sofa", "sofa", ("sit on",), (), False),
    ("person whose left hand holds the cup", "cup", ("hold",), (LEFT,), False),
    ("the woman eating", None, ("eat",), (), False),
    ("the girl looking at him", "human", ("look at",), (), False),
    ("someone in front of the building", "building", ("in front of",), (), False),
]


def _ids(thing: str | None) -> tuple[int, ...] | None:
    return None if thing is None else (NAMES.entity_id(thing),)


def _check_link(
    query: ParsedQuery | NotUnderstood, relations: tuple[str, ...], parts: tuple[str, ...], every: bool
) -> Link | None:
    """The one link of a query of one reading; None where no relation is asked for."""
    assert isinstance(query, ParsedQuery), query
    assert (query.other_readings, query.intent, query.count) == ((), Intent.FIND, 1), describe(query)
    assert not query.asked.place and not query.asked.worn
    if not relations:
        assert not query.asked.links
        return None
    (link,) = query.asked.links
    assert link.predicate_ids == tuple(NAMES.relation_id(name) for name in relations)
    wanted = PartRequirement(tuple(NAMES.part_id(name) for name in parts), every) if parts else None
    assert (link.part, link.negated) == (wanted, False)
    assert link.other.is_plain
    return link


@pytest.mark.parametrize(("text", "thing", "relations", "parts", "every"), OBJECTS)
def test_a_thing_is_asked_for(
    text: str, thing: str | None, relations: tuple[str, ...], parts: tuple[str, ...], every: bool
) -> None:
    query = parse(text)
    link = _check_link(query, relations, parts, every)
    assert isinstance(query, ParsedQuery) and query.asked.class_ids == _ids(thing)
    assert link is None or (not link.is_subject and link.other.is_person)


@pytest.mark.parametrize(("text", "thing", "relations", "parts", "every"), PEOPLE)
def test_a_person_is_asked_for(
    text: str, thing: str | None, relations: tuple[str, ...], parts: tuple[str, ...], every: bool
) -> None:
    query = parse(text)
    link = _check_link(query, relations, parts, every)
    assert isinstance(query, ParsedQuery) and query.asked.is_person
    assert link is None or (link.is_subject and link.other.class_ids == _ids(thing))


def test_a_word_for_several_classes_means_any_of_them() -> None:
    query = parse("computer she uses")
    assert isinstance(query, ParsedQuery)
    assert query.asked.class_ids == (NAMES.entity_id("PC"), NAMES.entity_id("laptop"))


def test_text_is_normalised() -> None:
    query = parse("  The cup,\n in the GIRL’s   hand! ")
    assert isinstance(query, ParsedQuery)
    assert query.text == "the cup in the girl's hand"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("left plate", "side of a person's own body"),
        ("the plate to the left of the table", "of the image"),
        ("red plate", "colour"),
        ("not the plate", "negation"),
        ("no plate", "negation"),
        ("another plate", "counting"),
        ("my cup", "the speaker"),
        ("his cup", "Whose a thing is"),
        ("the man's cup", "Whose a thing is"),
        ("the cup of the man", "Whose a thing is"),
        ("the man holds the plate", "which end"),
        ("left arm of the man", "A body part is asked for"),
        ("the plate on the table", "joins two things"),
        ("the hat on the man", "'on' a person"),
        ("give the man the plate", "'the plate'"),
        ("the plate in left arm in right arm", "'in right arm'"),
        ("is the man holding the cup", "not in this order"),
        ("in left arm", "not in this order"),
        ("the plate the man is held", "'the man is held'"),
        ("", "empty"),
        (" \n\t .,! ", "empty"),
        ("plate\x00", "U+0000"),
        ("plate\u202e", "U+202E"),
        ("plate\ud800", "U+D800"),
        ("plate\u200b", "U+200B"),
        ("plate in левой arm", "'левой'"),
        ("plate 🍽 in left arm", "'🍽'"),
        ("plate2", "'plate2'"),
    ],
)
def test_refused_with_the_reason(text: str, said: str) -> None:
    refusal = parse(text)
    assert isinstance(refusal, NotUnderstood), refusal
    assert said in refusal.reason


@pytest.mark.parametrize(
    ("text", "offered"),
    [
        ("plaet in left arm", "plate"),
        ("boook", "book"),
        ("cpu in left hand", "cup"),
        ("ball kiked by the man", "kicked"),
        ("wahts in his hand", "what"),
        ("left plate", "left arm"),
        ("his cup", "the cup the person holds"),
        ("the man holds the plate", "the plate the man holds"),
        ("the man holds the plate", "the man who holds the plate"),
        ("the man's left hand", "what is in the man's left hand"),
    ],
)
def test_did_you_mean(text: str, offered: str) -> None:
    refusal = parse(text)
    assert isinstance(refusal, NotUnderstood)
    assert offered in refusal.did_you_mean


@pytest.mark.parametrize("text", ["his cup", "the man holds the plate", "the man's left hand"])
def test_an_offered_phrase_is_understood(text: str) -> None:
    refusal = parse(text)
    assert isinstance(refusal, NotUnderstood)
    assert all(isinstance(parse(offer), ParsedQuery) for offer in refusal.did_you_mean)


def test_length_limit() -> None:
    assert isinstance(parse("plate" + " " * (MAX_TEXT_LENGTH - 5)), ParsedQuery)
    refusal = parse("plate " * 1667)
    assert isinstance(refusal, NotUnderstood)
    assert "10002 characters" in refusal.reason and str(MAX_TEXT_LENGTH) in refusal.reason
    assert len(refusal.reason) < 200


@pytest.mark.parametrize("name", NAMES.entities[1:])
def test_every_entity_name_parses_to_its_id(name: str) -> None:
    for text in (name, name.upper(), f"{name} in left arm", f"the {name} the person holds"):
        query = parse(text)
        assert isinstance(query, ParsedQuery), (text, query)
        assert query.asked.class_ids == _ids(name)
    query = parse(f"person holding {name}")
    assert isinstance(query, ParsedQuery) and query.asked.links[0].other.class_ids == _ids(name)


@pytest.mark.parametrize("name", [*NAMES.parts[1:], *NAMES.part_aliases])
def test_every_part_and_alias_parses(name: str) -> None:
    query = parse(f"plate in {name}")
    assert isinstance(query, ParsedQuery)
    ids = NAMES.part_aliases.get(name) or (NAMES.part_id(name),)
    assert query.asked.links[0].part == PartRequirement(ids, every=name.startswith("both "))


@pytest.mark.parametrize("relation", NAMES.relations[1:])
def test_every_relation_can_be_asked_both_ways(relation: str) -> None:
    wording = lexicon().wording((NAMES.relation_id(relation),))
    for text, is_subject in (
        (f"thing the person {wording.third}", False),
        (f"the person who {wording.third} something", True),
    ):
        query = parse(text)
        assert isinstance(query, ParsedQuery), (text, query)
        (link,) = query.asked.links
        assert link.is_subject is is_subject
        assert NAMES.relation_id(relation) in link.predicate_ids


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("dish in the left hand", "object: plate; held in: left arm"),
        ("plate in both hands", "object: plate; held in: left arm and right arm"),
        ("ball kicked by the man", "object: ball; kicked by: human"),
        ("person holding the mug", "person; holds: cup"),
        ("chair behind the woman", "object: chair; human is in front of: it"),
        ("what is in his hand", "object: thing; held in: left arm or right arm"),
        ("the plate", "object: plate"),
        ("the girl", "person"),
    ],
)
def test_describe(text: str, line: str) -> None:
    query = parse(text)
    assert isinstance(query, ParsedQuery)
    assert describe(query) == line


def _table(page: str, title: str) -> list[list[str]]:
    """Cells of the table under a heading of the documentation."""
    lines = page.split(f"## {title}")[1].split("##")[0].splitlines()
    return [[cell.strip() for cell in line.split("|")[1:-1]] for line in lines if line.startswith("|")][2:]


def test_the_documented_forms_are_understood(repository: Path) -> None:
    page = (repository / "docs" / "queries.md").read_text(encoding="utf-8")
    texts = [text for row in _table(page, "What can be asked") for text in row[1].split(" · ")]
    assert len(texts) > 20
    assert {text: parse(text) for text in texts if isinstance(parse(text), NotUnderstood)} == {}


def test_the_documented_refusals_are_refused(repository: Path) -> None:
    page = (repository / "docs" / "queries.md").read_text(encoding="utf-8")
    for requests, _, offers in _table(page, "What is refused")[:-1]:
        offered: list[str] = []
        for text in requests.split(", "):
            refusal = parse(text)
            assert isinstance(refusal, NotUnderstood), text
            offered += refusal.did_you_mean
        assert {offer for offer in offers.replace("; ", ", ").split(", ") if offer} <= set(offered)


@settings(max_examples=300)
@given(st.text(max_size=MAX_TEXT_LENGTH + 20))
def test_never_raises_on_any_text(text: str) -> None:
    assert isinstance(parse(text), ParsedQuery | NotUnderstood)


@settings(max_examples=300)
@given(st.lists(st.sampled_from(sorted(lexicon().words)), max_size=14))
def test_known_words_in_any_order_parse_or_are_refused(words: list[str]) -> None:
    parsed = parse(" ".join(words))
    if isinstance(parsed, ParsedQuery):
        assert describe(parsed)
    else:
        assert parsed.reason
