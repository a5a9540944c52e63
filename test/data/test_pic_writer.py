from __future__ import annotations

import importlib.util
import json
import tempfile
from pathlib import Path

import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hrs_ros.data.check import check_split
from hrs_ros.data.pic import PICDataset
from hrs_ros.data.pic_image import HumanKeypoints, InstanceRelation, PICImage
from hrs_ros.data.pic_writer import PICWriter
from hrs_ros.data.sample import RelationLabel
from hrs_ros.vocabulary import vocabulary

WORDS = vocabulary()


@st.composite
def labelled_images(draw: st.DrawFn) -> PICImage:
    """A sound image: things in columns, people in the first, parts on people alone."""
    height, columns = draw(st.integers(2, 5)), draw(st.integers(1, 5))
    ids = draw(st.lists(st.integers(1, 255), min_size=columns, max_size=columns, unique=True))
    others = st.lists(st.integers(1, 141), min_size=columns - 1, max_size=columns - 1)
    classes = [WORDS.human, *draw(others)]
    shape = (height, 2 * columns)
    instance, semantic, parsing = np.zeros((3, *shape), np.uint8)
    for column, (number, class_id) in enumerate(zip(ids, classes, strict=True)):
        inside = np.s_[1:, 2 * column : 2 * column + 2]
        instance[inside], semantic[inside] = number, class_id
        if class_id == WORDS.human:
            parsing[inside] = draw(st.integers(0, 25))
    humans = [number for number, class_id in zip(ids, classes, strict=True) if class_id == WORDS.human]
    pairs = [(human, number) for human in humans for number in ids if number != human]
    relations = []
    for subject, target in draw(st.lists(st.sampled_from(pairs), unique=True)) if pairs else []:
        predicate = draw(st.integers(1, 23))
        shown = {int(part) for part in np.unique(parsing[instance == subject])} - {0}
        parts: tuple[int, ...] | None = ()
        if WORDS.is_action(predicate):
            parts = draw(st.sampled_from([None, tuple(shown) or None]))
        relations.append(InstanceRelation(subject, predicate, target, parts))
    step = draw(st.integers(1, 19))  # tenths of a pixel from joint to joint, within 2 x 2 pixels
    points = [[step * i % 20 / 10, 7 * i % 20 / 10, i % 3] for i in range(16)]
    return PICImage(
        name=draw(st.text("abc_.9", min_size=1, max_size=6).filter(lambda name: name.strip("."))),
        image_id=draw(st.integers(0, 10**9)),
        image=np.full((*shape, 3), draw(st.integers(0, 255)), np.uint8),
        instance=instance,
        semantic=semantic,
        parsing=draw(st.sampled_from([None, parsing])),
        depth=draw(st.sampled_from([None, (instance * np.uint16(257))])),
        relations=tuple(relations),
        humans=(HumanKeypoints(humans[0], np.array(points, float)),),
    )


def write(root: Path, *images: PICImage) -> None:
    writer = PICWriter(root, "val", depth=all(image.depth is not None for image in images))
    for image in images:
        writer.write(image, quality=100)
    assert writer.finish() == len(images)


def flatten(root: Path) -> None:
    """The other layout: instance/val and semantic/val."""
    for kind in ("instance", "semantic"):
        (root / kind).mkdir()
        (root / "segmentation/val" / kind).rename(root / kind / "val")


@settings(max_examples=20)
@given(labelled=labelled_images(), flat=st.booleans())
def test_what_is_written_is_read(labelled: PICImage, flat: bool) -> None:
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        write(root, labelled)
        if flat:
            flatten(root)
        assert [str(finding) for finding in check_split(root, "val")] == []
        dataset = PICDataset(root, "val")
        sample = dataset[0]
        ids = dataset.instance_ids(0)
        keypoints = dataset.keypoints(0)
    assert len(dataset) == 1 and sample.name == f"{labelled.name}.jpg"
    np.testing.assert_allclose(sample.image, labelled.image, atol=3)
    assert sorted(ids) == sorted(set(np.unique(labelled.instance).tolist()) - {0})
    for number, class_id, mask in zip(ids, sample.class_ids, sample.masks, strict=True):
        np.testing.assert_array_equal(mask, labelled.instance == number)
        assert (labelled.semantic[mask > 0] == class_id).all()
    expected = np.full_like(sample.parsing, 255) if labelled.parsing is None else labelled.parsing
    np.testing.assert_array_equal(sample.parsing, expected)
    assert sample.relations == [
        RelationLabel(ids.index(r.subject), r.predicate_id, ids.index(r.object), r.parts)
        for r in labelled.relations
    ]
    (human,) = labelled.humans
    np.testing.assert_allclose(keypoints[human.instance], human.keypoints, atol=1e-5)


