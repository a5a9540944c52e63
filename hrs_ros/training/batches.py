"""Reads, augments and encodes batches, in other processes where asked to."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import cv2
import numpy as np
import torch
from torch import Tensor
from torch.utils.data import DataLoader, Dataset, Sampler

from hrs_ros.data.sample import Sample
from hrs_ros.data.transforms import augment, letterbox
from hrs_ros.network.config import ModelConfig
from hrs_ros.network.normalise import MEAN, STD
from hrs_ros.network.targets import TargetBatch, Targets, collate_targets, encode_targets
from hrs_ros.training.plan import BatchDraws, DataPlan, Draw, Position
from hrs_ros.training.sources import SourceError, read_sample


@dataclass(frozen=True, slots=True, eq=False)
class Batch:
    """A batch on the CPU with its place in the plan."""

    image: Tensor  # (B, H, W, 3) uint8 RGB
    targets: TargetBatch
    drawn: BatchDraws

    def pin_memory(self) -> Batch:
        """The same batch in page-locked memory; PyTorch's DataLoader calls this by name."""
        return Batch(self.image.pin_memory(), self.targets.pin_memory(), self.drawn)


def make_sample(draw: Draw) -> Sample:
    """The labelled image of a draw at network size: the same for the same draw, in any process."""
    sample = read_sample(draw.source, draw.index)
    try:
        if draw.augmented:
            stream = np.random.default_rng([draw.seed, draw.epoch, draw.place])
            return augment(sample, draw.side, draw.side, stream, scale=draw.scale)
        return letterbox(sample, draw.side, draw.side)
    except Exception as error:
        raise SourceError(
            f"cannot prepare {sample.name} (image {draw.index} of {draw.source.root}): {error}"
        ) from error


def encode(sample: Sample, model: ModelConfig) -> Targets:
    """The targets that a model learns from; errors name the sample."""
    try:
        return encode_targets(
            sample, grid=model.kernel_grid, rays=model.mask_head == "polar", directed=model.directed_pairs
        )
    except Exception as error:
        raise SourceError(f"cannot encode the labels of {sample.name}: {error}") from error


def make_batch(drawn: BatchDraws, model: ModelConfig) -> Batch:
    """Read, prepare and encode the images of one batch."""
    samples = [make_sample(draw) for draw in drawn.draws]
    return Batch(
        image=torch.from_numpy(np.stack([sample.image for sample in samples])),
        targets=collate_targets([encode(sample, model) for sample in samples]),
        drawn=drawn,
    )


def normalise(image: Tensor) -> Tensor:
    """(B, H, W, 3) uint8 -> (B, 3, H, W) float32 in the backbone's units, channels last in memory."""
    mean, std = (torch.tensor(values, device=image.device) for values in (MEAN, STD))
    return ((image.float() - mean) / std).permute(0, 3, 1, 2)


def stream_batches(
    plan: DataPlan,
    *,
    start: Position,
    side: Callable[[float], int],
    model: ModelConfig,
    workers: int,
    pin_memory: bool = False,
) -> Iterator[Batch]:
    """Batches of ``plan`` from ``start`` on, without end; ``workers`` processes prepare them ahead."""
    loader = DataLoader(
        _Batches(model),
        sampler=_Draws(plan, start, side),
        batch_size=None,  # an element is a batch already
        num_workers=workers,
        prefetch_factor=2 if workers else None,
        worker_init_fn=_start_worker,
        # Its own, or starting a loader would shift the random numbers of the steps that follow.
        generator=torch.Generator(),
        pin_memory=pin_memory,
    )
    return iter(loader)


class _Draws(Sampler[BatchDraws]):
    """Draws a batch only when the loader asks for the next one, so that its size follows the clock."""

    def __init__(self, plan: DataPlan, start: Position, side: Callable[[float], int]) -> None:
        self._plan, self._start, self._side = plan, start, side

    def __iter__(self) -> Iterator[BatchDraws]:
        return self._plan.batches(self._start, self._side)


class _Batches(Dataset[Batch]):
    def __init__(self, model: ModelConfig) -> None:
        self._model = model

    def __getitem__(self, drawn: BatchDraws) -> Batch:
        return make_batch(drawn, self._model)


def _start_worker(_: int) -> None:
    cv2.setNumThreads(0)  # the cores belong to the network
