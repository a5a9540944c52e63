"""Masks of one class against each other."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from hrs_ros.inference.contested import yielded


def test_the_stronger_claim_gets_the_pixel() -> None:
    logits = np.array([[[3, 2, 1, -1]], [[-1, 1, 2, 3]], [[9, 9, 9, 9]]], np.float32)
    found = yielded(logits, [0, 1])  # the third is of another class
    assert {slot: rows.tolist() for slot, rows in found.items()} == {0: [[3, 2, -1, -1]], 1: [[-1, -1, 2, 3]]}
    assert logits[0].tolist() == [[3, 2, 1, -1]]  # the network's output stays as it is


def test_between_equal_claims_the_better_thing_wins() -> None:
    logits = np.ones((2, 1, 1), np.float32)
    assert list(yielded(logits, [1, 0])) == [0] and list(yielded(logits, [0, 1])) == [1]


def test_masks_apart_yield_nothing() -> None:
    logits = np.array([[[1, -1]], [[-2, 1]]], np.float32)
    assert yielded(logits, [0, 1]) == yielded(logits, [0]) == yielded(logits, []) == {}


@given(arrays(np.float32, (4, 3, 5), elements=st.integers(-3, 3)), st.permutations(range(4)))
def test_things_share_out_what_they_covered(logits: np.ndarray, slots: list[int]) -> None:
    """Every pixel that any covered has exactly one owner, among those that claim it most."""
    after = logits.copy()
    for slot, rows in yielded(logits, slots).items():
        after[slot] = rows
    np.testing.assert_array_equal((after > 0).sum(axis=0), (logits > 0).any(axis=0))
    assert (after <= np.abs(logits)).all() and (logits[after > 0] == after[after > 0]).all()
    owner = after.argmax(axis=0)
    np.testing.assert_array_equal(
        np.take_along_axis(logits, owner[None], axis=0)[0][(after > 0).any(axis=0)],
        logits.max(axis=0)[(after > 0).any(axis=0)],
    )
