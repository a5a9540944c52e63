"""Tracking as the parameters of the node say, frame by frame."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

pytest.importorskip("rclpy", reason="needs ROS 2 (scripts/setup installs it as wheels)")

from hrs_ros.nodes.following import Following
from hrs_ros.scene import Entity, Mask, Scene

DEFAULTS = {"tracking": True, "track_patience": 1.5, "relation_smoothing": 0.3}


class Values:
    """What a node is to Following: parameters by name."""

    def __init__(self) -> None:
        self.values: dict[str, Any] = dict(DEFAULTS)

    def value(self, name: str) -> Any:
        return self.values[name]


def seen(frame: int) -> Scene:
    plate = Entity(1, 128, 0.9, Mask(x=10, y=10, bits=np.ones((5, 5), bool)))
    return Scene(50, 50, (plate,), stamp_ns=1_000_000_000 + frame * 100_000_000)


def test_off_passes_scenes_through_and_on_begins_anew() -> None:
    node = Values()
    follow = Following(node)  # type: ignore[arg-type]
    assert [follow(seen(frame)).entities[0].track_id for frame in range(3)] == [1, 1, 1]
    node.values["tracking"] = False
    scene = seen(3)
    assert follow(scene) is scene
    node.values["tracking"] = True
    assert follow(seen(4)).entities[0].track_id == 2


def test_a_changed_option_is_obeyed_from_the_next_frame() -> None:
    node = Values()
    follow = Following(node)  # type: ignore[arg-type]
    for frame in range(10):
        follow(seen(frame))
    node.values["track_patience"] = 0.05
    tracks = [follow(seen(frame)).entities[0].track_id for frame in (10, 11)]
    assert tracks[0] != tracks[1]  # 0.1 s between frames is more than 0.05 s
