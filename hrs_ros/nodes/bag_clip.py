"""A rendered clip as a bag, as if a colour and depth camera had been recorded, with the truth beside it.

/camera/color/image_raw/compressed                   JPEG
/camera/aligned_depth_to_color/image_raw             16UC1, millimetres
/camera/color/camera_info
/hrs/truth                                           hrs_msgs/HRSScene, one an image
"""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import yaml
from sensor_msgs.msg import CameraInfo, CompressedImage, Image
from std_msgs.msg import Header
from tqdm import tqdm

from hrs_ros.evaluation.clips import frames_with_truth
from hrs_ros.nodes.bag_writer import BagWriter
from hrs_ros.nodes.messages import MASK_ENCODINGS, scene_to_message, time_message
from hrs_ros.synthetic.clips.rgbd import CAMERA_INFO, depth_path

IMAGE = "/camera/color/image_raw/compressed"
DEPTH = "/camera/aligned_depth_to_color/image_raw"
INFO = "/camera/color/camera_info"
TRUTH = "/hrs/truth"
JPEG_QUALITY = 95
START_NS = 1_000_000_000  # players take 0 for "no time"


def write_bag(clip: Path, bag: Path) -> int:
    """Write the bag of a clip folder that was rendered with depth; returns the number of frames.

    Replaces a bag at ``bag``. Raises FileNotFoundError for a clip without depth and where hrs_msgs is not
    built, ValueError for one whose files do not belong together.
    """
    calibration = clip / CAMERA_INFO
    if not calibration.is_file():
        raise FileNotFoundError(f"{calibration} not found: render the clip with depth")
    info = camera_info(yaml.safe_load(calibration.read_text(encoding="utf-8")))
    writer = BagWriter(bag, compress=True)
    count = 0
    try:
        for frame, truth in tqdm(frames_with_truth(clip), desc=bag.name, unit="frame"):
            time_ns = START_NS + truth.stamp_ns
            header = Header(stamp=time_message(time_ns), frame_id=truth.frame_id)
            info.header = header
            writer.put(IMAGE, time_ns, _jpeg(frame.image, header))
            writer.put(DEPTH, time_ns, _depth(depth_path(clip, count), header))
            writer.put(INFO, time_ns, info)
            encoding = MASK_ENCODINGS["rle"]
            writer.put(TRUTH, time_ns, scene_to_message(truth, header=header, encoding=encoding))
            count += 1
    finally:
        writer.close()
    return count


def camera_info(calibration: dict) -> CameraInfo:
    """Message of a file of ROS's camera_calibration, without header."""

    def data(name: str) -> list[float]:
        return [float(value) for value in calibration[name]["data"]]

    return CameraInfo(
        width=calibration["image_width"],
        height=calibration["image_height"],
        distortion_model=calibration["distortion_model"],
        d=data("distortion_coefficients"),
        k=data("camera_matrix"),
        r=data("rectification_matrix"),
        p=data("projection_matrix"),
    )


def _jpeg(image: np.ndarray, header: Header) -> CompressedImage:
    message = CompressedImage(header=header, format="rgb8; jpeg compressed bgr8")
    _, data = cv2.imencode(".jpg", image[..., ::-1], [cv2.IMWRITE_JPEG_QUALITY, JPEG_QUALITY])
    message.data.frombytes(data.data.cast("B"))
    return message


def _depth(path: Path, header: Header) -> Image:
    image = cv2.imread(str(path), cv2.IMREAD_UNCHANGED)
    if image is None or image.dtype != np.uint16:
        raise FileNotFoundError(f"{path}: expected a 16-bit depth image; render the clip again with depth")
    height, width = image.shape
    message = Image(
        header=header, height=height, width=width, encoding="16UC1", is_bigendian=0, step=2 * width
    )
    message.data.frombytes(np.ascontiguousarray(image).data.cast("B"))
    return message
