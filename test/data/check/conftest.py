from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest


class TinyFolder:
    """A copy of the committed example that a test may damage."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.relations = root / "relations_train.json"
        self.keypoints = root / "keypoints_train.json"

    def label(self, kind: str, name: str) -> Path:
        folder = "parsing/train" if kind == "parsing" else f"segmentation/train/{kind}"
        return self.root / folder / f"{name}.png"

    def image(self, name: str) -> Path:
        return self.root / "image/train" / f"{name}.jpg"

    def paint(self, kind: str, name: str, change: Callable[[np.ndarray], Any]) -> Path:
        """Change a label map in place, or replace it by what ``change`` returns; returns its path."""
        path = self.label(kind, name)
        labels = cv2.imread(str(path), cv2.IMREAD_UNCHANGED)
        result = change(labels)
        assert cv2.imwrite(str(path), labels if result is None else result)
        return path

    def edit(self, path: Path, change: Callable[[list[dict[str, Any]]], object]) -> None:
        """Change a JSON list and write it again, two blanks an indent."""
        rows = json.loads(path.read_text(encoding="utf-8"))
        change(rows)
        path.write_text(json.dumps(rows, indent=2), encoding="utf-8")


@pytest.fixture
def tiny(repository: Path, tmp_path: Path) -> TinyFolder:
    return TinyFolder(Path(shutil.copytree(repository / "examples/tiny_pic", tmp_path / "tiny")))
