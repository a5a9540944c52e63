import importlib.util
import json
from importlib.machinery import SourceFileLoader
from pathlib import Path
from types import ModuleType

import pytest


@pytest.fixture
def script(repository: Path) -> ModuleType:
    loader = SourceFileLoader("design_choices", str(repository / "scripts" / "design_choices"))
    module = importlib.util.module_from_spec(importlib.util.spec_from_loader("design_choices", loader))
    loader.exec_module(module)
    return module


def test_the_page_says_what_the_results_say(script: ModuleType) -> None:
    page = script.PAGE.read_text(encoding="utf-8")
    for name in script.RECORDS:
        record = json.loads((script.RESULTS / f"{name}.json").read_text(encoding="utf-8"))
        assert "\n".join(script.table(name, record)) in page


def test_a_row_is_in_percent(script: ModuleType) -> None:
    figures = {"the paper": {"hrs": 0.5, "rs": 1.0, "between_people": 0.25, "acting_parts": 0.125}}
    record = {"images": 2, "relations": 7, "side": 320, "figures": figures}
    lines = list(script.upper_bound_table(record))
    assert lines[0] == "2 synthetic scenes, 7 relations, 320 x 320; in %."
    assert lines[-1] == "| the paper | 50.0 | 100.0 | 25.0 | 12.5 |"
