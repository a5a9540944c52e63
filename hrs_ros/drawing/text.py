"""Text that stays readable: boxes with a ground of their own, clear of each other, sized by the image."""

from __future__ import annotations

import functools
import itertools
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import cv2

from hrs_ros.drawing.masks import Image
from hrs_ros.drawing.palette import WHITE, Colour, text_colour

FONT = cv2.FONT_HERSHEY_SIMPLEX


@dataclass(frozen=True, slots=True)
class Style:
    """Sizes in pixels for one image height."""

    font_scale: float
    text_thickness: int
    line: int  # thickness of outlines and arrows
    margin: int  # space around text

    @classmethod
    def for_height(cls, height: int) -> Style:
        """Same look at every size: 480 rows give a scale of 0.45. Small pictures keep legible letters."""
        unit = max(height / 480, 0.85)
        return cls(
            font_scale=0.45 * unit,
            text_thickness=max(1, round(unit)),
            line=max(1, round(1.6 * unit)),
            margin=max(2, round(3 * unit)),
        )


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle of pixels, x and y its top-left corner."""

    x: int
    y: int
    width: int
    height: int

    def overlaps(self, other: Box) -> bool:
        return (
            self.x < other.x + other.width
            and other.x < self.x + self.width
            and self.y < other.y + other.height
            and other.y < self.y + self.height
        )

    def moved_into(self, height: int, width: int) -> Box:
        """The same size, moved as little as needed to lie inside the image where it fits."""
        x = max(min(self.x, width - self.width), 0)
        return Box(x, max(min(self.y, height - self.height), 0), self.width, self.height)


def text_box(text: str, style: Style) -> tuple[int, int]:
    """(width, height) of the text with its margins."""
    (width, _), _ = cv2.getTextSize(text, FONT, style.font_scale, style.text_thickness)
    ascent, descent = _line_metrics(style)
    return width + 2 * style.margin, ascent + descent + style.margin


@functools.lru_cache(maxsize=16)
def _line_metrics(style: Style) -> tuple[int, int]:
    """(ascent, descent) of a line whatever its letters: cv2's baseline is that of one text."""
    (_, ascent), descent = cv2.getTextSize("Agjpqy|", FONT, style.font_scale, style.text_thickness)
    return ascent, descent


def place(anchors: Iterable[tuple[int, int]], size: tuple[int, int], taken: list[Box], image: Image) -> Box:
    """First of the wanted top-left corners clear of taken boxes, else the free place nearest to the first.

    The result is added to ``taken``. In a full image it is the first wanted place, over what lies there.
    """
    height, width = image.shape[:2]
    wanted = [Box(x, y, *size).moved_into(height, width) for x, y in anchors]
    candidates = itertools.chain(wanted, _around(wanted[0], height, width))
    box = next((box for box in candidates if not any(box.overlaps(other) for other in taken)), wanted[0])
    taken.append(box)
    return box


def _around(box: Box, height: int, width: int) -> Iterator[Box]:
    """Places inside the image in rings of growing distance, half a box height apart."""
    step = max(box.height // 2, 1)
    for ring in range(1, height // step + 1):
        for dy in (-ring, ring):
            for dx in (0, -1, 1, -2, 2):
                moved = Box(box.x + dx * box.width // 2, box.y + dy * step, box.width, box.height)
                if moved == moved.moved_into(height, width):
                    yield moved


def draw_label(canvas: Image, box: Box, text: str, background: Colour, style: Style) -> None:
    """The text on an opaque background, in place."""
    cv2.rectangle(
        canvas, (box.x, box.y), (box.x + box.width - 1, box.y + box.height - 1), background, cv2.FILLED
    )
    _write(canvas, box, text, text_colour(background), style)


def panel_box(lines: Sequence[str], style: Style, image: Image, *, top: bool) -> Box:
    """Where ``draw_panel`` puts these lines: the top-left or the bottom-left corner."""
    sizes = [text_box(line, style) for line in lines]
    width = min(max((w for w, _ in sizes), default=0), image.shape[1])
    height = min(sum(h for _, h in sizes), image.shape[0])
    return Box(0, 0 if top else image.shape[0] - height, width, height)


def draw_panel(canvas: Image, box: Box, lines: Sequence[str], style: Style) -> None:
    """White lines on a dark, see-through ground, in place; ``box`` comes from ``panel_box``."""
    if not lines:
        return
    ground = canvas[box.y : box.y + box.height, box.x : box.x + box.width]
    ground[:] = cv2.convertScaleAbs(ground, alpha=0.35, beta=12)
    y = box.y
    for line in lines:
        _, height = text_box(line, style)
        _write(canvas, Box(box.x, y, box.width, height), line, WHITE, style)
        y += height


def wrap(text: str, style: Style, width: int) -> list[str]:
    """Lines of whole words that fit the width; a single word that is wider stands alone."""
    lines: list[str] = []
    for word in text.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and text_box(longer, style)[0] <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def _write(canvas: Image, box: Box, text: str, colour: Colour, style: Style) -> None:
    ascent, _ = _line_metrics(style)
    origin = (box.x + style.margin, box.y + style.margin // 2 + ascent)
    cv2.putText(canvas, text, origin, FONT, style.font_scale, colour, style.text_thickness, cv2.LINE_AA)
