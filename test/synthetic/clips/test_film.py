"""Clips as files: the same script with other people."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from hrs_ros.scene_json import read_scenes
from hrs_ros.synthetic.assets import AssetPack
from hrs_ros.synthetic.clips import film
from hrs_ros.synthetic.renderer import RenderError


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two frames of 160 x 120."""
    monkeypatch.setattr(film, "frame_count", lambda: 2)
    monkeypatch.setattr(film, "TEXTURE_SIZE", 64)
    for name, value in (("WIDTH", 160), ("HEIGHT", 120), ("SUPERSAMPLE", 1)):
        monkeypatch.setattr(film, name, value)


def first_frame(folder: Path) -> NDArray[np.uint8]:
    read, frame = cv2.VideoCapture(str(folder / "clip.mp4")).read()
    assert read and frame.shape == (120, 160, 3)
    return frame


@pytest.mark.render
@pytest.mark.usefixtures("small")
def test_a_seed_gives_other_people_doing_the_same(pack: AssetPack, cache: Path, tmp_path: Path) -> None:
    try:
        for name, seed in (("one", 101), ("same", 101), ("other", 102)):
            count = film.render_clip(
                "two_plates", tmp_path / name, assets=pack.root, cache=cache, split="val", seed=seed
            )
            assert count == 2
    except RenderError as error:
        pytest.skip(str(error))
    one, same, other = (tmp_path / name for name in ("one", "same", "other"))
    truths = [(folder / "truth.jsonl").read_bytes() for folder in (one, same, other)]
    assert truths[0] == truths[1] != truths[2]
    assert np.array_equal(first_frame(one), first_frame(same))
    assert not np.array_equal(first_frame(one), first_frame(other))
    for scene in (*read_scenes(one / "truth.jsonl"), *read_scenes(other / "truth.jsonl")):
        held = [relation.part_ids for relation in scene.relations if relation.predicate == "hold"]
        assert sorted(held) == [(5,), (6,)]  # one plate in each arm


def test_an_unknown_clip_is_named(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="unknown clip 'juggling': expected one of"):
        film.render_clip("juggling", tmp_path, assets=tmp_path)
