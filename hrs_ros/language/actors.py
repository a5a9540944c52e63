"""The grammar's small phrases: who acts, and with which part of the body."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator, Set
from dataclasses import dataclass

from hrs_ros.language.lexicon_tables import Phrase
from hrs_ros.language.query import Description, PartRequirement
from hrs_ros.language.scanner import Scanner
from hrs_ros.vocabulary import vocabulary

ANYTHING = Description(None)


@dataclass(frozen=True, slots=True)
class Reading:
    """A description read so far, the index of the next word, and the links that may still be added."""

    description: Description
    end: int
    links_left: int


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts, and the part that acts where it was named instead of him ("his left hand")."""

    person: Description
    part: PartRequirement | None
    end: int
    links_left: int
    nobody: bool = False


def anyone() -> Description:
    """Any person."""
    return Description((vocabulary().human,))


class Actors(Scanner, ABC):
    """Rules for actors and parts. A person may be told by a whole description, which other rules read."""

    @abstractmethod
    def nested(self, start: int, links: int) -> tuple[Reading, ...]:
        """Every noun phrase that starts here, with at most ``links`` relations in it."""

    def person(self, start: int, links: int) -> Iterator[Reading]:
        """A noun phrase that means a person."""
        yield from (reading for reading in self.nested(start, links) if reading.description.is_person)

    def actor(self, start: int, links: int) -> Iterator[Actor]:
        """the man next to the chair | his left hand | nobody"""
        for person in self.person(start, links):
            # "held by the man in his left arm": the arm is told of the holding, not of the man.
            if not self.rests_in_part(person.description):
                yield Actor(person.description, None, person.end, person.links_left)
        yield from self.part(start, links)
        for end in self.one_of(self.lexicon.nobody, start):
            yield Actor(anyone(), None, end, links, nobody=True)

    def rests_in_part(self, description: Description) -> bool:
        """Whether the last thing told of an entity is the body part that it is in."""
        link = description.links[-1] if description.links else None
        return (
            link is not None
            and link.part is not None
            and not link.is_subject
            and link.predicate_ids == self.lexicon.possession
        )

    def part(self, start: int, links: int) -> Iterator[Actor]:
        """his left hand | the man's left hand | left arm of the man next to the chair"""
        for end in self.optional(self.lexicon.determiners | self.lexicon.possessives, start):
            for part, last in self.part_list(end):
                for of in self.word("of", last):
                    for person in self.person(of, links):
                        yield Actor(person.description, part, person.end, person.links_left)
                yield Actor(anyone(), part, last, links)
        for person in self.person(start, links):
            for genitive in self.word("'s", person.end):
                for part, last in self.part_list(genitive):
                    yield Actor(person.description, part, last, person.links_left)

    def part_list(self, start: int) -> Iterator[tuple[PartRequirement, int]]:
        """left hand | left hand and right hand | left or right hand"""
        determiners = self.lexicon.determiners | self.lexicon.possessives
        for part, end in self.entry(self.lexicon.parts, start):
            for joint, every in (("and", True), ("or", False)):
                for after in self.word(joint, end):
                    for noun in self.optional(determiners, after):
                        for other, last in self.entry(self.lexicon.parts, noun):
                            ids = tuple(dict.fromkeys(part.part_ids + other.part_ids))
                            # All of a part that is itself any-of ("hand and foot") cannot be said in ids.
                            if not every or len(part.part_ids) == len(other.part_ids) == 1:
                                yield PartRequirement(ids, every=every), last
            yield part, end
        for side, other_side in (("left", "right"), ("right", "left")):
            for joint, every in (("and", True), ("or", False)):
                if self.words[start : start + 3] != (side, joint, other_side):
                    continue
                for second, end in self.entry(self.lexicon.parts, start + 2):
                    first = self.lexicon.parts.get((side, *self.words[start + 3 : end]))
                    if first is not None:
                        yield PartRequirement(first.part_ids + second.part_ids, every=every), end

    def part_place(self, prepositions: Set[Phrase], start: int, links: int) -> Iterator[Actor]:
        """in his left hand"""
        for end in self.one_of(prepositions, start):
            yield from self.part(end, links)

    def optional_place(self, start: int) -> Iterator[tuple[PartRequirement | None, int]]:
        """in his left hand, of the person spoken of already"""
        for place in self.part_place(self.lexicon.part_prepositions, start, 0):
            yield place.part, place.end
        yield None, start
