"""What a design can express at best: recall of true labels that were encoded, drawn ideally and decoded."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from hrs_ros.data.sample import Sample
from hrs_ros.evaluation.mean_recall import Matches, Task, match, mean_recall
from hrs_ros.evaluation.truth import scene_from_sample
from hrs_ros.inference.assemble import Thresholds, assemble
from hrs_ros.inference.letterbox import Letterbox
from hrs_ros.inference.reference import decode_image
from hrs_ros.network.config import ModelConfig
from hrs_ros.network.ideal import ideal_maps
from hrs_ros.network.part_table import part_frequency
from hrs_ros.scene import Scene
from hrs_ros.training.batches import encode

THRESHOLDS = Thresholds(relation=0.5).of_the_paper()


@dataclass(frozen=True, slots=True)
class UpperBound:
    """Mean recall at 100 of a design, in [0, 1]; NaN where nothing was to be found."""

    hrs: float
    rs: float
    between_people: float  # RS, of relations whose object is a human, pooled over the images
    acting_parts: float  # share of action relations with labelled parts that get exactly those


def upper_bound(samples: Iterable[Sample], config: ModelConfig) -> UpperBound:
    """Figures of the labels themselves after the way through targets, ideal maps, decode and assembly.

    ``samples`` have the network's input size. The K's of ``config`` should reach 100 each.
    """
    samples = list(samples)
    frequency = part_frequency(label for sample in samples for label in sample.relations)
    matches: dict[Task, list[Matches]] = {task: [] for task in Task}
    people: list[Matches] = []
    right_parts: list[bool] = []
    for sample in samples:
        raw = ideal_maps(encode(sample, config), config, frequency=frequency)
        height, width = sample.image.shape[:2]
        box = Letterbox.fit(source_height=height, source_width=width, height=height, width=width)
        found = assemble(decode_image(raw, config), box, thresholds=THRESHOLDS)
        truth = scene_from_sample(sample)
        for task in Task:
            matches[task].append(match(truth, found, task=task))
        people.append(match(_between_people(truth), found, task=Task.RS))
        right_parts += _parts_agree(truth, found)
    pooled = mean_recall(people)
    return UpperBound(
        hrs=float(mean_recall(matches[Task.HRS]).recall()[-1]),
        rs=float(mean_recall(matches[Task.RS]).recall()[-1]),
        between_people=float(pooled.recall(pooled=True)[-1]),
        acting_parts=sum(right_parts) / len(right_parts) if right_parts else float("nan"),
    )


def _between_people(scene: Scene) -> Scene:
    humans = {human.id for human in scene.humans()}
    return dataclasses.replace(scene, relations=tuple(r for r in scene.relations if r.object_id in humans))


def _parts_agree(truth: Scene, found: Scene) -> Sequence[bool]:
    """Of every true action with labelled parts: is it found with just those? Ends match by their masks."""
    twins = {
        entity.id: other.id
        for entity in truth.entities
        for other in found.entities
        if other.class_id == entity.class_id and other.mask.iou(entity.mask) > 0.5
    }
    given = {(r.subject_id, r.predicate_id, r.object_id): set(r.part_ids) for r in found.relations}
    return [
        given.get((twins.get(r.subject_id, 0), r.predicate_id, twins.get(r.object_id, 0))) == set(r.part_ids)
        for r in truth.relations
        if r.part_ids
    ]
