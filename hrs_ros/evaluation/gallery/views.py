"""The three views of a labelled picture: as it is, with masks, with body parts."""

from __future__ import annotations

import base64
import colorsys
from dataclasses import replace

import cv2
import numpy as np
from numpy.typing import NDArray

from hrs_ros.drawing import draw_scene
from hrs_ros.drawing.masks import Image, outline, tint
from hrs_ros.drawing.palette import Colour
from hrs_ros.scene import Scene
from hrs_ros.vocabulary import vocabulary

QUALITY = 82  # of the JPEGs
# Hues of the parts, as shares of the colour circle: sides stay apart, as in the drawings of answers.
HUES = {"left": (0.0, 0.12), "right": (0.53, 0.66)}
OTHER_HUES = ((0.16, 0.5), (0.7, 0.95))
GOLDEN = 0.618  # steps of this share of a range never come close to each other


def views(image: Image, scene: Scene, *, width: int) -> dict[str, str]:
    """Name of a view -> data address of a JPEG of at most ``width`` pixels across."""
    pictures = {
        "photo": image,
        "masks": draw_scene(image, replace(scene, relations=())),
        "parts": _parts(image, scene),
    }
    return {name: _address(picture, width) for name, picture in pictures.items()}


def part_colours() -> dict[int, Colour]:
    """Part id -> colour; left limbs are red to orange, right ones blue, clothes and the rest are between."""
    colours: dict[int, Colour] = {}
    placed = dict.fromkeys((*HUES, ""), 0)
    for part, name in enumerate(vocabulary().parts[1:], start=1):
        word = name.split()[0]
        side = word if word in HUES else ""
        place = placed[side]
        placed[side] += 1
        if side:
            first, last = HUES[side]
            hue = first + (last - first) * place / 2  # arm, leg, shoe
        else:
            hue = _between(place * GOLDEN % 1)
        # Light and dark in turn: hues alone would look alike.
        red, green, blue = colorsys.hsv_to_rgb(hue, (0.85, 0.5, 0.7)[place % 3], (1.0, 0.95, 0.65)[place % 3])
        colours[part] = (round(red * 255), round(green * 255), round(blue * 255))
    return colours


def _between(share: float) -> float:
    """A hue of no side."""
    widths = [last - first for first, last in OTHER_HUES]
    at = share * sum(widths)
    return OTHER_HUES[0][0] + at if at < widths[0] else OTHER_HUES[1][0] + at - widths[0]


def _parts(image: Image, scene: Scene) -> Image:
    canvas = np.asarray(cv2.convertScaleAbs(image, alpha=0.45, beta=60), np.uint8)
    colours = part_colours()
    for human in scene.humans():
        for part, mask in human.parts.items():
            tint(canvas, mask, colours[part], opacity=0.75)
            outline(canvas, mask, (255, 255, 255), thickness=1)
    return canvas


def _address(image: NDArray[np.uint8], width: int) -> str:
    if image.shape[1] > width:
        height = round(image.shape[0] * width / image.shape[1])
        image = np.asarray(cv2.resize(image, (width, height), interpolation=cv2.INTER_AREA), np.uint8)
    _, data = cv2.imencode(".jpg", image[..., ::-1], [cv2.IMWRITE_JPEG_QUALITY, QUALITY])
    return "data:image/jpeg;base64," + base64.b64encode(data.tobytes()).decode("ascii")
