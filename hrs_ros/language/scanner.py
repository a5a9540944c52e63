"""Words of a request, and the small steps over them that the grammar's rules are made of.

A step is a generator that yields the index of the first word it did not use; none, where it does not fit.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set
from typing import TypeVar

from hrs_ros.language.lexicon import Lexicon
from hrs_ros.language.lexicon_tables import Form, Phrase

T = TypeVar("T")

LONGEST_PHRASE = 4  # words
ACTIVE = frozenset({Form.PRESENT, Form.ING, Form.PAST})
CONTINUOUS = frozenset({Form.PRESENT, Form.ING})  # after "is", "does"; there a past form would be a passive


class Scanner:
    """The words of one request and the lexicon to read them with."""

    def __init__(self, words: tuple[str, ...], lexicon: Lexicon) -> None:
        self.words = words
        self.lexicon = lexicon

    def word(self, word: str, start: int) -> Iterator[int]:
        if self.words[start : start + 1] == (word,):
            yield start + 1

    def one_of(self, phrases: Set[Phrase], start: int) -> Iterator[int]:
        """Longer phrases first."""
        for length in range(min(LONGEST_PHRASE, len(self.words) - start), 0, -1):
            if self.words[start : start + length] in phrases:
                yield start + length

    def entry(self, table: Mapping[Phrase, T], start: int) -> Iterator[tuple[T, int]]:
        for end in self.one_of(table.keys(), start):
            yield table[self.words[start:end]], end

    def optional(self, phrases: Set[Phrase], start: int) -> Iterator[int]:
        yield from self.one_of(phrases, start)
        yield start

    def repeated(self, phrases: Set[Phrase], start: int) -> Iterator[int]:
        """Zero or more, the most first; each end once."""
        ends, fresh = {start}, [start]
        while fresh:
            fresh = [end for last in fresh for end in self.one_of(phrases, last) if end not in ends]
            ends.update(fresh)
        yield from sorted(ends, reverse=True)

    def negatable(self, start: int) -> Iterator[tuple[bool, int]]:
        """is | does not | isn't: auxiliaries with at most one negation among them."""
        for end in self.repeated(self.lexicon.auxiliaries, start):
            for negation in self.one_of(self.lexicon.negations, end):
                for last in self.repeated(self.lexicon.auxiliaries, negation):
                    yield True, last
            yield False, end

    def verb(self, start: int, forms: Set[Form]) -> Iterator[tuple[tuple[int, ...], int]]:
        """Relation ids of a verb in one of these forms."""
        for verbs, end in self.entry(self.lexicon.verbs, start):
            for verb in verbs:
                if verb.form in forms:
                    yield verb.predicate_ids, end

    def active(self, start: int) -> Iterator[tuple[tuple[int, ...], bool, int]]:
        """holds | is holding | does not hold | kicked: relation ids, and whether they are denied."""
        for negated, end in self.negatable(start):
            for predicates, last in self.verb(end, ACTIVE if end == start else CONTINUOUS):
                yield predicates, negated, last

    def spatial(self, start: int) -> Iterator[tuple[tuple[int, ...], tuple[int, ...], int]]:
        """next to | standing behind: relation ids, relation ids turned round. "Standing on" is a verb."""
        standing = () if any(self.verb(start, {Form.ING})) else self.word("standing", start)
        for end in (*standing, start):
            # "held by" names who holds it; "sitting by" is a place.
            if self.words[end : end + 1] == ("by",) and any(self.verb(end - 1, {Form.PARTICIPLE})):
                continue
            for spatial, last in self.entry(self.lexicon.spatial, end):
                yield spatial.predicate_ids, spatial.inverse_ids, last
