import pytest
import torch

from hrs_ros.network.neck import FusedNeck, TopDownNeck

pytestmark = pytest.mark.torch

CHANNELS = (8, 12, 16, 24)


def _features(height: int, width: int) -> list[torch.Tensor]:
    return [torch.randn(2, c, height // s, width // s) for c, s in zip(CHANNELS, (4, 8, 16, 32), strict=True)]


NECKS = [
    FusedNeck(CHANNELS, width=16, outputs=8),
    FusedNeck(CHANNELS, width=16, outputs=8, multi_level=False),
    TopDownNeck(CHANNELS, outputs=8),
]


@pytest.mark.parametrize("neck", NECKS)
@pytest.mark.parametrize(("height", "width"), [(64, 64), (96, 160)])
def test_one_map_at_stride_four(neck: FusedNeck | TopDownNeck, height: int, width: int) -> None:
    assert neck.out_channels == 8
    assert neck(_features(height, width)).shape == (2, 8, height // 4, width // 4)


@pytest.mark.parametrize("neck", NECKS)
@pytest.mark.parametrize("level", range(4))
def test_every_level_reaches_the_output(neck: FusedNeck | TopDownNeck, level: int) -> None:
    torch.manual_seed(0)
    features = _features(64, 64)
    neck.eval()
    before = neck(features)
    features[level] = features[level] + 1
    assert not torch.allclose(neck(features), before)


def test_a_cell_sees_the_whole_coarsest_level() -> None:
    torch.manual_seed(0)
    neck = TopDownNeck(CHANNELS, outputs=32).eval()
    features = _features(64, 64)
    features[3].requires_grad_()
    neck(features)[0, :, 4, 4].sum().backward()
    assert features[3].grad is not None
    # Every cell of the 2 x 2 stride-32 map matters to one of the top left: left needs to know right.
    assert (features[3].grad[0].abs().sum(dim=0) > 0).all()
