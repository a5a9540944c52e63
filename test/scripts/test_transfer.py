"""scripts/transfer: the table that it writes."""

from __future__ import annotations

import importlib.util
from importlib.machinery import SourceFileLoader
from pathlib import Path
from types import ModuleType

import pytest


@pytest.fixture(scope="module")
def script(repository: Path) -> ModuleType:
    loader = SourceFileLoader("transfer_script", str(repository / "scripts" / "transfer"))
    spec = importlib.util.spec_from_loader(loader.name, loader)
    assert spec is not None
    module = importlib.util.module_from_spec(spec)
    loader.exec_module(module)
    return module


def test_the_table_says_what_the_record_says(script: ModuleType) -> None:
    losses = {"entity": [1.25, 0.05], "mask": [0.5, 0.01], "parsing": [2.0, 0.1]}
    diet = {"losses": losses, "person_recall": 0.125, "synthetic_hrs": 0.25}
    training = {"steps": "600", "batch": "8", "side": "160", "start_from": "None"}
    lines = list(script.table("data", {"training": training, "diets": {"both": diet}}))
    assert lines[0].startswith("600 steps of 8 images at 160 px from random weights;")
    assert lines[-1] == "| both | 1.250 ± 0.050 | 0.500 ± 0.010 | 2.000 ± 0.100 | 12.5 % | 25.0 % |"
    assert len(lines) == 5  # diets without a record have no row


def test_only_the_place_between_the_markers_is_written(
    script: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page, (begin, end) = tmp_path / "page.md", script.markers("weights")
    page.write_text(f"before\n{begin}\nold\n{end}\nafter\n")
    monkeypatch.setattr(script, "PAGE", page)
    training = {"steps": "1", "batch": "1", "side": "64", "start_from": "x"}
    script.write_page("weights", {"training": training, "diets": {}})
    lines = page.read_text().splitlines()
    assert (lines[0], lines[1], lines[-2], lines[-1]) == ("before", begin, end, "after")
    assert "old" not in lines
