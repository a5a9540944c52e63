"""Raw outputs of the graph -> Scene (spec sections 5.3 to 5.5): plain numpy, masks only where needed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from hrs_ros.inference.contested import yielded
from hrs_ros.inference.letterbox import Letterbox
from hrs_ros.inference.reach import within_reach
from hrs_ros.scene import Entity, Relation, Scene
from hrs_ros.vocabulary import Vocabulary, vocabulary


@dataclass(frozen=True, slots=True)
class Thresholds:
    """What is kept of a frame. ``duplicate_iou`` None = the paper, which keeps duplicate masks."""

    score: float = 0.3  # entities without a relation
    relation: float = 0.08  # relations, on (Y_s * Y_o)^entity_weight * P_r; their entities are kept, too
    part: float = 0.5  # acting parts; if none passes, the best one acts (spec 5.5)
    duplicate_iou: float | None = 0.7  # same class and IoU above this: one entity
    exclusive_masks: bool = True  # things of one class share pixels out (contested.py); False = the paper
    contact_reach: float | None = 0.3  # relations of contact across more go (reach.py); None = the paper
    entity_weight: float = 0.5  # how much a relation's ends count for that; 1 = the paper

    def __post_init__(self) -> None:
        for name in ("score", "relation", "part", "duplicate_iou", "entity_weight"):
            value = getattr(self, name)
            if value is not None and not 0 <= value <= 1:
                raise ValueError(f"threshold {name}: expected a number in [0, 1], got {value}")
        if self.contact_reach is not None and not self.contact_reach >= 0:
            raise ValueError(
                f"threshold contact_reach: expected a number from 0 on, got {self.contact_reach}"
            )

    def of_the_paper(self) -> Thresholds:
        """The same limits, with the paper's scores, duplicate and overlapping masks, and any reach."""
        return replace(self, duplicate_iou=None, exclusive_masks=False, contact_reach=None, entity_weight=1.0)


DEFAULT_THRESHOLDS = Thresholds()


def assemble(
    outputs: Mapping[str, NDArray[Any]],
    letterbox: Letterbox,
    *,
    thresholds: Thresholds,
    words: Vocabulary | None = None,
    stamp_ns: int = 0,
    frame_id: str = "",
) -> Scene:
    """One frame's outputs (graph.OUTPUT_NAMES, no batch axis) as a Scene in source pixels.

    Entity ids run from 1 in order of falling score; relations come best first. ``words`` are the model's,
    None for PIC's; people get parts only where that vocabulary teaches them.
    """
    words = words or vocabulary()
    slots = _merge_slots(outputs)
    # Until the final numbering, entity ids are slot numbers.
    relations = best_relations(_relations(outputs, slots, thresholds, words))
    in_use = {end for relation in relations for end in (relation.subject_id, relation.object_id)}
    in_use.update(slot for slot in set(slots) if outputs["entity_score"][slot] >= thresholds.score)
    found = (_entity(outputs, slot, letterbox, words) for slot in in_use)
    best_first = sorted(
        (entity for entity in found if entity.mask.bits.size), key=lambda entity: (-entity.score, entity.id)
    )
    stays = merge_duplicates(best_first, thresholds.duplicate_iou)
    distinct = [entity for entity in best_first if stays[entity.id] == entity.id]
    if thresholds.exclusive_masks:
        distinct = _shared_out(distinct, outputs, letterbox)
    entities = {entity.id: _with_parts(entity, outputs, letterbox, words) for entity in distinct}
    stays = {slot: kept for slot, kept in stays.items() if kept in entities}
    relations = best_relations(
        replace(relation, subject_id=stays[relation.subject_id], object_id=stays[relation.object_id])
        for relation in relations
        if relation.subject_id in stays and relation.object_id in stays  # both masks have pixels
    )
    relations = within_reach(relations, entities, thresholds.contact_reach)
    related = {end for relation in relations for end in (relation.subject_id, relation.object_id)}
    seen = [e for e in entities.values() if e.id in related or e.score >= thresholds.score]
    numbers = {entity.id: number for number, entity in enumerate(seen, start=1)}
    return Scene(
        height=letterbox.source_height,
        width=letterbox.source_width,
        entities=tuple(replace(entity, id=numbers[entity.id]) for entity in seen),
        relations=tuple(
            replace(relation, subject_id=numbers[relation.subject_id], object_id=numbers[relation.object_id])
            for relation in relations
        ),
        stamp_ns=stamp_ns,
        frame_id=frame_id,
    )


