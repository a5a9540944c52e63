"""Which images a report shows."""

from __future__ import annotations

import math
from collections.abc import Sequence

from hrs_ros.evaluation.dataset import ImageScore


def best_median_worst(scores: Sequence[ImageScore], *, each: int) -> dict[str, tuple[ImageScore, ...]]:
    """``each`` images of the best, the middle and the lowest HRS recall at 25; RS recall breaks ties.

    Images without a triplet to find are passed over. Of equals the one with more to find is the better if
    anything was found, else the worse. A small set gives fewer images, none of them twice.
    """
    scored = [score for score in scores if not (math.isnan(score.hrs) or math.isnan(score.rs))]
    order = sorted(
        scored,
        key=lambda s: (-s.hrs, -s.rs, s.triplets if s.hrs + s.rs == 0 else -s.triplets, s.index),
    )
    each = min(each, len(order) // 3) if len(order) >= 3 else 0
    if each == 0:
        return {"best": tuple(order), "median": (), "worst": ()}
    start = (len(order) - each) // 2
    return {
        "best": tuple(order[:each]),
        "median": tuple(order[start : start + each]),
        "worst": tuple(reversed(order[-each:])),
    }
