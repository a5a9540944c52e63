"""What a long run's samples say about memory, and a run of seconds through the command."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("rclpy", reason="needs ROS 2 (scripts/setup installs it as wheels)")
pytest.importorskip("hrs_msgs.srv", reason="needs the built messages (scripts/build_messages)")

from hrs_ros.nodes.soak import Sample, growth


def samples(memory: list[float]) -> list[Sample]:
    return [
        Sample(
            seconds=10.0 * number,
            memory_mb=value,
            heap_in_use_mb=value / 2 if number % 2 else None,
            heap_kept_mb=None,
            shared_mb=64.0,
            threads=9,
            files=30,
            scenes=10,
            answers=5,
            latency_ms=20.0,
        )
        for number, value in enumerate(memory)
    ]


def test_flat_memory_is_flat() -> None:
    assert growth(samples([300.0, 301.0, 300.0, 301.0, 300.0] * 4)) == {
        "first_mb": 300.5,
        "last_mb": 300.5,
        "ratio": 1.0,
        "mb_per_hour": pytest.approx(0, abs=15),
    }


def test_a_leak_shows_in_ratio_and_slope() -> None:
    found = growth(samples([300.0 + number for number in range(60)]))  # 0.1 MB a second
    assert found["mb_per_hour"] == pytest.approx(360.0)
    assert (found["first_mb"], found["last_mb"]) == (305.5, 353.5)
    assert found["ratio"] == pytest.approx(353.5 / 305.5, abs=1e-4)


def test_samples_in_which_a_figure_is_unknown_are_left_out() -> None:
    found = growth(samples([300.0 + number for number in range(60)]), "heap_in_use_mb")
    assert found["mb_per_hour"] == pytest.approx(180.0)
    with pytest.raises(ValueError, match="got 0"):
        growth(samples([300.0] * 20), "heap_kept_mb")


def test_too_few_samples_are_no_judgement() -> None:
    with pytest.raises(ValueError, match="at least 5 samples"):
        growth(samples([300.0] * 4))


@pytest.mark.ros
def test_command_runs_and_writes_its_figures(
    ros_environment: dict[str, str], start_process: Any, constant_model: Path, tmp_path: Path
) -> None:
    out = tmp_path / "soak.json"
    options = ("--minutes", "0.05", "--every", "0.25", "--warm-up", "0.5", "--tolerance", "1.0")
    command = [sys.executable, "-m", "hrs_ros.cli", "soak", "--model", str(constant_model), *options]
    process = start_process([*command, "--out", str(out)], ros_environment)
    assert process.wait(90) == 0, process.output
    result = json.loads(out.read_text(encoding="utf-8"))
    assert len(result["samples"]) == 12 and result["scenes"] > 0 and result["answers"] > 0
    assert result["flat"] is True and "memory" in process.output
