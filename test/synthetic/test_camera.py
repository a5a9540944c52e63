"""The pinhole and the lens: what is seen where, and back."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from hrs_ros.synthetic.camera import Camera

CAMERA = Camera.looking_at((3, 12, 20), (0, 9, -4), np.deg2rad(60), 4 / 3)
SIZE = (640, 480)


@pytest.mark.parametrize("distortion", [0.0, 0.06, -0.03, 0.1])
def test_points_come_back_from_their_pixels(distortion: float) -> None:
    camera = replace(CAMERA, distortion=distortion)
    pixels = np.random.default_rng(0).uniform((0, 0), SIZE, (200, 2))
    depths = np.random.default_rng(1).uniform(2, 100, 200)
    found, along = camera.project(camera.unproject(pixels, depths, *SIZE), *SIZE)
    np.testing.assert_allclose(found, pixels, atol=0.02)
    np.testing.assert_allclose(along, depths)


@pytest.mark.parametrize(("distortion", "towards_centre"), [(0.1, True), (-0.1, False)])
def test_barrels_pull_corners_in_and_pincushions_push_them_out(
    distortion: float, towards_centre: bool
) -> None:
    """Compared with what is near the middle."""
    camera = replace(CAMERA, distortion=distortion)
    near, far = np.array([[330.0, 240.0], [600.0, 440.0]])
    centre = np.array(SIZE) / 2
    seen = np.linalg.norm(camera._bend(np.stack([near, far]), *SIZE) - centre, axis=1)
    straight = np.linalg.norm([near - centre, far - centre], axis=1)
    assert bool(seen[1] / seen[0] < straight[1] / straight[0]) is towards_centre


@pytest.mark.parametrize("distortion", [0.15, -0.15])
@pytest.mark.parametrize("size", [(640, 480), (512, 512)])
def test_a_distorted_picture_has_no_empty_rim(distortion: float, size: tuple[int, int]) -> None:
    width, height = size
    rim = [(x, y) for x in (0, width / 2, width) for y in (0, height / 2, height)]
    needed = replace(CAMERA, distortion=distortion).straighten(rim, *size)
    if distortion > 0:
        assert (needed >= -1e-9).all() and (needed <= np.array(size) + 1e-9).all()
    else:  # the shorter edges end where they did on a square; elsewhere half a pixel may be repeated
        assert (needed >= -0.03 * width).all()
        assert width != height or (needed[np.abs(needed - width / 2).min(1) < 1] >= -1e-9).all()


def test_what_lies_far_outside_stays_outside() -> None:
    camera = replace(CAMERA, distortion=0.06)
    far = CAMERA.unproject([(3000.0, 240.0), (-2000.0, -900.0)], [10.0, 10.0], *SIZE)
    pixels, _ = camera.project(far, *SIZE)
    assert pixels[0, 0] > SIZE[0] and (pixels[1] < 0).all()
