"""What a run on a GPU does otherwise: bfloat16, losses over the whole batch, batches in pinned memory."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
import torch

from hrs_ros.network.checkpoint import load_checkpoint
from hrs_ros.network.focal import focal_loss
from hrs_ros.training.config import TrainConfig
from hrs_ros.training.log import read_log
from hrs_ros.training.loop import LAST, train
from hrs_ros.training.schedule import Budget, LearningRate, SizeSchedule

pytestmark = [pytest.mark.torch, pytest.mark.gpu]


def test_the_first_losses_are_those_of_a_cpu(shard: Callable[..., Path], tmp_path: Path) -> None:
    data = shard("data", 8)
    rows = {}
    for device in ("cpu", "cuda"):
        config = TrainConfig(
            model="sms_lite",
            out=tmp_path / device,
            data=(str(data),),
            budget=Budget(steps=3),
            rate=LearningRate(base=1e-4),
            sizes=SizeSchedule.parse("64"),
            batch=4,
            log_every=1,
            lovasz_pixels=None,  # no random numbers, which differ between devices
            device=device,
        )
        assert train(config).step == 3
        rows[device] = [float(row["total"]) for row in read_log(config.out / "train.csv")]
    assert rows["cuda"] == pytest.approx(rows["cpu"], rel=0.05)
    assert all(
        weight.isfinite().all() for weight in load_checkpoint(tmp_path / "cuda" / LAST).weights.values()
    )


def test_focal_loss_of_a_batch_is_that_of_its_images() -> None:
    random = torch.Generator().manual_seed(3)
    logits = torch.randn(3, 5, 6, 7, generator=random)
    heatmap = torch.rand(3, 5, 6, 7, generator=random) ** 3
    heatmap.view(-1)[:4] = 1
    weight = (torch.rand(3, 5, generator=random) < 0.7).float()
    ignore = (torch.rand(3, 6, 7, generator=random) < 0.2).float()
    values, slopes = [], []
    for device in ("cpu", "cuda"):
        x = logits.detach().to(device).requires_grad_()
        loss = focal_loss(x, heatmap.to(device), weight=weight.to(device), ignore=ignore.to(device))
        loss.backward()
        assert x.grad is not None
        values.append(loss.item())
        slopes.append(x.grad.cpu())
    assert values[1] == pytest.approx(values[0], rel=1e-4)
    torch.testing.assert_close(slopes[1], slopes[0], rtol=1e-4, atol=1e-6)
