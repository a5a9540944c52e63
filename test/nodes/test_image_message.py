"""Images of every encoding, against OpenCV and against rosbags-image; broken messages by their problem."""

from __future__ import annotations

from typing import Any

import cv2
import numpy as np
import pytest

pytest.importorskip("sensor_msgs.msg", reason="needs ROS 2 (scripts/setup installs it as wheels)")

from sensor_msgs.msg import CompressedImage, Image
from std_msgs.msg import Header

from hrs_ros.nodes.image_message import ImageError, array_to_image, compressed_to_rgb, converter, image_to_rgb

H, W = 6, 8
RGB = np.random.default_rng(5).integers(0, 256, (H, W, 3), np.uint8)


def message(data: np.ndarray, encoding: str, *, padding: int = 0, **fields: Any) -> Image:
    """``padding`` bytes of 0xEE at the end of every row."""
    rows = np.ascontiguousarray(data).view(np.uint8).reshape(H, -1)
    padded = np.pad(rows, ((0, 0), (0, padding)), constant_values=0xEE)
    result = Image(height=H, width=W, encoding=encoding, step=padded.shape[1])
    result.data.frombytes(padded.tobytes())
    for name, value in fields.items():
        setattr(result, name, value)
    return result


@pytest.mark.parametrize("padding", [0, 5])
@pytest.mark.parametrize(
    ("encoding", "data"),
    [
        ("rgb8", RGB),
        ("bgr8", RGB[..., ::-1]),
        ("8UC3", RGB[..., ::-1]),
        ("rgba8", np.dstack([RGB, np.full((H, W), 9, np.uint8)])),
        ("bgra8", np.dstack([RGB[..., ::-1], np.full((H, W), 9, np.uint8)])),
    ],
)
def test_colour_is_exact(encoding: str, data: np.ndarray, padding: int) -> None:
    assert (image_to_rgb(message(data, encoding, padding=padding)) == RGB).all()


@pytest.mark.parametrize("padding", [0, 5])
@pytest.mark.parametrize("encoding", ["mono8", "8UC1"])
def test_grey_fills_three_channels(encoding: str, padding: int) -> None:
    image = image_to_rgb(message(RGB[..., 0], encoding, padding=padding))
    assert image.shape == (H, W, 3) and (image == RGB[..., :1]).all()


@pytest.mark.parametrize("padding", [0, 6])
@pytest.mark.parametrize(
    ("encoding", "code"),
    [
        ("uyvy", cv2.COLOR_YUV2RGB_UYVY),
        ("yuv422", cv2.COLOR_YUV2RGB_UYVY),
        ("yuyv", cv2.COLOR_YUV2RGB_YUYV),
        ("yuv422_yuy2", cv2.COLOR_YUV2RGB_YUYV),
        ("bayer_rggb8", cv2.COLOR_BayerBG2RGB),
        ("bayer_gbrg8", cv2.COLOR_BayerGR2RGB),
    ],
)
def test_camera_formats_agree_with_opencv(encoding: str, code: int, padding: int) -> None:
    data = RGB[..., 0] if encoding.startswith("bayer") else RGB[..., :2]
    expected = cv2.cvtColor(np.ascontiguousarray(data), code)
    assert (image_to_rgb(message(data, encoding, padding=padding)) == expected).all()


def test_sixteen_bits_are_scaled_in_both_byte_orders() -> None:
    wide = RGB.astype(np.uint16) * 257  # 0..65535
    little = image_to_rgb(message(wide.astype("<u2"), "rgb16"))
    big = image_to_rgb(message(wide.astype(">u2"), "rgb16", is_bigendian=1))
    assert np.abs(little.astype(int) - RGB).max() <= 1
    assert (little == big).all()


@pytest.mark.parametrize("encoding", ["rgb8", "bgr8", "mono8", "rgba8", "bgra8"])
def test_own_fast_path_agrees_with_the_converter(encoding: str) -> None:
    channels = {"mono8": 1, "rgba8": 4, "bgra8": 4}.get(encoding, 3)
    data = np.random.default_rng(1).integers(0, 256, (H, W, channels), np.uint8)
    given = message(data, encoding)
    assert (image_to_rgb(given) == np.asarray(converter()(given))).all()


