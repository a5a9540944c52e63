import json
from pathlib import Path

import numpy as np
import pytest

from hrs_ros.network.gaussian import draw_gaussian, gaussian_radius


def test_radius_vectors(repository: Path) -> None:
    vectors = json.loads((repository / "test/oracles/gaussian_radius.json").read_text())["vectors"]
    for height, width, radius, whole in vectors:
        assert gaussian_radius(height, width) == pytest.approx(radius, abs=1e-9)
        assert gaussian_radius(width, height) == pytest.approx(radius, abs=1e-9)
        assert int(gaussian_radius(height, width)) == whole


def test_values_of_a_spot() -> None:
    heatmap = np.zeros((9, 11), np.float32)
    draw_gaussian(heatmap, 5, 4, 2)
    sigma = 5 / 6
    for y in range(9):
        for x in range(11):
            dx, dy = x - 5, y - 4
            inside = max(abs(dx), abs(dy)) <= 2
            expected = np.exp(-(dx * dx + dy * dy) / (2 * sigma**2)) if inside else 0.0
            assert heatmap[y, x] == pytest.approx(expected, abs=1e-6)
    assert heatmap[4, 5] == 1.0  # exactly: positives are found by equality


def test_radius_zero_is_one_cell() -> None:
    heatmap = np.zeros((3, 3), np.float32)
    draw_gaussian(heatmap, 1, 1, 0)
    assert heatmap.sum() == 1 and heatmap[1, 1] == 1


@pytest.mark.parametrize(("x", "y"), [(0, 0), (7, 0), (0, 5), (7, 5), (3, 5)])
def test_cut_at_the_border_like_a_larger_map(x: int, y: int) -> None:
    heatmap = np.zeros((6, 8), np.float32)
    draw_gaussian(heatmap, x, y, 4)
    large = np.zeros((26, 28), np.float32)
    draw_gaussian(large, x + 10, y + 10, 4)
    np.testing.assert_array_equal(heatmap, large[10:16, 10:18])


def test_overlap_keeps_the_larger() -> None:
    first, second = np.zeros((2, 10, 10), np.float32)
    draw_gaussian(first, 3, 3, 3)
    draw_gaussian(second, 5, 4, 2)
    both = np.zeros((10, 10), np.float32)
    draw_gaussian(both, 3, 3, 3)
    draw_gaussian(both, 5, 4, 2)
    np.testing.assert_array_equal(both, np.maximum(first, second))
