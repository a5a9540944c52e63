"""What data and first weights do for real photos: equal short runs, judged on the same photos."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch

from hrs_ros.data.people import PeopleDataset
from hrs_ros.data.sample import Sample
from hrs_ros.data.transforms import letterbox
from hrs_ros.evaluation.truth import scene_from_sample
from hrs_ros.network.checkpoint import load_model
from hrs_ros.training.config import TrainConfig
from hrs_ros.training.loop import LAST, STATE, train
from hrs_ros.training.schedule import Budget, LearningRate, SizeSchedule
from hrs_ros.training.validation import read_validation_samples, validate

GROUPS = 5  # parts of the photos whose figures' spread gives the standard error
LOSSES = ("entity", "mask", "parsing")  # what photos are labelled for
SCENES = 200  # rendered ones, at most


@dataclass(frozen=True, slots=True, kw_only=True)
class Diet:
    """What one run is trained on, and what it begins with where that differs from the other runs."""

    name: str
    scenes: str | None  # folder of rendered scenes (split "train"); None: photos alone
    photo_ratio: float  # share of photos in every epoch, where there are scenes
    backbone: str | None = None  # instead of the model's
    pretrained: bool = False  # the backbone begins with ``Training.backbone_weights``
    freeze: int | None = None  # stride up to which it stays as it began


@dataclass(frozen=True, slots=True, kw_only=True)
class Training:
    """What is the same in all runs."""

    model: str
    side: int  # pixels
    steps: int
    batch: int
    rate: float
    start_from: Path | None
    backbone_weights: Path | None
    threads: int | None


@dataclass(frozen=True, slots=True)
class TransferFigures:
    """Of one run. Losses: mean over photos, its standard error; rates in [0, 1], NaN if nothing counted."""

    losses: dict[str, tuple[float, float]]
    person_recall: float  # people of the photos found with mask IoU >= 0.5
    synthetic_hrs: float  # AR on validation scenes


def run(
    diet: Diet, training: Training, *, scenes: Path, photos: Path, validation: str, dev: Path, out: Path
) -> TransferFigures | None:
    """Train on a diet in ``out`` and judge the last weights on ``dev`` photos and ``validation`` scenes.

    Stopped before its end (Ctrl-C, SIGTERM) it gives None, and continues there the next time.
    """
    progress = train(
        TrainConfig(
            model=training.model,
            model_fields={} if diet.backbone is None else {"backbone": diet.backbone},
            out=out,
            budget=Budget(steps=training.steps),
            rate=LearningRate(base=training.rate),
            sizes=SizeSchedule.parse(str(training.side)),
            data=() if diet.scenes is None else (f"{scenes / diet.scenes}:train",),
            photos=photos if diet.scenes is None or diet.photo_ratio else None,
            photo_ratio=diet.photo_ratio,
            batch=training.batch,
            start_from=training.start_from,
            backbone_weights=training.backbone_weights if diet.pretrained else None,
            freeze=diet.freeze,
            threads=training.threads,
            validate_every=training.steps,
            resume=(out / STATE).is_file(),
        )
    )
    if progress.step < training.steps:
        return None
    return judge(out / LAST, validation=validation, dev=dev)


def judge(checkpoint: Path, *, validation: str, dev: Path) -> TransferFigures:
    """Figures of weights on the photos of a folder and on rendered scenes (``ROOT:split``)."""
    model, _ = load_model(checkpoint)
    side, cpu = model.config.input_height, torch.device("cpu")
    photos = PeopleDataset(dev)
    groups = split([letterbox(photos[index], side, side) for index in range(len(photos))], GROUPS)
    figures = [validate(model, group, device=cpu).figures for group in groups]
    people = [sum(len(scene_from_sample(sample).humans()) for sample in group) for group in groups]
    scenes = read_validation_samples([validation], most=SCENES, side=side)
    return TransferFigures(
        losses={name: _mean([row[name] for row in figures]) for name in LOSSES},
        person_recall=float(np.average([row["person_recall"] for row in figures], weights=people)),
        synthetic_hrs=validate(model, scenes, device=cpu).figures["hrs_recall"],
    )


def split(samples: Sequence[Sample], count: int) -> list[Sequence[Sample]]:
    """``count`` parts of nearly equal length, every count-th sample in one."""
    return [samples[first::count] for first in range(count)]


def _mean(values: Sequence[float]) -> tuple[float, float]:
    """Mean of equal parts, and its standard error from their spread."""
    return float(np.mean(values)), float(np.std(values, ddof=1) / math.sqrt(len(values)))
