import numpy as np
import pytest

from hrs_ros.evaluation.instances import average_precision, match_instances
from hrs_ros.scene import Mask


def block(x, width=10):
    return Mask(x=x, y=0, bits=np.ones((10, width), bool))


def test_best_score_chooses_first_and_each_truth_is_taken_once():
    truth = [block(0), block(40)]
    predicted = [block(1), block(0), block(41), block(80)]
    pairs = match_instances(truth, predicted, scores=[0.9, 0.5, 0.7, 0.99])
    # The exact second prediction comes too late: the first, 9/11 over the same truth, scored higher.
    assert {row: pair.predicted for row, pair in pairs.items()} == {0: 0, 1: 2}
    assert pairs[0].iou == pytest.approx(9 / 11)


def test_a_weak_overlap_is_no_match():
    assert match_instances([block(0)], [block(5)], scores=[1.0]) == {}
    assert set(match_instances([block(0)], [block(5)], scores=[1.0], threshold=0.3)) == {0}
    assert match_instances([], [block(0)], scores=[1.0]) == {}


def test_average_precision_by_hand():
    # Ranked: hit, miss, hit, miss; precision at the hits is 1 and 2/3; one of 3 is never found.
    value = average_precision([0.6, 0.9, 0.7, 0.1], [True, True, False, False], 3)
    assert value == pytest.approx((1 + 2 / 3) / 3)


def test_average_precision_takes_the_envelope():
    # miss, hit, hit: precision 1/2 then 2/3, and the first hit profits from the later, higher precision.
    assert average_precision([3, 2, 1], [False, True, True], 2) == pytest.approx(2 / 3)


def test_average_precision_of_nothing():
    assert average_precision([], [], 2) == 0
    assert np.isnan(average_precision([0.5], [False], 0))
