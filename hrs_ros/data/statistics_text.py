"""Statistics as tables to print."""

from __future__ import annotations

from collections import Counter
from typing import NamedTuple

from hrs_ros.data.statistics import Statistics, long_tail
from hrs_ros.vocabulary import vocabulary


class Comparison(NamedTuple):
    """A row of the paper's Table 3; resolution is the average height and width in pixels."""

    dataset: str
    stuff: bool
    segmentation: bool
    relation: bool
    height: float
    width: float


TABLE_3 = (
    Comparison("Visual Genome", True, True, True, 413, 500),
    Comparison("VRD", True, False, True, 764, 950),
    Comparison("V-COCO", False, True, True, 481, 578),
    Comparison("HICO-DET", False, False, True, 497, 593),
    Comparison("PIC", True, True, True, 1427, 1882),
)


def comparison(name: str, counts: Statistics) -> Comparison:
    """The row of Table 3 for ``counts``; all readers here give masks, so it is segmented if it holds any."""
    words = vocabulary()
    stuff = any(counts.entities[words.entities[number]] for number in words.stuff)
    segmentation, relation = counts.entities.total() > 0, counts.relations.total() > 0
    return Comparison(name, stuff, segmentation, relation, *counts.average_resolution)


def table_lines(name: str, counts: Statistics) -> list[str]:
    """Table 3 with a last row for the data set ``name``."""
    lines = [f"{'data set':24} {'stuff':>6} {'masks':>6} {'relations':>10}  average resolution"]
    for row in (*TABLE_3, comparison(name, counts)):
        stuff, masks, relation = ("yes" if has else "-" for has in row[1:4])
        resolution = f"{row.height:.0f} x {row.width:.0f}"
        lines.append(f"{row.dataset:24} {stuff:>6} {masks:>6} {relation:>10}  {resolution:>18}")
    return lines


def count_lines(counts: Statistics) -> list[str]:
    """Averages, then every class, commonest first."""
    words = vocabulary()
    entities, relations = counts.entities.total(), counts.relations.total()
    humans = counts.entities[words.entities[words.human]]
    lines = [
        f"{counts.images} images, each with {counts.per_image(entities):.1f} entities "
        f"({counts.per_image(humans):.1f} human) and {counts.per_image(relations):.1f} relations",
        f"{counts.actions_without_parts} actions without labelled parts",
    ]
    tables: dict[str, Counter[str]] = {
        "entities": counts.entities,
        "relations": counts.relations,
        "images that show a part": counts.parts,
        "acting parts": counts.acting,
    }
    for title, table in tables.items():
        tail = long_tail(table)
        lines.append(f"{title}: {table.total()}, {tail.classes} classes, {tail.nine_tenths} hold nine tenths")
        lines += [f"  {count:7d}  {name}" for name, count in table.most_common()]
    return lines
