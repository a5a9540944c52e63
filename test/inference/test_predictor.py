from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from hrs_ros.inference.assemble import Thresholds
from hrs_ros.inference.graph import ModelError
from hrs_ros.inference.predictor import Predictor
from hrs_ros.vocabulary import vocabulary

WriteModel = Callable[..., Path]
PLATE = vocabulary().entity_id("plate")


@pytest.fixture()
def predictor(write_model: WriteModel, outputs: dict[str, Any]) -> Predictor:
    """Answers every image with one plate of score 0.6 on cells (4..7, 2..3) of the 16 x 16 map."""
    outputs["entity_class"][2] = PLATE
    outputs["entity_score"][2] = 0.6
    outputs["entity_mask"][2, 2:4, 4:8] = 1
    return Predictor(write_model(outputs), providers="cpu", threads=1)


def test_scene_is_in_the_images_own_pixels(predictor: Predictor) -> None:
    scene = predictor.predict(np.zeros((480, 640, 3), np.uint8), stamp_ns=5, frame_id="camera")
    assert (scene.height, scene.width, scene.stamp_ns, scene.frame_id) == (480, 640, 5, "camera")
    mask = scene.entities[0].mask  # 64 / 640: a cell is 40 pixels
    assert (mask.x, mask.y, mask.width, mask.height) == (160, 80, 160, 80)


def test_frame_size_may_change(predictor: Predictor) -> None:
    for height, width in ((480, 640), (100, 50), (1, 1), (2000, 3)):
        scene = predictor.predict(np.zeros((height, width, 3), np.uint8))
        assert (scene.height, scene.width) == (height, width)
        for entity in scene.entities:
            assert entity.mask.x + entity.mask.width <= width and entity.mask.y + entity.mask.height <= height


def test_views_are_welcome(predictor: Predictor) -> None:
    bgr = np.zeros((48, 64, 3), np.uint8)
    assert len(predictor.predict(bgr[:, ::-1, ::-1]).entities) == 1


def test_thresholds_change_between_frames(predictor: Predictor) -> None:
    image = np.zeros((64, 64, 3), np.uint8)
    assert len(predictor.predict(image).entities) == 1
    predictor.score_threshold = 0.7
    assert len(predictor.predict(image).entities) == 0
    predictor.score_threshold = 2.0
    with pytest.raises(ValueError, match="threshold score"):
        predictor.predict(image)


def test_one_look_is_read_with_several_thresholds(predictor: Predictor) -> None:
    image = np.zeros((64, 64, 3), np.uint8)
    scenes = predictor.predict_at(image, Thresholds(score=0.5), Thresholds(score=0.7))
    assert [len(scene.entities) for scene in scenes] == [1, 0]
    assert len(predictor.predict(image).entities) == 1  # its own stay as they are
    with pytest.raises(ValueError, match="dtype uint8"):
        predictor.predict_at(image.astype(float), Thresholds())


def test_wrong_threshold_is_refused_at_once(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="threshold relation"):
        Predictor(tmp_path / "never_read.onnx", relation_threshold=-1)


def test_says_where_and_how_long_it_ran(predictor: Predictor) -> None:
    predictor.warm_up()
    assert predictor.provider == "CPUExecutionProvider"
    assert predictor.input_size == (64, 64)
    timings = predictor.timings
    assert min(timings.letterbox, timings.network, timings.assemble) > 0
    assert timings.total == timings.letterbox + timings.network + timings.assemble


@pytest.mark.parametrize(
    ("image", "message"),
    [
        (np.zeros((4, 4, 3), np.float32), "dtype uint8, got float32"),
        (np.zeros((4, 4), np.uint8), r"RGB image \(H, W, 3\), got shape \(4, 4\)"),
        (np.zeros((4, 4, 4), np.uint8), r"got shape \(4, 4, 4\)"),
        (np.zeros((0, 4, 3), np.uint8), r"with pixels, got shape \(0, 4, 3\)"),
        (np.zeros((4, 0, 3), np.uint8), r"with pixels, got shape \(4, 0, 3\)"),
        ([[1, 2, 3]], "numpy array .* got list"),
    ],
)
def test_wrong_images_are_refused(predictor: Predictor, image: Any, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        predictor.predict(image)


def test_missing_model_is_a_model_error(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="no model file"):
        Predictor(tmp_path / "model.onnx")
