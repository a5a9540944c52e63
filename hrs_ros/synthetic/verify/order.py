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


@dataclass(frozen=True, slots=True, eq=False)
class Footprint:
    """Convex outline on the ground of what has a place; only people have a thickness around it."""

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


def order(person: Footprint, other: Footprint, camera: Camera) -> tuple[str, float] | None:
    """Predicate of a person towards somebody or something, and the gap in dm; None if there is none."""
    rise = max(person.low, other.low) - min(person.high, other.high)
    thickness = person.thickness + other.thickness
    if rise > limits.LEVEL or _boxes_apart(person.outline, other.outline) > limits.BEFORE + thickness:
        return None
    gap = max(0.0, _distance(person.outline, other.outline) - thickness)
    angle = _angle(person.centre, _way(person, other), camera)
    if angle is None:
        return None
    if abs(angle) <= limits.SIDEWAYS:
        return ("next to", gap) if gap <= limits.NEXT_TO else None
    if gap > limits.BEFORE:
        return None
    return ("in front of" if angle > 0 else "behind"), gap


def _way(person: Footprint, other: Footprint) -> Array:
    """(2,) from a person's hips to the nearest point of a thing, or to the hips of another person."""
    goal = other.centre if other.thickness else nearest(person.centre, other.outline)
    return np.asarray(goal - person.centre)


def _angle(start: Array, way: Array, camera: Camera) -> float | None:
    """From the picture plane to a way on the ground, radians; positive leads away from the camera.

    None for no way at all: the one is amid the other.
    """
    sight = start + way / 2 - camera.eye[[0, 2]]
    across, along = abs(float(sight[0] * way[1] - sight[1] * way[0])), float(sight @ way)
    return None if across == along == 0 else float(np.arctan2(along, across))


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


def _distance(first: Array, second: Array) -> float:
    """Between two convex outlines; 0 where they overlap."""
    if _overlap(first, second):
        return 0.0
    return min(_corner_to_edge(first, second), _corner_to_edge(second, first))


def _corner_to_edge(corners: Array, outline: Array) -> float:
    feet = _on_edges(corners, outline)
    return float(np.sqrt(((corners[:, None] - feet) ** 2).sum(2).min()))


def nearest(point: Array, outline: Array) -> Array:
    """The nearest point (2,) of a convex area; the point itself inside."""
    if _overlap(point[None], outline):
        return point
    feet = _on_edges(point[None], outline)[0]
    return np.asarray(feet[int(((feet - point) ** 2).sum(1).argmin())])


def _on_edges(points: Array, outline: Array) -> Array:
    """(N, K, 2) nearest point of each of K edges to each of N points (N, 2)."""
    edge = np.roll(outline, -1, axis=0) - outline
    along = ((points[:, None] - outline) * edge).sum(2) / np.maximum((edge * edge).sum(1), 1e-12)
    return np.asarray(outline + np.clip(along, 0, 1)[..., None] * edge)


def _overlap(first: Array, second: Array) -> bool:
    """Whether two convex outlines share a point: no edge of either separates them."""
    for one, two in ((first, second), (second, first)):
        edge = np.roll(one, -1, axis=0) - one
        normal = np.stack([edge[:, 1], -edge[:, 0]], 1)  # outward of counter-clockwise corners
        beyond = (two @ normal.T).min(0) > (one @ normal.T).max(0)
        if beyond.any():
            return False
    return True
