"""The words of a model: PIC's 141 entities, 23 relations, 25 human parts and 16 keypoints, or V-COCO's.

Names and ids live in ``vocabulary.yaml`` (PIC, what the whole package speaks) and ``vocabulary_vcoco.yaml``
(80 entities, 24 relations, for training and evaluation on V-COCO) beside this file. Ids are 1-based; 0 is
background or "no class". Left and right are the person's own, never the viewer's.
"""

from __future__ import annotations

import functools
import hashlib
from dataclasses import dataclass
from importlib import resources
from typing import Any, Literal, get_args

import yaml

VocabularyName = Literal["pic", "vcoco"]

_FILES: dict[VocabularyName, str] = {"pic": "vocabulary.yaml", "vcoco": "vocabulary_vcoco.yaml"}


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Names by id. Index 0 of every tuple is the background, so ``entities[1]`` is ``"human"``."""

    name: VocabularyName
    version: str
    human: int  # entity id of people; only they are subjects
    entities: tuple[str, ...]
    relations: tuple[str, ...]
    parts: tuple[str, ...]
    keypoints: tuple[str, ...]
    stuff: frozenset[int]  # entity ids that are amorphous regions
    actions: frozenset[int]  # relation ids whose subject is refined to the acting parts
    contact: frozenset[int]  # relation ids that mean touching: the acting part is at the thing
    part_mirror: tuple[int, ...]  # part id -> id of the same part on the other side (or itself)
    keypoint_mirror: tuple[int, ...]
    part_aliases: dict[str, tuple[int, ...]]  # "left hand" -> (id of "left arm",)
    digest: str  # sha256 of the names in id order: two files that disagree cannot be mixed silently

    @property
    def entity_count(self) -> int:
        """Entities without the background."""
        return len(self.entities) - 1

    @property
    def relation_count(self) -> int:
        """Relations without the background."""
        return len(self.relations) - 1

    @property
    def part_count(self) -> int:
        """Human parts without the background."""
        return len(self.parts) - 1

    @property
    def has_acting_parts(self) -> bool:
        """Whether relations name the parts that act; without, nothing teaches parts to a model."""
        return bool(self.actions)

    def entity_id(self, name: str) -> int:
        return _index(self.entities, name, "entity")

    def relation_id(self, name: str) -> int:
        return _index(self.relations, name, "relation")

    def part_id(self, name: str) -> int:
        return _index(self.parts, name, "part")

    def is_action(self, relation_id: int) -> bool:
        return relation_id in self.actions


def _index(names: tuple[str, ...], name: str, kind: str) -> int:
    try:
        return names.index(name)
    except ValueError:
        raise KeyError(
            f"unknown {kind} {name!r}: expected one of the {len(names) - 1} names of the vocabulary"
        ) from None


def _mirror(names: tuple[str, ...]) -> tuple[int, ...]:
    swap = {"left": "right", "right": "left"}
    mirrored = (" ".join(swap.get(word, word) for word in name.split()) for name in names)
    return tuple(names.index(name) for name in mirrored)


def vocabulary(name: VocabularyName = "pic") -> Vocabulary:
    """A vocabulary by name, read once; raises ValueError for a name that there is not."""
    if name not in get_args(VocabularyName):
        raise ValueError(
            f"unknown vocabulary {name!r}: expected one of {', '.join(get_args(VocabularyName))}"
        )
    return _read(name)


@functools.cache
def _read(name: VocabularyName) -> Vocabulary:
    data = _load(name)
    body = _load(data["body"]) if "body" in data else data

    def names(source: dict[str, Any], kind: str) -> tuple[str, ...]:
        rows = source[kind]
        if [row["id"] for row in rows] != list(range(1, len(rows) + 1)):
            raise ValueError(f"{_FILES[name]}: ids of {kind} must run from 1 to {len(rows)} without a gap")
        return ("background", *(row["name"] for row in rows))

    entities, relations = names(data, "entities"), names(data, "relations")
    parts, keypoints = names(body, "parts"), names(body, "keypoints")
    digest = hashlib.sha256("\n".join("|".join(group) for group in (entities, relations, parts)).encode())
    return Vocabulary(
        name=name,
        version=data["version"],
        human=entities.index(data["human"]),
        entities=entities,
        relations=relations,
        parts=parts,
        keypoints=keypoints,
        stuff=frozenset(row["id"] for row in data["entities"] if row.get("stuff", False)),
        actions=frozenset(row["id"] for row in data["relations"] if row["kind"] == "action"),
        contact=frozenset(row["id"] for row in data["relations"] if row.get("contact", False)),
        part_mirror=_mirror(parts),
        keypoint_mirror=_mirror(keypoints),
        part_aliases={
            alias: tuple(parts.index(part) for part in targets)
            for alias, targets in body["part_aliases"].items()
        },
        digest=digest.hexdigest(),
    )


def _load(name: VocabularyName) -> dict[str, Any]:
    return yaml.safe_load(resources.files("hrs_ros").joinpath(_FILES[name]).read_text(encoding="utf-8"))