def _merge_slots(outputs: Mapping[str, NDArray[Any]]) -> list[int]:
    """Slot -> first slot of the same entity: a human fills a subject and an object slot with one peak."""
    cells = outputs["entity_centre"].astype(np.int64).tolist()
    classes = outputs["entity_class"].tolist()
    first: dict[tuple[int, int, int], int] = {}
    return [
        first.setdefault((class_id, x, y), slot)
        for slot, (class_id, (x, y)) in enumerate(zip(classes, cells, strict=True))
    ]


def _relations(
    outputs: Mapping[str, NDArray[Any]], slots: list[int], thresholds: Thresholds, words: Vocabulary
) -> Iterable[Relation]:
    rows = np.flatnonzero(_sureness(outputs, thresholds.entity_weight) >= thresholds.relation)
    # Plain lists: numpy calls on 25 numbers each would cost more than all the rest.
    columns = ("relation_subject", "relation_class", "relation_object", "relation_score", "relation_part")
    values = (outputs[name][rows].tolist() for name in columns)
    for subject, predicate, target, score, probabilities in zip(*values, strict=True):
        parts: list[int] = []
        if predicate in words.actions:
            parts = [part for part, value in enumerate(probabilities) if value > thresholds.part]
            parts = parts or [max(range(len(probabilities)), key=probabilities.__getitem__)]
        yield Relation(
            subject_id=slots[subject],
            predicate_id=predicate,
            object_id=slots[target],
            score=score,
            part_ids=tuple(part + 1 for part in parts),
            part_scores=tuple(probabilities[part] for part in parts),
            vocabulary=words.name,
        )


def _sureness(outputs: Mapping[str, NDArray[Any]], weight: float) -> NDArray[np.float32]:
    """(R,) float32 (Y_s * Y_o)^weight * P_r, from the graph's score Y_s * Y_o * P_r (spec 5.2)."""
    score = outputs["relation_score"]
    if weight == 1:
        return score
    entity = outputs["entity_score"]
    ends = entity[outputs["relation_subject"]] * entity[outputs["relation_object"]]
    point = score / np.maximum(ends, np.finfo(np.float32).tiny)  # P_r, to rounding
    return np.minimum(point, 1) * ends ** np.float32(weight)


def best_relations(relations: Iterable[Relation]) -> tuple[Relation, ...]:
    """Best first, one of each (subject, predicate, object), nobody related to himself (spec 5.2 and 5.3)."""
    best: dict[tuple[int, int, int], Relation] = {}
    for relation in sorted(relations, key=lambda relation: -relation.score):
        if relation.subject_id != relation.object_id:
            key = (relation.subject_id, relation.predicate_id, relation.object_id)
            best.setdefault(key, relation)
    return tuple(best.values())


def _entity(
    outputs: Mapping[str, NDArray[Any]], slot: int, letterbox: Letterbox, words: Vocabulary
) -> Entity:
    return Entity(
        id=slot,
        class_id=int(outputs["entity_class"][slot]),
        score=float(outputs["entity_score"][slot]),
        mask=letterbox.mask_to_source(outputs["entity_mask"][slot]),
        vocabulary=words.name,
    )


def _shared_out(
    entities: list[Entity], outputs: Mapping[str, NDArray[Any]], letterbox: Letterbox
) -> list[Entity]:
    """The same entities after each class has shared its pixels out, without those that keep none."""
    slots: dict[int, list[int]] = {}
    for entity in entities:
        slots.setdefault(entity.class_id, []).append(entity.id)
    changed: dict[int, NDArray[np.float32]] = {}
    for group in slots.values():
        changed |= yielded(outputs["entity_mask"], group)
    masks = {slot: letterbox.mask_to_source(logits) for slot, logits in changed.items()}
    shared = (replace(entity, mask=masks.get(entity.id, entity.mask)) for entity in entities)
    return [entity for entity in shared if entity.mask.bits.size]


def _with_parts(
    entity: Entity, outputs: Mapping[str, NDArray[Any]], letterbox: Letterbox, words: Vocabulary
) -> Entity:
    if not (entity.is_human and words.has_acting_parts):
        return entity
    return replace(entity, parts=letterbox.split_by_label(outputs["parsing"], entity.mask))


def merge_duplicates(entities: list[Entity], limit: float | None) -> dict[int, int]:
    """Entity id -> id of the better entity it repeats, or its own; ``entities`` best first."""
    rename: dict[int, int] = {}
    kept: list[Entity] = []
    for entity in entities:
        twin = next(
            (
                other
                for other in kept
                if limit is not None
                and other.class_id == entity.class_id
                and other.mask.iou(entity.mask) > limit
            ),
            None,
        )
        rename[entity.id] = entity.id if twin is None else twin.id
        if twin is None:
            kept.append(entity)
    return rename
