"""The depth images of a camera, kept for as long as a request may ask about the frames they belong to."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from rclpy.qos import qos_profile_sensor_data
from rclpy.qos_overriding_options import QoSOverridingOptions
from sensor_msgs.msg import CameraInfo, Image

from hrs_msgs.msg import SpatialObject
from hrs_ros.nodes.camera import Camera
from hrs_ros.nodes.messages import stamp_ns
from hrs_ros.nodes.process import HRSNode
from hrs_ros.spatial import Intrinsics
from hrs_ros.spatial.depth import metres

_TYPES = {"16UC1": "u2", "mono16": "u2", "32FC1": "f4"}
KEPT = 60  # images; two seconds of a usual camera


class SpatialError(ValueError):
    """Why no place can be told; ``status`` is one of SpatialObject's constants."""

    def __init__(self, status: int, text: str) -> None:
        super().__init__(text)
        self.status = status


@dataclass(frozen=True, slots=True, eq=False)
class DepthView:
    """One depth image as numbers."""

    depth: NDArray[np.float32]  # (H, W) metres, NaN where nothing was measured
    intrinsics: Intrinsics
    frame_id: str


class DepthCamera:
    """Subscribes to ``depth`` and ``camera_info`` where the parameter ``use_depth`` says so.

    Callbacks and questions come on the executor's thread; an image is converted only when it is asked for.
    """

    def __init__(self, node: HRSNode, camera: Camera) -> None:
        self._node = node
        self._images: deque[Image] = deque(maxlen=KEPT)
        self._info: CameraInfo | None = None
        self._subscriptions = []
        self._topics = [camera.topic("depth"), camera.topic("camera_info")]
        if node.value("use_depth"):
            for kind, topic, receive in zip(
                (Image, CameraInfo), self._topics, (self._note_image, self._note_info), strict=True
            ):
                self._subscriptions.append(
                    node.create_subscription(
                        kind,
                        topic,
                        receive,
                        qos_profile_sensor_data,
                        qos_overriding_options=QoSOverridingOptions.with_default_policies(),
                    )
                )

    def at(self, stamp: int, *, height: int, width: int) -> DepthView:
        """The depth image nearest to ``stamp`` [ns], for a colour image of this size. Raises SpatialError."""
        if not self._subscriptions:
            raise SpatialError(
                SpatialObject.NO_DEPTH, "depth images are not used; set the parameter use_depth to true"
            )
        image = min(self._images, key=lambda kept: abs(stamp_ns(kept.header) - stamp), default=None)
        slop = self._node.value("depth_slop")
        if image is None or abs(stamp_ns(image.header) - stamp) > slop * 1e9:
            raise SpatialError(
                SpatialObject.NO_DEPTH,
                f"no depth image within {slop:g} s of the image's stamp came on {self._topics[0]}",
            )
        if self._info is None:
            raise SpatialError(SpatialObject.NO_CAMERA_INFO, f"nothing came on {self._topics[1]} yet")
        try:
            intrinsics = Intrinsics.from_matrix(self._info.k)
        except ValueError as error:
            raise SpatialError(SpatialObject.NO_CAMERA_INFO, str(error)) from error
        if (image.height, image.width) != (height, width):
            raise SpatialError(
                SpatialObject.BAD_DEPTH,
                f"expected depth registered to the image of {width} x {height}, got {image.width} x "
                f"{image.height}; use the driver's aligned depth",
            )
        return DepthView(depth_from_message(image), intrinsics, image.header.frame_id)

    def close(self) -> None:
        for subscription in self._subscriptions:
            self._node.destroy_subscription(subscription)
        self._subscriptions.clear()

    def _note_image(self, message: Image) -> None:
        self._images.append(message)

    def _note_info(self, message: CameraInfo) -> None:
        self._info = message


def depth_from_message(message: Image) -> NDArray[np.float32]:
    """(H, W) metres, NaN where nothing was measured. Raises SpatialError for what is no depth image."""
    code = _TYPES.get(message.encoding)
    if code is None:
        raise SpatialError(
            SpatialObject.BAD_DEPTH,
            f"expected a depth image of {', '.join(_TYPES)}, got encoding {message.encoding!r}",
        )
    kind = np.dtype(code).newbyteorder(">" if message.is_bigendian else "<")
    row, size = message.width * kind.itemsize, message.step * message.height
    if message.step < row or len(message.data) < size:
        raise SpatialError(
            SpatialObject.BAD_DEPTH,
            f"expected {message.height} rows of at least {row} bytes, got a step of {message.step} and "
            f"{len(message.data)} bytes of data",
        )
    rows = np.frombuffer(message.data, np.uint8, size).reshape(message.height, message.step)[:, :row]
    return metres(np.ascontiguousarray(rows).view(kind).astype(kind.newbyteorder("=")))
