import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from pycocotools import mask as coco

from hrs_ros.data.coco_instances import Instance, read_instances


def instance(segmentation: object) -> Instance:
    return Instance(7, "cup", (0, 0, 1, 1), False, segmentation)  # type: ignore[arg-type]


def test_polygons_are_united_and_scraps_left_out() -> None:
    mask = instance([[0, 0, 4, 0, 4, 3, 0, 3], [6, 0, 8, 0, 8, 3, 6, 3], [1, 1, 2, 2]]).mask(5, 10)
    assert mask.sum() == 12 + 6 and mask[:3, :4].all() and mask[:3, 6:8].all()
    assert not instance([]).mask(5, 10).any()


def test_run_lengths_go_down_the_columns() -> None:
    mask = instance({"size": [3, 4], "counts": [4, 2, 1, 2, 3]}).mask(3, 4)
    assert mask.tolist() == [[0, 0, 0, 0], [0, 1, 1, 0], [0, 1, 1, 0]]


@given(arrays(np.uint8, st.tuples(st.integers(1, 9), st.integers(1, 9)), elements=st.integers(0, 1)))
def test_compressed_run_lengths_come_back(mask: np.ndarray) -> None:
    runs = coco.encode(np.asfortranarray(mask))
    text = {"size": list(mask.shape), "counts": runs["counts"].decode()}
    np.testing.assert_array_equal(instance(text).mask(*mask.shape), mask)


def test_run_lengths_of_another_size_are_refused() -> None:
    with pytest.raises(ValueError, match="instance 7: run lengths of 4 x 3 pixels, the image has 5 x 3"):
        instance({"size": [3, 4], "counts": [12]}).mask(3, 5)


def test_files_are_joined_and_damage_is_named(tmp_path: Path) -> None:
    for number in (1, 2):
        row = {"id": number, "file_name": f"{number}.jpg", "height": 4, "width": 6}
        data = {"images": [row], "annotations": [], "categories": []}
        (tmp_path / f"{number}.json").write_text(json.dumps(data))
    images = read_instances([tmp_path / "1.json", tmp_path / "2.json"])
    assert {key: image.file_name for key, image in images.items()} == {1: "1.jpg", 2: "2.jpg"}
    (tmp_path / "2.json").write_text("[]")
    with pytest.raises(ValueError, match=r"2\.json: not a COCO instance file"):
        read_instances([tmp_path / "2.json"])
