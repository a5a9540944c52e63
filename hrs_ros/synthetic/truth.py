"""The true Scene of a rendered picture, in the form that a predictor gives."""

from __future__ import annotations

import numpy as np

from hrs_ros.scene import Entity, Mask, Relation, Scene
from hrs_ros.synthetic.annotate import OBJECT_PIXELS, visible_relations
from hrs_ros.synthetic.renderer import Picture
from hrs_ros.synthetic.scene_graph import SceneGraph
from hrs_ros.vocabulary import vocabulary


def to_scene(graph: SceneGraph, picture: Picture, *, stamp_ns: int = 0, frame_id: str = "") -> Scene:
    """Instances of at least OBJECT_PIXELS (scaled) as entities, id = instance number; scores are 1."""
    height, width = picture.instance.shape
    area = np.bincount(picture.instance.ravel(), minlength=256)
    entities = []
    for instance, class_id in enumerate(graph.class_ids, start=1):
        if area[instance] < OBJECT_PIXELS * picture.instance.size / 512**2:
            continue
        inside = picture.instance == instance
        parts = {}
        if class_id == vocabulary().human:
            present = np.unique(picture.part[inside])
            parts = {int(p): Mask.from_full(inside & (picture.part == p)) for p in present if p}
        entities.append(Entity(instance, class_id, 1.0, Mask.from_full(inside), parts))
    kept = {entity.id for entity in entities}
    relations = tuple(
        Relation(r.subject, r.predicate_id, r.object, 1.0, r.parts, (1.0,) * len(r.parts))
        for r in visible_relations(graph, picture)
        if r.subject in kept and r.object in kept
    )
    return Scene(height, width, tuple(entities), relations, stamp_ns, frame_id)
