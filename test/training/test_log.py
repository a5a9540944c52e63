from pathlib import Path

import pytest

from hrs_ros.training.log import CsvLog, read_log


def test_rows_come_back(tmp_path: Path) -> None:
    log = CsvLog(tmp_path / "a.csv", ["total", "rate"])
    log.write({"step": 20, "total": 1.23456789, "rate": 3e-4})
    log.write({"step": 40, "rate": 1e-4})
    assert read_log(log.path) == [
        {"step": "20", "total": "1.23457", "rate": "0.0003"},
        {"step": "40", "total": "", "rate": "0.0001"},
    ]


def test_a_resumed_log_drops_what_the_state_does_not_know(tmp_path: Path) -> None:
    log = CsvLog(tmp_path / "a.csv", ["total"])
    for step in (10, 20, 30):
        log.write({"step": step, "total": float(step)})
    again = CsvLog(tmp_path / "a.csv", ["total"], resume_step=20)
    again.write({"step": 30, "total": 0.5})
    assert [(row["step"], row["total"]) for row in read_log(log.path)] == [
        ("10", "10"),
        ("20", "20"),
        ("30", "0.5"),
    ]


def test_a_new_run_starts_a_new_file(tmp_path: Path) -> None:
    CsvLog(tmp_path / "a.csv", ["total"]).write({"step": 1, "total": 1.0})
    CsvLog(tmp_path / "a.csv", ["total"])
    assert read_log(tmp_path / "a.csv") == []


def test_a_half_written_line_is_left_out(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("step,total,rate\n10,1,2\n20,1", encoding="utf-8")
    assert [row["step"] for row in read_log(tmp_path / "a.csv")] == ["10"]


def test_unknown_columns_are_an_error(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"unknown columns \['lose'\]"):
        CsvLog(tmp_path / "a.csv", ["loss"]).write({"step": 1, "lose": 1.0})
