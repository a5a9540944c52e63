import dataclasses

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from hrs_ros.data.sample import RelationLabel, Sample
from hrs_ros.data.transforms import augment
from hrs_ros.network.gaussian import draw_gaussian
from hrs_ros.network.targets import collate_targets, encode_targets, shrink_mask
from hrs_ros.vocabulary import vocabulary

pytestmark = pytest.mark.torch

HUMAN, CUP = vocabulary().human, vocabulary().entity_id("cup")
HOLD, NEXT_TO = vocabulary().relation_id("hold"), vocabulary().relation_id("next to")
LEFT_ARM, RIGHT_ARM = vocabulary().part_id("left arm"), vocabulary().part_id("right arm")


def box_mask(height: int, width: int, x: int, y: int, w: int, h: int) -> np.ndarray:
    mask = np.zeros((height, width), np.uint8)
    mask[y : y + h, x : x + w] = 1
    return mask


def sample(height: int = 64, width: int = 96) -> Sample:
    """A human of 16 x 40 pixels, a cup of 8 x 8, one action and one geometric relation."""
    parsing = np.zeros((height, width), np.uint8)
    parsing[8:48, 16:32] = LEFT_ARM
    return Sample(
        name="scene",
        image=np.zeros((height, width, 3), np.uint8),
        masks=np.stack([box_mask(height, width, 16, 8, 16, 40), box_mask(height, width, 64, 32, 8, 8)]),
        class_ids=np.array([HUMAN, CUP]),
        parsing=parsing,
        relations=[RelationLabel(0, HOLD, 1, (LEFT_ARM,)), RelationLabel(0, NEXT_TO, 1)],
        complete_entities=frozenset({HUMAN}),
        complete_relations=frozenset({HOLD}),
    )


def mirror(original: Sample) -> Sample:
    height, width = original.image.shape[:2]
    rng = np.random.default_rng(0)
    return augment(
        original, height, width, rng, scale=(1, 1), flip=1.0, colour=0.0, lighting=0.0, quality=0.0
    )


def test_by_hand() -> None:
    targets = encode_targets(sample(), grid=12)
    # Human: centre of mass (24, 28) -> cell (6, 7); box 4 x 10 cells. Cup: (68, 36) -> cell (17, 9); 2 x 2.
    human = np.zeros((16, 24), np.float32)
    draw_gaussian(human, 6, 7, 1)  # radius of a 10 x 4 box: 1.51
    np.testing.assert_array_equal(targets.entity_heatmap[HUMAN - 1], human)
    assert targets.entity_heatmap[CUP - 1].sum() == 1 and targets.entity_heatmap[CUP - 1, 9, 17] == 1
    assert targets.entity_heatmap.sum() == pytest.approx(1 + human.sum())

    # Midpoint of (6, 7) and (17, 9): (11.5, 8) -> (11, 8).
    np.testing.assert_array_equal(targets.relation_index, [[8, 11], [8, 11]])
    np.testing.assert_array_equal(targets.relation_class, [HOLD - 1, NEXT_TO - 1])
    np.testing.assert_array_equal(targets.displacement, [[-5, -1, 6, 1]] * 2)
    assert targets.relation_heatmap[HOLD - 1, 8, 11] == 1
    assert int((targets.relation_heatmap == 1).sum()) == 2

    np.testing.assert_array_equal(targets.parts_known, [True, False])
    assert targets.parts.sum() == 1 and targets.parts[0, LEFT_ARM - 1] == 1

    # Rows 7 and 9 of 16, columns 6 and 17 of 24, on a grid of 12 x 12.
    np.testing.assert_array_equal(targets.mask_index, [[5, 3], [6, 8]])
    np.testing.assert_array_equal(targets.masks[0] > 0, box_mask(16, 24, 4, 2, 4, 10) > 0)
    assert targets.masks.max() == 1

    assert targets.entity_weight.sum() == 1 and targets.entity_weight[HUMAN - 1] == 1
    assert targets.relation_weight.sum() == 1 and targets.relation_weight[HOLD - 1] == 1
    assert targets.parsing.dtype == np.int64 and (targets.parsing[2:12, 4:8] == LEFT_ARM).all()
    assert targets.ignore.sum() == 0


def test_centre_of_mass_may_lie_outside_the_mask() -> None:
    ring = np.zeros((64, 64), np.uint8)
    ring[8:56, 8:56] = 1
    ring[16:48, 16:48] = 0
    hollow = dataclasses.replace(
        sample(64, 64), masks=ring[None], class_ids=np.array([CUP]), relations=[], parsing=ring * 0
    )
    targets = encode_targets(hollow, grid=8)
    assert targets.entity_heatmap[CUP - 1, 8, 8] == 1 and targets.masks[0, 8, 8] == 0


