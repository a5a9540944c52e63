import json
import shutil
from pathlib import Path

import pytest

from hrs_ros.cli import main


@pytest.fixture
def root(repository: Path, tmp_path: Path) -> Path:
    """A copy of the committed example: two images of split train."""
    return Path(shutil.copytree(repository / "examples" / "tiny_pic", tmp_path / "tiny"))


def test_sound_data_passes(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["data", "check", str(root)]) == 0
    assert capsys.readouterr().out == "2 images, nothing is wrong\n"


def test_damage_is_named_and_counted(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (root / "image/train/kitchen.jpg").unlink()
    (root / "segmentation/train/semantic/meadow.png").write_bytes(b"no picture")
    assert main(["data", "check", str(root)]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == f"{root}/image/train/kitchen.jpg: missing file: the lists name this image"
    assert lines[1].startswith(f"{root}/segmentation/train/semantic/meadow.png: unreadable image")
    assert lines[2:] == ["      1  missing file", "      1  unreadable image", "2 images, 2 findings"]


def test_a_split_can_be_chosen(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shutil.copytree(root / "segmentation/train", root / "segmentation/val")
    assert main(["data", "check", str(root), "--split", "train"]) == 0
    assert main(["data", "check", str(root)]) == 1
    assert f"{root}/relations_val.json: missing file" in capsys.readouterr().out


def test_statistics_are_printed_and_written(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    pytest.importorskip("matplotlib")
    assert main(["data", "stats", str(root), "--out", str(root / "figures")]) == 0
    out = capsys.readouterr().out
    assert "2 images, each with 4.5 entities (1.5 human) and 5.5 relations" in out
    assert "tiny                        yes    yes        yes           144 x 192" in out
    written = json.loads((root / "figures/statistics.json").read_text(encoding="utf-8"))
    assert written["actions"] == {"hold": 4, "look at": 1}
    assert written["geometric"] == {"stand on": 3, "next to": 3}
    assert (root / "figures/action_parts.png").is_file()


def test_statistics_of_the_first_images(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["data", "stats", str(root), "--most", "1"]) == 0
    assert "1 images, each with 5.0 entities (1.0 human) and 5.0 relations" in capsys.readouterr().out


def test_dropped_and_renamed_names_are_told(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    names = root / "categories_list/relation_categories.json"
    text = names.read_text(encoding="utf-8").replace('"look at"', '"look"').replace('"next to"', '"with"')
    names.write_text(text, encoding="utf-8")
    assert main(["data", "stats", str(root)]) == 0
    told = capsys.readouterr().err
    assert "relations: 'look' is read as 'look at'" in told
    assert "relations that the vocabulary lacks, left out: with" in told


def test_a_folder_without_labels_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["data", "check", str(tmp_path)]) == 2
    assert "no labels in PIC layout" in capsys.readouterr().err


@pytest.mark.shared
def test_photos_of_people_are_checked_too(shared: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["data", "check", str(shared / "data/real/coco_people/dev")]) == 0
    assert capsys.readouterr().out.endswith("photos, nothing is wrong\n")
