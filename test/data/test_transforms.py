import dataclasses

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hrs_ros.data.sample import RelationLabel, Sample
from hrs_ros.data.transforms import MIN_AREA, augment, letterbox
from hrs_ros.inference.letterbox import FILL, Letterbox
from hrs_ros.vocabulary import vocabulary

HUMAN, CUP = vocabulary().human, vocabulary().entity_id("cup")
HOLD, NEXT_TO = vocabulary().relation_id("hold"), vocabulary().relation_id("next to")
LEFT_ARM, RIGHT_ARM, FACE = 5, 6, 1
PLAIN = {"colour": 0.0, "lighting": 0.0, "quality": 0.0}


def scene(height: int = 96, width: int = 128) -> Sample:
    """Colours repeat the labels: red = 40 x part, green = 200 in the human, blue = 200 in the cup."""
    masks = np.zeros((2, height, width), np.uint8)
    masks[0, 16:80, 24:56] = 1
    masks[1, 32:48, 88:104] = 1
    parsing = np.zeros((height, width), np.uint8)
    parsing[16:32, 24:56] = FACE
    parsing[32:64, 24:40] = RIGHT_ARM
    parsing[32:64, 40:56] = LEFT_ARM
    image = np.stack([parsing * 40, masks[0] * 200, masks[1] * 200], axis=2)
    return Sample(
        name="scene",
        image=image,
        masks=masks,
        class_ids=np.array([HUMAN, CUP]),
        parsing=parsing,
        relations=[RelationLabel(0, HOLD, 1, (LEFT_ARM,)), RelationLabel(0, NEXT_TO, 1)],
        complete_entities=frozenset({HUMAN}),
        complete_relations=frozenset({HOLD}),
        ignore=masks[1],
    )


def test_letterbox_is_that_of_inference() -> None:
    sample = scene(96, 128)
    boxed = letterbox(sample, 64, 64)
    fit = Letterbox.fit(source_height=96, source_width=128, height=64, width=64)
    np.testing.assert_array_equal(boxed.image, fit.apply(sample.image))
    assert boxed.masks.shape == (2, 64, 64) and boxed.parsing.shape == (64, 64)
    np.testing.assert_array_equal(boxed.masks[0, 8:40, 12:28], 1)  # half size
    assert boxed.masks[0].sum() == 32 * 16
    assert not boxed.parsing[48:].any() and not boxed.masks[:, 48:].any()
    assert boxed.relations == sample.relations
    assert boxed.complete_entities == {HUMAN} and boxed.complete_relations == {HOLD}


def test_letterbox_to_the_same_size_changes_nothing() -> None:
    sample, boxed = scene(), letterbox(scene(), 96, 128)
    for name in ("image", "masks", "class_ids", "parsing", "ignore"):
        np.testing.assert_array_equal(getattr(boxed, name), getattr(sample, name))
    assert boxed.relations == sample.relations


def test_mirror_image() -> None:
    sample = scene()
    mirrored = augment(sample, 96, 128, np.random.default_rng(0), scale=(1, 1), flip=1.0, **PLAIN)
    np.testing.assert_array_equal(mirrored.image, sample.image[:, ::-1])
    np.testing.assert_array_equal(mirrored.masks, sample.masks[:, :, ::-1])
    np.testing.assert_array_equal(mirrored.ignore, sample.ignore[:, ::-1])
    swapped = sample.parsing.copy()
    swapped[sample.parsing == LEFT_ARM] = RIGHT_ARM
    swapped[sample.parsing == RIGHT_ARM] = LEFT_ARM
    np.testing.assert_array_equal(mirrored.parsing, swapped[:, ::-1])
    assert mirrored.relations == [RelationLabel(0, HOLD, 1, (RIGHT_ARM,)), RelationLabel(0, NEXT_TO, 1)]
    back = augment(mirrored, 96, 128, np.random.default_rng(1), scale=(1, 1), flip=1.0, **PLAIN)
    np.testing.assert_array_equal(back.parsing, sample.parsing)
    assert back.relations == sample.relations


def test_mirror_keeps_unlabelled_pixels_and_parts() -> None:
    sample = scene()
    sample.parsing[:] = 255
    sample.relations = [RelationLabel(0, HOLD, 1, None)]
    mirrored = augment(sample, 96, 128, np.random.default_rng(0), scale=(1, 1), flip=1.0, **PLAIN)
    assert (mirrored.parsing == 255).all() and mirrored.relations == [RelationLabel(0, HOLD, 1, None)]


