"""Writes labelled images in the PIC disk layout, with parsing, keypoints and depth.

In all id images 0 is the background.

image/{split}/N.jpg
segmentation/{split}/instance/N.png   segmentation/{split}/semantic/N.png   parsing/{split}/N.png   8-bit
depth/{split}/N.png                   16-bit millimetres along the optical axis, 0 = background
relations_{split}.json  keypoints_{split}.json  categories_list/{label,relation,part}_categories.json
records/{split}/N.json                relations and keypoints of an image; written last: marks it whole
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from hrs_ros.data.pic_image import HumanKeypoints, InstanceRelation, PICImage
from hrs_ros.data.sample import PARSING_IGNORE
from hrs_ros.vocabulary import vocabulary

# Labels come in runs: looking for nothing else makes their files smaller, and depth images in half the time.
FAST = [cv2.IMWRITE_PNG_COMPRESSION, 3, cv2.IMWRITE_PNG_STRATEGY, cv2.IMWRITE_PNG_STRATEGY_RLE]


def write_json(path: Path, data: Any) -> None:
    """Replace a file by JSON in one step, so that readers never see half of it."""
    _replace(path, [_compact(data)])


class PICWriter:
    """One split below one root. Several processes may write different images at once.

    ``parsing`` and ``depth`` say which folders the split has; an image without a part map is written there
    as not labelled. ``finish`` makes the folder complete: call it once, after the last image.
    """

    def __init__(self, root: Path, split: str, *, parsing: bool = True, depth: bool = False) -> None:
        self.root, self.split = root, split
        self._image = root / "image" / split
        self._instance = root / "segmentation" / split / "instance"
        self._semantic = root / "segmentation" / split / "semantic"
        self._parsing = root / "parsing" / split if parsing else None
        self._depth = root / "depth" / split if depth else None
        self._records = root / "records" / split
        folders = [self._image, self._instance, self._semantic, self._parsing, self._depth, self._records]
        for folder in folders:
            if folder is not None:
                folder.mkdir(parents=True, exist_ok=True)

    def is_written(self, name: str) -> bool:
        return self._record(name).is_file()

    def write(self, labelled: PICImage, *, quality: int = 95) -> None:
        """Write one image and its labels; ``quality`` of the JPEG, 0 to 100."""
        name = labelled.name
        if self._depth is not None and labelled.depth is None:
            raise ValueError(f"image {name!r} has no depth, but this writer was opened with depth=True")
        _save(self._image / f"{name}.jpg", labelled.image[..., ::-1], [cv2.IMWRITE_JPEG_QUALITY, quality])
        _save(self._instance / f"{name}.png", labelled.instance, FAST)
        _save(self._semantic / f"{name}.png", labelled.semantic, FAST)
        if self._parsing is not None:
            parsing = labelled.parsing
            if parsing is None:
                parsing = np.full(labelled.instance.shape, PARSING_IGNORE, np.uint8)
            _save(self._parsing / f"{name}.png", parsing, FAST)
        if self._depth is not None and labelled.depth is not None:
            _save(self._depth / f"{name}.png", labelled.depth, FAST)
        record = {
            "name": f"{name}.jpg",
            "image_id": labelled.image_id,
            "relations": [_relation(relation) for relation in labelled.relations],
            "humans": [_human(human) for human in labelled.humans],
        }
        write_json(self._record(name), record)

    def finish(self) -> int:
        """Collect the records into the relation and keypoint lists; returns how many images there are.

        The lists hold one image a line, so that whoever reports a line of them reports an image.
        """
        paths = sorted(self._records.glob("*.json"))
        for kind, key in (("relations", "relations"), ("keypoints", "humans")):
            _replace(self.root / f"{kind}_{self.split}.json", _lines(_rows(paths, key)))
        words = vocabulary()
        lists = self.root / "categories_list"
        lists.mkdir(exist_ok=True)
        for kind, names in (("label", words.entities), ("relation", words.relations), ("part", words.parts)):
            categories = ({"name": name, "id": row} for row, name in enumerate(names) if row)
            _replace(lists / f"{kind}_categories.json", _lines(categories))
        return len(paths)

    def _record(self, name: str) -> Path:
        return self._records / f"{name}.json"


def _relation(relation: InstanceRelation) -> dict[str, Any]:
    row: dict[str, Any] = {
        "subject": relation.subject,
        "object": relation.object,
        "relation": relation.predicate_id,
    }
    return row if relation.parts is None else {**row, "parts": list(relation.parts)}


def _human(human: HumanKeypoints) -> dict[str, Any]:
    rows = [[round(x, 1), round(y, 1), int(v)] for x, y, v in human.keypoints.tolist()]
    return {"instance": human.instance, "keypoints": rows}


def _rows(paths: Iterable[Path], key: str) -> Iterator[dict[str, Any]]:
    for path in paths:
        record = json.loads(path.read_text(encoding="utf-8"))
        yield {field: record[field] for field in ("name", "image_id", key)}


def _lines(rows: Iterable[Any]) -> Iterator[str]:
    """A JSON list with one element a line."""
    separator = "[\n"
    for row in rows:
        yield separator + _compact(row)
        separator = ",\n"
    yield "[]\n" if separator == "[\n" else "\n]\n"


def _compact(data: Any) -> str:
    return json.dumps(data, separators=(",", ":"))


def _replace(path: Path, pieces: Iterable[str]) -> None:
    unfinished = path.with_suffix(f".{os.getpid()}.tmp")
    with unfinished.open("w", encoding="utf-8") as file:
        file.writelines(pieces)
    unfinished.replace(path)


def _save(path: Path, image: NDArray, parameters: list[int]) -> None:
    if not cv2.imwrite(str(path), np.ascontiguousarray(image), parameters):
        raise OSError(f"could not write {path}: is the disk full or the folder read-only?")
