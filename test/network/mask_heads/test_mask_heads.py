"""Every mask head against formulas written out for one entity at a time, and against its numpy twin."""

from __future__ import annotations

import dataclasses
from typing import get_args

import numpy as np
import pytest
import torch
from torch import Tensor

from hrs_ros.data.sample import Sample
from hrs_ros.inference.reference_masks import mask_logits
from hrs_ros.network.config import MaskHeadName, ModelConfig, load_config
from hrs_ros.network.mask_heads import mask_head
from hrs_ros.network.targets import TargetBatch, collate_targets, encode_targets
from hrs_ros.vocabulary import vocabulary

pytestmark = pytest.mark.torch

HEADS = get_args(MaskHeadName)
HUMAN, CUP = vocabulary().human, vocabulary().entity_id("cup")
H, W, S, D = 8, 12, 4, 3


def config_of(name: str) -> ModelConfig:
    return load_config("sms_lite", mask_head=name, kernel_grid=S, mask_channels=D)


def random_maps(config: ModelConfig, *, batch: int, dtype: torch.dtype = torch.float64) -> dict[str, Tensor]:
    generator = torch.Generator().manual_seed(0)
    sizes = {"kernel": (S, S)}
    return {
        name: torch.randn(batch, channels, *sizes.get(name, (H, W)), generator=generator, dtype=dtype)
        for name, channels in config.mask_maps.items()
    }


def sample(seed: int, count: int) -> Sample:
    rng = np.random.default_rng(seed)
    masks = np.zeros((count, 4 * H, 4 * W), np.uint8)
    for row in range(count):
        y, x = rng.integers(0, 16), rng.integers(0, 24)
        masks[row, y : y + rng.integers(6, 16), x : x + rng.integers(6, 24)] = 1
    return Sample(
        name="boxes",
        image=np.zeros((4 * H, 4 * W, 3), np.uint8),
        masks=masks,
        class_ids=np.full(count, CUP),
        parsing=np.zeros((4 * H, 4 * W), np.uint8),
    )


def targets_of(*counts: int) -> TargetBatch:
    return collate_targets(
        [encode_targets(sample(n, count), grid=S, rays=True) for n, count in enumerate(counts)]
    )


def sigmoid(x: np.ndarray) -> np.ndarray:
    return 1 / (1 + np.exp(-x))


def one_dice(probability: np.ndarray, mask: np.ndarray) -> float:
    shared, squares = (probability * mask).sum(), (probability**2).sum() + (mask**2).sum()
    return float(1 - 2 * shared / (squares + 0.002))


def expected_loss(name: str, maps: dict[str, np.ndarray], targets: TargetBatch) -> float:
    """Entity by entity."""
    losses = []
    for n, (b, row, column) in enumerate(targets.mask_index.tolist()):
        mask = targets.masks[n].double().numpy()
        if name == "dynamic":
            logits = sum(maps["kernel"][b, d, row, column] * maps["mask_feature"][b, d] for d in range(D))
            losses.append(one_dice(sigmoid(logits), mask))
        elif name == "solo":
            losses.append(one_dice(sigmoid(maps["grid_mask"][b, row * S + column]), mask))
        elif name == "decoupled_solo":
            probability = sigmoid(maps["column_mask"][b, column]) * sigmoid(maps["row_mask"][b, row])
            losses.append(one_dice(probability, mask))
        else:
            _, y, x = targets.centre_index[n].tolist()
            length, target = 8 * np.exp(maps["ray"][b, :, y, x]), targets.rays[n].double().numpy()
            losses.append(float(np.log(np.maximum(length, target).sum() / np.minimum(length, target).sum())))
    return float(np.mean(losses))


@pytest.mark.parametrize("name", HEADS)
def test_loss_is_the_formula_of_each_entity(name: MaskHeadName) -> None:
    maps, targets = random_maps(config_of(name), batch=3), targets_of(2, 0, 3)
    got = mask_head(name).loss(maps, targets)
    plain = {key: value.numpy() for key, value in maps.items()}
    assert float(got) == pytest.approx(expected_loss(name, plain, targets), abs=1e-9)


@pytest.mark.parametrize("name", HEADS)
def test_gradient_in_float64(name: MaskHeadName) -> None:
    maps, targets = random_maps(config_of(name), batch=1), targets_of(3)
    names, values = zip(*maps.items(), strict=True)
    assert torch.autograd.gradcheck(
        lambda *inputs: mask_head(name).loss(dict(zip(names, inputs, strict=True)), targets),
        tuple(value.requires_grad_() for value in values),
        fast_mode=True,
    )


@pytest.mark.parametrize("name", HEADS)
def test_no_entity_is_zero_and_reaches_every_map(name: MaskHeadName) -> None:
    maps = {key: value.requires_grad_() for key, value in random_maps(config_of(name), batch=2).items()}
    loss = mask_head(name).loss(maps, targets_of(0, 0))
    loss.backward()
    assert float(loss.detach()) == 0
    assert all(value.grad is not None and not value.grad.any() for value in maps.values())


@pytest.mark.parametrize("name", HEADS)
def test_decode_equals_the_numpy_reference(name: MaskHeadName) -> None:
    config = config_of(name)
    maps = random_maps(config, batch=2, dtype=torch.float32)
    rng = np.random.default_rng(1)
    centre = torch.from_numpy(np.stack([rng.integers(0, W, (2, 5)), rng.integers(0, H, (2, 5))], axis=2))
    got = mask_head(name).logits(maps, centre)
    for b in range(2):
        raw = {key: value[b].numpy() for key, value in maps.items()} | {"entity": np.zeros((141, H, W))}
        x, y = centre[b].numpy().T
        np.testing.assert_allclose(got[b], mask_logits(raw, x, y, config), atol=2e-4, rtol=1e-4)


@pytest.mark.parametrize("name", HEADS)
def test_a_step_down_the_gradient_improves_the_decoded_mask(name: MaskHeadName) -> None:
    """Loss and decode mean the same: what lowers the one raises the overlap of the other."""
    config, targets = config_of(name), targets_of(1)
    maps = {key: value.requires_grad_() for key, value in random_maps(config, batch=1).items()}
    head = mask_head(name)
    optimizer = torch.optim.Adam(maps.values(), lr=0.1)
    for _ in range(150):
        optimizer.zero_grad()
        head.loss(maps, targets).backward()
        optimizer.step()
    centre = targets.centre_index[None, :, [2, 1]]  # x, y
    mask = head.logits(maps, centre)[0, 0].detach() > 0
    truth = targets.masks[0] > 0.5
    iou = float((mask & truth).sum() / (mask | truth).sum())
    assert iou > 0.9


def test_product_of_probabilities_stays_finite() -> None:
    from hrs_ros.network.mask_heads.decoupled import product_logit

    logits = torch.tensor([-80.0, -3.0, 0.0, 3.0, 80.0])
    a, b = torch.meshgrid(logits, logits, indexing="ij")
    product = product_logit(a, b)
    assert bool(product.isfinite().all())
    torch.testing.assert_close(product.sigmoid(), a.sigmoid() * b.sigmoid(), atol=1e-7, rtol=1e-5)


@pytest.mark.parametrize("name", HEADS)
def test_raw_maps_of_a_network(name: str) -> None:
    from hrs_ros.network.sms import SMS

    config = dataclasses.replace(config_of(name), input_height=64, input_width=64)
    raw = SMS(config).eval()(torch.zeros(1, 3, 64, 64))
    for key, channels in config.mask_maps.items():
        side = S if key == "kernel" else 16
        assert tuple(raw[key].shape) == (1, channels, side, side)
