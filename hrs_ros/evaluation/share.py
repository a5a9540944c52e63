"""What part of a whole: the rate behind every figure that counts."""

from __future__ import annotations


def share(part: float, whole: float) -> float:
    """``part / whole``; NaN of nothing, which is not 0."""
    return part / whole if whole else float("nan")
