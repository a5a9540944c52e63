"""What a set of labelled images holds: counts that show at a glance whether training can learn from it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

import numpy as np

from hrs_ros.data.sample import PARSING_IGNORE, Sample
from hrs_ros.vocabulary import vocabulary


@dataclass(slots=True)
class Statistics:
    """Counts by name. ``parts`` counts images that show the part, ``acting`` parts of labelled actions."""

    images: int = 0
    entities: Counter[str] = field(default_factory=Counter)
    relations: Counter[str] = field(default_factory=Counter)
    parts: Counter[str] = field(default_factory=Counter)
    acting: Counter[str] = field(default_factory=Counter)
    actions_without_parts: int = 0  # actions whose acting parts are not labelled

    def add(self, sample: Sample) -> None:
        words = vocabulary()
        self.images += 1
        self.entities.update(words.entities[class_id] for class_id in sample.class_ids.tolist())
        shown = np.flatnonzero(np.bincount(sample.parsing.ravel(), minlength=256)).tolist()
        self.parts.update(words.parts[part] for part in shown if part not in (0, PARSING_IGNORE))
        for relation in sample.relations:
            self.relations[words.relations[relation.predicate_id]] += 1
            self.acting.update(words.parts[part] for part in relation.parts or ())
            if words.is_action(relation.predicate_id) and relation.parts is None:
                self.actions_without_parts += 1

    def lines(self) -> list[str]:
        """A table to print, commonest first."""
        tables = {
            "entities": self.entities,
            "relations": self.relations,
            "images that show a part": self.parts,
            "acting parts": self.acting,
        }
        text = [f"{self.images} images, {self.actions_without_parts} actions without labelled parts"]
        for title, counts in tables.items():
            text.append(f"{title}: {counts.total()}, {len(counts)} classes")
            text += [f"  {count:7d}  {name}" for name, count in counts.most_common()]
        return text


def statistics(samples: Iterable[Sample]) -> Statistics:
    """Counts over ``samples``."""
    result = Statistics()
    for sample in samples:
        result.add(sample)
    return result
