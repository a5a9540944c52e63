"""Photos of people with COCO-style labels: reads ``annotations.json`` beside an ``images`` folder.

A person without outlines is *unlabelled*, not absent: the flags of a photo say which lists are complete.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray
from pycocotools import mask as coco

from hrs_ros.scene import Mask

Box = tuple[float, float, float, float]  # x, y, width, height in image pixels
Polygon = tuple[float, ...]  # x0, y0, x1, y1, ... in image pixels


@dataclass(frozen=True, slots=True)
class Keypoint:
    """A COCO body point; left and right are the person's own."""

    x: float
    y: float
    visibility: int  # 0 not labelled, 1 labelled but hidden, 2 labelled and visible

    @property
    def visible(self) -> bool:
        return self.visibility == 2


@dataclass(frozen=True, slots=True)
class Person:
    """A labelled person; no polygons = the mask is not labelled; no keypoints = none were labelled."""

    box: Box
    crowd: bool  # the box holds a group, not one person
    polygons: tuple[Polygon, ...] = ()
    keypoints: dict[str, Keypoint] | None = None  # COCO name ("left_wrist") -> point


@dataclass(frozen=True, slots=True)
class Thing:
    """A labelled object that is no person."""

    box: Box
    category: str  # COCO category name
    polygons: tuple[Polygon, ...] = ()


@dataclass(frozen=True, slots=True)
class Role:
    """A V-COCO action: the person of ``person_box`` does ``action`` to the object of ``object_box``."""

    person_box: Box
    object_box: Box
    action: str
    role: str  # "obj" or "instr"
    category: str  # COCO category name of the object


@dataclass(frozen=True, slots=True)
class Photo:
    """Labels of one photo and where its file lies."""

    id: int
    path: Path
    width: int
    height: int
    license: str
    source: str  # web address of the original
    person_masks_complete: bool  # every person has polygons
    objects_complete: bool  # every object of a listed category is labelled
    persons: tuple[Person, ...]
    things: tuple[Thing, ...]
    roles: tuple[Role, ...]


def read_photos(root: Path) -> list[Photo]:
    """Photos listed in ``root/annotations.json``; image files are not opened.

    Raises FileNotFoundError when the list is absent and ValueError when it is not of this format.
    """
    listing = root / "annotations.json"
    if not listing.is_file():
        raise FileNotFoundError(
            f"{listing} not found: expected a folder with annotations.json and images/ in it"
        )
    try:
        data = json.loads(listing.read_text(encoding="utf-8"))
        return [_photo(root, row, data["keypoint_order"]) for row in data["images"]]
    except (KeyError, TypeError, ValueError) as error:
        raise ValueError(f"{listing}: not a list of people photos ({error!r})") from error


def read_photo(path: Path, *, height: int, width: int) -> NDArray[np.uint8]:
    """(height, width, 3) RGB; the size is the one that the labels state.

    Raises FileNotFoundError or ValueError, naming the file.
    """
    if not path.is_file():
        raise FileNotFoundError(f"{path} not found, but the annotations list it")
    image = cv2.imread(str(path), cv2.IMREAD_COLOR_RGB)
    if image is None:
        raise ValueError(f"{path}: not readable as an image (damaged or cut off?)")
    if image.shape[:2] != (height, width):
        raise ValueError(f"{path}: {image.shape[1]} x {image.shape[0]}, annotated as {width} x {height}")
    return np.asarray(image, np.uint8)


def rasterize(polygons: Sequence[Polygon], height: int, width: int) -> NDArray[np.uint8]:
    """Union of the polygons as an (height, width) image of 0 and 1; all 0 for no polygon."""
    if not polygons:
        return np.zeros((height, width), np.uint8)
    runs = coco.frPyObjects([list(polygon) for polygon in polygons], height, width)
    return coco.decode(coco.merge(runs))


def polygon_mask(polygons: Sequence[Polygon], height: int, width: int) -> Mask:
    """``rasterize`` cropped to its bounding box."""
    return Mask.from_full(rasterize(polygons, height, width))


def box_image(box: Box, height: int, width: int) -> NDArray[np.uint8]:
    """(height, width) image of 0 and 1: every pixel that the box touches is 1."""
    x, y, w, h = box
    image = np.zeros((height, width), np.uint8)
    image[max(int(y), 0) : int(np.ceil(y + h)), max(int(x), 0) : int(np.ceil(x + w))] = 1
    return image


def box_iou(first: Box, second: Box) -> float:
    """Intersection over union of two boxes in [0, 1]; 0 when both are empty."""
    width = min(first[0] + first[2], second[0] + second[2]) - max(first[0], second[0])
    height = min(first[1] + first[3], second[1] + second[3]) - max(first[1], second[1])
    shared = max(width, 0.0) * max(height, 0.0)
    union = first[2] * first[3] + second[2] * second[3] - shared
    return shared / union if union > 0 else 0.0


def _photo(root: Path, row: dict[str, Any], keypoint_names: Sequence[str]) -> Photo:
    return Photo(
        id=row["id"],
        path=root / row["file"],
        width=row["width"],
        height=row["height"],
        license=row["license"],
        source=row["flickr_url"],
        person_masks_complete=row["person_masks_complete"],
        objects_complete=row["objects_complete"],
        persons=tuple(
            Person(
                box=_box(person["bbox"]),
                crowd=bool(person["iscrowd"]),
                polygons=_polygons(person),
                keypoints=_keypoints(person.get("keypoints"), keypoint_names),
            )
            for person in row["persons"]
        ),
        things=tuple(
            Thing(box=_box(thing["bbox"]), category=thing["category"], polygons=_polygons(thing))
            for thing in row["objects"]
        ),
        roles=tuple(
            Role(
                person_box=_box(role["person_box"]),
                object_box=_box(role["object_box"]),
                action=role["action"],
                role=role["role"],
                category=role["object"],
            )
            for role in row["vcoco"]
        ),
    )


def _box(values: Sequence[float]) -> Box:
    x, y, width, height = values
    return float(x), float(y), float(width), float(height)


def _polygons(row: dict[str, Any]) -> tuple[Polygon, ...]:
    # Fewer than three corners enclose nothing, and pycocotools would read four numbers as a box.
    return tuple(tuple(map(float, polygon)) for polygon in row.get("segmentation", ()) if len(polygon) >= 6)


def _keypoints(flat: Sequence[float] | None, names: Sequence[str]) -> dict[str, Keypoint] | None:
    if flat is None:
        return None
    if len(flat) != 3 * len(names):
        raise ValueError(f"{len(flat)} keypoint numbers, expected {3 * len(names)} (x, y, visibility each)")
    return {
        name: Keypoint(float(flat[3 * i]), float(flat[3 * i + 1]), int(flat[3 * i + 2]))
        for i, name in enumerate(names)
    }
