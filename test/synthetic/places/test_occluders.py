from __future__ import annotations

import numpy as np
import pytest

from hrs_ros.synthetic.camera import Camera
from hrs_ros.synthetic.mesh import join
from hrs_ros.synthetic.people.casting import random_draft
from hrs_ros.synthetic.places.choose import make_place
from hrs_ros.synthetic.places.occluders import SHARE, leaves_view, occlude
from hrs_ros.synthetic.scene_graph import SceneGraph
from hrs_ros.synthetic.stage import Stage
from hrs_ros.synthetic.studio import Studio

CAMERA = Camera.looking_at((3.0, 12.0, 30.0), (0.0, 9.0, -4.0), np.deg2rad(45))


def staged(name: str, studio: Studio, seed: int) -> Stage:
    rng, graph = np.random.default_rng(seed), SceneGraph()
    place = make_place(name, graph, studio, rng)
    draft = random_draft(studio, rng)
    draft.root = draft.root + np.array([0, 0, -4.0])
    draft.place(graph, studio, rng)
    return Stage(graph, studio, place)


def covers(triangles: np.ndarray, point: np.ndarray) -> bool:
    """Whether any of the triangles (F, 3, 2) holds a point (2,)."""
    edges, to_point = np.roll(triangles, -1, 1) - triangles, point - triangles
    side = edges[..., 0] * to_point[..., 1] - edges[..., 1] * to_point[..., 0]
    return bool(((side > 0).all(1) | (side < 0).all(1)).any())


@pytest.mark.parametrize("name", ["office", "park"])
def test_a_thing_before_the_camera_keeps_off_people_and_faces(name: str, studio: Studio) -> None:
    for seed in range(3):
        stage = staged(name, studio, seed)
        before = len(stage.place.things)
        face = stage.graph.humans[0].keypoints[9]
        thing = occlude(stage, np.random.default_rng(seed), CAMERA, keep=[face])
        assert thing is not None
        assert stage.place.things[before:] == [thing]
        mesh = join(*(surface.mesh for surface in thing.model.surfaces))
        points = thing.to_world(mesh.vertices)
        pixels, depths = CAMERA.project(points, 1, 1)
        body = stage.graph.humans[0].keypoints
        assert 1 < depths.min() < depths.max() < CAMERA.project(body, 1, 1)[1].min() + 4
        assert np.linalg.norm(points[:, None, [0, 2]] - body[None, :, [0, 2]], axis=2).min() > 1.5
        assert not covers(pixels[mesh.faces], CAMERA.project(face[None], 1, 1)[0][0])
        grid = np.stack(np.meshgrid(*[np.linspace(0.01, 0.99, 15)] * 2), -1).reshape(-1, 2)
        share = np.mean([covers(pixels[mesh.faces], point) for point in grid])
        assert SHARE[0] - 0.02 < share < SHARE[1] + 0.02


def test_nothing_stands_before_people_in_water_or_before_nobody(studio: Studio) -> None:
    rng = np.random.default_rng(0)
    assert occlude(staged("sea", studio, 0), rng, CAMERA) is None
    graph = SceneGraph()
    place = make_place("office", graph, studio, rng)
    assert occlude(Stage(graph, studio, place), rng, CAMERA) is None


def test_a_camera_sees_past_a_thing_or_not(studio: Studio) -> None:
    thing = occlude(staged("office", studio, 1), np.random.default_rng(1), CAMERA)
    assert thing is not None
    middle = thing.to_world(np.mean(thing.model.bounds, axis=0))
    assert leaves_view(thing, CAMERA)
    away = CAMERA.eye + 3 * (CAMERA.eye - middle)  # small in the picture
    assert leaves_view(thing, Camera.looking_at(away, middle, 0.8))
    top = middle * [1, 0, 1] + [0, thing.model.bounds[1][1], 0]
    above = Camera.looking_at(top + np.array([0.0, 9.0, 9.0]), top, 0.3)
    assert not leaves_view(thing, above)  # fills the picture
    assert not leaves_view(thing, Camera.looking_at(middle + 0.1, middle, 0.8))  # within it
