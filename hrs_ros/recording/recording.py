"""A recording: its frames in order, and at each place where one is damaged, what is wrong there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from hrs_ros.data.frames import FrameSource, open_frames, read_picture

BAG_SUFFIXES = frozenset({".mcap", ".db3", ".bag"})
CLAIM_TOLERANCE = (
    0.02  # share of frames by which the count in a video's header may be off: some are estimates
)


@dataclass(frozen=True, slots=True, eq=False)
class RecordedFrame:
    """One image of a recording."""

    name: str  # "000012", or the stem of a picture's file
    stamp_ns: int  # of the image message; for files the time since the start
    frame_id: str  # of the image message; for files the name
    received_ns: int  # when a bag recorded it; for files ``stamp_ns``
    image: NDArray[np.uint8]  # (H, W, 3) RGB


@dataclass(frozen=True, slots=True)
class Damage:
    """A frame that cannot be had. ``text`` names the file, the position and what was found there."""

    text: str
    ends: bool = False  # nothing after it can be read


class Recording(Protocol):
    """Iterable, as often as wanted and always the same."""

    path: Path
    rate: float
    """Frames a second."""

    film: bool
    """One film, of one size; otherwise pictures with names of their own."""

    expected: int | None
    """How many frames there should be."""

    def __iter__(self) -> Iterator[RecordedFrame | Damage]: ...


@dataclass(slots=True)
class Files:
    """A video file, a folder of pictures or one picture."""

    path: Path
    rate: float
    film: bool
    expected: int | None
    source: FrameSource

    def __iter__(self) -> Iterator[RecordedFrame | Damage]:
        return self._video() if self.film else self._pictures()

    def _video(self) -> Iterator[RecordedFrame | Damage]:
        count = 0
        for frame in self.source:
            yield RecordedFrame(frame.name, frame.stamp_ns, frame.name, frame.stamp_ns, frame.image)
            count += 1
        if self.expected is not None and self.expected - count > max(1, CLAIM_TOLERANCE * self.expected):
            yield Damage(
                f"{self.path}: cannot be decoded after frame {count} of the {self.expected} that it claims "
                "to have; the file is cut off or damaged",
                ends=True,
            )

    def _pictures(self) -> Iterator[RecordedFrame | Damage]:
        stems = [picture.stem for picture in self.source.pictures]
        for index, (picture, stem) in enumerate(zip(self.source.pictures, stems, strict=True)):
            image = read_picture(picture)
            if image is None:
                yield Damage(f"{picture} (picture {index + 1} of {len(stems)}): not readable as a picture")
                continue
            # Two files may share a stem: then the suffix tells them apart.
            name = stem if stems.count(stem) == 1 else picture.name
            stamp = round(index * 1e9 / self.rate)
            yield RecordedFrame(name, stamp, name, stamp, image)


def open_recording(path: Path, *, topic: str | None = None) -> Recording:
    """A video, a folder of pictures, a picture, or a bag (ROS 1 or 2: a folder or a file of one).

    ``topic`` chooses among several image topics of a bag. Raises FileNotFoundError or ValueError for what
    cannot be used, ImportError for a bag without rosbags-image.
    """
    if is_bag(path):
        # Bags need a library of their own, which the other recordings do without.
        from hrs_ros.recording.bags import open_bag

        return open_bag(path, topic=topic)
    if topic is not None:
        raise ValueError(f"{path} is no bag: --topic {topic} chooses among the image topics of a bag")
    source = open_frames(path)
    return Files(path, source.rate, source.is_video, source.expected, source)


def is_bag(path: Path) -> bool:
    """A file of a bag by its suffix, or a folder that holds one."""
    if path.is_dir():
        return any(file.suffix in BAG_SUFFIXES or file.name == "metadata.yaml" for file in path.iterdir())
    return path.suffix in BAG_SUFFIXES
