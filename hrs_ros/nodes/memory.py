"""What was seen in the last moments, and how a request is answered from it. No node, no clock of its own."""

from __future__ import annotations

import threading
from collections import deque
from dataclasses import dataclass

from std_msgs.msg import Header

from hrs_ros.language import (
    Answer,
    NotUnderstood,
    ParsedQuery,
    no_frame,
    not_understood,
    resolve_recent,
    stale,
)
from hrs_ros.scene import Scene

_NANOSECONDS = 1e9


@dataclass(frozen=True, slots=True)
class Seen:
    """One frame's scene. ``arrival_ns`` is a monotonic clock's reading when the image reached the node."""

    scene: Scene
    header: Header
    arrival_ns: int


class SceneMemory:
    """The frames of the last ``seconds``, and always the newest one. Safe between threads."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self._lock = threading.Lock()
        self._frames: deque[Seen] = deque()

    def add(self, seen: Seen) -> None:
        with self._lock:
            self._frames.append(seen)
            oldest = seen.arrival_ns - int(self.seconds * _NANOSECONDS)
            while self._frames[0].arrival_ns < oldest:
                self._frames.popleft()

    def newest_first(self) -> list[Seen]:
        with self._lock:
            return list(reversed(self._frames))


def answer_from(
    memory: SceneMemory, query: ParsedQuery | NotUnderstood, *, now_ns: int, stale_after: float, margin: float
) -> tuple[Answer, Seen | None]:
    """The answer, and the frame that it speaks of (None: no frame was needed, or there is none).

    The newest frame decides. Where it has no candidate at all, the remembered frames before it are asked,
    newest first: a thing that flickers for one frame is still there. ``stale_after`` is in seconds.
    """
    if isinstance(query, NotUnderstood):
        return not_understood(query), None
    frames = memory.newest_first()
    if not frames:
        return no_frame(query), None
    age = (now_ns - frames[0].arrival_ns) / _NANOSECONDS
    if age > stale_after:
        return stale(query, age_seconds=age, limit_seconds=stale_after), frames[0]
    fresh = [seen for seen in frames if (now_ns - seen.arrival_ns) / _NANOSECONDS <= stale_after]
    answer, index = resolve_recent(query, [seen.scene for seen in fresh], margin=margin)
    return answer, fresh[index]
