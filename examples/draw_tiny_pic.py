"""Draws two labelled scenes and writes them in PIC layout: the way from your own labels to training data.

    python examples/draw_tiny_pic.py OUT

What it writes is committed beside it as ``tiny_pic``. Replace ``kitchen`` and ``meadow`` by a reader of your
own annotations; everything that touches the disk is ``PICWriter``.
"""

from __future__ import annotations

import sys
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from hrs_ros.data.pic_image import HumanKeypoints, InstanceRelation, PICImage
from hrs_ros.data.pic_writer import PICWriter
from hrs_ros.vocabulary import vocabulary

WIDTH, HEIGHT = 192, 144  # pixels
WORDS = vocabulary()
Point = tuple[int, int]
Colour = tuple[int, int, int]  # RGB


class Drawing:
    """A picture and its label maps, painted together: what is painted later hides what lies below."""

    def __init__(self, background: Colour) -> None:
        self.image = np.full((HEIGHT, WIDTH, 3), background, np.uint8)
        self.instance, self.semantic, self.parsing = np.zeros((3, HEIGHT, WIDTH), np.uint8)
        self.humans: list[HumanKeypoints] = []
        self.relations: list[InstanceRelation] = []
        self._class_ids: list[int] = []  # of instance k + 1

    def add(self, entity: str) -> int:
        """A new instance number; its class is looked up by its PIC name."""
        self._class_ids.append(WORDS.entity_id(entity))
        return len(self._class_ids)

    def paint(
        self, shape: NDArray[np.uint8], colour: Colour, instance: int, part: str = "background"
    ) -> None:
        """Give the pixels of ``shape`` (H, W) to an instance, and to a part if it is a human."""
        inside = shape > 0
        self.image[inside] = colour
        self.instance[inside] = instance
        self.semantic[inside] = self._class_ids[instance - 1]
        self.parsing[inside] = WORDS.part_id(part)

    def thing(self, entity: str, shape: NDArray[np.uint8], colour: Colour) -> int:
        instance = self.add(entity)
        self.paint(shape, colour, instance)
        return instance

    def relate(self, subject: int, relation: str, target: int, *parts: str) -> None:
        """``parts``: which parts act; geometric relations have none."""
        part_ids = tuple(WORDS.part_id(part) for part in parts)
        self.relations.append(InstanceRelation(subject, WORDS.relation_id(relation), target, part_ids))

    def labelled(self, name: str, image_id: int) -> PICImage:
        return PICImage(
            name=name,
            image_id=image_id,
            image=self.image,
            instance=self.instance,
            semantic=self.semantic,
            parsing=self.parsing,
            relations=tuple(self.relations),
            humans=tuple(self.humans),
        )


def line(*points: Point, width: int) -> NDArray[np.uint8]:
    shape = np.zeros((HEIGHT, WIDTH), np.uint8)
    cv2.polylines(shape, [np.array(points, np.int32)], False, 1, width)
    return shape


def box(left: int, top: int, right: int, bottom: int) -> NDArray[np.uint8]:
    shape = np.zeros((HEIGHT, WIDTH), np.uint8)
    shape[top : bottom + 1, left : right + 1] = 1
    return shape


def disc(centre: Point, across: int, down: int) -> NDArray[np.uint8]:
    shape = np.zeros((HEIGHT, WIDTH), np.uint8)
    cv2.ellipse(shape, centre, (across, down), 0, 0, 360, 1, -1)
    return shape


