"""Mean of several checkpoints' weights: a model soup (Wortsman et al., ICML 2022)."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence

import torch
from torch import Tensor

from hrs_ros.network.checkpoint import Checkpoint

_FREE_FIELDS = ("input_height", "input_width")  # the same weights serve every size


def mean_weights(checkpoints: Sequence[Checkpoint], shares: Sequence[float]) -> dict[str, Tensor]:
    """Weighted mean of the weights, statistics of BatchNorm included; integers are those of the first.

    For runs that went on from one another: networks that were trained apart have no useful mean. ``shares``
    are positive and are divided by their sum. Raises ValueError for checkpoints of different designs.
    """
    if not checkpoints or len(checkpoints) != len(shares):
        raise ValueError(f"expected a share for each checkpoint, got {len(checkpoints)} and {len(shares)}")
    if min(shares) <= 0:
        raise ValueError(f"expected shares above 0, got {list(shares)}")
    first = checkpoints[0]
    for other in checkpoints[1:]:
        _check_design(first, other)
    parts = torch.tensor(shares, dtype=torch.float64)
    parts /= parts.sum()

    def mean(name: str, tensor: Tensor) -> Tensor:
        if not tensor.is_floating_point():
            return tensor
        stack = torch.stack([checkpoint.weights[name].double() for checkpoint in checkpoints])
        return torch.tensordot(parts, stack, dims=1).to(tensor.dtype)

    return {name: mean(name, tensor) for name, tensor in first.weights.items()}


def _check_design(first: Checkpoint, other: Checkpoint) -> None:
    designs = [dataclasses.asdict(checkpoint.config) for checkpoint in (first, other)]
    different = [
        f"{name} {designs[0][name]!r} and {designs[1][name]!r}"
        for name in designs[0]
        if name not in _FREE_FIELDS and designs[0][name] != designs[1][name]
    ]
    if different:
        raise ValueError(f"expected checkpoints of one design, got {'; '.join(different)}")
    shapes = [{name: tensor.shape for name, tensor in one.weights.items()} for one in (first, other)]
    if shapes[0] != shapes[1]:
        names = sorted(name for name in shapes[0] | shapes[1] if shapes[0].get(name) != shapes[1].get(name))
        raise ValueError(f"expected checkpoints with the same tensors, they differ in {', '.join(names[:3])}")
