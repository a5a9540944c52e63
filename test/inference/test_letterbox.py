from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from hrs_ros.inference.letterbox import FILL, Letterbox
from hrs_ros.scene import Mask

sides = st.integers(1, 400)


def fit(source_height: int, source_width: int, height: int = 64, width: int = 96) -> Letterbox:
    return Letterbox.fit(source_height=source_height, source_width=source_width, height=height, width=width)


def upsample_everywhere(logits: NDArray[np.float32], box: Letterbox) -> NDArray[np.float64]:
    """The whole map at every source pixel, four neighbours by hand: an independent slow oracle."""
    h, w = logits.shape
    full = np.zeros((box.source_height, box.source_width))
    for row in range(box.source_height):
        v = min(max((row + 0.5) * box.content_height / box.source_height / 4 - 0.5, 0), h - 1)
        top, bottom, down = int(v), min(int(v) + 1, h - 1), v - int(v)
        for column in range(box.source_width):
            u = min(max((column + 0.5) * box.content_width / box.source_width / 4 - 0.5, 0), w - 1)
            left, right, across = int(u), min(int(u) + 1, w - 1), u - int(u)
            above = (1 - across) * logits[top, left] + across * logits[top, right]
            below = (1 - across) * logits[bottom, left] + across * logits[bottom, right]
            full[row, column] = (1 - down) * above + down * below
    return full


@pytest.mark.parametrize(
    ("source", "content"),
    [
        ((480, 640), (72, 96)),
        ((640, 480), (96, 72)),
        ((96, 96), (96, 96)),
        ((1, 1000), (1, 96)),
        ((7, 7), (96, 96)),
    ],
)
def test_content_size(source: tuple[int, int], content: tuple[int, int]) -> None:
    box = fit(*source, height=96, width=96)
    assert (box.content_height, box.content_width) == content


@given(sides, sides, st.floats(0, 1), st.floats(0, 1))
def test_points_map_back_within_half_a_pixel(h: int, w: int, x: float, y: float) -> None:
    box = fit(h, w)
    point = np.array([x * w, y * h])
    inside = box.to_network(point)
    assert (inside <= (box.content_width, box.content_height)).all()
    assert np.abs(box.to_source(inside) - point).max() < 0.5


@given(sides, sides)
def test_content_fits_and_touches_one_side(h: int, w: int) -> None:
    box = fit(h, w)
    assert 1 <= box.content_height <= 64 and 1 <= box.content_width <= 96
    assert box.content_height == 64 or box.content_width == 96


def test_empty_image_is_refused() -> None:
    with pytest.raises(ValueError, match="at least 1 x 1, got 0 x 5"):
        fit(5, 0)


def test_padding_is_the_mean_colour_at_bottom_and_right() -> None:
    wide = fit(48, 96, height=64, width=64).apply(np.full((48, 96, 3), 200, np.uint8))
    assert wide.shape == (64, 64, 3)
    assert (wide[:32] == 200).all() and (wide[32:] == FILL).all()
    tall = fit(96, 48, height=64, width=64).apply(np.full((96, 48, 3), 200, np.uint8))
    assert (tall[:, :32] == 200).all() and (tall[:, 32:] == FILL).all()


def test_image_of_the_networks_size_passes_unchanged() -> None:
    image = np.random.default_rng(0).integers(0, 256, (64, 96, 3), np.uint8)
    assert (fit(64, 96).apply(image) == image).all()


def test_halving_averages_two_by_two() -> None:
    image = np.zeros((128, 192, 3), np.uint8)
    image[::2, ::2] = 200
    assert (fit(128, 192).apply(image) == 50).all()


def test_a_marked_point_is_found_at_its_network_position() -> None:
    image = np.zeros((480, 640, 3), np.uint8)
    image[300:310, 500:510] = 255
    box = fit(480, 640, height=320, width=320)
    rows, columns = np.nonzero(box.apply(image)[: box.content_height, :, 0])
    centre = box.to_network(np.array([505.0, 305.0]))
    assert abs(columns.mean() + 0.5 - centre[0]) < 0.01 and abs(rows.mean() + 0.5 - centre[1]) < 0.01


@settings(max_examples=40)
@given(st.integers(1, 90), st.integers(1, 90), st.integers(0, 2**32 - 1), st.floats(-2, 1))
def test_mask_equals_upsampling_the_whole_map(h: int, w: int, seed: int, level: float) -> None:
    box = fit(h, w, height=64, width=64)
    logits = (np.random.default_rng(seed).normal(size=(16, 16)) + level).astype(np.float32)
    mask = box.mask_to_source(logits)
    oracle = upsample_everywhere(logits, box)
    certain = np.abs(oracle) > 1e-5
    assert (mask.full(h, w) == (oracle > 0))[certain].all()
    if mask.bits.size:
        assert mask.bits[0].any() and mask.bits[-1].any() and mask.bits[:, 0].any() and mask.bits[:, -1].any()


def test_mask_of_one_cell_has_the_expected_pixels() -> None:
    box = fit(64, 64, height=64, width=64)
    logits = np.full((16, 16), -1, np.float32)
    logits[5, 7] = 1
    mask = box.mask_to_source(logits)
    # 2 (1 - |du|) (1 - |dv|) - 1 with pixel centres 1/8 and 3/8 of a cell away: the cell without its corners.
    assert (mask.x, mask.y, mask.width, mask.height) == (28, 20, 4, 4)
    full = mask.full(64, 64)
    assert full[21, 28:32].tolist() == [True] * 4
    assert not full[[20, 20, 23, 23], [28, 31, 28, 31]].any()


def test_empty_mask() -> None:
    assert fit(48, 64).mask_to_source(np.full((16, 24), -0.5, np.float32)).area == 0


def test_padding_is_cut_off() -> None:
    logits = np.full((16, 24), -1, np.float32)
    logits[12:] = 1  # a content of 48 rows ends where cell 12 begins, and there the interpolation is zero
    assert fit(48, 96, height=64, width=96).mask_to_source(logits).area == 0


@settings(max_examples=40)
@given(st.integers(1, 90), st.integers(1, 90), st.integers(0, 2**32 - 1))
def test_labels_split_the_mask_by_the_nearest_cell(h: int, w: int, seed: int) -> None:
    rng = np.random.default_rng(seed)
    labels = rng.integers(0, 4, (16, 16))
    box = fit(h, w, height=64, width=64)
    mask = Mask.from_full(rng.random((h, w)) < 0.7)
    image = np.zeros((h, w), np.int64)
    for y in range(h):
        for x in range(w):
            row = int((y + 0.5) * box.scale_y / 4)
            column = int((x + 0.5) * box.scale_x / 4)
            image[y, x] = labels[min(row, 15), min(column, 15)] if mask.contains(x, y) else 0
    found = box.split_by_label(labels, mask)
    assert sorted(found) == [label for label in (1, 2, 3) if (image == label).any()]
    for label, part in found.items():
        expected = Mask.from_full(image == label)
        assert (part.x, part.y, part.bits.tolist()) == (expected.x, expected.y, expected.bits.tolist())


def test_an_empty_mask_has_no_labels() -> None:
    assert fit(64, 64).split_by_label(np.ones((16, 24), np.int64), Mask.empty()) == {}
