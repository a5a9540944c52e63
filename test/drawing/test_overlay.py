import numpy as np
import pytest

from hrs_ros.drawing import draw_scene
from hrs_ros.drawing.palette import ANSWER, LEFT_SIDE, RIGHT_SIDE, entity_colours
from hrs_ros.language import answer
from hrs_ros.scene import Entity, Mask, Relation, Scene
from hrs_ros.vocabulary import vocabulary

WORDS = vocabulary()
HOLD, NEXT_TO = WORDS.relation_id("hold"), WORDS.relation_id("next to")
LEFT_ARM, RIGHT_ARM = WORDS.part_id("left arm"), WORDS.part_id("right arm")
PLATE = WORDS.entity_id("plate")
HEIGHT, WIDTH = 300, 400
IMAGE = np.full((HEIGHT, WIDTH, 3), 90, np.uint8)


def block(x, y, width, height):
    return Mask(x=x, y=y, bits=np.ones((height, width), bool))


def waiter(*relations):
    """A person with a plate on either side; own left is right in the image."""
    arms = {LEFT_ARM: block(220, 60, 30, 90), RIGHT_ARM: block(150, 60, 30, 90)}
    entities = (
        Entity(1, WORDS.human, 0.9, block(150, 20, 100, 220), arms),
        Entity(2, PLATE, 0.8, block(300, 90, 50, 20)),
        Entity(3, PLATE, 0.8, block(50, 90, 50, 20)),
    )
    return Scene(HEIGHT, WIDTH, entities, relations)


HOLDS = (
    Relation(1, HOLD, 2, 0.8, (LEFT_ARM,), (0.9,)),
    Relation(1, HOLD, 3, 0.7, (RIGHT_ARM,), (0.9,)),
)


def has(picture, colour, mask):
    return (picture[mask.full(HEIGHT, WIDTH)] == colour).all(axis=1).any()


def framed(picture, mask):
    """The pixels right below the mask are yellow: no label lies there."""
    below = picture[mask.y + mask.height, mask.x + 5 : mask.x + mask.width - 5]
    return (below == ANSWER).all()


def test_an_empty_scene_leaves_the_image_as_it_is():
    picture = draw_scene(IMAGE, Scene(HEIGHT, WIDTH))
    np.testing.assert_array_equal(picture, IMAGE)
    assert not np.shares_memory(picture, IMAGE)


def test_the_input_is_left_alone():
    image = IMAGE.copy()
    draw_scene(image, waiter(*HOLDS))
    draw_scene(image, waiter(*HOLDS), answer=answer("plate in left arm", waiter(*HOLDS)))
    np.testing.assert_array_equal(image, IMAGE)


def test_only_masks_and_labels_change():
    scene = waiter()
    changed = (draw_scene(IMAGE, scene) != IMAGE).any(axis=2)
    for entity in scene.entities:
        assert changed[entity.mask.full(HEIGHT, WIDTH)].all()
    assert not changed[200:, :140].any() and not changed[250:].any() and not changed[:70, 260:].any()


def test_entities_are_tinted_in_their_colours():
    scene = waiter()
    picture = draw_scene(IMAGE, scene)
    for identifier, colour in entity_colours(scene).items():
        mask = scene.entity(identifier).mask
        # The bottom row of the inside: no label lies there.
        x, y = mask.x + mask.width // 2, mask.y + mask.height - 4
        share = 0.25 if scene.entity(identifier).is_human else 0.45
        expected = np.round((1 - share) * 90 + share * np.array(colour))
        assert np.abs(picture[y, x].astype(int) - expected).max() <= 1


def test_acting_arms_carry_the_hue_of_their_side():
    scene = waiter(*HOLDS)
    picture = draw_scene(IMAGE, scene)
    arms = scene.entity(1).parts
    assert has(picture, LEFT_SIDE, arms[LEFT_ARM]) and not has(picture, RIGHT_SIDE, arms[LEFT_ARM])
    assert has(picture, RIGHT_SIDE, arms[RIGHT_ARM]) and not has(picture, LEFT_SIDE, arms[RIGHT_ARM])
    resting = draw_scene(IMAGE, waiter(HOLDS[0]))
    assert not has(resting, RIGHT_SIDE, arms[RIGHT_ARM])


def test_an_arrow_reaches_from_the_arm_to_the_plate():
    gap = block(255, 95, 40, 15)  # between the left arm and plate 2
    assert has(draw_scene(IMAGE, waiter(*HOLDS)), LEFT_SIDE, gap)
    assert not has(draw_scene(IMAGE, waiter(HOLDS[1])), LEFT_SIDE, gap)


def test_max_relations_limits_arrows_and_list():
    everything, first = draw_scene(IMAGE, waiter(*HOLDS)), draw_scene(IMAGE, waiter(*HOLDS), max_relations=1)
    assert has(everything, RIGHT_SIDE, block(105, 90, 40, 20))
    assert not has(first, RIGHT_SIDE, block(105, 90, 40, 20))
    np.testing.assert_array_equal(
        draw_scene(IMAGE, waiter(*HOLDS), max_relations=0), draw_scene(IMAGE, waiter())
    )


def test_the_answer_is_framed_and_the_rest_is_darkened():
    scene = waiter(*HOLDS)
    picture = draw_scene(IMAGE, scene, answer=answer("plate in left arm", scene))
    assert framed(picture, scene.entity(2).mask) and not framed(picture, scene.entity(3).mask)
    assert (picture[280, 200] == round(0.45 * 90)).all()


def test_every_candidate_of_an_ambiguous_answer_is_framed():
    scene = waiter(*HOLDS)
    picture = draw_scene(IMAGE, scene, answer=answer("plate", scene))
    assert framed(picture, scene.entity(2).mask) and framed(picture, scene.entity(3).mask)


def test_a_refusal_shows_its_sentence_on_the_untouched_image():
    scene = waiter(*HOLDS)
    picture = draw_scene(IMAGE, scene, answer=answer("ball in left arm", scene))
    assert (picture[:10] != IMAGE[:10]).any()
    np.testing.assert_array_equal(picture[60:], IMAGE[60:])


def test_parts_without_a_mask_and_empty_entities_are_survived():
    scene = Scene(
        HEIGHT,
        WIDTH,
        (Entity(1, WORDS.human, 0.9, block(10, 10, 50, 90)), Entity(2, PLATE, 0.5, Mask.empty())),
        (Relation(1, HOLD, 2, 0.5, (LEFT_ARM,), (0.6,)), Relation(1, NEXT_TO, 2, 0.4)),
    )
    draw_scene(IMAGE, scene)
    draw_scene(IMAGE, scene, answer=answer("plate in left arm", scene))


def test_tiny_images_are_survived():
    scene = Scene(8, 8, (Entity(1, PLATE, 1.0, block(1, 1, 4, 4)),))
    assert draw_scene(np.zeros((8, 8, 3), np.uint8), scene).shape == (8, 8, 3)


@pytest.mark.parametrize(
    "image, problem",
    [
        (np.zeros((HEIGHT, WIDTH), np.uint8), "expected an RGB image"),
        (np.zeros((HEIGHT, WIDTH, 3), np.float32), "of float32"),
        (np.zeros((100, 100, 3), np.uint8), "scene's size 400x300, got 100x100"),
    ],
)
def test_wrong_images_are_refused(image, problem):
    with pytest.raises(ValueError, match=problem):
        draw_scene(image, waiter())
