from __future__ import annotations

import numpy as np
import pytest

from hrs_ros.synthetic.clips.plates import Grip, plate, raise_arm
from hrs_ros.synthetic.people.body import ARM, SIGN, Figure, Side
from hrs_ros.synthetic.people.posing import palm_frame
from hrs_ros.vocabulary import vocabulary


def test_every_arm_is_a_pic_part() -> None:
    assert {vocabulary().part_id(arm) for arm in ARM.values()} == {5, 6}


@pytest.mark.parametrize("side", ["L", "R"])
def test_a_plate_rests_on_an_upturned_palm(figure: Figure, side: Side) -> None:
    rotations = figure.body.rest()
    shoulder = figure.joint(f"upperarm01.{side}")
    wrist = (float(shoulder[0] + SIGN[side]), float(shoulder[1] - 2.4), float(shoulder[2] + 2.9))
    raise_arm(figure, rotations, Grip(side, wrist, inward=0.0, tilt=0.0, radius=1.2))
    _, palm, _ = palm_frame(figure, side)
    normal = figure.pose(rotations).rotation[figure.body.bone[f"wrist.{side}"]] @ palm
    assert normal[1] > 0.99


def test_a_plate_stands_on_the_ground_and_has_its_radius() -> None:
    vertices = plate(1.3).vertices
    assert vertices[:, 1].min() == 0.0
    assert np.hypot(vertices[:, 0], vertices[:, 2]).max() == pytest.approx(1.3, rel=0.02)
