from __future__ import annotations

from pathlib import Path

import pytest

torch = pytest.importorskip("torch", reason="averaging needs PyTorch")

from hrs_ros.cli import main  # noqa: E402
from hrs_ros.network.checkpoint import load_checkpoint, save_checkpoint  # noqa: E402
from hrs_ros.network.config import load_config  # noqa: E402

pytestmark = pytest.mark.torch

CONFIG = load_config("sms_lite", input_height=64, input_width=64)


@pytest.fixture
def runs(tmp_path: Path) -> tuple[Path, Path]:
    paths = tmp_path / "last.safetensors", tmp_path / "before.safetensors"
    for path, value, step in zip(paths, (1.0, 2.0), (20, 70), strict=True):
        notes = {"training": f"run of {step} steps"}
        save_checkpoint(path, {"a": torch.full((3,), value)}, config=CONFIG, step=step, notes=notes)
    return paths


def test_the_mean_knows_what_it_is_made_of(runs: tuple[Path, Path], tmp_path: Path) -> None:
    out = tmp_path / "mean.safetensors"
    assert main(["average", f"{runs[0]}:0.7", f"{runs[1]}:0.3", "--out", str(out), "--step", "90"]) == 0
    mean = load_checkpoint(out)
    assert mean.weights["a"].tolist() == pytest.approx([1.3] * 3)
    assert (mean.step, mean.config, mean.notes["training"]) == (90, CONFIG, "run of 20 steps")
    first, second = mean.notes["mean"].split(" + ")
    assert first.startswith("0.7 x step 20 (") and second.startswith("0.3 x step 70 (")


def test_equal_shares_and_the_firsts_step_unless_told(runs: tuple[Path, Path], tmp_path: Path) -> None:
    out = tmp_path / "mean.safetensors"
    assert main(["average", str(runs[1]), str(runs[0]), "--out", str(out)]) == 0
    mean = load_checkpoint(out)
    assert (mean.weights["a"].tolist(), mean.step) == ([1.5] * 3, 70)


def test_a_wrong_share_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["average", "a.safetensors:much", "--out", "m.safetensors"])
    assert "expected FILE or FILE:SHARE" in capsys.readouterr().err


def test_a_missing_file_is_one_clear_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["average", str(tmp_path / "no.safetensors"), "--out", str(tmp_path / "m.safetensors")]) == 2
    assert "no checkpoint at" in capsys.readouterr().err
