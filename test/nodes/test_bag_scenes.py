"""Bags of our messages: from a bag of images to one of scenes, read back with the definitions in the bag."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("rclpy", reason="needs ROS 2 (scripts/setup installs it as wheels)")
pytest.importorskip("hrs_msgs.msg", reason="needs the built messages (scripts/build_messages)")

from rclpy.serialization import deserialize_message
from rosbags.highlevel import AnyReader
from rosbags.rosbag2 import StoragePlugin

from hrs_msgs.msg import HRSScene, Labels
from hrs_ros.nodes import bag_writer
from hrs_ros.nodes.bag_scenes import LABELS, RELATIONS, BagScenes
from hrs_ros.nodes.bag_writer import message_types
from hrs_ros.nodes.messages import scene_from_message
from hrs_ros.recording.recording import RecordedFrame
from hrs_ros.scene import Entity, Mask, Relation, Scene


def frame(number: int) -> RecordedFrame:
    stamp = 5_000_000_000 + number
    return RecordedFrame(
        f"{number:06d}", stamp, "eye", 9_000_000_000 + number, np.zeros((20, 30, 3), np.uint8)
    )


def scene(number: int) -> Scene:
    mask = Mask(x=3, y=2, bits=np.ones((5, 4), bool))
    entities = (Entity(1, 1, 0.5, mask, {5: mask}, track_id=11), Entity(2, 128, 0.25, mask, track_id=12))
    relation = Relation(1, 1, 2, 0.125, (5,), (0.75,), since_ns=4_000_000_000)
    return Scene(20, 30, entities, (relation,), stamp_ns=5_000_000_000 + number, frame_id="eye")


@pytest.mark.parametrize("storage", list(StoragePlugin))
def test_what_was_written_is_read_back(tmp_path: Path, storage: StoragePlugin) -> None:
    path = tmp_path / "bag"
    with BagScenes(path, model_hash="abc", storage=storage) as output:
        for number in range(3):
            output.write(frame(number), scene(number))
    with AnyReader([path]) as reader:
        rows = [(c.topic, time, c.msgtype, data) for c, time, data in reader.messages()]
        decoded = reader.deserialize(rows[1][3], rows[1][2])  # with the definitions that the bag carries
    assert [topic for topic, *_ in rows] == [LABELS, *[RELATIONS] * 3]
    assert [time for _, time, *_ in rows] == [9_000_000_000, 9_000_000_000, 9_000_000_001, 9_000_000_002]
    assert decoded.entities[1].label == "plate 1" and decoded.relations[0].since.sec == 4  # type: ignore[attr-defined]
    message = deserialize_message(bytes(rows[3][3]), HRSScene)
    back = scene_from_message(message)
    assert (back.stamp_ns, back.frame_id, message.model_hash) == (5_000_000_002, "eye", "abc")
    assert back.relations == scene(2).relations
    assert np.array_equal(back.entities[0].mask.bits, scene(2).entities[0].mask.bits)
    assert deserialize_message(bytes(rows[0][3]), Labels).entities[1] == "human"


def test_types_are_those_of_the_built_messages() -> None:
    """A player compares the hash in the bag with that of its own hrs_msgs."""
    hashed = message_types().hash_rihs01("hrs_msgs/msg/HRSScene")
    folder = bag_writer._definitions()
    assert hashed in (folder / "HRSScene.json").read_text()


def test_a_bag_of_an_earlier_run_is_replaced(tmp_path: Path) -> None:
    for count in (3, 1):
        with BagScenes(tmp_path / "bag", model_hash="") as output:
            for number in range(count):
                output.write(frame(number), scene(number))
    with AnyReader([tmp_path / "bag"]) as reader:
        assert sum(connection.topic == RELATIONS for connection, *_ in reader.messages()) == 1


def test_without_built_messages_it_says_what_to_do(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("AMENT_PREFIX_PATH", str(tmp_path))
    monkeypatch.setattr(bag_writer.sys, "prefix", str(tmp_path))
    with pytest.raises(FileNotFoundError, match="scripts/build_messages"):
        BagScenes(tmp_path / "bag", model_hash="")
    assert not (tmp_path / "bag").exists()
