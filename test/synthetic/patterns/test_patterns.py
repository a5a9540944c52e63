from __future__ import annotations

import numpy as np
import pytest

from hrs_ros.synthetic.patterns import PATTERNS
from hrs_ros.synthetic.patterns.field import cells, clouds
from hrs_ros.synthetic.textures import COUNTS, surface

SIZE = 64
CUT_OUT = ("leaves", "needles", "blades")
SEAMLESS = ("asphalt", "sand", "snow", "gravel", "soil", "ripples", "concrete", "shag", "linen")


@pytest.mark.parametrize("kind", PATTERNS)
def test_patterns_are_pictures_that_differ_and_repeat_by_seed(kind: str) -> None:
    first, again, other = (surface(kind, np.random.default_rng(seed), SIZE) for seed in (1, 1, 2))
    assert first.shape == (SIZE, SIZE, 4 if kind in CUT_OUT else 3)
    assert 0 <= first.min() <= first.max() <= 1
    assert np.array_equal(first, again)
    assert not np.array_equal(first, other)
    assert COUNTS[kind] == PATTERNS[kind][1] >= 5


@pytest.mark.parametrize("kind", CUT_OUT)
def test_leaves_have_holes_and_do_not_fill_their_cards(kind: str) -> None:
    alpha = surface(kind, np.random.default_rng(0), SIZE)[..., 3]
    assert set(np.unique(alpha)) == {0.0, 1.0}
    assert 0.12 < alpha.mean() < 0.85


@pytest.mark.parametrize("kind", SEAMLESS)
def test_grounds_have_no_seams(kind: str) -> None:
    """The step across the edge is no larger than steps inside."""
    image = surface(kind, np.random.default_rng(4), SIZE)
    for axis in (0, 1):
        inside = np.abs(np.diff(image, axis=axis)).mean()
        across = np.abs(np.take(image, 0, axis) - np.take(image, -1, axis)).mean()
        assert across < 2.0 * inside + 0.01


def test_clouds_span_the_unit_interval() -> None:
    field = clouds(np.random.default_rng(0), SIZE, stretch=(4, 1))
    assert (field.min(), field.max()) == (0, 1)
    # Four times the frequency along y.
    assert np.abs(np.diff(field, axis=0)).mean() > 1.5 * np.abs(np.diff(field, axis=1)).mean()


def test_cells_are_flat_inside_and_meet_at_borders() -> None:
    border, shade = cells(np.random.default_rng(0), SIZE, 4)
    assert border.min() >= 0
    assert border.min() < 0.1
    assert len(np.unique(shade)) == 16
