from __future__ import annotations

import pytest
import torch
from torch.nn import functional

from hrs_ros.network.deformable import DeformableBlock
from hrs_ros.network.dla import Aggregation, DeepAggregationNeck, Enlargement

pytestmark = pytest.mark.torch

CHANNELS = (8, 12, 16, 24)


def features(height: int = 64, width: int = 96) -> list[torch.Tensor]:
    torch.manual_seed(0)
    return [torch.randn(2, c, height // s, width // s) for c, s in zip(CHANNELS, (4, 8, 16, 32), strict=True)]


@pytest.mark.parametrize("multi_level", [True, False])
def test_one_map_at_stride_four(multi_level: bool) -> None:
    neck = DeepAggregationNeck(CHANNELS, outputs=8, multi_level=multi_level)
    assert neck.out_channels == 8
    assert neck(features()).shape == (2, 8, 16, 24)


@pytest.mark.parametrize("multi_level", [True, False])
@pytest.mark.parametrize("level", range(4))
def test_every_level_reaches_the_output(multi_level: bool, level: int) -> None:
    neck = DeepAggregationNeck(CHANNELS, outputs=8, multi_level=multi_level).eval()
    maps = features()
    before = neck(maps)
    maps[level] = maps[level] + 1
    assert not torch.allclose(neck(maps), before)


@pytest.mark.parametrize(("multi_level", "blocks"), [(False, 12), (True, 16)])
def test_number_of_deformable_convolutions(multi_level: bool, blocks: int) -> None:
    """Two for every map that climbs: 1 + 2 + 3 in the rounds, 2 more for several levels (CenterNet's 16)."""
    neck = DeepAggregationNeck(CHANNELS, outputs=8, multi_level=multi_level)
    assert sum(isinstance(module, DeformableBlock) for module in neck.modules()) == blocks


def test_aggregation_merges_each_map_with_all_before_it() -> None:
    aggregate = Aggregation((4, 6, 6), outputs=4, doublings=[1, 2]).eval()
    maps = [torch.randn(1, 4, 8, 8), torch.randn(1, 6, 4, 4), torch.randn(1, 6, 2, 2)]
    merged = aggregate(maps)
    assert merged[0] is maps[0]
    assert [tuple(x.shape) for x in merged] == [(1, 4, 8, 8)] * 3
    again = aggregate([maps[0], maps[1], maps[2] + 1])
    assert torch.equal(again[1], merged[1])
    assert not torch.allclose(again[2], merged[2])


@pytest.mark.parametrize("factor", [2, 4, 8])
def test_a_fresh_enlargement_is_bilinear(factor: int) -> None:
    torch.manual_seed(0)
    x = torch.randn(2, 3, 6, 7)
    expected = functional.interpolate(x, scale_factor=float(factor), mode="bilinear", align_corners=False)
    found = Enlargement(3, factor=factor)(x)
    assert found.shape == expected.shape
    inside = (..., slice(factor, -factor), slice(factor, -factor))  # its border fades to 0
    torch.testing.assert_close(found[inside], expected[inside])


def test_wrong_widths_are_refused() -> None:
    with pytest.raises(ValueError, match="expected 8 outputs, got 16"):
        DeepAggregationNeck(CHANNELS, outputs=16, multi_level=False)
    with pytest.raises(ValueError, match="expected 16 channels, got 8"):
        DeepAggregationNeck(CHANNELS, outputs=16)
