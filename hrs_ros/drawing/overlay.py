"""One picture that says what was seen: entities, acting parts, relations, or the answer to a request."""

from __future__ import annotations

import cv2

from hrs_ros.drawing.arrows import Arrow, arrows_of
from hrs_ros.drawing.masks import Image, anchor, frame, hatch, outline, tint
from hrs_ros.drawing.palette import (
    ANSWER,
    BLACK,
    GEOMETRIC,
    Colour,
    entity_colours,
    part_colour,
)
from hrs_ros.drawing.text import (
    Box,
    Style,
    draw_label,
    draw_panel,
    panel_box,
    place,
    text_box,
    wrap,
)
from hrs_ros.language import Answer, Status
from hrs_ros.scene import Entity, Mask, Relation, Scene
from hrs_ros.vocabulary import vocabulary

SMALL = 0.03  # share of the image under which a thing's box stays free of texts


def draw_scene(image: Image, scene: Scene, *, answer: Answer | None = None, max_relations: int = 8) -> Image:
    """A new RGB image (H, W, 3) uint8 with the scene drawn over it; the input is left alone.

    People and things are tinted and outlined, stuff (floor, wall) is tinted faintly. Acting parts are hatched
    (left side orange "/", right side blue "\\"), arrows run from the acting parts to the object, and the
    ``max_relations`` best relations are listed in the bottom-left corner. With an ``answer`` the rest of the
    image is darkened, what was asked for is framed in yellow and the answer's sentence stands at the top.
    Sizes follow the image height.
    """
    if image.ndim != 3 or image.shape[2] != 3 or image.dtype != "uint8":
        raise ValueError(f"expected an RGB image (H, W, 3) of uint8, got {image.shape} of {image.dtype}")
    if image.shape[:2] != (scene.height, scene.width):
        raise ValueError(
            f"expected an image of the scene's size {scene.width}x{scene.height}, "
            f"got {image.shape[1]}x{image.shape[0]}; draw on the image that was predicted"
        )
    drawing = _Drawing(image.copy(), scene)
    if answer is None:
        drawing.everything(scene.relations[: max(max_relations, 0)])
    else:
        drawing.answer(answer)
    return drawing.canvas


