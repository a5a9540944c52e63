"""The PIC vocabulary: 141 entities, 23 relations, 25 human parts, 16 keypoints.

Names and ids live in ``vocabulary.yaml`` beside this file. Ids are 1-based; 0 is background or "no class".
Left and right are the person's own, never the viewer's.
"""

from __future__ import annotations

import functools
import hashlib
from dataclasses import dataclass
from importlib import resources

import yaml


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Names by id. Index 0 of every tuple is the background, so ``entities[1]`` is ``"human"``."""

    version: str
    entities: tuple[str, ...]
    relations: tuple[str, ...]
    parts: tuple[str, ...]
    keypoints: tuple[str, ...]
    stuff: frozenset[int]  # entity ids that are amorphous regions
    actions: frozenset[int]  # relation ids whose subject is refined to the acting parts
    part_mirror: tuple[int, ...]  # part id -> id of the same part on the other side (or itself)
    keypoint_mirror: tuple[int, ...]
    part_aliases: dict[str, tuple[int, ...]]  # "left hand" -> (id of "left arm",)
    digest: str  # sha256 of the names in id order: two files that disagree cannot be mixed silently

    @property
    def human(self) -> int:
        """Entity id of "human"; only humans are subjects."""
        return self.entity_id("human")

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


@functools.cache
def vocabulary() -> Vocabulary:
    """The one vocabulary of this package, read once."""
    data = yaml.safe_load(resources.files("hrs_ros").joinpath("vocabulary.yaml").read_text(encoding="utf-8"))

    def names(kind: str) -> tuple[str, ...]:
        rows = data[kind]
        if [row["id"] for row in rows] != list(range(1, len(rows) + 1)):
            raise ValueError(f"vocabulary.yaml: ids of {kind} must run from 1 to {len(rows)} without a gap")
        return ("background", *(row["name"] for row in rows))

    entities, relations, parts, keypoints = map(names, ("entities", "relations", "parts", "keypoints"))
    digest = hashlib.sha256("\n".join("|".join(group) for group in (entities, relations, parts)).encode())
    return Vocabulary(
        version=data["version"],
        entities=entities,
        relations=relations,
        parts=parts,
        keypoints=keypoints,
        stuff=frozenset(row["id"] for row in data["entities"] if row["stuff"]),
        actions=frozenset(row["id"] for row in data["relations"] if row["kind"] == "action"),
        part_mirror=_mirror(parts),
        keypoint_mirror=_mirror(keypoints),
        part_aliases={
            alias: tuple(parts.index(part) for part in targets)
            for alias, targets in data["part_aliases"].items()
        },
        digest=digest.hexdigest(),
    )
