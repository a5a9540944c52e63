"""sensor_msgs/Image and CompressedImage <-> RGB arrays: the one place that knows encodings."""

from __future__ import annotations

import functools
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray
from sensor_msgs.msg import CompressedImage, Image
from std_msgs.msg import Header

from hrs_ros.nodes.compressed_size import compressed_size

RGBImage = NDArray[np.uint8]  # (H, W, 3)
JPEG_QUALITY = 90  # letters of overlays stay sharp

# Encodings of one byte a channel that need no converter: number of channels, OpenCV conversion to RGB.
# 8UC3 names no colour order; OpenCV programs publish it for BGR.
_SIMPLE: dict[str, tuple[int, int | None]] = {
    "rgb8": (3, None),
    "bgr8": (3, cv2.COLOR_BGR2RGB),
    "8UC3": (3, cv2.COLOR_BGR2RGB),
    "rgba8": (4, cv2.COLOR_RGBA2RGB),
    "bgra8": (4, cv2.COLOR_BGRA2RGB),
    "8UC4": (4, cv2.COLOR_BGRA2RGB),
    "mono8": (1, cv2.COLOR_GRAY2RGB),
    "8UC1": (1, cv2.COLOR_GRAY2RGB),
}
# Encodings left to a converter: bytes a pixel.
_CONVERTED = {
    "rgb16": 6, "bgr16": 6, "rgba16": 8, "bgra16": 8, "mono16": 2,
    "uyvy": 2, "yuv422": 2, "yuyv": 2, "yuv422_yuy2": 2,
    **{f"bayer_{order}{bits}": bits // 8 for order in ("rggb", "bggr", "gbrg", "grbg") for bits in (8, 16)},
}  # fmt: skip


class ImageError(ValueError):
    """An image message that cannot be used. ``problem`` is its short, stable name."""

    def __init__(self, problem: str, text: str) -> None:
        super().__init__(text)
        self.problem = problem


@dataclass(frozen=True, slots=True)
class ImageLimits:
    """What is taken from outside; a message that claims more is refused before memory is taken for it."""

    pixels: int = 1 << 25  # 8192 x 4096
    compressed_bytes: int = 64 << 20


DEFAULT_LIMITS = ImageLimits()


def image_to_rgb(message: Image, *, limits: ImageLimits = DEFAULT_LIMITS) -> RGBImage:
    """(H, W, 3) uint8 RGB. An rgb8 message is viewed, not copied: keep the message unchanged meanwhile.

    Raises ImageError for an image without pixels or beyond the limits, an encoding that is not a colour or
    grey image, rows longer than their step, and data shorter than rows times step.
    """
    height, width, encoding = message.height, message.width, message.encoding
    _check_size(width, height, limits)
    simple = encoding in _SIMPLE
    if not simple and encoding not in _CONVERTED:
        raise ImageError(
            "encoding",
            f"expected a colour or grey image, got encoding {encoding!r}; "
            f"usable: {', '.join(sorted({**_SIMPLE, **_CONVERTED}))}",
        )
    pixel = _SIMPLE[encoding][0] if simple else _CONVERTED[encoding]
    rows = _rows(message, row_bytes=width * pixel)
    if not simple:
        return _convert(message, rows)
    channels, conversion = _SIMPLE[encoding]
    image = (
        rows.reshape(height, width, channels) if rows.flags.c_contiguous else _split(rows, width, channels)
    )
    return image if conversion is None else np.asarray(cv2.cvtColor(image, conversion), np.uint8)


def compressed_to_rgb(message: CompressedImage, *, limits: ImageLimits = DEFAULT_LIMITS) -> RGBImage:
    """(H, W, 3) uint8 RGB of a JPEG or PNG in a message.

    The orientation tag is not applied: pixels stay where camera_info has them. Raises ImageError, also for
    other formats: their decoders are many, seldom used and a way in.
    """
    if "compresseddepth" in message.format.lower():
        raise ImageError(
            "encoding", f"expected a colour image, got a depth image of format {message.format!r}"
        )
    data = np.frombuffer(message.data, np.uint8)
    if not 0 < data.size <= limits.compressed_bytes:
        raise ImageError(
            "data",
            f"expected a compressed image ({message.format!r}) of 1 to {limits.compressed_bytes} bytes, "
            f"got {data.size}",
        )
    unreadable = ImageError(
        "data",
        f"expected a JPEG or PNG image, got {data.size} bytes of format {message.format!r} that do not "
        "decode; they are cut off or of another format",
    )
    size = compressed_size(data.data)
    if size is None:
        raise unreadable
    _check_size(*size, limits)
    try:
        image = cv2.imdecode(data, cv2.IMREAD_COLOR | cv2.IMREAD_IGNORE_ORIENTATION)
    except cv2.error as error:
        raise unreadable from error
    if image is None:
        raise unreadable
    return np.asarray(cv2.cvtColor(image, cv2.COLOR_BGR2RGB), np.uint8)


def array_to_compressed(image: RGBImage, *, header: Header) -> CompressedImage:
    """JPEG message of an (H, W, 3) uint8 RGB image."""
    good, data = cv2.imencode(
        ".jpg", cv2.cvtColor(image, cv2.COLOR_RGB2BGR), [cv2.IMWRITE_JPEG_QUALITY, JPEG_QUALITY]
    )
    if not good:
        raise ValueError(f"cannot encode an image {image.shape} of {image.dtype} as JPEG")
    message = CompressedImage(header=header, format="jpeg")
    message.data.frombytes(data.data.cast("B"))
    return message


def array_to_image(image: NDArray[np.uint8], *, header: Header, encoding: str = "rgb8") -> Image:
    """Message of an (H, W, 3) uint8 array whose channel order is ``encoding`` ("rgb8" or "bgr8")."""
    if image.ndim != 3 or image.shape[2] != 3 or image.dtype != np.uint8:
        raise ValueError(f"expected an (H, W, 3) uint8 image, got {image.shape} {image.dtype}")
    height, width, channels = image.shape
    message = Image(
        header=header, height=height, width=width, encoding=encoding, is_bigendian=0, step=width * channels
    )
    # The fast way into uint8[]: assigning bytes, lists or arrays is checked element by element.
    message.data.frombytes(np.ascontiguousarray(image).data.cast("B"))
    return message


def _check_size(width: int, height: int, limits: ImageLimits) -> None:
    if height == 0 or width == 0:
        raise ImageError(
            "size", f"expected an image with pixels, got {width} x {height}; check the camera driver"
        )
    if width * height > limits.pixels:
        raise ImageError(
            "size",
            f"expected an image of at most {limits.pixels} pixels, got {width} x {height}; "
            "scale it down, or raise the parameter max_image_pixels",
        )


def _rows(message: Image, *, row_bytes: int) -> NDArray[np.uint8]:
    """(height, row_bytes) view of the data without the padding at the end of rows."""
    if message.step < row_bytes:
        raise ImageError(
            "step",
            f"expected a step of at least {row_bytes} bytes for {message.width} pixels of "
            f"{message.encoding}, got {message.step}",
        )
    data = np.frombuffer(message.data, np.uint8)
    size = message.step * message.height
    if data.size < size:
        raise ImageError(
            "data",
            f"expected {size} bytes ({message.height} rows of step {message.step}), got {data.size}: "
            "the image is truncated",
        )
    return data[:size].reshape(message.height, message.step)[:, :row_bytes]


def _split(rows: NDArray[np.uint8], width: int, channels: int) -> NDArray[np.uint8]:
    """(H, W, C) view of padded rows, which reshape would copy."""
    step = rows.strides[0]
    return np.lib.stride_tricks.as_strided(
        rows, shape=(rows.shape[0], width, channels), strides=(step, channels, 1), writeable=False
    )


def _convert(message: Image, rows: NDArray[np.uint8]) -> RGBImage:
    plain = Image(
        header=message.header,
        height=message.height,
        width=message.width,
        encoding=message.encoding,
        is_bigendian=message.is_bigendian,
        step=rows.shape[1],
    )
    plain.data.frombytes(np.ascontiguousarray(rows).data.cast("B"))
    try:
        image = np.asarray(converter()(plain))
    except ImportError:
        raise
    except Exception as error:  # each converter has its own error classes, OpenCV's among them
        raise ImageError("encoding", f"cannot convert {message.encoding} to RGB: {error}") from error
    return np.ascontiguousarray(image, np.uint8)


@functools.cache
def converter() -> Callable[[Image], Any]:
    """Message of any encoding -> RGB array: cv_bridge where it works, rosbags-image otherwise.

    cv_bridge may be importable and still fail: its compiled part is built for one NumPy and one OpenCV.
    """
    try:
        from cv_bridge import CvBridge

        bridge = CvBridge()
        probe = Image(height=1, width=2, encoding="yuv422", step=4)
        probe.data.frombytes(bytes(4))
        bridge.imgmsg_to_cv2(probe, "rgb8")
    except Exception:  # ImportError, or whatever a compiled part that does not fit raises
        return _rosbags_converter()
    return lambda message: bridge.imgmsg_to_cv2(message, "rgb8")


def _rosbags_converter() -> Callable[[Image], Any]:
    try:
        from rosbags.image import message_to_cvimage
    except ImportError as error:
        raise ImportError(
            "neither cv_bridge nor rosbags-image can be used to convert this image encoding; "
            "install one: `apt install ros-$ROS_DISTRO-cv-bridge` or `pip install rosbags-image`"
        ) from error
    return lambda message: message_to_cvimage(message, "rgb8")
