from types import SimpleNamespace

import numpy as np

from hrs_ros.evaluation.perception import Perceiver
from hrs_ros.inference.assemble import Thresholds
from hrs_ros.scene import Scene

IMAGE = np.zeros((9, 9, 3), np.uint8)


class Stub:
    """Scenes that say by their frame which relation threshold they were read with."""

    thresholds = Thresholds(relation=0.1)

    def __init__(self):
        self.milliseconds = iter((30.0, 10.0, 20.0))

    def predict_at(self, image, *thresholds):
        self.timings = SimpleNamespace(network=next(self.milliseconds))
        return [Scene(9, 9, frame_id=str(each.relation)) for each in thresholds]


def test_users_see_by_the_predictors_thresholds_and_figures_rank_by_others():
    perceive = Perceiver(Stub(), ranking=Thresholds(relation=0.0))
    perceived = perceive(IMAGE)
    assert (perceived.seen.frame_id, perceived.ranked.frame_id) == ("0.1", "0.0")
    assert perceive.rank(IMAGE).frame_id == "0.0"


def test_the_median_of_the_networks_time():
    perceive = Perceiver(Stub(), ranking=Thresholds())
    assert perceive.median is None
    for _ in range(3):
        perceive(IMAGE)
    assert perceive.median == 20.0
