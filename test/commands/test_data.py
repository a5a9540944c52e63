import json
from pathlib import Path

import cv2
import numpy as np
import pytest

from hrs_ros.cli import main
from hrs_ros.vocabulary import vocabulary


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Two pictures of a person in PIC layout."""
    for folder in ("image/train", "segmentation/train/instance", "segmentation/train/semantic"):
        (tmp_path / folder).mkdir(parents=True)
    for name in ("0", "1"):
        cv2.imwrite(str(tmp_path / f"image/train/{name}.jpg"), np.zeros((8, 8, 3), np.uint8))
        labels = np.full((8, 8), vocabulary().human, np.uint8)
        for kind in ("instance", "semantic"):
            cv2.imwrite(str(tmp_path / f"segmentation/train/{kind}/{name}.png"), labels)
    rows = [{"name": f"{name}.jpg", "image_id": int(name), "relations": []} for name in ("0", "1")]
    (tmp_path / "relations_train.json").write_text(json.dumps(rows), encoding="utf-8")
    return tmp_path


def test_sound_data_is_counted(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["data", str(root)]) == 0
    assert "2 images" in (out := capsys.readouterr().out)
    assert "2  human" in out


def test_a_damaged_file_is_named_and_the_rest_is_counted(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    damaged = root / "segmentation/train/semantic/1.png"
    damaged.write_bytes(b"no picture")
    assert main(["data", str(root)]) == 1
    captured = capsys.readouterr()
    assert "1 images" in captured.out
    assert str(damaged) in captured.err


def test_a_folder_without_labels_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["data", str(tmp_path)]) == 2
    assert "no split 'train' in PIC layout" in capsys.readouterr().err
