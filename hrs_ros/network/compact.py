"""Weights in 8 bits a number, a quarter of their size: for checkpoints that travel."""

from __future__ import annotations

from collections.abc import Mapping

import torch
from torch import Tensor

SCALE = "/scale"  # joined to a tensor's name
LARGEST = 127


def compact(weights: Mapping[str, Tensor]) -> dict[str, Tensor]:
    """Matrices and kernels as int8 with a scale for every output channel; vectors and counters as they are.

    A weight moves by at most half a step, 1/254 of the largest of its channel. The scale (C,) float32 of
    ``name`` is stored as ``name/scale``. Raises ValueError for weights that are not finite.
    """
    tensors = {}
    for name, weight in weights.items():
        if weight.dim() < 2 or not weight.is_floating_point():
            tensors[name] = weight
            continue
        if not bool(weight.isfinite().all()):
            raise ValueError(f"{name}: expected finite weights, got some that are not; train again")
        rows = weight.float().flatten(1)
        scale = rows.abs().amax(1) / LARGEST
        steps = rows / scale.clamp_min(torch.finfo(torch.float32).tiny)[:, None]
        tensors[name] = steps.round().to(torch.int8).view(weight.shape)
        tensors[name + SCALE] = scale
    return tensors


def restore(tensors: Mapping[str, Tensor]) -> dict[str, Tensor]:
    """float32 weights of what ``compact`` gave; tensors without a scale are what they were."""
    weights = {}
    for name, tensor in tensors.items():
        scale = tensors.get(name + SCALE)
        if scale is not None:
            weights[name] = tensor.float() * scale.view(-1, *[1] * (tensor.dim() - 1))
        elif not name.endswith(SCALE):
            weights[name] = tensor
    return weights
