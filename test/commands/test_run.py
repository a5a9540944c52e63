import json

import cv2
import numpy as np
import pytest

from hrs_ros.cli import main
from hrs_ros.commands import run
from hrs_ros.data.frames import write_picture
from hrs_ros.scene import Entity, Mask, Relation, Scene
from hrs_ros.scene_json import read_scenes
from hrs_ros.vocabulary import vocabulary

WORDS = vocabulary()


class FakePredictor:
    """Sees a person who holds a plate in the left arm in every image."""

    provider = "FakeProvider"

    def predict(self, image, *, stamp_ns=0, frame_id=""):
        block = np.ones((10, 10), bool)
        arm = WORDS.part_id("left arm")
        human = Entity(1, WORDS.human, 0.9, Mask(x=2, y=2, bits=block), {arm: Mask(x=2, y=2, bits=block)})
        plate = Entity(2, WORDS.entity_id("plate"), 0.8, Mask(x=20, y=20, bits=block))
        holds = Relation(1, WORDS.relation_id("hold"), 2, 0.7, (arm,), (0.9,))
        return Scene(*image.shape[:2], (human, plate), (holds,), stamp_ns=stamp_ns, frame_id=frame_id)


@pytest.fixture(autouse=True)
def no_model(monkeypatch):
    monkeypatch.setattr(run, "open_predictor", lambda options: FakePredictor())


def write_video(path, count=5):
    writer = cv2.VideoWriter(str(path), cv2.VideoWriter.fourcc(*"mp4v"), 10, (64, 48))
    for _ in range(count):
        writer.write(np.full((48, 64, 3), 90, np.uint8))
    writer.release()
    return path


def frames_of(path):
    capture, count = cv2.VideoCapture(str(path)), 0
    while capture.read()[0]:
        count += 1
    return count


def test_video_to_annotated_video_and_scenes(tmp_path, capsys):
    out = tmp_path / "out"
    assert main(["run", str(write_video(tmp_path / "a.mp4")), "--out", str(out)]) == 0
    scenes = list(read_scenes(out / "scenes.jsonl"))
    assert [scene.frame_id for scene in scenes] == [f"{i:06d}" for i in range(5)]
    assert scenes[1].stamp_ns == 100_000_000 and len(scenes[0].entities) == 2
    assert frames_of(out / "annotated.mp4") == 5
    printed = capsys.readouterr().out
    assert "5 frames in, 5 scenes out (FakeProvider)" in printed and "5 annotated frames" in printed


def test_limit_and_request(tmp_path, capsys):
    video = write_video(tmp_path / "a.mp4")
    assert (
        main(
            [
                "run",
                str(video),
                "--out",
                str(tmp_path / "out"),
                "--limit",
                "2",
                "--text",
                "plate in left arm",
            ]
        )
        == 0
    )
    printed = capsys.readouterr().out
    assert "2 frames in, 2 scenes out" in printed and "'plate in left arm': OK 2" in printed
    assert frames_of(tmp_path / "out" / "annotated.mp4") == 2


def test_folder_with_a_broken_picture_is_finished_and_reported(tmp_path, capsys):
    folder = tmp_path / "photos"
    folder.mkdir()
    write_picture(folder / "a.png", np.zeros((40, 50, 3), np.uint8))
    write_picture(folder / "c.png", np.zeros((60, 30, 3), np.uint8))
    (folder / "b.png").write_bytes(b"broken")
    assert main(["run", str(folder), "--out", str(tmp_path / "out")]) == 1
    captured = capsys.readouterr()
    assert "3 frames in, 2 scenes out" in captured.out
    assert "b.png" in captured.err
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == [
        "a_annotated.png",
        "c_annotated.png",
        "relations.jsonl",
        "scenes.jsonl",
    ]


def test_scenes_only(tmp_path):
    write_picture(tmp_path / "a.png", np.zeros((40, 50, 3), np.uint8))
    assert main(["run", str(tmp_path / "a.png"), "--out", str(tmp_path / "out"), "--no-pictures"]) == 0
    assert {path.name for path in (tmp_path / "out").iterdir()} == {"scenes.jsonl", "relations.jsonl"}


def test_relations_in_words(tmp_path):
    out = tmp_path / "out"
    assert main(["run", str(write_video(tmp_path / "a.mp4")), "--out", str(out), "--no-pictures"]) == 0
    rows = [json.loads(line) for line in (out / "relations.jsonl").read_text().splitlines()]
    assert [row["frame"] for row in rows] == [f"{i:06d}" for i in range(5)]
    assert rows[3] == {
        "frame": "000003",
        "time": 0.3,
        "subject": "human 1",
        "subject_track": 1,
        "parts": ["left arm"],
        "predicate": "hold",
        "object": "plate 1",
        "object_track": 2,
        "score": 0.7,
        "lasts": 0.3,
    }


