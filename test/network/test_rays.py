import cv2
import numpy as np
import pytest

from hrs_ros.network.config import RAYS
from hrs_ros.network.rays import SHORTEST, measure_rays


def test_rays_of_a_box() -> None:
    mask = np.zeros((64, 64), np.uint8)
    mask[16:48, 24:40] = 1
    rays = measure_rays(mask, 8, 8)  # from pixel (34, 34): 6 to the right edge, 14 down, 10 left, 18 up
    assert rays.shape == (RAYS,) and rays.dtype == np.float32
    assert rays[[0, 9, 18, 27]] == pytest.approx([6 / 4, 14 / 4, 10 / 4, 18 / 4], abs=0.13)


def test_rays_of_a_disc_are_its_radius() -> None:
    mask = cv2.circle(np.zeros((128, 128), np.uint8), (62, 62), 40, 1, -1)
    rays = measure_rays(mask, 15, 15)  # the middle of the cell is (62, 62)
    assert rays == pytest.approx(np.full(RAYS, 10.0), abs=0.3)


def test_a_ring_is_measured_to_its_outer_edge() -> None:
    ring = cv2.circle(np.zeros((128, 128), np.uint8), (62, 62), 40, 1, 6)
    assert measure_rays(ring, 15, 15) == pytest.approx(np.full(RAYS, 43 / 4), abs=0.4)


def test_directions_without_a_pixel_are_shortest() -> None:
    mask = np.zeros((64, 64), np.uint8)
    mask[30:38, 48:56] = 1  # to the right of the centre only
    rays = measure_rays(mask, 8, 8)
    assert rays[0] == pytest.approx((56 - 34) / 4, abs=0.13)
    assert (rays[5:32] == np.float32(SHORTEST)).all()
