from typing import Any

import pytest
import torch
from torch import nn

from hrs_ros.network import backbone as module
from hrs_ros.network.backbone import TimmBackbone
from hrs_ros.network.normalise import MEAN, STD

pytestmark = pytest.mark.torch


@pytest.mark.parametrize(
    ("name", "channels"),
    [
        ("mobilenetv4_conv_small", (32, 64, 96, 960)),
        ("resnet50", (256, 512, 1024, 2048)),
        ("dla34", (64, 128, 256, 512)),
        ("tf_efficientnet_lite0", (24, 40, 112, 320)),
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


def test_downloaded_weights_are_made_to_expect_this_packages_colours(monkeypatch: pytest.MonkeyPatch) -> None:
    original = module.timm.create_model

    def offline(name: str, *, pretrained: bool, **options: Any) -> nn.Module:
        torch.manual_seed(2)
        return original(name, **options)

    monkeypatch.setattr(module.timm, "create_model", offline)
    for name, ratio in (("tf_efficientnet_lite0", (0.458, 0.448, 0.450)), ("resnet50", (1.0, 1.0, 1.0))):
        plain, translated = (TimmBackbone(name, pretrained=wanted) for wanted in (False, True))
        first, second = (next(backbone.parameters())[0, :, 0, 0] for backbone in (plain, translated))
        torch.testing.assert_close(second / first, torch.tensor(ratio))


def test_without_a_connection_pretrained_weights_are_refused_with_advice(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def offline(*_: object, **__: object) -> None:
        raise FileNotFoundError("no such file on the hub")  # what huggingface_hub raises

    monkeypatch.setattr(module.timm, "create_model", offline)
    with pytest.raises(ConnectionError, match=r"weights of dla34, got: no such file.*--backbone-weights"):
        TimmBackbone("dla34", pretrained=True)


@pytest.mark.parametrize(
    ("name", "frozen", "free"),
    [
        ("mobilenetv4_conv_small", "blocks.0.", "blocks.1."),
        ("resnet50", "layer1.", "layer2."),
        ("dla34", "level2.", "level3."),
        ("tf_efficientnet_lite0", "blocks.1.", "blocks.2."),
    ],
)
def test_frozen_is_everything_up_to_the_map(name: str, frozen: str, free: str) -> None:
    with torch.device("meta"):
        backbone = TimmBackbone(name)
    backbone.freeze(4)
    learns = [parameter.requires_grad for parameter in backbone.model.parameters()]
    names = [name for name, _ in backbone.model.named_parameters()]
    first = learns.index(True)
    assert all(learns[first:])
    assert names[first - 1].startswith(frozen) and names[first].startswith(free)


def test_a_frozen_layer_keeps_weights_and_statistics_while_others_learn() -> None:
    torch.manual_seed(0)
    backbone = TimmBackbone("tf_efficientnet_lite0")
    backbone.freeze(4)
    before = {name: value.clone() for name, value in backbone.model.state_dict().items()}
    backbone.train()
    optimizer = torch.optim.SGD([p for p in backbone.parameters() if p.requires_grad], lr=0.1)
    sum(level.square().mean() for level in backbone(torch.randn(2, 3, 64, 64))).backward()
    optimizer.step()
    changed = {
        name for name, value in backbone.model.state_dict().items() if not torch.equal(value, before[name])
    }
    assert {name.split(".")[1] for name in changed} == {"2", "3", "4", "5", "6"}
    assert any("running_mean" in name for name in changed)


def test_freezing_knows_four_strides() -> None:
    with torch.device("meta"):
        backbone = TimmBackbone("resnet50")
    with pytest.raises(ValueError, match=r"expected a stride of \(4, 8, 16, 32\).*got 2"):
        backbone.freeze(2)


def test_weights_that_expect_other_colours_see_what_they_saw() -> None:
    torch.manual_seed(1)
    name = "tf_efficientnet_lite0"  # (0.5, 0.5, 0.5), unlike this package
    backbone = TimmBackbone(name).eval()
    pixels = 255 * torch.rand(1, 3, 96, 96)
    with torch.no_grad():
        theirs = backbone((pixels - 127.5) / 127.5)[0]
        backbone.expect_colours()
        mean, std = (torch.tensor(values).view(3, 1, 1) for values in (MEAN, STD))
        ours = backbone((pixels - mean) / std)[0]
    assert theirs.std() > 0.01
    inside = (
        slice(None),
        slice(None),
        slice(6, -6),
        slice(6, -6),
    )  # padding with zeros is another colour now
    torch.testing.assert_close(ours[inside], theirs[inside], rtol=1e-3, atol=1e-4)
