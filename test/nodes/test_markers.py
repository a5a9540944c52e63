"""Marker messages: where they stand, what replaces what, and depth where it was measured."""

from __future__ import annotations

import numpy as np
import pytest

pytest.importorskip("rclpy", reason="needs ROS 2 (scripts/setup installs it as wheels)")

from std_msgs.msg import Header
from visualization_msgs.msg import Marker

from hrs_ros.drawing.wireframe import wireframe
from hrs_ros.nodes.depth import DepthView
from hrs_ros.nodes.markers import LETTERS, WIDTH, marker_array, surface_distance
from hrs_ros.scene import Entity, Mask, Relation, Scene
from hrs_ros.spatial import Intrinsics
from hrs_ros.vocabulary import vocabulary

WORDS = vocabulary()
CAMERA = Intrinsics(fx=100, fy=100, cx=0, cy=0)


def block(x: int, y: int) -> Mask:
    return Mask(x=x, y=y, bits=np.ones((10, 20), bool))


def scene() -> Scene:
    people = tuple(Entity(index, WORDS.human, 0.9, block(40 * index, 10)) for index in (1, 2))
    return Scene(100, 200, people, (Relation(1, WORDS.relation_id("next to"), 2, 0.5),))


def test_a_frame_is_outlines_names_arrows_and_predicates_after_a_clean_slate() -> None:
    header = Header(frame_id="eye")
    header.stamp.sec = 7
    outlines, lines = wireframe(scene(), CAMERA, lambda mask: 2.0)
    markers = marker_array(outlines, lines, header=header).markers
    assert markers[0].action == Marker.DELETEALL
    keys = [(marker.ns, marker.id) for marker in markers[1:]]
    assert sorted(keys) == [
        ("names", 1), ("names", 2), ("outlines", 1), ("outlines", 2), ("predicates", 1), ("relations", 1)
    ]  # fmt: skip
    assert all((marker.header.frame_id, marker.header.stamp.sec) == ("eye", 7) for marker in markers)
    assert all(marker.pose.orientation.w == 1 and marker.color.a == 1 for marker in markers[1:])
    by = {(marker.ns, marker.id): marker for marker in markers[1:]}
    edges = by["outlines", 1]
    assert edges.type == Marker.LINE_LIST and edges.scale.x == pytest.approx(2 * WIDTH)
    assert len(edges.points) == 8  # four sides
    for start, end in zip(edges.points[1::2], edges.points[2::2], strict=False):
        assert (start.x, start.y) == (end.x, end.y)  # segment after segment
    name = by["names", 2]
    assert name.text == "human 2" and name.scale.z == pytest.approx(2 * LETTERS)
    assert name.pose.position.x == pytest.approx(2 * 89.5 / 100)
    assert name.pose.position.y == pytest.approx(2 * 10 / 100 - 2 * LETTERS)
    arrow = by["relations", 1]
    assert len(arrow.points) == 2 and arrow.points[0].x < arrow.points[1].x
    assert by["predicates", 1].text == "next to"


def test_depth_is_the_median_of_what_was_measured_inside_the_mask() -> None:
    depth = np.full((100, 200), 5.0, np.float32)
    mask = block(40, 10)
    depth[10:20, 40:60] = 1.5
    depth[10:14, 40:60] = np.nan
    depth[14, 40:44] = 9.0
    view = DepthView(depth, CAMERA, "eye")
    assert surface_distance(view, mask, otherwise=2.0) == 1.5
    depth[10:20, 40:60] = np.nan
    assert surface_distance(view, mask, otherwise=2.0) == 2.0
    assert surface_distance(None, mask, otherwise=2.5) == 2.5
