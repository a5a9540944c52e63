from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from hrs_ros.synthetic.assets import AssetPack, default_folder
from hrs_ros.synthetic.benchmark import paces, parts
from hrs_ros.synthetic.generate import GenerateConfig
from hrs_ros.synthetic.renderer import Renderer

from .conftest import TEXTURE_SIZE

pytestmark = pytest.mark.render


@pytest.fixture
def config(pack: AssetPack, renderer: Renderer, cache: Path, tmp_path: Path) -> GenerateConfig:
    return GenerateConfig(
        assets=default_folder(),
        out=tmp_path,
        split="train",
        count=2,
        size=64,
        supersample=1,
        texture_size=TEXTURE_SIZE,
        cache=cache,
    )


def test_scenes_are_counted_and_their_cost_is_told(config: GenerateConfig) -> None:
    (pace,) = paces(config, processes=(1,))
    assert (pace.processes, pace.views, pace.pictures) == (1, 1, 2)
    assert pace.frames_per_second > 0 and pace.processor_seconds_per_frame > 0
    assert 50 < pace.peak_memory_mb < 4000
    assert not list(config.out.iterdir())  # what was written is gone


def test_every_step_has_its_time(config: GenerateConfig) -> None:
    steps = parts(config)
    assert steps.pop("driver")
    assert list(steps) == ["compose", "draw", "photograph", "label", "write"]
    assert all(value > 0 for value in steps.values())


def test_several_views_are_counted_as_pictures(config: GenerateConfig) -> None:
    (pace,) = paces(replace(config, count=5, views=3), processes=(1,))
    assert (pace.views, pace.pictures) == (3, 5)
    steps = parts(replace(config, count=3, views=3))
    assert steps["compose"] > 0 and steps["write"] > 0
