import dataclasses
from typing import Any

import cv2
import numpy as np
import pytest

from hrs_ros.data.sample import RelationLabel, Sample
from hrs_ros.network.config import load_config
from hrs_ros.training.upper_bound import UpperBound, upper_bound
from hrs_ros.vocabulary import vocabulary

pytestmark = pytest.mark.torch

V = vocabulary()
NEXT_TO, HOLD, LOOK_AT = (V.relation_id(name) for name in ("next to", "hold", "look at"))
LEFT_ARM, FACE = V.part_id("left arm"), V.part_id("face")


@pytest.fixture(scope="module")
def scene() -> Sample:
    """Two people next to each other; the left one looks at the cup in his left arm."""
    masks = np.zeros((3, 128, 160), np.uint8)
    cv2.ellipse(masks[0], (35, 66), (16, 44), 0, 0, 360, 1, -1)
    cv2.ellipse(masks[1], (125, 68), (16, 44), 0, 0, 360, 1, -1)
    cv2.circle(masks[2], (68, 66), 8, 1, -1)
    parsing = np.zeros((128, 160), np.uint8)
    parsing[40:88, 16:56], parsing[20:36, 24:48] = LEFT_ARM, FACE
    return Sample(
        name="two",
        image=np.zeros((128, 160, 3), np.uint8),
        masks=masks,
        class_ids=np.array([V.human, V.human, V.entity_id("cup")]),
        parsing=parsing,
        relations=[
            RelationLabel(0, NEXT_TO, 1),
            RelationLabel(1, NEXT_TO, 0),
            RelationLabel(0, HOLD, 2, (LEFT_ARM,)),
            RelationLabel(0, LOOK_AT, 2, (FACE,)),
        ],
    )


def bound(scene: Sample, **changes: Any) -> UpperBound:
    config = load_config("sms_lite", subjects=10, objects=10, relations=20, condition_parts=False)
    return upper_bound([scene], dataclasses.replace(config, **changes))


def test_the_paper_cannot_say_this_scene(scene: Sample) -> None:
    found = bound(scene)
    assert found.between_people <= 0.5 and found.acting_parts <= 0.5
    assert found.rs < 1 and found.hrs < 1


def test_both_switches_can(scene: Sample) -> None:
    found = bound(scene, directed_pairs=True, condition_parts=True)
    assert (found.rs, found.between_people, found.acting_parts) == (1, 1, 1)


def test_each_switch_mends_its_fault(scene: Sample) -> None:
    assert bound(scene, directed_pairs=True).between_people == 1
    assert bound(scene, condition_parts=True).acting_parts == 1
