import numpy as np
import pytest

from hrs_ros.data.colour import degrade, jitter


def picture() -> np.ndarray:
    rows, columns = np.mgrid[0:48, 0:64]
    return np.stack([rows * 3 + 20, columns * 2 + 30, rows + columns + 40], axis=2).astype(np.uint8)


def test_no_strength_no_change() -> None:
    image = picture()
    np.testing.assert_array_equal(jitter(image, np.random.default_rng(0), colour=0.0, lighting=0.0), image)
    assert degrade(image, np.random.default_rng(0), probability=0.0) is image


def test_jitter_equals_its_steps_one_after_another() -> None:
    image = picture() // 2 + 40  # far from both ends: nothing is cut off
    got = jitter(image, np.random.default_rng(7), colour=0.2, lighting=0.0)
    brightness, contrast, saturation = np.random.default_rng(7).uniform(0.8, 1.2, 3)
    luma = np.array([0.299, 0.587, 0.114])
    expected = image * brightness
    expected = contrast * expected + (1 - contrast) * (expected @ luma).mean()
    expected = saturation * expected + (1 - saturation) * (expected @ luma)[..., None]
    np.testing.assert_allclose(got, expected, atol=1)  # OpenCV computes in fixed point


def test_lighting_moves_every_pixel_alike() -> None:
    image = picture()
    difference = jitter(image, np.random.default_rng(1), colour=0.0, lighting=0.3).astype(int) - image
    assert difference.any() and (np.ptp(difference, axis=(0, 1)) <= 1).all()


@pytest.mark.parametrize("seed", range(4))
def test_degraded_pictures_are_recognisable(seed: int) -> None:
    image = picture()
    worse = degrade(image, np.random.default_rng(seed), probability=1.0)
    assert worse.shape == image.shape and worse.dtype == np.uint8
    assert 0 < np.abs(worse.astype(float) - image).mean() < 40
    # Channels keep their order through the JPEG code: red grows downwards, green to the right.
    assert worse[-8:, :, 0].mean() > worse[:8, :, 0].mean() + 50
    assert worse[:, -8:, 1].mean() > worse[:, :8, 1].mean() + 50
