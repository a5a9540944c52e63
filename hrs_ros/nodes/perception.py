"""hrs_perception: images in; scenes, labels and an annotated image out; /hrs/query answered."""

from __future__ import annotations

import hashlib
import threading
import time
from pathlib import Path
from typing import Any

import rclpy
from numpy.typing import NDArray
from rclpy.parameter import Parameter
from rclpy.qos import DurabilityPolicy, QoSProfile, ReliabilityPolicy, qos_profile_sensor_data
from rclpy.qos_overriding_options import QoSOverridingOptions
from sensor_msgs.msg import CompressedImage, Image

from hrs_msgs.msg import HRSScene, Labels
from hrs_msgs.srv import Query
from hrs_ros.drawing import draw_scene
from hrs_ros.inference.assemble import DEFAULT_THRESHOLDS
from hrs_ros.inference.models import default_model
from hrs_ros.inference.predictor import Predictor
from hrs_ros.language import DEFAULT_MARGIN, parse
from hrs_ros.nodes.image_message import ImageError, array_to_image, compressed_to_rgb, image_to_rgb
from hrs_ros.nodes.memory import SceneMemory, Seen, answer_from
from hrs_ros.nodes.messages import (
    MASK_ENCODINGS,
    duration,
    fill_response,
    labels_message,
    scene_to_message,
    stamp_ns,
)
from hrs_ros.nodes.newest import Newest
from hrs_ros.nodes.parameters import Setting, declare
from hrs_ros.nodes.process import HRSNode, run_node
from hrs_ros.scene import Scene

NAME = "hrs_perception"
COMPLAINT_PERIOD = 5.0  # seconds between two log lines about the same problem

SETTINGS = (
    Setting("model", "", "ONNX file written by `hrs export`; empty: the one that comes with the package"),
    Setting(
        "provider",
        "auto",
        "where ONNX Runtime computes; auto: CUDA where it works, else the CPU",
        choices=("auto", "cpu", "cuda"),
    ),
    Setting("threads", 0, "ONNX Runtime threads on the CPU; 0: one per physical core", high=256),
    Setting("use_compressed", False, "subscribe to image/compressed instead of image"),
    Setting(
        "score_threshold",
        DEFAULT_THRESHOLDS.score,
        "least score of an entity without a relation",
        high=1,
        live=True,
    ),
    Setting(
        "relation_threshold", DEFAULT_THRESHOLDS.relation, "least score of a relation", high=1, live=True
    ),
    Setting(
        "part_threshold", DEFAULT_THRESHOLDS.part, "least probability of an acting part", high=1, live=True
    ),
    Setting(
        "duplicate_iou",
        1.0 if DEFAULT_THRESHOLDS.duplicate_iou is None else DEFAULT_THRESHOLDS.duplicate_iou,
        "entities of one class whose masks overlap more than this (IoU) are one entity; 1: none are",
        high=1,
        live=True,
    ),
    Setting(
        "mask_encoding",
        "rle",
        "how masks travel; rle: small, for networks; bits: fast, for one machine",
        choices=tuple(MASK_ENCODINGS),
        live=True,
    ),
    Setting(
        "memory",
        0.5,
        "how long frames are remembered for queries [s]; the newest always is",
        high=60,
        live=True,
    ),
    Setting(
        "stale_after",
        2.0,
        "age of the newest frame from which queries answer STALE [s]",
        low=0.01,
        high=3600,
        live=True,
    ),
    Setting(
        "ambiguity_margin",
        DEFAULT_MARGIN,
        "a query is AMBIGUOUS if the second candidate scores at least this share of the best",
        high=1,
        live=True,
    ),
    Setting(
        "annotated_rate",
        10.0,
        "most annotated images a second [Hz], drawn only for subscribers",
        low=0.1,
        high=60,
    ),
)


