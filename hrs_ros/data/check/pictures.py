"""Reads pictures so that a file that was cut off is not taken for a whole one."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from hrs_ros.data.check.finding import Damage, Finding

JPEG, JPEG_SCAN, JPEG_END = b"\xff\xd8", b"\xff\xda", b"\xff\xd9"


def read_picture(path: Path, flags: int) -> NDArray[Any] | Finding:
    """The decoded picture, or what is wrong with its file. ``flags`` as of ``cv2.imread``."""
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        return Finding(Damage.MISSING_FILE, path, "the lists name this image")
    except OSError as error:
        return Finding(Damage.UNREADABLE_IMAGE, path, str(error))
    # A decoder fills the rest of a cut JPEG with grey. Inside coded data both marks are escaped.
    if data.startswith(JPEG) and data.rfind(JPEG_END) < data.rfind(JPEG_SCAN):
        return Finding(Damage.UNREADABLE_IMAGE, path, f"a JPEG that ends early, after {len(data)} bytes")
    picture = cv2.imdecode(np.frombuffer(data, np.uint8), flags) if data else None
    if picture is None:
        return Finding(Damage.UNREADABLE_IMAGE, path, f"no decoder reads these {len(data)} bytes")
    return picture


def read_label_map(path: Path, dtype: type[np.generic], size: tuple[int, ...]) -> NDArray[Any] | Finding:
    """A map (H, W) of ``dtype`` whose height and width must be ``size``, or what is wrong with it."""
    labels = read_picture(path, cv2.IMREAD_UNCHANGED)
    if isinstance(labels, Finding):
        return labels
    if labels.ndim != 2 or labels.dtype != dtype:
        channels = 1 if labels.ndim == 2 else labels.shape[2]
        bits, wanted = labels.dtype.itemsize * 8, np.dtype(dtype).itemsize * 8
        message = f"expected one channel of {wanted} bits, got {channels} of {bits}"
        return Finding(Damage.WRONG_FORMAT, path, message)
    if labels.shape != size:
        message = f"{labels.shape[1]} x {labels.shape[0]}, but its image is {size[1]} x {size[0]}"
        return Finding(Damage.SIZES_DIFFER, path, message)
    return labels
