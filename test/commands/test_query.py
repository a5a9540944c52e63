"""`hrs query` over recorded scenes."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from hrs_ros.cli import main
from hrs_ros.scene import Entity, Mask, Relation, Scene
from hrs_ros.scene_json import write_scenes
from hrs_ros.vocabulary import vocabulary


@pytest.fixture
def recorded(tmp_path: Path) -> Path:
    """An empty frame, then one of a person with a plate in the left arm."""
    vocab = vocabulary()
    mask = Mask(x=0, y=0, bits=np.ones((2, 2), bool))
    held = Scene(
        height=4,
        width=4,
        entities=(
            Entity(1, vocab.human, 0.9, mask),
            Entity(2, vocab.entity_id("plate"), 0.8, mask),
        ),
        relations=(Relation(1, vocab.relation_id("hold"), 2, 0.75, (vocab.part_id("left arm"),), (0.8,)),),
    )
    path = tmp_path / "scenes.jsonl"
    write_scenes(path, [Scene(height=4, width=4), held])
    return path


def test_last_scene_is_asked(recorded: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["query", "dish in left hand", "--scene", str(recorded)]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "understood: object: plate; held in: left arm",
        "OK: plate 1 fits: <human 1 [left arm], hold, plate 1>.",
        "  1. entity 2, score 0.600: <human 1 [left arm], hold, plate 1>",
    ]


def test_another_frame(recorded: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["query", "plate in left arm", "--scene", str(recorded), "--frame", "0"]) == 1
    assert "NO_PERSON: No person is in view." in capsys.readouterr().out


def test_json(recorded: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["query", "plate in right arm", "--scene", str(recorded), "--json"]) == 1
    data = json.loads(capsys.readouterr().out)
    assert (data["status"], data["status_name"]) == (6, "WRONG_PART")
    assert data["query"]["asked"]["class_ids"] == [vocabulary().entity_id("plate")]


def test_without_scenes_the_reading_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["query", "plate in left arm"]) == 0
    assert capsys.readouterr().out == "understood: object: plate; held in: left arm\n"
    assert main(["query", "plaet"]) == 1
    assert "did you mean: plate" in capsys.readouterr().out
    assert main(["query", "the plate", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["query"]["meaning"] == "object: plate"


def test_a_frame_that_is_not_there(recorded: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["query", "the plate", "--scene", str(recorded), "--frame", "2"]) == 2
    assert "holds 2 scenes" in capsys.readouterr().err


def test_a_file_that_is_not_there(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["query", "the plate", "--scene", str(tmp_path / "none.jsonl")]) == 2
    assert "none.jsonl" in capsys.readouterr().err


def test_no_request(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["query"]) == 2
    assert "expected a request" in capsys.readouterr().err


def test_benchmark_writes_what_it_measured(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "latency.json"
    assert main(["query", "--benchmark", "--requests", "20", "--entities", "9", "--out", str(out)]) == 0
    record = json.loads(out.read_text(encoding="utf-8"))
    assert (record["entities"], record["requests"]) == (9, 20)
    assert record["machine"]["cores"] and record["versions"]["python"]
    for kind in ("plausible", "hostile"):
        for clock in ("wall_ms", "processor_ms"):
            figures = record[kind][clock]
            assert 0 < figures["median"] <= figures["p99"] <= figures["highest"]
    assert "parse and resolve" in capsys.readouterr().out
