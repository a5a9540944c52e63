"""Where annotated frames go: a video, a folder of pictures, or nowhere."""

from __future__ import annotations

from pathlib import Path
from types import TracebackType

import cv2

from hrs_ros.data.frames import write_picture
from hrs_ros.drawing.masks import Image


class OverlaySink:
    """Takes frames and drops them; the base of those that keep them. A context manager."""

    wanted = False  # whether drawing is worth the time

    def __init__(self) -> None:
        self.written = 0

    @property
    def target(self) -> Path | None:
        """File or folder that was written."""
        return None

    def write(self, name: str, image: Image) -> None:
        """Keep one RGB frame (H, W, 3) uint8."""
        self.written += 1

    def close(self) -> None:
        """Finish what is written; called when the context ends."""

    def __enter__(self) -> OverlaySink:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


class PictureSink(OverlaySink):
    """One PNG a frame, named after it."""

    wanted = True

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self._folder = folder

    @property
    def target(self) -> Path:
        return self._folder

    def write(self, name: str, image: Image) -> None:
        write_picture(self._folder / f"{name}_annotated.png", image)
        super().write(name, image)


class VideoSink(OverlaySink):
    """One MPEG-4 file; the first frame fixes its size."""

    wanted = True

    def __init__(self, path: Path, *, rate: float) -> None:
        super().__init__()
        self._path, self._rate = path, rate
        self._writer: cv2.VideoWriter | None = None
        self._size = (0, 0)

    @property
    def target(self) -> Path:
        return self._path

    def write(self, name: str, image: Image) -> None:
        size = (image.shape[1], image.shape[0])
        if self._writer is None:
            self._writer, self._size = self._open(size), size
        if size != self._size:
            raise ValueError(
                f"{self._path}: frame {name} is {size[0]}x{size[1]}, the video is "
                f"{self._size[0]}x{self._size[1]}; a video keeps one size, write pictures instead"
            )
        self._writer.write(cv2.cvtColor(image, cv2.COLOR_RGB2BGR))
        super().write(name, image)

    def close(self) -> None:
        if self._writer is not None:
            self._writer.release()

    def _open(self, size: tuple[int, int]) -> cv2.VideoWriter:
        writer = cv2.VideoWriter(str(self._path), cv2.VideoWriter.fourcc(*"mp4v"), self._rate, size)
        if not writer.isOpened():
            raise OSError(f"{self._path}: OpenCV cannot write an MPEG-4 video here; check folder and rights")
        return writer
