import itertools

import numpy as np

from hrs_ros.drawing.palette import (
    BLACK,
    ENTITIES,
    LEFT_SIDE,
    MIDDLE_PART,
    RIGHT_SIDE,
    WHITE,
    entity_colours,
    part_colour,
    text_colour,
)
from hrs_ros.scene import Entity, Mask, Scene
from hrs_ros.vocabulary import vocabulary

CUP, PLATE = (vocabulary().entity_id(name) for name in ("cup", "plate"))


def scene(*entities):
    """entities: (id, class, x)"""
    bits = np.ones((5, 5), bool)
    return Scene(50, 400, tuple(Entity(i, c, 1.0, Mask(x=x, y=0, bits=bits)) for i, c, x in entities))


def test_colours_of_the_palette_are_far_apart():
    for one, other in itertools.combinations((*ENTITIES, LEFT_SIDE, RIGHT_SIDE), 2):
        assert np.abs(np.subtract(one, other)).sum() >= 45, (one, other)


def test_entities_of_a_scene_differ_while_the_palette_lasts():
    crowded = scene(*[(i, CUP if i % 2 else PLATE, 10 * i) for i in range(1, len(ENTITIES) + 1)])
    assert len(set(entity_colours(crowded).values())) == len(ENTITIES)
    assert len(entity_colours(scene(*[(i, CUP, 10 * i) for i in range(1, 31)]))) == 30


def test_a_colour_follows_class_and_place_not_the_id():
    before = entity_colours(scene((1, PLATE, 10), (2, PLATE, 200)))
    swapped = entity_colours(scene((2, PLATE, 12), (1, PLATE, 198)))
    assert before[1] == swapped[2] and before[2] == swapped[1] and before[1] != before[2]


def test_sides_have_their_own_hues():
    part = vocabulary().part_id
    assert part_colour(part("left arm")) == part_colour(part("left shoe")) == LEFT_SIDE
    assert part_colour(part("right leg")) == RIGHT_SIDE
    assert part_colour(part("face")) == MIDDLE_PART


def test_text_is_readable_on_its_ground():
    assert text_colour((255, 221, 51)) == BLACK and text_colour((0, 119, 187)) == WHITE


def test_a_tracked_thing_keeps_its_colour_when_the_others_move_or_are_new():
    mask = Mask(x=0, y=0, bits=np.ones((1, 1), bool))
    right = Mask(x=9, y=0, bits=np.ones((1, 1), bool))
    first = Scene(10, 10, (Entity(1, 128, 0.9, mask, track_id=3, number=1),))
    second = Scene(
        10,
        10,
        (
            Entity(1, 128, 0.9, mask, track_id=8, number=2),
            Entity(2, 128, 0.9, right, track_id=3, number=1),
        ),
    )
    assert entity_colours(first)[1] == entity_colours(second)[2] != entity_colours(second)[1]
