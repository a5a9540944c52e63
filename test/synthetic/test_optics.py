from __future__ import annotations

import numpy as np
import pytest

from hrs_ros.synthetic import optics


def point(size: int = 41) -> optics.Light:
    light = np.zeros((size, size, 3), np.float32)
    light[size // 2, size // 2] = 1
    return light


def moment(light: optics.Light) -> tuple[np.ndarray, float]:
    """Centre of mass (x, y) in pixels from the middle, and root of the mean squared distance from it."""
    weight = light[..., 0] / light[..., 0].sum()
    half = light.shape[0] // 2
    y, x = np.mgrid[-half : half + 1, -half : half + 1]
    centre = np.array([(weight * x).sum(), (weight * y).sum()])
    return centre, float(np.sqrt((weight * ((x - centre[0]) ** 2 + (y - centre[1]) ** 2)).sum()))


@pytest.mark.parametrize("radius", [1.0, 2.5, 6.0])
def test_a_point_out_of_focus_is_a_disc(radius: float) -> None:
    kernel = optics.disc(radius)
    assert kernel.sum() == pytest.approx(1, abs=1e-5)
    centre, spread = moment(optics.spread(point(), kernel))
    np.testing.assert_allclose(centre, 0, atol=1e-4)
    assert spread == pytest.approx((radius + 0.5) / np.sqrt(2), rel=0.2)  # of a uniform disc


@pytest.mark.parametrize("seed", range(4))
def test_a_shaking_camera_draws_a_line_around_the_middle(seed: int) -> None:
    kernel = optics.shake(9.0, np.random.default_rng(seed))
    assert kernel.sum() == pytest.approx(1, abs=1e-5)
    blurred = optics.spread(point(), kernel[::-1, ::-1])
    centre, spread = moment(blurred)
    np.testing.assert_allclose(centre, 0, atol=0.05)  # labels stay where they are
    assert 1.5 < spread < 3.2  # 9 / sqrt(12) = 2.6 on a straight path


def test_depth_of_field_spares_the_subject() -> None:
    rng = np.random.default_rng(0)
    light = rng.random((64, 64, 3)).astype(np.float32)
    depth = np.full((64, 64), 20, np.float32)
    depth[:, 32:] = 0  # infinitely far
    seen = optics.out_of_focus(light, depth, 20.0, 3.0)
    np.testing.assert_allclose(seen[:, :24], light[:, :24], atol=1e-5)
    assert seen[:, 40:].std() < 0.4 * light[:, 40:].std()


def test_corners_darken_by_the_strength() -> None:
    seen = optics.vignette(np.ones((101, 101, 3), np.float32), 0.4)
    assert seen[50, 50, 0] == pytest.approx(1.0)
    assert seen[0, 0, 0] == pytest.approx(0.6, abs=0.02)
