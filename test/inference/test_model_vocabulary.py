"""Models of PIC and of V-COCO cannot be taken for each other."""

import dataclasses
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from hrs_ros.cli import main
from hrs_ros.inference.graph import ModelError, make_metadata, write_metadata
from hrs_ros.inference.predictor import Predictor
from hrs_ros.network.config import ModelConfig
from hrs_ros.vocabulary import vocabulary

V = vocabulary("vcoco")
HOLD, SIT = V.relation_id("hold_obj"), V.relation_id("sit_instr")
# The model sees 96 x 64 pixels as 16 x 11 cells of 6 pixels: both things lie on whole cells.
IMAGE = {"things": [("person", (12, 12, 24, 36)), ("cup", (42, 18, 18, 18))], "acts": [(0, "hold_obj", 1)]}


@pytest.fixture()
def model(write_model: Callable[..., Path], outputs: dict[str, Any], config: ModelConfig) -> Path:
    """A V-COCO model that sees a person hold a cup (score 0.9) and, falsely, sit on it (0.5) everywhere."""
    outputs["entity_class"][2:4] = V.entity_id("cup")
    outputs["entity_score"][:3] = 0.9, 0.0, 0.9
    outputs["entity_mask"][0, 2:8, 2:6] = 1
    outputs["entity_mask"][2, 3:6, 7:10] = 1
    outputs["relation_class"][:2] = HOLD, SIT
    outputs["relation_score"][:2] = 0.9, 0.5
    outputs["parsing"][:] = 5
    spoken = dataclasses.replace(config, vocabulary="vcoco")
    metadata = make_metadata(spoken, opset=20, precision="float32", weights_sha256="0" * 64, training_step=7)
    return write_model(outputs, properties=write_metadata(metadata))


def test_scenes_are_in_the_models_words_and_without_parts(model: Path) -> None:
    scene = Predictor(model, providers="cpu", threads=1, speaks="vcoco").predict(
        np.zeros((64, 96, 3), np.uint8)
    )
    assert [scene.sentence(relation) for relation in scene.relations] == [
        "<person 1, hold_obj, cup 1>",
        "<person 1, sit_instr, cup 1>",
    ]
    (person,) = scene.humans()
    assert person.is_human and not person.parts
    assert not any(relation.is_action or relation.part_ids for relation in scene.relations)


def test_everything_but_its_own_evaluation_refuses_it(
    model: Path, write_model: Callable[..., Path], capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    with pytest.raises(ModelError, match=r"vocabulary 'pic', got one of 'vcoco'; V-COCO's are for `hrs eval"):
        Predictor(model, providers="cpu")
    assert main(["evaluate", "clip", "--model", str(model)]) == 2
    assert "expected a model of the vocabulary 'pic'" in capsys.readouterr().err
    pic = write_model()
    with pytest.raises(ModelError, match="expected a model of the vocabulary 'vcoco', got one of 'pic'"):
        Predictor(pic, providers="cpu", speaks="vcoco")


def test_evaluate_vcoco(
    model: Path, vcoco: Callable[..., Path], capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    unseen = {**IMAGE, "acts": [(0, "hold_obj", None)]}
    root, figures, pictures = vcoco([IMAGE, unseen], split="test"), tmp_path / "a.json", tmp_path / "pictures"
    command = ["evaluate", "vcoco", "--data", str(root), "--model", str(model), "--providers", "cpu"]
    assert main([*command, "--json", str(figures), "--pictures", str(pictures), "--every", "1"]) == 0
    # Scenario 1: of two equal scores the first image's is true; scenario 2: both are.
    assert "AP_role              2        50.0       100.0" in capsys.readouterr().out
    assert json.loads(figures.read_text())["figures"]["mean"] == {"ONE": 0.5, "TWO": 1.0}
    assert len(list(pictures.glob("COCO_train2014_*.png"))) == 2


def test_evaluate_vcoco_says_what_is_missing(
    model: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    assert main(["evaluate", "vcoco", "--data", str(tmp_path), "--model", str(model)]) == 2
    assert "no V-COCO roles of split 'test', expected vcoco_test.json" in capsys.readouterr().err
