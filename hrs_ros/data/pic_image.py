"""One labelled image as the PIC layout stores it: id maps and triplets of instance ids."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class InstanceRelation:
    """<subject [parts], predicate, object> by instance-map ids; ``parts`` None = not labelled."""

    subject: int
    predicate_id: int
    object: int
    parts: tuple[int, ...] | None = ()


@dataclass(frozen=True, slots=True, eq=False)
class HumanKeypoints:
    """16 rows of x, y (pixels), v: 2 visible, 1 hidden, 0 outside the image; vocabulary order."""

    instance: int
    keypoints: NDArray[np.float64]  # (16, 3)


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class PICImage:
    """Arrays share height and width; ids are vocabulary ids, 0 = background.

    Raises ValueError for arrays of another shape or type.
    """

    name: str  # file name without ending
    image_id: int
    image: NDArray[np.uint8]  # (H, W, 3) RGB
    instance: NDArray[np.uint8]  # (H, W) a number per thing, 1-255
    semantic: NDArray[np.uint8]  # (H, W) its class
    parsing: NDArray[np.uint8] | None = None  # (H, W) 1-25 part, 255 not labelled; None: nowhere labelled
    depth: NDArray[np.uint16] | None = None  # (H, W) millimetres along the optical axis
    relations: tuple[InstanceRelation, ...] = ()
    humans: tuple[HumanKeypoints, ...] = ()

    def __post_init__(self) -> None:
        if not self.name or Path(self.name).name != self.name:
            raise ValueError(f"image {self.name!r}: the name must be that of a file, without a folder")
        height, width = self.image.shape[:2]
        self._expect("image", self.image, (height, width, 3), np.uint8)
        self._expect("instance", self.instance, (height, width), np.uint8)
        self._expect("semantic", self.semantic, (height, width), np.uint8)
        self._expect("parsing", self.parsing, (height, width), np.uint8)
        self._expect("depth", self.depth, (height, width), np.uint16)
        for human in self.humans:
            self._expect(f"keypoints of {human.instance}", human.keypoints, (16, 3), None)

    def _expect(
        self, what: str, array: NDArray | None, shape: tuple[int, ...], dtype: type[np.generic] | None
    ) -> None:
        if array is None or (array.shape == shape and (dtype is None or array.dtype == dtype)):
            return
        wanted = f"{np.dtype(dtype).name} of shape {shape}" if dtype else f"shape {shape}"
        raise ValueError(
            f"image {self.name!r}: {what} must be {wanted}, got {array.dtype} of shape {array.shape}"
        )
