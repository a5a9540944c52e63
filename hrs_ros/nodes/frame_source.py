"""Where the player's frames come from: a video, a folder of images, a bag, a live camera. No ROS here."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol

import cv2
import numpy as np
from numpy.typing import NDArray

from hrs_ros.recording.recording import Damage, open_recording

FOLDER_RATE = 10.0  # images a second, where the source has no rate of its own
CAMERA_RATE = 30.0
HIGHEST_RATE = 1000.0  # broken files name rates such as 90000


class SourceError(ValueError):
    """A source, or one frame of it, that cannot be read."""


class FrameSource(Protocol):
    """Frames in order; (H, W, 3) uint8 RGB. Sizes may change from frame to frame."""

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
    """A camera index ("0"), a folder of images, a bag or a video file. Raises SourceError."""
    if not text:
        raise SourceError(
            "no source: expected a video file, a folder of images, a bag or a camera index, got ''"
        )
    return Camera(int(text)) if text.isdecimal() else Recorded(Path(text).expanduser())


class Recorded:
    """A video file, a folder of images or a bag, frame by frame."""

    live = False

    def __init__(self, path: Path) -> None:
        try:
            self._recording = open_recording(path)
        except (ValueError, OSError, ImportError) as error:
            raise SourceError(f"{error} (a camera is named by its number)") from error
        rate = self._recording.rate if self._recording.rate <= HIGHEST_RATE else CAMERA_RATE
        self.rate = rate if self._recording.film else FOLDER_RATE
        self._iterator = iter(self._recording)

    def read(self) -> NDArray[np.uint8] | None:
        frame = next(self._iterator, None)
        if isinstance(frame, Damage):
            raise SourceError(frame.text)
        return None if frame is None else frame.image

    def rewind(self) -> None:
        self._iterator = iter(self._recording)

    def close(self) -> None:
        self._iterator = iter(())


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
        self.rate = rate if 0 < rate <= HIGHEST_RATE else CAMERA_RATE

    def read(self) -> NDArray[np.uint8] | None:
        found, image = self._capture.read()
        if not found:
            raise SourceError(f"camera {self._index} gave no picture; it is unplugged or in use")
        return np.asarray(cv2.cvtColor(image, cv2.COLOR_BGR2RGB), np.uint8)

    def rewind(self) -> None:
        raise SourceError("a live camera has no beginning to go back to")

    def close(self) -> None:
        self._capture.release()
