import numpy as np

from hrs_ros.data.sample import PARSING_IGNORE, RelationLabel, Sample
from hrs_ros.evaluation.truth import scene_from_sample
from hrs_ros.vocabulary import vocabulary

WORDS = vocabulary()
HOLD, NEXT_TO = WORDS.relation_id("hold"), WORDS.relation_id("next to")
LEFT_ARM, FACE = WORDS.part_id("left arm"), WORDS.part_id("face")


def sample():
    masks = np.zeros((2, 12, 16), np.uint8)
    masks[0, 2:10, 1:7] = 1
    masks[1, 3:6, 9:13] = 1
    parsing = np.zeros((12, 16), np.uint8)
    parsing[2:4, 0:9] = FACE  # spills over the human on both sides
    parsing[5:8, 5:7] = LEFT_ARM
    parsing[9, :] = PARSING_IGNORE
    return Sample(
        name="kitchen",
        image=np.zeros((12, 16, 3), np.uint8),
        masks=masks,
        class_ids=np.array([WORDS.human, WORDS.entity_id("cup")]),
        parsing=parsing,
        relations=[
            RelationLabel(0, HOLD, 1, (LEFT_ARM,)),
            RelationLabel(0, HOLD, 1, None),
            RelationLabel(0, NEXT_TO, 1),
        ],
    )


def test_masks_parts_and_relations_of_a_sample():
    scene = scene_from_sample(sample())
    assert (scene.height, scene.width, scene.frame_id) == (12, 16, "kitchen")
    person, cup = scene.entities
    assert (person.id, person.name, person.mask.area) == (1, "human", 48)
    assert (cup.id, cup.name, cup.mask.x, cup.mask.y, cup.mask.area) == (2, "cup", 9, 3, 12)
    assert set(person.parts) == {FACE, LEFT_ARM} and not cup.parts
    face, arm = person.parts[FACE], person.parts[LEFT_ARM]
    assert (face.x, face.y, face.width, face.height) == (1, 2, 6, 2)  # cut off at the human's outline
    assert (arm.x, arm.y, arm.area) == (5, 5, 6)
    held, unlabelled, beside = scene.relations
    assert (held.subject_id, held.object_id, held.part_ids, held.part_scores) == (1, 2, (LEFT_ARM,), (1.0,))
    assert unlabelled.part_ids == () and beside.part_ids == ()
