from pathlib import Path

import numpy as np
import pytest

from hrs_ros.data.people_annotations import Keypoint, Person, Photo
from hrs_ros.evaluation.people import distance, evaluate_photo, summarise
from hrs_ros.scene import Entity, Mask, Scene
from hrs_ros.vocabulary import vocabulary

LEFT_ARM, RIGHT_ARM = (vocabulary().part_id(name) for name in ("left arm", "right arm"))


def block(x, y, width, height):
    return Mask(x=x, y=y, bits=np.ones((height, width), bool))


def square(x, y, width, height):
    return (x, y, x + width, y, x + width, y + height, x, y + height)


def person(x=100, *, keypoints=None, polygons=True, crowd=False):
    """80 x 125 pixels: area 10,000, so the tolerance is 6.2 pixels."""
    outline = (square(x, 20, 80, 125),) if polygons else ()
    return Person((x, 20, 80, 125), crowd, outline, keypoints)


def photo(*persons):
    return Photo(1, Path("a.jpg"), 400, 200, "", "", False, True, persons, (), ())


def human(x=100, score=0.9, parts=None, identifier=1):
    return Entity(identifier, vocabulary().human, score, block(x, 20, 80, 125), parts or {})


def wrists(left=None, right=None):
    points = {"left_wrist": left, "right_wrist": right}
    return {name: Keypoint(*(point or (0, 0, 0))) for name, point in points.items()}


def figures(labels, *humans):
    return summarise([evaluate_photo(labels, Scene(200, 400, humans))])


ARMS = {LEFT_ARM: block(160, 50, 20, 50), RIGHT_ARM: block(100, 50, 20, 50)}


def test_distance_to_a_mask():
    mask = block(10, 20, 4, 4)
    assert distance(mask, 10, 20) == 0 and distance(mask, 13.9, 23.9) == 0
    assert distance(mask, 5, 22) == 5
    assert distance(mask, 17, 28) == 5  # 3 right of the last column's edge, 4 below the last row's
    assert distance(Mask.empty(), 0, 0) == np.inf


def test_wrists_in_their_own_arms():
    labels = photo(person(keypoints=wrists(left=(170, 70, 2), right=(110, 70, 2))))
    result = figures(labels, human(parts=ARMS))
    assert (result.wrists_labelled, result.wrists_in_an_arm, result.wrists_in_own_arm) == (2, 2, 2)
    assert result.side_accuracy == 1 and result.wrist_in_own_arm_rate == 1


def test_swapped_arms_are_in_an_arm_but_on_the_wrong_side():
    labels = photo(person(keypoints=wrists(left=(110, 70, 2), right=(170, 70, 2))))
    result = figures(labels, human(parts=ARMS))
    assert (result.wrists_in_an_arm, result.wrists_in_own_arm, result.side_accuracy) == (2, 0, 0)


def test_tolerance_is_the_spread_of_wrist_labels():
    near, far = (160 - 6.1, 70, 2), (160 - 6.3, 70, 2)
    for point, expected in ((near, 1), (far, 0)):
        result = figures(photo(person(keypoints=wrists(left=point))), human(parts=ARMS))
        assert result.wrists_in_own_arm == expected


def test_hidden_and_unlabelled_wrists_do_not_count():
    labels = photo(person(keypoints=wrists(left=(170, 70, 1))), person(250, keypoints=None))
    result = figures(labels, human(parts=ARMS))
    assert result.wrists_labelled == 0 and np.isnan(result.side_accuracy)


def test_wrists_of_missed_people_count_in_the_overall_rate_only():
    seen, missed = wrists(left=(170, 70, 2)), wrists(left=(300, 70, 2))
    result = figures(photo(person(keypoints=seen), person(250, keypoints=missed)), human(parts=ARMS))
    assert (result.wrists_labelled, result.wrists_of_found) == (2, 1)
    assert result.wrist_in_own_arm_rate == 1 and result.wrist_in_own_arm_rate_all == 0.5


def test_recall_iou_and_precision():
    result = figures(photo(person(100), person(250)), human(100), human(10, 0.95, identifier=2))
    assert (result.persons, result.found, result.person_recall) == (2, 1, 0.5)
    assert result.person_mean_iou == pytest.approx(1)
    # Ranked: the false one first, then the hit at precision 1/2; one of two people is never found.
    assert result.person_ap50 == pytest.approx(0.25)


def test_average_precision_over_ious_counts_the_levels_that_a_mask_reaches():
    # 80 of 80 + 20 columns: IoU 60/100 = 0.6 reaches 0.5, 0.55 and 0.6, three of COCO's ten levels.
    result = figures(photo(person(100)), human(120))
    assert result.person_ap50 == 1 and result.person_ap == pytest.approx(0.3)


def test_an_arm_holds_its_own_wrist_and_not_the_other():
    labels = photo(person(keypoints=wrists(left=(170, 70, 2), right=(110, 70, 2))))
    assert figures(labels, human(parts=ARMS)).arm_rate == 1
    both = {LEFT_ARM: block(100, 50, 80, 50), RIGHT_ARM: ARMS[RIGHT_ARM]}  # the left arm covers both wrists
    result = figures(labels, human(parts=both))
    assert (result.arms, result.arms_with_own_wrist_only) == (2, 1)
    assert figures(labels, human(parts={})).arms_with_own_wrist_only == 0


def test_clasped_hands_say_nothing_about_arms():
    # Tolerance 6.2 pixels each: 12 apart may be one wrist labelled twice, 13 may not.
    for gap, arms in ((12, 0), (13, 2)):
        labels = photo(person(keypoints=wrists(left=(140, 70, 2), right=(140 - gap, 70, 2))))
        assert figures(labels, human(parts=ARMS)).arms == arms


def test_faint_people_raise_precision_only():
    labels = photo(person(100), person(250))
    seen, faint = human(100), human(250, 0.1, identifier=2)
    result = summarise(
        [evaluate_photo(labels, Scene(200, 400, (seen,)), ranked=Scene(200, 400, (seen, faint)))]
    )
    assert result.found == 1 and result.person_ap50 == pytest.approx(1)


@pytest.mark.parametrize("unlabelled", [person(10, polygons=False), person(10, crowd=True)])
def test_predictions_on_unlabelled_people_are_no_false_positives(unlabelled):
    result = figures(photo(person(100), unlabelled), human(100), human(10, 0.95, identifier=2))
    assert result.persons == 1 and result.person_ap50 == pytest.approx(1)


def test_a_scene_of_another_size_is_refused():
    with pytest.raises(ValueError, match="the scene is 200x100, the labels are 400x200"):
        evaluate_photo(photo(), Scene(100, 200))
