"""Relations over time, through the tracker that users have: when they begin, hold on and end."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest

from hrs_ros.scene import Relation, Scene
from hrs_ros.tracking import DEFAULT_OPTIONS, Tracker, TrackingOptions

from .conftest import HOLD, LEFT_ARM, NEXT_TO, RATE, RIGHT_ARM, scene, waiter


def shown(scenes: list[Scene], options: TrackingOptions = DEFAULT_OPTIONS) -> list[bool]:
    tracker = Tracker(options)
    return [bool(tracker.update(frame).relations) for frame in scenes]


def test_the_first_frame_is_taken_as_it_is() -> None:
    assert shown([waiter(0)]) == [True]


def test_a_gap_of_a_few_frames_is_bridged() -> None:
    scenes = [waiter(frame, holds=frame % 4 == 0) for frame in range(40)]
    assert shown(scenes) == [True] * 40


def test_a_flash_of_one_frame_is_not_shown() -> None:
    assert not any(shown([waiter(frame, holds=frame == 10) for frame in range(30)]))


def test_it_begins_and_ends_after_the_times_that_the_options_say() -> None:
    """Evidence rises from 0 to ``enter`` in -t ln(1 - enter), falls from 1 to ``leave`` in -t ln(leave)."""
    begin, end = 5, 45
    found = shown([waiter(frame, holds=begin <= frame < end) for frame in range(80)])
    first, last = found.index(True), len(found) - 1 - found[::-1].index(True)
    options = DEFAULT_OPTIONS
    rise = -options.smoothing * math.log(1 - options.enter)
    fall = -options.smoothing * math.log(options.leave)
    assert first == begin - 1 + math.ceil(rise * RATE)
    assert last == end - 1 + math.floor(fall * RATE)
    assert all(found[first : last + 1])


def test_since_is_the_stamp_of_the_first_detection_and_stays() -> None:
    tracker = Tracker()
    scenes = [waiter(frame, holds=frame >= 5 and frame % 3 != 0) for frame in range(40)]
    stamps = {r.since_ns for frame in scenes for r in tracker.update(frame).relations}
    assert stamps == {scenes[5].stamp_ns}


def test_it_waits_while_an_end_is_hidden_and_goes_on_as_the_same() -> None:
    tracker = Tracker()
    hidden = range(20, 20 + RATE)
    results = [tracker.update(waiter(frame, plate=frame not in hidden)) for frame in range(50)]
    assert [bool(result.relations) for result in results] == [frame not in hidden for frame in range(50)]
    assert {r.since_ns for result in results for r in result.relations} == {results[0].stamp_ns}


def test_it_ends_with_the_track_of_its_end() -> None:
    tracker = Tracker()
    hidden = range(20, 20 + 2 * RATE)
    results = [tracker.update(waiter(frame, plate=frame not in hidden)) for frame in range(60)]
    after = results[-1]
    assert after.relations[0].since_ns == scene(hidden[-1] + 1, ()).stamp_ns


def test_acting_parts_are_those_of_the_majority() -> None:
    tracker = Tracker()
    both = {LEFT_ARM, RIGHT_ARM}
    for frame in range(30):
        arm = RIGHT_ARM if frame % 5 == 4 else LEFT_ARM
        (relation,) = tracker.update(waiter(frame, arm=arm)).relations
        assert relation.part_ids == (LEFT_ARM,) and both > set(relation.part_ids)
        assert relation.part_scores == pytest.approx((0.9,))


def test_acting_parts_follow_a_change_of_hands() -> None:
    tracker = Tracker()
    arms = [LEFT_ARM] * 20 + [RIGHT_ARM] * 20
    parts = [tracker.update(waiter(frame, arm=arm)).relations[0].part_ids for frame, arm in enumerate(arms)]
    assert parts[19] == (LEFT_ARM,) and parts[-1] == (RIGHT_ARM,)
    assert all(len(one) == 1 for one in parts)


def test_scores_are_averaged_over_time() -> None:
    tracker = Tracker()
    low = Relation(1, HOLD, 2, 0.2, (LEFT_ARM,), (0.9,))
    tracker.update(waiter(0))
    (relation,) = tracker.update(replace(waiter(1), relations=(low,))).relations
    weight = 1 - math.exp(-1 / RATE / DEFAULT_OPTIONS.smoothing)
    assert relation.score == pytest.approx(0.6 + weight * (0.2 - 0.6))


def test_relations_come_best_first_and_name_entities_of_their_own_frame() -> None:
    tracker = Tracker()
    frame = waiter(0)
    swapped = replace(
        waiter(1),
        entities=tuple(replace(entity, id=3 - entity.id) for entity in waiter(1).entities),
        relations=(Relation(2, NEXT_TO, 1, 0.8), Relation(2, HOLD, 1, 0.6, (LEFT_ARM,), (0.9,))),
    )
    tracker.update(replace(frame, relations=(*frame.relations, Relation(1, NEXT_TO, 2, 0.8))))
    relations = tracker.update(swapped).relations
    assert [(r.subject_id, r.predicate_id, r.object_id) for r in relations] == [(2, NEXT_TO, 1), (2, HOLD, 1)]


def test_without_smoothing_relations_are_those_of_each_frame() -> None:
    pattern = [frame % 3 != 1 for frame in range(20)]
    scenes = [waiter(frame, holds=holds) for frame, holds in enumerate(pattern)]
    assert shown(scenes, TrackingOptions(smoothing=0.0)) == pattern


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"patience": -1.0}, "patience"),
        ({"smoothing": float("nan")}, "smoothing"),
        ({"affinity": 0.0}, "affinity"),
        ({"leave": 0.5, "enter": 0.4}, "would flicker"),
    ],
)
def test_options_that_make_no_sense_are_refused(wrong: dict[str, float], said: str) -> None:
    with pytest.raises(ValueError, match=said):
        TrackingOptions(**wrong)
