"""The true Scene of a rendered picture, in the form that a predictor gives."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from hrs_ros.scene import Entity, Mask, Relation, Scene
from hrs_ros.synthetic.annotate import OBJECT_PIXELS, seen
from hrs_ros.synthetic.camera import Camera
from hrs_ros.synthetic.renderer import Picture
from hrs_ros.synthetic.scene_graph import SceneGraph, TrueRelation
from hrs_ros.synthetic.verify import true_relations
from hrs_ros.vocabulary import vocabulary


def to_scene(
    graph: SceneGraph,
    picture: Picture,
    camera: Camera,
    *,
    relations: Iterable[TrueRelation] | None = None,
    stamp_ns: int = 0,
    frame_id: str = "",
) -> Scene:
    """Instances of at least OBJECT_PIXELS (scaled) as entities, id = instance number; scores are 1.

    ``relations`` that are known to be true; None: found by ``verify``. Only those that can be seen are kept.
    """
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
    if relations is None:
        relations = true_relations(graph, camera)
    triplets = tuple(
        Relation(r.subject, r.predicate_id, r.object, 1.0, r.parts, (1.0,) * len(r.parts))
        for r in seen(relations, graph, picture, camera)
        if r.subject in kept and r.object in kept
    )
    return Scene(height, width, tuple(entities), triplets, stamp_ns, frame_id)
