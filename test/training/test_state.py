from pathlib import Path
from typing import Any

import pytest
import torch
from torch import nn

from hrs_ros.network.config import load_config
from hrs_ros.training.average import WeightAverage
from hrs_ros.training.plan import DataPlan, Position
from hrs_ros.training.sources import Source
from hrs_ros.training.state import Progress, StateError, load_state, save_state

pytestmark = pytest.mark.torch


def parts(*, seed: int = 0, model_name: str = "sms_lite") -> dict[str, Any]:
    """A run in miniature; two optimiser steps behind it."""
    torch.manual_seed(seed)
    model = nn.Sequential(nn.Conv2d(3, 4, 3), nn.BatchNorm2d(4)).to(memory_format=torch.channels_last)  # type: ignore[call-overload]
    optimizer = torch.optim.AdamW(model.parameters(), lr=0.1, fused=True)
    average = WeightAverage(model, decay=0.9)
    for _ in range(2):
        model(torch.randn(2, 3, 8, 8)).square().sum().backward()
        optimizer.step()
        average.update(model)
    plan = DataPlan(["shards/*"], photos=None, photo_ratio=0.0, batch=2, seed=4)
    plan.sources_of[3] = [(Source("pic", "shards/0", "train"), 500)]
    return {
        "model": model,
        "average": average,
        "optimizer": optimizer,
        "plan": plan,
        "config": load_config(model_name),
    }


def test_everything_comes_back(tmp_path: Path) -> None:
    path, run = tmp_path / "state.safetensors", parts()
    progress = Progress(step=7, seconds=12.5, epochs=3.25, position=Position(3, 5), best=0.5)
    save_state(path, progress=progress, **run)
    following = torch.rand(3)

    other = parts(seed=1)
    other["plan"].sources_of = {}
    assert load_state(path, **other) == progress
    assert torch.equal(torch.rand(3), following)
    assert other["plan"].sources_of == run["plan"].sources_of
    assert other["average"].updates == 2
    for mine, theirs in (
        (run["model"].state_dict(), other["model"].state_dict()),
        (run["average"].state, other["average"].state),
    ):
        assert all(torch.equal(mine[name], theirs[name]) for name in mine)

    # The next step, which the optimiser's moments decide, is the same too.
    image = torch.randn(2, 3, 8, 8)
    for one in (run, other):
        one["optimizer"].zero_grad()
        one["model"](image).square().sum().backward()
        one["optimizer"].step()
    weights = [one["model"][0].weight for one in (run, other)]
    assert torch.equal(weights[0], weights[1])


def test_nothing_half_written_stays(tmp_path: Path) -> None:
    save_state(tmp_path / "state.safetensors", progress=Progress(), **parts())
    assert [path.name for path in tmp_path.iterdir()] == ["state.safetensors"]


def test_a_missing_state_says_so(tmp_path: Path) -> None:
    with pytest.raises(StateError, match="nothing to resume"):
        load_state(tmp_path / "state.safetensors", **parts())


def test_a_damaged_state_says_what_to_do(tmp_path: Path) -> None:
    path, run = tmp_path / "state.safetensors", parts()
    save_state(path, progress=Progress(), **run)
    path.write_bytes(path.read_bytes()[:-100])
    with pytest.raises(StateError, match=r"damaged .* start a new run"):
        load_state(path, **run)


def test_another_model_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "state.safetensors"
    save_state(path, progress=Progress(), **parts())
    with pytest.raises(StateError, match="expected the model of the run"):
        load_state(path, **parts(model_name="sms_r50"))
