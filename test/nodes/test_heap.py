"""The heap's figures follow what is taken and given back."""

from __future__ import annotations

import numpy as np
import pytest

from hrs_ros.nodes import heap as module
from hrs_ros.nodes.heap import heap

SIZE = 48 << 20


def test_taken_memory_is_in_use_until_it_is_given_back() -> None:
    before = heap()
    if before is None:
        pytest.skip("this C library does not tell (glibc 2.33 does)")
    block = np.ones(SIZE, np.uint8)
    during = heap()
    del block
    after = heap()
    assert during is not None and after is not None
    assert during.in_use - before.in_use == pytest.approx(SIZE, rel=0.1)
    assert during.in_use - after.in_use == pytest.approx(SIZE, rel=0.1)


def test_a_c_library_that_does_not_tell_is_no_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_mallinfo2", lambda: None)
    assert heap() is None
