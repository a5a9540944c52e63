"""The words of the query language, looked up by phrase. Data: ``lexicon.yaml`` and the vocabulary.

A phrase is a tuple of normalised words. One phrase may be in several tables ("hat" is an entity and a part,
"on" joins a body part or a place): the grammar decides by position.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import Enum, auto
from importlib import resources
from typing import Any

import yaml

from hrs_ros.language.query import PartRequirement
from hrs_ros.language.words import split_words
from hrs_ros.vocabulary import Vocabulary, vocabulary

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


@dataclass(frozen=True, slots=True)
class Lexicon:
    entities: Mapping[Phrase, tuple[int, ...] | None]  # None = any entity ("thing")
    pronouns: frozenset[Phrase]
    verbs: Mapping[Phrase, tuple[Verb, ...]]
    spatial: Mapping[Phrase, Spatial]
    parts: Mapping[Phrase, PartRequirement]
    determiners: frozenset[Phrase]
    possessives: frozenset[Phrase]
    auxiliaries: frozenset[Phrase]
    relatives: frozenset[Phrase]
    part_prepositions: frozenset[Phrase]
    place_prepositions: frozenset[Phrase]
    openings: frozenset[Phrase]
    closings: frozenset[Phrase]
    possession: tuple[int, ...]  # relations meant by "in left arm", "with", "has"
    wordings: Mapping[tuple[int, ...], Wording]  # by predicate ids
    unsupported: Mapping[str, str]  # word -> kind of meaning that no scene can settle
    words: frozenset[str]  # every single word that can be part of a request
    suggestions: tuple[str, ...]  # words worth offering for a misspelt one, sorted

    def wording(self, predicate_ids: tuple[int, ...]) -> Wording:
        """Wording of any set of relations; the lexicon's groups have their own, others are joined by "or"."""
        if predicate_ids in self.wordings:
            return self.wordings[predicate_ids]
        each = [self.wordings[(index,)] for index in predicate_ids]
        participles = [wording.participle for wording in each if wording.participle is not None]
        return Wording(
            " or ".join(wording.third for wording in each),
            " or ".join(participles) if len(participles) == len(each) else None,
            each[0].preposition,
        )


# Words with a place in the grammar rules themselves (grammar.py).
QUESTION_WORDS = frozenset({"what", "which", "who", "whom", "whose"})
GRAMMAR_WORDS = QUESTION_WORDS | {"of", "by", "with", "and", "or", "left", "right", "standing", "'s"}


@functools.cache
def lexicon() -> Lexicon:
    """The one lexicon, read once; ValueError where the data contradicts itself or the vocabulary."""
    source = resources.files("hrs_ros.language").joinpath("lexicon.yaml")
    data = yaml.safe_load(source.read_text(encoding="utf-8"))
    names = vocabulary()
    entities = _entities(data, names)
    verbs, wordings, possession = _verbs(data["verbs"], names)
    spatial = _spatial(data["spatial"], names, wordings)
    parts = _parts(data, names)
    sets = {
        key: _phrases(data[key])
        for key in (
            "pronouns",
            "determiners",
            "possessives",
            "auxiliaries",
            "relatives",
            "part_prepositions",
            "place_prepositions",
            "openings",
            "closings",
        )
    }
    content: set[str] = {
        word for table in (entities, verbs, spatial, parts) for phrase in table for word in phrase
    }
    words = content | {word for group in sets.values() for phrase in group for word in phrase} | GRAMMAR_WORDS
    unsupported = {word: kind for kind, group in data["unsupported"].items() for word in group}
    return Lexicon(
        entities=entities,
        verbs=verbs,
        spatial=spatial,
        parts=parts,
        possession=possession,
        wordings=wordings,
        unsupported=unsupported,
        words=frozenset(words),
        suggestions=tuple(sorted(content - _regular_plurals(content) | QUESTION_WORDS)),
        **sets,
    )


def phrase(text: str) -> Phrase:
    return tuple(split_words(text))


def _phrases(texts: Iterable[str]) -> frozenset[Phrase]:
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


def _regular_plurals(words: Iterable[str]) -> frozenset[str]:
    return frozenset(plural for word in words for (plural,) in plurals((word,)))


def _entities(data: Mapping[str, Any], names: Vocabulary) -> dict[Phrase, tuple[int, ...] | None]:
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


def _verbs(
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


def _spatial(
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


def _parts(data: Mapping[str, Any], names: Vocabulary) -> dict[Phrase, PartRequirement]:
    table = {phrase(name): PartRequirement((index,)) for index, name in enumerate(names.parts) if index}
    for alias, ids in names.part_aliases.items():
        table[phrase(alias)] = PartRequirement(ids)
    for key, every in (("parts", False), ("every_part", True)):
        for word, targets in data[key].items():
            ids = tuple(names.part_id(name) for name in targets)
            table[phrase(word)] = PartRequirement(ids, every=every)
    return table
