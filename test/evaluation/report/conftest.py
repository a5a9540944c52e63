import numpy as np
import pytest

from hrs_ros.scene import Entity, Mask, Relation, Scene
from hrs_ros.vocabulary import vocabulary

WORDS = vocabulary()
HOLD, NEXT_TO = WORDS.relation_id("hold"), WORDS.relation_id("next to")
LEFT_ARM, RIGHT_ARM = WORDS.part_id("left arm"), WORDS.part_id("right arm")


def block(x, y, width, height):
    return Mask(x=x, y=y, bits=np.ones((height, width), bool))


@pytest.fixture
def truth():
    """A human holds a cup in the left arm and is next to a chair."""
    arms = {LEFT_ARM: block(24, 10, 6, 30), RIGHT_ARM: block(10, 10, 6, 30)}
    entities = (
        Entity(1, WORDS.human, 1.0, block(10, 5, 20, 45), arms),
        Entity(2, WORDS.entity_id("cup"), 1.0, block(40, 20, 10, 10)),
        Entity(3, WORDS.entity_id("chair"), 1.0, block(60, 30, 15, 20)),
    )
    return Scene(60, 80, entities, (Relation(1, HOLD, 2, 1.0, (LEFT_ARM,)), Relation(1, NEXT_TO, 3, 1.0)))


@pytest.fixture
def predicted(truth):
    """Finds the chair under another id, takes the wrong arm for the cup, sees a plate that is not there."""
    human, cup, _ = truth.entities
    entities = (
        human,
        cup,
        Entity(7, WORDS.entity_id("chair"), 0.8, block(61, 30, 15, 20)),
        Entity(9, WORDS.entity_id("plate"), 0.7, block(0, 50, 8, 8)),
    )
    relations = (
        Relation(1, NEXT_TO, 7, 0.9),
        Relation(1, HOLD, 2, 0.8, (RIGHT_ARM,)),
        Relation(1, NEXT_TO, 9, 0.7),
        Relation(1, NEXT_TO, 7, 0.6),
    )
    return Scene(60, 80, entities, relations)
