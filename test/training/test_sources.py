import os
from collections.abc import Callable
from pathlib import Path

import pytest

from hrs_ros.training.sources import Source, SourceError, find_sources, open_source, read_sample

pytestmark = pytest.mark.torch


def test_a_root_may_name_its_split(shard: Callable[..., Path]) -> None:
    root = shard("a", 1, split="val")
    assert find_sources([f"{root}:val"]) == [Source("pic", str(root), "val")]
    assert find_sources([str(root)]) == [Source("pic", str(root), "train")]


def test_a_pattern_waits_for_whole_shards(shard: Callable[..., Path], tmp_path: Path) -> None:
    pattern = str(tmp_path / "train_*")
    assert find_sources([pattern]) == []
    second, first = shard("train_1", 1), shard("train_0", 1)
    (tmp_path / "train_2" / "image").mkdir(parents=True)  # still being written
    assert find_sources([pattern]) == [Source("pic", str(root), "train") for root in (first, second)]


def test_a_missing_root_is_named(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"no training data at .*nowhere"):
        find_sources([str(tmp_path / "nowhere")])


def test_samples_are_read(shard: Callable[..., Path]) -> None:
    source = Source("pic", str(shard("a", 2)), "train")
    assert len(open_source(source)) == 2
    sample = read_sample(source, 1)
    assert sample.name == "0001.jpg"
    assert [len(sample.masks), len(sample.relations)] == [2, 1]


def test_a_damaged_file_is_named(shard: Callable[..., Path]) -> None:
    root = shard("a", 1)
    damaged = root / "parsing" / "train" / "0000.png"
    os.truncate(damaged, 20)
    with pytest.raises(SourceError, match=f"image 0 of .*{damaged}"):
        read_sample(Source("pic", str(root), "train"), 0)
