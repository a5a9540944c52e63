"""Two real processes over Gloo, started by torchrun as a user would."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
import torch

from hrs_ros.network.checkpoint import load_checkpoint
from hrs_ros.training import loop
from hrs_ros.training.config import TrainConfig
from hrs_ros.training.distributed import Group, process_group
from hrs_ros.training.log import read_log
from hrs_ros.training.schedule import Budget, LearningRate, SizeSchedule

pytestmark = pytest.mark.torch

PROBE = """
import json, pathlib, sys, torch
from hrs_ros.training.distributed import process_group

with process_group("cpu") as group:
    torch.manual_seed(group.rank)
    layer = torch.nn.Linear(2, 1, bias=False)
    shared = group.share_gradients(layer)
    first = layer.weight.tolist()
    shared(torch.full((1, 2), 1.0 + 2 * group.rank)).sum().backward()
    answer = {
        "rank": group.rank, "leads": group.leads, "first": first, "gradient": layer.weight.grad.tolist(),
        "leaders": group.leaders(5.0 + group.rank, 0),
        "mean": group.mean(torch.tensor([float(group.rank)])).tolist(),
    }
    pathlib.Path(sys.argv[1], f"{group.rank}.json").write_text(json.dumps(answer))
"""


def torchrun(*arguments: str, processes: int = 2) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "torch.distributed.run", "--standalone", f"--nproc-per-node={processes}"]
    environment = os.environ | {"OMP_NUM_THREADS": "1"}
    return subprocess.run(
        [*command, *arguments], env=environment, capture_output=True, text=True, timeout=240, check=False
    )


def test_two_processes_agree_on_weights_gradients_and_numbers(tmp_path: Path) -> None:
    script = tmp_path / "probe.py"
    script.write_text(PROBE)
    ended = torchrun(str(script), str(tmp_path))
    assert ended.returncode == 0, ended.stderr
    first, second = (json.loads((tmp_path / f"{rank}.json").read_text()) for rank in (0, 1))
    assert [first["leads"], second["leads"]] == [True, False]
    assert first["first"] == second["first"]
    # d(sum of w x)/dw = x: 1 in one process and 3 in the other.
    assert first["gradient"] == second["gradient"] == [[2.0, 2.0]]
    assert first["leaders"] == second["leaders"] == [5.0, 0.0]
    assert first["mean"] == second["mean"] == [0.5]


def learn_by_heart(out: Path, picture: Path, *, processes: int) -> None:
    """Two steps on as many copies of one picture as there are processes."""
    copies = ["--data", str(picture)] * processes + ["--overfit", str(processes), "--batch", str(processes)]
    rest = ["--out", str(out), "--steps", "2", "--size", "64", "--workers", "0", "--log-every", "1"]
    ended = torchrun("-m", "hrs_ros.cli", "train", *copies, *rest, processes=processes)
    assert ended.returncode == 0, ended.stderr


def test_two_processes_that_see_the_same_learn_what_one_learns(
    shard: Callable[..., Path], tmp_path: Path
) -> None:
    picture, outs = shard("picture", 1), (tmp_path / "one", tmp_path / "two")
    for processes, out in enumerate(outs, start=1):
        learn_by_heart(out, picture, processes=processes)
    one, two = (read_log(out / loop.TRAIN_LOG) for out in outs)
    assert [row["step"] for row in one] == [row["step"] for row in two] == ["1", "2"]
    for name in (*loop.LOSS_WEIGHTS, "total", "gradient"):
        assert [float(row[name]) for row in two] == pytest.approx([float(row[name]) for row in one], rel=1e-3)
    first, second = (load_checkpoint(out / loop.LAST).weights for out in outs)
    for name, weights in first.items():
        torch.testing.assert_close(second[name], weights, atol=1e-4, rtol=1e-3)


def test_a_group_of_one_changes_nothing() -> None:
    layer, numbers = torch.nn.Linear(1, 1), torch.tensor([1.0, 2.0])
    with process_group("cpu") as group:
        assert (group.leads, group.world) == (True, 1)
        assert group.share_gradients(layer) is layer
        assert group.leaders(0.5, 3) == (0.5, 3)
        assert group.mean(numbers) is numbers


def test_a_batch_that_cannot_be_shared_equally_is_refused(tmp_path: Path) -> None:
    config = TrainConfig(
        model="sms_lite",
        out=tmp_path / "run",
        budget=Budget(steps=1),
        rate=LearningRate(base=1e-3),
        sizes=SizeSchedule.parse("64"),
        batch=3,
    )
    with pytest.raises(ValueError, match="the 2 processes, got 3 images for all; change --batch"):
        loop._Run(config, Group(torch.device("cpu"), rank=0, world=2))
