"""Masks as pixels: tints, hatches, outlines and frames, each touching only the crop of the mask."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from hrs_ros.drawing.palette import Colour
from hrs_ros.scene import Mask

Image = NDArray[np.uint8]  # (H, W, 3) RGB


def mask_image(mask: Mask, height: int, width: int) -> NDArray[np.uint8]:
    """(height, width) image of 0 and 255, to be saved as PNG."""
    return mask.full(height, width).astype(np.uint8) * 255


def tint(canvas: Image, mask: Mask, colour: Colour, *, opacity: float) -> None:
    """Blend the colour into the mask's pixels, in place."""
    region, bits = _crop(canvas, mask)
    if bits.size:
        _blend(region, bits, colour, opacity)


def hatch(canvas: Image, mask: Mask, colour: Colour, *, period: int, rising: bool) -> None:
    """Tint the mask and lay opaque diagonal stripes over it: "/" when rising, else "\\"; in place.

    Stripes keep their place in the image, so those of neighbouring masks join.
    """
    region, bits = _crop(canvas, mask)
    if not bits.size:
        return
    _blend(region, bits, colour, 0.5)
    rows = np.arange(bits.shape[0])[:, None] + max(mask.y, 0)
    columns = np.arange(bits.shape[1]) + max(mask.x, 0)
    diagonal = columns + rows if rising else columns - rows
    region[(diagonal % period < max(period // 3, 1)) & (bits != 0)] = colour


def outline(canvas: Image, mask: Mask, colour: Colour, *, thickness: int) -> None:
    """Paint the mask's outermost pixels, those at holes too, in place; nothing outside the mask."""
    region, bits = _crop(canvas, mask)
    if bits.size:
        inner = cv2.erode(bits, _disc(thickness), borderType=cv2.BORDER_CONSTANT, borderValue=(0.0,))
        region[bits != inner] = colour


def frame(canvas: Image, mask: Mask, colour: Colour, *, thickness: int) -> None:
    """Paint a rim around the mask, in place; nothing inside the mask, so that small things stay visible."""
    grown = Mask(mask.x - thickness, mask.y - thickness, np.pad(mask.bits, thickness))
    region, bits = _crop(canvas, grown)
    if mask.bits.size and bits.size:
        region[bits != cv2.dilate(bits, _disc(thickness))] = colour


def anchor(mask: Mask) -> tuple[int, int] | None:
    """(x, y) of the mask's pixel nearest to its centre of mass: where an arrow ends. None if it is empty."""
    per_row, per_column = np.count_nonzero(mask.bits, axis=1), np.count_nonzero(mask.bits, axis=0)
    area = int(per_row.sum())
    if area == 0:
        return None
    row, column = per_row @ np.arange(mask.height) / area, per_column @ np.arange(mask.width) / area
    nearest_row, nearest_column = round(row), round(column)
    if not mask.bits[nearest_row, nearest_column]:
        rows, columns = np.nonzero(mask.bits)
        nearest = np.argmin((rows - row) ** 2 + (columns - column) ** 2)
        nearest_row, nearest_column = int(rows[nearest]), int(columns[nearest])
    return mask.x + nearest_column, mask.y + nearest_row


def _crop(canvas: Image, mask: Mask) -> tuple[Image, NDArray[np.uint8]]:
    """View of the canvas and mask bits (0 or 1) where they overlap; empty when they do not."""
    height, width = canvas.shape[:2]
    x0, y0 = max(mask.x, 0), max(mask.y, 0)
    x1, y1 = min(mask.x + mask.width, width), min(mask.y + mask.height, height)
    if x0 >= x1 or y0 >= y1:
        return canvas[:0, :0], np.zeros((0, 0), np.uint8)
    bits = mask.bits[y0 - mask.y : y1 - mask.y, x0 - mask.x : x1 - mask.x]
    return canvas[y0:y1, x0:x1], np.ascontiguousarray(bits).view(np.uint8)


def _blend(region: Image, bits: NDArray[np.uint8], colour: Colour, opacity: float) -> None:
    # Through a table of 256 values a channel: exact, and several times faster than float arithmetic.
    values = np.arange(256)[:, None] * (1 - opacity) + np.asarray(colour) * opacity
    table = np.round(values).astype(np.uint8)[None]
    cv2.copyTo(cv2.LUT(region, table), bits, region)


def _disc(radius: int) -> NDArray[np.uint8]:
    side = 2 * radius + 1
    return np.asarray(cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (side, side)), np.uint8)
