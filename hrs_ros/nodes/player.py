"""hrs_player: a video file, a folder of images, a bag or a live camera as image and camera_info topics."""

from __future__ import annotations

import math
from typing import Any

from rclpy.qos import QoSProfile, ReliabilityPolicy
from rclpy.qos_overriding_options import QoSOverridingOptions
from sensor_msgs.msg import CameraInfo, Image
from std_msgs.msg import Header

from hrs_ros.nodes.frame_source import FrameSource, SourceError, open_source
from hrs_ros.nodes.image_message import array_to_image
from hrs_ros.nodes.parameters import Setting, declare
from hrs_ros.nodes.process import HRSNode, run_node

NAME = "hrs_player"

SETTINGS = (
    Setting(
        "source",
        "",
        "video file, folder of images, bag with one image topic, or number of a camera",
        any_type=True,
    ),
    Setting("rate", 0.0, "images a second; 0: the source's own", high=240),
    Setting("loop", True, "start again at the end; false: the node ends with the last image"),
    Setting("wait_for_subscriber", False, "hold the first image back until somebody subscribes"),
    Setting("frame_id", "camera", "frame_id of the headers"),
    Setting("fov", 60.0, "horizontal field of view behind camera_info [degree]", low=1, high=179),
)


class PlayerNode(HRSNode):
    """Publishes one frame a timer tick, stamped with the node's clock."""

    def __init__(self, **options: Any) -> None:
        super().__init__(NAME, **options)
        declare(self, SETTINGS)
        self._source: FrameSource | None = None
        self._published = 0

    def configure(self) -> None:
        """Open the source. Raises SourceError."""
        self._source = open_source(str(self.value("source")))

    def activate(self) -> None:
        assert self._source is not None  # configure comes first
        # Best effort, as cameras do: a slow reader must not slow the others down.
        quality = QoSProfile(depth=5, reliability=ReliabilityPolicy.BEST_EFFORT)
        overridable = QoSOverridingOptions.with_default_policies()
        self._images = self.create_publisher(Image, "image", quality, qos_overriding_options=overridable)
        self._infos = self.create_publisher(
            CameraInfo, "camera_info", quality, qos_overriding_options=overridable
        )
        rate = self.value("rate") or self._source.rate
        self._timer = self.create_timer(1 / rate, self._play)
        self.get_logger().info(f"playing {self.value('source')} at {rate:g} Hz on {self._images.topic_name}")

    def deactivate(self) -> None:
        if self._source is not None:
            self._source.close()

    def _play(self) -> None:
        assert self._source is not None
        if (
            self._published == 0
            and self.value("wait_for_subscriber")
            and not self._images.get_subscription_count()
        ):
            return
        try:
            image = self._source.read()
            if image is None and self.value("loop") and self._published:
                self._source.rewind()
                image = self._source.read()
        except SourceError as error:
            self.get_logger().error(str(error), throttle_duration_sec=5.0)
            return
        if image is None:
            self._finish()
            return
        header = Header(stamp=self.get_clock().now().to_msg(), frame_id=self.value("frame_id"))
        height, width = image.shape[:2]
        self._images.publish(array_to_image(image, header=header))
        self._infos.publish(pinhole(width, height, fov=self.value("fov"), header=header))
        self._published += 1

    def _finish(self) -> None:
        self.get_logger().info(f"end of {self.value('source')}, {self._published} images published")
        self._timer.cancel()
        self.finished.set_result(None)


def pinhole(width: int, height: int, *, fov: float, header: Header) -> CameraInfo:
    """An ideal camera: square pixels, principal point in the middle, no distortion. ``fov`` in degrees."""
    focal = width / 2 / math.tan(math.radians(fov) / 2)
    # Pixel centres have whole coordinates in ROS: the middle of the image is half a pixel before width / 2.
    cx, cy = (width - 1) / 2, (height - 1) / 2
    return CameraInfo(
        header=header,
        width=width,
        height=height,
        distortion_model="plumb_bob",
        d=[0.0] * 5,
        k=[focal, 0.0, cx, 0.0, focal, cy, 0.0, 0.0, 1.0],
        r=[1.0, 0.0, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 1.0],
        p=[focal, 0.0, cx, 0.0, 0.0, focal, cy, 0.0, 0.0, 0.0, 1.0, 0.0],
    )


def main(arguments: list[str] | None = None) -> int:
    """Exit status 0 at the end of the source or after SIGINT, 2 for a source that cannot be used."""
    return run_node(PlayerNode, name=NAME, arguments=arguments)


if __name__ == "__main__":
    raise SystemExit(main())
