"""Labelled images in the PIC layout: mean recall, query success and sides over a split."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hrs_ros.data.sample import Sample
from hrs_ros.evaluation.mean_recall import (
    Matches,
    MeanRecall,
    Task,
    geometric_predicates,
    match,
    mean_recall,
)
from hrs_ros.evaluation.perception import OperatingPoint, Predict, Watch, at_operating_point
from hrs_ros.evaluation.query_success import (
    QueryFigures,
    QueryResult,
    ask_unique_phrases,
    summarise_queries,
)
from hrs_ros.evaluation.resize import PUBLIC_EVALUATOR_SIZE, resize_scene
from hrs_ros.evaluation.sides import SideFigures, side_figures
from hrs_ros.evaluation.truth import scene_from_sample
from hrs_ros.vocabulary import vocabulary


@dataclass(frozen=True, slots=True, eq=False)
class RecallRow:
    """One line of the paper's table: mR@25, 50, 100 and AR, in [0, 1]."""

    name: str
    recall: NDArray[np.float64]  # (K,)
    average: float


@dataclass(frozen=True, slots=True, eq=False)
class DatasetReport:
    """Figures over a split."""

    images: int
    limits: tuple[int, ...]
    rows: tuple[RecallRow, ...]
    by_class: dict[Task, MeanRecall]
    queries: QueryFigures
    sides: SideFigures


class _Split:
    """Running collection over the images of a split."""

    def __init__(self) -> None:
        self.matches: dict[Task, list[Matches]] = {task: [] for task in Task}
        self.queries: list[QueryResult] = []
        self.sides = SideFigures()
        self.images = 0


def evaluate_dataset(
    samples: Iterable[Sample],
    predict: Predict,
    *,
    operating_point: OperatingPoint,
    public_evaluator: bool = False,
    watch: Watch | None = None,
) -> DatasetReport:
    """Predict every sample and compare with its labels.

    ``predict`` must give the 100 best relations, whatever their scores; ``operating_point`` then says which
    of them queries may see. ``public_evaluator`` resamples all masks to 640 x 480 first, for comparison only.
    """
    split = _Split()
    for sample in samples:
        truth, ranked = scene_from_sample(sample), predict(sample.image)
        seen = at_operating_point(ranked, operating_point)
        if watch is not None:
            watch(sample.name, sample.image, seen)
        split.queries += ask_unique_phrases(truth, seen)
        split.sides += side_figures(truth, seen)
        if public_evaluator:
            truth, ranked = (resize_scene(scene, *PUBLIC_EVALUATOR_SIZE) for scene in (truth, ranked))
        for task in Task:
            split.matches[task].append(match(truth, ranked, task=task))
        split.images += 1
    by_class = {task: mean_recall(split.matches[task]) for task in Task}
    return DatasetReport(
        images=split.images,
        limits=by_class[Task.HRS].limits,
        rows=_rows(by_class),
        by_class=by_class,
        queries=summarise_queries(split.queries),
        sides=split.sides,
    )


def _rows(by_class: dict[Task, MeanRecall]) -> tuple[RecallRow, ...]:
    geometric, action = geometric_predicates(), vocabulary().actions
    hrs, rs = by_class[Task.HRS], by_class[Task.RS]
    return (
        _row("HRS", hrs),
        _row("  geometric", hrs, predicates=geometric),
        _row("  action", hrs, predicates=action),
        _row("  pooled over images", hrs, pooled=True),
        _row("RS", rs),
        _row("  geometric", rs, predicates=geometric),
        _row("  action", rs, predicates=action),
        _row("  pooled over images", rs, pooled=True),
    )


def _row(
    name: str, result: MeanRecall, *, pooled: bool = False, predicates: frozenset[int] | None = None
) -> RecallRow:
    return RecallRow(
        name,
        result.recall(pooled=pooled, predicates=predicates),
        result.average(pooled=pooled, predicates=predicates),
    )
