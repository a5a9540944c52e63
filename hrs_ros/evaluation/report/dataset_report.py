"""From the figures of a split to its report: tables, and its best, median and worst images drawn."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Protocol

from tqdm import tqdm

from hrs_ros.data.sample import Sample
from hrs_ros.evaluation.comparison import Subject, recall_tables
from hrs_ros.evaluation.dataset import DatasetReport, ImageScore
from hrs_ros.evaluation.perception import Predict
from hrs_ros.evaluation.printing import dataset_tables
from hrs_ros.evaluation.report.choose import best_median_worst
from hrs_ros.evaluation.report.figure import draw_figure
from hrs_ros.evaluation.report.page import Picture, write_page
from hrs_ros.evaluation.table import percent
from hrs_ros.evaluation.truth import scene_from_sample

PAGE = "index.html"


class Samples(Protocol):
    """Labelled images by place."""

    def __getitem__(self, index: int, /) -> Sample: ...


def write_report(
    folder: Path,
    report: DatasetReport,
    samples: Samples,
    predict: Predict,
    *,
    subject: Subject,
    facts: Mapping[str, str],
    each: int = 3,
) -> Path:
    """Write ``folder/index.html`` and its pictures; returns the page.

    The images shown are read and predicted once more, so that none has to be kept until the last is judged.
    ``predict`` must rank as it did for the figures.
    """
    folder.mkdir(parents=True, exist_ok=True)
    chosen = best_median_worst(report.scores, each=each)
    pictures: dict[str, list[Picture]] = {}
    with tqdm(total=sum(map(len, chosen.values())), desc="drawing", unit="image", disable=None) as bar:
        for name, scores in chosen.items():
            heading = f"{name.capitalize()} images"
            for place, score in enumerate(scores, start=1):
                sample = samples[score.index]
                file = f"{name}_{place}.png"
                draw_figure(
                    folder / file,
                    sample.image,
                    scene_from_sample(sample),
                    predict(sample.image),
                    title=f"{name} {place}: {_caption(score)}",
                )
                pictures.setdefault(heading, []).append(Picture(file, _caption(score)))
                bar.update()
    page = folder / PAGE
    write_page(
        page,
        title=f"{subject.model} on {subject.data}",
        facts=facts,
        compared=recall_tables(report, subject),
        tables=dataset_tables(report),
        pictures=pictures,
    )
    return page


def _caption(score: ImageScore) -> str:
    return (
        f"{score.name}, triplets to find: {score.triplets}, "
        f"recall at 25: HRS {percent(score.hrs)} %, RS {percent(score.rs)} %"
    )
