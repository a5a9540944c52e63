"""Notices when a camera falls silent and when it speaks again."""

from __future__ import annotations

import enum


class Change(enum.Enum):
    """What a look at a camera brought to light."""

    NONE = "none"
    FELL_SILENT = "fell silent"
    RETURNED = "returned"


class Watchdog:
    """Of one camera. All times are seconds on one monotonic clock; ``start`` is when the watch began."""

    def __init__(self, start: float) -> None:
        self._start = start
        self._silent_since: float | None = None
        self.silence = 0.0
        """Length of the silence that goes on, or that the last RETURNED ended."""

    @property
    def silent(self) -> bool:
        return self._silent_since is not None

    def look(self, now: float, *, last_received: float | None, timeout: float) -> Change:
        """``last_received``: when the last image came, None if none ever did."""
        last = self._start if last_received is None else max(last_received, self._start)
        if now - last > timeout:
            self.silence = now - last
            was_silent, self._silent_since = self.silent, last
            return Change.NONE if was_silent else Change.FELL_SILENT
        if self._silent_since is not None:
            self.silence = last - self._silent_since
            self._silent_since = None
            return Change.RETURNED
        return Change.NONE
