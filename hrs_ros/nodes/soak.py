"""A long run of the perception node under load, and whether its memory stays flat."""

from __future__ import annotations

import subprocess
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import cycle
from pathlib import Path
from typing import Any

import numpy as np
import rclpy
from diagnostic_msgs.msg import DiagnosticArray
from numpy.typing import NDArray
from rclpy.executors import SingleThreadedExecutor
from rclpy.node import Node
from rclpy.qos import qos_profile_sensor_data
from sensor_msgs.msg import Image
from std_msgs.msg import Float64, Header
from tqdm import tqdm

from hrs_msgs.msg import HRSScene
from hrs_msgs.srv import Query
from hrs_ros.nodes.children import child_node, keep_to_this_machine
from hrs_ros.nodes.health import HEAP_IN_USE, HEAP_KEPT
from hrs_ros.nodes.image_message import array_to_image
from hrs_ros.nodes.process import prepare_process
from hrs_ros.nodes.spinning import spin, spin_until

START_SECONDS = 60.0
REQUESTS = ("plate in left arm", "plate in right arm", "the human", "", "flurb " * 50)


@dataclass(frozen=True, slots=True)
class Load:
    """What the node is given."""

    image_rate: float = 30.0  # [Hz] for each camera
    query_rate: float = 5.0  # [Hz] for each camera
    cameras: tuple[str, ...] = ("front", "wrist")


@dataclass(slots=True)
class Sample:
    """The node at one moment. ``seconds`` counts from the end of the warm-up."""

    seconds: float
    memory_mb: float  # resident, its own: what a leak would fill
    heap_in_use_mb: float | None  # of that, given out by malloc; median of the node's own word
    heap_kept_mb: float | None  # of that, freed and kept for the next image, up to the busiest moment so far
    shared_mb: float  # resident, shared: DDS segments, touched page by page up to their fixed size
    threads: int
    files: int  # open file descriptors
    scenes: int  # received here since the last sample
    answers: int
    latency_ms: float | None  # median from an image's arrival in the node to its scene


def soak(
    model: Path,
    images: Sequence[NDArray[np.uint8]],
    *,
    seconds: float,
    every: float,
    warm_up: float,
    load: Load,
    threads: int,
) -> list[Sample]:
    """Run the node as a process under ``load`` and look at it ``every`` seconds.

    Raises TimeoutError when it does not come up, RuntimeError when it ends.
    """
    keep_to_this_machine()
    prepare_process()
    parameters = {"model": model, "provider": "cpu", "threads": threads, "cameras": " ".join(load.cameras)}
    samples: list[Sample] = []
    with child_node("hrs_ros.nodes.perception", parameters, log=subprocess.DEVNULL) as process:
        rclpy.init()
        world = _World(images, load)
        executor = SingleThreadedExecutor()
        executor.add_node(world)
        try:
            if not spin_until(executor, world.connected, START_SECONDS):
                raise TimeoutError(f"the node did not come up within {START_SECONDS:.0f} s")
            spin(executor, warm_up)
            world.tally()
            start = time.monotonic()
            for number in tqdm(range(1, round(seconds / every) + 1), desc="soak", unit="sample"):
                spin(executor, start + number * every - time.monotonic())
                if process.poll() is not None:
                    raise RuntimeError(f"the node ended with status {process.returncode}")
                samples.append(
                    Sample(
                        seconds=round(time.monotonic() - start, 1), **_resources(process.pid), **world.tally()
                    )
                )
        finally:
            executor.shutdown()
            world.destroy_node()
            rclpy.shutdown()
    return samples


def growth(samples: Sequence[Sample], of: str = "memory_mb") -> dict[str, float]:
    """A field over the run: first and last fifth's medians, their ratio, and the slope of a straight line.

    ``mb_per_hour`` is the least-squares slope. Needs five samples in which the field is known.
    """
    known = [(sample.seconds, value) for sample in samples if (value := getattr(sample, of)) is not None]
    if len(known) < 5:
        raise ValueError(f"expected at least 5 samples to judge growth, got {len(known)}")
    seconds, memory = np.array(known).T
    fifth = len(known) // 5
    first, last = float(np.median(memory[:fifth])), float(np.median(memory[-fifth:]))
    slope = float(np.polyfit(seconds, memory, 1)[0]) * 3600
    return {
        "first_mb": round(first, 1),
        "last_mb": round(last, 1),
        "ratio": round(last / first, 4),
        "mb_per_hour": round(slope, 2),
    }


