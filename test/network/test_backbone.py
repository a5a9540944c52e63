import pytest
import torch

from hrs_ros.network.backbone import TimmBackbone

pytestmark = pytest.mark.torch


@pytest.mark.parametrize(
    ("name", "channels"),
    [("mobilenetv4_conv_small", (32, 64, 96, 960)), ("resnet50", (256, 512, 1024, 2048))],
)
def test_maps_have_the_declared_channels_and_strides(name: str, channels: tuple[int, ...]) -> None:
    with torch.device("meta"):
        backbone = TimmBackbone(name)
        maps = backbone(torch.empty(2, 3, 64, 96))
    assert backbone.channels == channels
    assert backbone.strides == (4, 8, 16, 32)
    assert [tuple(level.shape) for level in maps] == [
        (2, c, 64 // s, 96 // s) for c, s in zip(channels, backbone.strides, strict=True)
    ]


def test_an_unknown_name_is_refused() -> None:
    with pytest.raises(ValueError, match="unknown backbone 'resnet5'"):
        TimmBackbone("resnet5")


def test_a_model_without_the_four_strides_is_refused() -> None:
    with pytest.raises(ValueError, match="expected \\(4, 8, 16, 32\\)"), torch.device("meta"):
        TimmBackbone("vit_tiny_patch16_224")
