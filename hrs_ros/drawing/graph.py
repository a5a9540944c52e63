"""The relation graph of a scene as a picture: who, with which part, does what, to which thing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

import cv2
import numpy as np
from numpy.typing import NDArray

from hrs_ros.drawing.masks import Image
from hrs_ros.drawing.palette import GEOMETRIC, Colour, entity_colours, part_colour
from hrs_ros.drawing.text import Box, Style, draw_label, text_box
from hrs_ros.scene import Relation, Scene

PAPER: Colour = (250, 250, 250)
MARGIN = 16  # pixels around the graph at a height of 480


def draw_graph(scene: Scene, *, size: int = 480, max_relations: int = 12) -> Image:
    """A new RGB image (H, W, 3) uint8: people on the left, a row for each relation, things on the right.

    A row names the acting parts and the relation on the colour of the body's side; geometric relations are
    grey. ``size`` is the image height whose letters are used, see ``Style``. Entities have the colours of
    ``draw_scene``. The picture is as large as its rows need; without relations it is an empty sheet.
    """
    relations = scene.relations[: max(max_relations, 0)]
    style = Style.for_height(size)
    layout = _Layout(scene, relations, style)
    canvas = np.full((layout.height, layout.width, 3), PAPER, np.uint8)
    colours = entity_colours(scene)
    # Actions last: their curves run over those of geometric relations.
    drawn = sorted(zip(relations, layout.rows, strict=True), key=lambda pair: bool(pair[0].part_ids))
    for relation, row in drawn:
        colour = _colour(relation)
        _curve(canvas, _right(layout.subjects[relation.subject_id]), _left(row), colour, style.line)
        _curve(canvas, _right(row), _left(layout.objects[relation.object_id]), colour, style.line)
        _head(canvas, _left(layout.objects[relation.object_id]), colour, style.line)
    for relation, row in drawn:
        draw_label(canvas, row, _text(relation), _colour(relation), style)
    for boxes in (layout.subjects, layout.objects):
        for identifier, box in boxes.items():
            draw_label(canvas, box, scene.label(identifier), colours[identifier], style)
    return canvas


class _Layout:
    """Boxes of all texts. A person or thing stands at the middle of its rows; nothing overlaps."""

    def __init__(self, scene: Scene, relations: Sequence[Relation], style: Style) -> None:
        margin = round(MARGIN * style.font_scale / 0.45)
        line = text_box("Ay", style)[1]
        step = 2 * line
        # Rows of one person stand together, actions first.
        order = sorted(
            range(len(relations)), key=lambda i: (relations[i].subject_id, not relations[i].part_ids)
        )
        centres = {index: margin + line // 2 + step * place for place, index in enumerate(order)}
        names = {e.id: text_box(scene.label(e.id), style)[0] for e in scene.entities}
        left = max((names[r.subject_id] for r in relations), default=0)
        middle = max((text_box(_text(r), style)[0] for r in relations), default=0)
        right = max((names[r.object_id] for r in relations), default=0)
        gap = 4 * line
        column = margin + left + gap
        last = column + middle + gap
        self.rows = [
            Box(column + (middle - width) // 2, centres[index] - line // 2, width, line)
            for index, relation in enumerate(relations)
            for width in [text_box(_text(relation), style)[0]]
        ]
        ends = [(r.subject_id, r.object_id) for r in relations]
        self.subjects = {
            name: Box(margin + left - names[name], y - line // 2, names[name], line)
            for name, y in _places(((s, centres[i]) for i, (s, _) in enumerate(ends)), step=line + line // 2)
        }
        self.objects = {
            name: Box(last, y - line // 2, names[name], line)
            for name, y in _places(((o, centres[i]) for i, (_, o) in enumerate(ends)), step=line + line // 2)
        }
        self.width = last + right + margin
        bottoms = [
            box.y + box.height for box in (*self.rows, *self.subjects.values(), *self.objects.values())
        ]
        self.height = max(bottoms, default=line) + margin


def _places(rows: Iterable[tuple[int, int]], *, step: int) -> list[tuple[int, int]]:
    """(entity, y): the mean of the entity's rows, pushed down to keep ``step`` from the one above."""
    heights: dict[int, list[int]] = defaultdict(list)
    for identifier, y in rows:
        heights[identifier].append(y)
    wanted = sorted((sum(ys) // len(ys), identifier) for identifier, ys in heights.items())
    places: list[tuple[int, int]] = []
    for y, identifier in wanted:
        places.append((identifier, max(y, places[-1][1] + step) if places else y))
    return places


def _text(relation: Relation) -> str:
    """ "left arm: hold", "next to" """
    return (
        f"{', '.join(relation.part_names)}: {relation.predicate}" if relation.part_ids else relation.predicate
    )


def _colour(relation: Relation) -> Colour:
    return part_colour(relation.part_ids[0]) if relation.part_ids else GEOMETRIC


def _left(box: Box) -> tuple[int, int]:
    return box.x, box.y + box.height // 2


def _right(box: Box) -> tuple[int, int]:
    return box.x + box.width, box.y + box.height // 2


def _curve(canvas: Image, start: tuple[int, int], end: tuple[int, int], colour: Colour, line: int) -> None:
    """A cubic Bezier curve that leaves and arrives horizontally."""
    t = np.linspace(0, 1, 32)[:, None]
    a, d = np.array(start, float), np.array(end, float)
    bend = np.array([(d[0] - a[0]) / 2, 0.0])
    points: NDArray[np.float64] = (
        (1 - t) ** 3 * a + 3 * (1 - t) ** 2 * t * (a + bend) + 3 * (1 - t) * t**2 * (d - bend) + t**3 * d
    )
    cv2.polylines(canvas, [np.round(points).astype(np.int32)], False, colour, line, cv2.LINE_AA)


def _head(canvas: Image, tip: tuple[int, int], colour: Colour, line: int) -> None:
    x, y = tip
    corners = np.array([(x, y), (x - 6 * line, y - 3 * line), (x - 6 * line, y + 3 * line)], np.int32)
    cv2.fillPoly(canvas, [corners], colour, cv2.LINE_AA)