def _resources(pid: int) -> dict[str, Any]:
    """Memory, threads and files of a process, from /proc."""
    status = Path(f"/proc/{pid}/status").read_text(encoding="ascii", errors="replace")
    fields = dict(line.split(":", 1) for line in status.splitlines() if ":" in line)
    return {
        "memory_mb": round(int(fields["RssAnon"].split()[0]) / 1024, 1),
        "shared_mb": round(int(fields["RssShmem"].split()[0]) / 1024, 1),
        "threads": int(fields["Threads"]),
        "files": sum(1 for _ in Path(f"/proc/{pid}/fd").iterdir()),
    }


@dataclass(slots=True)
class _Counts:
    scenes: int = 0
    answers: int = 0
    latencies: list[float] = field(default_factory=list)
    heap: dict[str, list[float]] = field(default_factory=lambda: {HEAP_IN_USE: [], HEAP_KEPT: []})


class _World(Node):
    """The cameras, a listener to everything, and somebody who asks all the time."""

    def __init__(self, images: Sequence[NDArray[np.uint8]], load: Load) -> None:
        super().__init__("hrs_soak", namespace="hrs")
        self._images, self._requests = cycle(images), cycle(REQUESTS)
        self._counts = _Counts()
        self._cameras = [
            self.create_publisher(Image, f"{name}/image", qos_profile_sensor_data) for name in load.cameras
        ]
        # Not self._clients: that name is the base class's.
        self._query_clients = [self.create_client(Query, f"{name}/query") for name in load.cameras]
        for name in load.cameras:
            self.create_subscription(HRSScene, f"{name}/relations", self._on_scene, 10)
            self.create_subscription(Image, f"{name}/annotated", lambda _: None, 5)
            self.create_subscription(Float64, f"{name}/latency/total", self._on_latency, 10)
        self.create_subscription(DiagnosticArray, "/diagnostics", self._on_diagnostics, 10)
        self.create_timer(1 / load.image_rate, self._show)
        self.create_timer(1 / load.query_rate, self._ask)

    def connected(self) -> bool:
        return all(camera.get_subscription_count() for camera in self._cameras) and all(
            client.service_is_ready() for client in self._query_clients
        )

    def tally(self) -> dict[str, Any]:
        """What came since the last call."""
        counts, self._counts = self._counts, _Counts()
        return {
            "scenes": counts.scenes,
            "answers": counts.answers,
            "latency_ms": _median(counts.latencies, scale=1e3),
            "heap_in_use_mb": _median(counts.heap[HEAP_IN_USE]),
            "heap_kept_mb": _median(counts.heap[HEAP_KEPT]),
        }

    def _show(self) -> None:
        for camera in self._cameras:
            header = Header(stamp=self.get_clock().now().to_msg(), frame_id="camera")
            camera.publish(array_to_image(next(self._images), header=header))

    def _ask(self) -> None:
        for client in self._query_clients:
            future = client.call_async(Query.Request(text=next(self._requests), want_masks=True))
            future.add_done_callback(self._on_answer)

    def _on_answer(self, _: Any) -> None:
        self._counts.answers += 1

    def _on_scene(self, _: HRSScene) -> None:
        self._counts.scenes += 1

    def _on_latency(self, message: Float64) -> None:
        self._counts.latencies.append(message.data)

    def _on_diagnostics(self, message: DiagnosticArray) -> None:
        for status in message.status:
            for pair in status.values:
                if pair.key in self._counts.heap:
                    self._counts.heap[pair.key].append(float(pair.value))


def _median(values: Sequence[float], *, scale: float = 1.0) -> float | None:
    return round(float(np.median(values)) * scale, 2) if values else None
