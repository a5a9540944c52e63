from dataclasses import replace

import cv2
import numpy as np
import pytest

from hrs_ros.evaluation.clips import evaluate_clip
from hrs_ros.scene import Entity, Mask, Relation, Scene
from hrs_ros.scene_json import write_scenes
from hrs_ros.vocabulary import vocabulary

WORDS = vocabulary()
HOLD, LEFT_ARM = WORDS.relation_id("hold"), WORDS.part_id("left arm")


def truth(x=10, *, stamp_ns=0):
    arm = {LEFT_ARM: Mask(x=0, y=10, bits=np.ones((20, 5), bool))}
    human = Entity(1, WORDS.human, 1.0, Mask(x=0, y=0, bits=np.ones((40, 10), bool)), arm)
    plate = Entity(2, WORDS.entity_id("plate"), 1.0, Mask(x=x, y=10, bits=np.ones((8, 16), bool)))
    relations = (Relation(1, HOLD, 2, 1.0, (LEFT_ARM,), (1.0,)),)
    return Scene(48, 64, (human, plate), relations, stamp_ns=stamp_ns)


def write_clip(folder, scenes, *, frames=None):
    folder.mkdir()
    writer = cv2.VideoWriter(str(folder / "clip.mp4"), cv2.VideoWriter.fourcc(*"mp4v"), 10, (64, 48))
    for index in range(len(scenes) if frames is None else frames):
        writer.write(np.full((48, 64, 3), 20 * index, np.uint8))
    writer.release()
    write_scenes(folder / "truth.jsonl", scenes)
    return folder


def number_of(image):
    return round(float(image.mean()) / 20)


def test_frames_meet_their_own_truth(tmp_path):
    scenes = [truth(10 + 4 * index, stamp_ns=index * 70_000_000) for index in range(6)]
    clip = write_clip(tmp_path / "walk", scenes)
    watched = []
    report = evaluate_clip(
        clip,
        # Blind from the fourth frame on.
        lambda image: scenes[number_of(image)] if number_of(image) < 3 else Scene(48, 64),
        texts=["plate in left arm", "plate in right arm"],
        watch=lambda name, image, scene: watched.append(name),
    )
    left, right = report.queries
    assert (report.name, report.frames, len(watched)) == ("walk", 6, 6)
    assert (left.answerable.asked, left.answerable.success, left.answerable.refused) == (6, 3, 3)
    assert left.answerable.mean_iou == pytest.approx(0.5)
    assert right.answerable.asked == 0 and right.unfounded == 0
    # Frames 3 and 4 still remember frame 2, 0.15 seconds back at most; frame 5 does not.
    remembered = report.remembered[0].answerable
    assert (remembered.asked, remembered.success, remembered.refused) == (6, 5, 1)
    assert report.unique_phrases.success_rate == 0.5
    assert (report.arm_sides.limbs, report.arm_sides.correct) == (3, 3)


def test_what_is_remembered_was_tracked(tmp_path):
    """One frame in which the other arm seems to act: it is answered alone, the node believes the majority."""
    scenes = [truth(stamp_ns=index * 100_000_000) for index in range(6)]
    clip = write_clip(tmp_path / "flicker", scenes)
    right = (Relation(1, HOLD, 2, 1.0, (WORDS.part_id("right arm"),), (1.0,)),)
    report = evaluate_clip(
        clip,
        lambda image: replace(scenes[0], relations=right) if number_of(image) == 5 else scenes[0],
        texts=["plate in right arm"],
    )
    assert report.queries[0].unfounded == 1 and report.remembered[0].unfounded == 0


def test_limit_stops_early(tmp_path):
    scenes = [truth()] * 4
    report = evaluate_clip(write_clip(tmp_path / "c", scenes), lambda image: truth(), texts=[], limit=2)
    assert report.frames == 2


def test_truth_must_fit_the_clip(tmp_path):
    def evaluate(folder):
        evaluate_clip(folder, lambda image: truth(), texts=[])

    with pytest.raises(ValueError, match="differ in their number of frames"):
        evaluate(write_clip(tmp_path / "short", [truth()] * 2, frames=3))
    with pytest.raises(ValueError, match="frame 000000 is 64x48, its truth 32x24"):
        evaluate(write_clip(tmp_path / "small", [Scene(24, 32)]))
    (tmp_path / "short" / "truth.jsonl").unlink()
    with pytest.raises(FileNotFoundError, match="expected one scene a line"):
        evaluate(tmp_path / "short")
