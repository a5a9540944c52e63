"""What a configuration costs: parameters and floating-point operations."""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch.utils.flop_counter import FlopCounterMode

from hrs_ros.network.config import ModelConfig
from hrs_ros.network.sms import SMS

ROOMS = ("backbone", "neck", "heads")


@dataclass(frozen=True, slots=True)
class Profile:
    """Counts of one model at one input size; a FLOP count is 2 x multiply-accumulates of the convolutions."""

    height: int
    width: int
    parameters: dict[str, int]  # by "backbone", "neck", "heads"
    flops: dict[str, int]  # by the same, for one image
    branch_flops: dict[str, int]  # of every direct child of the heads that has some

    @property
    def total_parameters(self) -> int:
        return sum(self.parameters.values())

    @property
    def total_flops(self) -> int:
        return sum(self.flops.values())


def profile(config: ModelConfig, *, height: int | None = None, width: int | None = None) -> Profile:
    """Count ``config`` at its own input size, or at ``height`` x ``width`` pixels (multiples of 32).

    Costs next to nothing: no weight is allocated.
    """
    height = config.input_height if height is None else height
    width = config.input_width if width is None else width
    with torch.device("meta"):
        model = SMS(config).eval()
        image = torch.empty(1, 3, height, width)
    counter = FlopCounterMode(display=False, depth=4)
    with torch.no_grad(), counter:
        model(image)
    by_module = {name: sum(counts.values()) for name, counts in counter.get_flop_counts().items()}

    def flops_of(name: str) -> int:
        """Of a module; of a list of modules, which is never called itself, those of its members."""
        inside = f"{name}."
        members = (n for n in by_module if n.startswith(inside) and "." not in n.removeprefix(inside))
        return by_module[name] if name in by_module else sum(by_module[member] for member in members)

    return Profile(
        height=height,
        width=width,
        parameters={
            room: sum(weight.numel() for weight in model.get_submodule(room).parameters()) for room in ROOMS
        },
        flops={room: by_module[f"SMS.{room}"] for room in ROOMS},
        branch_flops={
            name: flops
            for name, _ in model.heads.named_children()
            if (flops := flops_of(f"SMS.heads.{name}"))
        },
    )
