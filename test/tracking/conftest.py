"""Small worlds: boxes that move, and a person with a plate."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from hrs_ros.scene import Entity, Mask, Relation, Scene
from hrs_ros.vocabulary import vocabulary

WORDS = vocabulary()
HUMAN, PLATE, CUP = WORDS.human, WORDS.entity_id("plate"), WORDS.entity_id("cup")
HOLD, NEXT_TO = WORDS.relation_id("hold"), WORDS.relation_id("next to")
LEFT_ARM, RIGHT_ARM = WORDS.part_id("left arm"), WORDS.part_id("right arm")
HEIGHT, WIDTH, RATE = 240, 320, 15


def box(x: float, y: float = 100, width: int = 20, height: int = 20) -> Mask:
    return Mask(x=round(x), y=round(y), bits=np.ones((height, width), bool))


def things(*places: tuple[float, float], class_id: int = PLATE) -> tuple[Entity, ...]:
    """Things of one class with ids from 1, in the order given."""
    return tuple(Entity(index, class_id, 0.9, box(x, y)) for index, (x, y) in enumerate(places, start=1))


def scene(frame: int, entities: Iterable[Entity], relations: Iterable[Relation] = ()) -> Scene:
    """At ``frame`` / RATE seconds after a start of 1 s."""
    stamp = 1_000_000_000 + round(frame * 1e9 / RATE)
    return Scene(HEIGHT, WIDTH, tuple(entities), tuple(relations), stamp_ns=stamp)


def waiter(frame: int, *, holds: bool = True, plate: bool = True, arm: int = LEFT_ARM) -> Scene:
    """A person, and a plate that the given arm holds."""
    person = Entity(1, HUMAN, 0.9, box(100, 40, 60, 160), {arm: box(150, 90, 10, 40)})
    entities = (person, Entity(2, PLATE, 0.8, box(160, 100, 30, 12)))
    relations = (Relation(1, HOLD, 2, 0.6, (arm,), (0.9,)),) if holds and plate else ()
    return scene(frame, entities if plate else entities[:1], relations)
