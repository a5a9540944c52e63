from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from hrs_ros.synthetic import manifest

SETTINGS = {"size": 96, "ablate": ["blur"]}
MAKER = {"driver": "llvmpipe", "code_sha256": "ab"}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Scenes 3, 4 and 7 of the split "test", and one of another split."""
    write(tmp_path, 3, 4, 7)
    for name in ("relations_test.json", "keypoints_test.json", "categories_list/part_categories.json"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("[]")
    (tmp_path / "image/train").mkdir()
    (tmp_path / "image/train/000000.jpg").write_bytes(b"another split")
    manifest.start(tmp_path, "test", SETTINGS)
    manifest.finish(tmp_path, "test", [MAKER])
    return tmp_path


def write(root: Path, *seeds: int) -> None:
    for seed in seeds:
        for name in ("image/test/{}.jpg", "segmentation/test/instance/{}.png", "records/test/{}.json"):
            path = root / name.format(f"{seed:06d}")
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(f"{name} {seed}".encode())


def test_it_says_what_is_there_and_who_made_it(root: Path) -> None:
    found = json.loads((root / "manifest_test.json").read_text())
    assert found["seeds"] == [[3, 4], [7, 7]] and found["scenes"] == 3
    assert found["files"] == 12 and found["makers"] == [MAKER] and found["size"] == 96
    assert "image/train/000000.jpg" not in manifest.read_sums(root, "test")


def test_the_list_is_one_that_coreutils_check(root: Path) -> None:
    command = ["sha256sum", "--check", "--quiet", "SHA256SUMS_test"]
    assert subprocess.run(command, cwd=root, check=False).returncode == 0


def test_a_whole_folder_has_no_problems(root: Path) -> None:
    assert manifest.verify(root, "test").lines() == []


def test_every_difference_is_named(root: Path) -> None:
    (root / "image/test/000003.jpg").write_bytes(b"damaged")
    (root / "records/test/000004.json").unlink()
    write(root, 9)
    assert manifest.verify(root, "test").lines() == [
        "missing: records/test/000004.json",
        "changed: image/test/000003.jpg",
        "not in the list: image/test/000009.jpg",
        "not in the list: records/test/000009.json",
        "not in the list: segmentation/test/instance/000009.png",
    ]


def test_a_changed_list_is_found_too(root: Path) -> None:
    sums = root / "SHA256SUMS_test"
    sums.write_text("".join(sums.read_text().splitlines(keepends=True)[1:]))
    assert manifest.verify(root, "test").lines()[0] == "changed: SHA256SUMS_test"


def test_other_settings_are_refused(root: Path) -> None:
    with pytest.raises(ValueError, match=r"ablate: there \['blur'\], asked \[\]"):
        manifest.start(root, "test", {**SETTINGS, "ablate": []})


def test_a_folder_from_before_there_were_views_has_one_a_scene(root: Path) -> None:
    manifest.start(root, "test", {**SETTINGS, "views": 1})
    with pytest.raises(ValueError, match=r"views: there 1, asked 4"):
        manifest.start(root, "test", {**SETTINGS, "views": 4})


def test_pictures_of_one_scene_count_as_one_scene(tmp_path: Path) -> None:
    write(tmp_path, 12, 13, 14, 16, 24)
    for name in ("relations_test.json", "keypoints_test.json"):
        (tmp_path / name).write_text("[]")
    manifest.start(tmp_path, "test", {**SETTINGS, "views": 4})
    manifest.finish(tmp_path, "test", [MAKER])
    found = json.loads((tmp_path / "manifest_test.json").read_text())
    assert (found["pictures"], found["scenes"], found["seeds"]) == (5, 3, [[3, 4], [6, 6]])


def test_a_run_that_goes_on_blesses_no_damaged_file(root: Path) -> None:
    (root / "image/test/000003.jpg").write_bytes(b"damaged")
    with pytest.raises(ValueError, match=r"000003.jpg is not as it was written"):
        manifest.finish(root, "test", [MAKER])


def test_scenes_and_makers_are_added(root: Path) -> None:
    write(root, 5)
    (root / "relations_test.json").write_text("[1]")  # grows with the scenes
    manifest.finish(root, "test", [MAKER, {**MAKER, "driver": "another"}])
    found = json.loads((root / "manifest_test.json").read_text())
    assert found["seeds"] == [[3, 5], [7, 7]]
    assert [maker["driver"] for maker in found["makers"]] == ["llvmpipe", "another"]
    assert manifest.verify(root, "test").lines() == []


def test_an_unfinished_folder_cannot_be_verified(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="no finished split 'val'"):
        manifest.verify(tmp_path, "val")
