"""Where the player's frames come from: a video file, a folder of images, a live camera. No ROS here."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol

import cv2
import numpy as np
from numpy.typing import NDArray

IMAGE_SUFFIXES = (".jpg", ".jpeg", ".png", ".bmp", ".webp", ".tif", ".tiff")
FOLDER_RATE = 10.0  # images a second, where the source has no rate of its own
CAMERA_RATE = 30.0


class SourceError(ValueError):
    """A source, or one frame of it, that cannot be read."""


class FrameSource(Protocol):
    """Frames in order; (H, W, 3) uint8 BGR, as OpenCV reads them. Sizes may change from frame to frame."""

    rate: float
    """Frames a second the source was made for."""

    live: bool
    """Frames come when they come: there is no start to go back to."""

    def read(self) -> NDArray[np.uint8] | None:
        """The next frame, None after the last. SourceError for one that cannot be read; the next may be."""

    def rewind(self) -> None:
        """Back to the first frame."""

    def close(self) -> None: ...


def open_source(text: str) -> FrameSource:
    """A camera index ("0"), a folder of images, or a video file. Raises SourceError."""
    if not text:
        raise SourceError("no source: expected a video file, a folder of images or a camera index, got ''")
    if text.isdecimal():
        return Camera(int(text))
    path = Path(text).expanduser()
    if path.is_dir():
        return Folder(path)
    if path.is_file():
        return Video(path)
    raise SourceError(f"expected a video file, a folder of images or a camera index, found nothing at {path}")


class Folder:
    """Image files of one folder in order of their names."""

    live = False

    def __init__(self, folder: Path) -> None:
        self.rate = FOLDER_RATE
        self._paths = sorted(p for p in folder.iterdir() if p.suffix.lower() in IMAGE_SUFFIXES)
        self._next = 0
        if not self._paths:
            raise SourceError(f"expected images ({', '.join(IMAGE_SUFFIXES)}) in {folder}, found none")

    def read(self) -> NDArray[np.uint8] | None:
        if self._next == len(self._paths):
            return None
        path = self._paths[self._next]
        self._next += 1
        image = cv2.imread(str(path), cv2.IMREAD_COLOR)
        if image is None:
            raise SourceError(f"{path} is not an image that can be read; it is damaged or of another format")
        return np.asarray(image, np.uint8)

    def rewind(self) -> None:
        self._next = 0

    def close(self) -> None:
        self._next = len(self._paths)


class Video:
    """A video file, decoded frame by frame."""

    live = False

    def __init__(self, path: Path) -> None:
        self._path = path
        self._capture = cv2.VideoCapture(str(path))
        rate = self._capture.get(cv2.CAP_PROP_FPS) if self._capture.isOpened() else 0.0
        first = self._capture.read()[0]
        if not first:
            raise SourceError(
                f"{path} is not a video that OpenCV can read; it is damaged or of another format"
            )
        self.rate = rate if 0 < rate <= 1000 else CAMERA_RATE  # broken files name rates such as 90000
        self.rewind()

    def read(self) -> NDArray[np.uint8] | None:
        found, image = self._capture.read()
        return np.asarray(image, np.uint8) if found else None

    def rewind(self) -> None:
        # Seeking to frame 0 is not exact with every codec; opening again is.
        self._capture.release()
        self._capture = cv2.VideoCapture(str(self._path))

    def close(self) -> None:
        self._capture.release()


class Camera:
    """A camera of this machine by its number."""

    live = True

    def __init__(self, index: int) -> None:
        self._index = index
        self._capture = cv2.VideoCapture(index)
        if not self._capture.isOpened():
            raise SourceError(f"expected a camera with number {index}, found none; see `ls /dev/video*`")
        self._capture.set(cv2.CAP_PROP_BUFFERSIZE, 1)  # the newest picture, not the oldest of a queue
        rate = self._capture.get(cv2.CAP_PROP_FPS)
        self.rate = rate if 0 < rate <= 1000 else CAMERA_RATE

    def read(self) -> NDArray[np.uint8] | None:
        found, image = self._capture.read()
        if not found:
            raise SourceError(f"camera {self._index} gave no picture; it is unplugged or in use")
        return np.asarray(image, np.uint8)

    def rewind(self) -> None:
        raise SourceError("a live camera has no beginning to go back to")

    def close(self) -> None:
        self._capture.release()
