"""Recordings of a few small frames: a film, and bags written by rosbags with real message definitions."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest

TOPIC = "/camera/image_raw"


def shade(number: int, height: int = 48, width: int = 64) -> np.ndarray:
    return np.full((height, width, 3), number, np.uint8)


@pytest.fixture
def film(tmp_path: Path) -> Path:
    """Eight frames, losslessly compressed."""
    path = tmp_path / "film.avi"
    writer = cv2.VideoWriter(str(path), cv2.VideoWriter.fourcc(*"FFV1"), 10, (64, 48))
    assert writer.isOpened()
    for number in range(8):
        writer.write(shade(number))
    writer.release()
    return path


WriteBag = Callable[..., Path]


@pytest.fixture
def write_bag(tmp_path: Path) -> WriteBag:
    """write_bag(storage="MCAP", frames=8, topics=(TOPIC,), damaged=(), compressed=False) -> folder"""
    pytest.importorskip("rosbags.image", reason="needs rosbags-image")
    from rosbags.rosbag2 import StoragePlugin, Writer
    from rosbags.typesys import Stores, get_typestore

    store = get_typestore(Stores.ROS2_JAZZY)
    types: Any = store.types

    def message(number: int, *, compressed: bool, damaged: bool) -> tuple[str, Any]:
        stamp = types["builtin_interfaces/msg/Time"](
            sec=100 + number // 10, nanosec=100_000_000 * (number % 10)
        )
        header = types["std_msgs/msg/Header"](stamp=stamp, frame_id="eye")
        if compressed:
            data = cv2.imencode(".png", shade(number))[1][: 40 if damaged else None]
            name = "sensor_msgs/msg/CompressedImage"
            return name, types[name](header=header, format="png", data=data)
        data = shade(number).reshape(-1)[: 50 if damaged else None]
        name = "sensor_msgs/msg/Image"
        return name, types[name](header, 48, 64, "rgb8", 0, 64 * 3, data)

    def write(
        storage: str = "MCAP",
        *,
        frames: int = 8,
        topics: Iterable[str] = (TOPIC,),
        damaged: Iterable[int] = (),
        compressed: bool = False,
    ) -> Path:
        path = tmp_path / f"bag_{storage.lower()}"
        with Writer(path, version=9, storage_plugin=StoragePlugin[storage]) as writer:
            for topic in topics:
                connection = None
                for number in range(frames):
                    name, filled = message(number, compressed=compressed, damaged=number in set(damaged))
                    connection = connection or writer.add_connection(topic, name, typestore=store)
                    received = 1_000_000_000_000 + number * 100_000_000
                    writer.write(connection, received, store.serialize_cdr(filled, name))
        return path

    return write
