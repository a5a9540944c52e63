"""A camera's silence: told once, measured, and over with the next image."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from hrs_ros.nodes.watchdog import Change, Watchdog


def test_silence_is_told_once_and_so_is_its_end() -> None:
    dog = Watchdog(start=10.0)
    assert dog.look(11.9, last_received=None, timeout=2.0) is Change.NONE
    assert dog.look(12.1, last_received=None, timeout=2.0) is Change.FELL_SILENT
    assert dog.look(15.0, last_received=None, timeout=2.0) is Change.NONE
    assert dog.silent and dog.silence == 5.0
    assert dog.look(20.2, last_received=20.0, timeout=2.0) is Change.RETURNED
    assert not dog.silent and dog.silence == 10.0


def test_images_from_before_the_watch_do_not_count() -> None:
    """A node that was inactive for an hour has a camera that is not silent yet."""
    dog = Watchdog(start=3600.0)
    assert dog.look(3601.0, last_received=5.0, timeout=2.0) is Change.NONE
    assert dog.look(3603.0, last_received=5.0, timeout=2.0) is Change.FELL_SILENT
    assert dog.silence == 3.0


@given(st.lists(st.floats(0.01, 10.0), min_size=1, max_size=40), st.floats(0.1, 5.0))
def test_falls_and_returns_alternate_and_match_the_gaps(gaps: list[float], timeout: float) -> None:
    """Looked at just before and just after each image, whatever the rhythm of the images."""
    dog, now, last, changes = Watchdog(start=0.0), 0.0, None, []
    for gap in gaps:
        now += gap
        changes.append(dog.look(now, last_received=last, timeout=timeout))
        last = now
        changes.append(dog.look(now, last_received=last, timeout=timeout))
    times, previous = [], 0.0
    for gap in gaps:  # the same sums of floats as above
        times.append((previous + gap) - previous)
        previous += gap
    told = [change for change in changes if change is not Change.NONE]
    assert told == [Change.FELL_SILENT, Change.RETURNED] * sum(time > timeout for time in times)
