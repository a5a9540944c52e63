"""Masks of one class against each other."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from hrs_ros.inference.contested import MOST_SHARED, yielded


def row(*values: float) -> list[list[float]]:
    return [list(values)]


def test_the_stronger_claim_gets_the_pixel() -> None:
    logits = np.array([row(3, 2, 2, 1, -1, -1), row(-1, -1, 1, 2, 3, 3), row(9, 9, 9, 9, 9, 9)], np.float32)
    found = yielded(logits, [0, 1])  # the third is of another class
    assert {slot: mask.tolist() for slot, mask in found.items()} == {
        0: row(3, 2, 2, -1, -1, -1),
        1: row(-1, -1, -1, 2, 3, 3),
    }
    assert logits[0].tolist() == row(3, 2, 2, 1, -1, -1)  # the network's output stays as it is


def test_between_equal_claims_the_better_thing_wins() -> None:
    logits = np.array([row(1, 1, 0), row(0, 1, 1)], np.float32)
    assert list(yielded(logits, [1, 0])) == [0] and list(yielded(logits, [0, 1])) == [1]


def test_two_sights_of_one_thing_are_left_alone() -> None:
    logits = np.array([row(1, 2, 2, -1), row(-1, 1, 3, 3), row(-1, -1, 1, 1)], np.float32)
    assert yielded(logits, [0, 1]) == {}  # two pixels of three
    assert list(yielded(logits, [0, 2])) == [2]  # one of two


def test_a_piece_apart_on_another_thing_goes_whole() -> None:
    """The first mask has three pixels of its own and two on the second's three, as strong as they are."""
    logits = np.array([row(5, 5, 5, -1, 5, 5, -1), row(-1, -1, -1, -1, -1, 5, 5)], np.float32)
    assert {slot: mask.tolist() for slot, mask in yielded(logits, [1, 0]).items()} == {
        0: row(5, 5, 5, -1, 5, -5, -1)
    }  # one of two pixels is not most of the piece
    logits[1, 0, 4] = 1
    assert {slot: mask.tolist() for slot, mask in yielded(logits, [0, 1]).items()} == {
        0: row(5, 5, 5, -1, -5, -5, -1)
    }


def test_twins_in_two_pieces_stay_whole() -> None:
    logits = np.array([row(5, 5, 5, -1, 5, 5), row(5, 5, 5, -1, 5, -1)], np.float32)
    assert yielded(logits, [0, 1]) == {}


def test_masks_apart_yield_nothing() -> None:
    logits = np.array([row(1, -1), row(-2, 1)], np.float32)
    assert yielded(logits, [0, 1]) == yielded(logits, [0]) == yielded(logits, []) == {}


@given(arrays(np.float32, (4, 3, 5), elements=st.integers(-3, 3)), st.permutations(range(4)))
def test_rivals_share_out_what_both_covered(logits: np.ndarray, slots: list[int]) -> None:
    """Of two masks that share little no pixel is both's; nothing but signs changes, and none is gained."""
    after = logits.copy()
    for slot, mask in yielded(logits, slots).items():
        after[slot] = mask
    np.testing.assert_array_equal(np.abs(after), np.abs(logits))
    assert ((after > 0) <= (logits > 0)).all()
    for mine in range(4):
        others = [slot for slot in range(4) if slot != mine]
        for theirs in others:
            one, other = logits[mine] > 0, logits[theirs] > 0
            if (one & other).sum() <= MOST_SHARED * min(one.sum(), other.sum()):
                assert not ((after[mine] > 0) & (after[theirs] > 0)).any()
