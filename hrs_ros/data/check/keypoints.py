"""Checks the human keypoints of one image."""

from __future__ import annotations

import math
from collections.abc import Iterator
from pathlib import Path
from typing import TypeGuard

from hrs_ros.data.check.finding import Damage, Finding
from hrs_ros.data.check.image import Labelled
from hrs_ros.data.check.json_records import Record
from hrs_ros.data.check.relations import is_id
from hrs_ros.vocabulary import vocabulary


def check_keypoints(path: Path, record: Record, labelled: Labelled | None) -> Iterator[Finding]:
    """Findings on ``record.value["humans"]``; without ``labelled``, on what needs no label map."""
    seen: set[int] = set()
    for row, place in zip(record.value["humans"], record.nested, strict=True):
        for damage, message in _row_findings(row, labelled, seen):
            yield Finding(damage, path, f"{record.value['name']}: {message}", place)


def _row_findings(row: object, labelled: Labelled | None, seen: set[int]) -> Iterator[tuple[Damage, str]]:
    count = len(vocabulary().keypoints) - 1
    if not isinstance(row, dict) or not is_id(row.get("instance")):
        yield Damage.MALFORMED, f"expected an object with an integer instance and keypoints, got {row}"
        return
    human, points = row["instance"], row.get("keypoints")
    if not isinstance(points, list) or len(points) != count or not all(map(_is_point, points)):
        yield Damage.MALFORMED, f"human {human}: expected {count} rows x, y, visibility (0, 1 or 2)"
        return
    if human in seen:
        yield Damage.LISTED_TWICE, f"human {human} has keypoints already"
    seen.add(human)
    if labelled is None:
        return
    if human not in labelled.instances:
        yield Damage.UNKNOWN_INSTANCE, f"instance {human} has no pixel in the instance map"
    elif human not in labelled.humans:
        yield Damage.SUBJECT_NOT_HUMAN, f"instance {human} has keypoints"
    for name, (x, y, visibility) in zip(vocabulary().keypoints[1:], points, strict=True):
        # Written to a tenth of a pixel, the last point inside may round to the very edge.
        if visibility and not (0 <= x <= labelled.width and 0 <= y <= labelled.height):
            size = f"{labelled.width} x {labelled.height}"
            yield Damage.KEYPOINT_OUTSIDE, f"{name} of human {human} at ({x}, {y}), image {size}"


def _is_point(row: object) -> TypeGuard[list[float]]:
    if not isinstance(row, list) or len(row) != 3:
        return False
    numbers = all(isinstance(value, int | float) and math.isfinite(value) for value in row)
    return numbers and row[2] in (0, 1, 2)
