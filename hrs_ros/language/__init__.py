"""Request text -> parsed query -> candidates in a scene. A closed vocabulary, a hand-written grammar."""

from hrs_ros.language.answer import Answer, Candidate, Status, no_frame, not_understood, stale
from hrs_ros.language.describe import describe
from hrs_ros.language.parser import parse
from hrs_ros.language.phrases import unique_phrases
from hrs_ros.language.query import (
    MAX_COUNT,
    MAX_LINKS,
    Description,
    Intent,
    Link,
    NotUnderstood,
    ParsedQuery,
    PartRequirement,
    Place,
)
from hrs_ros.language.recent import DEFAULT_MEMORY, resolve_recent
from hrs_ros.language.resolve import DEFAULT_MARGIN, answer, resolve
from hrs_ros.language.words import MAX_TEXT_LENGTH

__all__ = [
    "DEFAULT_MARGIN",
    "DEFAULT_MEMORY",
    "MAX_COUNT",
    "MAX_LINKS",
    "MAX_TEXT_LENGTH",
    "Answer",
    "Candidate",
    "Description",
    "Intent",
    "Link",
    "NotUnderstood",
    "ParsedQuery",
    "PartRequirement",
    "Place",
    "Status",
    "answer",
    "describe",
    "no_frame",
    "not_understood",
    "parse",
    "resolve",
    "resolve_recent",
    "stale",
    "unique_phrases",
]
