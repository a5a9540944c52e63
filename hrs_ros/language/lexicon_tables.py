"""Tables of the lexicon, made from ``lexicon.yaml`` and the vocabulary: phrase -> what it may mean."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import Enum, auto
from typing import Any

from hrs_ros.language.query import PartRequirement, Place
from hrs_ros.language.words import split_words
from hrs_ros.vocabulary import Vocabulary

Phrase = tuple[str, ...]


class Form(Enum):
    """Verb forms as far as the grammar tells them apart."""

    PRESENT = auto()  # hold, holds
    ING = auto()  # holding
    PAST = auto()  # held, threw
    PARTICIPLE = auto()  # held, thrown


@dataclass(frozen=True, slots=True)
class Verb:
    predicate_ids: tuple[int, ...]  # any of
    form: Form


@dataclass(frozen=True, slots=True)
class Spatial:
    """A preposition: the relations of "PERSON word THING" and, turned round, of "THING word PERSON"."""

    predicate_ids: tuple[int, ...]
    inverse_ids: tuple[int, ...]  # empty = the vocabulary cannot say it the other way round


@dataclass(frozen=True, slots=True)
class Wording:
    """How answers and phrases say a group of relations: "holds", "held", "in" the left arm."""

    third: str
    participle: str | None  # None for prepositions ("is next to"), which have no passive and no acting part
    preposition: str


def phrase(text: str) -> Phrase:
    return tuple(split_words(text))


def phrase_set(texts: Iterable[str]) -> frozenset[Phrase]:
    return frozenset(phrase(text) for text in texts)


def plurals(noun: Phrase) -> tuple[Phrase, ...]:
    """Regular English plurals of a noun phrase; two where spelling does not tell ("knifes", "knives")."""
    *front, last = noun
    if last.endswith(("s", "x", "z", "ch", "sh")):
        endings = [last + "es"]
    elif last.endswith("y") and last[-2:-1] not in tuple("aeiou"):
        endings = [last[:-1] + "ies"]
    elif last.endswith("fe"):
        endings = [last + "s", last[:-2] + "ves"]
    elif last.endswith("f"):
        endings = [last + "s", last[:-1] + "ves"]
    else:
        endings = [last + "s"]
    return tuple((*front, ending) for ending in endings)


def regular_plurals(words: Iterable[str]) -> frozenset[str]:
    return frozenset(plural for word in words for (plural,) in plurals((word,)))


def entity_table(data: Mapping[str, Any], names: Vocabulary) -> dict[Phrase, tuple[int, ...] | None]:
    table: dict[Phrase, tuple[int, ...] | None] = {
        phrase(name): (index,) for index, name in enumerate(names.entities) if index
    }

    def add(noun: Phrase, ids: tuple[int, ...] | None) -> None:
        if table.setdefault(noun, ids) != ids:
            raise ValueError(
                f"lexicon.yaml: {' '.join(noun)!r} means two different sets of entities; keep one"
            )

    for name, synonyms in data["entities"].items():
        for synonym in synonyms:
            add(phrase(synonym), (names.entity_id(name),))
    for word, targets in data["several"].items():
        add(phrase(word), tuple(names.entity_id(name) for name in targets))
    for noun, ids in list(table.items()):
        for plural in plurals(noun):
            table.setdefault(plural, ids)  # a name wins over a plural: "steps" is a name
    for word in data["things"]:
        add(phrase(word), None)
    return table


def verb_table(
    groups: Iterable[Mapping[str, Any]], names: Vocabulary
) -> tuple[dict[Phrase, tuple[Verb, ...]], dict[tuple[int, ...], Wording], tuple[int, ...]]:
    table: dict[Phrase, tuple[Verb, ...]] = {}
    wordings: dict[tuple[int, ...], Wording] = {}
    possession: tuple[int, ...] = ()
    for group in groups:
        ids = tuple(names.relation_id(name) for name in group["relations"])
        if group.get("possession"):
            possession = ids
        for verb in group["verbs"]:
            base, third, ing, past, *rest = verb["forms"].split()
            participle = rest[0] if rest else past
            particles = verb.get("particles", [""])
            third_text, participle_text = group.get("wording") or (
                f"{third} {particles[0]}".strip(),
                f"{participle} {particles[0]}".strip(),
            )
            wordings.setdefault(ids, Wording(third_text, participle_text, group["preposition"]))
            forms = (
                (base, Form.PRESENT),
                (third, Form.PRESENT),
                (ing, Form.ING),
                (past, Form.PAST),
                (participle, Form.PARTICIPLE),
            )
            for particle in particles:
                for word, form in forms:
                    key = (word, *phrase(particle))
                    table[key] = (*table.get(key, ()), Verb(ids, form))
    return table, wordings, possession


def spatial_table(
    groups: Iterable[Mapping[str, Any]], names: Vocabulary, wordings: dict[tuple[int, ...], Wording]
) -> dict[Phrase, Spatial]:
    table: dict[Phrase, Spatial] = {}
    for group in groups:
        ids = tuple(names.relation_id(name) for name in group["relations"])
        inverse = tuple(names.relation_id(name) for name in group.get("inverse", ()))
        text = f"is {group['words'][0]}"
        wordings[ids] = wordings[ids[:1]] = Wording(text, None, "with")
        for word in group["words"]:
            table[phrase(word)] = Spatial(ids, inverse)
    return table


def part_table(data: Mapping[str, Any], names: Vocabulary) -> dict[Phrase, PartRequirement]:
    table = {phrase(name): PartRequirement((index,)) for index, name in enumerate(names.parts) if index}
    for alias, ids in names.part_aliases.items():
        table[phrase(alias)] = PartRequirement(ids)
    for key, every in (("parts", False), ("every_part", True)):
        for word, targets in data[key].items():
            ids = tuple(names.part_id(name) for name in targets)
            table[phrase(word)] = PartRequirement(ids, every=every)
    return table


def state_table(data: Mapping[str, list[str]], names: Vocabulary) -> dict[Phrase, tuple[int, ...]]:
    """Postures: "sitting" -> (sit on,)."""
    return {phrase(word): (names.relation_id(name),) for name, words in data.items() for word in words}


def garment_table(data: Mapping[str, list[str]], names: Vocabulary) -> dict[Phrase, tuple[int, ...]]:
    """What a person has on: "cap" -> the parts that show it."""
    return {phrase(word): tuple(names.part_id(part) for part in parts) for word, parts in data.items()}


def place_table(data: Mapping[str, list[str]]) -> dict[Phrase, Place]:
    """Places in the image: "on the left" -> Place.LEFT."""
    return {phrase(text): Place[name.upper()] for name, texts in data.items() for text in texts}
