"""Well-formed phrases that this vocabulary cannot answer, with what to say instead."""

from __future__ import annotations

from collections.abc import Iterator

from hrs_ros.language.descriptions import Descriptions
from hrs_ros.language.query import NotUnderstood
from hrs_ros.language.words import join_words

OWNERSHIP = "Whose a thing is cannot be seen; ask by what the person does with it."
STATEMENT = "The request states a fact and does not say which end of it is asked for."
BODY_PART = "A body part is asked for; ask for a person, or for the thing that the part acts on."
SIDE_OF = (
    "No relation tells what is on the left or right of another thing; 'on the left' alone means of the image."
)


class Refusals(Descriptions):
    """Readings that are refused for a reason of their own; ``refusals`` is the root rule."""

    def refusals(self) -> Iterator[tuple[NotUnderstood, int]]:
        """Refusals of the words up to an index, polite words around them included."""
        for start in self.repeated(self.lexicon.openings, 0):
            for refusal, end in self._refusal(start):
                for last in self.repeated(self.lexicon.closings, end):
                    yield refusal, last

    def _refusal(self, start: int) -> Iterator[tuple[NotUnderstood, int]]:
        yield from self._ownership(start)
        yield from self._statement(start)
        yield from self._thing_to_thing(start)
        yield from self._side_of(start)
        for part in self.part(start, 0):
            offer = f"what is in {join_words(self.words[start : part.end])}"
            yield NotUnderstood(BODY_PART, (offer,)), part.end

    def _ownership(self, start: int) -> Iterator[tuple[NotUnderstood, int]]:
        """his cup | the man's cup | the cup of the man"""

        def refusal(noun_start: int, noun_end: int) -> NotUnderstood:
            noun = join_words(self.words[noun_start:noun_end])
            return NotUnderstood(OWNERSHIP, (f"the {noun} the person holds",))

        for end in self.one_of(self.lexicon.possessives, start):
            for _, last in self.entry(self.lexicon.entities, end):
                yield refusal(end, last), last
        for person in self.person(start, 0):
            for genitive in self.word("'s", person.end):
                for _, last in self.entry(self.lexicon.entities, genitive):
                    yield refusal(genitive, last), last
        for noun in self.optional(self.lexicon.determiners, start):
            for _, end in self.entry(self.lexicon.entities, noun):
                for of in self.word("of", end):
                    for person in self.person(of, 0):
                        yield refusal(noun, end), person.end

    def _statement(self, start: int) -> Iterator[tuple[NotUnderstood, int]]:
        """the man holds the cup: which of the two is asked for?"""
        for person in self.person(start, 0):
            for _, _, verb_end in self.active(person.end):
                for thing_start in self.optional(
                    self.lexicon.determiners | self.lexicon.possessives, verb_end
                ):
                    for _, thing_end in self.entry(self.lexicon.entities, thing_start):
                        who = join_words(self.words[start : person.end])
                        verb = join_words(self.words[person.end : verb_end])
                        thing = join_words(self.words[thing_start:thing_end])
                        offers = (f"the {thing} {who} {verb}", f"{who} who {verb} the {thing}")
                        for _, last in self.optional_place(thing_end):
                            yield NotUnderstood(STATEMENT, offers), last

    def _thing_to_thing(self, start: int) -> Iterator[tuple[NotUnderstood, int]]:
        """the plate on the table"""
        for head in self.nested(start, 0):
            if head.description.is_person:
                continue
            for relative in self.optional(self.lexicon.relatives, head.end):
                for aux in self.repeated(self.lexicon.auxiliaries, relative):
                    for _, _, preposition_end in self.spatial(aux):
                        preposition = join_words(self.words[aux:preposition_end])
                        for other in self.nested(preposition_end, 0):
                            if other.description.is_person:
                                reason = f"No relation says that a thing is '{preposition}' a person."
                            else:
                                reason = (
                                    f"'{preposition}' joins two things; every relation starts at a person."
                                )
                            yield NotUnderstood(reason), other.end

    def _side_of(self, start: int) -> Iterator[tuple[NotUnderstood, int]]:
        """the person to the left of the table"""
        for head in self.nested(start, 0):
            for _, side_end in self.entry(self.lexicon.places, head.end):
                for of in self.word("of", side_end):
                    yield from ((NotUnderstood(SIDE_OF), other.end) for other in self.nested(of, 0))
