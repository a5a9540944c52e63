"""The bundled clips, and that they are what the script renders."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import pytest

import hrs_ros
from hrs_ros.scene_json import read_scenes
from hrs_ros.synthetic.assets import AssetPack
from hrs_ros.synthetic.clips.film import HEIGHT, RATE, SECONDS, WIDTH, frames
from hrs_ros.synthetic.clips.scripts import SCRIPTS
from hrs_ros.synthetic.renderer import Renderer, RenderError
from hrs_ros.synthetic.studio import Studio
from hrs_ros.synthetic.textures import TextureArray

CLIPS = Path(hrs_ros.__file__).parent / "clips"
LEFT, RIGHT = 5, 6


@pytest.mark.parametrize("name", SCRIPTS)
def test_bundled_truth_fits_the_video(name: str) -> None:
    scenes = list(read_scenes(CLIPS / name / "truth.jsonl"))
    video = cv2.VideoCapture(str(CLIPS / name / "clip.mp4"))
    assert int(video.get(cv2.CAP_PROP_FRAME_COUNT)) == len(scenes) == round(SECONDS * RATE)
    assert (video.get(cv2.CAP_PROP_FRAME_WIDTH), video.get(cv2.CAP_PROP_FRAME_HEIGHT)) == (WIDTH, HEIGHT)
    assert video.get(cv2.CAP_PROP_FPS) == RATE
    assert [scene.stamp_ns for scene in scenes] == sorted({scene.stamp_ns for scene in scenes})


@pytest.mark.parametrize("name", [name for name, script in SCRIPTS.items() if not script.occlusions])
def test_each_arm_holds_exactly_one_plate_in_every_frame(name: str) -> None:
    held = set()
    for scene in read_scenes(CLIPS / name / "truth.jsonl"):
        for arm in (LEFT, RIGHT):
            matches = [
                relation
                for relation in scene.relations
                if relation.predicate == "hold"
                and relation.part_ids == (arm,)
                and scene.entity(relation.object_id).name == "plate"
            ]
            assert len(matches) == 1
            held.add((arm, matches[0].subject_id, matches[0].object_id))
    assert len(held) == 2  # ids are stable over the clip


@pytest.mark.parametrize("name", SCRIPTS)
def test_parts_of_bundled_truth_cover_their_person(name: str) -> None:
    scene = next(read_scenes(CLIPS / name / "truth.jsonl"))
    for human in scene.humans():
        inside = sum(part.intersection(human.mask) for part in human.parts.values())
        assert inside == sum(part.area for part in human.parts.values()) == human.mask.area


@pytest.mark.render
@pytest.mark.parametrize("name", SCRIPTS)
def test_the_script_still_renders_the_bundled_truth(
    name: str, pack: AssetPack, textures: TextureArray
) -> None:
    try:
        renderer = Renderer(textures, width=WIDTH, height=HEIGHT, supersample=2)
    except RenderError as error:
        pytest.skip(str(error))
    scene = next(frames(SCRIPTS[name], Studio(pack, textures.layer, "test"), renderer)).scene
    renderer.close()
    bundled = next(read_scenes(CLIPS / name / "truth.jsonl"))
    assert [entity.class_id for entity in scene.entities] == [entity.class_id for entity in bundled.entities]
    assert scene.relations == bundled.relations
    # Alpha cuts of hair depend on the texture size, small here; everything else is the same geometry.
    overlaps = [a.mask.iou(b.mask) for a, b in zip(scene.entities, bundled.entities, strict=True)]
    assert np.min(overlaps) > 0.97
