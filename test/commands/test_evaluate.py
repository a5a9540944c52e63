import dataclasses
import json
from types import SimpleNamespace

import cv2
import numpy as np
import pytest

from hrs_ros.cli import main
from hrs_ros.commands import evaluate
from hrs_ros.inference.assemble import Thresholds
from hrs_ros.inference.predictor import Timings
from hrs_ros.scene import Entity, Mask, Relation, Scene
from hrs_ros.scene_json import write_scenes
from hrs_ros.vocabulary import vocabulary

WORDS = vocabulary()
HOLD = WORDS.relation_id("hold")
LEFT_ARM, RIGHT_ARM = WORDS.part_id("left arm"), WORDS.part_id("right arm")


def block(x, y, width, height):
    return Mask(x=x, y=y, bits=np.ones((height, width), bool))


def scene():
    arms = {LEFT_ARM: block(40, 20, 8, 20), RIGHT_ARM: block(20, 20, 8, 20)}
    human = Entity(1, WORDS.human, 0.9, block(20, 5, 28, 60), arms)
    plates = (Entity(i, WORDS.entity_id("plate"), 0.8, block(x, 30, 10, 6)) for i, x in ((2, 55), (3, 5)))
    return Scene(
        72,
        96,
        (human, *plates),
        (Relation(1, HOLD, 2, 0.9, (LEFT_ARM,), (1.0,)), Relation(1, HOLD, 3, 0.8, (RIGHT_ARM,), (1.0,))),
    )


class FakePredictor:
    """Sees the same scene in every image, cut to the image's size."""

    provider = "FakeProvider"
    relation_threshold, exclusive_masks = 0.1, True
    thresholds = Thresholds(relation=0.1)
    input_size = (320, 320)
    timings = Timings(letterbox=1.0, network=20.0, assemble=1.0)
    metadata = SimpleNamespace(config=SimpleNamespace(name="sms_lite", relations=30), training_step=5)

    def predict(self, image):
        return dataclasses.replace(scene(), height=image.shape[0], width=image.shape[1])

    def predict_at(self, image, *thresholds):
        return [self.predict(image) for _ in thresholds]


@pytest.fixture
def model(monkeypatch, tmp_path):
    monkeypatch.setattr(evaluate, "open_predictor", lambda options, *, speaks: FakePredictor())
    path = tmp_path / "model.onnx"
    path.write_bytes(b"weights")
    return str(path)


def test_clip(model, tmp_path, capsys):
    clip = tmp_path / "plates"
    clip.mkdir()
    writer = cv2.VideoWriter(str(clip / "clip.mp4"), cv2.VideoWriter.fourcc(*"mp4v"), 10, (96, 72))
    for _ in range(3):
        writer.write(np.full((72, 96, 3), 90, np.uint8))
    writer.release()
    write_scenes(clip / "truth.jsonl", [scene()] * 3)
    record, pictures = tmp_path / "out.json", tmp_path / "pictures"
    arguments = [
        str(clip),
        "--model",
        model,
        "--json",
        str(record),
        "--pictures",
        str(pictures),
        "--every",
        "2",
    ]
    assert main(["evaluate", "clip", *arguments]) == 0
    printed = capsys.readouterr().out
    assert "clip plates, 3 frames" in printed
    alone, remembered = [line for line in printed.splitlines() if line.startswith("plate in left arm")]
    assert alone.split()[4:] == ["3", "100.0", "0.0", "0.0", "0.0", "1.000", "0"]
    assert remembered.split()[4:] == ["remembered", "3", "100.0", "0.0", "0.0", "0.0", "1.000", "0"]
    data = json.loads(record.read_text())
    assert data["what"] == "clip" and data["provider"] == "FakeProvider" and len(data["model_sha256"]) == 64
    assert data["figures"][0]["queries"][1]["answerable"]["success_rate"] == 1
    assert sorted(path.name for path in pictures.iterdir()) == sorted(
        f"plates_{frame}{text}.png"
        for frame in ("000000", "000002")
        for text in ("", "_plate_in_left_arm", "_plate_in_right_arm")
    )


def write_pic(root):
    for kind in ("image", "instance", "semantic", "parsing"):
        folder = root / (kind if kind in ("image", "parsing") else "segmentation") / "test"
        (folder if kind in ("image", "parsing") else folder / kind).mkdir(parents=True)
    truth = scene()
    instance, semantic, parsing = (np.zeros((72, 96), np.uint8) for _ in range(3))
    for entity in truth.entities:
        inside = entity.mask.full(72, 96)
        instance[inside], semantic[inside] = entity.id, entity.class_id
        for part, mask in entity.parts.items():
            parsing[mask.full(72, 96)] = part
    cv2.imwrite(str(root / "image/test/0.jpg"), np.zeros((72, 96, 3), np.uint8))
    cv2.imwrite(str(root / "segmentation/test/instance/0.png"), instance)
    cv2.imwrite(str(root / "segmentation/test/semantic/0.png"), semantic)
    cv2.imwrite(str(root / "parsing/test/0.png"), parsing)
    relations = [
        {
            "subject": r.subject_id,
            "object": r.object_id,
            "relation": r.predicate_id,
            "parts": list(r.part_ids),
        }
        for r in truth.relations
    ]
    listing = [{"name": "0.jpg", "image_id": 0, "relations": relations}]
    (root / "relations_test.json").write_text(json.dumps(listing))


