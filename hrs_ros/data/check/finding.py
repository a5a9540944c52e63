"""What a check reports: one sentence about one place."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import NamedTuple


class Damage(StrEnum):
    """Kinds of damage; the values are what people read."""

    MISSING_FILE = "missing file"
    UNLISTED_FILE = "unlisted file"
    UNREADABLE_JSON = "unreadable JSON"
    UNREADABLE_IMAGE = "unreadable image"
    WRONG_FORMAT = "wrong pixel format"
    SIZES_DIFFER = "sizes differ"
    CATEGORY_LIST = "bad category list"
    MALFORMED = "malformed entry"
    LISTED_TWICE = "listed twice"
    UNKNOWN_ENTITY = "unknown entity class"
    UNKNOWN_RELATION = "unknown relation class"
    UNKNOWN_PART = "unknown part"
    INSTANCE_WITHOUT_CLASS = "instance without class"
    CLASS_WITHOUT_INSTANCE = "class without instance"
    UNKNOWN_INSTANCE = "unknown instance"
    SUBJECT_NOT_HUMAN = "not a human"
    SUBJECT_IS_OBJECT = "subject is object"
    DUPLICATE_RELATION = "duplicate relation"
    PART_OF_GEOMETRIC = "parts of a geometric relation"
    PART_NOT_SHOWN = "part not on its human"
    PART_OUTSIDE_HUMANS = "part outside humans"
    KEYPOINT_OUTSIDE = "keypoint outside"


class Place(NamedTuple):
    """Position in a text file, 1-based as editors count."""

    line: int
    column: int


@dataclass(frozen=True, slots=True)
class Finding:
    """``str()`` gives ``path:line:column: kind: message``, which editors and terminals can jump to."""

    damage: Damage
    path: Path
    message: str
    place: Place | None = None

    def __str__(self) -> str:
        where = f"{self.path}:{self.place.line}:{self.place.column}" if self.place else f"{self.path}"
        return f"{where}: {self.damage}: {self.message}"
