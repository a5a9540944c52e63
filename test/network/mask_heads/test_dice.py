import numpy as np
import pytest
import torch

from hrs_ros.network.mask_heads.dice import dice_loss

pytestmark = pytest.mark.torch


def test_by_hand() -> None:
    logits = torch.tensor([[0.0, 0.0, 0.0, 0.0], [50.0, -50.0, 50.0, -50.0]], dtype=torch.float64)
    masks = torch.tensor([[1.0, 1.0, 0.0, 0.0], [1.0, 0.0, 1.0, 0.0]], dtype=torch.float64)
    got = dice_loss(logits, masks)
    # row 0: pq = 1, p^2 = 1, q^2 = 2; row 1: perfect
    np.testing.assert_allclose(got, [1 - 2 / 3.002, 1 - 4 / 4.002], atol=1e-12)


def test_is_least_where_the_prediction_equals_a_soft_mask() -> None:
    soft = torch.tensor([[0.2, 0.7, 0.95, 0.5]], dtype=torch.float64)
    logits = torch.logit(soft).requires_grad_()
    loss = dice_loss(logits, soft)
    loss.sum().backward()
    assert float(loss.detach()) < 0.002 and float(logits.grad.abs().max()) < 1e-3
