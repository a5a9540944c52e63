import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from hrs_ros.data.coco_instances import read_instances
from hrs_ros.data.vcoco_roles import VERBS, Act, read_acts
from hrs_ros.vocabulary import vocabulary

IMAGE = {
    "things": [("person", (0, 0, 10, 20)), ("person", (40, 0, 10, 20)), ("cup", (12, 5, 4, 4))],
    "acts": [(0, "hit_instr", 2), (0, "hit_obj", None), (1, "stand", None)],
}


def test_roles_are_read_role_by_role_not_person_by_person(vcoco: Callable[..., Path]) -> None:
    # Two people and two roles: read in the wrong order, the cup would be somebody else's.
    root = vcoco([IMAGE]) / "annotations"
    acts = read_acts(root / "vcoco_train.json", read_instances([root / "instances_vcoco_all_2014.json"]))[1]
    assert acts.asked == {100, 101}
    assert set(acts.acts) == {Act(100, "hit_instr", 102), Act(100, "hit_obj", None), Act(101, "stand", None)}


def test_the_24_relations_are_the_verbs_with_a_role_but_point() -> None:
    evaluated = [verb for verb in VERBS if "_" in verb and verb != "point_instr"]
    assert list(vocabulary("vcoco").relations[1:]) == evaluated and len(VERBS) == 29


def test_hoi_boxes_are_found_again_after_rounding(vcoco: Callable[..., Path]) -> None:
    root = vcoco([IMAGE], hoi=True) / "annotations"
    path, images = root / "train_vcoco.json", read_instances([root / "instances_vcoco_all_2014.json"])
    rows = json.loads(path.read_text())
    rows[0]["annotations"][0]["bbox"] = [0.01, 0, 10.01, 19.99]
    path.write_text(json.dumps(rows))
    assert Act(100, "hit_instr", 102) in read_acts(path, images)[1].acts
    rows[0]["annotations"][0]["bbox"] = [30, 30, 40, 50]
    path.write_text(json.dumps(rows))
    with pytest.raises(ValueError, match=r"000001\.jpg: no COCO instance has the box \(30, 30, 10, 20\)"):
        read_acts(path, images)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda rows: rows[0]["ann_id"].__setitem__(0, 7), r"image 1: instances \[7\] are not among COCO's"),
        (lambda rows: rows[0]["image_id"].__setitem__(0, 9), "image 9 is not among the COCO instances"),
        (lambda rows: rows[0]["role_object_id"].pop(), "hold: 3 role objects, expected 2 people x 2 roles"),
        (lambda rows: rows.clear(), "not usable as V-COCO roles"),
    ],
)
def test_files_that_do_not_fit_are_explained(
    vcoco: Callable[..., Path], change: Callable[[Any], object], message: str
) -> None:
    root = vcoco([IMAGE]) / "annotations"
    path = root / "vcoco_train.json"
    rows = json.loads(path.read_text())
    change(rows)
    path.write_text(json.dumps(rows))
    with pytest.raises(ValueError, match=message):
        read_acts(path, read_instances([root / "instances_vcoco_all_2014.json"]))
