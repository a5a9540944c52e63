"""What a recipe returns, and how cameras are chosen."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from hrs_ros.synthetic.camera import Camera
from hrs_ros.synthetic.light import Light
from hrs_ros.synthetic.scene_graph import SceneGraph


@dataclass(frozen=True, slots=True, eq=False)
class Shot:
    """A finished scene with its camera and light."""

    graph: SceneGraph
    camera: Camera
    light: Light


def camera_framing(
    rng: np.random.Generator,
    centre: ArrayLike,
    span: float,
    *,
    elevation: tuple[float, float] = (-0.02, 0.45),
    azimuth: float = 0.6,
    jitter: float = 0.4,
) -> Camera:
    """A square camera that sees ``span`` decimetres of height at ``centre``, from a random side (radians)."""
    fov = np.deg2rad(rng.uniform(34, 50))
    distance = span / (2 * np.tan(fov / 2))
    a, e = rng.uniform(-azimuth, azimuth), rng.uniform(*elevation)
    centre = np.asarray(centre, float)
    eye = centre + distance * np.array([np.sin(a) * np.cos(e), np.sin(e), np.cos(a) * np.cos(e)])
    return Camera.looking_at(eye, centre + rng.normal(0, jitter, 3), fov)


def upper_body_camera(rng: np.random.Generator, x: float, z: float, closest: float, widest: float) -> Camera:
    """From a close view of the upper body to the whole person; spans are log-uniform."""
    span = float(np.exp(rng.uniform(np.log(closest), np.log(widest))))
    height = np.interp(span, [10, 22], [12.8, 8.9])  # of the centre: chest when close, hip when far
    return camera_framing(rng, (x, height, z), span)