class PerceptionNode(HRSNode):
    """Thin: every decision is a function elsewhere. ``configure`` loads and warms up, ``activate`` starts.

    Two threads: the executor's (callbacks, queries, drawing) and a worker's (conversion, inference, scenes).
    """

    def __init__(self, **options: Any) -> None:
        super().__init__(NAME, **options)
        declare(self, SETTINGS)
        self._memory = SceneMemory(self.value("memory"))
        self._inbox: Newest[tuple[Image | CompressedImage, int]] = Newest()
        self._newest_image: tuple[NDArray, Scene, Seen] | None = None
        self._drawn: Seen | None = None
        self._complaints: dict[str, float] = {}
        self._predictor: Predictor | None = None
        self._model_hash = ""
        self._worker = threading.Thread(target=self._work, name="inference", daemon=True)

    def configure(self) -> None:
        """Load the model and run it once. Raises ModelError, ImportError or ValueError."""
        path = Path(self.value("model")).expanduser() if self.value("model") else default_model()
        asked = self.value("provider")
        start = time.monotonic()
        self._predictor = Predictor(path, providers=asked, threads=self.value("threads"))
        self._apply_live_parameters([])
        self._predictor.warm_up()
        parse("plate in left arm")  # reads the lexicon, which the first query should not wait for
        self._model_hash = hashlib.sha256(path.read_bytes()).hexdigest()
        height, width = self._predictor.input_size
        self.get_logger().info(
            f"model {path} ({self._predictor.metadata.config.name}, sha256 {self._model_hash[:12]}), "
            f"input {width} x {height}, ready in {time.monotonic() - start:.1f} s"
        )
        self.get_logger().info(f"ONNX Runtime gave {self._predictor.provider} (asked for: {asked})")

    def activate(self) -> None:
        overridable = QoSOverridingOptions.with_default_policies()
        reliable = QoSProfile(depth=5, reliability=ReliabilityPolicy.RELIABLE)
        latched = QoSProfile(depth=1, durability=DurabilityPolicy.TRANSIENT_LOCAL)
        self._scenes = self.create_publisher(
            HRSScene, "relations", reliable, qos_overriding_options=overridable
        )
        self._annotated = self.create_publisher(
            Image, "annotated", reliable, qos_overriding_options=overridable
        )
        self._labels = self.create_publisher(Labels, "labels", latched)
        self._labels.publish(labels_message())
        compressed = self.value("use_compressed")
        self._images = self.create_subscription(
            CompressedImage if compressed else Image,
            "image/compressed" if compressed else "image",
            lambda message: self._inbox.put((message, time.monotonic_ns())),
            qos_profile_sensor_data,
            qos_overriding_options=overridable,
        )
        self._queries = self.create_service(Query, "query", self._answer)
        self._timer = self.create_timer(1 / self.value("annotated_rate"), self._draw)
        self.add_post_set_parameters_callback(self._apply_live_parameters)
        self._worker.start()
        self.get_logger().info(f"waiting for images on {self._images.topic_name}")

    def deactivate(self) -> None:
        self._inbox.close()
        if self._worker.is_alive():
            self._worker.join()

    # --- worker thread ---

    def _work(self) -> None:
        while (item := self._inbox.take()) is not None:
            message, arrival_ns = item
            try:
                self._see(message, arrival_ns)
            except ImageError as error:
                self._complain(error.problem, f"image refused: {error}")
            except Exception as error:  # one bad frame must not end the node
                self._complain(type(error).__name__, f"frame lost, {type(error).__name__}: {error}")

    def _see(self, message: Image | CompressedImage, arrival_ns: int) -> None:
        assert self._predictor is not None  # the worker starts after configure
        image = compressed_to_rgb(message) if isinstance(message, CompressedImage) else image_to_rgb(message)
        header = message.header
        scene = self._predictor.predict(image, stamp_ns=stamp_ns(header), frame_id=header.frame_id)
        latency_ns = time.monotonic_ns() - arrival_ns
        seen = Seen(scene=scene, header=header, arrival_ns=arrival_ns)
        self._memory.add(seen)
        self._newest_image = (image, scene, seen)
        self._scenes.publish(
            scene_to_message(
                scene,
                header=header,
                encoding=MASK_ENCODINGS[self.value("mask_encoding")],
                latency_ns=latency_ns,
                dropped=self._inbox.dropped,
                model_hash=self._model_hash,
            )
        )

    def _complain(self, problem: str, text: str) -> None:
        """Log a problem once in a while, however many frames have it. Silent during shutdown."""
        now = time.monotonic()
        if rclpy.ok() and now - self._complaints.get(problem, -COMPLAINT_PERIOD) >= COMPLAINT_PERIOD:
            self._complaints[problem] = now
            self.get_logger().error(text)

    # --- executor thread ---

    def _answer(self, request: Query.Request, response: Query.Response) -> Query.Response:
        now_ns = time.monotonic_ns()
        answer, seen = answer_from(
            self._memory,
            request.text,
            now_ns=now_ns,
            stale_after=self.value("stale_after"),
            margin=self.value("ambiguity_margin"),
        )
        if seen is not None:
            response.header = seen.header
            response.age = duration(now_ns - seen.arrival_ns)
        return fill_response(
            response,
            answer,
            scene=seen.scene if seen else None,
            encoding=MASK_ENCODINGS[self.value("mask_encoding")] if request.want_masks else None,
        )

    def _draw(self) -> None:
        newest = self._newest_image
        if newest is None or newest[2] is self._drawn or self._annotated.get_subscription_count() == 0:
            return
        image, scene, seen = newest
        self._drawn = seen
        self._annotated.publish(array_to_image(draw_scene(image, scene), header=seen.header))

    def _apply_live_parameters(self, _: list[Parameter]) -> None:
        self._memory.seconds = self.value("memory")
        if self._predictor is not None:
            for name in ("score_threshold", "relation_threshold", "part_threshold", "duplicate_iou"):
                setattr(self._predictor, name, self.value(name))


def main(arguments: list[str] | None = None) -> int:
    """Exit status 0 after SIGINT or SIGTERM, 2 for a model or parameter that cannot be used."""
    return run_node(PerceptionNode, name=NAME, arguments=arguments)


if __name__ == "__main__":
    raise SystemExit(main())
