"""Learning a few scenes by heart: the proof that targets, losses and decode of a model mean the same."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import torch

from hrs_ros.data.pic import PICDataset
from hrs_ros.data.transforms import letterbox
from hrs_ros.evaluation.mean_recall import Task, match, mean_recall
from hrs_ros.evaluation.truth import scene_from_sample
from hrs_ros.network.checkpoint import load_model
from hrs_ros.network.config import ModelConfig, load_config
from hrs_ros.training.config import TrainConfig
from hrs_ros.training.loop import BEST, STATE, train
from hrs_ros.training.schedule import Budget, LearningRate, SizeSchedule
from hrs_ros.training.upper_bound import upper_bound
from hrs_ros.training.validation import read_validation_samples, validate

SPLIT = "train"
SLOTS = {"subjects": 25, "objects": 50, "relations": 100}  # the speed setting is too few for crowded scenes
MARGIN = 0.05  # a scene is taken if a perfect network would find all but this share of its triplets


@dataclass(frozen=True, slots=True, kw_only=True)
class Experiment:
    """One run: a member of the family, changed in single values, at a size at which it learns in time."""

    name: str
    model: str
    side: int  # of the square input, pixels
    steps: int
    changes: dict[str, object] = field(default_factory=dict)
    rate: float = 1e-3
    warm_up: float = 0.03  # fraction of the steps

    @property
    def config(self) -> ModelConfig:
        return load_config(
            self.model, **{**SLOTS, **self.changes}, input_height=self.side, input_width=self.side
        )


@dataclass(frozen=True, slots=True)
class Outcome:
    """Mean recall in [0, 1] of the triplets of the scenes that were learned."""

    scenes: tuple[str, ...]
    upper_bound: float  # HRS mR@100 that ideal maps of this model would give: no run can do better
    hrs_at_25: float
    rs_at_25: float
    step: int  # of the best weights


def expressible_scenes(root: Path, config: ModelConfig, *, count: int) -> Iterator[str]:
    """Names of the first ``count`` scenes whose triplets the model's maps can express, see ``upper_bound``.

    What cannot be expressed, such as a hand of two pixels, cannot be learned and proves nothing.
    """
    scenes = PICDataset(root, SPLIT)
    for index in range(len(scenes)):
        sample = letterbox(scenes[index], config.input_height, config.input_width)
        best = upper_bound([sample], config).hrs
        if not math.isnan(best) and best >= 1 - MARGIN:
            yield scenes.name(index)
            count -= 1
        if count == 0:
            return
    raise ValueError(f"{root}: {count} scenes too few that {config.name} can express; give more scenes")


def subset(root: Path, names: Sequence[str], out: Path) -> None:
    """A PIC folder ``out`` of some scenes of ``root``: links to it, and a relation list of its own."""
    listing = f"relations_{SPLIT}.json"
    out.mkdir(parents=True, exist_ok=True)
    for entry in root.iterdir():
        link = out / entry.name
        if entry.name != listing and not link.is_symlink():
            link.symlink_to(entry.resolve())
    rows = json.loads((root / listing).read_text(encoding="utf-8"))
    kept = [row for row in rows if row["name"] in set(names)]
    (out / listing).write_text(json.dumps(kept), encoding="utf-8")


def overfit(
    experiment: Experiment,
    root: Path,
    out: Path,
    *,
    count: int = 8,
    device: str | None = None,
    threads: int | None = None,
) -> Outcome | None:
    """Train on ``count`` scenes of the PIC folder ``root`` without augmentation; judged on the same scenes.

    The run lies in ``out``. Stopped before its end (Ctrl-C, SIGTERM) it gives None, and continues there the
    next time; a finished one is only judged again.
    """
    config = experiment.config
    folder = out / "scenes"
    if not (folder / f"relations_{SPLIT}.json").is_file():
        subset(root, list(expressible_scenes(root, config, count=count)), folder)
    run = out / "run"
    progress = train(
        TrainConfig(
            model=experiment.model,
            model_fields={**SLOTS, **experiment.changes},
            out=run,
            budget=Budget(steps=experiment.steps),
            rate=LearningRate(base=experiment.rate, warm_up=experiment.warm_up),
            sizes=SizeSchedule.parse(str(experiment.side)),
            data=(f"{folder}:{SPLIT}",),
            batch=count,
            overfit=count,
            validate_every=max(experiment.steps // 10, 1),
            log_every=max(experiment.steps // 100, 1),
            average_decay=0.98,  # a run of hundreds of steps must not remember its beginning
            workers=0,
            device=device,
            threads=threads,
            resume=(run / STATE).is_file(),
        )
    )
    return judge(run / BEST, folder) if progress.step >= experiment.steps else None


def judge(checkpoint: Path, folder: Path) -> Outcome:
    """What the weights make of every scene of a PIC folder."""
    model, loaded = load_model(checkpoint)
    side = model.config.input_height
    samples = read_validation_samples([f"{folder}:{SPLIT}"], most=len(PICDataset(folder, SPLIT)), side=side)
    scenes = validate(model, samples, device=torch.device("cpu")).scenes
    truths = [scene_from_sample(sample) for sample in samples]
    recall = {
        task: mean_recall(
            match(truth, found, task=task) for truth, found in zip(truths, scenes, strict=True)
        ).recall()
        for task in Task
    }
    return Outcome(
        scenes=tuple(sample.name for sample in samples),
        upper_bound=upper_bound(samples, model.config).hrs,
        hrs_at_25=float(recall[Task.HRS][0]),
        rs_at_25=float(recall[Task.RS][0]),
        step=loaded.step,
    )
