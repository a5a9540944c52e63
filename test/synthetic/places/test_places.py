from __future__ import annotations

import numpy as np
import pytest

from hrs_ros.synthetic.assets import AssetPack
from hrs_ros.synthetic.camera import FAR, Camera
from hrs_ros.synthetic.places.choose import PLACES, WET, light_for, make_place
from hrs_ros.synthetic.places.land import EDGE
from hrs_ros.synthetic.places.place import Place
from hrs_ros.synthetic.scene_graph import BACKGROUND, MAX_MATERIALS, SceneGraph
from hrs_ros.synthetic.splits import SPLITS, Split
from hrs_ros.synthetic.studio import Studio
from hrs_ros.synthetic.textures import TextureArray
from hrs_ros.vocabulary import vocabulary

Built = tuple[str, Studio, SceneGraph, Place]
CENTRE = np.array([0.0, 9.0, -4.0])
ACTED = np.array([[x, z] for x in np.linspace(-9, 9, 7) for z in np.linspace(-10, 2, 5)])  # free ground


def build(name: str, studio: Studio, seed: int) -> tuple[SceneGraph, Place]:
    graph = SceneGraph()
    return graph, make_place(name, graph, studio, np.random.default_rng(seed))


@pytest.fixture(scope="module")
def studios(pack: AssetPack, textures: TextureArray) -> dict[Split, Studio]:
    return {split: Studio(pack, textures.layer, split) for split in SPLITS}


@pytest.fixture(scope="module", params=[(name, split) for name in PLACES for split in SPLITS], ids="-".join)
def built(request: pytest.FixtureRequest, studios: dict[Split, Studio]) -> Built:
    """Each place in each split, made once for all tests."""
    name, split = request.param
    studio = studios[split]
    return name, studio, *build(name, studio, SPLITS.index(split))


def heights(graph: SceneGraph, instance: int, points: np.ndarray) -> np.ndarray:
    """Highest surface (N,) of an instance below each of (N, 2) points x, z; nan where there is none."""
    geometry = graph.geometry()
    triangles = geometry.vertices[geometry.indices.reshape(-1, 3)]
    corners = triangles["p"][triangles["id"][:, 0, 0] == instance].astype(float)
    a, b, c = corners.transpose(1, 0, 2)
    ab, ac = (b - a)[:, [0, 2]], (c - a)[:, [0, 2]]
    area = ab[:, 0] * ac[:, 1] - ab[:, 1] * ac[:, 0]
    kept = np.abs(area) > 1e-9
    a, b, c, ab, ac, area = (values[kept] for values in (a, b, c, ab, ac, area))
    found = np.full(len(points), np.nan)
    for row, point in enumerate(points):
        ap = point - a[:, [0, 2]]
        u = (ap[:, 0] * ac[:, 1] - ap[:, 1] * ac[:, 0]) / area
        v = (ab[:, 0] * ap[:, 1] - ab[:, 1] * ap[:, 0]) / area
        inside = (u >= -1e-9) & (v >= -1e-9) & (u + v <= 1 + 1e-9)
        if inside.any():
            y = a[:, 1] + u * (b - a)[:, 1] + v * (c - a)[:, 1]
            found[row] = y[inside].max()
    return found


def test_ground_is_level_and_at_zero_where_people_act(built: Built) -> None:
    name, _, graph, place = built
    assert (place.name, place.solid) == (name, name not in WET)
    assert graph.class_ids[place.ground - 1] == vocabulary().entity_id(place.ground_entity)
    ground = heights(graph, place.ground, ACTED)
    if place.solid:
        assert place.water is None
        assert np.allclose(ground, 0, atol=0.05)  # painted lines lie a little higher
    else:
        assert place.water is not None
        assert graph.class_ids[place.water - 1] == vocabulary().entity_id("water")
        assert np.allclose(heights(graph, place.water, ACTED), 0)
        assert (ground < -10).all()


