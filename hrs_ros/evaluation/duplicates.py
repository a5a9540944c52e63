"""Scenes whose twice detected things are merged, for the figure beside the paper's, which keeps them."""

from __future__ import annotations

import dataclasses

from hrs_ros.inference.assemble import DEFAULT_THRESHOLDS, best_relations, merge_duplicates
from hrs_ros.scene import Scene


def without_duplicates(scene: Scene, *, iou: float | None = DEFAULT_THRESHOLDS.duplicate_iou) -> Scene:
    """Of things of one class whose masks overlap by more than ``iou`` the best stays; None merges nothing.

    Relations move to the thing that stays; of those that become the same triplet the best is kept, parts and
    all. This is what the predictor itself does with a frame, done afterwards.
    """
    best_first = sorted(scene.entities, key=lambda entity: (-entity.score, entity.id))
    stays = merge_duplicates(best_first, iou)
    return dataclasses.replace(
        scene,
        entities=tuple(entity for entity in scene.entities if stays[entity.id] == entity.id),
        relations=best_relations(
            dataclasses.replace(
                relation, subject_id=stays[relation.subject_id], object_id=stays[relation.object_id]
            )
            for relation in scene.relations
        ),
    )
