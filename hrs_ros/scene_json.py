"""Scenes as plain JSON data: the format of bundled clip truth and of recorded results.

Masks are COCO compressed RLE of the box crop, so any COCO tool reads them.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
from pycocotools import mask as coco

from hrs_ros.scene import Entity, Mask, Relation, Scene


def encode_mask(mask: Mask) -> dict[str, Any]:
    """{"x", "y", "size": [h, w], "counts": str}; counts is COCO compressed RLE of the (h, w) crop."""
    if not mask.bits.size:
        return {"x": 0, "y": 0, "size": [0, 0], "counts": ""}
    rle = coco.encode(np.asfortranarray(mask.bits.view(np.uint8)))
    return {"x": mask.x, "y": mask.y, "size": list(mask.bits.shape), "counts": rle["counts"].decode("ascii")}


def decode_mask(data: dict[str, Any]) -> Mask:
    if 0 in data["size"]:
        return Mask.empty()
    bits = coco.decode({"size": data["size"], "counts": data["counts"].encode("ascii")})
    return Mask(x=data["x"], y=data["y"], bits=bits.astype(bool))


def scene_to_dict(scene: Scene) -> dict[str, Any]:
    return {
        "height": scene.height,
        "width": scene.width,
        "stamp_ns": scene.stamp_ns,
        "frame_id": scene.frame_id,
        "entities": [
            {
                "id": entity.id,
                "class_id": entity.class_id,
                "score": entity.score,
                "mask": encode_mask(entity.mask),
                "parts": {str(part): encode_mask(mask) for part, mask in entity.parts.items()},
                "track_id": entity.track_id,
                "number": entity.number,
            }
            for entity in scene.entities
        ],
        "relations": [
            {
                "subject": relation.subject_id,
                "predicate": relation.predicate_id,
                "object": relation.object_id,
                "score": relation.score,
                "parts": list(relation.part_ids),
                "part_scores": list(relation.part_scores),
                "since_ns": relation.since_ns,
            }
            for relation in scene.relations
        ],
    }


def scene_from_dict(data: dict[str, Any]) -> Scene:
    return Scene(
        height=data["height"],
        width=data["width"],
        stamp_ns=data["stamp_ns"],
        frame_id=data["frame_id"],
        entities=tuple(
            Entity(
                id=row["id"],
                class_id=row["class_id"],
                score=row["score"],
                mask=decode_mask(row["mask"]),
                parts={int(part): decode_mask(mask) for part, mask in row["parts"].items()},
                track_id=row.get("track_id", 0),  # scenes recorded before there were tracks have none
                number=row.get("number", 0),
            )
            for row in data["entities"]
        ),
        relations=tuple(
            Relation(
                subject_id=row["subject"],
                predicate_id=row["predicate"],
                object_id=row["object"],
                score=row["score"],
                part_ids=tuple(row["parts"]),
                part_scores=tuple(row["part_scores"]),
                since_ns=row.get("since_ns", 0),
            )
            for row in data["relations"]
        ),
    )


def write_scenes(path: Path, scenes: Iterable[Scene]) -> int:
    """One scene a line (JSON lines, UTF-8); returns how many were written."""
    count = 0
    with path.open("w", encoding="utf-8") as file:
        for scene in scenes:
            file.write(json.dumps(scene_to_dict(scene), separators=(",", ":")) + "\n")
            count += 1
    return count


def read_scenes(path: Path) -> Iterator[Scene]:
    with path.open(encoding="utf-8") as file:
        for number, line in enumerate(file, start=1):
            try:
                yield scene_from_dict(json.loads(line))
            except (ValueError, KeyError, TypeError) as error:
                raise ValueError(
                    f"{path}, line {number}: not a scene ({error!r}); expected scene JSON"
                ) from error