def test_cv_bridge_and_rosbags_image_agree() -> None:
    pytest.importorskip("cv_bridge", reason="needs a ROS 2 installation; cv_bridge is not on PyPI")
    image = pytest.importorskip("rosbags.image", reason="needs rosbags-image")
    from cv_bridge import CvBridge

    given = message(RGB[..., :2], "yuv422")
    assert (CvBridge().imgmsg_to_cv2(given, "rgb8") == image.message_to_cvimage(given, "rgb8")).all()


def test_rgb8_is_a_view() -> None:
    given = message(RGB, "rgb8")
    image = image_to_rgb(given)
    given.data[0] = (int(image[0, 0, 0]) + 1) % 256
    assert image[0, 0, 0] == given.data[0]


@pytest.mark.parametrize(
    ("fields", "problem", "text"),
    [
        ({"width": 0}, "size", "got 0 x 6"),
        ({"height": 0}, "size", "got 8 x 0"),
        ({"encoding": "32FC1"}, "encoding", "got encoding '32FC1'"),
        ({"encoding": ""}, "encoding", "got encoding ''"),
        ({"step": 23}, "step", "at least 24 bytes for 8 pixels of rgb8, got 23"),
        ({"height": 7}, "data", "expected 168 bytes (7 rows of step 24), got 144"),
        ({"width": 2**32 - 1}, "size", "at most 33554432 pixels"),
        ({"height": 2**32 - 1}, "size", "got 8 x 4294967295"),
        ({"encoding": "yuv422", "width": 7}, "encoding", "cannot convert yuv422"),
    ],
)
def test_broken_messages_are_named(fields: dict[str, Any], problem: str, text: str) -> None:
    with pytest.raises(ImageError) as error:
        image_to_rgb(message(RGB, **{"encoding": "rgb8", **fields}))
    assert error.value.problem == problem and text in str(error.value)


@pytest.mark.parametrize("encoding", ["rgb8", "bgr8"])
def test_array_to_image_and_back(encoding: str) -> None:
    header = Header(frame_id="eye")
    array = RGB if encoding == "rgb8" else RGB[..., ::-1]  # not contiguous
    given = array_to_image(array, header=header, encoding=encoding)
    assert (given.height, given.width, given.step, given.encoding) == (H, W, W * 3, encoding)
    assert given.header == header
    assert (image_to_rgb(given) == RGB).all()


@pytest.mark.parametrize("array", [RGB[..., 0], RGB.astype(float), RGB[..., :2]])
def test_array_to_image_refuses_other_arrays(array: np.ndarray) -> None:
    with pytest.raises(ValueError, match="uint8 image"):
        array_to_image(array, header=Header())


def compressed(data: bytes, form: str) -> CompressedImage:
    result = CompressedImage(format=form)
    result.data.frombytes(data)
    return result


def test_png_is_exact_and_jpeg_close() -> None:
    bgr = cv2.resize(np.ascontiguousarray(RGB[..., ::-1]), (64, 48), interpolation=cv2.INTER_CUBIC)
    png = compressed_to_rgb(compressed(cv2.imencode(".png", bgr)[1].tobytes(), "png"))
    assert (png == bgr[..., ::-1]).all()
    jpeg = compressed_to_rgb(compressed(cv2.imencode(".jpg", bgr)[1].tobytes(), "bgr8; jpeg compressed bgr8"))
    assert np.abs(jpeg.astype(int) - bgr[..., ::-1]).mean() < 4


def test_grey_png_has_three_channels() -> None:
    grey = compressed_to_rgb(compressed(cv2.imencode(".png", RGB[..., 0])[1].tobytes(), "png"))
    assert grey.shape == (H, W, 3)


@pytest.mark.parametrize(
    ("data", "form", "problem"),
    [
        (b"", "jpeg", "data"),
        (b"no image", "jpeg", "data"),
        (b"\x89PNG\r\n\x1a\n", "png", "data"),
        (b"\x00" * 40, "32FC1; compressedDepth png", "encoding"),
    ],
)
def test_broken_compressed_images_are_named(data: bytes, form: str, problem: str) -> None:
    with pytest.raises(ImageError) as error:
        compressed_to_rgb(compressed(data, form))
    assert error.value.problem == problem
