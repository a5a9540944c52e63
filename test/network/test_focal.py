import pytest
import torch
from torch import Tensor

from hrs_ros.network.focal import focal_loss

pytestmark = pytest.mark.torch


def plain(logits: Tensor, heatmap: Tensor, weight: Tensor, ignore: Tensor) -> Tensor:
    """Eq. 1 as it is written, differentiated by autograd."""
    p = logits.sigmoid().clamp(1e-4, 1 - 1e-4)
    positive = heatmap == 1
    counts = weight[:, :, None, None] * (1 - ignore[:, None])
    negatives = (1 - heatmap) ** 4 * p**2 * torch.log(1 - p) * counts
    terms = torch.where(positive, (1 - p) ** 2 * torch.log(p), negatives)
    return -terms.sum() / max(int(positive.sum()), 1)


def maps(*, positives: int = 3) -> tuple[Tensor, Tensor, Tensor, Tensor]:
    random = torch.Generator().manual_seed(5)
    logits = 3 * torch.randn(2, 4, 5, 6, generator=random, dtype=torch.float64)
    heatmap = torch.rand(2, 4, 5, 6, generator=random, dtype=torch.float64) ** 3
    heatmap.view(-1)[torch.randperm(240, generator=random)[:positives]] = 1
    weight = (torch.rand(2, 4, generator=random) < 0.7).double()
    ignore = (torch.rand(2, 5, 6, generator=random) < 0.2).double()
    return logits, heatmap, weight, ignore


@pytest.mark.parametrize("layout", [torch.contiguous_format, torch.channels_last])
@pytest.mark.parametrize("positives", [0, 1, 7])
def test_value_and_gradient_are_those_of_the_formula(layout: torch.memory_format, positives: int) -> None:
    logits, heatmap, weight, ignore = maps(positives=positives)
    expected_x = logits.clone().requires_grad_()
    expected = plain(expected_x, heatmap, weight, ignore)
    expected.backward()
    x = logits.to(memory_format=layout).requires_grad_()
    loss = focal_loss(x, heatmap, weight=weight, ignore=ignore)
    (5 * loss).backward()
    assert loss.item() == pytest.approx(expected.item(), rel=1e-9)
    assert x.grad is not None and expected_x.grad is not None
    torch.testing.assert_close(x.grad, 5 * expected_x.grad, rtol=1e-9, atol=1e-12)


def test_a_confident_mistake_can_be_unlearnt() -> None:
    heatmap = torch.tensor([0.0, 1.0]).view(1, 1, 1, 2)
    x = torch.tensor([30.0, -30.0]).view(1, 1, 1, 2).requires_grad_()
    focal_loss(x, heatmap, weight=torch.ones(1, 1), ignore=torch.zeros(1, 1, 2)).backward()
    assert x.grad is not None
    assert x.grad.flatten()[0] > 0.5  # down
    assert x.grad.flatten()[1] < -0.5  # up


def test_heatmaps_are_left_alone() -> None:
    logits, heatmap, weight, ignore = maps()
    before = [tensor.clone() for tensor in (logits, heatmap, weight, ignore)]
    focal_loss(logits.requires_grad_(), heatmap, weight=weight, ignore=ignore).backward()
    for tensor, copy in zip((logits, heatmap, weight, ignore), before, strict=True):
        assert torch.equal(tensor, copy)
