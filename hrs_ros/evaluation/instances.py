"""Greedy matching of predicted to labelled masks, and average precision over a split."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hrs_ros.scene import Mask


@dataclass(frozen=True, slots=True)
class Pair:
    """The predicted mask a labelled one was matched to."""

    predicted: int  # index of the prediction
    iou: float


def match_instances(
    truth: Sequence[Mask], predicted: Sequence[Mask], *, scores: Sequence[float], threshold: float = 0.5
) -> dict[int, Pair]:
    """Truth index -> its prediction: best score first, each takes the free truth it overlaps most."""
    pairs: dict[int, Pair] = {}
    for index in sorted(range(len(predicted)), key=lambda i: -scores[i]):
        free = [(predicted[index].iou(mask), row) for row, mask in enumerate(truth) if row not in pairs]
        iou, row = max(free, default=(0.0, -1))
        if row >= 0 and iou >= threshold:
            pairs[row] = Pair(index, iou)
    return pairs


def average_precision(scores: Sequence[float], true: Sequence[bool], positives: int) -> float:
    """All-point interpolated AP in [0, 1] of predictions over a whole split; NaN without positives."""
    if positives == 0:
        return float("nan")
    order = np.argsort(-np.asarray(scores, float), kind="stable")
    hits = np.asarray(true, bool)[order]
    found = np.cumsum(hits)
    precision: NDArray[np.float64] = found / np.arange(1, len(hits) + 1)
    # The envelope: precision at a recall is the best reached at that recall or a higher one.
    envelope = np.maximum.accumulate(precision[::-1])[::-1]
    return float(envelope[hits].sum() / positives)
