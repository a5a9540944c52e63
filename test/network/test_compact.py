from __future__ import annotations

import pytest
import torch

from hrs_ros.network.compact import compact, restore

pytestmark = pytest.mark.torch


def test_a_weight_moves_by_at_most_half_a_step_of_its_channel() -> None:
    weight = torch.randn(5, 3, 2, 2, generator=torch.Generator().manual_seed(1)) * torch.logspace(
        -4, 2, 5
    ).view(5, 1, 1, 1)
    restored = restore(compact({"w": weight}))["w"]
    step = weight.flatten(1).abs().amax(1) / 127
    moved = (restored - weight).flatten(1).abs().amax(1)
    assert restored.dtype == torch.float32
    assert bool((moved <= step * 0.5001).all()) and bool((moved > 0).all())


def test_steps_and_scales_of_a_worked_example() -> None:
    tensors = compact({"w": torch.tensor([[1.27, -0.634, 0.0], [0.0, 0.0, 0.0]])})
    assert tensors["w"].tolist() == [[127, -63, 0], [0, 0, 0]]
    assert tensors["w"].dtype == torch.int8
    assert tensors["w/scale"].tolist() == pytest.approx([0.01, 0.0])


def test_vectors_and_counters_stay_what_they_are() -> None:
    weights = {"bias": torch.randn(7), "count": torch.tensor(3), "table": torch.arange(6).view(2, 3)}
    tensors = compact(weights)
    assert tensors.keys() == weights.keys()
    restored = restore(tensors)
    assert all(
        torch.equal(restored[name], weights[name]) and restored[name].dtype == weights[name].dtype
        for name in weights
    )


def test_compact_weights_are_a_fixed_point() -> None:
    once = restore(compact({"w": torch.randn(8, 16, generator=torch.Generator().manual_seed(2))}))
    torch.testing.assert_close(restore(compact(once))["w"], once["w"], rtol=1e-6, atol=0)


def test_weights_that_are_no_numbers_are_named() -> None:
    with pytest.raises(ValueError, match=r"head\.w: expected finite weights"):
        compact({"head.w": torch.tensor([[1.0, float("nan")]])})
