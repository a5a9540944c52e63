import pytest
import torch

from hrs_ros.network.heads import LightHeads, PlainHeads
from hrs_ros.vocabulary import vocabulary

pytestmark = pytest.mark.torch

KINDS = [PlainHeads, LightHeads]
PIC = vocabulary()


@pytest.mark.parametrize("kind", KINDS)
def test_shapes_of_the_raw_maps(kind: type[PlainHeads | LightHeads]) -> None:
    heads = kind(32, words=PIC, width=32, mask_channels=64, kernel_grid=10)
    raw = heads(torch.randn(2, 32, 16, 24))
    assert {name: tuple(value.shape) for name, value in raw.items()} == {
        "entity": (2, 141, 16, 24),
        "relation": (2, 23, 16, 24),
        "displacement": (2, 4, 16, 24),
        "part": (2, 25, 16, 24),
        "parsing": (2, 26, 16, 24),
        "kernel": (2, 64, 10, 10),
        "mask_feature": (2, 64, 16, 24),
    }


@pytest.mark.parametrize("kind", KINDS)
def test_heatmaps_have_a_channel_for_each_name_of_the_vocabulary(
    kind: type[PlainHeads | LightHeads],
) -> None:
    heads = kind(32, words=vocabulary("vcoco"), width=32, mask_channels=64, kernel_grid=10)
    raw = heads(torch.randn(1, 32, 16, 16))
    channels = {name: value.shape[1] for name, value in raw.items()}
    assert (channels["entity"], channels["relation"], channels["parsing"]) == (80, 24, 26)


@pytest.mark.parametrize("kind", KINDS)
def test_fresh_heatmaps_are_quiet(kind: type[PlainHeads | LightHeads]) -> None:
    heads = kind(32, words=PIC, width=32, mask_channels=32, kernel_grid=10)
    for name in ("entity", "relation"):
        biases = [
            weight
            for path, weight in heads.named_parameters()
            if path.startswith(name) and path.endswith("bias") and weight.numel() in (141, 23)
        ]
        assert len(biases) == 1
        torch.testing.assert_close(biases[0].detach(), torch.full_like(biases[0], -2.19))


@pytest.mark.parametrize("kind", KINDS)
def test_kernels_and_displacements_take_both_signs(kind: type[PlainHeads | LightHeads]) -> None:
    torch.manual_seed(0)
    raw = kind(32, words=PIC, width=32, mask_channels=32, kernel_grid=10)(torch.randn(2, 32, 16, 16))
    for name in ("kernel", "displacement"):
        assert float(raw[name].min()) < 0 < float(raw[name].max())


def test_the_papers_mask_feature_ends_in_a_relu() -> None:
    torch.manual_seed(0)
    raw = PlainHeads(32, words=PIC, width=32, mask_channels=32, kernel_grid=10)(torch.randn(2, 32, 16, 16))
    assert float(raw["mask_feature"].min()) == 0
