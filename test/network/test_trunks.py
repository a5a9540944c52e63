import pytest
import torch
from torch import nn

from hrs_ros.network.trunks import ProgressiveTrunk

pytestmark = pytest.mark.torch


def test_five_convolutions_with_group_norm_and_relu() -> None:
    trunk = ProgressiveTrunk(8, 32)
    kinds = [type(module) for module in trunk.modules() if not list(module.children())]
    assert kinds == [nn.Conv2d, nn.GroupNorm, nn.ReLU] * 5


def test_each_reads_the_sum_of_all_before_it() -> None:
    torch.manual_seed(0)
    trunk, x = ProgressiveTrunk(8, 32, depth=3), torch.randn(2, 8, 5, 6)
    first = trunk.first(x)
    second = trunk.others[0](first)
    third = trunk.others[1](first + second)
    torch.testing.assert_close(trunk(x), first + second + third)