@pytest.mark.parametrize("pixel", range(12))
def test_one_pixel_lies_in_its_own_cell(pixel: int) -> None:
    mask = np.zeros((16, 16), np.uint8)
    mask[3, pixel] = 1
    single = dataclasses.replace(
        sample(16, 16), masks=mask[None], class_ids=np.array([CUP]), relations=[], parsing=mask * 0
    )
    assert encode_targets(single, grid=4).entity_heatmap[CUP - 1, 0, pixel // 4] == 1


def test_equal_centres_give_a_single_cell() -> None:
    around = box_mask(64, 96, 0, 12, 48, 32)
    both = sample()
    both.masks[1] = around
    targets = encode_targets(both, grid=12)
    np.testing.assert_array_equal(targets.displacement, np.zeros((2, 4)))
    assert targets.relation_heatmap[HOLD - 1].sum() == 1


def test_permuting_entities_permutes_only_the_lists() -> None:
    first = sample()
    swapped = dataclasses.replace(
        first,
        masks=first.masks[::-1].copy(),
        class_ids=first.class_ids[::-1].copy(),
        relations=[RelationLabel(1, r.predicate_id, 0, r.parts) for r in first.relations],
    )
    a, b = encode_targets(first, grid=12), encode_targets(swapped, grid=12)
    for name in ("entity_heatmap", "relation_heatmap", "relation_index", "displacement", "parts", "parsing"):
        np.testing.assert_array_equal(getattr(a, name), getattr(b, name))
    np.testing.assert_array_equal(a.masks[::-1], b.masks)
    np.testing.assert_array_equal(a.mask_index[::-1], b.mask_index)


def test_mirror_image_gives_mirrored_targets_with_sides_swapped() -> None:
    rng = np.random.default_rng(3)
    masks = np.stack([box_mask(64, 96, *rng.integers(0, 40, 2), *rng.integers(9, 24, 2)) for _ in range(6)])
    masks[:, ::7, ::5] = 0  # centres of mass at odd places
    parsing = np.kron(rng.integers(0, 26, (16, 24)), np.ones((4, 4))).astype(np.uint8)
    parsing[:8] = 255
    original = dataclasses.replace(
        sample(),
        masks=masks,
        class_ids=np.array([HUMAN, HUMAN, CUP, CUP, 32, 101]),
        parsing=parsing,
        relations=[RelationLabel(i % 2, 1 + i % 23, 2 + i % 4, (5, 16)) for i in range(12)],
    )
    a, b = encode_targets(original, grid=12), encode_targets(mirror(original), grid=12)
    swap = np.array(vocabulary().part_mirror)

    np.testing.assert_array_equal(a.entity_heatmap[:, :, ::-1], b.entity_heatmap)
    np.testing.assert_allclose(a.masks[:, :, ::-1], b.masks, atol=1e-6)
    np.testing.assert_array_equal(
        np.where(a.parsing == 255, 255, swap[np.minimum(a.parsing, 25)])[:, ::-1], b.parsing
    )
    np.testing.assert_array_equal(a.parts[:, swap[1:] - 1], b.parts)
    assert not np.array_equal(a.parts, b.parts)
    # The floor of an odd midpoint goes to the other side in a mirror: points differ by at most one cell,
    # and centre = point + displacement mirrors exactly.
    for end in (0, 2):
        centre_a = a.relation_index[:, ::-1] + a.displacement[:, end : end + 2]
        centre_b = b.relation_index[:, ::-1] + b.displacement[:, end : end + 2]
        np.testing.assert_array_equal(23 - centre_a[:, 0], centre_b[:, 0])
        np.testing.assert_array_equal(centre_a[:, 1], centre_b[:, 1])
    assert (np.abs(23 - a.relation_index[:, 1] - b.relation_index[:, 1]) <= 1).all()


def test_solid_masks_are_area_averages() -> None:
    mask = box_mask(32, 32, 6, 8, 14, 16)  # columns 6 to 19: half of cell 1, cells 2 to 4
    small = shrink_mask(mask)
    np.testing.assert_allclose(small[3], [0, 0.5, 1, 1, 1, 0, 0, 0], atol=2 / 255)


@pytest.mark.parametrize("thickness", [1, 2, 3, 4, 6])
@pytest.mark.parametrize("offset", range(4))
def test_thin_things_survive(thickness: int, offset: int) -> None:
    """A perfect prediction, upsampled and cut at 0.5, is a bar of about the right thickness."""
    mask = box_mask(64, 64, 8, 24 + offset, 40, thickness)
    small = torch.from_numpy(shrink_mask(mask))[None, None]
    decoded = torch.nn.functional.interpolate(small, scale_factor=4, mode="bilinear")[0, 0, :, 28] > 0.5
    if thickness > 1:
        assert 1 <= int(decoded.sum()) <= thickness + 3
    assert small.max() >= 0.499


def test_ignored_cells_hold_an_ignored_pixel() -> None:
    crowd = np.zeros((64, 96), np.uint8)
    crowd[7, 4:9] = 1
    targets = encode_targets(dataclasses.replace(sample(), ignore=crowd), grid=12)
    assert [tuple(cell) for cell in np.argwhere(targets.ignore)] == [(1, 1), (1, 2)]


def test_action_without_part_labels_is_unknown() -> None:
    unknown = dataclasses.replace(sample(), relations=[RelationLabel(0, HOLD, 1, None)])
    targets = encode_targets(unknown, grid=12)
    assert not targets.parts_known[0] and targets.parts.sum() == 0


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"image": np.zeros((62, 96, 3), np.uint8)}, "multiples of 4, got 62 x 96"),
        ({"masks": np.zeros((2, 64, 96), np.uint8)}, "mask 0 is empty"),
        ({"relations": [RelationLabel(0, HOLD, 2)]}, "rows 0 to 1, got 0 and 2"),
        ({"relations": [RelationLabel(0, HOLD, 0)]}, "got 0 and 0"),
        ({"relations": [RelationLabel(1, HOLD, 0)]}, "must be a human, row 1 is 'cup'"),
    ],
)
def test_bad_samples_are_refused(change: dict, message: str) -> None:
    with pytest.raises(ValueError, match=f"scene: .*{message}"):
        encode_targets(dataclasses.replace(sample(), **change), grid=12)


