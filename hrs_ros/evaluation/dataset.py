"""Labelled images in the PIC layout: mean recall, query success and sides over a split."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hrs_ros.data.sample import Sample
from hrs_ros.evaluation.duplicates import without_duplicates
from hrs_ros.evaluation.mean_recall import (
    LIMITS,
    Matches,
    MeanRecall,
    Task,
    geometric_predicates,
    match,
    mean_recall,
)
from hrs_ros.evaluation.perception import Perceive, Watch
from hrs_ros.evaluation.query_success import (
    QueryFigures,
    QueryResult,
    UnfoundedFigures,
    ask_other_side,
    ask_unique_phrases,
    summarise_queries,
)
from hrs_ros.evaluation.rarity import Rarity
from hrs_ros.evaluation.resize import PUBLIC_EVALUATOR_SIZE, resize_scene
from hrs_ros.evaluation.shown import ShownFigures, shown_relations, summarise_shown
from hrs_ros.evaluation.sides import SideFigures, side_figures
from hrs_ros.evaluation.truth import scene_from_sample
from hrs_ros.vocabulary import vocabulary


@dataclass(frozen=True, slots=True, eq=False)
class RecallRow:
    """One line of the paper's table: mR@25, 50, 100 and AR, in [0, 1]."""

    name: str
    recall: NDArray[np.float64]  # (K,)
    average: float


@dataclass(frozen=True, slots=True)
class ImageScore:
    """Recall of one image's triplets among the 25 best predictions, mean over thresholds; NaN without any."""

    index: int  # place in the split
    name: str
    triplets: int
    hrs: float
    rs: float


@dataclass(frozen=True, slots=True, eq=False)
class DatasetReport:
    """Figures over a split."""

    images: int
    limits: tuple[int, ...]
    rows: tuple[RecallRow, ...]
    by_class: dict[Task, MeanRecall]
    by_class_without_duplicates: dict[Task, MeanRecall]
    rarity: Rarity | None
    queries: QueryFigures
    other_side: UnfoundedFigures  # phrases that name the side which does not act
    sides: SideFigures
    shown: tuple[ShownFigures, ...]  # all relations, then each
    scores: tuple[ImageScore, ...]


class _Split:
    """Running collection over the images of a split: figures only, never a picture or a scene."""

    def __init__(self) -> None:
        self.matches: dict[Task, list[Matches]] = {task: [] for task in Task}
        self.merged: dict[Task, list[Matches]] = {task: [] for task in Task}
        self.queries: list[QueryResult] = []
        self.other_side = UnfoundedFigures()
        self.sides = SideFigures()
        self.shown: list[ShownFigures] = []
        self.scores: list[ImageScore] = []


def evaluate_dataset(
    samples: Iterable[Sample],
    perceive: Perceive,
    *,
    public_evaluator: bool = False,
    rarity: Rarity | None = None,
    watch: Watch | None = None,
) -> DatasetReport:
    """Predict every sample and compare with its labels, one at a time.

    Recall ranks what is ``ranked``: the 100 best relations, whatever their scores and with their duplicates,
    as the paper does. Requests, sides and relations shown are of what is ``seen``. ``public_evaluator``
    resamples all masks to 640 x 480 first, for comparison only. ``rarity`` adds the rows of rare and non-rare
    relations.
    """
    split = _Split()
    for index, sample in enumerate(samples):
        truth, perceived = scene_from_sample(sample), perceive(sample.image)
        seen, ranked = perceived.seen, perceived.ranked
        if watch is not None:
            watch(sample.name, sample.image, seen)
        split.queries += ask_unique_phrases(truth, seen)
        split.other_side += ask_other_side(truth, seen)
        split.sides += side_figures(truth, seen)
        split.shown += shown_relations(truth, seen)
        if public_evaluator:
            truth, ranked = (resize_scene(scene, *PUBLIC_EVALUATOR_SIZE) for scene in (truth, ranked))
        merged = without_duplicates(ranked)
        for task in Task:
            split.matches[task].append(match(truth, ranked, task=task))
            split.merged[task].append(match(truth, merged, task=task))
        split.scores.append(
            ImageScore(
                index=index,
                name=sample.name,
                triplets=len(truth.relations),
                hrs=image_recall(split.matches[Task.HRS][-1]),
                rs=image_recall(split.matches[Task.RS][-1]),
            )
        )
    by_class = {task: mean_recall(split.matches[task]) for task in Task}
    merged_by_class = {task: mean_recall(split.merged[task]) for task in Task}
    return DatasetReport(
        images=len(split.scores),
        limits=LIMITS,
        rows=tuple(
            row
            for task in (Task.HRS, Task.RS)
            for row in _rows(task, by_class[task], merged_by_class[task], rarity)
        ),
        by_class=by_class,
        by_class_without_duplicates=merged_by_class,
        rarity=rarity,
        queries=summarise_queries(split.queries),
        other_side=split.other_side,
        sides=split.sides,
        shown=summarise_shown(split.shown),
        scores=tuple(split.scores),
    )


def image_recall(matches: Matches, *, limit: int = LIMITS[0]) -> float:
    """Share of an image's triplets found among the ``limit`` best, mean over thresholds; NaN without any."""
    return float((matches.first_rank < limit).mean()) if len(matches.first_rank) else float("nan")


def _rows(task: Task, result: MeanRecall, merged: MeanRecall, rarity: Rarity | None) -> list[RecallRow]:
    """The task's own row, then its splits and variants, set in."""

    geometric, action = geometric_predicates(), vocabulary().actions
    rows = [
        _row(task.value, result),
        _row("  geometric", result, predicates=geometric),
        _row("  action", result, predicates=action),
    ]
    if rarity is not None:
        rows.append(_row("  rare", result, predicates=rarity.rare))
        rows.append(_row("  non-rare", result, predicates=rarity.non_rare))
    rows.append(_row("  pooled over images", result, pooled=True))
    rows.append(_row("  duplicate masks merged", merged))
    return rows


def _row(
    name: str, result: MeanRecall, *, pooled: bool = False, predicates: frozenset[int] | None = None
) -> RecallRow:
    return RecallRow(
        name,
        result.recall(pooled=pooled, predicates=predicates),
        result.average(pooled=pooled, predicates=predicates),
    )
