"""Scene JSON: nothing is lost, damage is named."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from hrs_ros.scene import Entity, Mask, Relation, Scene
from hrs_ros.scene_json import (
    decode_mask,
    encode_mask,
    read_scenes,
    scene_from_dict,
    scene_to_dict,
    write_scenes,
)


@given(arrays.arrays(bool, (7, 11), elements=st.booleans()))
def test_mask_round_trip(full: np.ndarray) -> None:
    assert np.array_equal(decode_mask(encode_mask(Mask.from_full(full))).full(7, 11), full)


def test_scene_round_trip(tmp_path: Path) -> None:
    mask = Mask(x=3, y=4, bits=np.array([[True, False], [True, True]]))
    scene = Scene(
        height=20,
        width=30,
        entities=(
            Entity(id=1, class_id=1, score=0.5, mask=mask, parts={5: mask}),
            Entity(id=2, class_id=128, score=0.25, mask=mask, track_id=7, number=3),
        ),
        relations=(
            Relation(
                subject_id=1,
                predicate_id=1,
                object_id=2,
                score=0.125,
                part_ids=(5,),
                part_scores=(0.75,),
                since_ns=1_234_567_000_000_000_000,
            ),
        ),
        stamp_ns=1_234_567_890_123_456_789,
        frame_id="camera",
    )
    path = tmp_path / "scenes.jsonl"
    assert write_scenes(path, [scene, Scene(height=1, width=1)]) == 2
    first, second = read_scenes(path)
    assert (first.stamp_ns, first.frame_id, first.relations) == (scene.stamp_ns, "camera", scene.relations)
    assert np.array_equal(first.entities[0].parts[5].full(20, 30), mask.full(20, 30))
    assert (first.entities[1].score, first.entities[1].name) == (0.25, "plate")
    assert (first.entities[1].track_id, first.entities[1].number) == (7, 3)
    assert second.entities == ()


def test_scenes_recorded_without_tracks_are_read() -> None:
    mask = Mask(x=0, y=0, bits=np.ones((1, 1), bool))
    data = scene_to_dict(Scene(1, 1, (Entity(1, 128, 0.5, mask),), (Relation(1, 1, 1, 0.5),)))
    for row, name in ((data["entities"][0], "track_id"), (data["entities"][0], "number")):
        del row[name]
    del data["relations"][0]["since_ns"]
    scene = scene_from_dict(data)
    assert (scene.entities[0].track_id, scene.relations[0].since_ns) == (0, 0)


def test_damaged_line_is_named(tmp_path: Path) -> None:
    path = tmp_path / "scenes.jsonl"
    write_scenes(path, [Scene(height=1, width=1)])
    path.write_text(path.read_text() + "{not json\n")
    with pytest.raises(ValueError, match=r"scenes\.jsonl, line 2: not a scene"):
        list(read_scenes(path))
