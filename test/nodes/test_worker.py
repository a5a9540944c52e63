"""The inference thread over a real session: batches, losses, bad images, and the end."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest

pytest.importorskip("rclpy", reason="needs ROS 2 (scripts/setup installs it as wheels)")
pytest.importorskip("hrs_msgs.srv", reason="needs the built messages (scripts/build_messages)")

import time

from sensor_msgs.msg import Image
from std_msgs.msg import Header

from hrs_ros.inference.predictor import Predictor
from hrs_ros.nodes.camera import Arrival, Camera
from hrs_ros.nodes.channel import Channel
from hrs_ros.nodes.component import Frame
from hrs_ros.nodes.engine import Engine, ProviderLostError, check_model_file
from hrs_ros.nodes.image_message import ImageLimits, array_to_image
from hrs_ros.nodes.worker import Batching, InferenceWorker
from hrs_ros.scene import Scene

FRONT, WRIST = Camera("front"), Camera("wrist")


class Recorder:
    """Component that keeps the frames."""

    def __init__(self) -> None:
        self.frames: list[Frame] = []
        self.came = threading.Event()

    def see(self, frame: Frame) -> None:
        self.frames.append(frame)
        self.came.set()

    def close(self) -> None:
        """Nothing was created."""


class Broken(Recorder):
    def see(self, frame: Frame) -> None:
        raise RuntimeError("out of paint")


class Log:
    """Where complaints go."""

    def __init__(self) -> None:
        self.lines: list[str] = []

    def complain(self, problem: str, text: str) -> None:
        self.lines.append(text)


class Rig:
    """A worker with two cameras."""

    def __init__(self, engine: Engine, batching: Batching) -> None:
        self.log = Log()
        self.recorders = {camera: Recorder() for camera in (FRONT, WRIST)}
        self.channels = {
            camera: Channel(camera, [Broken(), recorder], self.log)  # type: ignore[arg-type]
            for camera, recorder in self.recorders.items()
        }
        self.lost: list[ProviderLostError] = []
        self.worker = InferenceWorker(
            engine,
            self.channels,
            limits=ImageLimits(pixels=10_000),
            batching=lambda: batching,
            lost=self.lost.append,
        )

    def show(self, camera: Camera, frame_id: str, side: int = 40) -> None:
        message = array_to_image(np.zeros((side, side, 3), np.uint8), header=Header(frame_id=frame_id))
        self.deliver(camera, message)

    def deliver(self, camera: Camera, message: Image) -> None:
        self.worker.deliver(camera, Arrival(message, time.monotonic_ns()))

    def frame(self, camera: Camera) -> Frame:
        recorder = self.recorders[camera]
        assert recorder.came.wait(10)
        recorder.came.clear()
        return recorder.frames[-1]


@pytest.fixture
def engine(constant_model: Path) -> Engine:
    file = check_model_file(constant_model, sha256="")
    return Engine(
        file,
        lambda path, _: Predictor(path, providers="cpu", threads=1),
        provider="cpu",
        warn=pytest.fail,
    )


def test_images_that_come_together_share_one_run(engine: Engine) -> None:
    rig = Rig(engine, Batching(most=2, window=10.0))
    rig.show(FRONT, "f", side=30)
    rig.show(WRIST, "w", side=50)
    front, wrist = rig.frame(FRONT), rig.frame(WRIST)
    rig.worker.stop()
    assert front.latency.network == wrist.latency.network, "the time of one and the same run"
    assert (front.seen.scene.frame_id, front.seen.scene.width, front.image.shape) == ("f", 30, (30, 30, 3))
    assert (wrist.seen.scene.frame_id, wrist.seen.scene.width) == ("w", 50)
    assert len(front.seen.scene.entities) == len(wrist.seen.scene.entities) == 3


def test_one_at_a_time_without_a_batch(engine: Engine) -> None:
    rig = Rig(engine, Batching())
    rig.show(FRONT, "f")
    rig.show(WRIST, "w")
    front, wrist = rig.frame(FRONT), rig.frame(WRIST)
    rig.worker.stop()
    assert front.latency.network != wrist.latency.network


def test_a_broken_component_does_not_keep_frames_from_the_others(engine: Engine) -> None:
    rig = Rig(engine, Batching())
    rig.show(FRONT, "f")
    rig.frame(FRONT)
    rig.worker.stop()
    assert rig.log.lines == ["camera front: Broken failed, RuntimeError('out of paint')"]
    assert rig.channels[FRONT].statistics.answered == 1


def test_a_bad_image_costs_its_own_camera_alone(engine: Engine) -> None:
    rig = Rig(engine, Batching(most=2, window=10.0))
    rig.show(FRONT, "too large", side=200)
    rig.show(WRIST, "w")
    assert rig.frame(WRIST).seen.header.frame_id == "w"
    rig.worker.stop()
    assert rig.channels[FRONT].statistics.refused() == {"size": 1}
    assert "camera front: image refused: expected an image of at most 10000 pixels" in rig.log.lines[0]
    assert rig.recorders[FRONT].frames == []


def test_latency_parts_add_up(engine: Engine) -> None:
    rig = Rig(engine, Batching())
    rig.show(FRONT, "f")
    latency = rig.frame(FRONT).latency
    rig.worker.stop()
    parts = latency.parts()
    total = parts.pop("total")
    assert all(seconds >= 0 for seconds in parts.values())
    assert sum(parts.values()) <= total < 10


class LostPredictor(Predictor):
    @property
    def provider(self) -> str:
        return "CUDAExecutionProvider"

    def predict_batch(self, images: Sequence[Any]) -> list[Scene]:
        raise RuntimeError("CUDA failure 700")


def test_a_lost_provider_is_told_and_ends_the_thread(constant_model: Path) -> None:
    engine = Engine(
        check_model_file(constant_model, sha256=""),
        lambda path, _: LostPredictor(path, providers="cpu", threads=1),
        provider="cuda",
        warn=pytest.fail,
    )
    rig = Rig(engine, Batching())
    rig.show(FRONT, "f")
    rig.worker._thread.join(10)
    assert not rig.worker._thread.is_alive() and "CUDA failure 700" in str(rig.lost[0])
    rig.worker.stop()
