import dataclasses
import math

import numpy as np
import pytest
import torch
from torch import Tensor

from hrs_ros.data.sample import RelationLabel, Sample
from hrs_ros.network.losses import (
    LOSS_WEIGHTS,
    displacement_loss,
    focal_loss,
    parsing_loss,
    part_loss,
    sms_loss,
)
from hrs_ros.network.targets import TargetBatch, collate_targets, encode_targets
from hrs_ros.vocabulary import vocabulary

pytestmark = pytest.mark.torch

HUMAN, CUP = vocabulary().human, vocabulary().entity_id("cup")
HOLD = vocabulary().relation_id("hold")


def scene(**changes: object) -> Sample:
    masks = np.zeros((2, 32, 32), np.uint8)
    masks[0, 4:28, 4:16] = 1
    masks[1, 12:20, 20:28] = 1
    parsing = np.zeros((32, 32), np.uint8)
    parsing[4:28, 4:16] = 5
    values = {
        "name": "scene",
        "image": np.zeros((32, 32, 3), np.uint8),
        "masks": masks,
        "class_ids": np.array([HUMAN, CUP]),
        "parsing": parsing,
        "relations": [RelationLabel(0, HOLD, 1, (5,))],
        "complete_entities": frozenset(range(1, 142)),
        "complete_relations": frozenset(range(1, 24)),
        **changes,
    }
    return Sample(**values)


def empty_scene() -> Sample:
    """A photo of which nothing is labelled."""
    return scene(
        masks=np.zeros((0, 32, 32), np.uint8),
        class_ids=np.zeros(0, np.int64),
        parsing=np.full((32, 32), 255, np.uint8),
        relations=[],
        complete_entities=frozenset(),
        complete_relations=frozenset(),
    )


def batch(*samples: Sample) -> TargetBatch:
    return collate_targets([encode_targets(sample, grid=8) for sample in samples])


def outputs(size: int, *, seed: int = 0, dtype: torch.dtype = torch.float32) -> dict[str, Tensor]:
    generator = torch.Generator().manual_seed(seed)
    shapes = {
        "entity": (size, 141, 8, 8),
        "relation": (size, 23, 8, 8),
        "displacement": (size, 4, 8, 8),
        "part": (size, 25, 8, 8),
        "part_bias": (23, 25),
        "parsing": (size, 26, 8, 8),
        "kernel": (size, 6, 8, 8),
        "mask_feature": (size, 6, 8, 8),
    }
    return {
        name: torch.randn(shape, generator=generator, dtype=dtype).requires_grad_()
        for name, shape in shapes.items()
    }


def slow_focal(logits: np.ndarray, heatmap: np.ndarray, weight: np.ndarray, ignore: np.ndarray) -> float:
    """Equation 1, cell by cell."""
    total, positives = 0.0, 0
    for b, c, y, x in np.ndindex(*logits.shape):
        p = min(max(1 / (1 + math.exp(-logits[b, c, y, x])), 1e-4), 1 - 1e-4)
        if heatmap[b, c, y, x] == 1:
            total += (1 - p) ** 2 * math.log(p)
            positives += 1
        elif weight[b, c] and not ignore[b, y, x]:
            total += (1 - heatmap[b, c, y, x]) ** 4 * p**2 * math.log(1 - p)
    return -total / max(positives, 1)


@pytest.mark.parametrize("positives", [0, 5])
def test_focal_equals_the_slow_formula(positives: int) -> None:
    rng = np.random.default_rng(positives)
    logits = rng.normal(0, 6, (2, 3, 5, 4))  # some beyond the clamp
    heatmap = rng.uniform(0, 0.99, logits.shape)
    heatmap.ravel()[rng.choice(heatmap.size, positives, replace=False)] = 1
    weight = np.array([[1, 0, 1], [0, 1, 1]], float)
    ignore = (rng.random((2, 5, 4)) < 0.3).astype(float)
    got = focal_loss(
        torch.from_numpy(logits),
        torch.from_numpy(heatmap),
        weight=torch.from_numpy(weight),
        ignore=torch.from_numpy(ignore),
    )
    assert float(got) == pytest.approx(slow_focal(logits, heatmap, weight, ignore), rel=1e-9)


def test_focal_golden_numbers() -> None:
    ones, zeros = torch.ones(1, 1), torch.zeros(1, 1, 2)
    logits = torch.zeros(1, 1, 1, 2)  # p = 0.5 everywhere
    heatmap = torch.tensor([[[[1.0, 0.5]]]])
    # positive: 0.5^2 ln 2; negative: 0.5^4 0.5^2 ln 2; one positive
    expected = (0.25 + 0.0625 * 0.25) * math.log(2)
    assert float(focal_loss(logits, heatmap, weight=ones, ignore=zeros)) == pytest.approx(expected)
    without = torch.tensor([[[[0.0, 0.5]]]])
    expected = (0.25 + 0.0625 * 0.25) * math.log(2)  # no positives: plain sum of the negatives
    assert float(focal_loss(logits, without, weight=ones, ignore=zeros)) == pytest.approx(expected)


