"""Frame rate of the perception node, messages and DDS included, beside that of the engine it runs."""

from __future__ import annotations

import functools
import subprocess
import time
from collections.abc import Callable, Sequence
from itertools import cycle
from pathlib import Path
from typing import Any

import numpy as np
import rclpy
from numpy.typing import NDArray
from rclpy.executors import SingleThreadedExecutor
from rclpy.node import Node
from rclpy.qos import qos_profile_sensor_data
from sensor_msgs.msg import Image
from std_msgs.msg import Header

from hrs_msgs.msg import HRSScene
from hrs_ros.nodes.children import child_node, keep_to_this_machine
from hrs_ros.nodes.image_message import array_to_image
from hrs_ros.nodes.messages import stamp_ns
from hrs_ros.nodes.process import prepare_process
from hrs_ros.nodes.spinning import spin_until

IN_FLIGHT = 2  # one image in work, one waiting: the node never idles
START_SECONDS = 60.0
FRAME_SECONDS = 10.0
LOST_SECONDS = 1.0  # an image without a scene for that long was dropped on the way: the next one goes out


def node_rate(
    model: Path,
    images: Sequence[NDArray[np.uint8]],
    *,
    providers: str,
    threads: int,
    frames: int,
    warm_up: int,
) -> dict[str, Any]:
    """Start the node as a process, feed it as fast as it answers, and count the scenes that come back.

    Returns ``frames_per_second``, ``lost`` (images without a scene: best effort may drop one, and a newer
    image replaces one that still waits) and ``latency_ms`` (median, p95, p99 from publishing an image to
    receiving its scene; with two images in flight this holds the wait for the one before). TimeoutError
    when the node does not answer.
    """
    keep_to_this_machine()
    prepare_process()
    parameters = {"model": model, "provider": providers, "threads": threads}
    with child_node("hrs_ros.nodes.perception", parameters, log=subprocess.DEVNULL) as process:
        rclpy.init()
        feeder = _Feeder(images)
        executor = SingleThreadedExecutor()
        executor.add_node(feeder)
        try:
            _wait(executor, feeder.connected, START_SECONDS, f"the node (exit status {process.poll()})")
            for _ in range(IN_FLIGHT):
                feeder.publish()
            feeder.wait_for(executor, warm_up)
            feeder.latencies.clear()
            start = time.perf_counter()
            feeder.wait_for(executor, feeder.received + frames)
            seconds = time.perf_counter() - start
        finally:
            executor.shutdown()
            feeder.destroy_node()
            rclpy.shutdown()
    median, p95, p99 = np.percentile(feeder.latencies, [50, 95, 99]) * 1e3
    return {
        "frames": frames,
        "frames_per_second": round(frames / seconds, 2),
        "lost": feeder.lost,
        "latency_ms": {"median": round(median, 2), "p95": round(p95, 2), "p99": round(p99, 2)},
    }


class _Feeder(Node):
    """Publishes the next image whenever a scene arrives."""

    def __init__(self, images: Sequence[NDArray[np.uint8]]) -> None:
        super().__init__("hrs_benchmark", namespace="hrs")
        self.received = 0
        self.lost = 0
        self.latencies: list[float] = []  # seconds
        self._images = cycle(images)
        self._sent: dict[int, float] = {}  # stamp -> when it was published
        self._last = time.perf_counter()
        self._publisher = self.create_publisher(Image, "image", qos_profile_sensor_data)
        self.create_subscription(HRSScene, "relations", self._on_scene, 10)

    def connected(self) -> bool:
        return self._publisher.get_subscription_count() > 0 and self.count_publishers("relations") > 0

    def publish(self) -> None:
        header = Header(stamp=self.get_clock().now().to_msg(), frame_id="camera")
        self._last = self._sent[stamp_ns(header)] = time.perf_counter()
        self._publisher.publish(array_to_image(next(self._images), header=header))

    def wait_for(self, executor: SingleThreadedExecutor, count: int) -> None:
        """Spin until ``count`` scenes have come in all."""
        for wanted in range(self.received + 1, count + 1):
            _wait(executor, functools.partial(self._has, wanted), FRAME_SECONDS, "a scene")

    def _has(self, count: int) -> bool:
        if self.received < count and time.perf_counter() - self._last > LOST_SECONDS:
            self.lost += 1
            self.publish()
        return self.received >= count

    def _on_scene(self, message: HRSScene) -> None:
        sent = self._sent.pop(stamp_ns(message.header), None)
        if sent is None:
            return  # of somebody else's image: another graph shares this domain
        self.latencies.append(time.perf_counter() - sent)
        self.received += 1
        self.publish()


def _wait(executor: SingleThreadedExecutor, condition: Callable[[], bool], seconds: float, what: str) -> None:
    if not spin_until(executor, condition, seconds):
        raise TimeoutError(f"waited {seconds:.0f} s for {what}, in vain")
