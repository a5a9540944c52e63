import itertools

import numpy as np
import pytest
import torch

from hrs_ros.network.lovasz import lovasz_gradient, lovasz_softmax

pytestmark = pytest.mark.torch


def jaccard_loss(predicted: np.ndarray, truth: np.ndarray) -> float:
    union = np.count_nonzero(predicted | truth)
    return 1 - np.count_nonzero(predicted & truth) / union


def lovasz_extension(errors: np.ndarray, foreground: np.ndarray) -> float:
    """By the definition: sum over i of e_i (Delta({pi_1..pi_i}) - Delta({pi_1..pi_i-1})) on mistake sets."""
    order = np.argsort(-errors)
    total, before = 0.0, 0.0
    mistakes = np.zeros(len(errors), bool)
    for i in order:
        mistakes[i] = True
        value = jaccard_loss(foreground ^ mistakes, foreground)
        total += errors[i] * (value - before)
        before = value
    return total


def test_gradient_by_hand() -> None:
    # Foreground at ranks 0 and 2 of 4. Jaccard losses of growing mistake sets: 1/2, 2/3, 1, 1.
    slopes = lovasz_gradient(torch.tensor([1.0, 0.0, 1.0, 0.0], dtype=torch.float64))
    np.testing.assert_allclose(slopes, [1 / 2, 1 / 6, 1 / 3, 0], atol=1e-12)


def test_equals_the_definition() -> None:
    rng = np.random.default_rng(0)
    for _ in range(20):
        probabilities = rng.dirichlet(np.ones(5), 30).T
        labels = rng.choice([0, 2, 3], 30)  # classes 1 and 4 do not occur
        expected = np.mean(
            [
                lovasz_extension(np.abs((labels == c) - probabilities[c]), labels == c)
                for c in np.unique(labels)
            ]
        )
        got = lovasz_softmax(torch.from_numpy(probabilities), torch.from_numpy(labels))
        assert float(got) == pytest.approx(expected, abs=1e-12)


def test_hard_predictions_give_the_jaccard_loss() -> None:
    labels = np.array([0, 0, 1, 1, 1, 0])
    for predicted in itertools.product([0, 1], repeat=6):
        hard = np.stack([np.array(predicted) == c for c in (0, 1)]).astype(float)
        expected = np.mean([jaccard_loss(np.array(predicted) == c, labels == c) for c in (0, 1)])
        got = lovasz_softmax(torch.from_numpy(hard), torch.from_numpy(labels))
        assert float(got) == pytest.approx(expected, abs=1e-12)


def test_gradcheck() -> None:
    torch.manual_seed(0)
    logits = torch.randn(4, 12, dtype=torch.float64, requires_grad=True)
    labels = torch.tensor([0, 1, 3] * 4)
    assert torch.autograd.gradcheck(lambda x: lovasz_softmax(x.softmax(0), labels), logits)
