import json
from pathlib import Path

import pytest

from hrs_ros.cli import main
from hrs_ros.commands.models import RECORD
from hrs_ros.network.config import config_names

pytestmark = pytest.mark.torch


def test_the_table_has_a_row_per_configuration(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["models", "--record", str(tmp_path / "none.json")]) == 0
    lines = capsys.readouterr().out.splitlines()
    rows = {line.split()[0]: line.split()[1:] for line in lines[2 : 2 + len(config_names())]}
    assert sorted(rows) == config_names()
    assert rows["sms_r50"] == ["512x512", "31.05", "163", "42.7", "45.2", "75", "-", "-"]
    assert rows["sms_dla34"] == ["512x512", "21.16", "109", "32", "18.9", "57.9", "-", "-"]
    assert rows["sms_l"] == ["512x512", "80.46", "1671", "42.7", "45.2", "1583", "-", "-"]
    assert rows["sms_lite"][0] == "320x320"


def test_branches_are_listed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["models", "sms_l", "--record", str(tmp_path / "none.json")]) == 0
    (line,) = [line for line in capsys.readouterr().out.splitlines() if line.startswith("sms_l: ")]
    assert "trunks 565," in line and "parsing 218," in line


def test_json_counts_add_up(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    command = ["models", "sms_lite", "--size", "64", "--json", "--record", str(tmp_path / "none.json")]
    assert main(command) == 0
    (row,) = json.loads(capsys.readouterr().out)["models"]
    assert row["input"] == [64, 64]
    assert row["flops"]["total"] == sum(row["flops"][room] for room in ("backbone", "neck", "heads"))
    assert sum(row["head_flops"].values()) == row["flops"]["heads"]


@pytest.mark.heavy
def test_a_measurement_is_written_and_shown_again(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    record = tmp_path / "models.json"
    command = ["models", "sms_lite", "--size", "96", "--record", str(record)]
    assert main([*command, "--measure", "--threads", "1", "--repeats", "2"]) == 0
    assert f"written: {record}" in capsys.readouterr().out
    written = json.loads(record.read_text())
    (row,) = written["models"]
    assert row["agrees"] and 0 < row["latency_ms"]["minimum"] <= row["latency_ms"]["median"]
    assert 3 < row["graph_mb"] < 10
    assert main([*command, "--json"]) == 0
    shown = json.loads(capsys.readouterr().out)
    assert shown["models"] == [row] and shown["machine"] == written["machine"]


def test_recorded_latency_is_shown_for_its_own_size_only(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    record = tmp_path / "models.json"
    measured = {"graph_mb": 7.0, "worst_difference": {}, "agrees": True, "latency_ms": {"median": 20.0}}
    facts = {"cpu": "a processor", "load_average": 0.25}
    record.write_text(
        json.dumps(
            {
                "created": "2026-01-01",
                "machine": facts,
                "versions": {"onnxruntime": "1.2.3"},
                "threads": 2,
                "repeats": 3,
                "models": [{"model": "sms_lite", "input": [320, 320], **measured}],
            }
        )
    )
    assert main(["models", "sms_lite", "--record", str(record)]) == 0
    shown = capsys.readouterr().out
    assert shown.splitlines()[2].split()[-2:] == ["20", "50.0"]
    assert "ONNX Runtime 1.2.3, 2 threads, a processor, load 0.25" in shown
    assert main(["models", "sms_lite", "--size", "64", "--record", str(record)]) == 0
    shown = capsys.readouterr().out
    assert shown.splitlines()[2].split()[-2:] == ["-", "-"]
    assert "hrs models --measure" in shown


def test_the_committed_record_has_every_member_and_every_graph_agrees(repository: Path) -> None:
    record = json.loads((repository / RECORD).read_text(encoding="utf-8"))
    assert sorted(row["model"] for row in record["models"]) == config_names()
    assert all(row["agrees"] for row in record["models"])


def test_an_unknown_model_names_the_known_ones(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["models", "sms_huge"]) == 2
    assert ", ".join(config_names()) in capsys.readouterr().err
