"""The grammar's middle: noun phrases with all that tells them apart, nested as deep as MAX_LINKS allows.

Every rule yields readings with the index of the first word it did not use and the number of links still to
spend; a caller keeps only readings that use every word, so no word is ever dropped.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from hrs_ros.language.actors import ANYTHING, Reading, anyone
from hrs_ros.language.clauses import Clause, Clauses, add
from hrs_ros.language.lexicon import Lexicon
from hrs_ros.language.query import Description, Link, Place


class Descriptions(Clauses):
    """Rules for entities and their relations. Results are kept: rules meet at the same word often."""

    def __init__(self, words: tuple[str, ...], lexicon: Lexicon) -> None:
        super().__init__(words, lexicon)
        self._kept: dict[tuple[int, int], tuple[Reading, ...]] = {}

    # Noun phrases

    def nested(self, start: int, links: int) -> tuple[Reading, ...]:
        """The cup | his cup | the man next to the chair | him; longer readings first."""
        key = start, links
        if key not in self._kept:
            self._kept[key] = tuple(dict.fromkeys(self._nested(start, links)))
        return self._kept[key]

    def _nested(self, start: int, links: int) -> Iterator[Reading]:
        for end in self.optional(self.lexicon.determiners | self.lexicon.possessives, start):
            for reading in self.noun(end, links):
                yield from self.modified(reading)
        yield from self.the_one(start, links)
        for end in self.one_of(self.lexicon.pronouns, start):
            yield Reading(anyone(), end, links)

    def noun(self, start: int, links: int) -> Iterator[Reading]:
        """cup | leftmost cup | sitting man"""
        for ids, end in self.entry(self.lexicon.entities, start):
            yield Reading(Description(ids), end, links)
        for place, end in self.entry(self.lexicon.superlatives, start):
            for reading in self.noun(end, links):
                if not reading.description.place:
                    yield replace(reading, description=replace(reading.description, place=place))
        for predicates, end in self.entry(self.lexicon.states, start):
            if links:
                for reading in self.noun(end, links - 1):
                    if reading.description.is_person:
                        yield add(reading, Link(predicates, ANYTHING, is_subject=True))

    def the_one(self, start: int, links: int) -> Iterator[Reading]:
        """The one holding the cup | the one he holds: a person or a thing, as its relations tell."""
        for end in self.one_of(self.lexicon.generic, start):
            for person in (True, False):
                base = anyone() if person else ANYTHING
                for reading in self.modified(Reading(base, end, links)):
                    if {link.is_subject for link in reading.description.links} == {person}:
                        yield reading

    # Modifiers

    def modified(self, reading: Reading) -> Iterator[Reading]:
        """A noun with any number of modifiers after it, the most first."""
        for more in self.modifier(reading, finite=False):
            yield from self.modified(more)
        if reading.description.links:
            finite = reading.description.links[-1].is_subject
            for start in self.word("and", reading.end):
                for more in self.modifier(replace(reading, end=start), finite=finite, joined=True):
                    yield from self.modified(more)
        yield reading

    def modifier(self, reading: Reading, *, finite: bool, joined: bool = False) -> Iterator[Reading]:
        """One place, garment or relation more.

        ``finite``: "holds the cup" is taken without "who" before it. ``joined``: after "and", where the same
        relation may come twice.
        """
        yield from self._placed(reading)
        if reading.description.is_person:
            yield from self._wearing(reading)
        if reading.links_left == 0:
            return
        spent = replace(reading, links_left=reading.links_left - 1)
        if reading.description.is_person:
            for clause in self.as_subject(spent, finite=finite):
                yield from self._linked(spent, clause, joined=joined)
        for clause in self.as_object(spent):
            yield from self._linked(spent, clause, joined=joined)

    def _linked(self, reading: Reading, clause: Clause, *, joined: bool) -> Iterator[Reading]:
        link, end, left = clause
        more = add(Reading(reading.description, end, left), link)
        if joined:
            yield more
            return
        told = reading.description.links
        twice = any(
            (link.predicate_ids, link.is_subject) == (old.predicate_ids, old.is_subject) for old in told
        )
        # "held by the man in his left arm" is one relation: the part was read with it.
        power = set(self.lexicon.possession)
        held = any(set(old.predicate_ids) <= power for old in told)
        if not twice and not (held and self.rests_in_part(more.description)):
            yield more

    def _placed(self, reading: Reading) -> Iterator[Reading]:
        """on the left | that is in the middle of the image"""
        if reading.description.place:
            return
        for relative in self.optional(self.lexicon.relatives, reading.end):
            for aux in self.repeated(self.lexicon.auxiliaries, relative):
                for place, end in self.place(aux):
                    yield replace(reading, description=replace(reading.description, place=place), end=end)

    def place(self, start: int) -> Iterator[tuple[Place, int]]:
        for place, end in self.entry(self.lexicon.places, start):
            yield from ((place, last) for last in self.optional(self.lexicon.of_image, end))

    def _wearing(self, reading: Reading) -> Iterator[Reading]:
        """wearing a hat | who wears a hat | with a beard"""
        if reading.description.worn:
            return
        for relative in self.optional(self.lexicon.relatives, reading.end):
            for aux in self.repeated(self.lexicon.auxiliaries, relative):
                for verb in self.one_of(self.lexicon.wearing, aux):
                    for noun in self.optional(self.lexicon.determiners | self.lexicon.possessives, verb):
                        for parts, end in self.entry(self.lexicon.garments, noun):
                            worn = replace(reading.description, worn=parts)
                            yield replace(reading, description=worn, end=end)
