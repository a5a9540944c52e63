"""Checks the triplets of one image against its label maps and the category lists."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, TypeGuard

from hrs_ros.data.check.finding import Damage, Finding, Place
from hrs_ros.data.check.image import Labelled
from hrs_ros.data.check.json_records import Record
from hrs_ros.data.pic_categories import Categories
from hrs_ros.vocabulary import vocabulary

KEYS = ("subject", "object", "relation")


def is_id(value: object) -> TypeGuard[int]:
    """JSON's true and 3.0 are no ids."""
    return isinstance(value, int) and not isinstance(value, bool)


def check_relations(
    path: Path, record: Record, categories: Categories, labelled: Labelled | None
) -> Iterator[Finding]:
    """Findings on ``record.value["relations"]``; without ``labelled``, on what needs no label map."""
    first: dict[tuple[int, int, int], Place] = {}
    for row, place in zip(record.value["relations"], record.nested, strict=True):
        for damage, message in _row_findings(row, categories, labelled):
            yield Finding(damage, path, f"{record.value['name']}: {message}", place)
        if not _is_triplet(row):
            continue
        subject, target, relation = (row[key] for key in KEYS)
        triplet = (subject, target, relation)
        if triplet in first:
            message = f"{record.value['name']}: {triplet_text(row)} is already in line {first[triplet].line}"
            yield Finding(Damage.DUPLICATE_RELATION, path, message, place)
        first.setdefault(triplet, place)


def triplet_text(row: dict[str, Any]) -> str:
    return f"<{row['subject']}, relation {row['relation']}, {row['object']}>"


def _is_triplet(row: object) -> TypeGuard[dict[str, Any]]:
    return isinstance(row, dict) and all(is_id(row.get(key)) for key in KEYS)


def _row_findings(
    row: object, categories: Categories, labelled: Labelled | None
) -> Iterator[tuple[Damage, str]]:
    if not _is_triplet(row):
        yield Damage.MALFORMED, f"expected integers {', '.join(KEYS)}, got {row}"
        return
    subject, target, relation = (row[key] for key in KEYS)
    if relation not in categories.ids:
        yield Damage.UNKNOWN_RELATION, f"relation {relation} is not in the category list"
    if subject == target:
        yield Damage.SUBJECT_IS_OBJECT, f"instance {subject} is both ends of relation {relation}"
    if labelled is not None:
        for end in dict.fromkeys((subject, target)):
            if end not in labelled.instances:
                yield Damage.UNKNOWN_INSTANCE, f"instance {end} has no pixel in the instance map"
        if subject in labelled.instances and subject not in labelled.humans:
            yield Damage.SUBJECT_NOT_HUMAN, f"subject {subject} of {triplet_text(row)}"
    yield from _part_findings(row, categories, labelled)


def _part_findings(
    row: dict[str, Any], categories: Categories, labelled: Labelled | None
) -> Iterator[tuple[Damage, str]]:
    names = vocabulary().parts
    parts = row.get("parts", [])
    if not isinstance(parts, list) or not all(is_id(part) for part in parts):
        yield Damage.MALFORMED, f"parts of {triplet_text(row)}: expected a list of part ids, got {parts}"
        return
    predicate = categories.ids.get(row["relation"])
    if parts and predicate is not None and not vocabulary().is_action(predicate):
        relation = vocabulary().relations[predicate]
        yield Damage.PART_OF_GEOMETRIC, f"{relation!r} is of the whole human, but has parts {parts}"
    shown = labelled.parts.get(row["subject"]) if labelled is not None else None
    for part in parts:
        if not 0 < part < len(names):
            yield Damage.UNKNOWN_PART, f"part {part} of {triplet_text(row)}: expected 1 to {len(names) - 1}"
        elif shown is not None and part not in shown:
            message = (
                f"{names[part]!r} acts in {triplet_text(row)} but has no pixel on human {row['subject']}"
            )
            yield Damage.PART_NOT_SHOWN, message
