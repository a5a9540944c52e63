import numpy as np

from hrs_ros.evaluation.duplicates import without_duplicates
from hrs_ros.scene import Entity, Mask, Relation, Scene
from hrs_ros.vocabulary import vocabulary

HOLD = vocabulary().relation_id("hold")
HUMAN, CUP, PLATE = (vocabulary().entity_id(name) for name in ("human", "cup", "plate"))


def block(x, width=10):
    return Mask(x=x, y=0, bits=np.ones((10, width), bool))


def scene():
    """Cup 3 is cup 2 again (IoU 9/11 = 0.82), plate 4 lies on the same pixels, cup 5 half beside (5/15)."""
    entities = (
        Entity(1, HUMAN, 1.0, block(50)),
        Entity(2, CUP, 0.6, block(0)),
        Entity(3, CUP, 0.9, block(1)),
        Entity(4, PLATE, 0.5, block(0)),
        Entity(5, CUP, 0.5, block(6)),
    )
    return Scene(20, 80, entities, (Relation(1, HOLD, 2, 0.8, (5,)), Relation(1, HOLD, 3, 0.7, (6,))))


def test_the_better_twin_stays_and_takes_the_relations():
    merged = without_duplicates(scene())
    assert [entity.id for entity in merged.entities] == [1, 3, 4, 5]
    # The two triplets become one: the better of them, with the parts that it names.
    assert merged.relations == (Relation(1, HOLD, 3, 0.8, (5,)),)


def test_none_merges_nothing():
    original = scene()
    same = without_duplicates(original, iou=None)
    assert same.entities == original.entities and same.relations == original.relations


def test_the_limit_decides():
    assert len(without_duplicates(scene(), iou=0.85).entities) == 5
    assert len(without_duplicates(scene(), iou=0.3).entities) == 3