def test_synthetic(model, tmp_path, capsys):
    write_pic(tmp_path / "scenes")
    record = tmp_path / "out.json"
    arguments = ["--data", str(tmp_path / "scenes"), "--model", model, "--json", str(record)]
    assert main(["evaluate", "synthetic", *arguments]) == 0
    printed = capsys.readouterr().out
    assert "this graph gives 30 relations" in printed
    assert "NOT COMPARABLE: our row is of scenes/test, 1 images" in printed
    (line,) = [line for line in printed.splitlines() if line.startswith("HRS  ")]
    assert line.split() == ["HRS", "100.0", "100.0", "100.0", "100.0"]
    (ours,) = [
        line for line in printed.splitlines() if line.startswith("> sms_lite, step 5, 320 x 320 on scenes")
    ][:1]
    assert ours.split()[-10:] == [*["100.00"] * 7, "20", "ms", "FakeProvider"]
    figures = json.loads(record.read_text())["figures"]
    assert figures["rows"][0]["average"] == 1 and figures["queries"]["success_rate"] == 1
    assert figures["scores"][0]["name"] == "0.jpg" and figures["rarity"] is None


def test_pic_itself_may_be_compared(model, tmp_path, capsys):
    write_pic(tmp_path / "PIC")
    data = str(tmp_path / "PIC")
    assert main(["evaluate", "pic", "--data", data, "--training", f"{data}:test", "--model", model]) == 0
    printed = capsys.readouterr().out
    assert "NOT COMPARABLE" not in printed and "SMS-L (ResNet-50), paper" in printed
    # One triplet in training makes "hold" rare; nothing is left for the other group.
    (rare,) = [line for line in printed.splitlines() if line.startswith("  rare")][:1]
    assert rare.split() == ["rare", *["100.0"] * 4]
    assert "Table 7. Rare" in printed


def test_report(model, tmp_path, capsys):
    pytest.importorskip("matplotlib", reason="pictures of a report need the extra 'plot'")
    write_pic(tmp_path / "scenes")
    report = tmp_path / "report"
    arguments = ["--data", str(tmp_path / "scenes"), "--model", model, "--report", str(report)]
    assert main(["evaluate", "synthetic", *arguments]) == 0
    assert f"report: {report / 'index.html'}" in capsys.readouterr().out
    assert sorted(path.name for path in report.iterdir()) == ["best_1.png", "index.html"]
    assert "HRS 100.0 %, RS 100.0 %" in (report / "index.html").read_text(encoding="utf-8")


def test_photos(model, tmp_path, capsys):
    folder = tmp_path / "people"
    (folder / "images").mkdir(parents=True)
    cv2.imwrite(str(folder / "images/7.jpg"), np.zeros((72, 96, 3), np.uint8))
    names = ["left_wrist", "right_wrist"]
    person = {
        "bbox": [20, 5, 28, 60],
        "iscrowd": 0,
        "segmentation": [[20, 5, 48, 5, 48, 65, 20, 65]],
        "keypoints": [44, 38, 2, 42, 22, 2],  # the right wrist is put into the left arm
    }
    photo = {
        "id": 7,
        "file": "images/7.jpg",
        "width": 96,
        "height": 72,
        "license": "",
        "flickr_url": "",
        "person_masks_complete": True,
        "objects_complete": True,
        "persons": [person],
        "objects": [],
        "vcoco": [],
    }
    (folder / "annotations.json").write_text(json.dumps({"keypoint_order": names, "images": [photo]}))
    assert main(["evaluate", "photos", "--data", str(folder), "--model", model]) == 0
    printed = capsys.readouterr().out
    assert "1 photos, 1 people" in printed
    values = {
        line.rsplit(None, 2)[0].strip(): line.split()[-2:] for line in printed.splitlines() if "%" in line
    }
    assert values["person found (mask IoU >= 0.5), %"] == ["100.0", "1"]
    assert values["visible wrist in own arm mask, people found, %"] == ["50.0", "2"]
    assert values["own side, among wrists in any arm mask, %"] == ["50.0", "2"]


@pytest.mark.parametrize(
    "arguments, message",
    [
        (["photos", "--data", "absent"], "annotations.json not found"),
        (["synthetic", "--data", "absent"], "absent"),
        (["clip", "--limit", "0"], "--limit must be at least 1, got 0"),
    ],
)
def test_wrong_arguments_are_explained(model, arguments, message, capsys):
    assert main(["evaluate", *arguments, "--model", model]) == 2
    assert message in capsys.readouterr().err
