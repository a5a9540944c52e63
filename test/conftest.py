"""Fixtures that every room may use."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest
from hypothesis import HealthCheck, settings

# How long an example takes is the machine's affair: a timing is a benchmark, never a test.
settings.register_profile("hrs", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("hrs")

REPOSITORY = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def repository() -> Path:
    """Root of the checkout."""
    return REPOSITORY


# Toy V-COCO: category -> COCO id and colour; action -> its roles.
CATEGORIES = {"person": (1, (200, 60, 40)), "cup": (47, (240, 240, 240)), "chair": (62, (60, 160, 60))}
ACTIONS = {"hold": ["obj"], "sit": ["instr"], "hit": ["instr", "obj"], "point": ["instr"], "stand": []}
HOI_VERBS = {"hold_obj": 0, "stand": 1, "sit_instr": 2, "hit_instr": 6, "hit_obj": 7, "point_instr": 26}


@pytest.fixture
def vcoco(tmp_path: Path) -> Callable[..., Path]:
    """vcoco(images, split="train", hoi=False) writes a V-COCO folder below the test's own folder.

    An image is a dictionary: ``things``, rectangles ("cup", (x, y, width, height)) with "runs" or "crowd" as
    a third entry for run lengths instead of a polygon; ``acts``, (row of the person, "hold_obj", row of the
    object or None); ``asked``, rows of the people who were asked about (default: all). All are 96 x 64.
    """

    def write(
        images: Sequence[dict[str, Any]], *, split: str = "train", hoi: bool = False, name: str = "vcoco"
    ) -> Path:
        root, coco, rows = tmp_path / name, _toy_coco(images), _toy_hoi if hoi else _toy_roles
        (root / "annotations").mkdir(parents=True, exist_ok=True)
        (root / "images/train2014").mkdir(parents=True, exist_ok=True)
        (root / "annotations/instances_vcoco_all_2014.json").write_text(json.dumps(coco))
        listing = f"{split}_vcoco.json" if hoi else f"vcoco_{split}.json"
        (root / "annotations" / listing).write_text(json.dumps(rows(images)))
        for row, image in zip(coco["images"], images, strict=True):
            picture = np.full((64, 96, 3), 90, np.uint8)
            for category, (x, y, w, h), *_ in image["things"]:
                picture[y : y + h, x : x + w] = CATEGORIES[category][1]
            cv2.imwrite(str(root / "images/train2014" / row["file_name"]), picture[..., ::-1])
        return root

    return write


def _toy_coco(images: Sequence[dict[str, Any]]) -> dict[str, Any]:
    return {
        "categories": [{"id": number, "name": name} for name, (number, _) in CATEGORIES.items()],
        "images": [
            {"id": number, "file_name": f"COCO_train2014_{number:012d}.jpg", "height": 64, "width": 96}
            for number in range(1, len(images) + 1)
        ],
        "annotations": [
            {
                "id": 100 * number + row,
                "image_id": number,
                "category_id": CATEGORIES[category][0],
                "bbox": list(box),
                "iscrowd": int("crowd" in form),
                "segmentation": _toy_runs(*box) if form else _toy_polygons(*box),
            }
            for number, image in enumerate(images, start=1)
            for row, (category, box, *form) in enumerate(image["things"])
        ],
    }


def _toy_polygons(x: int, y: int, w: int, h: int) -> list[list[int]]:
    return [[x, y, x + w, y, x + w, y + h, x, y + h], [0, 0, 1, 1]]  # COCO has such scraps, too


def _toy_runs(x: int, y: int, w: int, h: int) -> dict[str, Any]:
    """Lengths of runs of 0 and 1 in turn, down the columns."""
    after = (96 - x - w) * 64 + 64 - y - h
    return {"size": [64, 96], "counts": [64 * x + y, *([h, 64 - h] * w)[:-1], after]}


def _toy_roles(images: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """V-COCO's own form: actions with columns of people."""
    actions = []
    for action, roles in ACTIONS.items():
        verbs = [f"{action}_{role}" for role in roles]
        people = [
            (number, person, {verb: thing for who, verb, thing in image["acts"] if who == person})
            for number, image in enumerate(images, start=1)
            for person in image.get("asked", _toy_people(image))
        ]
        things = [[said.get(verb) for _, _, said in people] for verb in verbs]
        ids = [100 * number + person for number, person, _ in people]
        numbers = [number for number, _, _ in people]
        actions.append(
            {
                "action_name": action,
                "role_name": ["agent", *roles],
                "image_id": numbers,
                "ann_id": ids,
                "label": [int(any(verb in said for verb in verbs or [action])) for _, _, said in people],
                "role_object_id": ids
                + [
                    0 if thing is None else 100 * number + thing
                    for column in things
                    for number, thing in zip(numbers, column, strict=True)
                ],
            }
        )
    return actions


def _toy_hoi(images: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """The HOI form: images with corner boxes and triplets."""
    return [
        {
            "file_name": f"COCO_train2014_{number:012d}.jpg",
            "annotations": [
                {"bbox": [x, y, x + w, y + h], "category_id": CATEGORIES[category][0]}
                for category, (x, y, w, h), *_ in image["things"]
            ],
            "hoi_annotation": [
                {
                    "subject_id": who,
                    "object_id": -1 if thing is None else thing,
                    "category_id": HOI_VERBS[verb],
                }
                for who, verb, thing in image["acts"]
            ],
        }
        for number, image in enumerate(images, start=1)
    ]


def _toy_people(image: dict[str, Any]) -> list[int]:
    return [row for row, thing in enumerate(image["things"]) if thing[0] == "person"]


@pytest.fixture(scope="session")
def shared() -> Path:
    """Folder with labelled photos, clips and human assets that are not part of the project."""
    folder = Path(os.environ.get("HRS_SHARED", REPOSITORY.parent / "shared"))
    if not folder.is_dir():
        pytest.skip(f"needs the material folder {folder} (name it with HRS_SHARED)")
    return folder
