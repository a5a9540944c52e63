"""The grammar's clauses: what a described entity does, or what is done to it. Each yields one link more."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from hrs_ros.language.actors import ANYTHING, Actor, Actors, Reading, anyone
from hrs_ros.language.lexicon_tables import Form
from hrs_ros.language.query import Link, PartRequirement
from hrs_ros.language.scanner import CONTINUOUS

Clause = tuple[Link, int, int]
"""A link, the index of the first word after it, and the links left to spend."""


class Clauses(Actors):
    """Rules for one relation of the described entity."""

    # The described person acts

    def as_subject(self, at: Reading, *, finite: bool) -> Iterator[Clause]:
        """holding the cup in his left hand | who does not sit | next to the table | with it | whose hand"""
        start, links = at.end, at.links_left
        for end in self.optional(self.lexicon.relatives, start):
            # Without "who", only "-ing" says that the person is asked for and not the thing.
            verbs = self.active(end) if finite or end > start else self._participle_of_presence(end)
            for predicates, negated, verb_end in verbs:
                yield from self._doing(predicates, negated, verb_end, links)
            for negated, aux in self.negatable(end):
                for predicates, _, preposition_end in self.spatial(aux):
                    for other in self.nested(preposition_end, links):
                        link = Link(predicates, other.description, is_subject=True, negated=negated)
                        yield link, other.end, other.links_left
                for predicates, last in self._posture(aux):
                    yield Link(predicates, ANYTHING, is_subject=True, negated=negated), last, links
        for word, negated in (("with", False), ("without", True)):
            for end in self.word(word, start):
                yield from self._doing(self.lexicon.possession, negated, end, links)
        for end in self.word("whose", start):
            for part, part_end in self.part_list(end):
                for predicates, negated, verb_end in self.active(part_end):
                    for other in self.nested(verb_end, links):
                        yield (
                            Link(predicates, other.description, True, part, negated),
                            other.end,
                            other.links_left,
                        )

    def _posture(self, start: int) -> Iterator[tuple[tuple[int, ...], int]]:
        """sitting; not the first word of "sitting on the chair" nor of "standing next to the table" """
        for predicates, end in self.entry(self.lexicon.states, start):
            longer = any(last > end for _, last in self.verb(start, {Form.ING}))
            beside = self.words[start:end] == ("standing",) and any(self.spatial(end))
            if not longer and not beside:
                yield predicates, end

    def _participle_of_presence(self, start: int) -> Iterator[tuple[tuple[int, ...], bool, int]]:
        """holding | not holding"""
        for negation in self.one_of(self.lexicon.negations, start):
            yield from ((ids, True, end) for ids, end in self.verb(negation, {Form.ING}))
        yield from ((ids, False, end) for ids, end in self.verb(start, {Form.ING}))

    def _doing(self, predicates: tuple[int, ...], negated: bool, start: int, links: int) -> Iterator[Clause]:
        """(holds) the cup in his left hand | (eats)"""
        in_power = set(predicates) <= set(self.lexicon.possession)
        # "The woman eating" eats anything; where a noun follows, that is what she eats.
        for other in self.nested(start, links) or (Reading(ANYTHING, start, links),):
            if in_power and self.rests_in_part(other.description):
                continue  # "holds the cup in his left hand" tells where he holds it, not which cup
            for part, last in self.optional_place(other.end):
                yield Link(predicates, other.description, True, part, negated), last, other.links_left

    # The described entity is acted on

    def as_object(self, at: Reading) -> Iterator[Clause]:
        """the girl holds in her left hand | held by the man | in left arm | behind the man"""
        for start in self.optional(self.lexicon.relatives, at.end):
            yield from self._acted_on(start, at.links_left)
            for negated, aux in self.negatable(start):
                yield from self._passive(aux, negated, at.links_left)
                yield from self._in_part(aux, negated, at.links_left)
                if not at.description.is_person:  # a person is told by his own relation to the other one
                    yield from self._behind_person(aux, negated, at.links_left)

    def _acted_on(self, start: int, links: int) -> Iterator[Clause]:
        """the girl is holding in her left hand | nobody holds | he is next to"""
        for actor in self.actor(start, links):
            for predicates, negated, verb_end in self.active(actor.end):
                yield from self._with_place(predicates, actor, negated, verb_end)
            for negated, aux in self.negatable(actor.end):
                if aux > actor.end and actor.part is None:
                    for predicates, _, last in self.spatial(aux):
                        yield _object_link(predicates, actor, None, negated), last, actor.links_left

    def _passive(self, start: int, negated: bool, links: int) -> Iterator[Clause]:
        """held by the man in his left arm | held in the left arm of the man | held in left arm"""
        for predicates, verb_end in self.verb(start, {Form.PARTICIPLE}):
            unplaced = Actor(anyone(), None, verb_end, links)
            for place in (unplaced, *self.part_place(self.lexicon.part_prepositions, verb_end, links)):
                for by in self.word("by", place.end):
                    for actor in self.actor(by, links):
                        if place.part is not None and actor.part is not None:
                            continue
                        if place.part is not None:
                            yield (
                                _object_link(predicates, actor, place.part, negated),
                                actor.end,
                                actor.links_left,
                            )
                        else:
                            yield from self._with_place(predicates, actor, negated, actor.end)
                # "by" after it names who does it; "next to" is meant by "by" elsewhere only.
                if not any(self.word("by", place.end)):
                    yield _object_link(predicates, place, None, negated), place.end, place.links_left

    def _in_part(self, start: int, negated: bool, links: int) -> Iterator[Clause]:
        """in left arm of the man"""
        for place in self.part_place(self.lexicon.place_prepositions, start, links):
            link = _object_link(self.lexicon.possession, place, None, negated)
            yield link, place.end, place.links_left

    def _behind_person(self, start: int, negated: bool, links: int) -> Iterator[Clause]:
        """behind the man: the relation <man, in front of, it>"""
        for _, inverse, end in self.spatial(start):
            if inverse:
                for person in self.person(end, links):
                    link = Link(inverse, person.description, is_subject=False, negated=negated)
                    yield link, person.end, person.links_left

    def _with_place(
        self, predicates: tuple[int, ...], actor: Actor, negated: bool, start: int
    ) -> Iterator[Clause]:
        """Add "in his left hand" unless the acting part was the subject ("his left hand holds")."""
        places = [(None, start)] if actor.part is not None else self.optional_place(start)
        for part, end in places:
            yield _object_link(predicates, actor, part, negated), end, actor.links_left

    def asked_of_actor(self, reading: Reading) -> Iterator[Reading]:
        """(what) is he holding in his left hand | (which table) is he next to"""
        if reading.links_left == 0:
            return
        for aux in self.repeated(self.lexicon.auxiliaries, reading.end):
            if aux == reading.end:
                continue
            for actor in self.actor(aux, reading.links_left - 1):
                for denied, end in self._optional_negation(actor.end):
                    links: list[Clause] = []
                    for predicates, verb_end in self.verb(end, CONTINUOUS):
                        links += self._with_place(predicates, actor, denied, verb_end)
                    if actor.part is None:
                        for predicates, _, last in self.spatial(end):
                            links.append(
                                (_object_link(predicates, actor, None, denied), last, actor.links_left)
                            )
                    for link, last, left in links:
                        yield add(Reading(reading.description, last, left), link)

    def _optional_negation(self, start: int) -> Iterator[tuple[bool, int]]:
        yield from ((True, end) for end in self.one_of(self.lexicon.negations, start))
        yield False, start


def _object_link(
    predicates: tuple[int, ...], actor: Actor, part: PartRequirement | None, negated: bool
) -> Link:
    """``part`` or else the actor's own; "nobody holds" denies, "nobody does not hold" is left to logic."""
    return Link(predicates, actor.person, False, part or actor.part, negated != actor.nobody)


def add(reading: Reading, link: Link) -> Reading:
    """The reading with one link more."""
    described = reading.description
    return replace(reading, description=replace(described, links=(*described.links, link)))