def test_without_tracking_every_frame_stands_alone(tmp_path):
    out = tmp_path / "out"
    video = write_video(tmp_path / "a.mp4")
    assert main(["run", str(video), "--out", str(out), "--no-pictures", "--no-tracking"]) == 0
    assert {e.track_id for scene in read_scenes(out / "scenes.jsonl") for e in scene.entities} == {0}


class Interrupted(FakePredictor):
    """The user presses Ctrl-C during a frame."""

    def __init__(self, at):
        self.frames, self.at = 0, at

    def predict(self, image, *, stamp_ns=0, frame_id=""):
        self.frames += 1
        if self.frames == self.at:
            raise KeyboardInterrupt
        return super().predict(image, stamp_ns=stamp_ns, frame_id=frame_id)


def contents(folder):
    """Bytes of text files, frames of films."""
    return {
        path.name: frames_of(path) if path.suffix == ".mp4" else path.read_bytes()
        for path in folder.iterdir()
        if path.is_file()
    }


@pytest.mark.parametrize("damage", [b"", b'{"scene":{"heig'])
def test_an_interrupted_run_goes_on_and_ends_like_an_uninterrupted_one(damage, tmp_path, capsys, monkeypatch):
    video = str(write_video(tmp_path / "a.mp4", count=12))
    whole, parts = tmp_path / "whole", tmp_path / "parts"
    assert main(["run", video, "--out", str(whole)]) == 0
    for at in (5, 4):
        predictor = Interrupted(at)
        monkeypatch.setattr(run, "open_predictor", lambda options, predictor=predictor: predictor)
        assert main(["run", video, "--out", str(parts)]) == 130
        with (parts / run.JOURNAL).open("ab") as file:
            file.write(damage)  # as a killed process leaves it
    assert frames_of(parts / "annotated.mp4") == 7 and len(list(read_scenes(parts / "scenes.jsonl"))) == 7
    capsys.readouterr()
    last = Interrupted(None)
    monkeypatch.setattr(run, "open_predictor", lambda options: last)
    assert main(["run", video, "--out", str(parts)]) == 0
    printed = capsys.readouterr().out
    assert "going on after frame 7" in printed and "12 frames in, 12 scenes out" in printed
    assert "7 of them from the interrupted run" in printed and last.frames == 5
    assert contents(parts) == contents(whole)


def test_another_source_does_not_go_on_with_the_run_of_the_first(tmp_path, capsys, monkeypatch):
    out = tmp_path / "out"
    first, second = (
        write_video(tmp_path / name, count=count) for name, count in (("a.mp4", 5), ("b.mp4", 6))
    )
    monkeypatch.setattr(run, "open_predictor", lambda options: Interrupted(3))
    assert main(["run", str(first), "--out", str(out)]) == 130
    monkeypatch.setattr(run, "open_predictor", lambda options: FakePredictor())
    assert main(["run", str(second), "--out", str(out)]) == 2
    assert "start over with --restart" in capsys.readouterr().err
    assert main(["run", str(second), "--out", str(out), "--restart"]) == 0
    assert "6 frames in, 6 scenes out" in capsys.readouterr().out


def test_a_film_that_is_cut_off_is_named_with_the_place(tmp_path, capsys):
    path = tmp_path / "a.avi"
    writer = cv2.VideoWriter(str(path), cv2.VideoWriter.fourcc(*"MJPG"), 10, (64, 48))
    for number in range(40):
        writer.write(np.random.default_rng(number).integers(0, 255, (48, 64, 3), np.uint8))
    writer.release()
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    assert main(["run", str(path), "--out", str(tmp_path / "out")]) == 1
    captured = capsys.readouterr()
    count = len(list(read_scenes(tmp_path / "out" / "scenes.jsonl")))
    assert 10 < count < 30 and frames_of(tmp_path / "out" / "annotated.mp4") == count
    assert f"a.avi: cannot be decoded after frame {count} of the 40" in captured.err
    assert f"{count} frames in, {count} scenes out" in captured.out


@pytest.mark.parametrize(
    "arguments, message",
    [
        (["absent.mp4"], "absent.mp4 not found"),
        ([".", "--limit", "0"], "--limit must be at least 1, got 0"),
        ([".", "--text", "blorp fnord"], "'blorp fnord'"),
    ],
)
def test_wrong_arguments_are_explained(arguments, message, capsys, tmp_path):
    assert main(["run", *arguments, "--out", str(tmp_path)]) == 2
    assert message in capsys.readouterr().err
