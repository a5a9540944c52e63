"""Category lists of a PIC folder: its own ids and names to those of the vocabulary.

PIC v2.0 names 143 entities and 30 relations. By name, 141 and 21 of them are the vocabulary's; ``RENAMED``
brings the two other relations over. What is left has no counterpart: the entities "property" and "train"
(no instance of them is labelled) and the relations "drive", "hit", "feed", "wear", "on top of", "with" and
"other". That ``RENAMED`` makes the rest one-to-one is our reading; the paper prints no such table.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from hrs_ros.vocabulary import vocabulary

RENAMED = {"look": "look at", "lie in": "lie on"}  # relations of PIC v2.0


@dataclass(frozen=True, slots=True)
class Categories:
    """What the ids in the files mean. ``ids``: file id -> vocabulary id, None without counterpart."""

    ids: dict[int, int | None]
    dropped: tuple[str, ...] = ()  # names without counterpart
    renamed: tuple[tuple[str, str], ...] = ()  # name in the files, name in the vocabulary


def read_list(path: Path, *, required: tuple[str, ...]) -> list[dict[str, Any]]:
    """A JSON list of objects that all hold the ``required`` keys; FileNotFoundError or ValueError."""
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise FileNotFoundError(f"{path} not found: the PIC layout needs it") from None
    except ValueError as error:
        raise ValueError(f"{path}: not readable as JSON ({error})") from error
    if not isinstance(data, list):
        raise ValueError(f"{path}: expected a list, got {type(data).__name__}")
    for position, row in enumerate(data):
        if not isinstance(row, dict) or any(key not in row for key in required):
            raise ValueError(f"{path}: entry {position}: expected an object with {', '.join(required)}")
    return data


def read_entities(path: Path) -> Categories:
    """Entity categories of ``label_categories.json``; the vocabulary's own where the file is absent."""
    return _read(path, vocabulary().entities, {})


def read_relations(path: Path) -> Categories:
    """Relation categories of ``relation_categories.json``; the vocabulary's own where it is absent."""
    return _read(path, vocabulary().relations, RENAMED)


def read_complete_relations(path: Path) -> frozenset[int]:
    """Vocabulary ids of the names in ``complete_relations.json``; of all relations where it is absent."""
    if not path.is_file():
        return frozenset(range(1, len(vocabulary().relations)))
    try:
        listed = json.loads(path.read_text(encoding="utf-8"))
        return frozenset(vocabulary().relation_id(name) for name in listed)
    except (ValueError, TypeError, KeyError) as error:
        raise ValueError(f"{path}: expected a list of relation names ({error})") from error


def _read(path: Path, names: tuple[str, ...], renamed: dict[str, str]) -> Categories:
    if not path.is_file():
        return Categories({number: number for number in range(1, len(names))})
    return _translate(read_list(path, required=("name", "id")), names, renamed)


def _translate(rows: Iterable[dict[str, Any]], names: tuple[str, ...], renamed: dict[str, str]) -> Categories:
    by_name = {_plain(name): number for number, name in enumerate(names) if number}
    ids: dict[int, int | None] = {}
    dropped: list[str] = []
    read_as: list[tuple[str, str]] = []
    for row in rows:
        if int(row["id"]) == 0:
            continue  # some lists name the background
        name = _plain(row["name"])
        number = by_name.get(name)
        if number is None and name in renamed:
            number = by_name[renamed[name]]
            read_as.append((row["name"], names[number]))
        if number is None:
            dropped.append(row["name"])
        ids[int(row["id"])] = number
    return Categories(ids, tuple(dropped), tuple(read_as))


def _plain(name: str) -> str:
    """Public releases write one name as "next-to", "next_to" and "next to"."""
    return name.strip().lower().replace("-", " ").replace("_", " ")
