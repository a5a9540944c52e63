import dataclasses

import pytest
import torch
from torch import nn

from hrs_ros.network.config import config_names, load_config
from hrs_ros.network.sms import SMS

pytestmark = pytest.mark.torch


@pytest.mark.parametrize("name", config_names())
@pytest.mark.parametrize(("height", "width"), [(64, 64), (96, 160)])
def test_raw_maps_follow_the_image_size(name: str, height: int, width: int) -> None:
    config = load_config(name)
    with torch.device("meta"):
        raw = SMS(config)(torch.empty(2, 3, height, width))
    h, w, S, D = height // 4, width // 4, config.kernel_grid, config.mask_channels
    assert {key: tuple(value.shape) for key, value in raw.items()} == {
        "entity": (2, 141, h, w),
        "relation": (2, 23, h, w),
        "displacement": (2, 4, h, w),
        "part": (2, 25, h, w),
        "part_bias": (23, 25),
        "parsing": (2, 26, h, w),
        "kernel": (2, D, S, S),
        "mask_feature": (2, D, h, w),
    }


@pytest.mark.parametrize("condition", [True, False])
def test_the_part_table_is_learned_only_where_parts_are_conditioned(condition: bool) -> None:
    with torch.device("meta"):
        model = SMS(dataclasses.replace(load_config("sms_lite"), condition_parts=condition))
    assert isinstance(model.part_bias, nn.Parameter) == condition
    assert ("part_bias" in model.state_dict()) == condition


@pytest.mark.parametrize(
    ("key", "expected"),
    [("neck", "'fused', 'deformable' or 'topdown'"), ("head", "'plain', 'deep' or 'light'")],
)
def test_unknown_parts_are_refused(key: str, expected: str) -> None:
    config = dataclasses.replace(load_config("sms_lite"), **{key: "fancy"})
    with pytest.raises(ValueError, match=expected), torch.device("meta"):
        SMS(config)


def test_every_weight_of_lite_gets_a_gradient_and_moves_the_maps() -> None:
    torch.manual_seed(0)
    model = SMS(load_config("sms_lite")).train()
    raw = model(torch.randn(2, 3, 64, 64))
    sum((value - 1).square().mean() for value in raw.values()).backward()  # type: ignore[union-attr]
    without = [name for name, weight in model.named_parameters() if weight.grad is None]
    assert without == []
