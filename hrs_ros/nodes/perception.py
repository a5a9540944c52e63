"""hrs_perception: images in; scenes, labels and an annotated image out; /hrs/query answered."""

from __future__ import annotations

import functools
import time
from pathlib import Path
from typing import Any

from diagnostic_msgs.msg import DiagnosticStatus
from rclpy.parameter import Parameter
from rclpy.qos import DurabilityPolicy, QoSProfile

from hrs_msgs.msg import Labels
from hrs_ros.inference.models import default_model
from hrs_ros.inference.predictor import Predictor
from hrs_ros.inference.session import Providers
from hrs_ros.language import parse
from hrs_ros.nodes.answering import Answering
from hrs_ros.nodes.asking import QueryService
from hrs_ros.nodes.camera import Camera, CameraInput, parse_cameras
from hrs_ros.nodes.channel import Channel
from hrs_ros.nodes.complaints import Complaints
from hrs_ros.nodes.component import Component
from hrs_ros.nodes.diagnostics import Diagnostics
from hrs_ros.nodes.engine import Engine, ProviderLostError, check_model_file
from hrs_ros.nodes.finding import FindAction
from hrs_ros.nodes.following import Following
from hrs_ros.nodes.health import camera_status, node_status
from hrs_ros.nodes.heap import heap
from hrs_ros.nodes.image_message import ImageLimits
from hrs_ros.nodes.latency_topics import LatencyPublisher
from hrs_ros.nodes.lifecycle import ManagedNode
from hrs_ros.nodes.locating import Locator
from hrs_ros.nodes.markers import Markers
from hrs_ros.nodes.memory import SceneMemory
from hrs_ros.nodes.messages import labels_message
from hrs_ros.nodes.overlay import Overlay
from hrs_ros.nodes.process import run_node
from hrs_ros.nodes.relations import RelationsPublisher
from hrs_ros.nodes.settings import SETTINGS, THRESHOLDS
from hrs_ros.nodes.watch import CameraWatch
from hrs_ros.nodes.worker import Batching, InferenceWorker

NAME = "hrs_perception"


def components(node: ManagedNode, camera: Camera, *, model_hash: str) -> list[Component]:
    """What is done with every frame of a camera, in this order."""
    memory = SceneMemory(node.value("memory"))
    locator = Locator(node, camera)
    answering = Answering(node, memory, locator)
    return [
        RelationsPublisher(node, camera, model_hash=model_hash),
        QueryService(node, camera, memory, answering),
        FindAction(node, camera, answering),
        locator,
        Overlay(node, camera),
        Markers(node, camera, locator.depth),
        LatencyPublisher(node, camera),
    ]


