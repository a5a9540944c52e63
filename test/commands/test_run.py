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
        "scenes.jsonl",
    ]


def test_scenes_only(tmp_path):
    write_picture(tmp_path / "a.png", np.zeros((40, 50, 3), np.uint8))
    assert main(["run", str(tmp_path / "a.png"), "--out", str(tmp_path / "out"), "--no-pictures"]) == 0
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["scenes.jsonl"]


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
