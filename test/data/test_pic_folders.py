from pathlib import Path

import pytest

from hrs_ros.data.pic_folders import find_folders, label_path, labelled_splits


def make(root: Path, *folders: str) -> None:
    for folder in folders:
        (root / folder).mkdir(parents=True)


@pytest.mark.parametrize("pattern", ["segmentation/val/{}", "{}/val"])
@pytest.mark.parametrize("listing", ["relations_val.json", "relation/relations_val.json"])
def test_both_layouts_with_their_lists(tmp_path: Path, pattern: str, listing: str) -> None:
    make(tmp_path, pattern.format("instance"), pattern.format("semantic"), "relation")
    (tmp_path / listing).touch()
    folders = find_folders(tmp_path, "val")
    assert folders.instance == tmp_path / pattern.format("instance")
    assert folders.semantic == tmp_path / pattern.format("semantic")
    assert folders.listing == tmp_path / listing
    assert folders.image == tmp_path / "image/val" and folders.parsing == tmp_path / "parsing/val"


def test_an_absent_list_is_looked_for_at_the_root(tmp_path: Path) -> None:
    make(tmp_path, "instance/val", "semantic/val")
    assert find_folders(tmp_path, "val").listing == tmp_path / "relations_val.json"


def test_half_a_layout_is_none(tmp_path: Path) -> None:
    make(tmp_path, "segmentation/val/instance", "semantic/val")
    with pytest.raises(FileNotFoundError, match=r"neither segmentation/val/instance nor instance/val"):
        find_folders(tmp_path, "val")


def test_splits_are_those_with_labels(tmp_path: Path) -> None:
    make(tmp_path, "image/test", "segmentation/val", "instance/mini", "relation")
    (tmp_path / "relations_train.json").touch()
    (tmp_path / "relation/relations_old.json").touch()
    assert labelled_splits(tmp_path) == ["mini", "old", "train", "val"]


def test_labels_bear_the_name_of_their_image() -> None:
    assert label_path(Path("parsing"), "a.b.jpeg") == Path("parsing/a.b.png")
