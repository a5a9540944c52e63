"""The topic ``markers``: outlines, names and arrows in space, for rviz over a camera or a point cloud."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from builtin_interfaces.msg import Duration
from geometry_msgs.msg import Point, Vector3
from rclpy.qos import QoSProfile, ReliabilityPolicy, qos_profile_sensor_data
from rclpy.qos_overriding_options import QoSOverridingOptions
from sensor_msgs.msg import CameraInfo
from std_msgs.msg import ColorRGBA, Header
from visualization_msgs.msg import Marker, MarkerArray

from hrs_ros.drawing.palette import Colour
from hrs_ros.drawing.wireframe import Line, Outline, Points, wireframe
from hrs_ros.nodes.camera import Camera
from hrs_ros.nodes.component import Frame
from hrs_ros.nodes.depth import DepthCamera, DepthView, SpatialError
from hrs_ros.nodes.display import Display
from hrs_ros.nodes.process import HRSNode
from hrs_ros.scene import Mask
from hrs_ros.spatial import Intrinsics

LIFETIME = 1.0  # seconds a marker stays when no newer ones come
WIDTH = 0.004  # of lines, times the distance [m]: as thick on the screen whatever the distance
LETTERS = 0.04  # height of letters, times the distance [m]


class Markers(Display):
    """At the measured depth where there is one, else on a plane ``marker_distance`` before the camera."""

    def __init__(self, node: HRSNode, camera: Camera, depth: DepthCamera) -> None:
        super().__init__(node)
        self._depth = depth
        self._intrinsics: Intrinsics | None = None
        overridable = QoSOverridingOptions.with_default_policies()
        self._infos = node.create_subscription(
            CameraInfo,
            camera.topic("camera_info"),
            self._note_info,
            qos_profile_sensor_data,
            qos_overriding_options=overridable,
        )
        self._publisher = node.create_publisher(
            MarkerArray,
            camera.topic("markers"),
            QoSProfile(depth=5, reliability=ReliabilityPolicy.RELIABLE),
            qos_overriding_options=overridable,
        )

    def wanted(self) -> bool:
        return self._intrinsics is not None and bool(self._publisher.get_subscription_count())

    def show(self, frame: Frame) -> None:
        assert self._intrinsics is not None  # or it would not be wanted
        scene, nominal = frame.seen.scene, self._node.value("marker_distance")
        try:
            view = self._depth.at(scene.stamp_ns, height=scene.height, width=scene.width)
        except SpatialError:
            view = None  # no depth camera, or no image of it for this frame: the plane does
        outlines, lines = wireframe(
            scene, self._intrinsics, lambda mask: surface_distance(view, mask, otherwise=nominal)
        )
        self._publisher.publish(marker_array(outlines, lines, header=frame.seen.header))

    def close(self) -> None:
        super().close()
        self._node.destroy_subscription(self._infos)
        self._node.destroy_publisher(self._publisher)

    def _note_info(self, message: CameraInfo) -> None:
        try:
            self._intrinsics = Intrinsics.from_matrix(message.k)
        except ValueError as error:
            self._node.get_logger().warning(f"no markers: {error}", throttle_duration_sec=30.0)


def surface_distance(view: DepthView | None, mask: Mask, *, otherwise: float) -> float:
    """Median depth [m] of the mask's pixels; ``otherwise`` where none was measured."""
    if view is None:
        return otherwise
    inside = mask.full(*view.depth.shape)
    measured = view.depth[inside & np.isfinite(view.depth)]
    return float(np.median(measured)) if measured.size else otherwise


def marker_array(outlines: list[Outline], lines: list[Line], *, header: Header) -> MarkerArray:
    """Replaces all markers of the frame before."""
    clear = Marker(header=header, action=Marker.DELETEALL)
    shown = [*_outline_markers(outlines, header), *_line_markers(lines, header)]
    return MarkerArray(markers=[clear, *shown])


def _outline_markers(outlines: list[Outline], header: Header) -> Iterator[Marker]:
    for outline in outlines:
        edges = _marker("outlines", outline.entity_id, Marker.LINE_LIST, outline.colour, header)
        edges.scale = Vector3(x=WIDTH * outline.distance)
        for ring in outline.rings:
            # A list of segments: one marker holds all rings of a thing.
            following = np.roll(ring, -1, axis=0)
            edges.points += _points(np.stack([ring, following], axis=1).reshape(-1, 3))
        yield edges
        name = _marker("names", outline.entity_id, Marker.TEXT_VIEW_FACING, outline.colour, header)
        name.text, (name.pose.position,) = outline.text, _points(outline.place)
        name.pose.position.y -= LETTERS * outline.distance  # up, in an optical frame
        name.scale = Vector3(z=LETTERS * outline.distance)
        yield name


def _line_markers(lines: list[Line], header: Header) -> Iterator[Marker]:
    for number, line in enumerate(lines, start=1):
        distance = float(line.ends[:, 2].mean())
        arrow = _marker("relations", number, Marker.ARROW, line.colour, header)
        arrow.points = _points(line.ends)
        # Diameters of shaft and head, and length of the head.
        arrow.scale = Vector3(x=2 * WIDTH * distance, y=5 * WIDTH * distance, z=8 * WIDTH * distance)
        yield arrow
        text = _marker("predicates", number, Marker.TEXT_VIEW_FACING, line.colour, header)
        text.text, (text.pose.position,) = line.text, _points(line.ends.mean(axis=0, keepdims=True))
        text.scale = Vector3(z=0.8 * LETTERS * distance)
        yield text


def _marker(namespace: str, number: int, kind: int, colour: Colour, header: Header) -> Marker:
    red, green, blue = (value / 255 for value in colour)
    marker = Marker(
        header=header,
        ns=namespace,
        id=number,
        type=kind,
        action=Marker.ADD,
        color=ColorRGBA(r=red, g=green, b=blue, a=1.0),
        lifetime=Duration(sec=int(LIFETIME), nanosec=int(LIFETIME % 1 * 1e9)),
    )
    marker.pose.orientation.w = 1.0
    return marker


def _points(rows: Points) -> list[Point]:
    return [Point(x=x, y=y, z=z) for x, y, z in rows.tolist()]
