"""Masks and scenes: values and invariants, against full-image arithmetic."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from hrs_ros.scene import Entity, Mask, Relation, Scene, union

full_masks = arrays.arrays(bool, (9, 13), elements=st.booleans())


@given(full_masks)
def test_crop_round_trip(full: np.ndarray) -> None:
    mask = Mask.from_full(full)
    assert np.array_equal(mask.full(9, 13), full)
    assert mask.area == full.sum()


@given(full_masks, full_masks)
def test_set_arithmetic_matches_full_images(a: np.ndarray, b: np.ndarray) -> None:
    first, second = Mask.from_full(a), Mask.from_full(b)
    assert first.intersection(second) == (a & b).sum()
    assert np.array_equal(first.union(second).full(9, 13), a | b)
    expected = (a & b).sum() / (a | b).sum() if (a | b).any() else 0.0
    assert first.iou(second) == pytest.approx(expected)


@given(full_masks, st.integers(-2, 15), st.integers(-2, 11))
def test_contains_agrees_with_the_image(full: np.ndarray, x: int, y: int) -> None:
    inside = 0 <= x < 13 and 0 <= y < 9 and bool(full[y, x])
    assert Mask.from_full(full).contains(x + 0.5, y + 0.25) == inside


def test_centroid_is_in_image_pixels() -> None:
    full = np.zeros((10, 20), bool)
    full[4:7, 10:15] = True
    assert Mask.from_full(full).centroid == (12.0, 5.0)
    assert np.isnan(Mask.empty().centroid).all()


def test_full_cuts_what_lies_outside() -> None:
    mask = Mask(x=-1, y=3, bits=np.ones((3, 3), bool))
    image = mask.full(4, 4)
    assert image.sum() == 2
    assert image[3, 0] and image[3, 1]


@pytest.fixture
def waiter() -> Scene:
    def box(x: int, y: int, width: int, height: int) -> Mask:
        return Mask(x=x, y=y, bits=np.ones((height, width), bool))

    human = Entity(
        id=1,
        class_id=1,
        score=0.9,
        mask=box(10, 0, 20, 60),
        parts={5: box(25, 20, 5, 10), 1: box(15, 0, 8, 8)},
    )
    plates = [
        Entity(id=number, class_id=128, score=0.8, mask=box(x, 25, 8, 4)) for number, x in ((2, 2), (3, 31))
    ]
    hold = Relation(subject_id=1, predicate_id=1, object_id=3, score=0.7, part_ids=(5,), part_scores=(0.9,))
    behind = Relation(subject_id=1, predicate_id=16, object_id=2, score=0.2)
    return Scene(height=64, width=48, entities=(human, *plates), relations=(hold, behind))


def test_a_number_of_its_own_names_a_twin() -> None:
    mask = Mask(x=0, y=0, bits=np.ones((1, 1), bool))
    scene = Scene(1, 1, (Entity(1, 128, 0.5, mask, number=4), Entity(2, 128, 0.5, mask, number=2)))
    assert [scene.label(1), scene.label(2)] == ["plate 4", "plate 2"]


def test_labels_number_twins(waiter: Scene) -> None:
    assert [waiter.label(number) for number in (1, 2, 3)] == ["human 1", "plate 1", "plate 2"]


def test_sentence_names_parts_only_for_actions(waiter: Scene) -> None:
    assert waiter.sentence(waiter.relations[0]) == "<human 1 [left arm], hold, plate 2>"
    assert waiter.sentence(waiter.relations[1]) == "<human 1, behind, plate 1>"


def test_subject_mask_is_the_acting_part_or_the_whole_human(waiter: Scene) -> None:
    assert waiter.subject_mask(waiter.relations[0]).area == 50
    assert waiter.subject_mask(waiter.relations[1]).area == 1200


def test_unknown_entity_is_an_error_that_says_so(waiter: Scene) -> None:
    with pytest.raises(KeyError, match="no entity with id 9"):
        waiter.entity(9)


def test_union_of_none_is_empty() -> None:
    assert union([]).area == 0
