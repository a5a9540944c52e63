from __future__ import annotations

import json
import shutil
from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np
import pytest

from hrs_ros.cli import main
from hrs_ros.synthetic.assets import AssetPack
from hrs_ros.synthetic.generate import GenerateConfig, by_scene, generate
from hrs_ros.synthetic.manifest import verify
from hrs_ros.synthetic.renderer import Renderer
from hrs_ros.vocabulary import vocabulary

pytestmark = pytest.mark.render


@pytest.fixture(scope="module")
def config(
    pack: AssetPack, cache: Path, renderer: Renderer, tmp_path_factory: pytest.TempPathFactory
) -> GenerateConfig:
    """Three small test scenes; depends on the renderer to be skipped where there is none."""
    out = tmp_path_factory.mktemp("whole")
    return GenerateConfig(pack.root, out, "test", 3, start=5, size=96, texture_size=64, cache=cache)


@pytest.fixture(scope="module")
def whole(config: GenerateConfig) -> Path:
    assert generate(config) == 3
    return config.out


def contents(root: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(root)): path.read_bytes() for path in sorted(root.rglob("*")) if path.is_file()
    }


def test_a_resumed_run_equals_an_uninterrupted_one(
    config: GenerateConfig, whole: Path, tmp_path: Path
) -> None:
    assert generate(replace(config, out=tmp_path, count=2)) == 2
    # Killed while scene 6 was being written: its record is missing, its label image is half a file.
    (tmp_path / "records/test/000006.json").unlink()
    (tmp_path / "parsing/test/000006.png").write_bytes(b"\x89PNG")
    assert generate(replace(config, out=tmp_path)) == 3
    assert contents(tmp_path) == contents(whole)


def test_files_follow_the_pic_layout(whole: Path) -> None:
    words = vocabulary()
    relations = json.loads((whole / "relations_test.json").read_text())
    keypoints = json.loads((whole / "keypoints_test.json").read_text())
    assert [row["name"] for row in relations] == ["000005.jpg", "000006.jpg", "000007.jpg"]
    assert [row["image_id"] for row in keypoints] == [5, 6, 7]
    labels = json.loads((whole / "categories_list/label_categories.json").read_text())
    assert labels[0] == {"name": "human", "id": 1} and len(labels) == 141
    for row, people in zip(relations, keypoints, strict=True):
        name = row["name"].replace(".jpg", ".png")
        image = cv2.imread(str(whole / "image/test" / row["name"]))
        folders = ("segmentation/test/instance", "segmentation/test/semantic", "parsing/test", "depth/test")
        instance, semantic, parsing, depth = (
            cv2.imread(str(whole / folder / name), cv2.IMREAD_UNCHANGED) for folder in folders
        )
        assert image.shape == (96, 96, 3)
        assert instance.dtype == semantic.dtype == parsing.dtype == np.uint8
        assert depth.dtype == np.uint16
        assert ((depth > 0) == (instance > 0)).all()
        for relation in row["relations"]:
            assert semantic[instance == relation["subject"]][0] == words.human
            assert (instance == relation["object"]).any()
            for part in relation["parts"]:
                assert ((parsing == part) & (instance == relation["subject"])).any()
        for human in people["humans"]:
            assert np.array(human["keypoints"]).shape == (16, 3)
            assert semantic[instance == human["instance"]][0] == words.human


def test_a_folder_with_other_settings_is_refused(config: GenerateConfig, whole: Path) -> None:
    with pytest.raises(ValueError, match="size: there 96, asked 128"):
        generate(replace(config, size=128))


def test_order_and_number_of_processes_leave_no_trace(
    config: GenerateConfig, whole: Path, tmp_path: Path
) -> None:
    generate(replace(config, out=tmp_path, start=7, count=1))
    generate(replace(config, out=tmp_path, processes=2))
    assert contents(tmp_path) == contents(whole)
    assert verify(tmp_path, "test").lines() == []


def test_what_the_bytes_depend_on_is_told(config: GenerateConfig, whole: Path, renderer: Renderer) -> None:
    found = json.loads((whole / "manifest_test.json").read_text())
    (maker,) = found["makers"]
    assert maker["driver"] == renderer.driver and len(maker["code_sha256"]) == 64
    assert {"numpy", "opencv", "moderngl"} <= set(maker["packages"])
    assert found["seeds"] == [[5, 7]] and found["split"] == "test" and found["ablate"] == []


def test_the_command_finds_a_damaged_file(
    whole: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "copy"
    shutil.copytree(whole, folder)
    assert main(["synth", "verify", "--out", str(folder), "--split", "test"]) == 0
    with (folder / "depth/test/000006.png").open("ab") as file:
        file.write(b"!")
    assert main(["synth", "verify", "--out", str(folder), "--split", "test"]) == 1
    assert "changed: depth/test/000006.png" in capsys.readouterr().out


def test_an_ablation_changes_pictures_not_scenes(config: GenerateConfig, whole: Path, tmp_path: Path) -> None:
    generate(replace(config, out=tmp_path, count=1, ablate=("texture_variety", "blur", "backdrops")))
    assert json.loads((tmp_path / "manifest_test.json").read_text())["ablate"] == [
        "backdrops",
        "blur",
        "texture_variety",
    ]
    instance = "segmentation/test/instance/000005.png"
    plain, rich = (cv2.imread(str(root / instance), cv2.IMREAD_UNCHANGED) for root in (tmp_path, whole))
    assert (plain != rich).mean() < 0.01  # leaves are cut by their texture
    assert (tmp_path / "image/test/000005.jpg").read_bytes() != (whole / "image/test/000005.jpg").read_bytes()


def test_pictures_of_a_scene_go_together() -> None:
    assert by_scene([5, 6, 7], 1) == [[5], [6], [7]]
    assert by_scene([5, 6, 7, 8, 10], 3) == [[5], [6, 7, 8], [10]]


def test_views_of_a_scene_are_numbered_in_a_row(config: GenerateConfig, whole: Path, tmp_path: Path) -> None:
    """Pictures 11 to 13 with two views: the second of scene 5, both of scene 6."""
    assert generate(replace(config, out=tmp_path, start=11, count=3, views=2)) == 3
    rows = json.loads((tmp_path / "relations_test.json").read_text())
    assert [(row["name"], row["image_id"]) for row in rows] == [
        ("000011.jpg", 11),
        ("000012.jpg", 12),
        ("000013.jpg", 13),
    ]
    for folder, suffix in (("image", "jpg"), ("parsing", "png"), ("depth", "png")):
        single = (whole / f"{folder}/test/000006.{suffix}").read_bytes()
        first, second = ((tmp_path / f"{folder}/test/{n:06d}.{suffix}").read_bytes() for n in (12, 13))
        assert first == single and second != single
    with pytest.raises(ValueError, match="views: there 2, asked 1"):
        generate(replace(config, out=tmp_path))


def test_a_missing_view_is_made_alone(config: GenerateConfig, tmp_path: Path) -> None:
    settings = replace(config, out=tmp_path, start=10, count=4, views=2)
    generate(settings)
    before = contents(tmp_path)
    (tmp_path / "records/test/000011.json").unlink()
    (tmp_path / "image/test/000011.jpg").write_bytes(b"half")
    assert generate(settings) == 4
    assert contents(tmp_path) == before


@pytest.mark.parametrize("name", ["count", "processes", "views"])
def test_numbers_are_positive(config: GenerateConfig, name: str) -> None:
    with pytest.raises(ValueError, match=f"{name} must be at least 1, got 0"):
        replace(config, **{name: 0})
