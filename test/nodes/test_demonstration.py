"""The demonstration end to end: two child processes over DDS, a client, pictures on disk."""

from __future__ import annotations

import json
from pathlib import Path

import cv2
import numpy as np
import pytest

rclpy = pytest.importorskip("rclpy", reason="needs ROS 2")

from hrs_ros.nodes.benchmark import node_rate  # noqa: E402
from hrs_ros.nodes.demonstration import demonstrate  # noqa: E402

pytestmark = pytest.mark.ros


@pytest.fixture
def pictures(tmp_path: Path) -> Path:
    folder = tmp_path / "pictures"
    folder.mkdir()
    for number in range(5):
        image = np.full((64, 64, 3), 40 * number, np.uint8)
        cv2.imwrite(str(folder / f"{number}.png"), image)
    return folder


@pytest.mark.usefixtures("ros_environment")
def test_answers_are_saved_as_pictures(constant_model: Path, pictures: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    status = demonstrate(
        source=str(pictures),
        requests=["plate in left arm", "plate in right arm"],
        asks=2,
        model=constant_model,
        out=out,
        timeout=40.0,
    )
    assert status == 0
    left, right = json.loads((out / "answers.json").read_text())
    assert (left["ok"], right["ok"]) == (2, 2)
    # The constant model's person faces the camera: the plate in the left arm is at the image's right.
    assert left["centre"][0] > 32 > right["centre"][0]
    mask = cv2.imread(left["mask"], cv2.IMREAD_GRAYSCALE)
    assert mask.shape == (64, 64)
    assert set(np.unique(mask)) == {0, 255}
    assert np.count_nonzero(mask) == left["pixels"]
    assert cv2.imread(left["overlay"]).shape == (64, 64, 3)


@pytest.mark.usefixtures("ros_environment")
def test_a_request_without_an_answer_is_a_failure(
    constant_model: Path, pictures: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    status = demonstrate(
        source=str(pictures),
        requests=["cup in left arm"],
        asks=1,
        model=constant_model,
        out=tmp_path / "out",
        timeout=40.0,
    )
    assert status == 1
    assert "NO_OBJECT" in capsys.readouterr().out


@pytest.mark.usefixtures("ros_environment")
def test_node_benchmark_counts_every_frame(constant_model: Path) -> None:
    images = [np.zeros((48, 64, 3), np.uint8)]
    result = node_rate(constant_model, images, providers="cpu", threads=1, frames=20, warm_up=4)
    assert result["frames"] == 20
    assert result["frames_per_second"] > 0
    assert result["latency_ms"]["median"] <= result["latency_ms"]["p99"]
