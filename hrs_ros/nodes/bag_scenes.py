"""Scenes as a new bag of our messages, to be played back beside the recording they were seen in."""

from __future__ import annotations

from pathlib import Path

from rosbags.rosbag2 import StoragePlugin
from std_msgs.msg import Header

from hrs_ros.nodes.bag_writer import BagWriter
from hrs_ros.nodes.messages import MASK_ENCODINGS, labels_message, scene_to_message, time_message
from hrs_ros.recording.outputs import Output
from hrs_ros.recording.recording import RecordedFrame
from hrs_ros.scene import Scene

RELATIONS, LABELS = "/hrs/relations", "/hrs/labels"


class BagScenes(Output):
    """``/hrs/relations`` with the images' headers and recording times; ``/hrs/labels`` before the first.

    Replaces a bag of an earlier run at ``path``. Raises FileNotFoundError where hrs_msgs is not built.
    """

    def __init__(self, path: Path, *, model_hash: str, storage: StoragePlugin = StoragePlugin.MCAP) -> None:
        self._model_hash = model_hash
        self._writer = BagWriter(path, storage=storage)
        self._started = False

    def write(self, frame: RecordedFrame, scene: Scene) -> None:
        if not self._started:
            self._writer.put(LABELS, frame.received_ns, labels_message(), latched=True)
            self._started = True
        header = Header(stamp=time_message(frame.stamp_ns), frame_id=frame.frame_id)
        message = scene_to_message(
            scene, header=header, encoding=MASK_ENCODINGS["rle"], model_hash=self._model_hash
        )
        self._writer.put(RELATIONS, frame.received_ns, message)

    def close(self) -> None:
        self._writer.close()