def test_unlabelled_classes_and_regions_are_no_negatives() -> None:
    partial = scene(
        complete_entities=frozenset({HUMAN}),
        complete_relations=frozenset(),
        ignore=np.pad(np.ones((32, 8), np.uint8), ((0, 0), (24, 0))),
    )
    maps = outputs(1)
    sms_loss(maps, batch(partial))["total"].backward()
    entity, relation = maps["entity"].grad[0], maps["relation"].grad[0]
    assert entity[CUP - 1, 4, 6] != 0  # pixel centre (24, 16), inside the ignored region
    others = [c for c in range(141) if c not in (HUMAN - 1, CUP - 1)]
    assert not entity[others].any()
    assert int(torch.count_nonzero(entity[CUP - 1])) == 1  # its own centre alone
    assert entity[HUMAN - 1, :, :6].all() and not entity[HUMAN - 1, :, 6:].any()
    assert int(torch.count_nonzero(relation)) == 1 and relation[HOLD - 1, 4, 4] != 0


def test_displacement_by_hand() -> None:
    maps = torch.zeros(2, 4, 3, 3)
    maps[1, :, 2, 0] = torch.tensor([1.0, 2.0, 3.0, 4.0])
    index = torch.tensor([[1, 2, 0], [0, 0, 0]])
    target = torch.tensor([[0.0, 2.5, 3.0, 6.0], [0.0, -1.0, 0.0, 0.0]])
    assert float(displacement_loss(maps, index, target)) == pytest.approx((1 + 0.5 + 2 + 1) / 2)


def test_parts_by_hand() -> None:
    logits, bias = torch.zeros(1, 25, 2, 2), torch.zeros(23, 25)
    logits[0, 4, 1, 0] = 2.0
    bias[3, 4] = -1.0
    index = torch.tensor([[0, 1, 0], [0, 0, 1]])
    parts = torch.zeros(2, 25)
    parts[0, 4] = 1
    arguments = {
        "index": index,
        "relation_class": torch.tensor([3, 5]),
        "parts": parts,
        "direction": torch.zeros(2, dtype=torch.int64),
    }
    got = part_loss(logits, bias, known=torch.tensor([True, False]), **arguments)
    expected = (24 * math.log(2) + math.log(1 + math.exp(-1))) / 25  # the unknown relation does not count
    assert float(got) == pytest.approx(expected, rel=1e-6)


def test_parts_train_the_bias_of_their_relation_only() -> None:
    maps = outputs(1)
    sms_loss(maps, batch(scene()))["part"].backward()
    rows = maps["part_bias"].grad.abs().sum(1)
    assert rows[HOLD - 1] > 0 and int(torch.count_nonzero(rows)) == 1


def test_parsing_is_cross_entropy_plus_lovasz() -> None:
    labels = torch.tensor([[[0, 1], [255, 1]]])
    logits = torch.zeros(1, 26, 2, 2)
    # uniform: cross-entropy ln 26. Errors of class 0: its pixel 25/26, the others 1/26 each; class 1 alike.
    e, rest = 25 / 26, 1 / 26
    class_0 = e * 1 + 0  # the first mistake already gives Jaccard loss 1
    class_1 = e * 0.5 + e * 0.5 + rest * 0
    expected = math.log(26) + (class_0 + class_1) / 2
    assert float(parsing_loss(logits, labels)) == pytest.approx(expected, rel=1e-6)


def test_ignored_pixels_have_no_gradient() -> None:
    logits = torch.randn(1, 26, 4, 4, requires_grad=True)
    labels = torch.full((1, 4, 4), 255)
    labels[0, 1, 2] = 3
    parsing_loss(logits, labels).backward()
    touched = logits.grad.abs().sum(1)[0] > 0
    assert touched.nonzero().tolist() == [[1, 2]]


def test_pixel_subset_only_changes_the_lovasz_term() -> None:
    torch.manual_seed(0)
    logits = torch.randn(1, 26, 16, 16)
    labels = torch.randint(0, 26, (1, 16, 16))
    full = parsing_loss(logits, labels)
    assert parsing_loss(logits, labels, lovasz_pixels=256) == full  # all fit
    subset = parsing_loss(logits, labels, lovasz_pixels=64)
    assert subset != full and float(subset) == pytest.approx(float(full), rel=0.2)


