"""A scene as lines in space: outlines, names and arrows where a camera sees them. No messages."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from hrs_ros.drawing.arrows import arrows_of
from hrs_ros.drawing.masks import anchor
from hrs_ros.drawing.palette import GEOMETRIC, Colour, entity_colours, part_colour
from hrs_ros.scene import Mask, Scene
from hrs_ros.spatial import Intrinsics
from hrs_ros.vocabulary import vocabulary

Points = NDArray[np.float64]  # (N, 3) metres in the optical frame of the camera

TOLERANCE = 1.5  # pixels by which a simplified outline may be off
LEAST_RING = 3  # corners


@dataclass(frozen=True, slots=True, eq=False)
class Outline:
    """An entity's rings, each closed, and its name."""

    entity_id: int
    rings: tuple[Points, ...]
    text: str
    place: Points  # (1, 3) where the text stands: above the mask
    distance: float  # along the optical axis [m]
    colour: Colour


@dataclass(frozen=True, slots=True, eq=False)
class Line:
    """An arrow between two places."""

    ends: Points  # (2, 3) from the person, or the part that acts, to the entity
    text: str
    colour: Colour


def wireframe(
    scene: Scene, intrinsics: Intrinsics, distance: Callable[[Mask], float]
) -> tuple[list[Outline], list[Line]]:
    """Outlines of people and things, and the arrows of ``draw_scene`` in the same colours.

    ``distance`` gives the depth [m] at which a mask is drawn. Seen from the camera, any depth gives the same
    picture. Stuff has no outline.
    """
    colours = entity_colours(scene)
    depths = {entity.id: distance(entity.mask) for entity in scene.entities}
    outlines = [
        Outline(
            entity.id,
            tuple(_lift(ring, intrinsics, depths[entity.id]) for ring in rings(entity.mask)),
            scene.label(entity.id),
            _lift(_top(entity.mask), intrinsics, depths[entity.id]),
            depths[entity.id],
            colours[entity.id],
        )
        for entity in scene.entities
        if entity.class_id not in vocabulary().stuff and entity.mask.area
    ]
    lines = []
    for arrow in arrows_of(scene, scene.relations):
        subject, target = scene.entity(arrow.subject_id), scene.entity(arrow.object_id)
        part = Mask.empty() if arrow.part_id is None else subject.parts.get(arrow.part_id, Mask.empty())
        acting = part if part.area else subject.mask
        tail, head = anchor(acting), anchor(target.mask)
        if tail is not None and head is not None:
            start = _lift(np.array([tail]), intrinsics, distance(acting))
            end = _lift(np.array([head]), intrinsics, depths[target.id])
            colour = GEOMETRIC if arrow.part_id is None else part_colour(arrow.part_id)
            lines.append(Line(np.concatenate([start, end]), arrow.text, colour))
    return outlines, lines


def rings(mask: Mask) -> list[NDArray[np.int64]]:
    """Outer borders of a mask as closed polygons (N, 2) of x, y in image pixels, largest first."""
    if not mask.bits.size:
        return []
    found, _ = cv2.findContours(
        np.ascontiguousarray(mask.bits).view(np.uint8), cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE
    )
    simple = [cv2.approxPolyDP(ring, TOLERANCE, True)[:, 0] for ring in sorted(found, key=len, reverse=True)]
    return [ring + np.array([mask.x, mask.y]) for ring in simple if len(ring) >= LEAST_RING]


def _top(mask: Mask) -> NDArray[np.float64]:
    return np.array([[mask.x + (mask.width - 1) / 2, float(mask.y)]])


def _lift(pixels: NDArray, intrinsics: Intrinsics, distance: float) -> Points:
    return intrinsics.back_project(pixels[:, 0], pixels[:, 1], np.full(len(pixels), distance))
