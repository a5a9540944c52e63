from collections.abc import Callable
from pathlib import Path

import pytest

from hrs_ros.data.vcoco_folder import find_files, is_vcoco

IMAGE = {"things": [("person", (0, 0, 9, 9))], "acts": [(0, "stand", None)]}


def touch(root: Path, *names: str) -> None:
    for name in names:
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).touch()


def test_the_layouts_of_well_known_works(tmp_path: Path) -> None:
    touch(
        tmp_path,
        "data/vcoco/vcoco_test.json",
        "data/instances_vcoco_all_2014.json",
        "annotations/trainval_vcoco.json",
        "annotations/test_vcoco.json",
        "images/train2014/a.jpg",
        "images/val2014/b.jpg",
    )
    files = find_files(tmp_path, "test")
    assert files.roles == tmp_path / "data/vcoco/vcoco_test.json"  # tells more than the HOI form
    assert files.instances == (tmp_path / "data/instances_vcoco_all_2014.json",)
    assert files.image("b.jpg") == tmp_path / "images/val2014/b.jpg"
    assert find_files(tmp_path, "trainval").roles == tmp_path / "annotations/trainval_vcoco.json"


def test_cocos_own_instance_files_do_as_well(tmp_path: Path) -> None:
    names = ("instances_train2014.json", "instances_val2014.json")
    touch(tmp_path, "vcoco_val.json", "train2014/a.jpg", *(f"annotations/{name}" for name in names))
    assert find_files(tmp_path, "val").instances == tuple(tmp_path / "annotations" / name for name in names)


def test_what_is_missing_is_said(tmp_path: Path) -> None:
    touch(tmp_path, "annotations/trainval_vcoco.json")
    with pytest.raises(FileNotFoundError, match=r"split 'train', expected vcoco_train\.json or .*trainval"):
        find_files(tmp_path, "train")
    with pytest.raises(FileNotFoundError, match=r"no COCO instances, expected instances_vcoco_all_2014"):
        find_files(tmp_path, "trainval")
    touch(tmp_path, "instances_vcoco_all_2014.json")
    with pytest.raises(FileNotFoundError, match=r"no COCO images, expected images/train2014.*docs/vcoco\.md"):
        find_files(tmp_path, "trainval")


def test_only_role_files_make_a_folder_vcoco(vcoco: Callable[..., Path], tmp_path: Path) -> None:
    (tmp_path / "pic").mkdir()
    assert is_vcoco(vcoco([IMAGE])) and is_vcoco(vcoco([IMAGE], hoi=True, name="hoi"))
    assert not is_vcoco(tmp_path / "pic") and not is_vcoco(tmp_path / "absent")
