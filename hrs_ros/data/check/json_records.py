"""Reads a long JSON list element by element, with the line and column where each element starts."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TextIO

from hrs_ros.data.check.finding import Place

CHUNK = 1 << 16  # characters
LONGEST = 1 << 24  # characters of one element; a longer one is taken for a quote or bracket never closed
SPACE = re.compile(r"[ \t\n\r]*")
DECODER = json.JSONDecoder()


class JSONListError(ValueError):
    """Text that is not a JSON list, and where that shows."""

    def __init__(self, message: str, place: Place) -> None:
        super().__init__(message)
        self.place = place


@dataclass(frozen=True, slots=True)
class Record:
    """An element of the list; ``nested`` are the places of the elements of its own list of that name."""

    value: Any
    place: Place
    nested: tuple[Place, ...] = ()


def read_records(path: Path, nested: str = "") -> Iterator[Record]:
    """Elements of the JSON list in ``path``, in order; JSONListError or OSError where it cannot go on."""
    with path.open(encoding="utf-8", newline="") as file:
        text = _Window(file)
        if text.peek() != "[":
            raise JSONListError(f"expected a list, got {text.peek() or 'an empty file'}", text.place())
        text.skip(1)
        if text.peek() == "]":
            text.skip(1)
        else:
            while True:
                yield text.element(nested)
                following = text.peek()
                if following not in (",", "]"):
                    raise JSONListError(f"expected ',' or ']', got {following or 'the end'}", text.place())
                text.skip(1)
                if following == "]":
                    break
        if text.peek():
            raise JSONListError("text after the end of the list", text.place())


class _Window:
    """The unread part of a text file; grows while an element does not fit."""

    def __init__(self, file: TextIO) -> None:
        self._file = file
        self._text = ""
        self._at = 0
        self._line, self._column = 1, 1

    def peek(self) -> str:
        """The next character that is no space; "" at the end."""
        while True:
            self.skip(_solid(self._text, self._at) - self._at)
            if self._at < len(self._text) or not self._grow():
                return self._text[self._at : self._at + 1]

    def skip(self, count: int) -> None:
        skipped = self._text[self._at : self._at + count]
        self._line, self._column = _advance(self.place(), skipped)
        self._at += count

    def place(self) -> Place:
        return Place(self._line, self._column)

    def element(self, nested: str) -> Record:
        """The JSON value that starts at the next character that is no space."""
        self.peek()
        while True:
            try:
                value, end = DECODER.raw_decode(self._text, self._at)
            except json.JSONDecodeError as error:
                if len(self._text) - self._at < LONGEST and self._grow():
                    continue
                place = _advance(self.place(), self._text[self._at : error.pos])
                raise JSONListError(error.msg, place) from error
            # "1" may be the beginning of "1e5": only a comma or bracket ends an element for certain.
            after = _solid(self._text, end)
            if self._text[after : after + 1] in (",", "]") or not self._grow():
                break
        start, place = self._at, self.place()
        places = []
        if isinstance(value, dict) and isinstance(value.get(nested), list):
            for offset in _nested_offsets(self._text, start, nested):
                self.skip(offset - self._at)
                places.append(self.place())
        self.skip(end - self._at)
        return Record(value, place, tuple(places))

    def _grow(self) -> bool:
        """Read on, letting go of what was read; False at the end of the file, where nothing changes."""
        try:
            more = self._file.read(max(CHUNK, len(self._text) - self._at))
        except UnicodeDecodeError as error:
            raise JSONListError(f"not UTF-8 ({error.reason})", self.place()) from error
        if more:
            self._text, self._at = self._text[self._at :] + more, 0
        return bool(more)


def _advance(place: Place, text: str) -> Place:
    lines = text.count("\n")
    if not lines:
        return Place(place.line, place.column + len(text))
    return Place(place.line + lines, len(text) - text.rindex("\n"))


def _nested_offsets(text: str, start: int, key: str) -> list[int]:
    """Offsets of the elements of list ``key`` in the well-formed JSON object at ``start``."""
    offsets: list[int] = []
    at = _solid(text, start + 1)
    while text[at] != "}":
        name, at = DECODER.raw_decode(text, at)
        at = _solid(text, _solid(text, at) + 1)  # past the colon
        if name == key:
            offsets = _element_offsets(text, at)
        _, at = DECODER.raw_decode(text, at)
        at = _past_comma(text, at)
    return offsets


def _element_offsets(text: str, start: int) -> list[int]:
    """Offsets of the elements of the well-formed JSON list at ``start``; none of another value."""
    offsets: list[int] = []
    if text[start] != "[":
        return offsets
    at = _solid(text, start + 1)
    while text[at] != "]":
        offsets.append(at)
        _, at = DECODER.raw_decode(text, at)
        at = _past_comma(text, at)
    return offsets


def _past_comma(text: str, at: int) -> int:
    at = _solid(text, at)
    return _solid(text, at + 1) if text[at] == "," else at


def _solid(text: str, at: int) -> int:
    """Offset of the first character from ``at`` that is no space."""
    match = SPACE.match(text, at)
    assert match is not None  # an empty match is one
    return match.end()
