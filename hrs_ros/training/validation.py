"""Cheap figures on a few labelled scenes, taken during a run. `hrs evaluate` is the full measurement."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch

from hrs_ros.data.sample import Sample
from hrs_ros.data.transforms import letterbox
from hrs_ros.evaluation.instances import match_instances
from hrs_ros.evaluation.mean_recall import Matches, Task, match, mean_recall
from hrs_ros.evaluation.sides import SideFigures, side_figures
from hrs_ros.evaluation.truth import scene_from_sample
from hrs_ros.inference.assemble import Thresholds, assemble
from hrs_ros.inference.graph import OUTPUT_NAMES
from hrs_ros.inference.letterbox import Letterbox
from hrs_ros.network.decode import decode
from hrs_ros.network.losses import LOSS_WEIGHTS, sms_loss
from hrs_ros.network.sms import SMS
from hrs_ros.network.targets import collate_targets
from hrs_ros.scene import Scene
from hrs_ros.training.batches import encode, normalise
from hrs_ros.training.sources import find_sources, open_source, read_sample
from hrs_ros.vocabulary import VocabularyName, vocabulary

FIGURES = ("person_recall", "person_iou", "side_accuracy", "rs_recall", "hrs_recall")
# Recall counts ranks, the paper's, so nearly everything is kept.
THRESHOLDS = Thresholds(
    score=0.3, relation=0.01, exclusive_masks=False, contact_reach=None, entity_weight=1.0
)


@dataclass(frozen=True, slots=True, eq=False)
class Validation:
    """What a model makes of labelled samples.

    ``figures``: mean losses by name and ``FIGURES`` in [0, 1], NaN where nothing was there to count.
    ``person_recall``: people found with mask IoU >= 0.5, ``person_iou``: their mean IoU, ``side_accuracy``:
    left and right limbs told apart, ``rs_recall`` and ``hrs_recall``: AR of the triplets (spec section 7).
    """

    figures: dict[str, float]
    scenes: tuple[Scene, ...]  # one a sample, at network size

    @property
    def score(self) -> float:
        """Higher is better: what decides which weights are called the best of a run."""
        recall = self.figures["hrs_recall"]
        return -self.figures["total"] if math.isnan(recall) else recall


def read_validation_samples(
    patterns: Sequence[str], *, most: int, side: int, vocabulary: VocabularyName = "pic"
) -> list[Sample]:
    """At most ``most`` images, spread evenly over the sources, letterboxed to ``side`` x ``side`` pixels."""
    sources = find_sources(patterns, vocabulary=vocabulary)
    places = [(source, i) for source in sources for i in range(len(open_source(source)))]
    chosen = np.linspace(0, len(places) - 1, min(most, len(places))).round().astype(int).tolist()
    return [letterbox(read_sample(*places[i]), side, side) for i in chosen]


@torch.no_grad()
def validate(model: SMS, samples: Sequence[Sample], *, device: torch.device) -> Validation:
    """Losses, figures and scenes of a model on letterboxed samples."""
    was_training = model.training
    model.eval()
    losses: dict[str, list[float]] = defaultdict(list)
    matches: dict[Task, list[Matches]] = defaultdict(list)
    words = vocabulary(model.config.vocabulary)
    sides, people, ious, scenes = SideFigures(), 0, list[float](), list[Scene]()
    for sample in samples:
        targets = collate_targets([encode(sample, model.config)]).to(device)
        raw = model(normalise(torch.from_numpy(sample.image[None]).to(device)))
        for name, loss in sms_loss(raw, targets, masks=model.config.mask_head).items():
            losses[name].append(float(loss))
        outputs = dict(
            zip(OUTPUT_NAMES, (tensor[0].cpu().numpy() for tensor in decode(raw, model.config)), strict=True)
        )
        height, width = sample.image.shape[:2]
        same_size = Letterbox.fit(source_height=height, source_width=width, height=height, width=width)
        truth = scene_from_sample(sample)
        predicted = assemble(outputs, same_size, thresholds=THRESHOLDS, words=words)
        scenes.append(predicted)
        pairs = match_instances(
            [person.mask for person in truth.humans()],
            [person.mask for person in predicted.humans()],
            scores=[person.score for person in predicted.humans()],
        )
        people += len(truth.humans())
        ious += [pair.iou for pair in pairs.values()]
        sides += side_figures(truth, predicted)
        for task in Task:
            matches[task].append(match(truth, predicted, task=task))
    model.train(was_training)
    figures = {name: float(np.mean(values)) for name, values in losses.items()}
    figures |= {
        "person_recall": len(ious) / people if people else math.nan,
        "person_iou": float(np.mean(ious)) if ious else math.nan,
        "side_accuracy": sides.accuracy,
        "rs_recall": mean_recall(matches[Task.RS], words=words).average(),
        "hrs_recall": mean_recall(matches[Task.HRS], words=words).average(),
    }
    return Validation(figures, tuple(scenes))


def columns() -> tuple[str, ...]:
    """Names of a validation's figures."""
    return (*LOSS_WEIGHTS, "total", *FIGURES)
