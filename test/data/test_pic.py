import json
import warnings
from pathlib import Path

import cv2
import numpy as np
import pytest

from hrs_ros.data.pic import PICDataset
from hrs_ros.data.sample import PARSING_IGNORE, RelationLabel
from hrs_ros.vocabulary import vocabulary

HUMAN, PLATE = vocabulary().human, vocabulary().entity_id("plate")
HOLD, NEXT_TO = vocabulary().relation_id("hold"), vocabulary().relation_id("next to")
KEYPOINTS = [[float(i), float(i + 1), i % 3] for i in range(16)]


def write_image(path: Path, image: np.ndarray) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    assert cv2.imwrite(str(path), image)


def write_json(path: Path, data: object) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(data))


def write_scene(root: Path, *, nested: bool = True) -> Path:
    """One 24 x 32 image: a human (instance 3) holds a plate (instance 7)."""
    colour = np.zeros((24, 32, 3), np.uint8)
    colour[:] = (10, 20, 250)  # BGR: a red picture
    instance, semantic, parsing = np.zeros((3, 24, 32), np.uint8)
    instance[2:20, 4:12], semantic[2:20, 4:12] = 3, HUMAN
    instance[8:12, 16:24], semantic[8:12, 16:24] = 7, PLATE
    semantic[8, 16] = HUMAN  # a stray pixel: the commonest class counts
    parsing[8:12, 4:12] = 5
    segmentation = "segmentation/val/{}" if nested else "{}/val"
    write_image(root / "image/val/a.jpg", colour)
    write_image(root / segmentation.format("instance") / "a.png", instance)
    write_image(root / segmentation.format("semantic") / "a.png", semantic)
    write_image(root / "parsing/val/a.png", parsing)
    relations = [
        {"subject": 3, "object": 7, "relation": HOLD, "parts": [5]},
        {"subject": 3, "object": 7, "relation": NEXT_TO, "parts": []},
    ]
    write_json(root / "relations_val.json", [{"name": "a.jpg", "image_id": 1, "relations": relations}])
    humans = [{"instance": 3, "keypoints": KEYPOINTS}]
    write_json(root / "keypoints_val.json", [{"name": "a.jpg", "image_id": 1, "humans": humans}])
    return root


@pytest.mark.parametrize("nested", [True, False])
def test_reads_both_layouts(tmp_path: Path, nested: bool) -> None:
    dataset = PICDataset(write_scene(tmp_path, nested=nested), "val")
    assert len(dataset) == 1 and dataset.name(0) == "a.jpg"
    sample = dataset[0]
    assert sample.image.shape == (24, 32, 3) and sample.image.dtype == np.uint8
    np.testing.assert_allclose(sample.image.mean((0, 1)), (250, 20, 10), atol=4)  # RGB
    assert sample.class_ids.tolist() == [HUMAN, PLATE] and dataset.instance_ids(0) == [3, 7]
    assert sample.masks.shape == (2, 24, 32) and sample.masks.sum((1, 2)).tolist() == [18 * 8, 4 * 8]
    assert sample.masks.dtype == np.uint8 and sample.masks[1, 8:12, 16:24].all()
    assert (sample.parsing == 5).sum() == 4 * 8
    assert sample.relations == [RelationLabel(0, HOLD, 1, (5,)), RelationLabel(0, NEXT_TO, 1, ())]
    assert sample.complete_entities == frozenset(range(1, 142))
    assert sample.complete_relations == frozenset(range(1, 24))
    assert sample.ignore is None
    np.testing.assert_array_equal(dataset.keypoints(0)[3], np.array(KEYPOINTS, np.float32))


def test_absent_parsing_parts_and_keypoints_are_not_labelled(tmp_path: Path) -> None:
    root = write_scene(tmp_path)
    (root / "parsing/val/a.png").unlink()
    (root / "parsing/val").rmdir()
    (root / "keypoints_val.json").unlink()
    relations = [{"subject": 3, "object": 7, "relation": r} for r in (HOLD, NEXT_TO)]
    write_json(root / "relations_val.json", [{"name": "a.jpg", "relations": relations}])
    dataset = PICDataset(root, "val")
    assert (dataset[0].parsing == 255).all()
    assert [relation.parts for relation in dataset[0].relations] == [None, ()]
    assert dataset.keypoints(0) == {}


def test_names_decide_over_ids_and_strangers_are_dropped(tmp_path: Path) -> None:
    root = write_scene(tmp_path)
    write_json(
        root / "categories_list/label_categories.json",
        [{"name": "Human", "id": HUMAN}, {"name": "chopsticks", "id": PLATE}],
    )
    write_json(
        root / "categories_list/relation_categories.json",
        [{"name": "next-to", "id": HOLD}, {"name": "feed", "id": NEXT_TO}],
    )
    dataset = PICDataset(root, "val")
    assert dataset.entity_categories.dropped == ("chopsticks",)
    assert dataset.relation_categories.dropped == ("feed",)
    assert dataset[0].class_ids.tolist() == [HUMAN] and dataset[0].relations == []

    write_json(
        root / "categories_list/label_categories.json",
        [{"name": "human", "id": HUMAN}, {"name": "cup", "id": PLATE}],
    )
    sample = PICDataset(root, "val")[0]
    assert sample.class_ids.tolist() == [HUMAN, vocabulary().entity_id("cup")]
    assert sample.relations == [RelationLabel(0, NEXT_TO, 1, ())]


