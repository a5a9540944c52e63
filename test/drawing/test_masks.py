import numpy as np
import pytest

from hrs_ros.drawing.masks import anchor, frame, hatch, mask_image, outline, tint
from hrs_ros.scene import Mask


def block(x, y, width, height):
    return Mask(x=x, y=y, bits=np.ones((height, width), bool))


def grey(height=20, width=30):
    return np.full((height, width, 3), 100, np.uint8)


def changed(canvas):
    return (canvas != 100).any(axis=2)


def test_mask_image_is_black_and_white():
    image = mask_image(block(2, 3, 4, 5), 10, 12)
    assert image.shape == (10, 12) and image.dtype == np.uint8
    assert image.sum() == 255 * 20 and (image[3:8, 2:6] == 255).all()


def test_tint_blends_the_mask_and_nothing_else():
    canvas = grey()
    mask = Mask(x=5, y=6, bits=np.eye(4, dtype=bool))
    tint(canvas, mask, (200, 0, 100), opacity=0.4)
    assert (canvas[6, 5] == [140, 60, 100]).all()
    np.testing.assert_array_equal(changed(canvas), mask.full(20, 30))


@pytest.mark.parametrize("x, y", [(-2, -2), (28, 18), (40, 5), (0, -9)])
def test_masks_beyond_the_edge_are_cut_off(x, y):
    canvas = grey()
    mask = block(x, y, 5, 5)
    tint(canvas, mask, (0, 0, 0), opacity=1)
    np.testing.assert_array_equal(changed(canvas), mask.full(20, 30))
    hatch(canvas, mask, (9, 9, 9), period=4, rising=True)
    outline(canvas, mask, (1, 1, 1), thickness=1)
    frame(canvas, mask, (1, 1, 1), thickness=2)


def test_empty_masks_draw_nothing():
    canvas = grey()
    tint(canvas, Mask.empty(), (0, 0, 0), opacity=1)
    hatch(canvas, Mask.empty(), (0, 0, 0), period=4, rising=True)
    outline(canvas, Mask.empty(), (0, 0, 0), thickness=1)
    frame(canvas, Mask.empty(), (0, 0, 0), thickness=1)
    assert not changed(canvas).any()


def test_hatches_stay_inside_and_lean_to_opposite_sides():
    rising, falling = grey(), grey()
    mask = block(3, 2, 20, 15)
    hatch(rising, mask, (0, 0, 250), period=6, rising=True)
    hatch(falling, mask, (0, 0, 250), period=6, rising=False)
    for canvas in (rising, falling):
        np.testing.assert_array_equal(changed(canvas), mask.full(20, 30))
    stripe = (rising == (0, 0, 250)).all(axis=2)
    assert 0.2 < stripe[2:17, 3:23].mean() < 0.5
    # Along "/" one row down is one column to the left.
    np.testing.assert_array_equal(stripe[3:16, 4:21], stripe[2:15, 5:22])
    assert not (stripe == (falling == (0, 0, 250)).all(axis=2)).all()


def holed():
    bits = np.ones((12, 12), bool)
    bits[4:8, 4:8] = False
    return Mask(x=4, y=4, bits=bits)


def test_outline_runs_inside_the_mask_and_round_its_hole():
    canvas = grey()
    outline(canvas, holed(), (0, 0, 0), thickness=1)
    drawn = changed(canvas)
    assert drawn[4, 4:16].all() and drawn[15, 4:16].all() and drawn[4:16, 4].all()
    assert drawn[7, 8:12].all()  # above the hole
    assert not drawn[5:7, 5:7].any()
    assert not drawn[~holed().full(20, 30)].any()


def test_frame_runs_outside_the_mask():
    canvas = grey()
    frame(canvas, holed(), (0, 0, 0), thickness=2)
    drawn = changed(canvas)
    assert drawn[2:4, 6:14].all() and drawn[16:18, 6:14].all() and drawn[6:14, 2:4].all()
    assert not drawn[holed().full(20, 30)].any() and not drawn[:2].any() and not drawn[18:].any()


def test_anchor_is_the_centre_of_mass():
    assert anchor(block(10, 20, 5, 3)) == (12, 21)


def test_anchor_of_a_ring_lies_on_the_ring():
    bits = np.ones((9, 9), bool)
    bits[2:7, 2:7] = False
    mask = Mask(x=3, y=4, bits=bits)
    x, y = anchor(mask)
    assert mask.contains(x, y)
    assert anchor(Mask.empty()) is None
