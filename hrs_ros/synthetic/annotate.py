"""Labels of a rendered picture: relations that can be seen, and 2D keypoints."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from hrs_ros.data.pic_image import HumanKeypoints
from hrs_ros.synthetic.camera import Camera
from hrs_ros.synthetic.covering import cover
from hrs_ros.synthetic.renderer import Picture
from hrs_ros.synthetic.scene_graph import PlacedHuman, SceneGraph, TrueRelation
from hrs_ros.vocabulary import vocabulary

# Smallest visible areas in pixels of a 512 x 512 picture; scaled with the picture's area.
HUMAN_PIXELS, OBJECT_PIXELS, PART_PIXELS = 200, 40, 12
SURFACE_DEPTH = 1.8  # dm that a visible joint may lie below the visible skin


def seen(
    relations: Iterable[TrueRelation], graph: SceneGraph, picture: Picture, camera: Camera
) -> list[TrueRelation]:
    """Those of the given true relations whose ends are visible; parts of actions are those that are visible.

    Clothes replace a limb that they cover. An action without a visible acting part is dropped.
    """
    words = vocabulary()
    scale = picture.instance.size / 512**2
    area = np.bincount(picture.instance.ravel(), minlength=256)
    people = {human.instance: human for human in graph.humans}
    result = []
    for relation in relations:
        subject = relation.subject
        if area[subject] < HUMAN_PIXELS * scale or area[relation.object] < OBJECT_PIXELS * scale:
            continue
        if not words.is_action(relation.predicate_id):
            result.append(relation)
            continue
        shown, enough = picture.instance == subject, PART_PIXELS * scale
        part_area = np.bincount(picture.part[shown], minlength=len(words.parts))
        acting = []
        for part in relation.parts:
            replaced = part_area[part] < enough
            acting.append(
                cover(part, shown, picture, people.get(subject), camera, enough) if replaced else part
            )
        parts = tuple(sorted({part for part in acting if part is not None}))
        if parts:
            result.append(TrueRelation(subject, relation.predicate_id, relation.object, parts))
    return result


def visible_keypoints(graph: SceneGraph, picture: Picture, camera: Camera) -> list[HumanKeypoints]:
    """Keypoints of every person that is visible at all."""
    scale = picture.instance.size / 512**2
    area = np.bincount(picture.instance.ravel(), minlength=256)
    return [
        HumanKeypoints(human.instance, _project(human, picture, camera))
        for human in graph.humans
        if area[human.instance] >= HUMAN_PIXELS * scale
    ]


def _project(human: PlacedHuman, picture: Picture, camera: Camera) -> NDArray[np.float64]:
    height, width = picture.instance.shape
    pixels, depths = camera.project(human.keypoints, width, height)
    rows = []
    for (x, y), depth in zip(pixels, depths, strict=True):
        if not (0 <= x < width and 0 <= y < height and depth > 0):
            rows.append((x, y, 0))
            continue
        column, row = int(x), int(y)
        own = picture.instance[row, column] == human.instance
        near = depth - picture.depth[row, column] < SURFACE_DEPTH
        rows.append((x, y, 2 if own and near else 1))
    return np.array(rows, float)