def person(drawing: Drawing, x: int, cloth: Colour, left_wrist: Point, right_wrist: Point) -> int:
    """A person of 100 pixels who faces us, so that the own left is on the right of the picture."""
    skin, hair, trousers, shoe = (231, 184, 148), (84, 57, 41), (62, 78, 112), (46, 42, 48)
    top, hip, ankle = 30, 82, 126
    shoulders, hips = {"left": (x + 13, 54), "right": (x - 13, 54)}, {"left": x + 6, "right": x - 6}
    wrists = {"left": left_wrist, "right": right_wrist}
    bend = {"left": 12, "right": -12}
    elbows = {
        side: ((shoulders[side][0] + wrists[side][0] + bend[side]) // 2, (54 + wrists[side][1]) // 2 + 6)
        for side in wrists
    }
    human = drawing.add("human")
    for side, column in hips.items():
        drawing.paint(line((column, hip), (column, ankle), width=9), trousers, human, "pants")
        drawing.paint(disc((column + bend[side] // 4, ankle + 5), 7, 3), shoe, human, f"{side} shoe")
    drawing.paint(box(x - 13, 52, x + 13, hip + 2), cloth, human, "uppercloth")
    drawing.paint(line((x, 46), (x, 54), width=7), skin, human, "skin")
    drawing.paint(disc((x, top + 8), 11, 12), hair, human, "hair")
    drawing.paint(disc((x, top + 11), 8, 9), skin, human, "face")
    for side, wrist in wrists.items():
        drawing.paint(line(shoulders[side], elbows[side], wrist, width=7), skin, human, f"{side} arm")
    joints: dict[str, Point] = {
        "pelvis": (x, hip),
        "thorax": (x, 56),
        "upper neck": (x, 49),
        "head top": (x, top - 3),
    }
    for side in wrists:
        joints[f"{side} shoulder"], joints[f"{side} elbow"] = shoulders[side], elbows[side]
        joints[f"{side} wrist"] = wrists[side]
        for joint, row in (("hip", hip), ("knee", (hip + ankle) // 2), ("ankle", ankle)):
            joints[f"{side} {joint}"] = (hips[side], row)
    rows = [(*joints[name], 2) for name in WORDS.keypoints[1:]]
    drawing.humans.append(HumanKeypoints(human, np.array(rows, float)))
    return human


def kitchen() -> Drawing:
    """One person with a plate in the left arm and a cup in the right."""
    drawing = Drawing(background=(238, 228, 210))
    floor = drawing.thing("floor", box(0, 112, WIDTH, HEIGHT), (176, 138, 104))
    table = drawing.thing(
        "table", box(128, 86, 188, 92) | box(133, 86, 137, 126) | box(179, 86, 183, 126), (128, 84, 56)
    )
    human = person(drawing, 78, (70, 130, 150), left_wrist=(116, 72), right_wrist=(42, 66))
    plate = drawing.thing("plate", disc((124, 67), 13, 5), (246, 246, 240))
    cup = drawing.thing(
        "cup", box(35, 51, 45, 63) | line((35, 54), (31, 54), (31, 60), (35, 60), width=2), (196, 72, 58)
    )
    drawing.relate(human, "hold", plate, "left arm")
    drawing.relate(human, "look at", plate, "face")
    drawing.relate(human, "hold", cup, "right arm")
    drawing.relate(human, "stand on", floor)
    drawing.relate(human, "next to", table)
    return drawing


def meadow() -> Drawing:
    """Two people next to each other; both hold one ball, one of them with both arms."""
    drawing = Drawing(background=(176, 212, 236))
    grass = drawing.thing("grass", box(0, 104, WIDTH, HEIGHT), (122, 168, 84))
    one = person(drawing, 52, (214, 152, 60), left_wrist=(88, 78), right_wrist=(20, 84))
    other = person(drawing, 138, (132, 92, 150), left_wrist=(106, 86), right_wrist=(104, 78))
    ball = drawing.thing("ball", disc((97, 80), 10, 10), (206, 60, 70))
    drawing.relate(one, "hold", ball, "left arm")
    drawing.relate(other, "hold", ball, "left arm", "right arm")
    for subject, target in ((one, other), (other, one)):
        drawing.relate(subject, "next to", target)
        drawing.relate(subject, "stand on", grass)
    return drawing


def main(out: Path) -> None:
    writer = PICWriter(out, "train")
    for image_id, (name, drawing) in enumerate({"kitchen": kitchen(), "meadow": meadow()}.items()):
        writer.write(drawing.labelled(name, image_id))
    print(f"{writer.finish()} images in {out}")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
