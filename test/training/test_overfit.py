from __future__ import annotations

import json
import math
from collections.abc import Callable
from pathlib import Path

import pytest

from hrs_ros.data.pic import PICDataset
from hrs_ros.training import overfit as module
from hrs_ros.training.log import read_log
from hrs_ros.training.loop import BEST, VALIDATION_LOG
from hrs_ros.training.overfit import Experiment, expressible_scenes, judge, overfit, subset
from hrs_ros.training.state import Progress

pytestmark = pytest.mark.torch


def experiment(steps: int) -> Experiment:
    return Experiment(name="tiny", model="sms_lite", side=128, steps=steps, rate=3e-3)


def test_scenes_that_the_maps_can_express_are_taken_in_order(shard: Callable[..., Path]) -> None:
    root = shard("data", 4)
    config = experiment(1).config
    names = list(expressible_scenes(root, config, count=2))
    assert names == ["0000.jpg", "0002.jpg"]  # the plate of 0001 lies too badly on the cells
    # At half the size an arm is one cell wide.
    coarse = Experiment(name="coarse", model="sms_lite", side=64, steps=1).config
    with pytest.raises(ValueError, match=r"4 scenes too few that sms_lite can express"):
        list(expressible_scenes(root, coarse, count=4))


def test_a_subset_reads_like_the_scenes_it_was_taken_from(shard: Callable[..., Path], tmp_path: Path) -> None:
    root = shard("data", 4)
    subset(root, ["0003.jpg", "0001.jpg"], tmp_path / "few")
    whole, few = PICDataset(root, "train"), PICDataset(tmp_path / "few", "train")
    assert [few.name(i) for i in range(len(few))] == ["0001.jpg", "0003.jpg"]
    assert (few[1].image == whole[3].image).all() and (few[1].masks == whole[3].masks).all()
    assert few[1].relations == whole[3].relations
    subset(root, ["0003.jpg"], tmp_path / "few")  # again: a run that was stopped meanwhile
    assert len(PICDataset(tmp_path / "few", "train")) == 1


def test_a_stopped_run_continues_and_a_finished_one_is_judged_again(
    shard: Callable[..., Path], tmp_path: Path
) -> None:
    root, out = shard("data", 3), tmp_path / "out"
    first = overfit(experiment(2), root, out, count=2, device="cpu", threads=1)
    assert first is not None
    assert first.scenes == ("0000.jpg", "0002.jpg")
    assert first.upper_bound == 1.0
    assert math.isclose(first.hrs_at_25, 0.0)  # two steps teach nothing
    longer = overfit(experiment(3), root, out, count=2, device="cpu", threads=1)
    assert [int(row["step"]) for row in read_log(out / "run" / VALIDATION_LOG)] == [1, 2, 3]
    assert overfit(experiment(3), root, out, count=2, device="cpu", threads=1) == longer
    assert judge(out / "run" / BEST, out / "scenes") == longer
    listing = json.loads((out / "scenes" / "relations_train.json").read_text())
    assert [row["name"] for row in listing] == ["0000.jpg", "0002.jpg"]


def test_a_run_stopped_before_its_end_is_not_judged(
    shard: Callable[..., Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "train", lambda config: Progress(step=config.budget.steps - 1))
    assert overfit(experiment(5), shard("data", 3), tmp_path / "out", count=2) is None


@pytest.mark.heavy
def test_two_scenes_are_learned_by_heart(shard: Callable[..., Path], tmp_path: Path) -> None:
    outcome = overfit(experiment(300), shard("data", 3), tmp_path / "out", count=2, device="cpu", threads=1)
    assert outcome is not None and outcome.hrs_at_25 >= 0.9
