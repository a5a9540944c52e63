"""Both encodings of REP-118."""

from __future__ import annotations

import numpy as np
import pytest

from hrs_ros.spatial.depth import metres


def test_millimetres_with_zero_for_nothing() -> None:
    np.testing.assert_allclose(
        metres(np.array([[0, 1, 1500, 65535]], np.uint16)), [[np.nan, 0.001, 1.5, 65.535]]
    )


def test_metres_with_nan_for_nothing() -> None:
    given = np.array([[np.nan, np.inf, -np.inf, -1, 0, 1.25]], np.float32)
    np.testing.assert_array_equal(metres(given), [[np.nan] * 5 + [1.25]])
    assert given[0, 4] == 0  # the caller's image stays as it is


def test_other_types_are_refused() -> None:
    with pytest.raises(TypeError, match="uint16 millimetres or float32 metres, got float64"):
        metres(np.zeros((2, 2)))
