"""Poses in answers, between processes: depth, camera_info and tf in; pose, cloud or the reason out."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

pytest.importorskip("rclpy", reason="needs ROS 2 (scripts/setup installs it as wheels)")
pytest.importorskip("hrs_msgs.action", reason="needs the built messages (scripts/build_messages)")

from builtin_interfaces.msg import Time
from rclpy.qos import DurabilityPolicy, QoSProfile
from sensor_msgs.msg import CameraInfo, Image
from std_msgs.msg import Header

from hrs_msgs.msg import HRSScene, SpatialObject
from hrs_msgs.srv import Query
from hrs_ros.nodes.image_message import array_to_image

pytestmark = pytest.mark.ros

SIDE = 128
DISTANCE = 1.5  # metres, of everything the depth camera sees
FOCAL, CENTRE = 100.0, 63.5  # pixels


class DepthRobot:
    """A colour camera, a depth camera and a node."""

    def __init__(self, process: Any, peer: Any) -> None:
        self.process, self.peer, node = process, peer, peer.node
        self.images = node.create_publisher(Image, "image", 5)
        self.depths = node.create_publisher(Image, "depth", 5)
        self.infos = node.create_publisher(CameraInfo, "camera_info", 5)
        self.queries = node.create_client(Query, "query")
        self.scenes: list[HRSScene] = []
        node.create_subscription(HRSScene, "relations", self.scenes.append, 10)
        self._stamp = 0

    def show(self, depth: np.ndarray | None, *, late_ns: int = 0, info: bool = True) -> None:
        """Publish an image with its depth, in millimetres or metres, until the image's scene is back."""
        encoding = "" if depth is None else {"uint16": "16UC1", "float32": "32FC1"}[str(depth.dtype)]
        for _ in range(5):
            self._stamp += 1
            header = Header(stamp=Time(sec=self._stamp), frame_id="eye")
            if info:
                k = [FOCAL, 0.0, CENTRE, 0.0, FOCAL, CENTRE, 0.0, 0.0, 1.0]
                self.infos.publish(CameraInfo(header=header, height=SIDE, width=SIDE, k=k))
            if depth is not None:
                height, width = depth.shape
                stamp = Time(sec=self._stamp, nanosec=late_ns)
                message = Image(
                    header=Header(stamp=stamp, frame_id="depth_optical"),
                    height=height,
                    width=width,
                    encoding=encoding,
                    step=width * depth.itemsize,
                )
                message.data.frombytes(depth.tobytes())
                self.depths.publish(message)
            self.images.publish(array_to_image(np.zeros((SIDE, SIDE, 3), np.uint8), header=header))
            try:
                self.peer.spin_until(
                    lambda header=header: any(scene.header == header for scene in self.scenes), timeout=4
                )
            except AssertionError:
                continue
            return
        raise AssertionError(f"no scene came back:\n{self.process.output}")

    def ask(self, text: str = "plate in left arm", **fields: Any) -> Query.Response:
        request = Query.Request(text=text, want_masks=True, **fields)
        return self.peer.call(self.queries, request)

    def spatial(self, **fields: Any) -> SpatialObject:
        response = self.ask(**fields)
        assert response.status == Query.Response.OK
        assert response.candidates[0].entity.mask.width > 0  # whatever becomes of the pose
        return response.candidates[0].spatial[0]


@pytest.fixture(scope="module")
def robot(start_node: Any, peer: Any, constant_model: Path) -> Iterator[DepthRobot]:
    process = start_node(
        "perception", model=constant_model, provider="cpu", threads=1, stale_after=3600.0, use_depth=True
    )
    robot = DepthRobot(process, peer)
    process.wait_for("waiting for images on /hrs/image")
    peer.spin_until(robot.queries.service_is_ready, what="query service")
    for publisher in (robot.images, robot.depths, robot.infos):
        peer.spin_until(lambda publisher=publisher: publisher.get_subscription_count() > 0)
    yield robot


def _flat(distance: float = DISTANCE) -> np.ndarray:
    return np.full((SIDE, SIDE), distance, np.float32)


def test_without_depth_the_mask_still_comes(robot: DepthRobot) -> None:
    robot.show(None, info=False)
    found = robot.spatial(want_pose=True)
    assert found.status == SpatialObject.NO_DEPTH and "depth" in found.sentence


def test_without_camera_info(robot: DepthRobot) -> None:
    robot.show(_flat(), info=False)
    assert robot.spatial(want_pose=True).status == SpatialObject.NO_CAMERA_INFO


