"""What a set of labelled images holds: the counts behind the paper's Figures 3 to 5 and Table 3."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import numpy as np

from hrs_ros.data.sample import PARSING_IGNORE, RelationLabel, Sample
from hrs_ros.vocabulary import vocabulary


class Triplet(NamedTuple):
    """A kind of triplet by name; ``part`` is "" where no acting part is labelled."""

    part: str
    relation: str
    object: str


class Tail(NamedTuple):
    """How many classes, commonest first, hold half and nine tenths of all instances; how many hold any."""

    half: int
    nine_tenths: int
    classes: int


@dataclass(slots=True)
class Statistics:
    """Counts by name; every count is of what is labelled."""

    images: int = 0
    resolutions: Counter[tuple[int, int]] = field(default_factory=Counter)  # (height, width) -> images
    entities: Counter[str] = field(default_factory=Counter)  # -> instances
    relations: Counter[str] = field(default_factory=Counter)  # -> triplets
    triplets: Counter[Triplet] = field(default_factory=Counter)  # an action counts once for each acting part
    parts: Counter[str] = field(default_factory=Counter)  # -> images that show the part
    action_parts: Counter[tuple[str, str]] = field(default_factory=Counter)  # (action, acting part)
    actions_without_parts: int = 0  # actions whose acting parts are not labelled

    def add(self, sample: Sample) -> None:
        words = vocabulary()
        height, width = sample.image.shape[:2]
        self.images += 1
        self.resolutions[height, width] += 1
        self.entities.update(words.entities[class_id] for class_id in sample.class_ids.tolist())
        shown = np.flatnonzero(np.bincount(sample.parsing.ravel(), minlength=256)).tolist()
        self.parts.update(words.parts[part] for part in shown if part not in (0, PARSING_IGNORE))
        for relation in sample.relations:
            self._add_relation(relation, words.entities[int(sample.class_ids[relation.object])])

    def _add_relation(self, relation: RelationLabel, thing: str) -> None:
        words = vocabulary()
        name = words.relations[relation.predicate_id]
        parts = [words.parts[part] for part in relation.parts or ()]
        self.relations[name] += 1
        self.triplets.update(Triplet(part, name, thing) for part in parts or [""])
        self.action_parts.update((name, part) for part in parts)
        if words.is_action(relation.predicate_id) and relation.parts is None:
            self.actions_without_parts += 1

    @property
    def acting(self) -> Counter[str]:
        """Part -> how often it acts."""
        counts: Counter[str] = Counter()
        for (_, part), count in self.action_parts.items():
            counts[part] += count
        return counts

    @property
    def average_resolution(self) -> tuple[float, float]:
        """Mean height and width in pixels; 0, 0 without images."""
        sides = [sum(size[axis] * count for size, count in self.resolutions.items()) for axis in (0, 1)]
        return sides[0] / max(self.images, 1), sides[1] / max(self.images, 1)

    def per_image(self, count: int) -> float:
        """``count`` shared out over the images; 0 without images."""
        return count / max(self.images, 1)

    def as_dict(self) -> dict[str, Any]:
        """The counts for a JSON file, commonest first."""
        words = vocabulary()
        stuff = {words.entities[number] for number in words.stuff}
        actions = {words.relations[number] for number in words.actions}
        height, width = self.average_resolution
        return {
            "vocabulary": words.version,
            "images": self.images,
            "per_image": {
                "entities": self.per_image(self.entities.total()),
                "humans": self.per_image(self.entities[words.entities[words.human]]),
                "relations": self.per_image(self.relations.total()),
            },
            "average_resolution": {"height": height, "width": width},
            "resolutions": [
                {"height": size[0], "width": size[1], "images": count}
                for size, count in self.resolutions.most_common()
            ],
            "things": {name: n for name, n in self.entities.most_common() if name not in stuff},
            "stuff": {name: n for name, n in self.entities.most_common() if name in stuff},
            "actions": {name: n for name, n in self.relations.most_common() if name in actions},
            "geometric": {name: n for name, n in self.relations.most_common() if name not in actions},
            "actions_without_parts": self.actions_without_parts,
            "triplets": [
                {**triplet._asdict(), "count": count} for triplet, count in self.triplets.most_common()
            ],
            "images_with_part": dict(self.parts.most_common()),
            "action_parts": [
                {"action": action, "part": part, "count": count}
                for (action, part), count in self.action_parts.most_common()
            ],
            "long_tail": {
                "entities": long_tail(self.entities)._asdict(),
                "relations": long_tail(self.relations)._asdict(),
                "triplets": long_tail(self.triplets)._asdict(),
            },
        }


def statistics(samples: Iterable[Sample]) -> Statistics:
    """Counts over ``samples``, one of them in memory at a time."""
    result = Statistics()
    for sample in samples:
        result.add(sample)
    return result


def long_tail(counts: Counter[Any]) -> Tail:
    """Where the mass of a distribution lies."""
    running = np.cumsum([count for _, count in counts.most_common()] or [0])
    total = int(running[-1])
    half, nine_tenths = (int(np.searchsorted(running, share * total)) + 1 for share in (0.5, 0.9))
    return Tail(half, nine_tenths, len(counts)) if total else Tail(0, 0, 0)
