"""The mailbox: newest wins, losses are counted, closing wakes the taker."""

from __future__ import annotations

import threading

from hrs_ros.nodes.newest import Newest


def test_newest_wins_and_the_rest_is_counted() -> None:
    box: Newest[int] = Newest()
    for number in range(5):
        box.put(number)
    assert (box.take(), box.dropped) == (4, 4)
    box.put(7)
    assert (box.take(), box.dropped) == (7, 4)


def test_close_wakes_a_waiting_taker() -> None:
    box: Newest[int] = Newest()
    taken: list[int | None] = []
    thread = threading.Thread(target=lambda: taken.append(box.take()))
    thread.start()
    box.close()
    thread.join(timeout=10)
    assert taken == [None]


def test_nothing_is_taken_after_close() -> None:
    box: Newest[int] = Newest()
    box.put(1)
    box.close()
    assert box.take() is None


def test_nothing_is_lost_or_doubled_between_threads() -> None:
    box: Newest[int] = Newest()
    taken: list[int] = []

    def take() -> None:
        while (item := box.take()) is not None:
            taken.append(item)

    thread = threading.Thread(target=take)
    thread.start()
    for number in range(1, 2001):
        box.put(number)
    while not taken or taken[-1] != 2000:
        assert thread.is_alive()
    box.close()
    thread.join(timeout=10)
    assert taken == sorted(set(taken)) and len(taken) + box.dropped == 2000
