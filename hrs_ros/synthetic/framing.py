"""Where the camera stands for a cast: close on what hands do, on a whole group, or on everybody."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import numpy as np

from hrs_ros.synthetic.camera import Camera, look_at
from hrs_ros.synthetic.rotation import Array
from hrs_ros.synthetic.stage import Cast

View = Literal["everybody", "group", "upper", "close"]
VIEWS: tuple[View, ...] = ("everybody", "group", "upper", "close")
SHARES = (0.32, 0.26, 0.3, 0.12)
FEET_SHARES = (0.45, 0.5, 0.05, 0.0)
FIELDS = ((30.0, 70.0), (70.0, 90.0))  # vertical fields of view in degrees: usual, and of wide lenses
WIDE_SHARE = 0.15
FILL = (0.62, 1.02)  # share of the picture that what must be seen fills; above 1 it is cut off
NEAREST = 4.0  # dm from the eye to what must be seen
UPPER = [6, 7, 8, 9, 10, 11, 12, 13, 14, 15]  # keypoints from the pelvis up
FACE_AND_HANDS = [8, 9, 10, 15]


def frame_cast(rng: np.random.Generator, casts: Sequence[Cast], *, feet: bool = False) -> Camera:
    """A square camera; the first cast is what the scene is about.

    ``feet``: it is about what people stand, sit or lie on, which a view of faces and hands would not show.
    """
    shares = np.array(FEET_SHARES if feet else SHARES)
    points = _points(VIEWS[rng.choice(len(VIEWS), p=shares)], casts)
    fov, fill = _field(rng), rng.uniform(*FILL)
    azimuth = rng.uniform(-0.65, 0.65)
    # Mostly at the height of eyes and chests, sometimes from above, as a robot's mast or a ceiling sees.
    elevation = rng.uniform(0.35, 0.85) if rng.random() < 0.12 else rng.uniform(-0.08, 0.35)
    towards = np.array(
        [
            np.sin(azimuth) * np.cos(elevation),
            np.sin(elevation),
            np.cos(azimuth) * np.cos(elevation),
        ]
    )
    centre = (points.min(0) + points.max(0)) / 2
    eye = centre + _distance(points - centre, towards, fov, fill) * towards
    eye[1] = max(eye[1], 1.0)  # never below the ground
    return Camera.looking_at(eye, centre + rng.normal(0, 0.25, 3), fov)


def _field(rng: np.random.Generator) -> float:
    """Vertical field of view in radians."""
    low, high = FIELDS[int(rng.random() < WIDE_SHARE)]
    return float(np.deg2rad(rng.uniform(low, high)))


def _points(view: View, casts: Sequence[Cast]) -> Array:
    """World points (N, 3) that the view must hold."""
    first = casts[0]
    focus = [np.asarray(point, float) for point in first.focus]
    if view == "close" and focus:
        faces = [human.keypoints[FACE_AND_HANDS[:2]] for human in first.humans[:2]]
        return np.concatenate([*faces, np.stack(focus)])
    if view == "upper":
        return np.concatenate([*(human.keypoints[UPPER] for human in first.humans), *_rows(focus)])
    chosen = casts if view == "everybody" else casts[:1]
    points = [human.keypoints for cast in chosen for human in cast.humans]
    return np.concatenate([*points, *_rows([p for cast in chosen for p in cast.focus])])


def _rows(points: Sequence[Array]) -> list[Array]:
    return [np.asarray(point, float)[None] for point in points]


def _distance(points: Array, towards: Array, fov: float, fill: float) -> float:
    """From the centre, so that every point lies within ``fill`` of the picture."""
    right, up, _ = look_at(towards, (0.0, 0.0, 0.0))[:3, :3]
    across = np.maximum(np.abs(points @ right), np.abs(points @ up))
    near = points @ towards  # towards the eye
    return float(np.max(near + np.maximum(across / (np.tan(fov / 2) * fill), NEAREST)))