def test_incomplete_relations(tmp_path: Path) -> None:
    root = write_scene(tmp_path)
    assert PICDataset(root, "val", complete_relations=frozenset({HOLD}))[0].complete_relations == {HOLD}
    write_json(root / "categories_list/complete_relations.json", ["hold", "sit on"])
    expected = {HOLD, vocabulary().relation_id("sit on")}
    assert PICDataset(root, "val")[0].complete_relations == expected
    write_json(root / "categories_list/complete_relations.json", ["grab"])
    with pytest.raises(ValueError, match=r"complete_relations\.json: .*grab"):
        PICDataset(root, "val")


def damage_relations(root: Path, **change: object) -> None:
    relation = {"subject": 3, "object": 7, "relation": HOLD, "parts": [5], **change}
    write_json(root / "relations_val.json", [{"name": "a.jpg", "relations": [relation]}])


@pytest.mark.parametrize(
    ("damage", "message"),
    [
        (lambda r: (r / "image/val/a.jpg").unlink(), r"image/val/a\.jpg not found"),
        (lambda r: (r / "image/val/a.jpg").write_bytes(b"\xff\xd8"), r"a\.jpg: not readable as an image"),
        (
            lambda r: (r / "segmentation/val/instance/a.png").write_bytes(b""),
            r"instance/a\.png: not readable",
        ),
        (
            lambda r: write_image(r / "segmentation/val/semantic/a.png", np.zeros((24, 30), np.uint8)),
            r"semantic/a\.png: 30 x 24, but the instance map is 32 x 24",
        ),
        (
            lambda r: write_image(r / "segmentation/val/semantic/a.png", np.full((24, 32), 200, np.uint8)),
            r"semantic/a\.png: class 200 is not in the category list",
        ),
        (
            lambda r: write_image(r / "segmentation/val/instance/a.png", np.zeros((24, 32, 3), np.uint8)),
            r"instance/a\.png: expected 8-bit grey",
        ),
        (
            lambda r: write_image(r / "image/val/a.jpg", np.zeros((20, 32, 3), np.uint8)),
            r"instance/a\.png: 32 x 24, but its image is 32 x 20",
        ),
        (
            lambda r: write_image(r / "parsing/val/a.png", np.full((24, 32), 26, np.uint8)),
            r"parsing/val/a\.png: part ids must be 0 to 25 or 255, got 26",
        ),
        (
            lambda r: write_image(r / "parsing/val/a.png", np.zeros((24, 31), np.uint8)),
            r"parsing/val/a\.png: uint8 of shape",
        ),
        (lambda r: damage_relations(r, object=9), "no instance 9 in the instance map"),
        (lambda r: damage_relations(r, relation=99), "relation 99 is not in the category list"),
        (lambda r: damage_relations(r, subject="who"), "expected integers subject, object and relation"),
        (lambda r: damage_relations(r, parts=[26]), "part ids must be 1 to 25"),
    ],
)
def test_damage_names_its_file(tmp_path: Path, damage, message: str) -> None:
    damage(write_scene(tmp_path))
    dataset = PICDataset(tmp_path, "val")
    with pytest.raises((ValueError, FileNotFoundError), match=message):
        dataset[0]


def test_what_has_no_class_is_ignored_with_a_warning(tmp_path: Path) -> None:
    root = write_scene(tmp_path)
    path = root / "segmentation/val/semantic/a.png"
    semantic = cv2.imread(str(path), cv2.IMREAD_UNCHANGED)
    semantic[semantic == PLATE] = 0
    semantic[8, 16] = 0
    write_image(path, semantic)
    dataset = PICDataset(root, "val")
    with pytest.warns(UserWarning, match=r"semantic/a\.png: no class under instance 7: not labelled") as told:
        sample = dataset[0]
    assert len(told) == 1
    assert sample.class_ids.tolist() == [HUMAN] and dataset.instance_ids(0) == [3]
    assert sample.ignore is not None and sample.ignore.dtype == np.uint8
    assert sample.ignore.sum() == 4 * 8 and sample.ignore[8:12, 16:24].all()
    assert (sample.parsing[8:12, 16:24] == PARSING_IGNORE).all() and sample.parsing[0, 0] == 0
    assert sample.relations == []
    with warnings.catch_warnings():
        warnings.simplefilter("error")  # said once
        assert dataset[0].ignore is not None


def test_named_instances_leave_nothing_to_ignore(tmp_path: Path) -> None:
    assert PICDataset(write_scene(tmp_path), "val")[0].ignore is None


def test_unusable_folders(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="no split 'train' in PIC layout"):
        PICDataset(write_scene(tmp_path), "train")
    (tmp_path / "relations_val.json").write_text("{not json")
    with pytest.raises(ValueError, match=r"relations_val\.json: not readable as JSON"):
        PICDataset(tmp_path, "val")
    write_json(tmp_path / "relations_val.json", {"name": "a.jpg"})
    with pytest.raises(ValueError, match="expected a list, got dict"):
        PICDataset(tmp_path, "val")
    write_json(tmp_path / "relations_val.json", [{"name": "a.jpg"}])
    with pytest.raises(ValueError, match="entry 0: expected an object with name, relations"):
        PICDataset(tmp_path, "val")
    (tmp_path / "relations_val.json").unlink()
    with pytest.raises(FileNotFoundError, match=r"relations_val\.json not found"):
        PICDataset(tmp_path, "val")
