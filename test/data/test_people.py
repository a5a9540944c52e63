import json
from pathlib import Path

import cv2
import numpy as np
import pytest

from hrs_ros.data.people import PeopleDataset
from hrs_ros.data.people_annotations import rasterize
from hrs_ros.data.sample import RelationLabel
from hrs_ros.data.transforms import letterbox
from hrs_ros.vocabulary import vocabulary

V = vocabulary()
HUMAN, CUP, CHAIR = V.human, V.entity_id("cup"), V.entity_id("chair")
ORDER = [
    *("nose", "left_eye", "right_eye", "left_ear", "right_ear", "left_shoulder", "right_shoulder"),
    *("left_elbow", "right_elbow", "left_wrist", "right_wrist", "left_hip", "right_hip"),
    *("left_knee", "right_knee", "left_ankle", "right_ankle"),
]


def box_polygon(x: float, y: float, w: float, h: float) -> list[float]:
    return [x, y, x + w, y, x + w, y + h, x, y + h]


def person(x: float, y: float, w: float, h: float, *, outlined: bool = True, **points) -> dict:
    """Keypoints by name: (x, y), visible."""
    row = {"bbox": [x, y, w, h], "iscrowd": 0}
    if outlined:
        row["segmentation"] = [box_polygon(x, y, w, h)]
    if points:
        row["keypoints"] = [
            v for name in ORDER for v in ((*points[name], 2) if name in points else (0, 0, 0))
        ]
    return row


def thing(category: str, x: float, y: float, w: float, h: float, *, outlined: bool = True) -> dict:
    row = {"bbox": [x, y, w, h], "category": category}
    return {**row, "segmentation": [box_polygon(x, y, w, h)]} if outlined else row


def role(action: str, who: dict, what: dict, *, name: str = "obj") -> dict:
    return {
        "person_box": who["bbox"],
        "object_box": what["bbox"],
        "action": action,
        "role": name,
        "object": what.get("category", "person"),
    }


# Arms of 40 pixels, left wrist at (110, 90), right wrist at (50, 90); the nose is visible.
ANNA = person(
    *(40, 20, 80, 120),
    nose=(80, 40),
    left_elbow=(110, 50),
    left_wrist=(110, 90),
    right_elbow=(50, 50),
    right_wrist=(50, 90),
)
LEFT_CUP = thing("cup", 122, 84, 12, 12)


def write(root: Path, *, persons=(ANNA,), objects=(), vcoco=(), masks=True, things=True) -> PeopleDataset:
    (root / "images").mkdir(exist_ok=True)
    cv2.imwrite(str(root / "images/1.jpg"), np.full((160, 240, 3), 90, np.uint8))
    photo = {
        "id": 1,
        "file": "images/1.jpg",
        "width": 240,
        "height": 160,
        "license": "CC BY 2.0",
        "flickr_url": "http://example.org/1",
        "person_masks_complete": masks,
        "objects_complete": things,
        "persons": list(persons),
        "objects": list(objects),
        "vcoco": list(vcoco),
    }
    (root / "annotations.json").write_text(
        json.dumps({"name": "toy", "keypoint_order": ORDER, "images": [photo]})
    )
    return PeopleDataset(root)


def test_people_objects_and_roles(tmp_path: Path) -> None:
    chair = thing("chair", 30, 90, 100, 60)
    roles = [
        role("hold", ANNA, LEFT_CUP),
        role("look", ANNA, LEFT_CUP),
        role("sit", ANNA, chair, name="instr"),
    ]
    sample = write(tmp_path, objects=[LEFT_CUP, chair], vcoco=[*roles, roles[0]])[0]
    assert sample.name == "1.jpg" and sample.image.shape == (160, 240, 3)
    assert sample.class_ids.tolist() == [HUMAN, CUP, CHAIR]
    assert sample.masks.sum((1, 2)).tolist() == [80 * 120, 144, 6000]
    assert sample.relations == [
        RelationLabel(0, V.relation_id("hold"), 1, (V.part_id("left arm"),)),
        RelationLabel(0, V.relation_id("look at"), 1, (V.part_id("face"),)),
        RelationLabel(0, V.relation_id("sit on"), 2, ()),
    ]
    assert sample.complete_relations == frozenset()
    assert {HUMAN, CUP, CHAIR} <= sample.complete_entities
    assert V.entity_id("food") not in sample.complete_entities
    assert not sample.ignore.any()


def test_hand_is_named_only_when_sure(tmp_path: Path) -> None:
    def parts(who: dict, cup: dict) -> object:
        (relation,) = write(tmp_path, persons=[who], objects=[cup], vcoco=[role("hold", who, cup)])[
            0
        ].relations
        return relation.parts

    middle = thing("cup", 70, 84, 20, 12)  # 20 pixels from both wrists
    far = thing("cup", 200, 10, 12, 12)
    one_seen = person(40, 20, 80, 120, left_elbow=(110, 50), left_wrist=(110, 90))
    assert parts(ANNA, LEFT_CUP) == (V.part_id("left arm"),)
    assert parts(ANNA, middle) is None and parts(ANNA, far) is None
    assert parts(one_seen, LEFT_CUP) is None
    assert parts(person(40, 20, 80, 120), LEFT_CUP) is None


