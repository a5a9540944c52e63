"""Everything that decides a training run."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from hrs_ros.data.transforms import SCALE
from hrs_ros.network.losses import LOSS_WEIGHTS
from hrs_ros.training.schedule import Budget, LearningRate, SizeSchedule
from hrs_ros.vocabulary import VocabularyName


@dataclass(frozen=True, slots=True, kw_only=True)
class TrainConfig:
    """See ``hrs train --help`` for the command-line twin of each field."""

    model: str  # name of a model configuration, "sms_lite"
    out: Path  # folder of the run
    budget: Budget
    rate: LearningRate
    sizes: SizeSchedule
    vocabulary: VocabularyName = "pic"  # of the data, and so of the model
    # Fields of the model's configuration that this run changes: {"mask_head": "polar"}.
    model_fields: Mapping[str, Any] = field(default_factory=dict)
    data: tuple[str, ...] = ()  # ROOT[:split], ROOT may be a pattern
    photos: Path | None = None  # folder with annotations.json
    photo_ratio: float = 0.25  # of the images of an epoch
    scale: tuple[float, float] = SCALE  # range of the augmentation's zoom; wider shows things close up
    require: tuple[str, ...] = ()  # names of relations: only scenes that list one of them; () = all scenes
    validation: tuple[str, ...] = ()  # ROOT[:split]
    validation_images: int = 60
    validate_every: int = 500  # steps; also how often the state is saved
    log_every: int = 20  # steps
    batch: int = 16
    weight_decay: float = 0.0  # on matrices and kernels, not on biases and normalisation
    clip: float = 35.0  # largest norm of the gradient
    average_decay: float = 0.998
    # Of the displacement loss (P: 1). It counts cells: large early on and, at 1, most of the gradient
    # of the shared layers: a short run learns what and where faster with less of it.
    displacement_weight: float = 1.0
    lovasz_pixels: int | None = 25_000  # see sms_loss
    workers: int = 1
    threads: int | None = None  # of PyTorch on the CPU; None: its default
    seed: int = 0
    overfit: int | None = None  # learn this many images by heart, without augmentation
    resume: bool = False
    start_from: Path | None = None  # a checkpoint whose weights a new run starts with
    pretrained: bool = False  # timm's weights for the backbone
    backbone_weights: Path | None = None  # a file with them instead
    freeze: int | None = None  # stride up to which the backbone is left as it is; None: all of it learns
    device: str | None = None  # None: CUDA where there is one, else the CPU

    def __post_init__(self) -> None:
        for name in ("batch", "validate_every", "log_every", "clip"):
            if getattr(self, name) <= 0:
                raise ValueError(f"{name} must be positive, got {getattr(self, name)}")
        if not 0 < self.scale[0] <= self.scale[1]:
            raise ValueError(f"scale must be two positive numbers that ascend, got {self.scale}")
        if self.photos is not None and self.vocabulary != "pic":
            raise ValueError(
                f"photos of people are labelled in PIC's vocabulary, the model learns {self.vocabulary!r}; "
                "leave the photos out"
            )
        if self.overfit is not None and self.overfit < 1:
            raise ValueError(f"overfit needs at least one image, got {self.overfit}")
        if self.workers < 0:
            raise ValueError(f"workers must be 0 or more, got {self.workers}")

    @property
    def loss_weights(self) -> dict[str, float]:
        """The paper's weights with the one this run changes."""
        return {**LOSS_WEIGHTS, "displacement": self.displacement_weight}

    def summary(self) -> str:
        """The configuration as JSON text, for logs and checkpoints."""
        return json.dumps(dataclasses.asdict(self), default=str)
