import numpy as np

from hrs_ros.evaluation.sides import SideFigures, side_figures, sided_parts
from hrs_ros.scene import Entity, Mask, Scene
from hrs_ros.vocabulary import vocabulary

WORDS = vocabulary()
LEFT_ARM, RIGHT_ARM, LEFT_LEG = (WORDS.part_id(name) for name in ("left arm", "right arm", "left leg"))


def block(x, y, width, height):
    return Mask(x=x, y=y, bits=np.ones((height, width), bool))


def scene(parts, x=0):
    return Scene(100, 100, (Entity(1, WORDS.human, 1.0, block(x, 0, 40, 80), parts),))


ARMS = {LEFT_ARM: block(30, 10, 10, 30), RIGHT_ARM: block(0, 10, 10, 30)}


def test_sided_parts_are_arms_legs_and_shoes():
    names = {WORDS.parts[part] for part in sided_parts()}
    assert names == {f"{side} {part}" for side in ("left", "right") for part in ("arm", "leg", "shoe")}


def test_right_and_swapped_sides():
    assert side_figures(scene(ARMS), scene(ARMS)) == SideFigures(2, 2, 2)
    swapped = {LEFT_ARM: ARMS[RIGHT_ARM], RIGHT_ARM: ARMS[LEFT_ARM]}
    assert side_figures(scene(ARMS), scene(swapped)) == SideFigures(2, 2, 0)


def test_the_larger_overlap_decides():
    mostly_left = {LEFT_ARM: block(30, 10, 10, 20), RIGHT_ARM: block(30, 30, 10, 10)}
    assert side_figures(scene({LEFT_ARM: ARMS[LEFT_ARM]}), scene(mostly_left)) == SideFigures(1, 1, 1)


def test_uncovered_limbs_lower_no_accuracy_and_missed_people_do_not_count():
    figures = side_figures(scene({**ARMS, LEFT_LEG: block(20, 50, 10, 30)}), scene(ARMS))
    assert figures == SideFigures(3, 2, 2) and figures.accuracy == 1
    assert side_figures(scene(ARMS), scene(ARMS, x=60)) == SideFigures()
    assert np.isnan(SideFigures().accuracy)


def test_one_part_can_be_asked_for():
    assert side_figures(scene(ARMS), scene(ARMS), parts=(LEFT_ARM,)) == SideFigures(1, 1, 1)


def test_counts_add_up():
    assert SideFigures(3, 2, 1) + SideFigures(1, 1, 1) == SideFigures(4, 3, 2)
