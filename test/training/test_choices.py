"""Runs of other designs than the paper's: they train, and what they leave decodes as they say."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from hrs_ros.network.checkpoint import load_model
from hrs_ros.training.config import TrainConfig
from hrs_ros.training.log import read_log
from hrs_ros.training.loop import train
from hrs_ros.training.schedule import Budget, LearningRate, SizeSchedule
from hrs_ros.vocabulary import vocabulary

pytestmark = pytest.mark.torch

WORDS = vocabulary()


def run(out: Path, data: Path, fields: dict[str, Any]) -> None:
    train(
        TrainConfig(
            model="sms_lite",
            model_fields={"kernel_grid": 8, **fields},
            out=out,
            data=(str(data),),
            validation=(str(data),),
            validation_images=1,
            budget=Budget(steps=3),
            rate=LearningRate(base=1e-3),
            sizes=SizeSchedule.parse("64"),
            batch=2,
            workers=0,
            log_every=1,
        )
    )


@pytest.mark.parametrize(
    "fields",
    [
        {"mask_head": "solo", "displacement": "subject"},
        {"mask_head": "decoupled_solo", "directed_pairs": True},
        {"mask_head": "polar", "part_classifier": "nearest"},
    ],
    ids=lambda fields: fields["mask_head"],
)
def test_a_run_trains_validates_and_saves(
    fields: dict[str, Any], shard: Callable[..., Path], tmp_path: Path
) -> None:
    run(tmp_path / "run", shard("a", 2), fields)
    rows = read_log(tmp_path / "run" / "train.csv")
    assert len(rows) == 3 and all(np.isfinite(float(row["mask"])) and float(row["mask"]) > 0 for row in rows)
    model, _ = load_model(tmp_path / "run" / "last.safetensors")
    assert {name: getattr(model.config, name) for name in fields} == fields


def test_a_run_counts_the_acting_parts(shard: Callable[..., Path], tmp_path: Path) -> None:
    run(tmp_path / "run", shard("a", 2), {"part_classifier": "most_frequent"})
    model, _ = load_model(tmp_path / "run" / "last.safetensors")
    acting = model.part_frequency.nonzero().tolist()
    arms = {WORDS.part_id("left arm") - 1, WORDS.part_id("right arm") - 1}
    assert {row for row, _ in acting} == {WORDS.relation_id("hold") - 1}
    assert {part for _, part in acting} <= arms
