import dataclasses
import math
import os
import signal
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import torch
from safetensors import safe_open

from hrs_ros.data.frames import read_picture
from hrs_ros.network.backbone import TimmBackbone
from hrs_ros.network.checkpoint import load_checkpoint, load_model
from hrs_ros.training import loop
from hrs_ros.training.config import TrainConfig
from hrs_ros.training.log import CsvLog, read_log
from hrs_ros.training.loop import TrainingDivergedError, train
from hrs_ros.training.schedule import Budget, LearningRate, SizeSchedule
from hrs_ros.training.state import StateError

pytestmark = pytest.mark.torch


def config_of(out: Path, *data: Path, steps: int = 6, **changes: Any) -> TrainConfig:
    values: dict[str, Any] = {
        "model": "sms_lite",
        "out": out,
        "data": tuple(map(str, data)),
        "budget": Budget(steps=steps),
        "rate": LearningRate(base=1e-3),
        "sizes": SizeSchedule.parse("64"),
        "batch": 2,
        "workers": 0,
        "log_every": 1,
        "validate_every": 100,
        "lovasz_pixels": 200,  # draws random numbers, which a resumed run must repeat
        **changes,
    }
    return TrainConfig(**values)


def losses(out: Path) -> list[tuple[str, ...]]:
    """Rows of the training log without what depends on the clock."""
    clock = {"seconds", "images_per_s"}
    return [tuple(v for k, v in row.items() if k not in clock) for row in read_log(out / "train.csv")]


