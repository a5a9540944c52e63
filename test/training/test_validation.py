import math
from collections.abc import Callable
from pathlib import Path

import pytest
import torch

from hrs_ros.data.sample import Sample
from hrs_ros.network.config import ModelConfig, load_config
from hrs_ros.network.ideal import ideal_maps
from hrs_ros.network.part_table import part_frequency
from hrs_ros.network.sms import SMS
from hrs_ros.training import validation
from hrs_ros.training.batches import encode
from hrs_ros.training.validation import Validation, columns, read_validation_samples, validate

pytestmark = pytest.mark.torch


@pytest.fixture
def model() -> SMS:
    torch.manual_seed(0)
    return SMS(load_config("sms_lite", input_height=64, input_width=64)).train()


def perfect_maps(sample: Sample, config: ModelConfig) -> dict[str, torch.Tensor]:
    """The raw maps of a network that knows the answer."""
    maps = ideal_maps(encode(sample, config), config, frequency=part_frequency(sample.relations))
    tables = ("part_bias", "part_frequency")
    raw = {name: torch.from_numpy(values) for name, values in maps.items()}
    return {name: value if name in tables else value[None] for name, value in raw.items()}


def test_samples_are_spread_over_the_sources(shard: Callable[..., Path]) -> None:
    roots = [f"{shard(name, 5, split='val')}:val" for name in ("a", "b")]
    samples = read_validation_samples(roots, most=4, side=64)
    assert [sample.name for sample in samples] == ["0000.jpg", "0003.jpg", "0001.jpg", "0004.jpg"]
    assert len(read_validation_samples(roots, most=100, side=64)) == 10


def test_a_perfect_network_scores_fully(
    shard: Callable[..., Path], model: SMS, monkeypatch: pytest.MonkeyPatch
) -> None:
    samples = read_validation_samples([str(shard("a", 3))], most=3, side=64)
    answers = iter([perfect_maps(sample, model.config) for sample in samples])
    monkeypatch.setattr(SMS, "forward", lambda self, image: next(answers))
    validation = validate(model, samples, device=torch.device("cpu"))
    assert [len(scene.humans()) for scene in validation.scenes] == [1, 1, 1]
    figures = validation.figures
    assert figures["person_recall"] == 1
    assert figures["person_iou"] > 0.8  # stride-4 masks of a 64-pixel picture
    assert figures["side_accuracy"] == 1
    assert figures["rs_recall"] == 1
    assert figures["hrs_recall"] > 0.6  # an arm is two cells wide: not every IoU reaches 0.75
    assert figures["displacement"] == 0
    assert figures["mask"] < 0.05


def test_a_fresh_network_finds_nothing_and_stays_in_training_mode(
    shard: Callable[..., Path], model: SMS
) -> None:
    samples = read_validation_samples([str(shard("a", 2))], most=2, side=64)
    figures = validate(model, samples, device=torch.device("cpu")).figures
    assert set(figures) == set(columns())
    assert [figures["person_recall"], figures["hrs_recall"]] == [0, 0]
    assert math.isnan(figures["person_iou"])
    assert model.training


def test_the_score_is_recall_or_without_triplets_the_loss() -> None:
    assert Validation({"hrs_recall": 0.25, "total": 9.0}, ()).score == 0.25
    assert Validation({"hrs_recall": math.nan, "total": 9.0}, ()).score == -9.0
    assert validation.THRESHOLDS.relation < 0.05  # recall counts faint relations too
