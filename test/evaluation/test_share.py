import math

from hrs_ros.evaluation.share import share


def test_a_share_of_nothing_is_not_a_number():
    assert share(1, 4) == 0.25 and share(0, 4) == 0.0
    assert math.isnan(share(0, 0))