def stop_after(step: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ask the process to stop as Ctrl-C does, once the step was logged."""
    write = CsvLog.write

    def write_and_stop(self: CsvLog, row: Any) -> None:
        write(self, row)
        if row["step"] == step and self.path.name == loop.TRAIN_LOG:
            os.kill(os.getpid(), signal.SIGINT)

    monkeypatch.setattr(CsvLog, "write", write_and_stop)


def test_a_resumed_run_equals_an_uninterrupted_one(
    shard: Callable[..., Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = shard("data", 4)  # two steps an epoch: the stop falls into the middle of the second
    sizes = SizeSchedule.parse("64@0.7,96@1")
    whole = train(config_of(tmp_path / "whole", data, sizes=sizes, validation=(str(data),)))

    with monkeypatch.context() as patch:
        stop_after(3, patch)
        stopped = train(config_of(tmp_path / "parts", data, sizes=sizes))
    assert stopped.step == 3
    ended = train(config_of(tmp_path / "parts", data, sizes=sizes, resume=True))

    assert [whole.step, ended.step] == [6, 6]
    assert losses(tmp_path / "parts") == losses(tmp_path / "whole")
    assert [row["side"] for row in read_log(tmp_path / "whole" / "train.csv")] == ["64"] * 5 + ["96"]
    first, second = (load_checkpoint(tmp_path / name / loop.LAST).weights for name in ("whole", "parts"))
    assert all(torch.equal(first[name], second[name]) for name in first)


def test_learning_by_heart_brings_the_loss_down(shard: Callable[..., Path], tmp_path: Path) -> None:
    out = tmp_path / "run"
    config = config_of(
        out, shard("data", 2), steps=40, overfit=2, rate=LearningRate(base=3e-3), validate_every=20
    )
    train(config)
    totals = [float(row["total"]) for row in read_log(out / "train.csv")]
    assert totals[-1] < totals[0] / 8
    checked = [float(row["total"]) for row in read_log(out / "validation.csv")]
    assert checked[-1] < checked[0]


def test_a_run_leaves_weights_logs_and_no_pickle(shard: Callable[..., Path], tmp_path: Path) -> None:
    out, data = tmp_path / "run", shard("data", 4)
    train(config_of(out, data, steps=2, validation=(str(data),)))
    assert sorted(path.name for path in out.iterdir()) == [
        "best.safetensors",
        "config.json",
        "last.safetensors",
        "samples",
        "state.safetensors",
        "train.csv",
        "validation.csv",
    ]
    for path in out.glob("*.safetensors"):
        with safe_open(path, framework="pt") as file:  # refuses anything else, pickles too
            assert file.keys()
    model, checkpoint = load_model(out / loop.LAST)
    assert checkpoint.step == 2
    assert model.config.input_height == 64
    assert len(read_log(out / "validation.csv")) == 1
    picture = read_picture(out / "samples" / "0000002.jpg")
    assert picture is not None
    assert picture.shape == (4 * 384, 2 * 384, 3)  # four samples, the truth beside what is seen


def test_the_clock_ends_a_run(shard: Callable[..., Path], tmp_path: Path) -> None:
    ended = train(config_of(tmp_path / "run", shard("data", 2), budget=Budget(steps=10**6, seconds=2.0)))
    assert 1 <= ended.step < 10**4
    assert ended.seconds >= 2.0


def test_weights_of_another_run_are_a_start(shard: Callable[..., Path], tmp_path: Path) -> None:
    data = shard("data", 2)
    train(config_of(tmp_path / "first", data, steps=2))
    start = tmp_path / "first" / loop.LAST
    rate = LearningRate(base=1e-12)
    config = config_of(tmp_path / "second", data, steps=1, start_from=start, rate=rate)
    train(config)
    before, after = (load_checkpoint(path).weights for path in (start, tmp_path / "second" / loop.LAST))
    name = "heads.entity.2.weight"
    torch.testing.assert_close(before[name], after[name], atol=1e-6, rtol=0)
    # What a run began with, its continuation does not need.
    start.unlink()
    assert train(dataclasses.replace(config, resume=True, budget=Budget(steps=2))).step == 2


def test_a_frozen_backbone_of_a_file_behind_which_a_checkpoint_goes_on(
    shard: Callable[..., Path], tmp_path: Path
) -> None:
    """Another backbone than the checkpoint's, its weights from a file, fixed up to stride 32."""
    data, other = shard("data", 2), "mobilenetv4_conv_small"
    train(config_of(tmp_path / "first", data, steps=1))
    start = tmp_path / "first" / "last.safetensors"
    torch.manual_seed(9)
    expected, file = TimmBackbone(other), tmp_path / "weights.pth"
    torch.save(expected.model.state_dict(), file)
    expected.expect_colours()
    fields = {
        "model_fields": {"backbone": other},
        "start_from": start,
        "backbone_weights": file,
        "freeze": 32,
    }
    train(config_of(tmp_path / "second", data, steps=2, rate=LearningRate(base=1e-9), **fields))
    model, _ = load_model(tmp_path / "second" / "last.safetensors")
    for name, value in expected.model.state_dict().items():
        torch.testing.assert_close(model.backbone.model.state_dict()[name], value, msg=name)
    before, after = load_checkpoint(start).weights, model.state_dict()
    learned = [name for name in after if name.startswith("heads.") and name.endswith("weight")]
    assert learned
    for name in learned:
        torch.testing.assert_close(after[name], before[name], rtol=0, atol=1e-6)


def test_a_run_is_never_overwritten(shard: Callable[..., Path], tmp_path: Path) -> None:
    config = config_of(tmp_path / "run", shard("data", 2), steps=1)
    train(config)
    with pytest.raises(ValueError, match="continue it with --resume or choose another --out"):
        train(config)
    with pytest.raises(StateError, match="expected the seed"):
        train(dataclasses.replace(config, resume=True, seed=5))


def test_a_loss_that_is_no_number_stops_the_run(
    shard: Callable[..., Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> dict[str, torch.Tensor]:
        return {"total": torch.tensor(math.nan)}

    monkeypatch.setattr(loop, "sms_loss", broken)
    data = shard("data", 2)
    with pytest.raises(TrainingDivergedError, match=rf"step 1.*{data}.*lower --lr"):
        train(config_of(tmp_path / "run", data))
