"""The paper's result tables, as printed; the numbers are ``paper.yaml`` beside this file."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from importlib import resources

import yaml


@dataclass(frozen=True, slots=True)
class PaperRow:
    """One method; ``cells`` in percent, ``time`` a frame where the paper gives one."""

    method: str
    cells: tuple[float, ...]
    time: str = ""


@dataclass(frozen=True, slots=True)
class PaperTable:
    """One table of the paper."""

    number: int
    title: str
    columns: tuple[str, ...]
    rows: tuple[PaperRow, ...]


@functools.cache
def paper_table(name: str) -> PaperTable:
    """ "pic" (Table 4), "vcoco" (5), "kinds" (6: geometric, action) or "rarity" (7)."""
    text = resources.files(__package__).joinpath("paper.yaml").read_text(encoding="utf-8")
    data = yaml.safe_load(text)[name]
    rows = tuple(PaperRow(row["method"], tuple(row["cells"]), row.get("time", "")) for row in data["rows"])
    if any(len(row.cells) != len(data["columns"]) for row in rows):
        raise ValueError(f"paper.yaml: {name}: every row needs {len(data['columns'])} cells")
    return PaperTable(data["number"], data["title"], tuple(data["columns"]), rows)
