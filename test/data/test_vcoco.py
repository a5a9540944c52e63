from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from hrs_ros.data.transforms import augment, letterbox
from hrs_ros.data.vcoco import VcocoDataset
from hrs_ros.vocabulary import vocabulary

V = vocabulary("vcoco")
HOLD, SIT, HIT_INSTR, HIT_OBJ = map(V.relation_id, ("hold_obj", "sit_instr", "hit_instr", "hit_obj"))
PERSON, CUP, CHAIR = map(V.entity_id, ("person", "cup", "chair"))

ANNA, BEN = ("person", (10, 10, 20, 40)), ("person", (60, 10, 20, 40))
MUG, SEAT = ("cup", (30, 20, 8, 10), "runs"), ("chair", (56, 40, 30, 20))
CROWD = ("person", (80, 0, 16, 8), "crowd")
# Anna holds the mug and hits something unseen with it; Ben sits on the chair and points at it.
ACTS = [
    (0, "hold_obj", 2),
    (0, "hit_instr", 2),
    (0, "hit_obj", None),
    (1, "sit_instr", 3),
    (1, "point_instr", 3),
]


def image(**changes: Any) -> dict[str, Any]:
    return {"things": [ANNA, BEN, MUG, SEAT, CROWD], "acts": ACTS, "asked": [0, 1], **changes}


@pytest.mark.parametrize("hoi", [False, True], ids=["own form", "HOI form"])
def test_masks_and_triplets(vcoco: Callable[..., Path], hoi: bool) -> None:
    dataset = VcocoDataset(vcoco([image()], hoi=hoi), "train")
    sample = dataset[0]
    assert (len(dataset), sample.vocabulary) == (1, "vcoco")
    assert dataset.name(0) == sample.name == "COCO_train2014_000000000001.jpg"
    assert sample.image.shape == (64, 96, 3)
    np.testing.assert_allclose(sample.image[30, 20], (200, 60, 40), atol=12)  # RGB, not BGR
    assert sample.class_ids.tolist() == [PERSON, PERSON, CUP, CHAIR]
    assert sample.masks.sum((1, 2)).tolist() == [800, 800, 80, 600]
    assert sample.masks[0, 10:50, 10:30].all() and sample.masks[2, 20:30, 30:38].all()
    triplets = {(label.subject, label.predicate_id, label.object) for label in sample.relations}
    assert triplets == {(0, HOLD, 2), (0, HIT_INSTR, 2), (1, SIT, 3)}
    assert len(sample.relations) == 3 and all(label.parts == () for label in sample.relations)
    assert dataset.predicates(0) == {HOLD, HIT_INSTR, SIT}
    assert (sample.parsing == 255).all()


def test_crowds_are_ignored_and_every_class_is_complete(vcoco: Callable[..., Path]) -> None:
    sample = VcocoDataset(vcoco([image()]), "train")[0]
    assert sample.ignore is not None and sample.ignore.sum() == 128 and sample.ignore[:8, 80:].all()
    assert sample.complete_entities == frozenset(range(1, 81))


def test_relations_are_complete_where_all_people_were_asked(vcoco: Callable[..., Path]) -> None:
    dataset = VcocoDataset(vcoco([image(), image(asked=[0])]), "train")
    assert dataset[0].complete_relations == frozenset(range(1, 25))
    assert dataset[1].complete_relations == frozenset()
    assert {label.subject for label in dataset[1].relations} == {0}


def test_truth_keeps_unseen_objects_and_says_who_was_asked(vcoco: Callable[..., Path]) -> None:
    truth = VcocoDataset(vcoco([image(asked=[0])]), "train").truth(0)
    assert [mask.area for mask in truth.people] == [800, 800, 128]
    assert truth.asked == (True, False, False)
    found = {
        (act.person, act.relation_id): None if act.object is None else act.object.area for act in truth.roles
    }
    assert found == {(0, HOLD): 80, (0, HIT_INSTR): 80, (0, HIT_OBJ): None}


def test_both_forms_tell_the_same(vcoco: Callable[..., Path]) -> None:
    own, hoi = (
        VcocoDataset(vcoco([image()], hoi=hoi, name=str(hoi)), "train").truth(0) for hoi in (False, True)
    )
    assert own.asked == (True, True, False) == hoi.asked
    for truth in (own, hoi):
        assert {(act.person, act.relation_id, act.object is None) for act in truth.roles} == {
            (0, HOLD, False),
            (0, HIT_INSTR, False),
            (0, HIT_OBJ, True),
            (1, SIT, False),
        }


def test_mirrored_and_cropped_like_any_sample(vcoco: Callable[..., Path]) -> None:
    sample = VcocoDataset(vcoco([image()]), "train")[0]
    boxed = letterbox(sample, 96, 96)
    assert boxed.vocabulary == "vcoco" and boxed.masks.sum((1, 2)).tolist() == [800, 800, 80, 600]
    mirrored = augment(sample, 96, 96, np.random.default_rng(0), scale=(1, 1), flip=1)
    assert mirrored.masks.shape == (4, 96, 96) and (mirrored.parsing != 1).all()
    assert [label.predicate_id for label in mirrored.relations] == [
        label.predicate_id for label in sample.relations
    ]


def test_an_image_without_people_or_things(vcoco: Callable[..., Path]) -> None:
    empty = {"things": [], "acts": []}
    dataset = VcocoDataset(vcoco([empty, image()], hoi=True), "train")
    assert len(dataset[0].masks) == 0 and dataset[0].masks.shape == (0, 64, 96)
    assert dataset.truth(0).people == () and dataset.truth(0).roles == ()


def test_a_missing_picture_is_named(vcoco: Callable[..., Path]) -> None:
    root = vcoco([image()])
    (root / "images/train2014/COCO_train2014_000000000001.jpg").unlink()
    dataset = VcocoDataset(root, "train")
    with pytest.raises(FileNotFoundError, match=r"0{11}1\.jpg not found in .*docs/vcoco\.md"):
        dataset[0]
