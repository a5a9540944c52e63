"""Scenes as a new bag of our messages, to be played back beside the recording they were seen in."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path
from typing import Literal

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
from rosbags.rosbag2 import StoragePlugin, Writer
from rosbags.typesys import Stores, get_types_from_msg, get_typestore
from rosbags.typesys.store import Typestore
from std_msgs.msg import Header

from hrs_msgs.msg import HRSScene, Labels
from hrs_ros.nodes.messages import MASK_ENCODINGS, labels_message, scene_to_message, time_message
from hrs_ros.recording.outputs import Output
from hrs_ros.recording.recording import RecordedFrame
from hrs_ros.scene import Scene

RELATIONS, LABELS = "/hrs/relations", "/hrs/labels"
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


class BagScenes(Output):
    """``/hrs/relations`` with the images' headers and recording times; ``/hrs/labels`` before the first.

    Replaces a bag of an earlier run at ``path``. Raises FileNotFoundError where hrs_msgs is not built.
    """

    def __init__(self, path: Path, *, model_hash: str, storage: StoragePlugin = StoragePlugin.MCAP) -> None:
        types = message_types()
        if path.exists():
            shutil.rmtree(path)
        self._model_hash = model_hash
        self._writer = Writer(path, version=BAG_VERSION, storage_plugin=storage)
        self._writer.open()
        self._labels = self._writer.add_connection(
            LABELS, "hrs_msgs/msg/Labels", typestore=types, offered_qos_profiles=[_LATCHED]
        )
        self._scenes = self._writer.add_connection(RELATIONS, "hrs_msgs/msg/HRSScene", typestore=types)
        self._started = False

    def write(self, frame: RecordedFrame, scene: Scene) -> None:
        if not self._started:
            self._put(self._labels, frame.received_ns, labels_message())
            self._started = True
        header = Header(stamp=time_message(frame.stamp_ns), frame_id=frame.frame_id)
        message = scene_to_message(
            scene, header=header, encoding=MASK_ENCODINGS["rle"], model_hash=self._model_hash
        )
        self._put(self._scenes, frame.received_ns, message)

    def close(self) -> None:
        self._writer.close()

    def _put(self, connection: Connection, time_ns: int, message: HRSScene | Labels) -> None:
        self._writer.write(connection, time_ns, serialize_message(message))


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
