"""Things close to the camera that hide a part of the picture: a table's edge, a chair's back, a branch."""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np
from numpy.typing import NDArray

from hrs_ros.synthetic.camera import NEAR, Camera
from hrs_ros.synthetic.mesh import Mesh
from hrs_ros.synthetic.places import plants, scenery
from hrs_ros.synthetic.places.site import Site
from hrs_ros.synthetic.rotation import UP, Array, about, cross
from hrs_ros.synthetic.stage import Stage
from hrs_ros.synthetic.things.model import Model, PlacedThing, Surface

INDOORS = ("table", "chair", "chair", "pot plant", "floor lamp", "sofa", "cabinet", "book shelf", "stool")
OUTDOORS = (
    "bush",
    "branch",
    "bush",
    "branch",
    "chair",
    "bench",
    "barrel",
    "table",
    "street light",
    "bicycle",
)
SHARE = (0.03, 0.28)  # of the picture that may be covered
GRID = 64  # pixels a side of the mask on which that is measured
KINDS_TRIED, SPOTS_TRIED = 4, 10
NEAREST, FARTHEST = 5.0, 0.6  # dm before the eye; share of the way to the people
CLEAR = 2.0  # dm between the thing and people


def occlude(
    stage: Stage, rng: np.random.Generator, camera: Camera, *, keep: Sequence[Array] = ()
) -> PlacedThing | None:
    """Stand one thing between the camera and the people; None if nothing fitted.

    Call it when the people are placed. It covers a part of the picture within SHARE, and none of the world
    points ``keep``.
    """
    people = stage.graph.humans
    if not people or not stage.place.solid:
        return None
    site = Site(stage.graph, stage.studio, rng, things=stage.place.things)
    bodies = np.concatenate([human.keypoints for human in people])
    forward = -camera.view[2, :3] * [1, 0, 1]
    forward = forward / max(float(np.linalg.norm(forward)), 1e-6)
    distance = float(((bodies - camera.eye) @ forward).min())
    for _ in range(KINDS_TRIED):
        kind = site.pick(OUTDOORS if stage.place.outdoors else INDOORS)
        model = _model(site, kind)
        for _ in range(SPOTS_TRIED):
            away = site.between(NEAREST, max(NEAREST, FARTHEST * distance))
            aside = site.rng.choice([-1, 1]) * site.between(0.1, 0.6) * away
            at = camera.eye + forward * away + cross(forward, UP) * aside
            at[1] = site.between(16, 24) if kind == "branch" else 0.0
            # Seen from behind, as somebody who sits or stands there sees it.
            yaw = np.arctan2(forward[0], forward[2]) + site.between(-0.7, 0.7)
            if _fits(model, yaw, at, camera, bodies, keep):
                cover = scenery.leafage(site, "leaves") if kind in ("bush", "branch") else None
                return site.put(model, at[0], at[2], y=at[1], yaw=yaw, cover=cover)
    return None


def _model(site: Site, kind: str) -> Model:
    """A thing of the catalogue, or leaves."""
    if kind == "bush":
        mesh = plants.bush(site.rng, site.between(4, 9), site.between(6, 13), count=120)
        return Model("bush", "vegetation", (Surface(mesh, "leaf"),))
    if kind == "branch":
        half = np.array([site.between(3, 6), site.between(1, 2.5), site.between(2, 4)])
        mesh = plants.crown(site.rng, half, 70, 1.3)
        return Model("branch", "tree", (Surface(mesh, "leaf"),))
    return site.thing(kind)


def leaves_view(thing: PlacedThing, camera: Camera) -> bool:
    """Whether another camera sees past a thing that was stood before the first one."""
    meshes = [(s.mesh, thing.to_world(s.mesh.vertices)) for s in thing.model.surfaces]
    mask = _covered(meshes, camera)
    return mask is not None and bool(mask.mean() < SHARE[1])


def _fits(model: Model, yaw: float, at: Array, camera: Camera, bodies: Array, keep: Sequence[Array]) -> bool:
    """Whether the thing, put there, covers what it may and touches nobody."""
    meshes = [(s.mesh, s.mesh.vertices @ about(UP, yaw).T + at) for s in model.surfaces]
    for _, points in meshes:
        gaps = np.linalg.norm(bodies[:, None, [0, 2]] - points[None, ::8][..., [0, 2]], axis=2)
        if gaps.min() < CLEAR:
            return False
    mask = _covered(meshes, camera)
    if mask is None or not SHARE[0] < mask.mean() < SHARE[1]:
        return False
    if not len(keep):
        return True
    pixels, _ = camera.project(np.reshape(keep, (-1, 3)), GRID, GRID)
    column, row = np.clip(pixels.astype(int), 0, GRID - 1).T
    return not bool(mask[row, column].any())


def _covered(meshes: Sequence[tuple[Mesh, Array]], camera: Camera) -> NDArray[np.uint8] | None:
    """What meshes with these vertices in the world cover (GRID, GRID), 0 or 1; None if too close to tell."""
    mask = np.zeros((GRID, GRID), np.uint8)
    for mesh, points in meshes:
        pixels, depths = camera.project(points, GRID, GRID)
        if depths.min() < NEAR + 0.5:
            return None
        _fill(mask, pixels, mesh.faces)
    return mask


def _fill(mask: NDArray[np.uint8], pixels: Array, faces: NDArray[np.integer]) -> None:
    """Draw triangles into a mask."""
    triangles = np.clip(pixels[faces], -4 * GRID, 5 * GRID).round().astype(np.int32)
    for triangle in triangles:
        cv2.fillConvexPoly(mask, triangle, 1)
