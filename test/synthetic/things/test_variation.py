from __future__ import annotations

import itertools

import numpy as np
import pytest

from hrs_ros.synthetic.splits import SPLITS, Split
from hrs_ros.synthetic.things.variation import BANDS, Variation, variants


def draws(split: Split, count: int = 400) -> np.ndarray:
    variation = Variation(np.random.default_rng(3), split)
    return np.array([variation.between(10, 20) for _ in range(count)])


def test_bands_cover_the_unit_interval_once() -> None:
    edges = sorted(band for bands in BANDS.values() for band in bands)
    assert edges[0][0] == 0 and edges[-1][1] == 1
    assert all(first[1] == second[0] for first, second in itertools.pairwise(edges))


@pytest.mark.parametrize("split", SPLITS)
def test_parameters_lie_in_their_splits_bands(split: Split) -> None:
    place = (draws(split) - 10) / 10
    inside = [(place >= low - 1e-9) & (place <= high + 1e-9) for low, high in BANDS[split]]
    assert np.any(inside, axis=0).all()
    assert all(band.any() for band in inside)


def test_variants_are_held_out_where_there_are_enough() -> None:
    assert [variants("abc", split) for split in SPLITS] == ["abc", "abc", "abc"]
    assert [variants("abcd", split) for split in SPLITS] == ["abc", "abc", "d"]
    assert [variants("abcde", split) for split in SPLITS] == ["abc", "d", "e"]
