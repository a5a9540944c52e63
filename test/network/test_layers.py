import pytest
import torch
from torch import nn
from torch.nn import functional

from hrs_ros.network.layers import (
    AddCoordinates,
    AppendCoordinates,
    SeparableConvolution,
    convolution_block,
    coordinate_channels,
    heatmap_output,
    kernel_output,
)

pytestmark = pytest.mark.torch


def test_coordinates_run_from_minus_one_to_one_x_before_y() -> None:
    coordinates = coordinate_channels(torch.zeros(4, 7, 3, 5))
    assert coordinates.shape == (1, 2, 3, 5)
    torch.testing.assert_close(coordinates[0, 0], torch.tensor([-1, -0.5, 0, 0.5, 1]).expand(3, 5))
    torch.testing.assert_close(coordinates[0, 1], torch.tensor([-1.0, 0, 1])[:, None].expand(3, 5))


def test_appended_coordinates_follow_the_features() -> None:
    x = torch.randn(2, 7, 3, 5)
    y = AppendCoordinates()(x)
    assert y.shape == (2, 9, 3, 5)
    assert torch.equal(y[:, :7], x)
    assert torch.equal(y[1, 7:], coordinate_channels(x)[0])


def test_added_coordinates_equal_appending_them_before_a_convolution() -> None:
    torch.manual_seed(0)
    x, layer = torch.randn(2, 4, 3, 5), AddCoordinates(4)
    weight = torch.cat([torch.eye(4)[:, :, None, None], layer.projection.weight], dim=1)
    torch.testing.assert_close(layer(x), functional.conv2d(AppendCoordinates()(x), weight))


def test_separable_convolution_keeps_the_size_and_adds_its_input() -> None:
    torch.manual_seed(0)
    x = torch.randn(1, 4, 6, 5)
    block = SeparableConvolution(4, 4, kernel=5, residual=True).eval()
    plain = functional.conv2d(
        functional.conv2d(x, block.depthwise.weight, padding=2, groups=4), block.pointwise.weight
    )
    # A fresh BatchNorm in eval mode only divides by sqrt(1 + eps).
    torch.testing.assert_close(block(x), x + torch.relu(plain / (1 + 1e-5) ** 0.5))


def test_a_residual_needs_equal_channels() -> None:
    with pytest.raises(ValueError, match="equal channels, got 4 and 8"):
        SeparableConvolution(4, 8, residual=True)


def test_a_fresh_heatmap_says_a_tenth_everywhere() -> None:
    layer = heatmap_output(8, 3)
    assert layer.bias is not None
    torch.testing.assert_close(layer.bias.sigmoid(), torch.full((3,), 0.1), atol=1e-3, rtol=0)
    assert layer.bias[0].item() == pytest.approx(-2.19)
    assert layer.weight.abs().max().item() < 0.1


@pytest.mark.parametrize(("group_norm", "kind"), [(True, nn.GroupNorm), (False, nn.BatchNorm2d)])
def test_convolution_block_has_the_asked_normalisation(group_norm: bool, kind: type[nn.Module]) -> None:
    block = convolution_block(3, 32, group_norm=group_norm)
    assert [type(layer) for layer in block.children()] == [nn.Conv2d, kind, nn.ReLU]


def test_masks_of_a_fresh_wide_head_are_undecided() -> None:
    torch.manual_seed(0)
    output = kernel_output(384, 128)
    assert output.bias is not None and not output.bias.any()
    assert float(output.weight.detach().std()) == pytest.approx(0.01, rel=0.02)
    activations, feature = torch.randn(1, 384, 8, 8).relu(), torch.randn(128, 256).relu()
    logits = output(activations).flatten(2)[0].T @ feature  # of 64 kernels at 256 places
    assert 0.5 < float(logits.std()) < 1.5  # sqrt(384 / 2) * 0.01 * sqrt(128 / 2) = 1.1
