"""The grammar's root: words -> every reading of them.

A hand-written descent over a closed lexicon, no learning. docs/queries.md lists the forms.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from hrs_ros.language.actors import ANYTHING, Reading, anyone
from hrs_ros.language.descriptions import Descriptions
from hrs_ros.language.query import MAX_LINKS, Description, Intent


@dataclass(frozen=True, slots=True)
class Request:
    """One reading of a request: what is asked for, how many of it, and what about it."""

    asked: Description
    intent: Intent = Intent.FIND
    count: int = 1


class Grammar(Descriptions):
    """Readings of one request; ``readings`` is the root rule."""

    def readings(self) -> Iterator[tuple[Request, int]]:
        """Meanings of the words up to an index, polite words around them included; likelier ones first."""
        for start in self.repeated(self.lexicon.openings, 0):
            for request, end in self._request(start):
                for last in self.repeated(self.lexicon.closings, end):
                    yield request, last

    def _request(self, start: int) -> Iterator[tuple[Request, int]]:
        for reading in self._question(start):
            yield Request(reading.description), reading.end
        for reading in self._one(start):
            yield Request(reading.description), reading.end
        for count, reading in self._several(start):
            yield Request(reading.description, count=count), reading.end
        for reading in self._how_many(start):
            yield Request(reading.description, Intent.COUNT), reading.end

    def _one(self, start: int) -> Iterator[Reading]:
        """The cup in his left hand. A possessive is refused elsewhere: ownership cannot be seen."""
        for end in self.optional(self.lexicon.determiners, start):
            for noun in self.noun(end, MAX_LINKS):
                yield from self.modified(noun)
        yield from self.the_one(start, MAX_LINKS)

    def _several(self, start: int) -> Iterator[tuple[int, Reading]]:
        """the two cups in his hands | both plates"""
        for end in self.optional(self.lexicon.determiners, start):
            for count, number_end in self.entry(self.lexicon.numbers, end):
                for noun in self.noun(number_end, MAX_LINKS):
                    yield from ((count, reading) for reading in self.modified(noun))

    def _question(self, start: int) -> Iterator[Reading]:
        """what is he holding | which cup does he hold | who sits on the sofa"""
        for head in self._question_head(start):
            yield from (reading for reading in self._asked(head) if reading.description != head.description)

    def _question_head(self, start: int) -> Iterator[Reading]:
        for word in ("what", "which"):
            for end in self.word(word, start):
                yield from self.noun(end, MAX_LINKS)
                yield Reading(ANYTHING, end, MAX_LINKS)
        for word in ("who", "whom"):
            for end in self.word(word, start):
                yield Reading(anyone(), end, MAX_LINKS)

    def _how_many(self, start: int) -> Iterator[Reading]:
        """how many plates | how many people are sitting | how many cups does he hold"""
        for end in self.one_of(self.lexicon.how_many, start):
            for head in self.noun(end, MAX_LINKS):
                for reading in self._asked(head):
                    for last in self.optional(self.lexicon.count_closings, reading.end):
                        yield Reading(reading.description, last, reading.links_left)

    def _asked(self, head: Reading) -> Iterator[Reading]:
        """A question's noun with its modifiers, one of which may be a main clause."""
        for reading in self.modified(head):
            for clause in (*self.modifier(reading, finite=True), *self.asked_of_actor(reading)):
                yield from self.modified(clause)
            yield reading
