import pytest
import torch

from hrs_ros.network import backbone as module
from hrs_ros.network.backbone import TimmBackbone
from hrs_ros.network.config import config_names, load_config
from hrs_ros.network.normalise import MEAN, STD

pytestmark = pytest.mark.torch


@pytest.mark.parametrize(
    ("name", "channels"),
    [
        ("mobilenetv4_conv_small", (32, 64, 96, 960)),
        ("resnet50", (256, 512, 1024, 2048)),
        ("dla34", (64, 128, 256, 512)),
    ],
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


@pytest.mark.parametrize("name", sorted({load_config(name).backbone for name in config_names()}))
def test_timms_weights_expect_the_normalisation_of_this_package(name: str) -> None:
    facts = module.timm.get_pretrained_cfg(name)
    assert [255 * value for value in facts.mean] == pytest.approx(MEAN)
    assert [255 * value for value in facts.std] == pytest.approx(STD)


def test_without_a_connection_pretrained_weights_are_refused_with_advice(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def offline(*_: object, **__: object) -> None:
        raise FileNotFoundError("no such file on the hub")  # what huggingface_hub raises

    monkeypatch.setattr(module.timm, "create_model", offline)
    with pytest.raises(ConnectionError, match=r"weights of dla34, got: no such file.*without --pretrained"):
        TimmBackbone("dla34", pretrained=True)
