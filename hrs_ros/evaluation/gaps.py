"""What a model that flickers, and is right otherwise, would see of a true clip."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from hrs_ros.scene import Scene
from hrs_ros.vocabulary import vocabulary

MISSED = 0.2  # share of frames in which a thing, or a relation, is not detected
HIDDEN = 0.9  # seconds for which each person and thing is away once, as behind somebody


def with_gaps(truths: Sequence[Scene], *, seed: int = 0) -> list[Scene]:
    """The scenes with missed things and relations, one occlusion each, and ids shuffled in every frame.

    Occlusions begin after the first second and end before the clip does, where it is long enough.
    """
    rng = np.random.default_rng(seed)
    stuff = vocabulary().stuff
    things = sorted({e.id for truth in truths for e in truth.entities if e.class_id not in stuff})
    end = truths[-1].stamp_ns / 1e9 if truths else 0.0
    hides = {thing: rng.uniform(1.0, max(end - HIDDEN, 1.0)) for thing in things}
    return [_gappy(truth, rng, hides) for truth in truths]


def _gappy(truth: Scene, rng: np.random.Generator, hides: dict[int, float]) -> Scene:
    now = truth.stamp_ns / 1e9
    seen = [
        entity
        for entity in truth.entities
        if rng.random() >= MISSED and not 0 <= now - hides.get(entity.id, np.inf) < HIDDEN
    ]
    numbers = rng.permutation(len(seen)) + 1
    ids = {entity.id: int(number) for entity, number in zip(seen, numbers, strict=True)}
    return replace(
        truth,
        entities=tuple(
            sorted((replace(entity, id=ids[entity.id]) for entity in seen), key=lambda entity: entity.id)
        ),
        relations=tuple(
            replace(relation, subject_id=ids[relation.subject_id], object_id=ids[relation.object_id])
            for relation in truth.relations
            if relation.subject_id in ids and relation.object_id in ids and rng.random() >= MISSED
        ),
    )
