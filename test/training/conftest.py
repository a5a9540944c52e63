"""Tiny labelled pictures drawn here: a person of coloured blocks who holds a plate in one arm."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import cv2
import numpy as np
import pytest

from hrs_ros.vocabulary import vocabulary

SIDE = 64


def draw_shard(root: Path, count: int, *, split: str = "train", seed: int = 0) -> Path:
    """``count`` pictures in PIC layout below ``root``; the relation list is written last."""
    words, rng = vocabulary(), np.random.default_rng(seed)
    human, plate, hold = words.human, words.entity_id("plate"), words.relation_id("hold")
    arms = words.part_id("left arm"), words.part_id("right arm")
    rows = []
    for number in range(count):
        image = np.full((SIDE, SIDE, 3), 90, np.uint8)
        instance, parsing = np.zeros((SIDE, SIDE), np.uint8), np.zeros((SIDE, SIDE), np.uint8)
        semantic = np.zeros((SIDE, SIDE), np.uint8)
        x, y = (int(value) for value in rng.integers(16, 28, 2))
        acting = int(rng.integers(2))
        areas = {  # part id -> x0, y0, x1, y1; a person who faces the camera has the right arm on the left
            words.part_id("uppercloth"): (x, y, x + 12, y + 24, (200, 60, 60)),
            arms[1]: (x - 6, y, x, y + 18, (60, 200, 60)),
            arms[0]: (x + 12, y, x + 18, y + 18, (60, 60, 200)),
        }
        for part, (x0, y0, x1, y1, colour) in areas.items():
            image[y0:y1, x0:x1] = colour
            instance[y0:y1, x0:x1], semantic[y0:y1, x0:x1], parsing[y0:y1, x0:x1] = 1, human, part
        px, py = (x + 15 if acting == 0 else x - 3), y + 22
        for labels, value in ((instance, 2), (semantic, plate), (parsing, 0)):
            labels[py - 4 : py + 5, px - 5 : px + 6] = value
        image[py - 4 : py + 5, px - 5 : px + 6] = (240, 240, 240)

        name = f"{number:04d}"
        folder = root / "segmentation" / split
        for path, picture in (
            (root / "image" / split / f"{name}.jpg", image),
            (folder / "instance" / f"{name}.png", instance),
            (folder / "semantic" / f"{name}.png", semantic),
            (root / "parsing" / split / f"{name}.png", parsing),
        ):
            path.parent.mkdir(parents=True, exist_ok=True)
            cv2.imwrite(str(path), picture[..., ::-1] if picture.ndim == 3 else picture)
        relation = {"subject": 1, "object": 2, "relation": hold, "parts": [arms[acting]]}
        rows.append({"name": f"{name}.jpg", "image_id": number, "relations": [relation]})
    (root / f"relations_{split}.json").write_text(json.dumps(rows), encoding="utf-8")
    return root


@pytest.fixture
def shard(tmp_path: Path) -> Callable[..., Path]:
    """shard(name, count, split=..., seed=...) draws a shard below the test's own folder."""

    def draw(name: str, count: int, *, split: str = "train", seed: int = 0) -> Path:
        return draw_shard(tmp_path / name, count, split=split, seed=seed)

    return draw
