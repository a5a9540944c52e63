"""scripts/overfit: what it draws and writes from records, and that its experiments exist."""

from __future__ import annotations

import importlib.util
import json
from importlib.machinery import SourceFileLoader
from pathlib import Path
from types import ModuleType
from typing import get_args

import pytest

from hrs_ros.data.frames import read_picture
from hrs_ros.network.config import MaskHeadName, config_names
from hrs_ros.training.overfit import Experiment

pytestmark = pytest.mark.torch


@pytest.fixture(scope="module")
def script(repository: Path) -> ModuleType:
    loader = SourceFileLoader("overfit_script", str(repository / "scripts" / "overfit"))
    spec = importlib.util.spec_from_loader(loader.name, loader)
    assert spec is not None
    module = importlib.util.module_from_spec(spec)
    loader.exec_module(module)
    return module


@pytest.fixture
def results(tmp_path: Path) -> Path:
    record = {
        "experiment": {"side": 256, "steps": 1500},
        "hrs_at_25": 0.9375,
        "rs_at_25": 1.0,
        "upper_bound": 0.975,
    }
    (tmp_path / "overfit_polar.json").write_text(json.dumps(record))
    (tmp_path / "overfit_polar.csv").write_text("step,hrs_recall\n150,0.5\n300,0.9375\n")
    return tmp_path


def test_every_member_and_every_mask_head_has_an_experiment(script: ModuleType) -> None:
    settings = [Experiment(name=name, **entry) for name, entry in script.EXPERIMENTS.items()]
    assert {setting.model for setting in settings} == set(config_names())
    assert {setting.config.mask_head for setting in settings} == set(get_args(MaskHeadName))


def test_the_table_says_what_the_records_say(script: ModuleType, results: Path) -> None:
    records = script.read_records(results)
    assert list(records) == ["polar"]
    assert records["polar"]["curve"] == [(150, 0.5), (300, 0.9375)]
    assert list(script.table(records))[-1] == "| polar | 256 | 1500 | 93.8 | 100.0 | 97.5 |"
    assert list(script.table({})) == ["No run is recorded yet."]


def test_the_curves_are_drawn(script: ModuleType, results: Path, tmp_path: Path) -> None:
    script.draw(script.read_records(results), tmp_path / "curves.png")
    picture = read_picture(tmp_path / "curves.png")
    assert picture.shape == (600, 1125, 3)
    assert 0.01 < (picture < 200).any(axis=2).mean() < 0.2  # ink on white


def test_the_docs_say_what_the_committed_records_say(script: ModuleType) -> None:
    page = script.PAGE.read_text(encoding="utf-8")
    block = page.partition(script.BEGIN)[2].partition(script.END)[0]
    assert block.strip() == "\n".join(script.table(script.read_records(script.RESULTS)))
