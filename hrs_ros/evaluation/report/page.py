"""The report as one HTML page beside its pictures; no script, no address outside its folder."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from importlib import resources
from pathlib import Path

from hrs_ros.evaluation.comparison import ComparedTable
from hrs_ros.evaluation.table import TextTable


@dataclass(frozen=True, slots=True)
class Picture:
    """A file beside the page and what it shows."""

    file: str
    caption: str


def write_page(
    path: Path,
    *,
    title: str,
    facts: Mapping[str, str],
    compared: Sequence[ComparedTable],
    tables: Sequence[TextTable],
    pictures: Mapping[str, Sequence[Picture]],
) -> None:
    """Write the page; ``facts`` say where the figures come from, ``pictures`` come in named groups."""
    style = resources.files(__package__).joinpath("page.css").read_text(encoding="utf-8")
    lines = [
        "<!doctype html>",
        '<html lang="en"><head><meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f"<title>{escape(title)}</title>",
        f"<style>\n{style}</style></head><body>",
        f"<h1>{escape(title)}</h1>",
        "<dl>",
        *(f"<dt>{escape(name)}</dt><dd>{escape(value)}</dd>" for name, value in facts.items()),
        "</dl>",
        "<h2>Beside the paper's tables</h2>",
        *(line for table in compared for line in _compared(table)),
        "<h2>Figures</h2>",
        *(line for table in tables for line in plain_table(table)),
        *(line for name, group in pictures.items() for line in _pictures(name, group)),
        "</body></html>",
    ]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def _compared(table: ComparedTable) -> Iterator[str]:
    yield f"<h3>{escape(table.title)}</h3>"
    if table.warning:
        yield f'<p class="warning">{escape(table.warning)}</p>'
    rows = [(row.name, *row.cells) for row in table.rows]
    yield from _rows(("method", *table.columns), rows, ours=[row.ours for row in table.rows])


def plain_table(table: TextTable) -> Iterator[str]:
    yield f"<h3>{escape(table.title)}</h3>"
    yield from _rows(table.header, table.rows, ours=[False] * len(table.rows))


def _rows(header: Sequence[str], rows: Sequence[Sequence[str]], *, ours: Sequence[bool]) -> Iterator[str]:
    yield "<table><thead><tr>" + "".join(f"<th>{escape(cell)}</th>" for cell in header) + "</tr></thead>"
    for row, mark in zip(rows, ours, strict=True):
        # Leading spaces set a row in under the one above it.
        indent = ' class="inner"' if row[0].startswith(" ") else ""
        cells = "".join(f"<td>{escape(cell)}</td>" for cell in row[1:])
        kind = ' class="ours"' if mark else ""
        yield f"<tr{kind}><th{indent}>{escape(row[0].strip())}</th>{cells}</tr>"
    yield "</table>"


def _pictures(name: str, group: Sequence[Picture]) -> Iterator[str]:
    if group:
        yield f"<h2>{escape(name)}</h2>"
    for picture in group:
        file, caption = escape(picture.file), escape(picture.caption)
        yield f'<figure><a href="{file}"><img src="{file}" alt="{caption}" loading="lazy"></a>'
        yield f"<figcaption>{caption}</figcaption></figure>"
