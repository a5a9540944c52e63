"""Means of weights: shares, integers, and what may not be mixed."""

from __future__ import annotations

from dataclasses import replace

import pytest

torch = pytest.importorskip("torch", reason="checkpoints are read by PyTorch")

from hrs_ros.network.checkpoint import Checkpoint  # noqa: E402
from hrs_ros.network.config import load_config  # noqa: E402
from hrs_ros.network.mean import mean_weights  # noqa: E402

pytestmark = pytest.mark.torch

CONFIG = load_config("sms_lite", input_height=64, input_width=64)


def made(value: float, *, count: int = 0, config=CONFIG, **more: torch.Tensor) -> Checkpoint:
    weights = {"weight": torch.full((2, 3), value), "batches": torch.tensor(count), **more}
    return Checkpoint(config=config, weights=weights, step=1, hrs_version="0", notes={})


def test_shares_are_divided_by_their_sum() -> None:
    mean = mean_weights([made(1.0, count=5), made(3.0, count=9)], [6.0, 2.0])
    assert mean["weight"].tolist() == [[1.5] * 3] * 2 and mean["weight"].dtype == torch.float32
    assert int(mean["batches"]) == 5  # integers are the first's


def test_one_checkpoint_is_its_own_mean() -> None:
    weight = torch.rand(2, 3)
    assert torch.equal(mean_weights([made(0.0, other=weight)], [0.3])["other"], weight)


def test_input_sizes_may_differ() -> None:
    other = made(3.0, config=replace(CONFIG, input_height=96))
    assert mean_weights([made(1.0), other], [1, 1])["weight"].unique().tolist() == [2.0]


@pytest.mark.parametrize(
    ("other", "shares", "said"),
    [
        (made(1.0, config=replace(CONFIG, neck_channels=128)), [1, 1], "neck_channels 64 and 128"),
        (made(1.0, extra=torch.zeros(1)), [1, 1], "they differ in extra"),
        (made(1.0), [1, 0], "above 0"),
        (made(1.0), [1], "a share for each"),
    ],
)
def test_what_cannot_be_mixed_is_named(other: Checkpoint, shares: list[float], said: str) -> None:
    with pytest.raises(ValueError, match=said):
        mean_weights([made(1.0), other], shares)
