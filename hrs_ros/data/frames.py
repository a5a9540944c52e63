"""Frames of a video file, a folder of pictures or one picture, one way for all of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

PICTURE_SUFFIXES = frozenset({".jpg", ".jpeg", ".png", ".bmp", ".webp", ".tif", ".tiff"})
DEFAULT_RATE = 30.0  # frames a second where a video does not say


@dataclass(frozen=True, slots=True, eq=False)
class Frame:
    """One image of a source."""

    index: int  # 0-based, counts delivered frames
    name: str  # "000012" in a video, the file's stem otherwise
    stamp_ns: int  # time since the start; pictures are DEFAULT_RATE apart
    image: NDArray[np.uint8]  # (H, W, 3) RGB


@dataclass(slots=True)
class FrameSource:
    """Iterable over frames; each iteration starts at the beginning.

    Pictures that cannot be decoded are left out and listed in ``unreadable``.
    """

    path: Path
    is_video: bool
    rate: float  # frames a second
    expected: int | None  # how many there should be; a video's own claim may be wrong
    pictures: tuple[Path, ...] = ()
    unreadable: list[Path] = field(default_factory=list)

    def __iter__(self) -> Iterator[Frame]:
        return self._video() if self.is_video else self._pictures()

    def _video(self) -> Iterator[Frame]:
        capture = cv2.VideoCapture(str(self.path))
        try:
            index = 0
            while True:
                good, image = capture.read()
                if not good:
                    return
                stamp = round(index * 1e9 / self.rate)
                rgb = np.asarray(cv2.cvtColor(image, cv2.COLOR_BGR2RGB), np.uint8)
                yield Frame(index, f"{index:06d}", stamp, rgb)
                index += 1
        finally:
            capture.release()

    def _pictures(self) -> Iterator[Frame]:
        self.unreadable.clear()
        # Two files may share a stem: then the suffix tells them apart.
        stems = [picture.stem for picture in self.pictures]
        index = 0
        for picture, stem in zip(self.pictures, stems, strict=True):
            image = read_picture(picture)
            if image is None:
                self.unreadable.append(picture)
                continue
            name = stem if stems.count(stem) == 1 else picture.name
            yield Frame(index, name, round(index * 1e9 / self.rate), image)
            index += 1


def open_frames(path: Path) -> FrameSource:
    """A video file, a folder of pictures (in order of their names) or one picture.

    Raises FileNotFoundError for a missing path and ValueError for one without pictures or frames.
    """
    if path.is_dir():
        pictures = tuple(sorted(p for p in path.iterdir() if p.suffix.lower() in PICTURE_SUFFIXES))
        if not pictures:
            raise ValueError(f"{path}: no pictures in this folder; expected {_suffixes()} files")
        return FrameSource(path, False, DEFAULT_RATE, len(pictures), pictures)
    if not path.exists():
        raise FileNotFoundError(f"{path} not found: expected a video file, a folder of pictures or a picture")
    if path.suffix.lower() in PICTURE_SUFFIXES:
        return FrameSource(path, False, DEFAULT_RATE, 1, (path,))
    capture = cv2.VideoCapture(str(path))
    try:
        readable, _ = capture.read()
        if not readable:
            raise ValueError(f"{path}: not a video that OpenCV can read, nor a picture ({_suffixes()})")
        rate, count = capture.get(cv2.CAP_PROP_FPS), int(capture.get(cv2.CAP_PROP_FRAME_COUNT))
    finally:
        capture.release()
    # NaN and 0 both mean that the file does not say.
    return FrameSource(path, True, rate if rate > 0 else DEFAULT_RATE, count if count > 0 else None)


def read_picture(path: Path) -> NDArray[np.uint8] | None:
    """(H, W, 3) uint8 RGB; None for a file that is no picture OpenCV can decode."""
    data = np.frombuffer(path.read_bytes(), np.uint8)
    if data.size == 0:
        return None
    image = cv2.imdecode(data, cv2.IMREAD_COLOR_RGB)
    return None if image is None else np.asarray(image, np.uint8)


def write_picture(path: Path, image: NDArray[np.uint8]) -> None:
    """Save (H, W, 3) RGB or (H, W) grey uint8 in the format of the suffix; OSError if that fails."""
    pixels = cv2.cvtColor(image, cv2.COLOR_RGB2BGR) if image.ndim == 3 else image
    good, data = cv2.imencode(path.suffix, pixels)
    if not good:
        raise OSError(f"{path}: OpenCV cannot encode an image as {path.suffix}")
    path.write_bytes(data.tobytes())


def _suffixes() -> str:
    return ", ".join(sorted(PICTURE_SUFFIXES))
