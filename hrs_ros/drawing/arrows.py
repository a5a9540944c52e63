"""Which arrows a picture shows for its relations: fewer than relations, so that it stays readable."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from hrs_ros.scene import Relation, Scene
from hrs_ros.vocabulary import vocabulary

MOST_PREDICATES = 2  # named on one arrow; the best ones


@dataclass(slots=True)
class Arrow:
    """From a person, or the part that acts, to an entity."""

    subject_id: int
    part_id: int | None  # None: a geometric relation
    object_id: int
    predicates: list[str]  # best first
    mutual: bool = False  # points both ways: "next to" each other

    @property
    def text(self) -> str:
        """ "hold, look at"; "..." stands for more."""
        more = ["..."] if len(self.predicates) > MOST_PREDICATES else []
        return ", ".join(self.predicates[:MOST_PREDICATES] + more)


def arrows_of(scene: Scene, relations: Iterable[Relation]) -> list[Arrow]:
    """Relations of one pair and part share an arrow, and so do geometric relations of two people both ways.

    A pair that acts has no geometric arrow, which says less; one to stuff (stand on floor) would point to an
    arbitrary place of it and has none either.
    """
    rows = list(relations)
    stuff = {entity.id for entity in scene.entities if entity.class_id in vocabulary().stuff}
    acting = {(row.subject_id, row.object_id) for row in rows if row.part_ids}
    arrows: dict[tuple[int, int | None, int], Arrow] = {}
    for row in rows:
        subject, target = row.subject_id, row.object_id
        if row.part_ids:
            for part in row.part_ids:
                _join(arrows, subject, part, target, row.predicate)
        elif target not in stuff and (subject, target) not in acting:
            if (target, None, subject) in arrows:
                arrows[target, None, subject].mutual = True
                _join(arrows, target, None, subject, row.predicate)
            else:
                _join(arrows, subject, None, target, row.predicate)
    return list(arrows.values())


def _join(
    arrows: dict[tuple[int, int | None, int], Arrow],
    subject: int,
    part: int | None,
    target: int,
    predicate: str,
) -> None:
    arrow = arrows.setdefault((subject, part, target), Arrow(subject, part, target, []))
    if predicate not in arrow.predicates:
        arrow.predicates.append(predicate)
