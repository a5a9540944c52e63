from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from hrs_ros.synthetic import framing
from hrs_ros.synthetic.framing import frame_cast
from hrs_ros.synthetic.stage import Cast


def someone(x: float, z: float) -> Any:
    """Sixteen keypoints of somebody who stands at (x, z), 17 dm tall."""
    heights = [1, 5, 9, 9, 5, 1, 9, 13, 14, 17, 8, 11, 14, 14, 11, 8]
    return SimpleNamespace(keypoints=np.array([(x, height, z) for height in heights], float))


PAIR = Cast([someone(-3, -4), someone(3, -4)], [], [np.array([0.0, 12.0, -3.0])])
FAR = Cast([someone(9, -9)])


def only(monkeypatch: pytest.MonkeyPatch, view: str) -> None:
    monkeypatch.setattr(framing, "SHARES", tuple(float(name == view) for name in framing.VIEWS))


@pytest.mark.parametrize(
    ("view", "held"),
    [("everybody", [PAIR, FAR]), ("group", [PAIR])],
)
def test_the_view_holds_what_it_is_about(
    view: str, held: list[Cast], monkeypatch: pytest.MonkeyPatch
) -> None:
    only(monkeypatch, view)
    monkeypatch.setattr(framing, "FILL", (0.9, 0.9))
    for seed in range(50):
        camera = frame_cast(np.random.default_rng(seed), [PAIR, FAR])
        points = np.concatenate([human.keypoints for cast in held for human in cast.humans])
        pixels, depth = camera.project(points, 100, 100)
        assert depth.min() > 3.5
        assert pixels.min() > -4 and pixels.max() < 104  # aims a little beside the middle
        assert np.ptp(pixels, axis=0).max() > 45  # and is no further away than need be


def test_a_close_view_shows_what_the_hands_do_and_cuts_the_legs_off(monkeypatch: pytest.MonkeyPatch) -> None:
    only(monkeypatch, "close")
    for seed in range(30):
        camera = frame_cast(np.random.default_rng(seed), [PAIR, FAR])
        focus, _ = camera.project(PAIR.focus, 100, 100)
        feet, _ = camera.project(PAIR.humans[0].keypoints[[0, 5]], 100, 100)
        assert focus.min() > 0 and focus.max() < 100
        assert feet[:, 1].min() > 90


def test_what_people_stand_or_sit_on_is_hardly_ever_cut_off() -> None:
    seen = 0
    for seed in range(100):
        camera = frame_cast(np.random.default_rng(seed), [PAIR, FAR], feet=True)
        pixels, _ = camera.project(PAIR.humans[0].keypoints[[0, 5]], 100, 100)
        seen += bool(pixels[:, 1].max() < 104)
    assert seen >= 85


def test_the_camera_is_above_the_ground() -> None:
    assert min(frame_cast(np.random.default_rng(k), [PAIR]).eye[1] for k in range(200)) >= 1.0