class _Drawing:
    """The canvas and what is already taken of it."""

    def __init__(self, canvas: Image, scene: Scene) -> None:
        self.canvas = canvas
        self._scene = scene
        self._style = Style.for_height(canvas.shape[0])
        self._colours = entity_colours(scene)
        self._taken: list[Box] = []

    def everything(self, relations: tuple[Relation, ...]) -> None:
        lines = [f"{relation.score:.2f} {self._scene.sentence(relation)}" for relation in relations]
        panel = self._reserve(lines, top=False)
        # Texts keep off small things, which they would hide.
        self._taken += [_box(e.mask) for e in self._scene.entities if self._is_small(e.mask)]
        self._entities()
        self._relations(relations)
        draw_panel(self.canvas, panel, lines, self._style)
        # Things first: a floor's label finds room anywhere.
        for entity in sorted(self._scene.entities, key=_is_stuff):
            self._label(entity, self._colours[entity.id])

    def answer(self, answer: Answer) -> None:
        asked = [candidate.entity_id for candidate in answer.candidates]
        if answer.status is Status.OK:
            asked = asked[:1]
        question = "" if answer.query is None else f"? {answer.query.text}"
        width = self.canvas.shape[1]
        lines = [*wrap(question, self._style, width), *wrap(answer.sentence, self._style, width)]
        panel = self._reserve(lines, top=True)
        if asked:
            self._spotlight([self._scene.entity(identifier) for identifier in asked], answer)
        draw_panel(self.canvas, panel, lines, self._style)
        for identifier in asked:
            self._label(self._scene.entity(identifier), ANSWER)

    def _reserve(self, lines: list[str], *, top: bool) -> Box:
        """Keep the place of a panel free: unlike a label it cannot move."""
        panel = panel_box(lines, self._style, self.canvas, top=top)
        self._taken.append(panel)
        return panel

    def _is_small(self, mask: Mask) -> bool:
        return mask.width * mask.height < SMALL * self._scene.width * self._scene.height

    def _entities(self) -> None:
        # Large ones first: a cup on a table stays visible.
        for entity in sorted(self._scene.entities, key=lambda entity: -entity.mask.area):
            tint(self.canvas, entity.mask, self._colours[entity.id], opacity=_opacity(entity))
        for entity in self._scene.entities:
            # A wall's outline would only repeat those of everything before it.
            if not _is_stuff(entity):
                outline(self.canvas, entity.mask, self._colours[entity.id], thickness=self._style.line)

    def _relations(self, relations: tuple[Relation, ...]) -> None:
        """Hatched acting parts, then arrows, then their texts, so that no arrow runs over a text."""
        for subject_id, part_id in dict.fromkeys((r.subject_id, p) for r in relations for p in r.part_ids):
            self._acting_part(self._scene.entity(subject_id), part_id)
        drawn = [(self._arrow(arrow), arrow) for arrow in arrows_of(self._scene, relations)]
        for middle, arrow in drawn:
            if middle is not None:
                self._arrow_text(middle, arrow.text, _arrow_colour(arrow.part_id))

    def _spotlight(self, entities: list[Entity], answer: Answer) -> None:
        """Darken everything but the entities and the parts that act on them, and frame the entities."""
        bright = self.canvas.copy()
        self.canvas[:] = cv2.convertScaleAbs(self.canvas, alpha=0.45)
        supports = [
            self._scene.relations[candidate.relation_index]
            for candidate in answer.candidates[: len(entities)]
            if candidate.relation_index is not None
        ]
        for mask in (
            *(entity.mask for entity in entities),
            *(self._scene.subject_mask(relation) for relation in supports),
        ):
            _restore(self.canvas, bright, mask)
        for entity in entities:
            self._taken.append(_box(entity.mask))
            tint(self.canvas, entity.mask, ANSWER, opacity=0.35)
            frame(self.canvas, entity.mask, BLACK, thickness=3 * self._style.line)
            frame(self.canvas, entity.mask, ANSWER, thickness=2 * self._style.line)
        self._relations(tuple(supports))

    def _acting_part(self, subject: Entity, part: int) -> None:
        mask = subject.parts.get(part, Mask.empty())
        period = 5 * self._style.line
        rising = not vocabulary().parts[part].startswith("right")
        hatch(self.canvas, mask, part_colour(part), period=period, rising=rising)
        outline(self.canvas, mask, part_colour(part), thickness=self._style.line)

    def _arrow(self, arrow: Arrow) -> tuple[int, int] | None:
        """Draw it; returns its middle, None when one end has no pixel to point at."""
        subject = self._scene.entity(arrow.subject_id)
        part = None if arrow.part_id is None else subject.parts.get(arrow.part_id, Mask.empty())
        # A part can act without showing a pixel: the arrow then starts at the person.
        start = (None if part is None else anchor(part)) or anchor(subject.mask)
        end = anchor(self._scene.entity(arrow.object_id).mask)
        if start is None or end is None:
            return None
        line = self._style.line
        length = max(((end[0] - start[0]) ** 2 + (end[1] - start[1]) ** 2) ** 0.5, 1)
        tip = min(8 * line / length, 0.5)
        ways = [(start, end), (end, start)] if arrow.mutual else [(start, end)]
        for colour, thickness in ((BLACK, line + 2), (_arrow_colour(arrow.part_id), line)):
            for tail, head in ways:
                cv2.arrowedLine(self.canvas, tail, head, colour, thickness, cv2.LINE_AA, tipLength=tip)
        return (start[0] + end[0]) // 2, (start[1] + end[1]) // 2

    def _arrow_text(self, middle: tuple[int, int], text: str, colour: Colour) -> None:
        width, height = size = text_box(text, self._style)
        box = place([(middle[0] - width // 2, middle[1] - height // 2)], size, self._taken, self.canvas)
        draw_label(self.canvas, box, text, colour, self._style)

    def _label(self, entity: Entity, colour: Colour) -> None:
        text = self._scene.label(entity.id)
        width, height = size = text_box(text, self._style)
        mask, gap = entity.mask, self._style.margin
        middle, right = mask.x + (mask.width - width) // 2, mask.x + mask.width - width
        anchors = [
            (middle, mask.y - height - gap),
            (middle, mask.y + mask.height + gap),
            (mask.x, mask.y - height - gap),
            (right, mask.y - height - gap),
            (mask.x, mask.y),
            (right, mask.y),
        ]
        box = place(anchors, size, self._taken, self.canvas)
        draw_label(self.canvas, box, text, colour, self._style)


def _box(mask: Mask) -> Box:
    return Box(mask.x, mask.y, mask.width, mask.height)


def _is_stuff(entity: Entity) -> bool:
    return entity.class_id in vocabulary().stuff


def _opacity(entity: Entity) -> float:
    """People stay recognisable, small things catch the eye."""
    if _is_stuff(entity):
        return 0.12
    return 0.25 if entity.is_human else 0.45


def _arrow_colour(part: int | None) -> Colour:
    return GEOMETRIC if part is None else part_colour(part)


def _restore(canvas: Image, source: Image, mask: Mask) -> None:
    inside = mask.full(*canvas.shape[:2]).view("uint8")
    cv2.copyTo(source, inside, canvas)
