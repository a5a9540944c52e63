"""Letterbox: a source image fitted into the network's input, and the way back for points and masks.

Pixel convention everywhere: pixel i covers [i, i + 1) and has its centre at i + 0.5 (align_corners=False).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import cv2
import numpy as np
from numpy.typing import NDArray

from hrs_ros.network.config import STRIDE
from hrs_ros.network.normalise import MEAN
from hrs_ros.scene import Mask

# Normalises to about zero, which is what a convolution's own zero padding looks like.
FILL: tuple[int, int, int] = (round(MEAN[0]), round(MEAN[1]), round(MEAN[2]))


@dataclass(frozen=True, slots=True)
class Letterbox:
    """Geometry of one fit: the image fills the top-left ``content`` part, the rest is padding."""

    source_height: int
    source_width: int
    height: int  # network input
    width: int
    content_height: int
    content_width: int

    @classmethod
    def fit(cls, *, source_height: int, source_width: int, height: int, width: int) -> Letterbox:
        """The largest fit that keeps the aspect ratio, to the nearest pixel and at least one pixel a side."""
        if min(source_height, source_width) < 1:
            raise ValueError(f"expected an image of at least 1 x 1, got {source_width} x {source_height}")
        scale = min(height / source_height, width / source_width)
        return cls(
            source_height=source_height,
            source_width=source_width,
            height=height,
            width=width,
            content_height=min(height, max(1, round(source_height * scale))),
            content_width=min(width, max(1, round(source_width * scale))),
        )

    @property
    def scale_x(self) -> float:
        """Network pixels a source pixel; differs from ``scale_y`` by the rounding of the content's size."""
        return self.content_width / self.source_width

    @property
    def scale_y(self) -> float:
        return self.content_height / self.source_height

    def apply(self, image: NDArray[np.uint8]) -> NDArray[np.uint8]:
        """(source_height, source_width, 3) uint8 -> (height, width, 3) uint8, contiguous."""
        canvas = np.empty((self.height, self.width, 3), np.uint8)
        content = canvas[: self.content_height, : self.content_width]
        if content.shape == image.shape:
            content[:] = image
        else:
            # Area averaging when shrinking: plain bilinear would skip pixels and alias.
            shrinks = self.content_height < self.source_height or self.content_width < self.source_width
            content[:] = cv2.resize(
                image,
                (self.content_width, self.content_height),
                interpolation=cv2.INTER_AREA if shrinks else cv2.INTER_LINEAR,
            )
        canvas[self.content_height :] = FILL
        canvas[: self.content_height, self.content_width :] = FILL
        return canvas

    def to_network(self, points: NDArray[np.floating]) -> NDArray[np.float64]:
        """(..., 2) x, y in source pixels -> network pixels; continuous coordinates, corner (0, 0) stays."""
        return np.asarray(points, np.float64) * (self.scale_x, self.scale_y)

    def to_source(self, points: NDArray[np.floating]) -> NDArray[np.float64]:
        """Inverse of ``to_network``."""
        return np.asarray(points, np.float64) / (self.scale_x, self.scale_y)

    def mask_to_source(self, logits: NDArray[np.float32]) -> Mask:
        """(h, w) mask logits at stride 4 -> the source pixels where their bilinear interpolation is > 0.

        Equals interpolating the whole map to source resolution and cutting the padding off, at the cost of
        the mask's box alone. sigmoid(x) > 0.5 is x > 0, so no sigmoid is taken (spec 5.4).
        """
        inside = logits > 0
        rows, columns = np.flatnonzero(inside.any(axis=1)), np.flatnonzero(inside.any(axis=0))
        if rows.size == 0:
            return Mask.empty()
        h, w = logits.shape
        vertical = _interpolation(self.source_height, h, self.scale_y).around(rows[0], rows[-1])
        horizontal = _interpolation(self.source_width, w, self.scale_x).around(columns[0], columns[-1])
        part = logits[vertical.cells, horizontal.cells]
        bits = vertical.weights @ (part @ horizontal.weights.T) > 0
        return _tight(bits, x=horizontal.start, y=vertical.start)

    def split_by_label(self, labels: NDArray[np.integer], mask: Mask) -> dict[int, Mask]:
        """Label -> the mask's source pixels that carry it, labels (h, w) at stride 4, nearest neighbour.

        Label 0 and labels without a pixel are left out. Each label costs its own box only.
        """
        if not mask.bits.size:
            return {}
        h, w = labels.shape
        rows = _nearest(mask.y, mask.height, h, self.scale_y)  # cell of each pixel row, ascending
        columns = _nearest(mask.x, mask.width, w, self.scale_x)
        cells = labels[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
        rows, columns = rows - rows[0], columns - columns[0]
        found = {}
        for label in np.flatnonzero(np.bincount(cells.ravel())):
            if label == 0:
                continue
            inside = cells == label
            x, y, width, height = cv2.boundingRect(inside.view(np.uint8))
            left, right = np.searchsorted(columns, (x, x + width))
            top, bottom = np.searchsorted(rows, (y, y + height))
            bits = inside[:, columns[left:right]][rows[top:bottom]] & mask.bits[top:bottom, left:right]
            part = _tight(bits, x=mask.x + int(left), y=mask.y + int(top))
            if part.bits.size:
                found[int(label)] = part
        return found


def _tight(bits: NDArray[np.bool_], *, x: int, y: int) -> Mask:
    """The mask of a crop that starts at (x, y), cut to the box of its pixels."""
    if not bits.size:
        return Mask.empty()
    left, top, width, height = cv2.boundingRect(bits.view(np.uint8))
    if width == 0:
        return Mask.empty()
    return Mask(
        x=x + left, y=y + top, bits=np.ascontiguousarray(bits[top : top + height, left : left + width])
    )


@dataclass(frozen=True, slots=True, eq=False)
class _Crop:
    """A block of an interpolation matrix: source pixels from ``start`` on, and the cells that reach them."""

    start: int
    cells: slice
    weights: NDArray[np.float32]  # (pixels, cells)


@dataclass(frozen=True, slots=True, eq=False)
class _Interpolation:
    """Bilinear interpolation along one axis as a matrix: source pixels = weights @ stride-4 cells."""

    centres: NDArray[np.float64]  # (pixels,) position of each source pixel in cells, ascending
    weights: NDArray[np.float32]  # (pixels, cells)

    def around(self, first: int, last: int) -> _Crop:
        """The pixels that cells first..last reach. A pixel takes from the two cells around it, no further."""
        start = int(np.searchsorted(self.centres, first - 1, side="right"))
        stop = int(np.searchsorted(self.centres, last + 1, side="left"))
        cells = slice(max(first - 1, 0), last + 2)
        return _Crop(start=start, cells=cells, weights=self.weights[start:stop, cells])


@lru_cache(maxsize=8)
def _interpolation(pixels: int, cells: int, scale: float) -> _Interpolation:
    """A camera's size rarely changes, so the two matrices of a stream are made once."""
    centres = np.clip((np.arange(pixels) + 0.5) * scale / STRIDE - 0.5, 0, cells - 1)
    lower = np.floor(centres).astype(np.int64)
    upper = np.minimum(lower + 1, cells - 1)
    weights = np.zeros((pixels, cells), np.float32)
    index = np.arange(pixels)
    weights[index, lower] = 1 - (centres - lower)
    weights[index, upper] += centres - lower
    return _Interpolation(centres=centres, weights=weights)


def _nearest(start: int, count: int, cells: int, scale: float) -> NDArray[np.int64]:
    position = (np.arange(start, start + count) + 0.5) * scale / STRIDE
    return np.minimum(position.astype(np.int64), cells - 1)
