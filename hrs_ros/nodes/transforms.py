"""Poses between frames at a time, from tf2 where it is installed."""

from __future__ import annotations

from typing import Any

from builtin_interfaces.msg import Time as TimeMessage
from rclpy.node import Node
from rclpy.time import Time

from hrs_msgs.msg import SpatialObject
from hrs_ros.nodes.depth import SpatialError
from hrs_ros.spatial import Rigid


class Transforms:
    """Listens to /tf and /tf_static with tf2_ros.

    tf2_ros is part of every ROS 2 installation, and of no wheel: without it, poses are told in the camera's
    own frame only, and a request for another one says so.
    """

    def __init__(self, node: Node) -> None:
        self._buffer: Any = None
        self._listener: Any = None
        try:
            from tf2_ros import Buffer, TransformListener
        except ImportError:
            return
        self._buffer = Buffer(node=node)
        self._listener = TransformListener(self._buffer, node)

    def motion(self, *, target: str, source: str, stamp: TimeMessage) -> Rigid:
        """Maps points of the frame ``source`` at ``stamp`` to the frame ``target``. Raises SpatialError."""
        if not target or target == source:
            return Rigid.identity()
        if self._buffer is None:
            raise SpatialError(
                SpatialObject.NO_TRANSFORM,
                f"expected tf2_ros to go from {source!r} to {target!r}, found none; install it "
                "(apt install ros-$ROS_DISTRO-tf2-ros-py), or leave target_frame empty",
            )
        from tf2_ros import TransformException

        try:
            found = self._buffer.lookup_transform(target, source, Time.from_msg(stamp)).transform
        except TransformException as error:
            raise SpatialError(SpatialObject.NO_TRANSFORM, f"{source!r} to {target!r}: {error}") from error
        q, t = found.rotation, found.translation
        return Rigid.from_quaternion((q.x, q.y, q.z, q.w), (t.x, t.y, t.z))

    def close(self) -> None:
        if self._listener is not None:
            self._listener.unregister()
            self._listener = self._buffer = None
