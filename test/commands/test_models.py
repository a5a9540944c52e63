import json

import pytest

from hrs_ros.cli import main

pytestmark = pytest.mark.torch


def test_the_table_has_a_row_per_configuration(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["models", "--repeats", "0"]) == 0
    rows = {line.split()[0]: line.split()[1:] for line in capsys.readouterr().out.splitlines()[:3]}
    assert rows["sms_r50"] == ["512x512", "31.05", "162.97", "42.71", "45.25", "75.01", "-"]
    assert rows["sms_lite"][0] == "320x320"


def test_json_counts_add_up_and_latency_is_measured(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["models", "sms_lite", "--size", "64", "--repeats", "1", "--threads", "1", "--json"]) == 0
    (row,) = json.loads(capsys.readouterr().out)
    assert row["input"] == [64, 64]
    assert row["flops"]["total"] == sum(row["flops"][room] for room in ("backbone", "neck", "heads"))
    assert sum(row["head_flops"].values()) == row["flops"]["heads"]
    assert row["latency_ms"] > 0


def test_an_unknown_model_names_the_known_ones(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["models", "sms_huge"]) == 2
    assert "sms_lite, sms_r50" in capsys.readouterr().err
