"""The inference thread: newest images in, frames to the channels out."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from sensor_msgs.msg import CompressedImage

from hrs_ros.nodes.camera import Arrival, Camera
from hrs_ros.nodes.channel import Channel
from hrs_ros.nodes.component import Frame
from hrs_ros.nodes.engine import Engine, ProviderLostError
from hrs_ros.nodes.image_message import (
    ImageError,
    ImageLimits,
    RGBImage,
    compressed_to_rgb,
    image_to_rgb,
)
from hrs_ros.nodes.latency import Latency
from hrs_ros.nodes.memory import Seen
from hrs_ros.nodes.messages import stamp_ns
from hrs_ros.nodes.newest import NewestOfEach


@dataclass(frozen=True, slots=True)
class Batching:
    """How images of several cameras share one run of the network."""

    most: int = 1  # images in one run
    window: float = 0.0  # seconds the first image waits for those of the other cameras


@dataclass(frozen=True, slots=True, eq=False)
class _Job:
    channel: Channel
    arrival: Arrival
    image: RGBImage
    taken_ns: int
    converted_ns: int


class InferenceWorker:
    """Starts with its construction; ``stop`` ends it.

    ``batching`` is asked before every run, so that it may change. ``lost`` is told when the provider fails
    and no other is allowed; the thread ends with that.
    """

    def __init__(
        self,
        engine: Engine,
        channels: Mapping[Camera, Channel],
        *,
        limits: ImageLimits,
        batching: Callable[[], Batching],
        lost: Callable[[ProviderLostError], None],
    ) -> None:
        self._engine = engine
        self._channels = channels
        self._limits = limits
        self._batching = batching
        self._lost = lost
        self._mailbox: NewestOfEach[Camera, Arrival] = NewestOfEach(channels)
        self._thread = threading.Thread(target=self._work, name="inference", daemon=True)
        self._thread.start()

    def deliver(self, camera: Camera, arrival: Arrival) -> None:
        """Take an image over; returns at once."""
        statistics = self._channels[camera].statistics
        statistics.receive()
        if self._mailbox.put(camera, arrival):
            statistics.drop()

    def stop(self) -> None:
        """Give up what waits, and return when the frame in work is done."""
        self._mailbox.close()
        self._thread.join()

    def _work(self) -> None:
        while True:
            batching = self._batching()
            taken = self._mailbox.take(most=batching.most, window=batching.window)
            if not taken:
                return
            jobs = [job for camera, arrival in taken if (job := self._convert(camera, arrival)) is not None]
            try:
                self._predict(jobs)
            except ProviderLostError as error:
                self._lost(error)
                return
            except Exception as error:  # one bad frame must not end the node
                for job in jobs:
                    job.channel.statistics.refuse(type(error).__name__)
                    job.channel.complain(type(error).__name__, f"frame lost, {type(error).__name__}: {error}")

    def _convert(self, camera: Camera, arrival: Arrival) -> _Job | None:
        channel = self._channels[camera]
        taken_ns = time.monotonic_ns()
        try:
            message = arrival.message
            image = (
                compressed_to_rgb(message, limits=self._limits)
                if isinstance(message, CompressedImage)
                else image_to_rgb(message, limits=self._limits)
            )
        except ImageError as error:
            channel.statistics.refuse(error.problem)
            channel.complain(error.problem, f"image refused: {error}")
        except Exception as error:  # a converter that is missing, or memory that is not there
            channel.statistics.refuse(type(error).__name__)
            channel.complain(type(error).__name__, f"frame lost, {type(error).__name__}: {error}")
        else:
            return _Job(channel, arrival, image, taken_ns, time.monotonic_ns())
        return None

    def _predict(self, jobs: list[_Job]) -> None:
        if not jobs:
            return
        scenes = self._engine.predict([job.image for job in jobs])
        done_ns = time.monotonic_ns()
        timings = self._engine.timings
        for job, scene in zip(jobs, scenes, strict=True):
            header, arrival_ns = job.arrival.message.header, job.arrival.arrival_ns
            stamped = replace(scene, stamp_ns=stamp_ns(header), frame_id=header.frame_id)
            latency = Latency(
                wait=(job.taken_ns - arrival_ns) / 1e9,
                convert=(job.converted_ns - job.taken_ns) / 1e9,
                letterbox=timings.letterbox / 1e3,
                network=timings.network / 1e3,
                assemble=timings.assemble / 1e3,
                total=(done_ns - arrival_ns) / 1e9,
            )
            job.channel.see(
                Frame(
                    seen=Seen(scene=stamped, header=header, arrival_ns=arrival_ns),
                    image=job.image,
                    latency=latency,
                    dropped=job.channel.statistics.dropped,
                )
            )
