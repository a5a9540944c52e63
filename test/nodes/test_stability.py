"""One answer over frames: the same by track, or by class and place."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

pytest.importorskip("rclpy", reason="needs ROS 2 (scripts/setup installs it as wheels)")

from hrs_ros.language import answer
from hrs_ros.nodes.stability import Stability, same_thing
from hrs_ros.scene import Entity, Mask, Scene
from hrs_ros.vocabulary import vocabulary

PLATE, CUP = vocabulary().entity_id("plate"), vocabulary().entity_id("cup")


def _thing(x: int, *, class_id: int = PLATE, track_id: int = 0, number: int = 1) -> Entity:
    return Entity(number, class_id, 0.9, Mask(x=x, y=0, bits=np.ones((10, 10), bool)), track_id=track_id)


def _frames(stability: Stability, *frames: tuple[Entity, ...], text: str = "the plate") -> list[int]:
    scenes = [Scene(height=10, width=100, entities=entities) for entities in frames]
    return [stability.add(answer(text, scene), scene) for scene in scenes]


def test_a_plate_that_moves_a_little_is_the_same() -> None:
    assert _frames(Stability(), (_thing(0),), (_thing(3),), (_thing(6),)) == [1, 2, 3]


def test_a_jump_starts_again() -> None:
    assert _frames(Stability(), (_thing(0),), (_thing(3),), (_thing(50),), (_thing(50),)) == [1, 2, 1, 2]


def test_a_frame_without_an_answer_starts_again() -> None:
    assert _frames(Stability(), (_thing(0),), (), (_thing(0),)) == [1, 0, 1]
    twins = (_thing(0), _thing(40, number=2))
    assert _frames(Stability(), (_thing(0),), twins, (_thing(0),)) == [1, 0, 1]


def test_several_things_in_any_order() -> None:
    one, two = _thing(0), _thing(40, number=2)
    swapped = (replace(two, id=1), replace(one, id=2))
    assert _frames(Stability(), (one, two), swapped, text="two plates") == [1, 2]
    assert _frames(Stability(), (one, two), (one,), text="how many plates") == [1, 1]


def test_tracks_come_before_places() -> None:
    assert same_thing(_thing(0, track_id=7), _thing(60, track_id=7))
    assert not same_thing(_thing(0, track_id=7), _thing(0, track_id=8))
    assert same_thing(_thing(0, track_id=7), _thing(2))
    assert not same_thing(_thing(0), _thing(0, class_id=CUP))
