"""What a request text means: a parsed query, or why it is not understood."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Target(StrEnum):
    """Which end of the relation is asked for."""

    OBJECT = "object"
    SUBJECT = "subject"


@dataclass(frozen=True, slots=True)
class PartRequirement:
    """Parts that must act: any one of ``part_ids``, or every one of them ("both hands")."""

    part_ids: tuple[int, ...]
    every: bool = False


@dataclass(frozen=True, slots=True)
class ParsedQuery:
    """One relation with one end asked for. Ids are vocabulary ids; several ids mean any of them."""

    text: str  # the request, normalised: lower case, single spaces, no punctuation
    target: Target
    object_ids: tuple[int, ...] | None  # None = any thing
    subject_id: int | None = None  # human when the request names a person, None when it does not
    predicate_ids: tuple[int, ...] = ()  # empty = no relation asked: "the plate"
    part: PartRequirement | None = None


@dataclass(frozen=True, slots=True)
class NotUnderstood:
    """Why a request text has no meaning here, and words or phrases that do."""

    reason: str
    did_you_mean: tuple[str, ...] = ()
