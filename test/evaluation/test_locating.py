"""Located objects on rendered scenes: within a centimetre of the visible surface's centroid."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("moderngl", reason="needs the renderer (pip install moderngl)")

from hrs_ros.drawing.axes import AXIS_COLOURS
from hrs_ros.evaluation.located_pictures import TILE, sheet, tile
from hrs_ros.evaluation.locating import CONDITIONS, Trial, pinhole, summary, surface_centroid, trials
from hrs_ros.synthetic import scene, textures
from hrs_ros.synthetic.assets import AssetError, AssetPack, default_folder
from hrs_ros.synthetic.camera import Camera
from hrs_ros.synthetic.episodes.registry import episodes_for
from hrs_ros.synthetic.renderer import Picture, Renderer, RenderError
from hrs_ros.synthetic.studio import Studio
from hrs_ros.synthetic.verify import true_relations

pytestmark = pytest.mark.render

SIDE = 480
THORAX = 7  # of the keypoints
SEEDS = (5, 6, 7)
BEFORE = 18.0  # decimetres from the chest to the camera


@pytest.fixture(scope="module")
def rendered(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[list[Trial], Picture, Camera]]:
    """All trials, and the last picture with its camera."""
    try:
        pack = AssetPack(default_folder())
        array = textures.build(pack, tmp_path_factory.mktemp("textures"), size=64)
        renderer = Renderer(array, width=SIDE, height=SIDE)
    except (AssetError, RenderError) as error:
        pytest.skip(str(error))
    studio = Studio(pack, array.layer, "test")
    found: list[Trial] = []
    episode = next(row for row in episodes_for("hold") if row.name == "plates for two")
    for number in SEEDS:
        shot = scene.compose(studio, np.random.default_rng(number), episode)
        # From before the person, wherever the scene's own camera is: hands and plates are seen, and how far.
        human = shot.graph.humans[0]
        chest = human.keypoints[THORAX]
        eye = chest + BEFORE * (human.turn @ (0.1, 0.15, 1.0))
        camera = Camera.looking_at(eye, chest, np.deg2rad(50))
        shot = replace(shot, camera=camera, relations=tuple(true_relations(shot.graph, camera)))
        picture = renderer.render(shot.graph, shot.camera, shot.light)
        found += trials(shot, picture, number=number)
    yield found, picture, shot.camera
    renderer.close()


def test_within_a_centimetre(rendered: tuple[list[Trial], Picture, Camera]) -> None:
    exact = [trial for trial in rendered[0] if trial.condition in [row.name for row in CONDITIONS[:2]]]
    assert {trial.scene for trial in exact} == set(SEEDS) and len(exact) >= 6
    assert {trial.label: trial.error for trial in exact if not trial.error <= 0.01} == {}
    assert any(abs(trial.distance - 1.5) < 0.35 for trial in exact)


def test_within_two_centimetres_of_loose_masks_and_noisy_depth(
    rendered: tuple[list[Trial], Picture, Camera],
) -> None:
    rough = [trial for trial in rendered[0] if trial.condition == CONDITIONS[-1].name]
    assert rough and all(trial.error <= 0.02 for trial in rough)


def test_the_pinhole_is_the_renderers_camera() -> None:
    camera = Camera.looking_at([3, 9, 21], [0, 10, 0], np.deg2rad(41))
    intrinsics = pinhole(camera, height=SIDE, width=SIDE)
    world = np.array([[0.0, 10.0, 0.0], [3.0, 12.0, 2.0], [-4.0, 7.0, -1.0]])
    pixels, depths = camera.project(world, SIDE, SIDE)
    # The renderer counts pixels from their edges, a camera matrix from their centres.
    eye = np.c_[world, np.ones(3)] @ camera.view.T
    optical = eye[:, :3] * (1, -1, -1)
    np.testing.assert_allclose(
        intrinsics.fx * optical[:, 0] / optical[:, 2] + intrinsics.cx, pixels[:, 0] - 0.5
    )
    np.testing.assert_allclose(
        intrinsics.fy * optical[:, 1] / optical[:, 2] + intrinsics.cy, pixels[:, 1] - 0.5
    )
    np.testing.assert_allclose(depths, optical[:, 2])


def test_truth_is_where_the_pixels_are() -> None:
    """A wall at 2 m: the centroid of a patch of it is the ray of its middle pixel."""
    camera = Camera.looking_at([0, 0, 20], [0, 0, 0], np.deg2rad(40))
    instance = np.zeros((SIDE, SIDE), np.uint8)
    instance[100:141, 300:321] = 1
    blank = np.zeros((SIDE, SIDE), np.uint8)
    depth = np.full((SIDE, SIDE), 20, np.float32)
    picture = Picture(np.zeros((SIDE, SIDE, 3), np.uint8), instance, blank, blank, depth)
    intrinsics = pinhole(camera, height=SIDE, width=SIDE)
    expected = intrinsics.back_project(np.array([310]), np.array([120]), np.array([2.0]))[0]
    np.testing.assert_allclose(surface_centroid(picture, camera, 1), expected, atol=1e-9)


def test_summary_counts_by_distance() -> None:
    name = CONDITIONS[0].name
    rows = [
        Trial(name, 0, "cup 1", distance, error, None)
        for distance, error in ((1, 0.004), (1.5, 0.02), (3, np.nan))
    ]
    near, far = summary(rows)[:2]
    assert (near["objects"], near["located"], near["within_1_cm"]) == (2, 2, 0.5)
    assert near["median_m"] == pytest.approx(0.012) and near["highest_m"] == 0.02
    assert (far["objects"], far["located"]) == (1, 0) and np.isnan(far["median_m"])


def test_pictures(rendered: tuple[list[Trial], Picture, Camera]) -> None:
    found, picture, camera = rendered
    shown = tile(picture.rgb, pinhole(camera, height=SIDE, width=SIDE), found[-1])
    assert shown.shape == (TILE, TILE, 3)
    for colour in AXIS_COLOURS:  # smoothed by the scaling
        assert (np.abs(shown.astype(int) - colour) < 30).all(axis=2).any()
    page = sheet([shown])
    np.testing.assert_array_equal(page[:TILE, :TILE], shown)
    assert (page[TILE + 4 :, TILE + 4 :] == 255).all()


def test_the_documented_figures_are_the_recorded_ones(repository: Path) -> None:
    record = json.loads((repository / "benchmarks" / "results" / "locating.json").read_text(encoding="utf-8"))
    page = (repository / "docs" / "grasping.md").read_text(encoding="utf-8")
    for row in record["figures"]:
        errors = [f"{1e3 * row[name]:.1f} mm" for name in ("median_m", "p95_m", "highest_m")]
        counts = [str(row["objects"]), str(row["located"])]
        cells = [row["condition"], row["distance"], *counts, *errors, f"{100 * row['within_1_cm']:.0f} %"]
        assert f"| {' | '.join(cells)} |" in page
