"""How far located objects are from where they are: on rendered scenes, whose depth is exact.

The truth is the centroid of the visible surface: the mean of the points of all pixels that show the object,
from the renderer's own depth before any rounding, through the renderer's own projection matrix. It is not the
centroid of the solid, which no single view shows.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from hrs_ros.scene import Mask, Scene, union
from hrs_ros.spatial import Intrinsics, Located, TooFewPointsError, locate
from hrs_ros.spatial.depth import metres
from hrs_ros.spatial.region import dilate
from hrs_ros.synthetic.camera import Camera
from hrs_ros.synthetic.depth_image import MILLIMETRES
from hrs_ros.synthetic.renderer import Picture
from hrs_ros.synthetic.shot import Shot
from hrs_ros.synthetic.truth import to_scene

METRE = 10.0  # decimetres, the unit of scenes
LOOSE = 3  # pixels by which a mask is too large
LOST = 0.1  # share of the pixels without depth
NOISE = 0.0015  # metres of standard deviation at 1 m, growing with the square of the distance as stereo does
NEAR = 2.0  # metres

Array = NDArray[np.float64]
Rng = np.random.Generator


@dataclass(frozen=True, slots=True, eq=False)
class Trial:
    """One held object under one condition."""

    condition: str
    scene: int
    label: str
    distance: float  # metres from the camera to the truth
    error: float  # metres; NaN where too few pixels had depth
    located: Located | None


@dataclass(frozen=True, slots=True)
class Condition:
    """How the inputs differ from the truth."""

    name: str
    loose: int = 0  # pixels by which the mask is too large
    millimetres: bool = True  # rounded as depth images are written
    noise: float = 0.0
    lost: float = 0.0


CONDITIONS = (
    Condition("exact mask, exact depth", millimetres=False),
    Condition("exact mask, whole millimetres"),
    Condition(f"mask {LOOSE} pixels too large, whole millimetres", loose=LOOSE),
    Condition(f"the same, stereo noise, {LOST:.0%} of the pixels lost", loose=LOOSE, noise=NOISE, lost=LOST),
)


def trials(shot: Shot, picture: Picture, *, number: int) -> Iterator[Trial]:
    """Every thing of the scene that somebody holds or carries, people aside, under all conditions."""
    height, width = picture.depth.shape
    scene = to_scene(shot.graph, picture, shot.camera)
    held = sorted(
        {row.object_id for row in scene.relations if row.predicate in ("hold", "carry")}
        - {human.id for human in scene.humans()}
    )
    intrinsics = pinhole(shot.camera, height=height, width=width)
    for condition in CONDITIONS:
        rng = np.random.default_rng([number, CONDITIONS.index(condition)])
        depth = _depth(picture, condition, rng)
        for entity_id in held:
            entity = scene.entity(entity_id)
            truth = surface_centroid(picture, shot.camera, entity_id)
            mask = Mask.from_full(dilate(entity.mask.full(height, width), condition.loose))
            acting = _acting(scene, entity_id)
            located: Located | None
            try:
                located = locate(depth, mask, intrinsics, acting=acting)
                error = float(np.linalg.norm(located.pose.translation - truth))
            except TooFewPointsError:
                located, error = None, float("nan")
            distance = float(np.linalg.norm(truth))
            yield Trial(condition.name, number, scene.label(entity_id), distance, error, located)


def pinhole(camera: Camera, *, height: int, width: int) -> Intrinsics:
    """A renderer's camera as a robot's: square pixels, the centre of the top-left pixel at (0, 0)."""
    focal = camera.focal * height
    return Intrinsics(fx=focal, fy=focal, cx=(width - 1) / 2, cy=(height - 1) / 2)


def surface_centroid(picture: Picture, camera: Camera, instance: int) -> Array:
    """(3,) mean of the points of all pixels of an instance, optical frame [m]."""
    rows, columns = np.nonzero(picture.instance == instance)
    height, width = picture.depth.shape
    depth = picture.depth[rows, columns].astype(float) / METRE
    # Normalised device coordinates, y up, and OpenGL's eye space, whose y is up and whose z is backwards.
    across, up = (columns + 0.5) / width * 2 - 1, 1 - (rows + 0.5) / height * 2
    x, y = across * depth / camera.projection[0, 0], up * depth / camera.projection[1, 1]
    return np.array([x.mean(), -y.mean(), depth.mean()])


def _acting(scene: Scene, entity_id: int) -> Mask:
    return union(
        scene.subject_mask(relation)
        for relation in scene.relations
        if relation.object_id == entity_id and relation.part_ids
    )


def _depth(picture: Picture, condition: Condition, rng: Rng) -> NDArray[np.float32]:
    """(H, W) metres as a depth camera gives them under a condition."""
    seen = (picture.depth / METRE).astype(np.float32)
    if condition.noise:
        seen += rng.normal(0, condition.noise, seen.shape).astype(np.float32) * seen**2
    if condition.millimetres:
        millimetres = np.clip(seen * METRE * MILLIMETRES, 0, 65535).astype(np.uint16)
        seen = metres(np.where(picture.instance > 0, millimetres, 0).astype(np.uint16))
    if condition.lost:
        seen[rng.random(seen.shape) < condition.lost] = np.nan
    return seen


def summary(found: Sequence[Trial]) -> list[dict[str, Any]]:
    """One row for each condition and range of distances: objects, median, 95 % and highest error [m]."""
    rows = []
    ranges: tuple[tuple[str, Callable[[Trial], bool]], ...] = (
        (f"up to {NEAR} m", lambda trial: trial.distance <= NEAR),
        (f"beyond {NEAR} m", lambda trial: trial.distance > NEAR),
    )
    for condition in CONDITIONS:
        for name, within in ranges:
            errors = np.array(
                [trial.error for trial in found if trial.condition == condition.name and within(trial)]
            )
            told = errors[np.isfinite(errors)]
            rows.append(
                {
                    "condition": condition.name,
                    "distance": name,
                    "objects": len(errors),
                    "located": len(told),
                    "median_m": float(np.median(told)) if told.size else float("nan"),
                    "p95_m": float(np.percentile(told, 95)) if told.size else float("nan"),
                    "highest_m": float(told.max()) if told.size else float("nan"),
                    "within_1_cm": float(np.mean(told <= 0.01)) if told.size else float("nan"),
                }
            )
    return rows
