"""Decode under every design choice: what it changes, and that PyTorch and the numpy reference agree."""

from __future__ import annotations

import dataclasses
import itertools
from typing import Any, get_args

import numpy as np
import pytest
import torch
from torch import Tensor

from hrs_ros.inference.graph import OUTPUT_NAMES, raw_names
from hrs_ros.inference.reference import decode as reference_decode
from hrs_ros.network.config import (
    DisplacementName,
    MaskHeadName,
    ModelConfig,
    PartClassifierName,
    load_config,
)
from hrs_ros.network.decode import decode
from hrs_ros.network.part_table import part_frequency
from hrs_ros.vocabulary import vocabulary

pytestmark = pytest.mark.torch

V = vocabulary()
NEXT_TO, HOLD = V.relation_id("next to"), V.relation_id("hold")
LEFT_ARM, FACE = V.part_id("left arm"), V.part_id("face")
H, W, S = 12, 16, 5
CONFIG = load_config(
    "sms_lite", mask_channels=3, kernel_grid=S, subjects=4, objects=6, relations=8, condition_parts=False
)


def random_raw(config: ModelConfig, *, batch: int) -> dict[str, Tensor]:
    """Raw maps without ties, and tables."""
    generator = torch.Generator().manual_seed(0)
    orders = 2 if config.directed_pairs else 1
    channels = {
        "entity": 141,
        "relation": 23 * orders,
        "displacement": 4 if config.displacement == "both" else 2,
        "part": 25 * orders,
        "parsing": 26,
        **config.mask_maps,
    }
    assert set(channels) == set(raw_names(config))
    raw = {
        name: 3 * torch.randn(batch, count, *((S, S) if name == "kernel" else (H, W)), generator=generator)
        for name, count in channels.items()
    }
    if "ray" in raw:
        raw["ray"] /= 6  # lengths of some cells, not of kilometres
    frequency = torch.rand(23, 25, generator=generator)
    return raw | {
        "part_bias": torch.randn(23, 25, generator=generator),
        "part_frequency": frequency / frequency.sum(dim=1, keepdim=True),
    }


CHOICES = list(
    itertools.product(
        get_args(MaskHeadName), get_args(DisplacementName), get_args(PartClassifierName), (False, True)
    )
)


@pytest.mark.parametrize(("masks", "displacement", "parts", "directed"), CHOICES)
def test_agrees_with_the_reference(masks: Any, displacement: Any, parts: Any, directed: bool) -> None:
    config = dataclasses.replace(
        CONFIG, mask_head=masks, displacement=displacement, part_classifier=parts, directed_pairs=directed
    )
    raw = random_raw(config, batch=2)
    got = dict(zip(OUTPUT_NAMES, decode(raw, config), strict=True))
    expected = reference_decode({name: value.numpy() for name, value in raw.items()}, config)
    for name in OUTPUT_NAMES:
        np.testing.assert_allclose(got[name].numpy(), expected[name], atol=2e-4, rtol=1e-4, err_msg=name)


def empty_raw(config: ModelConfig) -> dict[str, Tensor]:
    raw = random_raw(config, batch=1)
    return {
        name: value * 0 - (20 if name in ("entity", "relation", "part") else 0) for name, value in raw.items()
    }


def two_people(raw: dict[str, Tensor]) -> tuple[tuple[int, int], tuple[int, int]]:
    left, right = (2, 4), (12, 6)
    for x, y in (left, right):
        raw["entity"][0, V.human - 1, y, x] = 5.0
    return left, right


def triplets(
    raw: dict[str, Tensor], config: ModelConfig
) -> set[tuple[tuple[int, ...], int, tuple[int, ...]]]:
    found = dict(zip(OUTPUT_NAMES, (value[0] for value in decode(raw, config)), strict=True))
    centres = [tuple(int(c) for c in row) for row in found["entity_centre"].tolist()]
    return {
        (centres[s], p, centres[o])
        for s, p, o, score in zip(
            found["relation_subject"].tolist(),
            found["relation_class"].tolist(),
            found["relation_object"].tolist(),
            found["relation_score"].tolist(),
            strict=True,
        )
        if score > 0.1
    }


def test_neighbours_of_each_other_are_both_found_with_directed_pairs() -> None:
    config = dataclasses.replace(CONFIG, directed_pairs=True)
    raw = empty_raw(config)
    left, right = two_people(raw)
    for direction in (0, 1):
        raw["relation"][0, NEXT_TO - 1 + 23 * direction, 5, 7] = 4.0
    raw["displacement"][0, :, 5, 7] = torch.tensor([-5.0, -1.0, 5.0, 1.0])
    assert triplets(raw, config) == {(left, NEXT_TO, right), (right, NEXT_TO, left)}


def test_each_direction_has_its_own_parts() -> None:
    config = dataclasses.replace(CONFIG, directed_pairs=True)
    raw = empty_raw(config)
    two_people(raw)
    for direction, part in ((0, LEFT_ARM), (1, FACE)):
        raw["relation"][0, HOLD - 1 + 23 * direction, 5, 7] = 4.0 - direction
        raw["part"][0, part - 1 + 25 * direction, 5, 7] = 6.0
    raw["displacement"][0, :, 5, 7] = torch.tensor([-5.0, -1.0, 5.0, 1.0])
    found = dict(zip(OUTPUT_NAMES, decode(raw, config), strict=True))
    assert found["relation_part"][0, :2].argmax(dim=1).tolist() == [LEFT_ARM - 1, FACE - 1]


def test_without_an_objects_displacement_it_lies_opposite() -> None:
    config = dataclasses.replace(CONFIG, displacement="subject")
    raw = empty_raw(config)
    left, right = two_people(raw)
    raw["relation"][0, NEXT_TO - 1, 5, 7] = 4.0
    raw["displacement"][0, :, 5, 7] = torch.tensor([5.0, 1.0])
    assert triplets(raw, config) == {(right, NEXT_TO, left)}


def test_the_most_frequent_part_knows_only_the_action() -> None:
    config = dataclasses.replace(CONFIG, part_classifier="most_frequent")
    raw = empty_raw(config)
    two_people(raw)
    raw["relation"][0, HOLD - 1, 5, 7] = 4.0
    raw["part"][0, FACE - 1, 5, 7] = 9.0  # what was learned is not asked
    raw["part_frequency"][HOLD - 1, LEFT_ARM - 1] = 0.6
    found = dict(zip(OUTPUT_NAMES, decode(raw, config), strict=True))
    assert found["relation_part"][0, 0].nonzero().tolist() == [[LEFT_ARM - 1]]


def test_a_table_of_nothing_is_zero() -> None:
    assert not part_frequency([]).any()
