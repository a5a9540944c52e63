from collections.abc import Callable
from itertools import islice
from pathlib import Path

import numpy as np
import pytest
import torch

from hrs_ros.network.config import load_config
from hrs_ros.network.normalise import MEAN, STD
from hrs_ros.training import batches as batches_module
from hrs_ros.training.batches import make_sample, normalise, stream_batches
from hrs_ros.training.plan import DataPlan, Draw, Position
from hrs_ros.training.sources import Source, SourceError

pytestmark = pytest.mark.torch


def plan_of(root: Path) -> DataPlan:
    return DataPlan([str(root)], photos=None, photo_ratio=0.0, batch=2, seed=3)


def draw_of(root: Path, **changes: object) -> Draw:
    values = {"index": 0, "seed": 1, "epoch": 0, "place": 0, "side": 64, "augmented": True, **changes}
    return Draw(source=Source("pic", str(root), "train"), **values)  # type: ignore[arg-type]


def test_a_draw_is_the_same_picture_every_time(shard: Callable[..., Path]) -> None:
    root = shard("a", 1)
    pictures = [make_sample(draw_of(root, epoch=epoch)).image for epoch in (0, 0, 1)]
    assert np.array_equal(pictures[0], pictures[1])
    assert not np.array_equal(pictures[0], pictures[2])


def test_learning_by_heart_shows_the_plain_picture(shard: Callable[..., Path]) -> None:
    root = shard("a", 1)
    pictures = [make_sample(draw_of(root, epoch=epoch, augmented=False)).image for epoch in (0, 1)]
    assert np.array_equal(pictures[0], pictures[1])


def test_processes_make_the_same_batches_as_the_main_one(shard: Callable[..., Path]) -> None:
    root = shard("a", 6)
    here, there = (
        list(
            islice(
                stream_batches(
                    plan_of(root),
                    start=Position(0, 1),
                    side=lambda epochs: 64,
                    model=load_config("sms_lite"),
                    workers=workers,
                ),
                4,
            )
        )
        for workers in (0, 2)
    )
    assert [batch.drawn for batch in here] == [batch.drawn for batch in there]
    for one, other in zip(here, there, strict=True):
        assert one.image.shape == (2, 64, 64, 3)
        assert torch.equal(one.image, other.image)
        assert torch.equal(one.targets.entity_heatmap, other.targets.entity_heatmap)
        assert torch.equal(one.targets.parts, other.targets.parts)


def test_normalise() -> None:
    image = torch.zeros(1, 2, 3, 3, dtype=torch.uint8)
    image[0, 1, 2] = torch.tensor([10, 20, 30])
    result = normalise(image)
    assert result.shape == (1, 3, 2, 3)
    assert result.is_contiguous(memory_format=torch.channels_last)
    expected = [(value - mean) / std for value, mean, std in zip((10, 20, 30), MEAN, STD, strict=True)]
    assert result[0, :, 1, 2].tolist() == pytest.approx(expected, rel=1e-5)


def test_a_sample_that_cannot_be_prepared_is_named(
    shard: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise ZeroDivisionError("no scale")

    monkeypatch.setattr(batches_module, "augment", fail)
    with pytest.raises(SourceError, match=r"cannot prepare 0000\.jpg .*no scale"):
        make_sample(draw_of(shard("a", 1)))


def test_a_sample_is_zoomed_within_the_range_of_its_draw(
    shard: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    draw = draw_of(shard("a", 1), scale=(1.5, 2.0))
    ranges = []
    monkeypatch.setattr(
        batches_module,
        "augment",
        lambda sample, *_, scale: ranges.append(scale) or sample,
    )
    make_sample(draw)
    assert ranges == [(1.5, 2.0)]
