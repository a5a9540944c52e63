"""How often each class is seen in a set of scenes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from hrs_ros.evaluation.table import TextTable
from hrs_ros.scene import Scene
from hrs_ros.vocabulary import vocabulary


@dataclass(slots=True)
class Counts:
    """Class names -> how many there are, and in how many pictures."""

    entities: Counter[str] = field(default_factory=Counter)
    relations: Counter[str] = field(default_factory=Counter)
    parts: Counter[str] = field(default_factory=Counter)  # visible, of all people
    acting: Counter[str] = field(default_factory=Counter)  # parts that act, a triplet each
    pictures: dict[str, Counter[str]] = field(default_factory=dict)  # kind -> name -> pictures

    def add(self, scene: Scene) -> None:
        """Count one more picture."""
        for kind, names in names_of(scene).items():
            self.pictures.setdefault(kind, Counter()).update(names)
        self.entities.update(entity.name for entity in scene.entities)
        self.relations.update(relation.predicate for relation in scene.relations)
        words = vocabulary()
        self.parts.update(words.parts[part] for human in scene.humans() for part in human.parts)
        self.acting.update(name for relation in scene.relations for name in relation.part_names)

    def tables(self) -> list[TextTable]:
        """Relations and parts in the vocabulary's order with those never seen, entities by how often."""
        words = vocabulary()
        rows = {
            "relations": [(name, [self.relations[name]]) for name in words.relations[1:]],
            "entities": [(name, [count]) for name, count in self.entities.most_common()],
            "parts": [(name, [self.parts[name], self.acting[name]]) for name in words.parts[1:]],
        }
        totals = {"relations": words.relations, "entities": words.entities, "parts": words.parts}
        headers = {
            "relations": ("relation", "pictures", "triplets"),
            "entities": ("entity", "pictures", "instances"),
            "parts": ("part", "pictures", "people", "acting"),
        }
        tables = []
        for kind, found in rows.items():
            pictures = self.pictures.get(kind, Counter())
            covered = sum(counts[0] > 0 for _, counts in found)
            cells = tuple((name, str(pictures[name]), *map(str, counts)) for name, counts in found)
            title = f"{covered} of {len(totals[kind]) - 1} {kind}"
            tables.append(TextTable(title, headers[kind], cells))
        return tables


def names_of(scene: Scene) -> dict[str, list[str]]:
    """What a picture can be found by: names of its relations, entities and acting parts, each once."""
    return {
        "relations": _once(relation.predicate for relation in scene.relations),
        "entities": _once(entity.name for entity in scene.entities),
        "parts": _once(vocabulary().parts[part] for human in scene.humans() for part in human.parts),
        "acting parts": _once(name for relation in scene.relations for name in relation.part_names),
    }


def _once(names: Iterable[str]) -> list[str]:
    return sorted(set(names))
