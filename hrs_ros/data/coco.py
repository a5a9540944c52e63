"""COCO categories and V-COCO actions in PIC's words; the table is ``coco.yaml`` beside this file."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from importlib import resources

import yaml

from hrs_ros.vocabulary import vocabulary


@dataclass(frozen=True, slots=True)
class CocoTable:
    """What COCO labels mean here."""

    entities: dict[str, int]  # category -> entity id
    ignored: frozenset[str]  # categories that PIC might call one of its classes, we cannot tell which
    covered: frozenset[int]  # entity ids whose every instance has one of COCO's categories
    relations: dict[tuple[str, str], int]  # (V-COCO action, role) -> relation id


@functools.cache
def coco_table() -> CocoTable:
    """The one table of this package, read once and checked against the vocabulary."""
    data = yaml.safe_load(resources.files(__package__).joinpath("coco.yaml").read_text(encoding="utf-8"))
    names = vocabulary()
    categories: dict[str, dict[str, object]] = data["categories"]
    for category, row in categories.items():
        if len({"entity", "ignore", "absent"} & set(row)) != 1:
            raise ValueError(f"coco.yaml: {category}: expected exactly one of entity, ignore, absent")
    mapped = {name: row for name, row in categories.items() if "entity" in row}
    return CocoTable(
        entities={name: names.entity_id(str(row["entity"])) for name, row in mapped.items()},
        ignored=frozenset(name for name, row in categories.items() if "ignore" in row),
        covered=frozenset(names.entity_id(str(row["entity"])) for row in mapped.values() if row["covers"]),
        relations={
            (action, role): names.relation_id(relation)
            for action, roles in data["actions"].items()
            for role, relation in roles.items()
        },
    )