@settings(max_examples=60)
@given(
    seed=st.integers(0, 2**32 - 1),
    size=st.sampled_from([(64, 64), (96, 64), (32, 128), (160, 192)]),
    source=st.sampled_from([(96, 128), (128, 112)]),
)
def test_labels_move_with_the_picture(seed: int, size: tuple[int, int], source: tuple[int, int]) -> None:
    sample = scene(*source)
    view = augment(sample, *size, np.random.default_rng(seed), **PLAIN)
    assert view.image.shape == (*size, 3) and view.image.dtype == np.uint8 and view.image.flags.c_contiguous
    assert view.parsing.shape == view.ignore.shape == size
    assert view.masks.shape == (len(view.class_ids), *size) and view.masks.dtype == np.uint8
    for mask, class_id in zip(view.masks, view.class_ids, strict=True):
        assert mask.sum() >= MIN_AREA
        channel = {HUMAN: 1, CUP: 2}[int(class_id)]
        # Inside is bright in its channel but for a one-pixel edge, where bilinear and nearest differ.
        core = np.minimum.reduce([np.roll(mask, shift, axis) for axis in (0, 1) for shift in (-1, 0, 1)])
        core[[0, -1]], core[:, [0, -1]] = 0, 0
        assert (view.image[:, :, channel][core > 0] > 150).all()
    for relation in view.relations:
        assert view.class_ids[relation.subject] == HUMAN and view.class_ids[relation.object] == CUP
        for part in relation.parts or ():
            assert ((view.parsing == part) & (view.masks[relation.subject] > 0)).sum() >= 4
    assert len({relation.predicate_id for relation in view.relations}) == len(view.relations) <= 2


def test_same_generator_same_view() -> None:
    first, second = (augment(scene(), 64, 64, np.random.default_rng(5)) for _ in range(2))
    np.testing.assert_array_equal(first.image, second.image)
    np.testing.assert_array_equal(first.masks, second.masks)


def test_what_is_cut_off_goes_with_its_relations() -> None:
    """Views of the middle of a picture that is four times too large."""
    counts = set()
    for seed in range(40):
        view = augment(scene(), 32, 32, np.random.default_rng(seed), scale=(4, 4), flip=0.0, **PLAIN)
        rows = set(view.class_ids.tolist())
        counts.add(len(rows))
        if rows != {HUMAN, CUP}:
            assert view.relations == []
        assert all(
            0 <= r.subject < len(view.masks) and 0 <= r.object < len(view.masks) for r in view.relations
        )
    assert {0, 1} <= counts


def test_tiny_rests_are_dropped() -> None:
    sample = scene()
    sample.masks[1] = 0
    sample.masks[1, 40:43, 90:95] = 1  # 15 pixels
    kept = augment(sample, 96, 128, np.random.default_rng(0), scale=(1, 1), flip=0.0, **PLAIN)
    assert kept.class_ids.tolist() == [HUMAN] and kept.relations == []
    sample.masks[1, 40:43, 90:96] = 1
    kept = augment(sample, 96, 128, np.random.default_rng(0), scale=(1, 1), flip=0.0, **PLAIN)
    assert kept.class_ids.tolist() == [HUMAN, CUP] and len(kept.relations) == 2


def test_an_acting_part_that_left_the_view_goes() -> None:
    sample = scene()
    sample.relations = [
        RelationLabel(0, HOLD, 1, (LEFT_ARM, RIGHT_ARM)),
        RelationLabel(0, HOLD, 1, (RIGHT_ARM,)),
    ]
    views = [
        augment(sample, 96, 128, np.random.default_rng(seed), scale=(1.5, 1.5), flip=0.0, **PLAIN)
        for seed in range(60)
    ]
    without_right = [
        view
        for view in views
        if len(view.class_ids) == 2
        and not (view.parsing == RIGHT_ARM).any()
        and (view.parsing == LEFT_ARM).any()
    ]
    assert without_right
    for view in without_right:
        assert [relation.parts for relation in view.relations] == [(LEFT_ARM,)]


def test_parts_that_never_were_labelled_stay() -> None:
    sample = scene()
    sample.parsing[:] = 255
    view = augment(sample, 96, 128, np.random.default_rng(0), scale=(1, 1), flip=0.0, **PLAIN)
    assert view.relations[0].parts == (LEFT_ARM,)


def test_padding_teaches_no_parsing_where_nothing_teaches_parts() -> None:
    sample = dataclasses.replace(scene(96, 128), parsing=np.full((96, 128), 255, np.uint8), relations=[])
    assert (letterbox(sample, 64, 64).parsing[48:] == 0).all()
    vcoco = dataclasses.replace(sample, vocabulary="vcoco")
    assert (letterbox(vcoco, 64, 64).parsing == 255).all()


def test_padding_is_background_of_the_inference_colour_or_another() -> None:
    colours = set()
    for seed in range(30):
        view = augment(scene(), 128, 128, np.random.default_rng(seed), scale=(0.5, 0.5), **PLAIN)
        dark = (view.image == view.image[0, 0]).all(axis=2)
        if dark[0].all():
            colours.add(tuple(int(c) for c in view.image[0, 0]))
            assert not view.parsing[0].any() and not view.masks[:, 0].any() and not view.ignore[0].any()
    assert FILL in colours and len(colours) > 2


@pytest.mark.parametrize("factor", [0.7, 1.0, 1.3])
def test_scale_is_relative_to_the_letterbox_fit(factor: float) -> None:
    view = augment(scene(), 192, 256, np.random.default_rng(2), scale=(factor, factor), flip=0.0, **PLAIN)
    rows = view.masks[1].any(axis=1).sum()
    assert rows == pytest.approx(16 * 2 * factor, abs=1.5)
