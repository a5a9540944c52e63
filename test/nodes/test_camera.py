"""Names of cameras: what is taken, what is refused, and the topics they make."""

from __future__ import annotations

import pytest

pytest.importorskip("rclpy", reason="needs ROS 2 (scripts/setup installs it as wheels)")
pytest.importorskip("hrs_msgs.srv", reason="needs the built messages (scripts/build_messages)")

from hrs_ros.nodes.camera import Camera, parse_cameras


def test_no_name_is_one_camera_with_the_plain_topics() -> None:
    (camera,) = parse_cameras("  ")
    assert (camera.topic("relations"), str(camera)) == ("relations", "camera")


def test_named_cameras_have_topics_under_their_names() -> None:
    front, wrist = parse_cameras("front  left_wrist")
    assert (front.topic("image"), wrist.topic("latency/total")) == ("front/image", "left_wrist/latency/total")
    assert wrist == Camera("left_wrist")


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("front /wrist", "got '/wrist'"),
        ("2nd", "got '2nd'"),
        ("front,wrist", "got 'front,wrist'"),
        ("_hidden", "got '_hidden'"),
        ("front wrist front", "every name once"),
    ],
)
def test_names_that_make_no_topics_are_refused(text: str, problem: str) -> None:
    with pytest.raises(ValueError, match="cameras: expected") as error:
        parse_cameras(text)
    assert problem in str(error.value)
