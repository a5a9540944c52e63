import dataclasses
import math
from collections.abc import Callable
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from hrs_ros.data.vcoco import VcocoDataset
from hrs_ros.evaluation.ap_role import Scenario
from hrs_ros.evaluation.ap_role_dataset import evaluate_vcoco, vcoco_text
from hrs_ros.evaluation.truth import scene_from_sample
from hrs_ros.scene import Scene

IMAGE = {
    "things": [("person", (10, 10, 20, 40)), ("person", (60, 10, 20, 40)), ("cup", (30, 20, 8, 10), "runs")],
    "acts": [(0, "hold_obj", 2), (1, "hold_obj", None), (1, "hit_instr", 2), (0, "hit_obj", 1)],
}


def perfect(dataset: VcocoDataset, order: list[int]) -> Callable[[NDArray[np.uint8]], Scene]:
    """Sees the labels of the images, in that order."""
    scenes = iter([scene_from_sample(dataset[index]) for index in order])
    return lambda image: next(scenes)


def test_the_labels_themselves_are_perfect_where_every_object_can_be_seen(vcoco: Callable[..., Path]) -> None:
    image = {**IMAGE, "acts": [(0, "hold_obj", 2), (1, "hit_instr", 2), (1, "hit_obj", 0)]}
    for hoi in (False, True):
        dataset = VcocoDataset(vcoco([image, image], hoi=hoi, name=f"hoi {hoi}"), "train")
        report = evaluate_vcoco(dataset, range(2), perfect(dataset, [0, 1]))
        assert report.mean == {"ONE": 1.0, "TWO": 1.0} and report.images == 2


def test_unseen_objects_cost_recall_only(vcoco: Callable[..., Path]) -> None:
    # A scene cannot say "holds something unseen": one of two acts of "hold_obj" is missed.
    dataset = VcocoDataset(vcoco([IMAGE]), "train")
    report = evaluate_vcoco(dataset, [0], perfect(dataset, [0]))
    # In V-COCO's own form a person who hits with something hits something, too, seen or not, and vice versa.
    assert report.scenarios[Scenario.ONE].positives.sum() == 6
    assert report.mean == {"ONE": 0.5, "TWO": 0.5}
    assert vcoco_text(report).splitlines() == [
        "action, role  labelled  scenario 1  scenario 2",
        "----------------------------------------------",
        "hold_obj             2        50.0        50.0",
        "hit_instr            2        50.0        50.0",
        "hit_obj              2        50.0        50.0",
        "AP_role              6        50.0        50.0",
    ]


def test_a_scene_that_sees_nothing_scores_zero(vcoco: Callable[..., Path]) -> None:
    dataset = VcocoDataset(vcoco([IMAGE]), "train")
    scene = scene_from_sample(dataset[0])
    blind = evaluate_vcoco(dataset, [0], lambda image: dataclasses.replace(scene, relations=()))
    assert blind.mean == {"ONE": 0.0, "TWO": 0.0}
    nothing = evaluate_vcoco(dataset, [], lambda image: scene)
    assert nothing.images == 0 and all(math.isnan(value) for value in nothing.mean.values())
