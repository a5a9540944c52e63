from __future__ import annotations

import numpy as np
import pytest

from hrs_ros.synthetic import sensor


def test_colours_survive_the_way_over_light() -> None:
    levels = np.arange(256, dtype=np.uint8).reshape(16, 16, 1).repeat(3, 2)
    back = sensor.to_colours(sensor.to_light(levels), 1.0, 1.0)
    assert np.abs(back.astype(int) - levels)[levels > 8].max() <= 1
    assert np.abs(back.astype(int) - levels).max() <= 8  # the darkest share few steps of the table


def test_contrast_turns_around_the_middle() -> None:
    grey = np.array([[[0.1] * 3, [0.5**2.2] * 3, [0.8] * 3]], np.float32)
    plain, steep = (sensor.to_colours(grey, contrast, 1.0)[0, :, 0].astype(int) for contrast in (1.0, 1.3))
    assert steep[0] < plain[0] and abs(steep[1] - plain[1]) <= 1 and steep[2] > plain[2]


@pytest.mark.parametrize("level", [0.0, 0.2, 0.8])
def test_noise_grows_with_the_light(level: float) -> None:
    light = np.full((256, 256, 3), level, np.float32)
    seen = sensor.noise(light, 0.05, 0.004, np.random.default_rng(0))
    assert seen.mean() == pytest.approx(level, abs=1e-3)
    expected = np.sqrt(0.05**2 * level + 0.004**2)
    assert seen.std() == pytest.approx(expected, rel=0.1)


def test_no_saturation_is_grey_and_keeps_brightness() -> None:
    rgb = np.array([[[200, 60, 30]]], np.uint8)
    grey = sensor.saturate(rgb, 0.0)[0, 0].astype(int)
    assert np.ptp(grey) <= 1 and grey[0] == pytest.approx(0.299 * 200 + 0.587 * 60 + 0.114 * 30, abs=1)
    vivid = sensor.saturate(rgb, 1.3)[0, 0].astype(int)
    assert vivid[0] > 200 and vivid[2] < 30


def test_sharpening_steepens_edges_and_leaves_flats() -> None:
    step = np.full((16, 16, 3), 80, np.uint8)
    step[:, 8:] = 160
    sharp = sensor.sharpen(step, 0.8)
    assert sharp[8, 2, 0] == 80 and sharp[8, 13, 0] == 160
    assert sharp[8, 7, 0] < 80 and sharp[8, 8, 0] > 160


def test_fewer_pixels_lose_detail_not_place() -> None:
    rng = np.random.default_rng(0)
    image = rng.integers(0, 256, (64, 64, 3), np.uint8)
    image[20:40, 10:30] = 255
    soft = sensor.fewer_pixels(image, 0.5, 1)
    assert soft.shape == image.shape
    assert (soft[24:36, 14:26] == 255).all() and soft[44:].std() < 0.7 * image[44:].std()
