"""What a depth camera adds to a clip: a depth image a frame, and its calibration.

``depth/000000.png`` ... 16-bit millimetres, 0 = nothing measured, registered to the colours.
``camera_info.yaml`` in the format of ROS's camera_calibration.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import cv2
import yaml

from hrs_ros.synthetic.depth_image import millimetres

if TYPE_CHECKING:  # reading a clip needs no renderer
    from hrs_ros.synthetic.camera import Camera
    from hrs_ros.synthetic.renderer import Picture

DEPTH_FOLDER, CAMERA_INFO = "depth", "camera_info.yaml"


def depth_path(clip: Path, number: int) -> Path:
    """The depth image of a frame."""
    return clip / DEPTH_FOLDER / f"{number:06d}.png"


def write_depth(clip: Path, number: int, picture: Picture) -> None:
    """Write the depth image of a frame; OSError if that fails."""
    path = depth_path(clip, number)
    path.parent.mkdir(exist_ok=True)
    if not cv2.imwrite(str(path), millimetres(picture)):
        raise OSError(f"could not write {path}")


def write_camera_info(clip: Path, camera: Camera, *, width: int, height: int) -> None:
    """Write the calibration of a rendered camera, which is ideal."""
    text = yaml.safe_dump(calibration(camera, width=width, height=height), sort_keys=False)
    (clip / CAMERA_INFO).write_text(text, encoding="utf-8")


def calibration(camera: Camera, *, width: int, height: int) -> dict[str, Any]:
    """Square pixels, no distortion; the centre of the top-left pixel is (0, 0), as everywhere in ROS."""
    focal, cx, cy = camera.focal * height, (width - 1) / 2, (height - 1) / 2

    def matrix(rows: int, *values: float) -> dict[str, Any]:
        return {"rows": rows, "cols": len(values) // rows, "data": [float(value) for value in values]}

    return {
        "image_width": width,
        "image_height": height,
        "camera_name": "rendered",
        "camera_matrix": matrix(3, focal, 0, cx, 0, focal, cy, 0, 0, 1),
        "distortion_model": "plumb_bob",
        "distortion_coefficients": matrix(1, 0, 0, 0, 0, 0),
        "rectification_matrix": matrix(3, 1, 0, 0, 0, 1, 0, 0, 0, 1),
        "projection_matrix": matrix(3, focal, 0, cx, 0, 0, focal, cy, 0, 0, 0, 1, 0),
    }
