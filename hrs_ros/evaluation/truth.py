"""Ground truth as scenes: what evaluation compares predictions with."""

from __future__ import annotations

import numpy as np

from hrs_ros.data.sample import PARSING_IGNORE, Sample
from hrs_ros.scene import Entity, Mask, Relation, Scene
from hrs_ros.vocabulary import vocabulary


def scene_from_sample(sample: Sample) -> Scene:
    """Scene of the labels of one image; entity id = row of ``sample.masks`` + 1, every score 1.

    The parts of a human are its mask AND the parsing map (spec section 5.5). A relation whose acting parts
    are not labelled gets none.
    """
    height, width = sample.image.shape[:2]
    return Scene(
        height=height,
        width=width,
        entities=tuple(_entity(sample, row) for row in range(len(sample.masks))),
        relations=tuple(
            Relation(
                subject_id=label.subject + 1,
                predicate_id=label.predicate_id,
                object_id=label.object + 1,
                score=1.0,
                part_ids=label.parts or (),
                part_scores=(1.0,) * len(label.parts or ()),
                vocabulary=sample.vocabulary,
            )
            for label in sample.relations
        ),
        frame_id=sample.name,
    )


def _entity(sample: Sample, row: int) -> Entity:
    mask, class_id = Mask.from_full(sample.masks[row]), int(sample.class_ids[row])
    parts: dict[int, Mask] = {}
    if class_id == vocabulary(sample.vocabulary).human:
        crop = sample.parsing[mask.y : mask.y + mask.height, mask.x : mask.x + mask.width]
        for part in np.unique(crop[mask.bits]):
            if part not in (0, PARSING_IGNORE):
                inside = Mask.from_full((crop == part) & mask.bits)
                parts[int(part)] = Mask(x=mask.x + inside.x, y=mask.y + inside.y, bits=inside.bits)
    return Entity(
        id=row + 1, class_id=class_id, score=1.0, mask=mask, parts=parts, vocabulary=sample.vocabulary
    )
