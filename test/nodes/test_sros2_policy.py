"""config/sros2_policy.xml allows what the node uses: no more, no less."""

from __future__ import annotations

import xml.etree.ElementTree as ElementTree
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("rclpy", reason="needs ROS 2 (scripts/setup installs it as wheels)")
pytest.importorskip("hrs_msgs.srv", reason="needs the built messages (scripts/build_messages)")

pytestmark = pytest.mark.ros

NODE, NAMESPACE = "hrs_perception", "/hrs"
OPTIONAL = {"/clock", "/tf", "/tf_static"}  # with use_sim_time; where tf2_ros is installed
ACTION = "/_action/"  # the services and topics behind an action


def full(name: str) -> str:
    """A policy's name in the graph."""
    if name.startswith("/"):
        return name
    return f"{NAMESPACE}/{NODE}{name[1:]}" if name.startswith("~") else f"{NAMESPACE}/{name}"


def allowed(repository: Path, kind: str, right: str) -> set[str]:
    """Names of ``kind`` ("topic") that the node may use as ``right`` ("publish") says."""
    root = ElementTree.parse(repository / "config" / "sros2_policy.xml").getroot()
    (profile,) = (p for p in root.iter("profile") if (p.get("node"), p.get("ns")) == (NODE, NAMESPACE))
    return {
        full(element.text or "")
        for group in profile.iter(f"{kind}s")
        if group.get(right) == "ALLOW"
        for element in group.iter(kind)
    }


def test_policy_is_what_the_graph_shows(
    repository: Path, start_node: Any, peer: Any, constant_model: Path
) -> None:
    camera = "image:=/camera/image_raw"
    process = start_node("perception", "-r", camera, model=constant_model, threads=1, use_depth=True)
    process.wait_for("waiting for images on /camera/image_raw")
    node = peer.node

    def names(pairs: list[tuple[str, list[str]]]) -> set[str]:
        return {name for name, _ in pairs}

    def services() -> set[str]:
        return names(node.get_service_names_and_types_by_node(NODE, NAMESPACE))

    def subscribed() -> set[str]:
        return names(node.get_subscriber_names_and_types_by_node(NODE, NAMESPACE))

    peer.spin_until(
        lambda: (NODE, NAMESPACE) in node.get_node_names_and_namespaces(), what="the node in the graph"
    )
    peer.spin_until(lambda: f"{NAMESPACE}/query" in services(), what="its services in the graph")
    # The image topics are the last that the node opens. Counting subscribers would not do: a topic may be
    # known to have one before it is known whose it is.
    peer.spin_until(lambda: "/camera/image_raw" in subscribed(), what="its subscriptions")
    published = names(node.get_publisher_names_and_types_by_node(NODE, NAMESPACE))
    assert {n for n in published if ACTION not in n} == allowed(repository, "topic", "publish")
    subscriptions = {n for n in subscribed() if ACTION not in n} | OPTIONAL
    assert subscriptions == allowed(repository, "topic", "subscribe")
    assert {n for n in services() if ACTION not in n} == allowed(repository, "service", "reply")
    actions = {n.split(ACTION)[0] for n in services() if ACTION in n}
    assert actions == allowed(repository, "action", "execute")
    assert process.interrupt() == 0