def test_batch_keeps_the_image_of_every_row() -> None:
    empty = dataclasses.replace(
        sample(), masks=np.zeros((0, 64, 96), np.uint8), class_ids=np.zeros(0, np.int64), relations=[]
    )
    batch = collate_targets([encode_targets(s, grid=12) for s in (sample(), empty, sample())])
    assert batch.mask_index.tolist() == [[0, 5, 3], [0, 6, 8], [2, 5, 3], [2, 6, 8]]
    assert batch.relation_index.tolist() == [[0, 8, 11]] * 2 + [[2, 8, 11]] * 2
    shapes = {field.name: tuple(getattr(batch, field.name).shape) for field in dataclasses.fields(batch)}
    assert shapes == {
        "entity_maps": (4, 16, 24),
        "entity_map_index": (4, 2),
        "entity_weight": (3, 141),
        "relation_maps": (4, 16, 24),
        "relation_map_index": (4, 2),
        "relation_weight": (3, 23),
        "ignore": (3, 16, 24),
        "relation_index": (4, 3),
        "relation_class": (4,),
        "relation_direction": (4,),
        "displacement": (4, 4),
        "parts": (4, 25),
        "parts_known": (4,),
        "centre_index": (4, 3),
        "rays": (4, 0),
        "mask_index": (4, 3),
        "masks": (4, 16, 24),
        "parsing": (3, 16, 24),
    }
    assert batch.relation_index.dtype == batch.parsing.dtype == torch.int64
    assert batch.entity_map_index.tolist() == [[0, HUMAN - 1], [0, CUP - 1], [2, HUMAN - 1], [2, CUP - 1]]
    assert batch.entity_heatmap.shape == (3, 141, 16, 24) and batch.relation_heatmap.shape == (3, 23, 16, 24)
    whole = encode_targets(sample(), grid=12)
    for name in ("entity_heatmap", "relation_heatmap"):
        dense = getattr(batch, name)
        np.testing.assert_array_equal(dense[2], getattr(whole, name))
        assert not dense[1].any()
    moved = batch.to("cpu")
    assert torch.equal(moved.masks, batch.masks)


def test_batch_of_images_without_entities() -> None:
    empty = dataclasses.replace(
        sample(), masks=np.zeros((0, 64, 96), np.uint8), class_ids=np.zeros(0, np.int64), relations=[]
    )
    batch = collate_targets([encode_targets(empty, grid=12)] * 2)
    assert batch.mask_index.shape == (0, 3) and batch.masks.shape == (0, 16, 24)
    assert batch.relation_index.shape == (0, 3) and batch.parts.shape == (0, 25)