@pytest.mark.parametrize("depth", [_flat(), np.full((SIDE, SIDE), 1500, np.uint16)], ids=["32FC1", "16UC1"])
def test_pose_of_the_plate_in_the_left_arm(robot: DepthRobot, depth: np.ndarray) -> None:
    robot.show(depth)
    response = robot.ask(want_pose=True)
    found = response.candidates[0].spatial[0]
    assert found.status == SpatialObject.OK
    assert (found.header.frame_id, found.header.stamp) == ("depth_optical", response.header.stamp)
    # Map columns 10-14 and rows 6-8 of 16 are pixels 80-119 and 48-71 of 128; the left arm covers the columns
    # 80-95 and is cut away.
    mask_centre_x, mask_centre_y = (96 + 119) / 2, (48 + 71) / 2
    position = found.pose.position
    assert position.z == pytest.approx(DISTANCE, abs=1e-6)
    assert position.x == pytest.approx((mask_centre_x - CENTRE) / FOCAL * DISTANCE, abs=0.03)
    assert position.y == pytest.approx((mask_centre_y - CENTRE) / FOCAL * DISTANCE, abs=0.01)
    assert found.valid_depth_ratio == 1 and found.points > 100
    assert list(found.cloud) == []


def test_cloud_is_asked_for(robot: DepthRobot) -> None:
    robot.show(_flat())
    found = robot.spatial(want_cloud=True)
    (cloud,) = found.cloud
    points = np.frombuffer(bytes(cloud.data), "<f4").reshape(-1, 3)
    assert len(points) == found.points == cloud.width
    position = found.pose.position
    np.testing.assert_allclose(points.mean(axis=0), [position.x, position.y, position.z], atol=1e-5)
    assert list(robot.ask().candidates[0].spatial) == []


@pytest.mark.parametrize(
    ("depth", "late_ns", "status", "said"),
    [
        (_flat(), 100_000_000, SpatialObject.NO_DEPTH, "within 0.02 s"),
        (np.zeros((SIDE, SIDE), np.uint16), 0, SpatialObject.TOO_FEW_POINTS, "have depth"),
        (np.ones((SIDE // 2, SIDE), np.float32), 0, SpatialObject.BAD_DEPTH, "registered"),
    ],
)
def test_the_reason_why_not(
    robot: DepthRobot, depth: np.ndarray, late_ns: int, status: int, said: str
) -> None:
    robot.show(depth, late_ns=late_ns)
    found = robot.spatial(want_pose=True)
    assert found.status == status and said in found.sentence


def test_a_frame_that_tf_does_not_know(robot: DepthRobot) -> None:
    robot.show(_flat())
    found = robot.spatial(want_pose=True, target_frame="base")
    assert found.status == SpatialObject.NO_TRANSFORM
    assert "base" in found.sentence and "depth_optical" in found.sentence
    assert robot.spatial(want_pose=True, target_frame="depth_optical").status == SpatialObject.OK


def test_pose_in_another_frame(robot: DepthRobot) -> None:
    pytest.importorskip("tf2_ros", reason="comes with a ROS 2 installation")
    from geometry_msgs.msg import Quaternion, Transform, TransformStamped, Vector3
    from tf2_msgs.msg import TFMessage

    latched = QoSProfile(depth=1, durability=DurabilityPolicy.TRANSIENT_LOCAL)
    publisher = robot.peer.node.create_publisher(TFMessage, "/tf_static", latched)
    # The camera looks along the base's x axis from 1 m above it.
    transform = Transform(translation=Vector3(z=1.0), rotation=Quaternion(x=-0.5, y=0.5, z=-0.5, w=0.5))
    stamped = TransformStamped(
        header=Header(frame_id="base"), child_frame_id="depth_optical", transform=transform
    )
    publisher.publish(TFMessage(transforms=[stamped]))
    robot.show(_flat())
    camera = robot.spatial(want_pose=True).pose.position
    answers: list[SpatialObject] = []

    def known() -> bool:
        answers.append(robot.spatial(want_pose=True, target_frame="base"))
        return answers[-1].status == SpatialObject.OK

    robot.peer.spin_until(known, what="the transform")
    base = answers[-1].pose.position
    assert answers[-1].header.frame_id == "base"
    assert (base.x, base.y, base.z) == pytest.approx((camera.z, -camera.x, 1 - camera.y))
