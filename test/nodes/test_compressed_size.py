"""Sizes from file headers against OpenCV's own files, and against anything else."""

from __future__ import annotations

import struct

import cv2
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hrs_ros.nodes.compressed_size import compressed_size

sides = st.integers(1, 300)


def encoded(extension: str, width: int, height: int, *options: int) -> bytes:
    return cv2.imencode(extension, np.zeros((height, width, 3), np.uint8), options)[1].tobytes()


@given(sides, sides, st.sampled_from([".jpg", ".png"]))
def test_size_is_what_the_encoder_wrote(width: int, height: int, extension: str) -> None:
    assert compressed_size(memoryview(encoded(extension, width, height))) == (width, height)


def test_progressive_jpeg_and_what_stands_before_the_frame() -> None:
    progressive = encoded(".jpg", 40, 30, cv2.IMWRITE_JPEG_PROGRESSIVE, 1)
    assert compressed_size(memoryview(progressive)) == (40, 30)
    exif = b"\xff\xe1" + struct.pack(">H", 10) + b"\xff\xc0fake!!"  # a marker inside a segment is none
    padded = progressive[:2] + b"\xff" + exif + progressive[2:]
    assert compressed_size(memoryview(padded)) == (40, 30)


@pytest.mark.parametrize("extension", [".bmp", ".tiff", ".webp"])
def test_other_formats_have_no_size(extension: str) -> None:
    assert compressed_size(memoryview(encoded(extension, 8, 8))) is None


@given(st.sampled_from([".jpg", ".png"]), st.integers(0, 2000))
def test_a_cut_file_has_its_size_or_none(extension: str, length: int) -> None:
    whole = encoded(extension, 20, 10)
    assert compressed_size(memoryview(whole[:length])) in (None, (20, 10))
    assert compressed_size(memoryview(whole[: length % 12])) is None


@given(st.sampled_from([b"", b"\xff\xd8", b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n"]), st.binary(max_size=200))
def test_any_bytes_end_in_a_size_or_none(start: bytes, rest: bytes) -> None:
    size = compressed_size(memoryview(start + rest))
    assert size is None or (0 <= size[0] < 2**32 and 0 <= size[1] < 2**32)
