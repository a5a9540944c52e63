"""COCO instance annotations: images and the masks in them, from polygons or run lengths."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from pycocotools import mask as coco

from hrs_ros.data.people_annotations import Box, rasterize


@dataclass(frozen=True, slots=True)
class Instance:
    """One thing that COCO labels."""

    id: int  # unique over all images
    category: str  # COCO name
    box: Box
    crowd: bool  # a group, marked as one region
    # Polygons (x0, y0, x1, y1, ... each), or {"size": [h, w], "counts": numbers or compressed text}.
    segmentation: list[list[float]] | dict[str, Any]

    def mask(self, height: int, width: int) -> NDArray[np.uint8]:
        """(height, width) image of 0 and 1; the size must be the image's."""
        if isinstance(self.segmentation, list):
            # Fewer than three corners enclose nothing, and pycocotools would read four numbers as a box.
            polygons = [tuple(polygon) for polygon in self.segmentation if len(polygon) >= 6]
            return rasterize(polygons, height, width)
        size, counts = tuple(self.segmentation["size"]), self.segmentation["counts"]
        if size != (height, width):
            raise ValueError(
                f"instance {self.id}: run lengths of {size[1]} x {size[0]} pixels, the image has "
                f"{width} x {height}"
            )
        runs = {"size": list(size), "counts": counts}
        return coco.decode(coco.frPyObjects(runs, height, width) if isinstance(counts, list) else runs)


@dataclass(frozen=True, slots=True)
class CocoImage:
    """An image of the file and everything labelled in it."""

    id: int
    file_name: str
    height: int
    width: int
    instances: tuple[Instance, ...]


def read_instances(paths: Iterable[Path]) -> dict[int, CocoImage]:
    """Image id -> image, of one or several instance files; ValueError names a file of another format."""
    images: dict[int, CocoImage] = {}
    for path in paths:
        try:
            images |= _images(json.loads(path.read_text(encoding="utf-8")))
        except (KeyError, TypeError, ValueError) as error:
            raise ValueError(
                f"{path}: not a COCO instance file ({error!r}); expected images, annotations and categories "
                "as in instances_train2014.json"
            ) from error
    return images


def _images(data: dict[str, Any]) -> dict[int, CocoImage]:
    names = {row["id"]: row["name"] for row in data["categories"]}
    instances: dict[int, list[Instance]] = defaultdict(list)
    for row in data["annotations"]:
        x, y, width, height = row["bbox"]
        instances[row["image_id"]].append(
            Instance(
                id=row["id"],
                category=names[row["category_id"]],
                box=(x, y, width, height),
                crowd=bool(row["iscrowd"]),
                segmentation=row["segmentation"],
            )
        )
    return {
        row["id"]: CocoImage(
            id=row["id"],
            file_name=row["file_name"],
            height=row["height"],
            width=row["width"],
            instances=tuple(instances[row["id"]]),
        )
        for row in data["images"]
    }
