"""A clip folder as a bag, read back with the definitions in the bag."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import pytest

pytest.importorskip("rclpy", reason="needs ROS 2 (scripts/setup installs it as wheels)")
pytest.importorskip("hrs_msgs.msg", reason="needs the built messages (scripts/build_messages)")

from rclpy.serialization import deserialize_message
from rosbags.highlevel import AnyReader

from hrs_msgs.msg import HRSScene
from hrs_ros.nodes.bag_clip import DEPTH, IMAGE, INFO, START_NS, TRUTH, write_bag
from hrs_ros.nodes.messages import scene_from_message
from hrs_ros.recording.recording import RecordedFrame, open_recording
from hrs_ros.scene import Entity, Mask, Scene
from hrs_ros.scene_json import write_scenes
from hrs_ros.synthetic.clips.rgbd import CAMERA_INFO, DEPTH_FOLDER

HEIGHT, WIDTH = 48, 64
CALIBRATION = """
image_width: 64
image_height: 48
camera_name: test
camera_matrix: {rows: 3, cols: 3, data: [50, 0, 31.5, 0, 50, 23.5, 0, 0, 1]}
distortion_model: plumb_bob
distortion_coefficients: {rows: 1, cols: 5, data: [0, 0, 0, 0, 0]}
rectification_matrix: {rows: 3, cols: 3, data: [1, 0, 0, 0, 1, 0, 0, 0, 1]}
projection_matrix: {rows: 3, cols: 4, data: [50, 0, 31.5, 0, 0, 50, 23.5, 0, 0, 0, 1, 0]}
"""


@pytest.fixture
def clip(tmp_path: Path) -> Path:
    """Two grey frames of one plate."""
    folder = tmp_path / "clip"
    (folder / DEPTH_FOLDER).mkdir(parents=True)
    video = cv2.VideoWriter(str(folder / "clip.mp4"), cv2.VideoWriter.fourcc(*"mp4v"), 10, (WIDTH, HEIGHT))
    scenes = []
    for number in range(2):
        video.write(np.full((HEIGHT, WIDTH, 3), 60 + 100 * number, np.uint8))
        depth = np.full((HEIGHT, WIDTH), 1500 + number, np.uint16)
        cv2.imwrite(str(folder / DEPTH_FOLDER / f"{number:06d}.png"), depth)
        plate = Entity(4, 128, 1.0, Mask(x=10, y=5 + number, bits=np.ones((8, 9), bool)))
        scenes.append(Scene(HEIGHT, WIDTH, (plate,), (), number * 100_000_000, "camera"))
    video.release()
    write_scenes(folder / "truth.jsonl", iter(scenes))
    (folder / CAMERA_INFO).write_text(CALIBRATION)
    return folder


def test_what_was_written_is_read_back(clip: Path, tmp_path: Path) -> None:
    assert write_bag(clip, tmp_path / "bag") == 2
    with AnyReader([tmp_path / "bag"]) as reader:
        rows = [
            (c.topic, time, reader.deserialize(data, c.msgtype), data) for c, time, data in reader.messages()
        ]
    assert [topic for topic, *_ in rows] == [IMAGE, DEPTH, INFO, TRUTH] * 2
    assert [time - START_NS for _, time, *_ in rows] == [0] * 4 + [100_000_000] * 4
    depth, info = rows[5][2], rows[2][2]
    assert (depth.encoding, depth.width, depth.height, depth.step) == ("16UC1", WIDTH, HEIGHT, 2 * WIDTH)
    assert set(depth.data.view(np.uint16)) == {1501}
    assert info.k.tolist() == [50, 0, 31.5, 0, 50, 23.5, 0, 0, 1] and info.width == WIDTH
    truth = scene_from_message(deserialize_message(bytes(rows[7][3]), HRSScene))
    assert truth.entities[0].mask.y == 6 and truth.stamp_ns == START_NS + 100_000_000
    assert {row[2].header.frame_id for row in rows} == {"camera"}


def test_its_colour_images_play_as_a_recording(clip: Path, tmp_path: Path) -> None:
    write_bag(clip, tmp_path / "bag")
    played = list(open_recording(tmp_path / "bag", topic=IMAGE))
    assert all(isinstance(frame, RecordedFrame) for frame in played)
    assert [round(frame.image.mean(), -1) for frame in played] == [60, 160]  # type: ignore[union-attr]


def test_a_clip_without_depth_is_refused_and_told_how(clip: Path, tmp_path: Path) -> None:
    (clip / CAMERA_INFO).unlink()
    with pytest.raises(FileNotFoundError, match="render the clip with depth"):
        write_bag(clip, tmp_path / "bag")
