"""What people look at, over a real process boundary: compressed overlays and markers, only when wanted."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

pytest.importorskip("rclpy", reason="needs ROS 2 (scripts/setup installs it as wheels)")
pytest.importorskip("hrs_msgs.msg", reason="needs the built messages (scripts/build_messages)")

from rclpy.qos import qos_profile_sensor_data
from sensor_msgs.msg import CameraInfo, CompressedImage, Image
from std_msgs.msg import Header
from visualization_msgs.msg import MarkerArray

from hrs_msgs.msg import HRSScene
from hrs_ros.drawing import draw_scene
from hrs_ros.nodes.image_message import array_to_image, compressed_to_rgb
from hrs_ros.nodes.messages import scene_from_message
from hrs_ros.nodes.player import pinhole

pytestmark = pytest.mark.ros


def test_overlay_as_jpeg_markers_and_tracks(start_node: Any, peer: Any, constant_model: Path) -> None:
    node = peer.node
    process = start_node(
        "perception",
        "-r",
        "__ns:=/show",
        model=constant_model,
        threads=1,
        annotated_rate=30.0,
        marker_distance=3.0,
    )
    process.wait_for("waiting for images")
    overlays: list[CompressedImage] = []
    markers: list[MarkerArray] = []
    scenes: list[HRSScene] = []
    node.create_subscription(CompressedImage, "/show/annotated/compressed", overlays.append, 5)
    node.create_subscription(MarkerArray, "/show/markers", markers.append, 5)
    node.create_subscription(HRSScene, "/show/relations", scenes.append, 5)
    images = node.create_publisher(Image, "/show/image", qos_profile_sensor_data)
    infos = node.create_publisher(CameraInfo, "/show/camera_info", qos_profile_sensor_data)
    picture = np.full((120, 120, 3), 90, np.uint8)
    stamp = 0

    def publish() -> None:
        nonlocal stamp
        stamp += 1
        header = Header(frame_id="eye")
        header.stamp.sec, header.stamp.nanosec = 10 + stamp // 10, stamp % 10 * 100_000_000
        infos.publish(pinhole(120, 120, fov=60.0, header=header))
        images.publish(array_to_image(picture, header=header))

    timer = node.create_timer(0.1, publish)
    peer.spin_until(lambda: overlays and markers and len(scenes) > 5, timeout=60, what="overlay and markers")
    node.destroy_timer(timer)

    first, last = scenes[0], scenes[-1]
    assert [e.track_id for e in first.entities] == [e.track_id for e in last.entities] == [1, 2, 3]
    assert all(relation.since == scenes[0].header.stamp for relation in last.relations)

    drawn = compressed_to_rgb(overlays[-1]).astype(int)
    expected = draw_scene(picture, scene_from_message(last)).astype(int)
    assert overlays[-1].format == "jpeg" and np.abs(drawn - expected).mean() < 10

    shown = markers[-1].markers
    assert {marker.header.frame_id for marker in shown} == {"eye"}
    names = {marker.text for marker in shown if marker.ns == "names"}
    assert names == {"human 1", "plate 1", "plate 2"}
    depths = {round(p.z, 6) for marker in shown if marker.ns == "outlines" for p in marker.points}
    assert depths == {3.0}
    assert {marker.text for marker in shown if marker.ns == "predicates"} == {"hold"}
    assert process.interrupt() == 0 and "Traceback" not in process.output
