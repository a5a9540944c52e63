from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import cv2
import numpy as np
import pytest

from hrs_ros.training import transfer as module
from hrs_ros.training.loop import LAST
from hrs_ros.training.sources import Source, find_sources
from hrs_ros.training.state import Progress
from hrs_ros.training.transfer import Diet, Training, judge, run, split

pytestmark = pytest.mark.torch

TRAINING = Training(
    model="sms_lite", side=64, steps=2, batch=2, rate=1e-3, start_from=None, backbone_weights=None, threads=1
)


@pytest.fixture
def photos(tmp_path: Path) -> Path:
    """Six grey photos with a person each."""
    folder = tmp_path / "photos"
    folder.mkdir()
    images = []
    for number in range(6):
        cv2.imwrite(str(folder / f"{number}.jpg"), np.full((48, 64, 3), 30 * number, np.uint8))
        person = {
            "bbox": [10, 5, 20, 40],
            "iscrowd": 0,
            "segmentation": [[10, 5, 30, 5, 30, 45, 10, 45]],
            "keypoints": [20, 20, 2],
        }
        photo = {"id": number, "file": f"{number}.jpg", "width": 64, "height": 48, "license": ""}
        photo |= {"flickr_url": "", "person_masks_complete": True, "objects_complete": True}
        images.append(photo | {"persons": [person], "objects": [], "vcoco": []})
    (folder / "annotations.json").write_text(json.dumps({"keypoint_order": ["nose"], "images": images}))
    return folder


def test_parts_are_of_nearly_equal_length_and_hold_everything_once() -> None:
    parts = split(list(range(13)), 5)  # type: ignore[arg-type]
    assert [len(part) for part in parts] == [3, 3, 3, 2, 2]
    assert sorted(row for part in parts for row in part) == list(range(13))  # type: ignore[type-var]


def test_the_mean_comes_with_its_standard_error() -> None:
    mean, error = module._mean([1.0, 2.0, 3.0, 4.0])
    assert mean == 2.5
    assert error == pytest.approx(np.sqrt(5 / 3) / 2)


@pytest.mark.parametrize(
    ("diet", "kinds"),
    [
        (Diet(name="both", scenes="full", photo_ratio=0.5), {"pic", "photos"}),
        (Diet(name="synthetic", scenes="full", photo_ratio=0.0), {"pic"}),
        (Diet(name="photos", scenes=None, photo_ratio=0.0), {"photos"}),
    ],
    ids=lambda value: value.name if isinstance(value, Diet) else "",
)
def test_a_run_eats_its_diet_and_is_judged(
    diet: Diet,
    kinds: set[str],
    shard: Callable[..., Path],
    photos: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    shard("scenes/full", 4)
    shard("val", 2, split="val")
    eaten = []

    def watched(config):
        progress = train(config)
        eaten.extend(find_sources(config.data))
        eaten.extend([Source("photos", str(config.photos))] if config.photos else [])
        return progress

    train = module.train
    monkeypatch.setattr(module, "train", watched)
    where = {"scenes": tmp_path / "scenes", "photos": photos, "dev": photos, "out": tmp_path / "out"}
    validation = f"{tmp_path / 'val'}:val"
    figures = run(diet, TRAINING, validation=validation, **where)
    assert {source.kind for source in eaten} == kinds
    assert figures == judge(tmp_path / "out" / LAST, validation=validation, dev=photos)
    assert figures is not None
    assert all(mean > 0 and error >= 0 for mean, error in figures.losses.values())
    assert figures.person_recall == 0.0  # two steps teach nothing


def test_a_stopped_run_has_no_figures(photos: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "train", lambda _: Progress(step=1))
    diet = Diet(name="photos", scenes=None, photo_ratio=0.0)
    where = {"scenes": tmp_path, "photos": photos, "dev": photos, "out": tmp_path / "out"}
    assert run(diet, TRAINING, validation=f"{tmp_path}:val", **where) is None
