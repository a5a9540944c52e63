from pathlib import Path
from typing import Any

import pytest

from hrs_ros.cli import main
from hrs_ros.training import loop
from hrs_ros.training.config import TrainConfig
from hrs_ros.training.state import Progress

pytestmark = pytest.mark.torch


@pytest.fixture
def seen(monkeypatch: pytest.MonkeyPatch) -> list[TrainConfig]:
    """Configurations that ``train`` was called with."""
    configs: list[TrainConfig] = []

    def record(config: TrainConfig) -> Progress:
        configs.append(config)
        return Progress()

    monkeypatch.setattr(loop, "train", record)
    return configs


def test_a_run_by_the_clock(seen: list[TrainConfig], capsys: pytest.CaptureFixture[str]) -> None:
    arguments = (
        "train --data a --data b:val --val c:val --photos p --out run --time-limit 80 --size 224@0.5,320@1 "
        "--warm-up 0.2 --scale 0.7,2"
    )
    assert main(arguments.split()) == 0
    (config,) = seen
    assert [config.data, config.validation, config.photos] == [("a", "b:val"), ("c:val",), Path("p")]
    assert [config.budget.seconds, config.budget.steps, config.budget.epochs] == [4800.0, None, None]
    assert [config.rate.base, config.rate.warm_up] == [1e-3, 0.2]
    assert [config.batch, config.weight_decay] == [16, 0.01]
    assert config.sizes.final == 320
    assert config.scale == (0.7, 2.0)
    assert "run" in capsys.readouterr().out


def test_the_papers_schedule(seen: list[TrainConfig]) -> None:
    arguments = "--data a --out run --schedule paper --model sms_r50 --size 512"
    assert main(["train", *arguments.split()]) == 0
    (config,) = seen
    found: list[Any] = [config.rate.preset, config.rate.base, config.batch, config.budget.epochs]
    assert found == ["paper", 3e-4, 60, 140]
    assert [config.weight_decay, config.model] == [0.0, "sms_r50"]


def test_fields_of_the_model(seen: list[TrainConfig]) -> None:
    arguments = (
        "--data a --out run --steps 5 --set mask_head=polar --set directed_pairs=true --set kernel_grid=24"
    )
    assert main(["train", *arguments.split()]) == 0
    assert seen[0].model_fields == {"mask_head": "polar", "directed_pairs": True, "kernel_grid": 24}


def test_first_weights(seen: list[TrainConfig]) -> None:
    arguments = "--data a --out run --steps 5 --start-from c.safetensors --backbone-weights w.pth --freeze 8"
    assert main(["train", *arguments.split()]) == 0
    (config,) = seen
    assert [config.start_from, config.backbone_weights] == [Path("c.safetensors"), Path("w.pth")]
    assert [config.freeze, config.pretrained] == [8, False]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ("--steps 5 --data . --set mask_head=round", "expected one of dynamic, solo"),
        ("--steps 5 --data . --set colour=red", "unknown keys ['colour']"),
        ("", "needs an end"),
        ("--steps 5 --size 300", "multiples of 32"),
        ("--steps 5 --data nowhere", "no training data at nowhere"),
        ("--steps 5", "no training images"),
        ("--steps 5 --resume", "nothing to resume"),
    ],
)
def test_bad_arguments_get_a_sentence(
    arguments: str, message: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["train", "--workers", "0", "--out", str(tmp_path), *arguments.split()]) == 2
    assert message in capsys.readouterr().err


@pytest.mark.parametrize("scale", ["2", "a,b", "1,2,3"])
def test_a_zoom_that_is_no_range_is_refused(scale: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["train", "--data", "a", "--out", "run", "--scale", scale])
    assert "expected LOW,HIGH such as 0.7,1.3" in capsys.readouterr().err


def test_a_zoom_that_falls_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["train", "--data", "a", "--out", "run", "--steps", "1", "--scale", "1.3,0.7"]) == 2
    assert "scale must be two positive numbers that ascend" in capsys.readouterr().err
