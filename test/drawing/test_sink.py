import numpy as np
import pytest

from hrs_ros.data.frames import open_frames, read_picture
from hrs_ros.drawing.sink import OverlaySink, PictureSink, VideoSink

RED = np.full((48, 64, 3), (200, 0, 0), np.uint8)


def test_video_keeps_every_frame_and_its_colours(tmp_path):
    with VideoSink(tmp_path / "a.mp4", rate=12) as sink:
        for index in range(4):
            sink.write(str(index), RED)
    assert sink.written == 4 and sink.target == tmp_path / "a.mp4"
    frames = list(open_frames(tmp_path / "a.mp4"))
    red, green, blue = frames[0].image.reshape(-1, 3).mean(axis=0)
    assert len(frames) == 4 and red > 180 and green < 20 and blue < 20


def test_a_video_keeps_one_size(tmp_path):
    with VideoSink(tmp_path / "a.mp4", rate=12) as sink:
        sink.write("0", RED)
        with pytest.raises(ValueError, match="frame 1 is 32x48, the video is 64x48"):
            sink.write("1", RED[:, :32])


def test_an_unwritable_video_says_where(tmp_path):
    with VideoSink(tmp_path / "absent" / "a.mp4", rate=12) as sink, pytest.raises(OSError, match="absent"):
        sink.write("0", RED)


def test_pictures_are_named_after_frames(tmp_path):
    with PictureSink(tmp_path) as sink:
        sink.write("kitchen", RED)
    assert sink.written == 1
    np.testing.assert_array_equal(read_picture(tmp_path / "kitchen_annotated.png"), RED)


def test_the_base_keeps_nothing(tmp_path):
    with OverlaySink() as sink:
        sink.write("0", RED)
    assert not sink.wanted and sink.target is None
