import numpy as np

from hrs_ros.evaluation.perception import OperatingPoint, at_operating_point
from hrs_ros.scene import Entity, Mask, Relation, Scene
from hrs_ros.vocabulary import vocabulary


def test_operating_point_keeps_entities_in_use_and_strong_ones():
    words, mask = vocabulary(), Mask(x=0, y=0, bits=np.ones((2, 2), bool))
    beside = words.relation_id("next to")
    entities = tuple(Entity(i, words.human, score, mask) for i, score in ((1, 0.1), (2, 0.1), (3, 0.5)))
    scene = Scene(9, 9, entities, (Relation(1, beside, 3, 0.2), Relation(2, beside, 3, 0.05)))
    seen = at_operating_point(scene, OperatingPoint(relation=0.1, entity=0.3))
    assert [entity.id for entity in seen.entities] == [1, 3] and len(seen.relations) == 1


def test_operating_point_merges_what_a_user_sees_once():
    words, mask = vocabulary(), Mask(x=0, y=0, bits=np.ones((2, 2), bool))
    scene = Scene(9, 9, tuple(Entity(i, words.human, score, mask) for i, score in ((1, 0.9), (2, 0.8))))
    kept = at_operating_point(scene, OperatingPoint(relation=0.1, entity=0.3, duplicate_iou=0.7))
    assert [entity.id for entity in kept.entities] == [1]
    assert len(at_operating_point(scene, OperatingPoint(relation=0.1, entity=0.3)).entities) == 2


def test_operating_point_drops_contact_out_of_reach():
    words = vocabulary()
    person = Entity(1, words.human, 0.9, Mask(x=0, y=0, bits=np.ones((10, 10), bool)))
    plate = Entity(2, words.entity_id("plate"), 0.1, Mask(x=30, y=0, bits=np.ones((2, 2), bool)))
    hold = Relation(1, words.relation_id("hold"), 2, 0.5, (words.part_id("left arm"),), (1.0,))
    scene = Scene(99, 99, (person, plate), (hold,))
    everything = at_operating_point(scene, OperatingPoint(relation=0.1, entity=0.3))
    assert everything.relations == (hold,) and len(everything.entities) == 2
    seen = at_operating_point(scene, OperatingPoint(relation=0.1, entity=0.3, contact_reach=0.2))
    assert seen.relations == () and [entity.id for entity in seen.entities] == [1]