class PerceptionNode(ManagedNode):
    """Thin: every decision is made elsewhere, and what happens with a frame is a list of components.

    Two threads: the executor's (callbacks, queries, drawing) and a worker's (conversion, inference, scenes).
    """

    def __init__(self, **options: Any) -> None:
        super().__init__(NAME, SETTINGS, **options)
        self._complaints = Complaints(self)
        self._engine: Engine | None = None
        self._worker: InferenceWorker | None = None
        self._channels: dict[Camera, Channel] = {}
        self._inputs: list[CameraInput] = []
        self._watches: dict[Camera, CameraWatch] = {}
        latched = QoSProfile(depth=1, durability=DurabilityPolicy.TRANSIENT_LOCAL)
        self._labels = self.create_publisher(Labels, "labels", latched)
        self._labels.publish(labels_message())
        self._lost: ProviderLostError | None = None
        self._wake = self.create_guard_condition(self._give_up_if_lost)
        self.add_post_set_parameters_callback(self._apply_thresholds)
        Diagnostics(self, self._report)

    def configure(self) -> None:
        """Check and open the model, run it once, and open all topics but the images'.

        Raises ModelError, ImportError or ValueError.
        """
        cameras = parse_cameras(self.value("cameras"))
        path = Path(self.value("model")).expanduser() if self.value("model") else default_model()
        asked = self.value("provider")
        start = time.monotonic()
        log = self.get_logger()
        log.info(f"checking {path}")
        file = check_model_file(path, sha256=self.value("model_sha256"))
        log.info(f"opening the model, sha256 {file.sha256[:12]}")
        self._engine = Engine(file, self._open_predictor, provider=asked, warn=log.warning)
        log.info("warming up")
        predictor = self._engine.predictor
        predictor.warm_up()
        if len(cameras) > 1:
            predictor.warm_up(min(len(cameras), self.value("batch")))
        parse("plate in left arm")  # reads the lexicon, which the first query should not wait for
        for camera in cameras:
            self._channels[camera] = Channel(
                camera,
                components(self, camera, model_hash=file.sha256),
                self._complaints,
                follow=Following(self),
            )
        height, width = predictor.input_size
        log.info(
            f"model {path} ({predictor.metadata.config.name}, sha256 {file.sha256[:12]}), "
            f"input {width} x {height}, ready in {time.monotonic() - start:.1f} s"
        )
        log.info(f"ONNX Runtime gave {predictor.provider} (asked for: {asked})")

    def activate(self) -> None:
        """Start the inference thread and open the image topics."""
        assert self._engine is not None  # configure comes first
        worker = self._worker = InferenceWorker(
            self._engine,
            self._channels,
            limits=ImageLimits(pixels=self.value("max_image_pixels")),
            batching=self._batching,
            lost=self._note_loss,
        )
        for camera, channel in self._channels.items():
            source = CameraInput(
                self,
                camera,
                deliver=functools.partial(worker.deliver, camera),
                lose=channel.statistics.lose,
            )
            self._inputs.append(source)
            self._watches[camera] = CameraWatch(self, channel, source)
            self.get_logger().info(f"waiting for images on {source.topic}")

    def deactivate(self) -> None:
        """Close the image topics and end the inference thread; the model stays."""
        while self._watches:
            self._watches.popitem()[1].close()
        while self._inputs:
            self._inputs.pop().close()
        if self._worker is not None:
            self._worker.stop()
            self._worker = None

    def cleanup(self) -> None:
        """Close all topics and give the model's memory back."""
        for channel in self._channels.values():
            channel.close()
        self._channels.clear()
        self._engine = None

    # --- parameters ---

    def _open_predictor(self, path: Path, provider: Providers) -> Predictor:
        thresholds = {setting.name: self.value(setting.name) for setting in THRESHOLDS}
        return Predictor(path, providers=provider, threads=self.value("threads"), **thresholds)

    def _apply_thresholds(self, _: list[Parameter]) -> None:
        if self._engine is not None:
            for setting in THRESHOLDS:
                setattr(self._engine.predictor, setting.name, self.value(setting.name))

    def _batching(self) -> Batching:
        several = len(self._channels) > 1 and self.value("batch") > 1
        return Batching(most=self.value("batch"), window=self.value("batch_window") if several else 0.0)

    # --- health ---

    def _report(self) -> list[DiagnosticStatus]:
        name = self.get_fully_qualified_name()
        cameras = [
            camera_status(
                name,
                camera,
                channel.statistics,
                active=camera in self._watches,
                problem=self._watches[camera].problem if camera in self._watches else "",
            )
            for camera, channel in self._channels.items()
        ]
        model = node_status(
            name, state=self.state_label, reason=self.reason, engine=self._engine, heap=heap()
        )
        return [model, *cameras]

    # --- a GPU that fails ---

    def _note_loss(self, error: ProviderLostError) -> None:
        """On the inference thread: leave the rest to the executor's."""
        self._lost = error
        self._wake.trigger()

    def _give_up_if_lost(self) -> None:
        if self._lost is not None:
            error, self._lost = self._lost, None
            self.give_up(error)


def main(arguments: list[str] | None = None) -> int:
    """Exit status 0 after SIGINT or SIGTERM, 2 for a model or parameter that cannot be used."""
    return run_node(PerceptionNode, name=NAME, arguments=arguments)


if __name__ == "__main__":
    raise SystemExit(main())
