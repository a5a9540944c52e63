"""A mailbox with one place for each sender: the newest wins."""

from __future__ import annotations

import threading
import time
from collections.abc import Hashable, Iterable
from typing import Generic, TypeVar

Key = TypeVar("Key", bound=Hashable)
Item = TypeVar("Item")


class NewestOfEach(Generic[Key, Item]):
    """Hand-over from callbacks to one worker thread. Never blocks a giver, never queues."""

    def __init__(self, keys: Iterable[Key]) -> None:
        self._condition = threading.Condition()
        self._items: dict[Key, Item] = {}
        self._turns = list(keys)  # who was served longest ago comes first
        self._closed = False

    def put(self, key: Key, item: Item) -> bool:
        """Leave an item; whether it replaced one of the same sender that nobody had taken."""
        with self._condition:
            replaced = key in self._items
            self._items[key] = item
            self._condition.notify()
            return replaced

    def take(self, *, most: int = 1, window: float = 0.0) -> list[tuple[Key, Item]]:
        """Wait for an item, and up to ``window`` seconds more for those of the other senders.

        At most ``most`` items, one of each sender; who was served longest ago comes first, so that nobody
        starves. Empty once the mailbox is closed.
        """
        with self._condition:
            self._condition.wait_for(lambda: self._closed or self._items)
            enough = min(most, len(self._turns))
            if window > 0:
                end = time.monotonic() + window
                while not self._closed and len(self._items) < enough and (left := end - time.monotonic()) > 0:
                    self._condition.wait(left)
            if self._closed:
                return []
            served = [key for key in self._turns if key in self._items][:most]
            self._turns = [key for key in self._turns if key not in served] + served
            return [(key, self._items.pop(key)) for key in served]

    def close(self) -> None:
        """Wake the taker; what was not taken is given up."""
        with self._condition:
            self._closed = True
            self._items.clear()
            self._condition.notify_all()
