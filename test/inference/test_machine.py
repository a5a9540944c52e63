from __future__ import annotations

from pathlib import Path

import pytest

from hrs_ros.inference.machine import machine


def put_tool(folder: Path, script: str, monkeypatch: pytest.MonkeyPatch) -> None:
    tool = folder / "nvidia-smi"
    tool.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    tool.chmod(0o755)
    monkeypatch.setenv("PATH", f"{folder}:/bin:/usr/bin")


def test_gpus_are_named_with_their_driver(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put_tool(tmp_path, "printf 'NVIDIA A, 580.1\\nNVIDIA B, 580.1\\n'", monkeypatch)
    assert machine()["gpus"] == ["NVIDIA A, 580.1", "NVIDIA B, 580.1"]


@pytest.mark.parametrize("script", ["exit 9", "true"], ids=["driver does not answer", "no card"])
def test_a_machine_without_a_working_gpu_has_none(
    script: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put_tool(tmp_path, script, monkeypatch)
    assert "gpus" not in machine()
