"""How long a request takes, from its text to its answer in a crowded scene."""

from __future__ import annotations

import random
import time
from collections.abc import Iterable
from typing import Any

import numpy as np

from hrs_ros.language.corpus import THINGS, hostile, plausible, texts
from hrs_ros.language.lexicon import lexicon
from hrs_ros.language.parser import parse
from hrs_ros.language.resolve import answer
from hrs_ros.scene import Entity, Mask, Relation, Scene
from hrs_ros.vocabulary import vocabulary

HEIGHT, WIDTH = 480, 640  # pixels


def crowded_scene(entities: int, *, seed: int = 0) -> Scene:
    """A third people, the rest things, at random places; three relations for each person."""
    rng, words = random.Random(seed), vocabulary()
    names = [rng.choice((*["human"] * 4, *THINGS)) for _ in range(entities)]
    placed = []
    for number, name in enumerate(names, start=1):
        height, width = rng.randint(20, 300), rng.randint(20, 200)
        x, y = rng.randrange(WIDTH - width), rng.randrange(HEIGHT - height)
        mask = Mask(x=x, y=y, bits=np.ones((height, width), bool))
        placed.append(Entity(number, words.entity_id(name), rng.uniform(0.3, 1), mask))
    people = [entity.id for entity in placed if entity.is_human]
    relations = []
    for person in people * 3:
        predicate = words.relation_id(rng.choice(("hold", "next to", "sit on", "look at")))
        other = rng.choice([entity.id for entity in placed if entity.id != person])
        parts = (words.part_id(rng.choice(("left arm", "right arm"))),) if words.is_action(predicate) else ()
        relations.append(Relation(person, predicate, other, rng.uniform(0.2, 1), parts, (0.9,) * len(parts)))
    return Scene(height=HEIGHT, width=WIDTH, entities=tuple(placed), relations=tuple(relations))


def measure(*, requests: int, entities: int, seed: int = 0) -> dict[str, Any]:
    """Milliseconds of parse and resolve together, for plausible and for hostile texts.

    Wall-clock time and, for machines that do other things too, the processor time of this thread.
    """
    scene = crowded_scene(entities, seed=seed)
    lexicon()  # read once, by the first request of a process
    parse("plate in left arm")
    return {
        "entities": entities,
        "people": len(scene.humans()),
        "relations": len(scene.relations),
        "requests": requests,
        "plausible": _times(texts(requests, seed=seed, make=plausible), scene),
        "hostile": _times(texts(requests, seed=seed, make=hostile), scene),
    }


def _times(requests: Iterable[str], scene: Scene) -> dict[str, Any]:
    wall, processor = [], []
    for text in requests:
        start, start_processor = time.perf_counter(), time.thread_time()
        answer(text, scene)
        processor.append(time.thread_time() - start_processor)
        wall.append(time.perf_counter() - start)
    return {"wall_ms": _summary(wall), "processor_ms": _summary(processor)}


def _summary(seconds: list[float]) -> dict[str, float]:
    values = np.array(seconds) * 1e3
    figures = {"median": np.median(values), "p99": np.percentile(values, 99), "highest": values.max()}
    return {name: round(float(value), 3) for name, value in figures.items()}
