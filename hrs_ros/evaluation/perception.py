"""What evaluation needs of the perception core: a function from image to scene, and what users see of it."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hrs_ros.evaluation.duplicates import without_duplicates
from hrs_ros.inference.reach import within_reach
from hrs_ros.scene import Scene

Predict = Callable[[NDArray[np.uint8]], Scene]  # (H, W, 3) RGB -> scene in the same pixels
Watch = Callable[[str, NDArray[np.uint8], Scene], None]  # told the name, image and scene of every prediction


@dataclass(frozen=True, slots=True)
class OperatingPoint:
    """Scores from which a user sees a relation, or an entity without one; ranking figures go below."""

    relation: float
    entity: float
    duplicate_iou: float | None = None  # masks of one class above it are one thing; None: already merged
    contact_reach: float | None = None  # relations of contact whose ends are farther apart go; None: none do


def at_operating_point(scene: Scene, point: OperatingPoint) -> Scene:
    """Relations that score enough and that no mask contradicts, and the entities in them.

    Other entities stay that score enough by themselves.
    """
    scene = without_duplicates(scene, iou=point.duplicate_iou)
    relations = within_reach(
        (relation for relation in scene.relations if relation.score >= point.relation),
        {entity.id: entity for entity in scene.entities},
        point.contact_reach,
    )
    used = {end for relation in relations for end in (relation.subject_id, relation.object_id)}
    return dataclasses.replace(
        scene,
        relations=relations,
        entities=tuple(e for e in scene.entities if e.id in used or e.score >= point.entity),
    )
