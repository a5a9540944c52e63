"""Several training processes as one: who this process is, and what all of them must agree upon."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import torch
import torch.distributed as dist
from torch import Tensor, nn
from torch.nn.parallel import DistributedDataParallel


@dataclass(frozen=True, slots=True)
class Group:
    """The processes of a run. A run of one needs no process group, and every method is then free."""

    device: torch.device
    rank: int = 0
    world: int = 1

    @property
    def leads(self) -> bool:
        """Whether this process logs, validates and saves."""
        return self.rank == 0

    def share_gradients(self, model: nn.Module) -> nn.Module:
        """``model`` as it must be called in training: backward() averages the gradients of all processes.

        Every process starts with the leader's weights. On GPUs BatchNorm takes its statistics over the whole
        batch; on CPUs, where PyTorch has no such layer, over each process's share of it.
        """
        if self.world == 1:
            return model
        if self.device.type == "cuda":
            model = nn.SyncBatchNorm.convert_sync_batchnorm(model)
            return DistributedDataParallel(model, device_ids=[self.device.index])
        return DistributedDataParallel(model)

    def leaders(self, *values: float) -> tuple[float, ...]:
        """The leader's numbers, in every process: clocks and signals differ, steps must not."""
        if self.world == 1:
            return values
        shared = torch.tensor(values, dtype=torch.float64, device=self.device)
        dist.broadcast(shared, src=0)
        return tuple(shared.tolist())

    def mean(self, values: Tensor) -> Tensor:
        """Mean over the processes of a tensor of equal shape, without a gradient."""
        if self.world == 1:
            return values
        total = values.detach().clone()
        dist.all_reduce(total)
        return total / self.world


@contextmanager
def process_group(device: str | None) -> Iterator[Group]:
    """The group that ``torchrun`` started this process in (RANK, LOCAL_RANK, WORLD_SIZE), or a group of one.

    ``device`` is "cpu", "cuda" or None for CUDA where there is one. Processes on GPUs take one each and talk
    through NCCL, those on CPUs through Gloo.
    """
    kind = device or ("cuda" if torch.cuda.is_available() else "cpu")
    world = int(os.environ.get("WORLD_SIZE", "1"))
    if world == 1:
        yield Group(torch.device(kind))
        return
    own = torch.device(kind)
    if own.type == "cuda":
        own = torch.device("cuda", int(os.environ["LOCAL_RANK"]))
        torch.cuda.set_device(own)
    dist.init_process_group("nccl" if own.type == "cuda" else "gloo")
    try:
        yield Group(own, rank=dist.get_rank(), world=world)
    finally:
        dist.destroy_process_group()
