import cv2
import numpy as np
import pytest

from hrs_ros.data.frames import open_frames, read_picture, write_picture


def picture(value, height=24, width=32):
    image = np.zeros((height, width, 3), np.uint8)
    image[..., 0] = value  # red
    return image


def write_video(path, count, rate=10.0):
    writer = cv2.VideoWriter(str(path), cv2.VideoWriter.fourcc(*"mp4v"), rate, (64, 48))
    for index in range(count):
        writer.write(np.full((48, 64, 3), (0, 0, 20 * index), np.uint8))  # BGR: red grows
    writer.release()


def test_video_frames_in_order_with_times_and_rgb(tmp_path):
    write_video(tmp_path / "a.mp4", 5)
    source = open_frames(tmp_path / "a.mp4")
    frames = list(source)
    assert source.is_video and source.expected == 5 and source.rate == pytest.approx(10)
    assert [frame.name for frame in frames] == ["000000", "000001", "000002", "000003", "000004"]
    assert [frame.stamp_ns for frame in frames] == [0, 100_000_000, 200_000_000, 300_000_000, 400_000_000]
    for index, frame in enumerate(frames):
        red, _, blue = frame.image.reshape(-1, 3).mean(axis=0)
        assert abs(red - 20 * index) < 6 and blue < 6
    assert len(list(source)) == 5  # a second round starts over


def test_folder_in_order_of_names_and_broken_pictures_are_listed(tmp_path):
    write_picture(tmp_path / "b.png", picture(200))
    write_picture(tmp_path / "a.png", picture(100))
    write_picture(tmp_path / "a.jpg", picture(50))
    (tmp_path / "c.png").write_bytes(b"no picture")
    (tmp_path / "d.png").write_bytes(b"")
    (tmp_path / "notes.txt").write_text("ignored")
    source = open_frames(tmp_path)
    assert source.expected == 5 and not source.is_video
    assert [(frame.index, frame.name) for frame in source] == [(0, "a.jpg"), (1, "a.png"), (2, "b")]
    assert [path.name for path in source.unreadable] == ["c.png", "d.png"]


def test_one_picture(tmp_path):
    write_picture(tmp_path / "photo.png", picture(77))
    (frame,) = open_frames(tmp_path / "photo.png")
    assert frame.name == "photo" and (frame.image == picture(77)).all()


def test_pictures_survive_a_round_trip(tmp_path):
    mask = np.zeros((5, 6), np.uint8)
    mask[2] = 255
    write_picture(tmp_path / "mask.png", mask)
    np.testing.assert_array_equal(read_picture(tmp_path / "mask.png")[..., 0], mask)


def test_what_cannot_be_read_says_what_was_expected(tmp_path):
    with pytest.raises(FileNotFoundError, match="expected a video file, a folder of pictures or a picture"):
        open_frames(tmp_path / "absent.mp4")
    with pytest.raises(ValueError, match="no pictures in this folder"):
        open_frames(tmp_path)
    (tmp_path / "a.mp4").write_text("no video")
    with pytest.raises(ValueError, match="not a video that OpenCV can read"):
        open_frames(tmp_path / "a.mp4")
