"""Writes labelled pictures in the PIC disk layout, with parsing, keypoints and depth.

In all id images 0 is the background.

image/{split}/N.jpg
segmentation/{split}/instance/N.png   segmentation/{split}/semantic/N.png   parsing/{split}/N.png   8-bit
depth/{split}/N.png                   16-bit millimetres along the optical axis, 0 = background
relations_{split}.json  keypoints_{split}.json  categories_list/{label,relation,part}_categories.json
records/{split}/N.json                relations and keypoints of a scene; written last: marks it whole
"""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from hrs_ros.synthetic.annotate import HumanKeypoints
from hrs_ros.synthetic.renderer import Picture
from hrs_ros.synthetic.scene_graph import TrueRelation
from hrs_ros.synthetic.splits import Split
from hrs_ros.vocabulary import vocabulary

MILLIMETRES = 100.0  # per decimetre


def write_json(path: Path, data: Any) -> None:
    """Replace a file by JSON in one step, so that readers never see half of it."""
    unfinished = path.with_suffix(f".{os.getpid()}.tmp")
    unfinished.write_text(json.dumps(data, separators=(",", ":")), encoding="utf-8")
    unfinished.replace(path)


class PICWriter:
    """One split below one root. Several processes may write different scenes at once."""

    def __init__(self, root: Path, split: Split, *, depth: bool) -> None:
        self.root, self.split = root, split
        self._image = root / "image" / split
        self._instance = root / "segmentation" / split / "instance"
        self._semantic = root / "segmentation" / split / "semantic"
        self._parsing = root / "parsing" / split
        self._depth = root / "depth" / split if depth else None
        self._records = root / "records" / split
        folders = [self._image, self._instance, self._semantic, self._parsing, self._depth, self._records]
        for folder in folders:
            if folder is not None:
                folder.mkdir(parents=True, exist_ok=True)

    def is_written(self, seed: int) -> bool:
        return self._record(seed).is_file()

    def write(
        self,
        seed: int,
        picture: Picture,
        image: NDArray[np.uint8],
        quality: int,
        relations: list[TrueRelation],
        humans: list[HumanKeypoints],
    ) -> None:
        """Write scene ``seed``; ``image`` (H, W, 3) RGB is what the camera shows, ``picture`` the labels."""
        name = f"{seed:06d}"
        _save(self._image / f"{name}.jpg", image[..., ::-1], [cv2.IMWRITE_JPEG_QUALITY, quality])
        fast = [cv2.IMWRITE_PNG_COMPRESSION, 3]
        _save(self._instance / f"{name}.png", picture.instance, fast)
        _save(self._semantic / f"{name}.png", picture.semantic, fast)
        _save(self._parsing / f"{name}.png", picture.part, fast)
        if self._depth is not None:
            millimetres = np.clip(picture.depth * MILLIMETRES, 0, 65535)
            _save(
                self._depth / f"{name}.png",
                np.where(picture.instance > 0, millimetres, 0).astype(np.uint16),
                fast,
            )
        record = {
            "name": f"{name}.jpg",
            "image_id": seed,
            "relations": [
                {"subject": r.subject, "object": r.object, "relation": r.predicate_id, "parts": list(r.parts)}
                for r in relations
            ],
            "humans": [
                {
                    "instance": human.instance,
                    "keypoints": [[round(x, 1), round(y, 1), int(v)] for x, y, v in human.keypoints.tolist()],
                }
                for human in humans
            ],
        }
        write_json(self._record(seed), record)

    def finish(self) -> int:
        """Collect the records into the relation and keypoint files; returns how many scenes there are."""
        records = [
            json.loads(path.read_text(encoding="utf-8")) for path in sorted(self._records.glob("*.json"))
        ]
        for kind, key in (("relations", "relations"), ("keypoints", "humans")):
            rows = [{field: record[field] for field in ("name", "image_id", key)} for record in records]
            write_json(self.root / f"{kind}_{self.split}.json", rows)
        words = vocabulary()
        lists = self.root / "categories_list"
        lists.mkdir(exist_ok=True)
        for kind, names in (("label", words.entities), ("relation", words.relations), ("part", words.parts)):
            rows = [{"name": name, "id": row} for row, name in enumerate(names) if row]
            write_json(lists / f"{kind}_categories.json", rows)
        return len(records)

    def _record(self, seed: int) -> Path:
        return self._records / f"{seed:06d}.json"


def _save(path: Path, image: NDArray, parameters: list[int]) -> None:
    if not cv2.imwrite(str(path), np.ascontiguousarray(image), parameters):
        raise OSError(f"could not write {path}: is the disk full or the folder read-only?")