def test_nothing_stands_on_the_free_ground(built: Built) -> None:
    _, _, graph, place = built
    vertices = graph.geometry().vertices
    x, y, z = vertices["p"].T
    # A rug may lie there, grass may grow there, and roofs may hang over it.
    rugs = [thing.instance for thing in place.things if thing.model.entity in ("rug", "blanket")]
    loose = [number for number, row in enumerate(graph.class_ids, 1) if row in _soft()]
    stands = ~np.isin(vertices["id"][:, 0], [place.ground, *rugs, *loose, place.water or place.ground])
    free = (np.abs(x) < 8.5) & (z > -9.5) & (z < 1.5) & (y > -0.5) & (y < 18)
    assert not (free & stands).any(), {graph.class_ids[k - 1] for k in vertices["id"][free & stands, 0]}


def _soft() -> list[int]:
    return [vocabulary().entity_id(entity) for entity in ("grass", "vegetation")]


def test_light_falls_from_above_and_shadows_reach_everybody(built: Built) -> None:
    _, studio, _, place = built
    corners = np.array([[x, y, z, 1.0] for x in (-12, 12) for y in (0, 18) for z in (-12, 4)])
    for seed in range(4):
        light = light_for(place, studio, np.random.default_rng(seed), CENTRE)
        assert np.linalg.norm(light.key_direction) == pytest.approx(1)
        assert light.key_direction[1] < -0.2
        colours = [light.key_colour, light.fill_colour, light.sky, light.ground]
        assert all(np.isfinite(c).all() and (c >= 0).all() for c in colours)
        assert 0.3 < light.exposure < 1.5
        clip = corners @ light.shadow_matrix.T
        assert (np.abs(clip[:, :2]).max(1) < 1.2).all()
        assert (np.abs(clip[:, 2]) < 1).all()


@pytest.mark.parametrize("name", ["living room", "park", "sea"])
def test_same_seed_same_place(name: str, studio: Studio) -> None:
    first, second, other = (build(name, studio, seed)[0] for seed in (3, 3, 4))
    assert first.geometry().vertices.tobytes() == second.geometry().vertices.tobytes()
    assert first.materials == second.materials
    assert first.geometry().vertices.tobytes() != other.geometry().vertices.tobytes()


def test_places_leave_room_for_people(built: Built) -> None:
    _, _, graph, place = built
    assert len(graph.materials) < MAX_MATERIALS / 3
    assert len(graph.class_ids) < 80
    assert len(graph.geometry().vertices) < 60_000
    assert place.depth >= 5
    placed = [thing.instance for thing in place.things]
    assert len(set(placed)) == len(placed)
    for thing in place.things:
        assert graph.class_ids[thing.instance - 1] == vocabulary().entity_id(thing.model.entity)


def test_surroundings_close_every_view(built: Built) -> None:
    """From every place of the camera and in every direction something is hit before the far plane."""
    _, _, graph, _ = built
    vertices = graph.geometry().vertices
    sky = vertices["p"][vertices["id"][:, 0] == BACKGROUND].astype(float)
    dome = sky[np.linalg.norm(sky - [0, 13, -4], axis=1) > EDGE - 1]
    assert len(dome) > 1000
    for azimuth in (-0.65, 0.0, 0.65):
        eye = CENTRE + 58 * np.array([np.sin(azimuth), 0.1, np.cos(azimuth)])
        assert np.linalg.norm(eye - [0, 13, -4]) < EDGE
        camera = Camera.looking_at(eye, CENTRE, np.deg2rad(45))
        _, depth = camera.project(dome, 100, 100)
        assert depth.max() < FAR


def test_test_places_show_surfaces_of_their_own(studios: dict[Split, Studio]) -> None:
    """Grounds, fronts, leaves and skies of the test split appear in no training scene."""
    kinds = ("meadow", "sand", "facade", "leaves", "sky_clear", "parquet", "wallpaper", "ripples")
    used = {}
    for split in SPLITS:
        used[split] = {
            studios[split].surface(np.random.default_rng(k), kind) for kind in kinds for k in range(60)
        }
    assert not used["test"] & used["train"]
    assert not used["val"] & used["train"]