def test_total_is_the_papers_weighted_sum() -> None:
    losses = sms_loss(outputs(2), batch(scene(), scene()))
    names = ["entity", "relation", "mask", "displacement", "part", "parsing"]
    assert list(losses) == [*names, "total"]
    expected = sum(w * float(losses[n].detach()) for n, w in zip(names, (1, 1, 3, 1, 20, 5), strict=True))
    assert float(losses["total"].detach()) == pytest.approx(expected, rel=1e-6)
    assert list(LOSS_WEIGHTS.values()) == [1, 1, 3, 1, 20, 5]
    lighter = sms_loss(outputs(2), batch(scene(), scene()), weights={**LOSS_WEIGHTS, "displacement": 0.25})
    saved = losses["total"] - lighter["total"]
    torch.testing.assert_close(saved, 0.75 * losses["displacement"], rtol=1e-4, atol=1e-4)


def test_nothing_labelled_is_zero_with_a_graph() -> None:
    maps = outputs(2)
    losses = sms_loss(maps, batch(empty_scene(), empty_scene()))
    assert all(float(loss.detach()) == 0 for loss in losses.values())
    losses["total"].backward()
    assert all(value.grad is not None and not value.grad.any() for value in maps.values())


def test_an_image_without_labels_changes_nothing() -> None:
    maps = outputs(2)
    alone = sms_loss({n: v if n == "part_bias" else v[:1] for n, v in maps.items()}, batch(scene()))
    mixed = sms_loss(maps, batch(scene(), empty_scene()))
    for name, loss in alone.items():
        assert float(mixed[name].detach()) == pytest.approx(float(loss.detach()), rel=1e-6), name


def test_permuting_entities_keeps_every_loss() -> None:
    first = scene()
    swapped = dataclasses.replace(
        first,
        masks=first.masks[::-1].copy(),
        class_ids=first.class_ids[::-1].copy(),
        relations=[RelationLabel(1, HOLD, 0, (5,))],
    )
    a, b = sms_loss(outputs(1), batch(first)), sms_loss(outputs(1), batch(swapped))
    for name in a:
        assert float(a[name].detach()) == pytest.approx(float(b[name].detach()), rel=1e-6)


def test_half_precision_maps_are_scored_in_float32() -> None:
    maps = {name: value.detach().bfloat16() for name, value in outputs(1).items()}
    losses = sms_loss(maps, batch(scene()))
    assert all(loss.dtype == torch.float32 and bool(loss.isfinite()) for loss in losses.values())


@pytest.mark.parametrize("name", ["entity", "relation", "mask", "displacement", "part", "parsing"])
def test_gradcheck(name: str) -> None:
    small = batch(scene())
    maps = outputs(1, dtype=torch.float64)
    inputs = {
        "entity": ("entity",),
        "relation": ("relation",),
        "mask": ("kernel", "mask_feature"),
        "displacement": ("displacement",),
        "part": ("part", "part_bias"),
        "parsing": ("parsing",),
    }[name]
    # A random direction through the whole map instead of every cell: fast mode.
    assert torch.autograd.gradcheck(
        lambda *values: sms_loss({**maps, **dict(zip(inputs, values, strict=True))}, small)[name],
        tuple(maps[key] for key in inputs),
        fast_mode=True,
    )


def test_each_direction_learns_its_own_parts() -> None:
    logits = torch.zeros(1, 50, 2, 2, requires_grad=True)
    parts = torch.zeros(2, 25)
    parts[0, 4] = parts[1, 7] = 1
    index = torch.tensor([[0, 1, 0], [0, 1, 0]])
    loss = part_loss(
        logits,
        torch.zeros(23, 25),
        index=index,
        relation_class=torch.tensor([3, 3]),
        direction=torch.tensor([0, 1]),
        parts=parts,
        known=torch.tensor([True, True]),
    )
    loss.backward()
    assert float(loss.detach()) == pytest.approx(math.log(2), rel=1e-6)
    slope = logits.grad[0, :, 1, 0]
    # Of 50 answers at 0.5 each: up where the part acts, down elsewhere.
    assert slope[[4, 25 + 7]].tolist() == pytest.approx([-0.01, -0.01])
    assert slope[[7, 25 + 4]].tolist() == pytest.approx([0.01, 0.01])


def test_a_single_displacement_is_the_first_ends() -> None:
    maps = torch.zeros(1, 2, 3, 3)
    maps[0, :, 1, 2] = torch.tensor([1.0, -2.0])
    target = torch.tensor([[0.0, -4.0, 9.0, 9.0]])
    assert float(displacement_loss(maps, torch.tensor([[0, 1, 2]]), target)) == pytest.approx(3.0)