def two_people(first: tuple[int, int], second: tuple[int, int]) -> Sample:
    """Two people with their top-left corners there; each is next to the other."""
    masks = np.stack([box_mask(96, 128, x, y, 16, 32) for x, y in (first, second)])
    return Sample(
        name="two",
        image=np.zeros((96, 128, 3), np.uint8),
        masks=masks,
        class_ids=np.array([HUMAN, HUMAN]),
        parsing=np.zeros((96, 128), np.uint8),
        relations=[RelationLabel(0, NEXT_TO, 1), RelationLabel(1, NEXT_TO, 0)],
        complete_relations=frozenset({NEXT_TO}),
    )


def test_without_directions_reversed_pairs_contradict_each_other() -> None:
    targets = encode_targets(two_people((8, 16), (88, 32)), grid=12)
    assert targets.relation_index.tolist() == [[10, 14]] * 2
    assert targets.displacement.tolist() == [[-10, -2, 10, 2], [10, 2, -10, -2]]


def test_directed_pairs_agree_and_differ_in_their_channel() -> None:
    targets = encode_targets(two_people((8, 16), (88, 32)), grid=12, directed=True)
    assert targets.displacement.tolist() == [[-10, -2, 10, 2]] * 2
    assert targets.relation_direction.tolist() == [0, 1]
    assert targets.relation_class.tolist() == [NEXT_TO - 1] * 2
    assert targets.relation_map_class.tolist() == [NEXT_TO - 1, NEXT_TO - 1 + 23]
    assert targets.relation_heatmap.shape[0] == 46
    assert np.flatnonzero(targets.relation_weight).tolist() == [NEXT_TO - 1, NEXT_TO - 1 + 23]


def test_a_person_comes_before_a_thing_wherever_it_lies() -> None:
    original = sample()
    mirrored = dataclasses.replace(original, masks=np.ascontiguousarray(original.masks[:, :, ::-1]))
    for one in (original, mirrored):
        plain, directed = encode_targets(one, grid=12), encode_targets(one, grid=12, directed=True)
        assert not directed.relation_direction.any()
        np.testing.assert_array_equal(plain.displacement, directed.displacement)


def test_the_mirror_image_turns_directions_round() -> None:
    pair = two_people((8, 16), (88, 32))
    mirrored = dataclasses.replace(pair, masks=np.ascontiguousarray(pair.masks[:, :, ::-1]))
    targets = encode_targets(mirrored, grid=12, directed=True)
    assert targets.relation_direction.tolist() == [1, 0]


boxes = st.tuples(st.integers(3, 20), st.integers(3, 14), st.integers(4, 12), st.integers(4, 12))


@settings(max_examples=30)
@given(st.lists(boxes, min_size=2, max_size=4), st.integers(0, 2), st.integers(0, 2), st.booleans())
def test_a_crop_by_whole_cells_shifts_every_target(
    places: list[tuple[int, int, int, int]], left: int, top: int, directed: bool
) -> None:
    """Whole entities keep their displacements; centres and points move with the picture."""
    masks = np.stack([box_mask(128, 160, 4 * x + 1, 4 * y + 2, w, h) for x, y, w, h in places])
    count = len(masks)
    whole = Sample(
        name="whole",
        image=np.zeros((128, 160, 3), np.uint8),
        masks=masks,
        class_ids=np.full(count, HUMAN),
        parsing=np.zeros((128, 160), np.uint8),
        relations=[RelationLabel(a, NEXT_TO, b) for a in range(count) for b in range(count) if a != b],
    )
    window = np.s_[4 * top : 4 * top + 96, 4 * left : 4 * left + 128]
    cropped = dataclasses.replace(
        whole,
        image=whole.image[window],
        masks=np.ascontiguousarray(masks[:, *window]),
        parsing=whole.parsing[window],
    )
    a, b = (encode_targets(one, grid=8, rays=False, directed=directed) for one in (whole, cropped))
    np.testing.assert_array_equal(a.centre_index - (top, left), b.centre_index)
    for name in ("displacement", "relation_direction", "relation_class"):
        np.testing.assert_array_equal(getattr(a, name), getattr(b, name))
    np.testing.assert_array_equal(a.relation_index - (top, left), b.relation_index)
    inside = np.s_[top : top + 24, left : left + 32]
    np.testing.assert_array_equal(a.entity_heatmap[HUMAN - 1][inside], b.entity_heatmap[HUMAN - 1])
    np.testing.assert_array_equal(a.masks[:, *inside], b.masks)
