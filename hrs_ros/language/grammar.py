"""The grammar: words -> every reading of them. A hand-written descent over a closed lexicon, no learning.

Each rule is a generator that yields a reading and the index of the first word it did not use; the caller
keeps only readings that use every word, so no word is ever dropped. docs/queries.md lists the forms.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass
from typing import TypeVar

from hrs_ros.language.lexicon import Form, Lexicon, Phrase
from hrs_ros.language.query import NotUnderstood, ParsedQuery, PartRequirement, Target
from hrs_ros.language.words import join_words
from hrs_ros.vocabulary import vocabulary

T = TypeVar("T")

LONGEST_PHRASE = 4  # words
ACTIVE = frozenset({Form.PRESENT, Form.ING, Form.PAST})
CONTINUOUS = frozenset({Form.PRESENT, Form.ING})  # after "is", "does"; there a past form would be a passive


@dataclass(frozen=True, slots=True)
class Head:
    """The noun a request is about."""

    ids: tuple[int, ...] | None  # entity ids, None = any thing
    is_question: bool  # "what", "who", "which cup"

    @property
    def is_person(self) -> bool:
        return self.ids == (vocabulary().human,)


class Grammar:
    """Readings of one request; ``readings`` is the root rule."""

    def __init__(self, words: tuple[str, ...], lexicon: Lexicon) -> None:
        self._words = words
        self._lexicon = lexicon
        self._text = join_words(words)

    def readings(self) -> Iterator[tuple[ParsedQuery, int]]:
        """Meanings of the words up to an index, polite words around them included; likelier ones first."""
        for start in self._repeated(self._lexicon.openings, 0):
            for query, end in self._request(start):
                for last in self._repeated(self._lexicon.closings, end):
                    yield query, last

    def refusals(self) -> Iterator[tuple[NotUnderstood, int]]:
        """Well-formed phrases that this vocabulary cannot answer, with what to say instead."""
        for start in self._repeated(self._lexicon.openings, 0):
            for refusal, end in self._refusal(start):
                for last in self._repeated(self._lexicon.closings, end):
                    yield refusal, last

    # Words

    def _word(self, word: str, start: int) -> Iterator[int]:
        if self._words[start : start + 1] == (word,):
            yield start + 1

    def _one_of(self, phrases: Set[Phrase], start: int) -> Iterator[int]:
        for length in range(LONGEST_PHRASE, 0, -1):
            if start + length <= len(self._words) and self._words[start : start + length] in phrases:
                yield start + length

    def _entry(self, table: Mapping[Phrase, T], start: int) -> Iterator[tuple[T, int]]:
        for end in self._one_of(table.keys(), start):
            yield table[self._words[start:end]], end

    def _optional(self, phrases: Set[Phrase], start: int) -> Iterator[int]:
        yield from self._one_of(phrases, start)
        yield start

    def _repeated(self, phrases: Set[Phrase], start: int) -> Iterator[int]:
        """Zero or more, the most first."""
        for end in self._one_of(phrases, start):
            yield from self._repeated(phrases, end)
        yield start

    # Nouns

    def _determiner(self, start: int) -> Iterator[int]:
        yield from self._optional(self._lexicon.determiners | self._lexicon.possessives, start)

    def _person(self, start: int) -> Iterator[int]:
        """the man | he"""
        for end in self._optional(self._lexicon.determiners | self._lexicon.possessives, start):
            for ids, last in self._entry(self._lexicon.entities, end):
                if ids == (vocabulary().human,):
                    yield last
        yield from self._one_of(self._lexicon.pronouns, start)

    def _thing(self, start: int) -> Iterator[tuple[tuple[int, ...] | None, int]]:
        """the cup | something | him"""
        for end in self._determiner(start):
            yield from self._entry(self._lexicon.entities, end)
        for end in self._one_of(self._lexicon.pronouns, start):
            yield (vocabulary().human,), end

    def _head(self, start: int) -> Iterator[tuple[Head, int]]:
        """the cup | what | which cup | who. A possessive is refused elsewhere: ownership cannot be seen."""
        for end in self._optional(self._lexicon.determiners, start):
            for ids, last in self._entry(self._lexicon.entities, end):
                yield Head(ids, is_question=False), last
        for word in ("what", "which"):
            for end in self._word(word, start):
                for ids, last in self._entry(self._lexicon.entities, end):
                    yield Head(ids, is_question=True), last
                yield Head(None, is_question=True), end
        for word in ("who", "whom"):
            for end in self._word(word, start):
                yield Head((vocabulary().human,), is_question=True), end

    # Parts

    def _part(self, start: int) -> Iterator[tuple[PartRequirement, bool, int]]:
        """his left hand | the man's left hand | left arm of the man; and whether a person is named."""
        for end in self._determiner(start):
            for part, last in self._part_list(end):
                yield part, False, last
                for of in self._word("of", last):
                    for done in self._person(of):
                        yield part, True, done
        for end in self._person(start):
            for genitive in self._word("'s", end):
                for part, last in self._part_list(genitive):
                    yield part, True, last

    def _part_list(self, start: int) -> Iterator[tuple[PartRequirement, int]]:
        """left hand | left hand and right hand | left or right hand"""
        for part, end in self._entry(self._lexicon.parts, start):
            for joint, every in (("and", True), ("or", False)):
                for after in self._word(joint, end):
                    for noun in self._determiner(after):
                        for other, last in self._entry(self._lexicon.parts, noun):
                            ids = tuple(dict.fromkeys(part.part_ids + other.part_ids))
                            # All of a part that is itself any-of ("hand and foot") cannot be said in ids.
                            if not every or len(part.part_ids) == len(other.part_ids) == 1:
                                yield PartRequirement(ids, every=every), last
            yield part, end
        for side, other_side in (("left", "right"), ("right", "left")):
            for joint, every in (("and", True), ("or", False)):
                sides = (side, joint, other_side)
                if self._words[start : start + 3] != sides:
                    continue
                for second, end in self._entry(self._lexicon.parts, start + 2):
                    first = self._lexicon.parts.get((side, *self._words[start + 3 : end]))
                    if first is not None:
                        yield PartRequirement(first.part_ids + second.part_ids, every=every), end

    def _place(self, prepositions: Set[Phrase], start: int) -> Iterator[tuple[PartRequirement, bool, int]]:
        """in his left hand"""
        for end in self._one_of(prepositions, start):
            yield from self._part(end)

    def _optional_place(self, start: int) -> Iterator[tuple[PartRequirement | None, int]]:
        for part, _, end in self._place(self._lexicon.part_prepositions, start):
            yield part, end
        yield None, start

    # Verbs

    def _verb(self, start: int, forms: Set[Form]) -> Iterator[tuple[tuple[int, ...], int]]:
        for verbs, end in self._entry(self._lexicon.verbs, start):
            for verb in verbs:
                if verb.form in forms:
                    yield verb.predicate_ids, end

    def _active(self, start: int) -> Iterator[tuple[tuple[int, ...], int]]:
        """holds | is holding | does hold | kicked"""
        for end in self._repeated(self._lexicon.auxiliaries, start):
            yield from self._verb(end, ACTIVE if end == start else CONTINUOUS)

    def _spatial(self, start: int) -> Iterator[tuple[tuple[int, ...], tuple[int, ...], int]]:
        """next to | standing behind: relation ids, relation ids turned round"""
        for end in (*self._word("standing", start), start):
            for spatial, last in self._entry(self._lexicon.spatial, end):
                yield spatial.predicate_ids, spatial.inverse_ids, last

    def _actor(self, start: int) -> Iterator[tuple[PartRequirement | None, int]]:
        """the man | his left hand"""
        for end in self._person(start):
            yield None, end
        for part, _, end in self._part(start):
            yield part, end

    # Requests

    def _request(self, start: int) -> Iterator[tuple[ParsedQuery, int]]:
        for head, end in self._head(start):
            if head.is_person:
                yield from self._about_person(head, end)
            yield from self._acted_on_by_person(head, end)
            yield from self._passive(head, end)
            yield from self._verbless(head, end)
            if not head.is_question:
                target = Target.SUBJECT if head.is_person else Target.OBJECT
                ids = None if head.is_person else head.ids
                subject = vocabulary().human if head.is_person else None
                yield ParsedQuery(self._text, target, ids, subject), end

    def _about_person(self, head: Head, start: int) -> Iterator[tuple[ParsedQuery, int]]:
        """(person) holding the cup in his left hand | who sits on the chair | next to the table | with it"""
        for end in self._optional(self._lexicon.relatives, start):
            # Without "who", only "-ing" says that the person is asked for and not the thing.
            asks_for_person = head.is_question or end > start
            for predicates, verb_end in self._active(end) if asks_for_person else self._verb(end, {Form.ING}):
                for ids, thing_end in (*self._thing(verb_end), (None, verb_end)):
                    for part, last in self._optional_place(thing_end):
                        yield self._person_query(ids, predicates, part), last
            for aux in self._repeated(self._lexicon.auxiliaries, end):
                for predicates, _, preposition_end in self._spatial(aux):
                    for ids, last in self._thing(preposition_end):
                        yield self._person_query(ids, predicates, None), last
        for end in self._word("with", start):
            for ids, thing_end in self._thing(end):
                for part, last in self._optional_place(thing_end):
                    yield self._person_query(ids, self._lexicon.possession, part), last
        for end in self._word("whose", start):
            for part, part_end in self._part_list(end):
                for predicates, verb_end in self._active(part_end):
                    for ids, last in self._thing(verb_end):
                        yield self._person_query(ids, predicates, part), last

    def _acted_on_by_person(self, head: Head, start: int) -> Iterator[tuple[ParsedQuery, int]]:
        """(thing) the girl holds in her left hand | (what) is he looking at | (table) that he is next to"""
        for end in self._optional(self._lexicon.relatives, start):
            for acting, actor_end in self._actor(end):
                for predicates, verb_end in self._active(actor_end):
                    yield from self._with_place(head, predicates, acting, verb_end)
                for aux in self._repeated(self._lexicon.auxiliaries, actor_end):
                    if aux > actor_end and acting is None:
                        for predicates, _, last in self._spatial(aux):
                            yield self._thing_query(head, predicates, None, named=True), last
        if not head.is_question:
            return
        for aux in self._repeated(self._lexicon.auxiliaries, start):
            if aux == start:
                continue
            for acting, actor_end in self._actor(aux):
                for predicates, verb_end in self._verb(actor_end, CONTINUOUS):
                    yield from self._with_place(head, predicates, acting, verb_end)
                if acting is None:
                    for predicates, _, last in self._spatial(actor_end):
                        yield self._thing_query(head, predicates, None, named=True), last

    def _passive(self, head: Head, start: int) -> Iterator[tuple[ParsedQuery, int]]:
        """(thing) held by the man in his left arm | held in the left arm of the man | held in left arm"""
        for relative in self._optional(self._lexicon.relatives, start):
            for aux in self._repeated(self._lexicon.auxiliaries, relative):
                for predicates, verb_end in self._verb(aux, {Form.PARTICIPLE}):
                    places = [
                        (None, False, verb_end),
                        *self._place(self._lexicon.part_prepositions, verb_end),
                    ]
                    for part, named, place_end in places:
                        for by in self._word("by", place_end):
                            for acting, actor_end in self._actor(by):
                                if part is not None and acting is not None:
                                    continue
                                yield from self._with_place(head, predicates, part or acting, actor_end)
                        yield self._thing_query(head, predicates, part, named=named), place_end

    def _verbless(self, head: Head, start: int) -> Iterator[tuple[ParsedQuery, int]]:
        """(thing) in left arm of the man | behind the man"""
        for relative in self._optional(self._lexicon.relatives, start):
            for aux in self._repeated(self._lexicon.auxiliaries, relative):
                for part, named, end in self._place(self._lexicon.place_prepositions, aux):
                    yield self._thing_query(head, self._lexicon.possession, part, named=named), end
                for _, inverse, preposition_end in self._spatial(aux):
                    for end in self._person(preposition_end):
                        if inverse:
                            yield self._thing_query(head, inverse, None, named=True), end

    def _with_place(
        self, head: Head, predicates: tuple[int, ...], acting: PartRequirement | None, start: int
    ) -> Iterator[tuple[ParsedQuery, int]]:
        """Add "in his left hand" unless the acting part was the subject ("his left hand holds")."""
        if acting is not None:
            yield self._thing_query(head, predicates, acting, named=True), start
            return
        for part, end in self._optional_place(start):
            yield self._thing_query(head, predicates, part, named=True), end

    def _thing_query(
        self, head: Head, predicates: tuple[int, ...], part: PartRequirement | None, *, named: bool
    ) -> ParsedQuery:
        subject = vocabulary().human if named else None
        return ParsedQuery(self._text, Target.OBJECT, head.ids, subject, predicates, part)

    def _person_query(
        self, ids: tuple[int, ...] | None, predicates: tuple[int, ...], part: PartRequirement | None
    ) -> ParsedQuery:
        return ParsedQuery(self._text, Target.SUBJECT, ids, vocabulary().human, predicates, part)

    # Refusals

    def _refusal(self, start: int) -> Iterator[tuple[NotUnderstood, int]]:
        yield from self._ownership(start)
        yield from self._statement(start)
        yield from self._thing_to_thing(start)
        for _, _, end in self._part(start):
            reason = "A body part is asked for; ask for a person, or for the thing that the part acts on."
            yield NotUnderstood(reason, (f"what is in {join_words(self._words[start:end])}",)), end

    def _ownership(self, start: int) -> Iterator[tuple[NotUnderstood, int]]:
        """his cup | the man's cup | the cup of the man"""
        reason = "Whose a thing is cannot be seen; ask by what the person does with it."

        def refusal(noun_start: int, noun_end: int) -> NotUnderstood:
            noun = join_words(self._words[noun_start:noun_end])
            return NotUnderstood(reason, (f"the {noun} the person holds",))

        for end in self._one_of(self._lexicon.possessives, start):
            for _, last in self._entry(self._lexicon.entities, end):
                yield refusal(end, last), last
        for end in self._person(start):
            for genitive in self._word("'s", end):
                for _, last in self._entry(self._lexicon.entities, genitive):
                    yield refusal(genitive, last), last
        for noun in self._optional(self._lexicon.determiners, start):
            for _, end in self._entry(self._lexicon.entities, noun):
                for of in self._word("of", end):
                    for last in self._person(of):
                        yield refusal(noun, end), last

    def _statement(self, start: int) -> Iterator[tuple[NotUnderstood, int]]:
        """the man holds the cup: which of the two is asked for?"""
        reason = "The request states a fact and does not say which end of it is asked for."
        for end in self._person(start):
            for _, verb_end in self._active(end):
                for thing_start in self._determiner(verb_end):
                    for _, thing_end in self._entry(self._lexicon.entities, thing_start):
                        person = join_words(self._words[start:end])
                        verb = join_words(self._words[end:verb_end])
                        thing = join_words(self._words[thing_start:thing_end])
                        refusal = NotUnderstood(
                            reason, (f"the {thing} {person} {verb}", f"{person} who {verb} the {thing}")
                        )
                        for _, last in self._optional_place(thing_end):
                            yield refusal, last

    def _thing_to_thing(self, start: int) -> Iterator[tuple[NotUnderstood, int]]:
        """the plate on the table"""
        for head, end in self._head(start):
            if head.is_person:
                continue
            for relative in self._optional(self._lexicon.relatives, end):
                for aux in self._repeated(self._lexicon.auxiliaries, relative):
                    for _, _, preposition_end in self._spatial(aux):
                        preposition = join_words(self._words[aux:preposition_end])
                        for ids, last in self._thing(preposition_end):
                            if ids == (vocabulary().human,):
                                reason = f"No relation says that a thing is '{preposition}' a person."
                            else:
                                reason = (
                                    f"'{preposition}' joins two things; every relation starts at a person."
                                )
                            yield NotUnderstood(reason), last
