"""The page of labelled pictures, from a small folder in the PIC layout."""

from __future__ import annotations

import json
import re
from html import unescape
from pathlib import Path

import numpy as np
import pytest

from hrs_ros.data.pic_image import InstanceRelation, PICImage
from hrs_ros.data.pic_writer import PICWriter
from hrs_ros.evaluation.gallery.page import write_gallery
from hrs_ros.evaluation.gallery.views import part_colours
from hrs_ros.vocabulary import vocabulary

WORDS = vocabulary()


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Three pictures of a person on a floor, who holds a cup with the left arm in the first."""
    writer = PICWriter(tmp_path, "val")
    for number in range(3):
        instance = np.zeros((60, 80), np.uint8)
        instance[50:] = 2
        instance[10:55, 20:40] = 1
        instance[20:30, 40:50] = 3
        classes = np.array([0, WORDS.human, WORDS.entity_id("floor"), WORDS.entity_id("cup")], np.uint8)
        parsing = np.where(instance == 1, WORDS.part_id("uppercloth"), 0).astype(np.uint8)
        parsing[20:30, 34:40] = WORDS.part_id("left arm")
        relations = [InstanceRelation(1, WORDS.relation_id("stand on"), 2)]
        if number == 0:
            relations.append(InstanceRelation(1, WORDS.relation_id("hold"), 3, (WORDS.part_id("left arm"),)))
        writer.write(
            PICImage(
                name=f"{number:06d}",
                image_id=number,
                image=np.full((60, 80, 3), 90, np.uint8),
                instance=instance,
                semantic=classes[instance],
                parsing=parsing,
                relations=tuple(relations),
            )
        )
    writer.finish()
    return tmp_path


def test_the_page_shows_each_picture_with_what_it_can_be_found_by(root: Path, tmp_path: Path) -> None:
    assert write_gallery(root, "val", tmp_path / "page", count=10) == 3
    page = (tmp_path / "page" / "index.html").read_text()
    names = [json.loads(unescape(text)) for text in re.findall(r'data-names="([^"]*)"', page)]
    assert [row["relations"] for row in names] == [["hold", "stand on"], ["stand on"], ["stand on"]]
    assert names[0]["entities"] == ["cup", "floor", "human"]
    assert names[0]["parts"] == ["left arm", "uppercloth"] and names[0]["acting parts"] == ["left arm"]
    assert page.count("data:image/jpeg;base64,") == 9  # three views of each
    assert "human 1 [left arm], hold, cup 1</li>" in page
    assert '<option value="hold">hold (1)' in page and '<option value="stand on">stand on (3)' in page


def test_classes_are_counted(root: Path, tmp_path: Path) -> None:
    write_gallery(root, "val", tmp_path / "page.html", count=10)
    page = (tmp_path / "page.html").read_text()
    assert "2 of 23 relations" in page and "3 of 141 entities" in page and "2 of 25 parts" in page
    assert "<th>stand on</th><td>3</td><td>3</td>" in page
    assert "<th>left arm</th><td>3</td><td>3</td><td>1</td>" in page
    assert "<th>throw</th><td>0</td><td>0</td>" in page  # what is never seen is said


def test_the_page_needs_nothing_else(root: Path, tmp_path: Path) -> None:
    write_gallery(root, "val", tmp_path / "page.html", count=2)
    page = (tmp_path / "page.html").read_text()
    addresses = re.findall(r'(?:src|href)="([^"]*)"', page)
    assert len(addresses) == 6 and all(address.startswith("data:") for address in addresses)
    assert "http" not in re.sub(r'"data:[^"]*"', "", page)


def test_colours_of_parts_differ() -> None:
    colours = np.array(list(part_colours().values()), float)
    assert len(colours) == 25
    apart = np.linalg.norm(colours[:, None] - colours, axis=2) + np.eye(25) * 1000
    assert apart.min() > 25
    left, right = (np.array(part_colours()[WORDS.part_id(f"{side} arm")]) for side in ("left", "right"))
    assert left[0] > left[2] and right[2] > right[0]


def test_an_empty_split_is_refused(tmp_path: Path) -> None:
    PICWriter(tmp_path, "val").finish()
    with pytest.raises(ValueError, match="has no images"):
        write_gallery(tmp_path, "val", tmp_path / "page.html", count=3)
