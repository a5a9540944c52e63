"""Our figures in the shape of the paper's tables, with the paper's own rows beside them."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from hrs_ros.evaluation.dataset import DatasetReport
from hrs_ros.evaluation.mean_recall import MeanRecall, Task, geometric_predicates
from hrs_ros.evaluation.paper import paper_table
from hrs_ros.evaluation.table import table
from hrs_ros.vocabulary import vocabulary


@dataclass(frozen=True, slots=True)
class Subject:
    """What our rows are figures of."""

    model: str  # "sms_lite, step 5321"
    data: str  # "scenes/test, 200 images"
    same_data: bool  # whether that is the data the paper's rows are of
    milliseconds: float | None = None  # network alone, median
    provider: str = ""

    @property
    def warning(self) -> str:
        """What a reader must know before comparing rows; empty where they may be compared."""
        if self.same_data:
            return ""
        return f"NOT COMPARABLE: our row is of {self.data}, the paper's rows are of other images."


@dataclass(frozen=True, slots=True)
class ComparedRow:
    """One line; ``ours`` marks a figure that was measured here."""

    name: str
    cells: tuple[str, ...]
    ours: bool


@dataclass(frozen=True, slots=True)
class ComparedTable:
    """The paper's rows, then ours; shares in percent with two decimals, as the paper prints them."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[ComparedRow, ...]
    warning: str

    def text(self) -> str:
        """For the terminal: our row is set apart by an arrow."""
        rows = [(f"{'> ' if row.ours else '  '}{row.name}", *row.cells) for row in self.rows]
        return "\n".join(filter(None, (self.title, self.warning, table(("  method", *self.columns), rows))))


def recall_tables(report: DatasetReport, subject: Subject) -> tuple[ComparedTable, ...]:
    """Tables 4 and 6, and 7 where the report knows which relations are rare."""
    tasks = [report.by_class[Task.RS], report.by_class[Task.HRS]]
    figures = [value for task in tasks for value in (*task.recall().tolist(), task.average())]
    time = "" if subject.milliseconds is None else f"{subject.milliseconds:.0f} ms {subject.provider}"
    tables = [
        _compared("pic", figures, subject, time=time),
        _compared("kinds", _pairs(tasks, geometric_predicates(), vocabulary().actions), subject),
    ]
    if report.rarity is not None:
        rare, non_rare = report.rarity.rare, report.rarity.non_rare
        tables.append(_compared("rarity", _pairs(tasks, rare, non_rare), subject))
    return tuple(tables)


def role_table(mean: float, subject: Subject) -> ComparedTable:
    """Table 5; ``mean`` is AP_role of scenario 1 in [0, 1]. The paper does not say which scenario it used."""
    return _compared("vcoco", [mean], subject)


def _pairs(tasks: Sequence[MeanRecall], first: frozenset[int], second: frozenset[int]) -> list[float]:
    """AR of two groups of classes and, as the paper does, the mean of the two groups; for each task."""
    values = []
    for task in tasks:
        pair = [task.average(predicates=group) for group in (first, second)]
        values += [*pair, sum(pair) / 2]
    return values


def _compared(name: str, figures: Sequence[float], subject: Subject, *, time: str = "") -> ComparedTable:
    source = paper_table(name)
    timed = any(row.time for row in source.rows)
    rows = [
        ComparedRow(f"{row.method}, paper", (*map(_two_decimals, row.cells), *([row.time] * timed)), False)
        for row in source.rows
    ]
    ours = tuple(_two_decimals(100 * figure) for figure in figures)
    rows.append(ComparedRow(f"{subject.model} on {subject.data}", (*ours, *([time] * timed)), True))
    return ComparedTable(
        title=f"Table {source.number}. {source.title}",
        columns=(*source.columns, *(["time"] * timed)),
        rows=tuple(rows),
        warning=subject.warning,
    )


def _two_decimals(value: float) -> str:
    return "-" if math.isnan(value) else f"{value:.2f}"
