"""Tables of tracking figures: in the terminal, and that of docs/tracking.md against the committed results."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from hrs_ros.evaluation.identities import IdentityFigures
from hrs_ros.evaluation.query_success import summarise_queries
from hrs_ros.evaluation.steadiness import RelationFigures
from hrs_ros.evaluation.tracking import TrackingFigures, TrackingReport
from hrs_ros.evaluation.tracking_text import tracking_text


def figures(switches: int) -> TrackingFigures:
    return TrackingFigures(
        IdentityFigures(10, 8, 1, switches, 3, 2, 0.5),
        RelationFigures(10, 4, 4, 3, 2.0, (0.25, 0.75), 1),
        summarise_queries([]),
    )


def test_rows_with_and_without_tracking() -> None:
    report = TrackingReport("clip", "model", 5, alone=figures(7), tracked=figures(0))
    without, tracked = tracking_text([report]).splitlines()[2:]
    values = ["80.0", "7", "50.0", "40.0", "50.0", "1.500", "0.500", "-", "-"]
    assert without.split() == ["clip,", "model,", "without", *values]
    assert tracked.split() == [
        "clip,",
        "model,",
        "with",
        *(value if value != "7" else "0" for value in values),
    ]


def test_the_page_says_what_the_results_say(repository: Path) -> None:
    record = json.loads((repository / "benchmarks" / "results" / "tracking.json").read_text(encoding="utf-8"))
    page = (repository / "docs" / "tracking.md").read_text(encoding="utf-8")
    rows = [row for report in record["figures"] for row in _rows(report)]
    assert len(rows) == 12
    assert [row for row in rows if row not in page.splitlines()] == []


def _rows(report: dict[str, Any]) -> list[str]:
    found = []
    for key, word in (("alone", "without"), ("tracked", "with")):
        identities, relations, queries = (
            report[key][name] for name in ("identities", "relations", "queries")
        )
        cells = [
            report["name"],
            report["seen_by"],
            word,
            str(identities["switches"]),
            *(
                f"{100 * share:.1f} %"
                for share in (identities["idf1"], relations["recall"], relations["precision"])
            ),
            f"{relations['flicker']:.2f}",
            f"{relations['mean_delay']:.2f}",
            *(f"{100 * queries[name]:.1f} %" for name in ("success_rate", "silent_wrong_rate")),
        ]
        found.append(f"| {' | '.join(cells)} |")
    return found
