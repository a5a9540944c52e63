"""The tracking report as text: with and without tracking, line by line."""

from __future__ import annotations

from collections.abc import Sequence

from hrs_ros.evaluation.share import share
from hrs_ros.evaluation.table import number, percent, table
from hrs_ros.evaluation.tracking import TrackingFigures, TrackingReport

COLUMNS = (
    "clip, seen by, tracking",
    "found",
    "switches",
    "IDF1",
    "shown",
    "true",
    "flicker/s",
    "delay s",
    "right",
    "silent wrong",
)


def tracking_text(reports: Sequence[TrackingReport]) -> str:
    """Shares in percent; see docs/tracking.md for what the columns mean."""
    rows = [
        row
        for report in reports
        for row in (
            _row(f"{report.name}, {report.seen_by}, without", report.alone),
            _row(f"{report.name}, {report.seen_by}, with", report.tracked),
        )
    ]
    return table(COLUMNS, rows)


def _row(name: str, figures: TrackingFigures) -> tuple[str, ...]:
    identities, relations, queries = figures.identities, figures.relations, figures.queries
    return (
        name,
        percent(share(identities.found, identities.objects)),
        str(identities.switches),
        percent(identities.idf1),
        percent(relations.recall),
        percent(relations.precision),
        number(relations.flicker),
        number(relations.mean_delay),
        percent(queries.success_rate),
        percent(queries.silent_wrong_rate),
    )
