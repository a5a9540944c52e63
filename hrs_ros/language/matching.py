"""Which entities of a scene fit a description, and how well."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from hrs_ros.language.places import in_place
from hrs_ros.language.query import Description, Link, PartRequirement
from hrs_ros.scene import Entity, Relation, Scene

SAME_THING_IOU = 0.7  # masks of one class that overlap this much are one thing


@dataclass(frozen=True, slots=True)
class Match:
    """One entity that fits."""

    entity: Entity
    score: float  # [0, 1]: of the relations asked for and their parts, or of the entity where none was
    support: tuple[int, ...] = ()  # rows of Scene.relations, one for each relation asked for and those nested


class Matcher:
    """Matches in one scene. Nested descriptions are matched once and kept."""

    def __init__(self, scene: Scene, *, margin: float) -> None:
        self.scene = scene
        self._margin = margin
        self._entities = {entity.id: entity for entity in scene.entities}
        self._humans = {human.id for human in scene.humans()}
        self._as_subject: dict[int, list[int]] = defaultdict(list)
        self._as_object: dict[int, list[int]] = defaultdict(list)
        for row, relation in enumerate(scene.relations):
            ends = relation.subject_id, relation.object_id
            if ends[0] in self._humans and ends[1] in self._entities and ends[0] != ends[1]:
                self._as_subject[relation.subject_id].append(row)
                self._as_object[relation.object_id].append(row)
        self._kept: dict[Description, dict[int, Match]] = {}

    def matches(self, description: Description) -> dict[int, Match]:
        """Entity id -> match, best score first, then by id. One thing detected twice is one match."""
        if description not in self._kept:
            found = [
                match for entity in self.of_class(description) if (match := self._match(entity, description))
            ]
            ranked = sorted(found, key=lambda match: (-match.score, match.entity.id))
            distinct = _without_doubles(ranked)
            placed = in_place(distinct, description.place, width=self.scene.width, margin=self._margin)
            self._kept[description] = {match.entity.id: match for match in placed}
        return self._kept[description]

    def of_class(self, description: Description) -> list[Entity]:
        """Entities of an asked class, whatever else is asked of them."""
        ids = description.class_ids
        return [entity for entity in self.scene.entities if ids is None or entity.class_id in ids]

    def relations(self, entity_ids: Iterable[int], link: Link) -> Iterator[tuple[int, Relation]]:
        """Rows between these entities and those that fit the link's other end, whatever the relation."""
        table = self._as_subject if link.is_subject else self._as_object
        others = self.matches(link.other)
        for row in sorted({row for entity_id in entity_ids for row in table[entity_id]}):
            relation = self.scene.relations[row]
            if other_end(relation, link) in others:
                yield row, relation

    def support(self, entity_id: int, link: Link) -> Match | None:
        """The best relation by which an entity has a link, as a match of that entity."""
        best: Match | None = None
        for row, relation in self.relations((entity_id,), link):
            share = part_share(relation, link.part)
            if relation.predicate_id not in link.predicate_ids or share is None:
                continue
            other = self.matches(link.other)[other_end(relation, link)]
            # The class alone of the other end is in the relation's own score already.
            score = relation.score * share * (other.score if other.support else 1.0)
            if best is None or score > best.score:
                best = Match(self._entities[entity_id], score, (row, *other.support))
        return best

    def _match(self, entity: Entity, description: Description) -> Match | None:
        if description.worn and not any(
            part in entity.parts and entity.parts[part].bits.any() for part in description.worn
        ):
            return None
        score = 1.0
        support: tuple[int, ...] = ()
        for link in description.links:
            found = self.support(entity.id, link)
            if (found is None) != link.negated:
                return None
            if found is not None:
                score, support = score * found.score, (*support, *found.support)
        return Match(entity, score, support) if support else Match(entity, entity.score)


def other_end(relation: Relation, link: Link) -> int:
    """Entity id at the end of a relation that is not the described one."""
    return relation.object_id if link.is_subject else relation.subject_id


def part_share(relation: Relation, part: PartRequirement | None) -> float | None:
    """Score of the asked parts in a relation: best of any-of, worst of all-of; None when they do not act.

    A part listed without a score counts as certain.
    """
    if part is None:
        return 1.0
    scores = dict.fromkeys(relation.part_ids, 1.0) | dict(
        zip(relation.part_ids, relation.part_scores, strict=False)
    )
    found = [scores[part_id] for part_id in part.part_ids if part_id in scores]
    if part.every:
        return min(found) if len(found) == len(part.part_ids) else None
    return max(found, default=None)


def _without_doubles(ranked: list[Match]) -> list[Match]:
    """Drop entities of the class and nearly the pixels of a better one: one thing detected twice."""
    kept: list[Match] = []
    for match in ranked:
        if not any(_same_thing(match.entity, better.entity) for better in kept):
            kept.append(match)
    return kept


def _same_thing(one: Entity, other: Entity) -> bool:
    if one.class_id != other.class_id:
        return False
    a, b = one.mask, other.mask
    # The boxes bound the masks' overlap; most pairs need no pixels.
    width = min(a.x + a.width, b.x + b.width) - max(a.x, b.x)
    height = min(a.y + a.height, b.y + b.height) - max(a.y, b.y)
    if width <= 0 or height <= 0:
        return False
    return a.iou(b) >= SAME_THING_IOU