def test_parsing_is_background_cores_or_unknown(tmp_path: Path) -> None:
    sample = write(tmp_path)[0]
    assert sample.parsing[90, 110] == V.part_id("left arm") and sample.parsing[90, 50] == V.part_id(
        "right arm"
    )
    assert sample.parsing[120, 80] == 255  # inside Anna: clothes are not labelled
    assert sample.parsing[70, 121] == 255 and sample.parsing[70, 123] == 0  # 2 pixels of outline
    assert sample.parsing[5, 5] == 0
    unsure = write(tmp_path, masks=False)[0]
    assert unsure.parsing[5, 5] == 255 and unsure.parsing[90, 110] == V.part_id("left arm")
    assert unsure.complete_entities == frozenset()


def test_people_without_a_mask_are_ignored_not_absent(tmp_path: Path) -> None:
    crowd = {"bbox": [180, 100, 40, 30], "iscrowd": 1}
    stranger = person(130, 10, 30, 60, outlined=False)
    sample = write(tmp_path, persons=[ANNA, crowd, stranger])[0]
    assert sample.class_ids.tolist() == [HUMAN]
    assert sample.ignore.sum() == 40 * 30 + 30 * 60
    assert sample.ignore[100:130, 180:220].all() and sample.ignore[10:70, 130:160].all()
    # The flag says complete, the list says otherwise: the list is right.
    assert HUMAN not in sample.complete_entities and (sample.parsing[150] == 255).all()
    only_crowd = write(tmp_path, persons=[ANNA, crowd])[0]
    assert HUMAN in only_crowd.complete_entities
    assert (only_crowd.parsing[100:130, 180:220] == 255).all() and only_crowd.parsing[5, 5] == 0


def test_objects_that_cannot_be_labels_are_ignored_or_background(tmp_path: Path) -> None:
    truck = thing("truck", 150, 20, 40, 20)
    train = thing("train", 150, 60, 40, 20)
    bare_cup = thing("cup", 150, 100, 10, 10, outlined=False)
    sample = write(tmp_path, objects=[truck, train, bare_cup])[0]
    assert sample.class_ids.tolist() == [HUMAN]
    assert sample.ignore[20:40, 150:190].all() and sample.ignore[100:110, 150:160].all()
    assert sample.ignore.sum() == 40 * 20 + 100


def test_objects_are_complete_only_where_the_list_bears_it_out(tmp_path: Path) -> None:
    elsewhere = role("hold", ANNA, thing("book", 200, 20, 20, 20))
    assert CUP in write(tmp_path, objects=[LEFT_CUP])[0].complete_entities
    assert CUP not in write(tmp_path, objects=[])[0].complete_entities
    assert CUP not in write(tmp_path, objects=[LEFT_CUP], things=False)[0].complete_entities
    assert CUP not in write(tmp_path, objects=[LEFT_CUP], vcoco=[elsewhere])[0].complete_entities


def test_roles_between_people_and_roles_without_an_end(tmp_path: Path) -> None:
    ben = person(150, 20, 60, 120)
    roles = [role("look", ben, ANNA), role("hold", ben, LEFT_CUP), role("surf", ben, ANNA, name="instr")]
    sample = write(tmp_path, persons=[ANNA, ben], vcoco=roles)[0]
    assert sample.relations == [RelationLabel(1, V.relation_id("look at"), 0, None)]


def test_photos_without_any_mask_are_left_out(tmp_path: Path) -> None:
    assert len(write(tmp_path, persons=[person(10, 10, 20, 40, outlined=False)])) == 0


def test_damaged_photos_are_named(tmp_path: Path) -> None:
    dataset = write(tmp_path)
    cv2.imwrite(str(tmp_path / "images/1.jpg"), np.zeros((16, 16, 3), np.uint8))
    with pytest.raises(ValueError, match=r"1\.jpg: 16 x 16, annotated as 240 x 160"):
        dataset[0]
    (tmp_path / "images/1.jpg").write_bytes(b"no picture")
    with pytest.raises(ValueError, match=r"1\.jpg: not readable"):
        dataset[0]
    (tmp_path / "images/1.jpg").unlink()
    with pytest.raises(FileNotFoundError, match=r"1\.jpg not found"):
        dataset[0]


@pytest.mark.shared
def test_real_photos(shared: Path) -> None:
    dataset = PeopleDataset(shared / "data/real/coco_people", "dev")
    assert len(dataset) == 149  # of 150, one has no person mask
    arms = {"left": V.part_id("left arm"), "right": V.part_id("right arm")}
    agreeing = checked = 0
    for index in range(0, len(dataset), 10):
        sample, photo = dataset[index], dataset.photos[index]
        assert sample.masks.shape[1:] == sample.parsing.shape == (photo.height, photo.width)
        assert set(np.unique(sample.parsing)) <= {0, 1, 5, 6, 255}
        humans = sample.masks[sample.class_ids == HUMAN].any(axis=0)
        assert humans[(sample.parsing > 0) & (sample.parsing < 255)].all()
        assert not humans[sample.parsing == 0].any()
        assert letterbox(sample, 320, 320).image.shape == (320, 320, 3)
        for person in photo.persons:
            mask = rasterize(person.polygons, photo.height, photo.width)
            for side, arm in arms.items():
                wrist = (person.keypoints or {}).get(f"{side}_wrist")
                if wrist is None or not wrist.visible:
                    continue
                x, y = min(int(wrist.x), photo.width - 1), min(int(wrist.y), photo.height - 1)
                if mask[y, x] and sample.parsing[y, x] in arms.values():
                    checked += 1
                    agreeing += sample.parsing[y, x] == arm
    assert checked >= 5 and agreeing == checked
