"""How long mean recall takes on a split of the paper's size: drawn scenes, 100 predicted triplets each."""

from __future__ import annotations

import time
from typing import Any

import numpy as np
from tqdm import tqdm

from hrs_ros.evaluation.duplicates import without_duplicates
from hrs_ros.evaluation.mean_recall import Matches, Task, match, mean_recall
from hrs_ros.scene import Entity, Mask, Relation, Scene
from hrs_ros.vocabulary import vocabulary

HEIGHT, WIDTH = 480, 640
HUMANS, THINGS = 4, 4  # PIC holds 3.8 humans in 8.1 entities, and 10.4 relations an image (paper section 3.3)
TRUE_RELATIONS = 10
COPIES = 5  # predicted masks for each true thing
CLASSES = 6  # of things: few, so that many predictions compete for a triplet


def measure_recall(images: int, *, predictions: int, seed: int = 0) -> dict[str, Any]:
    """Seconds to match ``images`` scenes of ``predictions`` triplets, RS and HRS, plain and merged.

    Drawing the scenes is not counted. ``seconds`` is wall-clock time, ``processor_seconds`` that of this one
    process, which other programs on the machine do not lengthen.
    """
    rng = np.random.default_rng(seed)
    matches: dict[tuple[Task, bool], list[Matches]] = {(task, m): [] for task in Task for m in (False, True)}
    wall = processor = 0.0
    for _ in tqdm(range(images), desc="mean recall", unit="image", disable=None):
        truth = _truth(rng)
        predicted = _predicted(truth, predictions, rng)
        start, used = time.perf_counter(), time.process_time()
        merged = without_duplicates(predicted)
        for task in Task:
            matches[task, False].append(match(truth, predicted, task=task))
            matches[task, True].append(match(truth, merged, task=task))
        wall, processor = wall + time.perf_counter() - start, processor + time.process_time() - used
    start, used = time.perf_counter(), time.process_time()
    results = {key: mean_recall(rows) for key, rows in matches.items()}
    wall, processor = wall + time.perf_counter() - start, processor + time.process_time() - used
    return {
        "images": images,
        "predictions": predictions,
        "true_relations": TRUE_RELATIONS,
        "variants": len(results),  # RS and HRS, each with and without duplicates
        "seconds": round(wall, 2),
        "processor_seconds": round(processor, 2),
        "milliseconds_an_image": round(1e3 * processor / images, 2),
        "average_recall": {task.value: round(results[task, False].average(), 4) for task in Task},
    }


def _truth(rng: np.random.Generator) -> Scene:
    words = vocabulary()
    arms = words.part_id("left arm"), words.part_id("right arm")
    entities = []
    for number in range(1, HUMANS + THINGS + 1):
        human = number <= HUMANS
        mask = _ellipse(rng, height=int(rng.integers(60, 300)), width=int(rng.integers(30, 160)))
        third = mask.width // 3
        parts = {
            arms[0]: Mask(mask.x + mask.width - third, mask.y, mask.bits[:, mask.width - third :]),
            arms[1]: Mask(mask.x, mask.y, mask.bits[:, :third]),
        }
        class_id = words.human if human else int(rng.integers(2, 2 + CLASSES))
        entities.append(Entity(number, class_id, 1.0, mask, parts if human else {}))
    relations = tuple(
        _relation(int(subject), int(target), rng)
        for subject, target in zip(
            rng.integers(1, HUMANS + 1, TRUE_RELATIONS),
            rng.integers(HUMANS + 1, HUMANS + THINGS + 1, TRUE_RELATIONS),
            strict=True,
        )
    )
    return Scene(HEIGHT, WIDTH, tuple(entities), relations)


def _predicted(truth: Scene, count: int, rng: np.random.Generator) -> Scene:
    """Shifted copies of everything, related at random: half of the predicates are those of the truth."""
    entities = []
    for entity in truth.entities:
        for copy in range(COPIES):
            dx, dy = (int(shift) for shift in rng.integers(-20, 21, 2))
            moved = {part: Mask(m.x + dx, m.y + dy, m.bits) for part, m in entity.parts.items()}
            mask = Mask(entity.mask.x + dx, entity.mask.y + dy, entity.mask.bits)
            number = (entity.id - 1) * COPIES + copy + 1
            entities.append(Entity(number, entity.class_id, float(rng.random()), mask, moved))
    relations = []
    for _ in range(count):
        true = truth.relations[int(rng.integers(len(truth.relations)))]
        subject, target = (
            (end - 1) * COPIES + int(rng.integers(COPIES)) + 1 for end in (true.subject_id, true.object_id)
        )
        predicate = true.predicate_id if rng.random() < 0.5 else None
        relations.append(_relation(subject, target, rng, predicate_id=predicate, score=float(rng.random())))
    return Scene(HEIGHT, WIDTH, tuple(entities), tuple(relations))


def _relation(
    subject: int,
    target: int,
    rng: np.random.Generator,
    *,
    predicate_id: int | None = None,
    score: float = 1.0,
) -> Relation:
    words = vocabulary()
    if predicate_id is None:
        predicate_id = int(rng.integers(1, len(words.relations)))
    arm = words.part_id(("left arm", "right arm")[int(rng.integers(2))])
    parts = (arm,) if words.is_action(predicate_id) else ()
    return Relation(subject, predicate_id, target, score, parts, (1.0,) * len(parts))


def _ellipse(rng: np.random.Generator, *, height: int, width: int) -> Mask:
    rows = np.linspace(-1, 1, height)[:, None]
    columns = np.linspace(-1, 1, width)
    x, y = int(rng.integers(0, WIDTH - width)), int(rng.integers(0, HEIGHT - height))
    return Mask(x, y, rows**2 + columns**2 <= 1)
