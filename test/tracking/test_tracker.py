"""The tracker on scenes: what it adds, what it leaves alone, and clocks that misbehave."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from hrs_ros.evaluation.clips import bundled_clips
from hrs_ros.scene_json import read_scenes
from hrs_ros.tracking import Tracker
from hrs_ros.vocabulary import vocabulary

from .conftest import RATE, scene, things, waiter


def test_entities_keep_everything_but_gain_track_and_number() -> None:
    frame = waiter(0)
    followed = Tracker().update(frame)
    assert [(e.track_id, e.number) for e in followed.entities] == [(1, 1), (2, 1)]
    for before, after in zip(frame.entities, followed.entities, strict=True):
        assert replace(after, track_id=0, number=0).mask is before.mask
        assert (after.id, after.class_id, after.score, after.parts) == (
            before.id,
            before.class_id,
            before.score,
            before.parts,
        )
    assert (followed.stamp_ns, followed.height, followed.width) == (frame.stamp_ns, 240, 320)


def test_labels_stay_with_the_thing_whatever_its_rank() -> None:
    tracker = Tracker()
    tracker.update(scene(0, things((20, 50), (200, 50))))
    for frame in range(1, 4):
        swapped = tracker.update(scene(frame, things((200, 50), (20, 50))))
        assert [swapped.label(1), swapped.label(2)] == ["plate 2", "plate 1"]


def test_a_clip_that_starts_again_begins_anew() -> None:
    tracker = Tracker()
    first = [tracker.update(waiter(frame)) for frame in range(RATE)]
    again = tracker.update(waiter(0))
    assert again.relations[0].since_ns == again.stamp_ns == first[0].stamp_ns
    assert {e.track_id for e in again.entities}.isdisjoint(e.track_id for e in first[-1].entities)


def test_another_image_size_begins_anew() -> None:
    tracker = Tracker()
    for frame in range(RATE):
        tracker.update(waiter(frame))
    larger = tracker.update(replace(waiter(RATE), width=640, height=480))
    assert [(e.track_id, e.number) for e in larger.entities] == [(3, 1), (4, 1)]


def test_a_camera_without_stamps_is_followed() -> None:
    tracker = Tracker()
    still = [replace(waiter(frame, holds=frame % 3 == 0), stamp_ns=0) for frame in range(30)]
    results = [tracker.update(frame) for frame in still]
    assert all(result.relations for result in results)
    assert [e.track_id for e in results[-1].entities] == [1, 2]


@pytest.mark.parametrize("folder", bundled_clips(), ids=lambda folder: folder.name)
def test_a_true_clip_has_as_many_tracks_as_things(folder: Path) -> None:
    tracker = Tracker()
    pairs = set()
    for truth in read_scenes(folder / "truth.jsonl"):
        # Ground that leaves the image for longer than a second is rightly new when it comes back.
        things = (e for e in tracker.update(truth).entities if e.class_id not in vocabulary().stuff)
        pairs |= {(entity.id, entity.track_id) for entity in things}
    # Where people cross: a picture seen for two frames at the border is forgotten, and once a plate behind a
    # passer-by, cut in two, is taken for a new one.
    renewed = 2 if folder.name == "crossing" else 0
    assert len({track for _, track in pairs}) == len(pairs)  # nothing takes another's identity
    assert len(pairs) - len({true for true, _ in pairs}) <= renewed
