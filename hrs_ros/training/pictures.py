"""Sample pictures of a run: what the network sees beside the truth, for people to look at."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from hrs_ros.data.frames import write_picture
from hrs_ros.data.sample import Sample
from hrs_ros.drawing import draw_scene
from hrs_ros.evaluation.resize import resize_scene
from hrs_ros.evaluation.truth import scene_from_sample
from hrs_ros.scene import Scene

SEEN_AT_LEAST = 0.05  # relations below are left out: early in a run there are hundreds of them
SIDE = 384  # pixels, at least: texts cannot be read in smaller pictures


def write_samples(path: Path, samples: Sequence[Sample], predicted: Sequence[Scene]) -> None:
    """One picture: a row a sample, on the left the truth and on the right what was predicted."""
    rows = [
        np.concatenate([_drawn(sample, scene_from_sample(sample)), _drawn(sample, _clear(scene))], axis=1)
        for sample, scene in zip(samples, predicted, strict=True)
    ]
    path.parent.mkdir(parents=True, exist_ok=True)
    write_picture(path, np.concatenate(rows, axis=0))


def _drawn(sample: Sample, scene: Scene) -> NDArray[np.uint8]:
    """The sample's image, enlarged by a whole factor, with the scene over it."""
    height, width = sample.image.shape[:2]
    factor = -(-SIDE // max(height, width))
    large = resize_scene(scene, factor * height, factor * width)
    return draw_scene(sample.image.repeat(factor, 0).repeat(factor, 1), large)


def _clear(scene: Scene) -> Scene:
    relations = tuple(relation for relation in scene.relations if relation.score >= SEEN_AT_LEAST)
    return dataclasses.replace(scene, relations=relations)
