"""The words of the query language, looked up by phrase. Data: ``lexicon.yaml`` and the vocabulary.

A phrase is a tuple of normalised words. One phrase may be in several tables ("hat" is an entity and a part,
"on" joins a body part or a place): the grammar decides by position.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import resources

import yaml

from hrs_ros.language.lexicon_tables import (
    Phrase,
    Spatial,
    Verb,
    Wording,
    entity_table,
    garment_table,
    part_table,
    phrase,
    phrase_set,
    place_table,
    regular_plurals,
    spatial_table,
    state_table,
    verb_table,
)
from hrs_ros.language.query import PartRequirement, Place
from hrs_ros.vocabulary import vocabulary


@dataclass(frozen=True, slots=True)
class Lexicon:
    entities: Mapping[Phrase, tuple[int, ...] | None]  # None = any entity ("thing")
    pronouns: frozenset[Phrase]
    verbs: Mapping[Phrase, tuple[Verb, ...]]
    spatial: Mapping[Phrase, Spatial]
    parts: Mapping[Phrase, PartRequirement]
    states: Mapping[Phrase, tuple[int, ...]]  # "sitting": relation ids
    garments: Mapping[Phrase, tuple[int, ...]]  # "cap": part ids that show it, any of
    places: Mapping[Phrase, Place]  # "on the left", after a noun
    superlatives: Mapping[Phrase, Place]  # "leftmost", before a noun
    numbers: Mapping[Phrase, int]
    determiners: frozenset[Phrase]
    possessives: frozenset[Phrase]
    auxiliaries: frozenset[Phrase]
    relatives: frozenset[Phrase]
    negations: frozenset[Phrase]
    nobody: frozenset[Phrase]
    generic: frozenset[Phrase]  # "the one": a person or a thing
    how_many: frozenset[Phrase]
    count_closings: frozenset[Phrase]
    of_image: frozenset[Phrase]
    wearing: frozenset[Phrase]
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


# Words with a place in the grammar rules themselves.
QUESTION_WORDS = frozenset({"what", "which", "who", "whom", "whose"})
GRAMMAR_WORDS = QUESTION_WORDS | {
    *("of", "by", "with", "without", "and", "or", "left", "right", "standing", "'s")
}
PHRASE_SETS = (
    *("pronouns", "determiners", "possessives", "auxiliaries", "relatives", "negations", "nobody", "generic"),
    *("how_many", "count_closings", "of_image", "wearing", "part_prepositions", "place_prepositions"),
    *("openings", "closings"),
)


@functools.cache
def lexicon() -> Lexicon:
    """The one lexicon, read once; ValueError where the data contradicts itself or the vocabulary."""
    source = resources.files("hrs_ros.language").joinpath("lexicon.yaml")
    data = yaml.safe_load(source.read_text(encoding="utf-8"))
    names = vocabulary()
    verbs, wordings, possession = verb_table(data["verbs"], names)
    entities, parts = entity_table(data, names), part_table(data, names)
    spatial = spatial_table(data["spatial"], names, wordings)
    states, garments = state_table(data["states"], names), garment_table(data["garments"], names)
    tables = (entities, verbs, spatial, parts, states, garments)
    content = {word for table in tables for phrase in table for word in phrase}
    places = place_table(data["places"])
    superlatives = place_table({place: [word] for word, place in data["superlatives"].items()})
    numbers = {phrase(word): number for word, number in data["numbers"].items()}
    sets = {key: phrase_set(data[key]) for key in PHRASE_SETS}
    small = (places, superlatives, numbers, *sets.values())
    words = content | {word for group in small for phrase in group for word in phrase} | GRAMMAR_WORDS
    unsupported = {word: kind for kind, group in data["unsupported"].items() for word in group}
    return Lexicon(
        entities=entities,
        verbs=verbs,
        spatial=spatial,
        parts=parts,
        states=states,
        garments=garments,
        places=places,
        superlatives=superlatives,
        numbers=numbers,
        possession=possession,
        wordings=wordings,
        unsupported=unsupported,
        words=frozenset(words),
        suggestions=tuple(sorted(content - regular_plurals(content) | QUESTION_WORDS)),
        **sets,
    )
