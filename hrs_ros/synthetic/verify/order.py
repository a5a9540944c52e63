"""Next to, in front of, behind: gaps between footprints on the ground, directions as the camera sees them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.spatial import ConvexHull, QhullError

from hrs_ros.synthetic.camera import Camera
from hrs_ros.synthetic.rotation import Array
from hrs_ros.synthetic.verify import limits
from hrs_ros.synthetic.verify.person import Person
from hrs_ros.synthetic.verify.surfaces import Surface

# Rows of the 16 keypoints that make a footprint: all but elbows and wrists.
STATURE = (0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 12, 13)
TOUCHING = 0.05  # dm: nearer footprints have no direction of their own


@dataclass(frozen=True, slots=True, eq=False)
class Footprint:
    """Convex outline on the ground of what has a place."""

    outline: Array  # (K, 2) x, z, counter-clockwise
    centre: Array  # (2,)
    low: float  # heights
    high: float
    thickness: float  # dm of body around the outline


def of_person(person: Person) -> Footprint:
    points = person.human.keypoints[list(STATURE)]
    outline = _hull(points[:, [0, 2]])
    low, high = float(person.surface.low[1]), float(person.surface.high[1])
    return Footprint(outline, person.pelvis[[0, 2]], low, high, limits.THICKNESS)


def of_thing(surface: Surface) -> Footprint:
    points = surface.points
    low, high = float(surface.low[1]), float(surface.high[1])
    points = points[points[:, 1] <= low + limits.HEADROOM][:, [0, 2]].astype(float)
    return Footprint(_hull(points), (points.min(0) + points.max(0)) / 2, low, high, 0.0)


def order(person: Footprint, other: Footprint, camera: Camera, *, mutual: bool) -> tuple[str, float] | None:
    """Predicate of a person towards somebody or something, and the gap in dm; None if there is none.

    ``mutual``: the other is a person too, and centres decide where outlines overlap.
    """
    rise = max(person.low, other.low) - min(person.high, other.high)
    reach = limits.BEFORE + person.thickness + other.thickness
    if rise > limits.LEVEL or _boxes_apart(person.outline, other.outline) > reach:
        return None
    start, end = _nearest(person.outline, other.outline)
    apart = float(np.linalg.norm(end - start))
    if apart < TOUCHING:
        start = person.centre
        if mutual:
            end = other.centre
        elif _inside(start, other.outline):
            return None
        else:
            end = _nearest_on(start, other.outline)
    gap = max(0.0, apart - person.thickness - other.thickness)
    away = _angle_from_picture_plane(start, end, camera)
    if abs(away) <= limits.SIDEWAYS:
        return ("next to", gap) if gap <= limits.NEXT_TO else None
    if gap > limits.BEFORE:
        return None
    return ("in front of" if away > 0 else "behind"), gap


def _angle_from_picture_plane(start: Array, end: Array, camera: Camera) -> float:
    """Angle in radians of the way from start to end on the ground; positive leads away from the camera."""
    middle = (start + end) / 2 - camera.eye[[0, 2]]
    sight = middle / max(float(np.linalg.norm(middle)), 1e-9)
    way = end - start
    across = abs(float(sight[0] * way[1] - sight[1] * way[0]))
    return float(np.arctan2(float(way @ sight), across))


def _hull(points: Array) -> Array:
    """Corners (K, 2) of the convex hull, counter-clockwise; the points themselves where they lie in line."""
    points = np.asarray(points, float)
    try:
        return points[ConvexHull(points).vertices]
    except QhullError:
        along = points[:, np.ptp(points, axis=0).argmax()]
        return points[[int(along.argmin()), int(along.argmax())]]


def _boxes_apart(first: Array, second: Array) -> float:
    between = np.maximum(first.min(0) - second.max(0), second.min(0) - first.max(0))
    return float(np.linalg.norm(np.maximum(between, 0)))


def _nearest(first: Array, second: Array) -> tuple[Array, Array]:
    """The nearest points of two convex outlines; the same point twice where they overlap."""
    if _overlap(first, second):
        return first[0], first[0]
    a, b = _corner_to_edge(first, second)
    d, c = _corner_to_edge(second, first)
    return (a, b) if np.linalg.norm(b - a) <= np.linalg.norm(d - c) else (c, d)


def _corner_to_edge(corners: Array, outline: Array) -> tuple[Array, Array]:
    """The corner and the point of the outline's edges that are nearest to each other."""
    start = outline
    edge = np.roll(outline, -1, axis=0) - start
    along = ((corners[:, None] - start) * edge).sum(2) / np.maximum((edge * edge).sum(1), 1e-12)
    feet = start + np.clip(along, 0, 1)[..., None] * edge
    squared = ((corners[:, None] - feet) ** 2).sum(2)
    row, column = np.unravel_index(int(squared.argmin()), squared.shape)
    return corners[row], feet[row, column]


def _nearest_on(point: Array, outline: Array) -> Array:
    return _corner_to_edge(point[None], outline)[1]


def _overlap(first: Array, second: Array) -> bool:
    """Whether two convex outlines share a point: no edge of either separates them."""
    for one, two in ((first, second), (second, first)):
        edge = np.roll(one, -1, axis=0) - one
        normal = np.stack([edge[:, 1], -edge[:, 0]], 1)  # outward of counter-clockwise corners
        beyond = (two @ normal.T).min(0) > (one @ normal.T).max(0)
        if beyond.any():
            return False
    return True


def _inside(point: Array, outline: Array) -> bool:
    return _overlap(point[None], outline)
