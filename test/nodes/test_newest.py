"""The mailbox: newest wins, losses are told, nobody starves, closing wakes the taker."""

from __future__ import annotations

import threading
import time

from hypothesis import given
from hypothesis import strategies as st

from hrs_ros.nodes.newest import NewestOfEach


def test_newest_wins_and_the_rest_is_counted() -> None:
    box: NewestOfEach[str, int] = NewestOfEach("a")
    assert [box.put("a", number) for number in range(5)] == [False, True, True, True, True]
    assert box.take() == [("a", 4)]
    assert box.put("a", 7) is False
    assert box.take() == [("a", 7)]


def test_senders_do_not_replace_each_other() -> None:
    box: NewestOfEach[str, int] = NewestOfEach("ab")
    assert [box.put("a", 1), box.put("b", 2), box.put("b", 3)] == [False, False, True]
    assert box.take(most=2) == [("a", 1), ("b", 3)]


def test_a_fast_sender_does_not_starve_a_slow_one() -> None:
    box: NewestOfEach[str, int] = NewestOfEach(("fast", "slow"))
    box.put("slow", 0)
    served = []
    for number in range(3):
        box.put("fast", number)
        served += box.take()
    assert served == [("fast", 0), ("slow", 0), ("fast", 2)]


@given(st.lists(st.sampled_from("abc"), max_size=60), st.integers(1, 3))
def test_whoever_waits_is_served_within_one_round(puts: list[str], most: int) -> None:
    """A sender that waits is passed over by each other one at most once, whatever the order of events."""
    box: NewestOfEach[str, int] = NewestOfEach("abc")
    waits: dict[str, list[str]] = {}  # sender -> whom it saw served before it
    for number, sender in enumerate(puts):
        box.put(sender, number)
        waits.setdefault(sender, [])
        if number % 2:
            for served, _ in box.take(most=most):
                seen = waits.pop(served)
                assert len(seen) == len(set(seen))
                for others in waits.values():
                    others.append(served)
    taken_now = box.take(most=3) if waits else []
    assert {sender for sender, _ in taken_now} == set(waits)


def test_waits_a_window_for_the_other_senders() -> None:
    box: NewestOfEach[str, int] = NewestOfEach("ab")
    box.put("a", 1)
    late = threading.Timer(0.05, box.put, ("b", 2))
    late.start()
    assert box.take(most=2, window=30.0) == [("a", 1), ("b", 2)]
    box.put("a", 3)
    start = time.monotonic()
    assert box.take(most=2, window=0.05) == [("a", 3)]
    assert time.monotonic() - start >= 0.05


def test_close_wakes_a_waiting_taker() -> None:
    box: NewestOfEach[str, int] = NewestOfEach("a")
    taken: list[list[tuple[str, int]]] = []
    thread = threading.Thread(target=lambda: taken.append(box.take()))
    thread.start()
    box.close()
    thread.join(timeout=10)
    assert taken == [[]]


def test_nothing_is_taken_after_close() -> None:
    box: NewestOfEach[str, int] = NewestOfEach("a")
    box.put("a", 1)
    box.close()
    assert box.take(window=10.0) == []


def test_nothing_is_lost_or_doubled_between_threads() -> None:
    box: NewestOfEach[str, int] = NewestOfEach("a")
    taken: list[int] = []

    def take() -> None:
        while items := box.take():
            taken.extend(number for _, number in items)

    thread = threading.Thread(target=take)
    thread.start()
    dropped = sum(box.put("a", number) for number in range(1, 2001))
    while not taken or taken[-1] != 2000:
        assert thread.is_alive()
    box.close()
    thread.join(timeout=10)
    assert taken == sorted(set(taken)) and len(taken) + dropped == 2000
