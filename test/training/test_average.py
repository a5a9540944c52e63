import pytest
import torch
from torch import nn

from hrs_ros.training.average import WeightAverage

pytestmark = pytest.mark.torch


def constant(value: float) -> nn.Module:
    model = nn.Linear(2, 1, bias=False)
    nn.init.constant_(model.weight, value)
    return model


def test_decay_grows_to_its_final_value() -> None:
    average = WeightAverage(constant(0.0), decay=0.3)
    expected = 0.0
    for update in range(6):
        average.update(constant(1.0))
        decay = min(0.3, (1 + update) / (10 + update))  # 0.1, 0.18, 0.25, then 0.3
        expected = decay * expected + (1 - decay)
        assert average.state["weight"].flatten().tolist() == pytest.approx([expected] * 2)


def test_running_statistics_are_averaged_and_counters_copied() -> None:
    norm = nn.BatchNorm1d(1)
    average = WeightAverage(norm, decay=0.5)
    average.updates = 100  # beyond the warm-up
    norm.train()
    norm(torch.tensor([[2.0], [4.0]]))  # running mean 0.1 * 3
    average.update(norm)
    assert average.state["running_mean"].item() == pytest.approx(0.15)
    assert average.state["num_batches_tracked"].item() == 1
    assert average.state["num_batches_tracked"].dtype == torch.int64


def test_the_average_is_no_view_of_the_model() -> None:
    model = constant(1.0)
    average = WeightAverage(model)
    nn.init.constant_(model.weight, 5.0)
    assert average.state["weight"].max() == 1.0


def test_loading_continues_values_and_warm_up() -> None:
    average = WeightAverage(constant(0.0), decay=0.9)
    average.load({"weight": torch.full((1, 2), 3.0)}, updates=1000)
    average.update(constant(4.0))
    assert average.state["weight"][0, 0].item() == pytest.approx(3.1)


def test_a_decay_of_one_would_never_learn() -> None:
    with pytest.raises(ValueError, match="must be in"):
        WeightAverage(constant(0.0), decay=1.0)
