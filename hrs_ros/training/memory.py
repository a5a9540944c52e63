"""Keep freed memory in the process: big tensors are allocated anew in every step."""

from __future__ import annotations

import ctypes
import sys

_M_TRIM_THRESHOLD, _M_TOP_PAD, _M_MMAP_MAX = -1, -2, -4  # <malloc.h> of the GNU C library


def keep_freed_memory() -> bool:
    """Make malloc reuse large blocks instead of returning them; False where the C library cannot.

    Blocks above 32 MiB are mapped and unmapped one by one otherwise, and the kernel zeroes every page again:
    a quarter of the time of a CPU training step.
    """
    if not sys.platform.startswith("linux"):
        return False
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None)
    if mallopt is None:  # musl
        return False
    settings = ((_M_MMAP_MAX, 0), (_M_TRIM_THRESHOLD, 2**31 - 1), (_M_TOP_PAD, 2**28))
    return all(mallopt(option, value) == 1 for option, value in settings)
