"""Exponential moving average of weights: the model that is validated and shipped."""

from __future__ import annotations

from collections.abc import Mapping

import torch
from torch import Tensor, nn


class WeightAverage:
    """Average of a module's state, buffers of BatchNorm included; integer buffers are copied.

    The decay grows as (1 + n) / (10 + n) up to its final value, so a short run is not held back by its first,
    random weights.
    """

    def __init__(self, model: nn.Module, *, decay: float = 0.998) -> None:
        if not 0 <= decay < 1:
            raise ValueError(f"decay of the weight average must be in [0, 1), got {decay}")
        self.decay = decay
        self.updates = 0
        self.state: dict[str, Tensor] = {
            name: tensor.detach().clone() for name, tensor in model.state_dict().items()
        }

    @torch.no_grad()
    def update(self, model: nn.Module) -> None:
        """Move the average towards the current weights; call once after every optimiser step."""
        decay = min(self.decay, (1 + self.updates) / (10 + self.updates))
        self.updates += 1
        current = model.state_dict()
        floating = [name for name, tensor in self.state.items() if tensor.is_floating_point()]
        torch._foreach_lerp_(
            [self.state[name] for name in floating], [current[name] for name in floating], 1 - decay
        )
        for name in self.state.keys() - floating:
            self.state[name].copy_(current[name])

    def load(self, state: Mapping[str, Tensor], *, updates: int) -> None:
        """Continue from saved values."""
        for name, tensor in self.state.items():
            tensor.copy_(state[name])
        self.updates = updates
