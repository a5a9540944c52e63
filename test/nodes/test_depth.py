"""Depth images of every encoding as metres, and those that are refused; points as a cloud message."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

pytest.importorskip("rclpy", reason="needs ROS 2 (scripts/setup installs it as wheels)")
pytest.importorskip("hrs_msgs.action", reason="needs the built messages (scripts/build_messages)")

from sensor_msgs.msg import Image
from std_msgs.msg import Header

from hrs_msgs.msg import SpatialObject
from hrs_ros.nodes.cloud_message import cloud_message
from hrs_ros.nodes.depth import SpatialError, depth_from_message

EXPECTED = [[1.5, np.nan, 0.25], [2.0, 3.0, np.nan]]


def _message(encoding: str, rows: np.ndarray, *, big: bool = False, padding: int = 0) -> Image:
    code = {"16UC1": "u2", "mono16": "u2", "32FC1": "f4"}[encoding]
    data = rows.astype(np.dtype(code).newbyteorder(">" if big else "<"))
    padded = np.pad(data.view(np.uint8), ((0, 0), (0, padding)), constant_values=255)
    message = Image(
        height=rows.shape[0], width=rows.shape[1], encoding=encoding, is_bigendian=big, step=padded.shape[1]
    )
    message.data.frombytes(padded.tobytes())
    return message


@pytest.mark.parametrize("padding", [0, 3])
@pytest.mark.parametrize("big", [False, True])
@pytest.mark.parametrize("encoding", ["16UC1", "mono16", "32FC1"])
def test_encodings(encoding: str, big: bool, padding: int) -> None:
    metres = np.array(EXPECTED)
    rows = metres if encoding == "32FC1" else np.nan_to_num(metres * 1000)
    found = depth_from_message(_message(encoding, rows, big=big, padding=padding))
    np.testing.assert_allclose(found, EXPECTED)
    assert found.dtype == np.float32


@settings(max_examples=100)
@given(
    encoding=st.sampled_from(["16UC1", "32FC1", "rgb8", "8UC1", ""]),
    height=st.integers(0, 5),
    width=st.integers(0, 5),
    step=st.integers(0, 30),
    size=st.integers(0, 100),
)
def test_any_message_is_depth_or_a_spatial_error(
    encoding: str, height: int, width: int, step: int, size: int
) -> None:
    message = Image(height=height, width=width, encoding=encoding, step=step)
    message.data.frombytes(bytes(size))
    try:
        assert depth_from_message(message).shape == (height, width)
    except SpatialError as error:
        assert error.status == SpatialObject.BAD_DEPTH and "expected" in str(error)


def test_cloud_is_laid_out_as_its_fields_say() -> None:
    points = np.array([[1.0, -2.0, 3.0], [0.5, 0.25, 8.0]])
    message = cloud_message(points, header=Header(frame_id="eye"))
    assert (message.height, message.width, message.point_step, message.row_step) == (1, 2, 12, 24)
    layout = np.dtype(
        {
            "names": [field.name for field in message.fields],
            "formats": ["<f4"] * 3,
            "offsets": [field.offset for field in message.fields],
        }
    )
    rows = np.frombuffer(bytes(message.data), layout)
    np.testing.assert_array_equal(np.stack([rows[name] for name in "xyz"], axis=1), points)
    assert message.is_dense and message.header.frame_id == "eye"
    assert cloud_message(np.zeros((0, 3)), header=Header()).width == 0


def test_cloud_is_what_ros_tools_read() -> None:
    tools = pytest.importorskip("sensor_msgs_py.point_cloud2", reason="comes with a ROS 2 installation")
    points = np.random.default_rng(0).normal(size=(50, 3)).astype(np.float32)
    message = cloud_message(points, header=Header(frame_id="eye"))
    expected = tools.create_cloud_xyz32(Header(frame_id="eye"), points)
    expected.is_dense = True  # the tool promises nothing; here no point is missing
    assert message == expected
    np.testing.assert_array_equal(tools.read_points_numpy(message, ("x", "y", "z")), points)
