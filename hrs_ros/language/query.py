"""What a request text means: a parsed query, or why it is not understood."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum

from hrs_ros.vocabulary import vocabulary

MAX_LINKS = 4  # relations in one request, nested ones included
MAX_COUNT = 10  # "ten cups"


class Intent(IntEnum):
    """What is to be answered. The numbers travel in messages."""

    FIND = 0  # which one is it?
    COUNT = 1  # how many are there?


class Place(IntEnum):
    """Where in the image, as its viewer sees it; never a person's own left or right. The numbers travel."""

    ANYWHERE = 0
    LEFT = 1  # the mask's centre lies in the left half
    RIGHT = 2
    MIDDLE = 3  # in the middle third
    LEFTMOST = 4  # further to the left than every other one that fits
    RIGHTMOST = 5


@dataclass(frozen=True, slots=True)
class PartRequirement:
    """Parts that must act: any one of ``part_ids``, or every one of them ("both hands")."""

    part_ids: tuple[int, ...]
    every: bool = False


@dataclass(frozen=True, slots=True)
class Description:
    """An entity, told by its class, its place and its relations: "the man next to the chair"."""

    class_ids: tuple[int, ...] | None  # vocabulary ids, any of; None = any entity
    place: Place = Place.ANYWHERE
    worn: tuple[int, ...] = ()  # part ids, any of, that a person has on; empty = not asked
    links: tuple[Link, ...] = ()  # all of them

    @property
    def is_person(self) -> bool:
        return self.class_ids == (vocabulary().human,)

    @property
    def is_plain(self) -> bool:
        """Whether nothing but the class is told."""
        return not (self.place or self.worn or self.links)

    def walk(self) -> Iterator[Description]:
        """This description and those nested in it, outermost first."""
        yield self
        for link in self.links:
            yield from link.other.walk()


@dataclass(frozen=True, slots=True)
class Link:
    """A relation that the described entity has to another one, or must not have."""

    predicate_ids: tuple[int, ...]  # any of
    other: Description
    is_subject: bool  # the described entity is the relation's person, ``other`` its object; else reversed
    part: PartRequirement | None = None  # of the relation's person
    negated: bool = False


@dataclass(frozen=True, slots=True)
class ParsedQuery:
    """What is asked for. Where a text has several readings, all of them are here, the likeliest first."""

    text: str  # the request, normalised: lower case, single spaces, no punctuation
    asked: Description
    intent: Intent = Intent.FIND
    count: int = 1  # how many entities are asked for: "two cups"
    other_readings: tuple[Description, ...] = ()

    @property
    def readings(self) -> tuple[Description, ...]:
        return (self.asked, *self.other_readings)


@dataclass(frozen=True, slots=True)
class NotUnderstood:
    """Why a request text has no meaning here, and words or phrases that do."""

    reason: str
    did_you_mean: tuple[str, ...] = ()
