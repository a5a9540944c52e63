from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import yaml

from hrs_ros.synthetic.camera import Camera
from hrs_ros.synthetic.clips.rgbd import CAMERA_INFO, depth_path, write_camera_info, write_depth
from hrs_ros.synthetic.renderer import Picture

CAMERA = Camera.looking_at((3.0, 9.0, 20.0), (0.0, 8.0, -4.0), np.deg2rad(40), 640 / 480)


def test_calibration_projects_like_the_renderer(tmp_path: Path) -> None:
    write_camera_info(tmp_path, CAMERA, width=640, height=480)
    calibration = yaml.safe_load((tmp_path / CAMERA_INFO).read_text())
    k = np.reshape(calibration["camera_matrix"]["data"], (3, 3))
    points = np.array([[0.0, 8.0, -4.0], [2.0, 11.0, 1.0], [-5.0, 3.0, -9.0]])
    eye = np.c_[points, np.ones(3)] @ CAMERA.view.T
    optical = eye[:, :3] * (1, -1, -1)  # x right, y down, z along the view
    projected = optical @ k.T
    pixels, _ = CAMERA.project(points, 640, 480)
    # The renderer counts from the corner of the first pixel, ROS from its centre.
    np.testing.assert_allclose(projected[:, :2] / projected[:, 2:], pixels - 0.5, atol=1e-9)
    assert calibration["distortion_coefficients"]["data"] == [0.0] * 5
    assert np.reshape(calibration["projection_matrix"]["data"], (3, 4))[:, :3].tolist() == k.tolist()


def test_depth_is_in_millimetres_and_0_in_the_background(tmp_path: Path) -> None:
    ids = np.array([[0, 1], [2, 2]], np.uint8)
    depth = np.array([[30.0, 12.345], [700.0, 1.0]], np.float32)
    picture = Picture(np.zeros((2, 2, 3), np.uint8), ids, ids, ids, depth)
    write_depth(tmp_path, 7, picture)
    assert depth_path(tmp_path, 7).name == "000007.png"
    read = cv2.imread(str(depth_path(tmp_path, 7)), cv2.IMREAD_UNCHANGED)
    assert read.dtype == np.uint16
    assert read.tolist() == [[0, 1234], [65535, 100]]