def plain(name: str, **change: object) -> PICImage:
    """A human of 4 x 4 pixels."""
    ones = np.ones((4, 4), np.uint8)
    fields: dict = {"image_id": 0, "image": np.zeros((4, 4, 3), np.uint8), "instance": ones, "semantic": ones}
    return PICImage(name=name, **{**fields, **change})


def test_depth_is_written_in_16_bits(tmp_path: Path) -> None:
    millimetres = np.arange(16, dtype=np.uint16).reshape(4, 4) * 4000
    write(tmp_path, plain("a", depth=millimetres))
    read = cv2.imread(str(tmp_path / "depth/val/a.png"), cv2.IMREAD_UNCHANGED)
    assert read.dtype == np.uint16
    np.testing.assert_array_equal(read, millimetres)


def test_lists_hold_one_image_a_line_in_order_of_names(tmp_path: Path) -> None:
    write(tmp_path, plain("b", image_id=1), plain("a", image_id=2))
    for listing, key in (("relations_val.json", "relations"), ("keypoints_val.json", "humans")):
        lines = (tmp_path / listing).read_text(encoding="utf-8").splitlines()
        assert lines[1] == f'{{"name":"a.jpg","image_id":2,"{key}":[]}},'
        assert lines[2] == f'{{"name":"b.jpg","image_id":1,"{key}":[]}}'
        assert (lines[0], lines[3], len(lines)) == ("[", "]", 4)


def test_a_split_without_images_is_an_empty_list(tmp_path: Path) -> None:
    write(tmp_path)
    assert json.loads((tmp_path / "relations_val.json").read_text(encoding="utf-8")) == []
    assert len(PICDataset(tmp_path, "val")) == 0


def test_an_image_is_written_when_its_record_is(tmp_path: Path) -> None:
    writer = PICWriter(tmp_path, "val", parsing=False)
    assert not writer.is_written("a")
    writer.write(plain("a"))
    assert writer.is_written("a") and not (tmp_path / "parsing").exists()
    assert not list(tmp_path.rglob("*.tmp"))


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"name": "a/b"}, "'a/b': the name must be that of a file, without a folder"),
        ({"name": ""}, "the name must be that of a file"),
        (
            {"semantic": np.zeros((4, 5), np.uint8)},
            r"semantic must be uint8 of shape \(4, 4\), got uint8 of shape \(4, 5\)",
        ),
        ({"instance": np.zeros((4, 4), np.int64)}, "instance must be uint8 .* got int64"),
        ({"image": np.zeros((4, 4), np.uint8)}, r"image must be uint8 of shape \(4, 4, 3\)"),
        ({"depth": np.zeros((4, 4), np.float32)}, "depth must be uint16"),
        ({"humans": (HumanKeypoints(1, np.zeros((17, 3))),)}, r"keypoints of 1 must be shape \(16, 3\)"),
    ],
)
def test_arrays_that_do_not_fit_are_refused(change: dict, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        plain(**{"name": "a", **change})


def test_missing_depth_is_refused_before_anything_is_written(tmp_path: Path) -> None:
    writer = PICWriter(tmp_path, "val", depth=True)
    with pytest.raises(ValueError, match="'a' has no depth"):
        writer.write(plain("a"))
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]


def test_the_committed_example_is_what_its_script_writes(repository: Path, tmp_path: Path) -> None:
    script = repository / "examples" / "draw_tiny_pic.py"
    spec = importlib.util.spec_from_file_location("draw_tiny_pic", script)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    module.main(tmp_path)
    committed = repository / "examples" / "tiny_pic"
    names = {str(path.relative_to(tmp_path)) for path in tmp_path.rglob("*") if path.is_file()}
    assert names == {str(path.relative_to(committed)) for path in committed.rglob("*") if path.is_file()}
    for name in sorted(names):
        if name.endswith(".json"):
            assert (tmp_path / name).read_bytes() == (committed / name).read_bytes(), name
        else:
            new, old = (cv2.imread(str(root / name), cv2.IMREAD_UNCHANGED) for root in (tmp_path, committed))
            np.testing.assert_allclose(new, old, atol=8 if name.endswith(".jpg") else 0, err_msg=name)
