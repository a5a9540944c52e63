"""Image topics of bags: rosbag2 (MCAP and SQLite) and ROS 1, read without a ROS installation."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from hrs_ros.recording.recording import Damage, RecordedFrame

try:
    from rosbags.highlevel import AnyReader, AnyReaderError
    from rosbags.image import message_to_cvimage
    from rosbags.typesys import Stores, get_typestore
except ImportError as error:
    raise ImportError("reading bags needs rosbags-image; install it: pip install rosbags-image") from error

IMAGE_TYPES = frozenset({"sensor_msgs/msg/Image", "sensor_msgs/msg/CompressedImage"})
DEFAULT_RATE = 30.0  # frames a second of a bag with a single image


@dataclass(slots=True)
class Bag:
    """The images of one topic of a bag."""

    path: Path
    topic: str
    rate: float
    expected: int | None
    film: bool = True

    def __iter__(self) -> Iterator[RecordedFrame | Damage]:
        number = 0
        with _reader(self.path) as reader:
            chosen = [connection for connection in reader.connections if connection.topic == self.topic]
            messages = reader.messages(chosen)
            while True:
                try:
                    connection, received_ns, data = next(messages)
                except StopIteration:
                    break
                except Exception as error:  # whatever the storage's library says of a damaged file
                    yield Damage(
                        f"{self.path}: cannot be read after message {number} of {self.topic} ({error!r}); "
                        "the bag is cut off or damaged",
                        ends=True,
                    )
                    return
                number += 1
                place = (
                    f"{self.path}: message {number} of {self.topic}, recorded at {received_ns / 1e9:.3f} s"
                )
                try:
                    message = reader.deserialize(data, connection.msgtype)
                    image = _image(message)
                except Exception as error:  # each decoder has its own
                    yield Damage(f"{place}: not an image that can be read ({error!r})")
                    continue
                header = message.header  # type: ignore[attr-defined]
                stamp_ns = header.stamp.sec * 1_000_000_000 + header.stamp.nanosec
                yield RecordedFrame(f"{number - 1:06d}", stamp_ns, header.frame_id, received_ns, image)
        # The reader passes over damaged parts of an MCAP file without a word.
        if self.expected is not None and number < self.expected:
            yield Damage(
                f"{self.path}: only {number} of the {self.expected} messages of {self.topic} can be read; "
                "the bag is damaged inside",
                ends=True,
            )


def open_bag(path: Path, *, topic: str | None = None) -> Bag:
    """Raises FileNotFoundError, and ValueError for a bag that cannot be read or a topic that is not there."""
    if not path.exists():
        raise FileNotFoundError(f"{path} not found: expected a bag, a folder with metadata.yaml or its file")
    try:
        with _reader(path) as reader:
            counts: dict[str, int] = {}
            for connection in reader.connections:
                if connection.msgtype in IMAGE_TYPES:
                    counts[connection.topic] = counts.get(connection.topic, 0) + connection.msgcount
            seconds = reader.duration / 1e9
    except Exception as error:  # the reader's own errors, and those of YAML, SQLite and the file system
        raise ValueError(
            f"{path}: not a bag that can be read ({error}); one that was cut off while recording may be "
            "mended with `ros2 bag reindex` (SQLite) or `mcap recover`"
        ) from error
    chosen = _choose(path, counts, topic)
    count = counts[chosen]
    # All topics share the duration: near enough for the speed of a film.
    rate = (count - 1) / seconds if count > 1 and seconds > 0 else DEFAULT_RATE
    return Bag(path, chosen, rate, count or None)


def _choose(path: Path, counts: dict[str, int], topic: str | None) -> str:
    names = ", ".join(f"{name} ({count})" for name, count in sorted(counts.items())) or "none"
    if topic is not None and topic not in counts:
        raise ValueError(f"{path}: no image topic {topic}; image topics here: {names}")
    if topic is None and len(counts) != 1:
        raise ValueError(f"{path}: expected one image topic, found {names}; choose one with --topic")
    return topic or next(iter(counts))


def _reader(path: Path) -> AnyReader:
    # Bags of before Iron carry no message definitions; image messages have not changed since.
    return AnyReader([path], default_typestore=get_typestore(Stores.ROS2_HUMBLE))


def _image(message: Any) -> NDArray[np.uint8]:
    """(H, W, 3) RGB of an Image or CompressedImage."""
    image = message_to_cvimage(message, "rgb8")
    if image is None or image.ndim != 3 or image.shape[2] != 3 or image.size == 0:
        raise AnyReaderError("expected a colour or grey image with pixels")
    return np.ascontiguousarray(image, np.uint8)
