"""CSV logs that survive a resume."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from pathlib import Path


class CsvLog:
    """Appends rows whose first column is ``step``; the file can be read at any time.

    ``resume_step``: None starts a new file; otherwise rows after that step, which an interrupted run wrote
    beyond its last saved state, are dropped and the log continues.
    """

    def __init__(self, path: Path, columns: Sequence[str], *, resume_step: int | None = None) -> None:
        self.path, self.columns = path, ("step", *columns)
        kept: list[dict[str, str]] = []
        if resume_step is not None and path.is_file():
            kept = [row for row in read_log(path) if int(row["step"]) <= resume_step]
        with path.open("w", newline="", encoding="utf-8") as file:
            writer = csv.DictWriter(file, self.columns, extrasaction="ignore", restval="")
            writer.writeheader()
            writer.writerows(kept)

    def write(self, row: Mapping[str, float]) -> None:
        """Numbers are written with 6 significant digits; missing columns stay empty."""
        unknown = sorted(set(row) - set(self.columns))
        if unknown:
            raise ValueError(f"{self.path.name}: unknown columns {unknown}, expected {list(self.columns)}")
        values = {name: f"{value:.6g}" if isinstance(value, float) else value for name, value in row.items()}
        with self.path.open("a", newline="", encoding="utf-8") as file:
            csv.DictWriter(file, self.columns, restval="").writerow(values)


def read_log(path: Path) -> list[dict[str, str]]:
    """Rows of a log as text; a half-written last line is left out."""
    with path.open(newline="", encoding="utf-8") as file:
        return [row for row in csv.DictReader(file) if None not in row.values()]
