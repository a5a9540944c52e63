from __future__ import annotations

from pathlib import Path

import pytest

pytest.importorskip("torch", reason="export needs PyTorch")

from hrs_ros.cli import main
from hrs_ros.commands import export
from hrs_ros.inference.compare import Difference

pytestmark = pytest.mark.torch


def test_missing_checkpoint_is_one_clear_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status = main(
        ["export", "--checkpoint", str(tmp_path / "no.safetensors"), "--out", str(tmp_path / "m.onnx")]
    )
    assert status == 2
    error = capsys.readouterr().err
    assert "no checkpoint at" in error and "hrs train" in error and "Traceback" not in error


@pytest.mark.parametrize("size", ["320", "axb", "1x2x3"])
def test_wrong_size_is_refused(size: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["export", "--checkpoint", "c", "--out", "m", "--static", size])
    assert "expected HEIGHTxWIDTH" in capsys.readouterr().err


def test_report_fails_on_any_difference(capsys: pytest.CaptureFixture[str]) -> None:
    good, bad = Difference("entity", 1e-6, 1e-3), Difference("mask logit", 0.5, 1e-2)
    assert export.report({"raw": [good], "decoded": [good]}) == 0
    assert "the graph agrees" in capsys.readouterr().out
    assert export.report({"raw": [good], "decoded": [bad]}) == 1
    output = capsys.readouterr().out
    assert "DIFFERS" in output and "mask logit" in output


def test_the_run_time_size_can_differ_from_the_checkpoints(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from hrs_ros.inference import export as exporter
    from hrs_ros.network.checkpoint import save_checkpoint
    from hrs_ros.network.config import load_config
    from hrs_ros.network.sms import SMS

    config = load_config("sms_lite")
    save_checkpoint(tmp_path / "c.safetensors", SMS(config).state_dict(), config=config, step=7)
    written = {}

    def note(model: SMS, path: Path, **_: object) -> None:
        written["size"] = (model.config.input_height, model.config.input_width)
        path.touch()

    monkeypatch.setattr(exporter, "export_onnx", note)
    command = ["export", "--checkpoint", str(tmp_path / "c.safetensors"), "--out", str(tmp_path / "m.onnx")]
    assert main([*command, "--input", "192x256"]) == 0
    assert written["size"] == (192, 256)


def test_a_safetensors_file_gets_the_weights_in_8_bits(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    from hrs_ros.network.checkpoint import load_model, save_checkpoint
    from hrs_ros.network.config import load_config
    from hrs_ros.network.sms import SMS

    config = load_config("sms_lite")
    model = SMS(config)
    whole, small = tmp_path / "whole.safetensors", tmp_path / "small.safetensors"
    save_checkpoint(whole, model.state_dict(), config=config, step=7, notes={"data": "made up"})
    assert main(["export", "--checkpoint", str(whole), "--out", str(small)]) == 0
    assert "MB before" in capsys.readouterr().out
    assert small.stat().st_size < 0.4 * whole.stat().st_size
    restored, checkpoint = load_model(small)
    assert (checkpoint.step, checkpoint.notes) == (7, {"data": "made up"})
    for name, weight in model.state_dict().items():
        limit = float(weight.abs().max()) / 250 if weight.dim() > 1 else 0
        assert float((restored.state_dict()[name] - weight).abs().max()) <= limit, name

    assert main(["export", "--checkpoint", str(whole), "--out", str(small), "--fp16"]) == 2
    assert "are for graphs" in capsys.readouterr().err
