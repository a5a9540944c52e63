"""Frames from folders and videos, in order and again; sources that cannot be used."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import pytest

from hrs_ros.nodes.frame_source import FOLDER_RATE, SourceError, open_source


def write_video(path: Path, *, frames: int = 5, rate: float = 12.0) -> Path:
    writer = cv2.VideoWriter(str(path), cv2.VideoWriter.fourcc(*"MJPG"), rate, (64, 48))
    for number in range(frames):
        writer.write(np.full((48, 64, 3), 40 * number, np.uint8))
    writer.release()
    return path


def levels(source: object) -> list[int]:
    found = []
    while (image := source.read()) is not None:  # type: ignore[attr-defined]
        found.append(round(float(image.mean())))
    return found


def test_video_gives_its_frames_and_rate_and_gives_them_again(tmp_path: Path) -> None:
    source = open_source(str(write_video(tmp_path / "clip.avi")))
    assert source.rate == pytest.approx(12.0) and not source.live
    first = levels(source)
    assert first == pytest.approx([0, 40, 80, 120, 160], abs=3)
    assert source.read() is None
    source.rewind()
    assert levels(source) == first


def test_folder_is_read_by_name_and_other_files_are_left_alone(tmp_path: Path) -> None:
    for name, level in (("b.png", 20), ("a.jpg", 10), ("c.PNG", 30)):
        cv2.imwrite(str(tmp_path / name), np.full((4 + level, 5, 3), level, np.uint8))
    (tmp_path / "notes.txt").write_text("no image")
    source = open_source(str(tmp_path))
    assert source.rate == FOLDER_RATE
    assert levels(source) == [10, 20, 30]
    source.rewind()
    assert levels(source) == [10, 20, 30]


def test_a_damaged_image_is_named_and_the_next_one_read(tmp_path: Path) -> None:
    (tmp_path / "a.png").write_bytes(b"\x89PNG nothing")
    cv2.imwrite(str(tmp_path / "b.png"), np.full((4, 4, 3), 9, np.uint8))
    source = open_source(str(tmp_path))
    with pytest.raises(SourceError, match=r"a\.png .* not readable as a picture"):
        source.read()
    assert levels(source) == [9]


def test_unusable_sources_are_named(tmp_path: Path) -> None:
    (tmp_path / "film.mp4").write_bytes(b"not a film")
    (tmp_path / "empty").mkdir()
    for text, said in (
        ("", "no source"),
        (str(tmp_path / "nowhere.mp4"), "not found"),
        (str(tmp_path / "film.mp4"), "not a video"),
        (str(tmp_path / "empty"), "no pictures in this folder"),
        ("93", "camera with number 93"),
    ):
        with pytest.raises(SourceError, match=said):
            open_source(text)


@pytest.mark.shared
def test_real_clips_open(shared: Path) -> None:
    clips = [
        p for p in sorted((shared / "data" / "clips").rglob("*")) if p.suffix in (".mp4", ".avi", ".mov")
    ]
    assert clips
    for path in clips:
        source = open_source(str(path))
        image = source.read()
        assert image is not None and image.shape[2] == 3 and 1 <= source.rate <= 120
        source.close()


def test_a_bag_is_played_at_its_rate(tmp_path: Path) -> None:
    rosbags = pytest.importorskip("rosbags.rosbag2", reason="needs rosbags-image")
    from rosbags.typesys import Stores, get_typestore

    store = get_typestore(Stores.ROS2_JAZZY)
    image = store.types["sensor_msgs/msg/Image"]
    header = store.types["std_msgs/msg/Header"](store.types["builtin_interfaces/msg/Time"](1, 0), "eye")
    with rosbags.Writer(tmp_path / "bag", version=9) as writer:
        topic = writer.add_connection("/image", "sensor_msgs/msg/Image", typestore=store)
        for number in range(5):
            pixels = np.full(4 * 6 * 3, 10 * number, np.uint8)
            message = image(header, 4, 6, "bgr8", 0, 18, pixels)
            writer.write(topic, number * 50_000_000, store.serialize_cdr(message, "sensor_msgs/msg/Image"))
    source = open_source(str(tmp_path / "bag"))
    assert source.rate == pytest.approx(20.0) and not source.live
    assert levels(source) == [0, 10, 20, 30, 40]
    source.rewind()
    assert levels(source) == [0, 10, 20, 30, 40]
