"""The topic ``/diagnostics``, where robots look for what ails them."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from diagnostic_msgs.msg import DiagnosticArray, DiagnosticStatus
from rclpy.qos import QoSProfile
from std_msgs.msg import Header

from hrs_ros.nodes.process import HRSNode

PERIOD = 1.0  # seconds; what diagnostic_aggregator and rqt_robot_monitor expect


class Diagnostics:
    """Publishes ``report()`` once a second, in every state of the node."""

    def __init__(self, node: HRSNode, report: Callable[[], Sequence[DiagnosticStatus]]) -> None:
        self._node = node
        self._report = report
        self._publisher = node.create_publisher(DiagnosticArray, "/diagnostics", QoSProfile(depth=10))
        node.create_steady_timer(PERIOD, self.publish)

    def publish(self) -> None:
        header = Header(stamp=self._node.get_clock().now().to_msg())
        self._publisher.publish(DiagnosticArray(header=header, status=list(self._report())))
