"""The object's own pixels: erosion against OpenCV, the rim of thin things, the hand that is cut away."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from hrs_ros.scene import Mask
from hrs_ros.spatial.region import dilate, erode, object_pixels

images = hnp.arrays(bool, hnp.array_shapes(min_dims=2, max_dims=2, min_side=1, max_side=16))
CROSS = cv2.getStructuringElement(cv2.MORPH_CROSS, (3, 3))


@settings(max_examples=100)
@given(bits=images, radius=st.integers(0, 4))
def test_erosion_and_dilation_as_opencv_does_them(bits: np.ndarray, radius: int) -> None:
    image = bits.view(np.uint8)
    outside = {"borderType": cv2.BORDER_CONSTANT, "borderValue": 0, "iterations": radius}
    np.testing.assert_array_equal(erode(bits, radius), cv2.erode(image, CROSS, **outside).astype(bool))
    np.testing.assert_array_equal(dilate(bits, radius), cv2.dilate(image, CROSS, **outside).astype(bool))


def _square(y: int, x: int, height: int, width: int) -> Mask:
    return Mask(x=x, y=y, bits=np.ones((height, width), bool))


@pytest.mark.parametrize("rim", [0, 1, 2])
def test_a_rim_goes(rim: int) -> None:
    own = object_pixels(_square(10, 20, 20, 30), Mask.empty(), height=60, width=80, rim=rim)
    rows, columns = np.nonzero(own)
    assert (rows.min(), rows.max()) == (10 + rim, 29 - rim)
    assert (columns.min(), columns.max()) == (20 + rim, 49 - rim)


@pytest.mark.parametrize(("thickness", "left"), [(1, 1), (2, 2), (3, 3), (4, 2)])
def test_thin_things_keep_their_middle(thickness: int, left: int) -> None:
    own = object_pixels(_square(10, 5, thickness, 60), Mask.empty(), height=40, width=80, rim=2)
    assert np.count_nonzero(own.any(axis=1)) == left


def test_the_hand_is_cut_away() -> None:
    thing, hand = _square(10, 10, 40, 40), _square(10, 10, 40, 12)
    own = object_pixels(thing, hand, height=60, width=60, rim=2)
    # Columns 10-21 are the hand, 22-23 the rim of what is left.
    assert np.flatnonzero(own.any(axis=0)).min() == 24
    assert not object_pixels(thing, thing, height=60, width=60).any()
