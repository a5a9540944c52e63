"""What malloc has given out and what it keeps: tells a leak from room that a busy moment once needed."""

from __future__ import annotations

import ctypes
import functools
import sys
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Heap:
    """Bytes of this process, all threads together. Small Python objects live elsewhere and do not count."""

    in_use: int
    """Given out and not freed: images, messages, the model. A leak of C or C++ code shows here."""

    kept: int
    """Freed and kept for the next image. The resident memory includes it; it grows to the busiest moment."""


def heap() -> Heap | None:
    """The heap now, in one or two milliseconds; None where the C library does not tell (glibc 2.33 does)."""
    ask = _mallinfo2()
    if ask is None:
        return None
    info = ask()
    return Heap(in_use=info.uordblks + info.hblkhd, kept=info.fordblks)


class _Info(ctypes.Structure):
    """struct mallinfo2 of malloc.h; sums over all arenas."""

    _fields_ = [
        (name, ctypes.c_size_t)
        for name in (
            "arena",
            "ordblks",
            "smblks",
            "hblks",
            "hblkhd",  # in blocks with a mapping of their own
            "usmblks",
            "fsmblks",
            "uordblks",  # in use, without those
            "fordblks",  # free
            "keepcost",
        )
    ]


@functools.cache
def _mallinfo2() -> Callable[[], _Info] | None:
    if sys.platform != "linux":
        return None
    function = getattr(ctypes.CDLL(None), "mallinfo2", None)
    if function is not None:
        function.restype = _Info
    return function
