from __future__ import annotations

import json
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest

from hrs_ros.cli import main
from hrs_ros.commands import bench
from hrs_ros.data.frames import write_picture
from hrs_ros.inference.predictor import Timings
from hrs_ros.network.config import load_config
from hrs_ros.scene import Scene


class FakePredictor:
    provider = "CPUExecutionProvider"
    input_size = (320, 320)
    metadata = SimpleNamespace(
        config=load_config("sms_lite"), weights_sha256="ab", training_step=5, precision="float32"
    )
    timings = Timings(letterbox=1.0, network=20.0, assemble=2.0)

    def predict(self, image: np.ndarray) -> Scene:
        return Scene(height=image.shape[0], width=image.shape[1])


@pytest.fixture(autouse=True)
def _no_model(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(bench, "open_predictor", lambda options: FakePredictor())
    monkeypatch.chdir(tmp_path)


def test_figures_are_printed_and_written(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write_picture(tmp_path / "picture.png", np.zeros((30, 40, 3), np.uint8))
    assert main(["bench", "--source", "picture.png", "--frames", "5", "--warm-up", "1"]) == 0
    path = Path("benchmarks/results/engine_sms_lite_320x320_cpu.json")
    result = json.loads(path.read_text(encoding="utf-8"))
    assert result["stages_ms"]["network"] == {
        "median": 20.0,
        "mean": 20.0,
        "p5": 20.0,
        "p95": 20.0,
        "p99": 20.0,
    }
    assert (result["frames"], result["source"], result["image"]) == (5, "picture.png", [30, 40])
    assert result["machine"]["cores"] >= 1 and "numpy" in result["versions"]
    assert result["model"]["training_step"] == 5
    output = capsys.readouterr().out
    assert "frames a second" in output and str(path) in output


def test_random_image_has_the_asked_size() -> None:
    assert main(["bench", "--random-size", "24x36", "--frames", "1", "--out", "here.json"]) == 0
    result = json.loads(Path("here.json").read_text(encoding="utf-8"))
    assert result["image"] == [24, 36] and result["source"] is None


def test_missing_source_is_one_clear_line(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["bench", "--source", "nowhere.mp4"]) == 2
    assert "nowhere.mp4 not found" in capsys.readouterr().err


def test_recall_is_timed_and_its_value_written(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["bench", "--recall", "--images", "3"]) == 0
    result = json.loads(Path("benchmarks/results/recall.json").read_text(encoding="utf-8"))
    assert (result["benchmark"], result["images"], result["predictions"]) == ("recall", 3, 100)
    assert result["variants"] == 4 and result["processor_seconds"] > 0
    assert 0 < result["average_recall"]["HRS"] < result["average_recall"]["RS"] < 1
    assert "3 images, 100 predictions each" in capsys.readouterr().out


@pytest.mark.torch
def test_loading_is_timed_by_stage(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write_scene(tmp_path / "scenes")
    assert main(["bench", "--data", "scenes:train", "--side", "64", "--images", "4"]) == 0
    result = json.loads(Path("benchmarks/results/loading_64.json").read_text(encoding="utf-8"))
    stages = result["milliseconds_an_image"]
    assert list(stages) == ["read", "augment", "encode", "join"] and min(stages.values()) > 0
    assert result["images_a_second_a_core"] == pytest.approx(1e3 / sum(stages.values()), rel=0.02)
    assert result["needed"]["images_a_second_a_core"] == 25
    assert "25.0 needed of each of 16 cores" in capsys.readouterr().out


def write_scene(root: Path) -> None:
    """One picture of a human beside nothing, in PIC layout."""
    labels = np.zeros((40, 50), np.uint8)
    labels[5:35, 10:30] = 1
    for folder, suffix, image in (
        ("image", "jpg", np.zeros((40, 50, 3), np.uint8)),
        ("segmentation/train/instance", "png", labels),
        ("segmentation/train/semantic", "png", labels),
    ):
        place = root / (folder if "/" in folder else f"{folder}/train")
        place.mkdir(parents=True)
        write_picture(place / f"0.{suffix}", image)
    (root / "relations_train.json").write_text('[{"name": "0.jpg", "relations": []}]', encoding="utf-8")


@pytest.mark.torch
def test_data_without_images_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["bench", "--data", "nothing_*:train"]) == 2
    assert "no images in nothing_*:train" in capsys.readouterr().err
