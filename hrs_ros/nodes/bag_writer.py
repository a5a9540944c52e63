"""Bags of messages, standard ones and our own, with the definitions that ROS itself generates."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path
from typing import Any, Literal

from rclpy.serialization import serialize_message
from rosbags.interfaces import (
    Connection,
    Qos,
    QosDurability,
    QosHistory,
    QosLiveliness,
    QosReliability,
    QosTime,
)
from rosbags.rosbag2 import CompressionFormat, CompressionMode, StoragePlugin, Writer
from rosbags.typesys import Stores, get_types_from_msg, get_typestore
from rosbags.typesys.store import Typestore

BAG_VERSION: Literal[9] = 9  # of metadata.yaml: Jazzy and later
_NOW = QosTime(0, 0)
_LATCHED = Qos(
    QosHistory.KEEP_LAST,
    1,
    QosReliability.RELIABLE,
    QosDurability.TRANSIENT_LOCAL,
    _NOW,
    _NOW,
    QosLiveliness.AUTOMATIC,
    _NOW,
    False,
)


class BagWriter:
    """A new bag; replaces one at ``path``. Raises FileNotFoundError where hrs_msgs is not built.

    ``compress`` packs each chunk of messages (zstd), which players unpack by themselves.
    """

    def __init__(
        self, path: Path, *, storage: StoragePlugin = StoragePlugin.MCAP, compress: bool = False
    ) -> None:
        self._types = message_types()
        if path.exists():
            shutil.rmtree(path)
        self._connections: dict[str, Connection] = {}
        self._writer = Writer(path, version=BAG_VERSION, storage_plugin=storage)
        if compress:
            self._writer.set_compression(CompressionMode.STORAGE, CompressionFormat.ZSTD)
        self._writer.open()

    def put(self, topic: str, time_ns: int, message: Any, *, latched: bool = False) -> None:
        """Append a message, recorded at ``time_ns``; a topic has the type of its first message."""
        if topic not in self._connections:
            package, name = type(message).__module__.split(".")[0], type(message).__name__
            self._connections[topic] = self._writer.add_connection(
                topic,
                f"{package}/msg/{name}",
                typestore=self._types,
                offered_qos_profiles=[_LATCHED] if latched else (),
            )
        self._writer.write(self._connections[topic], time_ns, serialize_message(message))

    def close(self) -> None:
        self._writer.close()


def message_types() -> Typestore:
    """The standard messages and those of hrs_msgs, from the .msg files that its build installs."""
    folder = _definitions()
    store = get_typestore(Stores.ROS2_JAZZY)
    store.register(
        {
            name: definition
            for path in folder.glob("*.msg")
            for name, definition in get_types_from_msg(
                path.read_text("utf-8"), f"hrs_msgs/msg/{path.stem}"
            ).items()
        }
    )
    return store


def _definitions() -> Path:
    prefixes = [*os.environ.get("AMENT_PREFIX_PATH", "").split(os.pathsep), sys.prefix]
    folders = [Path(prefix, "share", "hrs_msgs", "msg") for prefix in prefixes if prefix]
    found = next((folder for folder in folders if (folder / "HRSScene.msg").is_file()), None)
    if found is None:
        raise FileNotFoundError(
            f"hrs_msgs/msg/HRSScene.msg not found below {', '.join(map(str, folders))}: build the messages "
            "(scripts/build_messages), or source the workspace that holds them"
        )
    return found
