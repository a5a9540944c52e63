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
HUES = {"left": (-0.06, 0.14), "right": (0.5, 0.7), "": (0.24, 0.44)}


def views(image: Image, scene: Scene, *, width: int) -> dict[str, str]:
    """Name of a view -> data address of a JPEG of at most ``width`` pixels across."""
    pictures = {
        "photo": image,
        "masks": draw_scene(image, replace(scene, relations=())),
        "parts": _parts(image, scene),
    }
    return {name: _address(picture, width) for name, picture in pictures.items()}


def part_colours() -> dict[int, Colour]:
    """Part id -> colour; left parts are warm, right ones blue, the others green."""
    names = vocabulary().parts
    colours = {}
    for side, (first, last) in HUES.items():
        ids = [part for part in range(1, len(names)) if _side(names[part]) == side]
        for place, part in enumerate(ids):
            hue = first + (last - first) * place / max(len(ids) - 1, 1)
            # Light and dark in turn: neighbouring hues alone would look alike.
            rgb = colorsys.hsv_to_rgb(hue % 1, 0.9 if place % 2 else 0.6, 0.75 if place % 3 else 1.0)
            colours[part] = (round(rgb[0] * 255), round(rgb[1] * 255), round(rgb[2] * 255))
    return colours


def _side(name: str) -> str:
    word = name.split()[0]
    return word if word in ("left", "right") else ""


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
