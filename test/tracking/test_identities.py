"""Who is who: motion, crossing, occlusion, births, deaths."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hrs_ros.scene import Entity, Mask
from hrs_ros.tracking.identities import Identities
from hrs_ros.tracking.options import TrackingOptions

from .conftest import CUP, PLATE, RATE, things

STEP = 1 / RATE
WIDTH = 240  # pixels


def follow(frames: list[tuple[tuple[float, float], ...]], **options: float) -> list[list[int]]:
    """Identity of each thing of each frame."""
    identities = Identities(TrackingOptions(**options))
    return [
        [
            track.id
            for track in identities.update(things(*places), elapsed=STEP if number else 0.0, width=WIDTH)
        ]
        for number, places in enumerate(frames)
    ]


def test_a_thing_that_moves_keeps_its_identity() -> None:
    assert follow([((10 + 12 * frame, 50),) for frame in range(20)]) == [[1]] * 20


def test_order_of_detections_does_not_matter() -> None:
    there, back = ((20, 50), (200, 50)), ((200, 50), (20, 50))
    assert follow([there, back, there]) == [[1, 2], [2, 1], [1, 2]]


def test_two_that_cross_keep_to_their_ways() -> None:
    frames = [((20 + 8 * frame, 80), (260 - 8 * frame, 90)) for frame in range(30)]
    assert follow(frames) == [[1, 2]] * 30


@pytest.mark.parametrize(("absent", "kept"), [(RATE, True), (21, True), (23, False)])
def test_an_occlusion_of_a_second_is_survived(absent: int, kept: bool) -> None:
    """It moves at 30 pixels a second, with a still one of its class beside it; 22 frames are 1.5 s."""
    moving = [(30 + 2 * frame, 50) for frame in range(3 * RATE + absent)]
    hidden = range(2 * RATE, 2 * RATE + absent)
    frames = [((250, 50),) if frame in hidden else ((250, 50), place) for frame, place in enumerate(moving)]
    found = follow(frames)
    assert found[0] == [1, 2] and all(row[0] == 1 for row in found)
    assert (found[-1][1] == 2) is kept


def test_what_was_seen_once_is_soon_forgotten() -> None:
    once: list[tuple[tuple[float, float], ...]] = [((50, 50),)]
    assert follow([*once, *[()] * 3, *once])[-1] == [1]  # 0.2 s of grace
    assert follow([*once, *[()] * 4, *once])[-1] == [2]
    assert follow([*once, (), *once], grace=0.0)[-1] == [2]


def test_a_slow_camera_is_followed_too() -> None:
    identities = Identities(TrackingOptions())
    found = [
        identities.update(things((50 + step, 50)), elapsed=min(step, 1), width=WIDTH) for step in range(5)
    ]
    assert [tracks[0].id for tracks in found] == [1] * 5


def test_another_class_is_another_thing() -> None:
    identities = Identities(TrackingOptions())
    plate = identities.update(things((50, 50), class_id=PLATE), elapsed=0.0, width=WIDTH)
    cup = identities.update(things((50, 50), class_id=CUP), elapsed=STEP, width=WIDTH)
    assert [plate[0].id, cup[0].id] == [1, 2]
    assert [plate[0].number, cup[0].number] == [1, 1]


def test_numbers_are_the_lowest_free_ones_and_identities_are_new() -> None:
    identities = Identities(TrackingOptions())
    identities.update(things((20, 50), (100, 50), (200, 50)), elapsed=0.0, width=WIDTH)
    for _ in range(5):
        identities.update(things((20, 50), (200, 50)), elapsed=STEP, width=WIDTH)
    tracks = identities.update(things((20, 50), (200, 50), (100, 150)), elapsed=STEP, width=WIDTH)
    assert [(track.id, track.number) for track in tracks] == [(1, 1), (3, 3), (4, 2)]
    assert identities.living == {1, 3, 4}


def test_a_gap_in_the_stream_longer_than_patience_ends_all() -> None:
    identities = Identities(TrackingOptions())
    for elapsed in (0.0, STEP, STEP):
        identities.update(things((50, 50)), elapsed=elapsed, width=WIDTH)
    assert [track.id for track in identities.update(things((50, 50)), elapsed=1.6, width=WIDTH)] == [2]


places = st.lists(st.tuples(st.integers(0, 300), st.integers(0, 220)), max_size=6)


@settings(max_examples=60)
@given(st.lists(places, min_size=1, max_size=8))
def test_whatever_comes_identities_are_unique_in_a_frame_and_never_reborn(
    frames: list[list[tuple[int, int]]],
) -> None:
    identities = Identities(TrackingOptions())
    dead: set[int] = set()
    before: frozenset[int] = frozenset()
    for frame in frames:
        tracks = identities.update(things(*frame), elapsed=0.2, width=WIDTH)
        seen = [track.id for track in tracks]
        assert len(set(seen)) == len(frame) and not dead & set(seen)
        assert len({track.number for track in tracks}) == len(frame)
        dead |= before - identities.living
        before = identities.living


def test_patience_is_a_matter_of_time_not_of_frames() -> None:
    fast = Identities(TrackingOptions())
    for _ in range(60):
        fast.update(things((50, 50)), elapsed=1 / 60, width=WIDTH)
    for _ in range(50):
        fast.update((), elapsed=1 / 60, width=WIDTH)
    assert [track.id for track in fast.update(things((50, 50)), elapsed=1 / 60, width=WIDTH)] == [1]


def test_empty_masks_never_match() -> None:
    identities = Identities(TrackingOptions())
    empty = (Entity(1, PLATE, 0.5, Mask.empty()),)
    assert [identities.update(empty, elapsed=STEP, width=WIDTH)[0].id for _ in range(2)] == [1, 2]
    assert np.isnan(Mask.empty().centroid).all()
