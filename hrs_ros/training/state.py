"""The whole state of a run in one safetensors file: to continue from it is never to have stopped."""

from __future__ import annotations

import dataclasses
import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import torch
from safetensors import SafetensorError, safe_open
from safetensors.torch import save_file
from torch import Tensor, nn
from torch.optim import Optimizer

from hrs_ros.network.config import ModelConfig
from hrs_ros.training.average import WeightAverage
from hrs_ros.training.plan import DataPlan, Position
from hrs_ros.training.sources import Source

STATE_VERSION = 1


class StateError(ValueError):
    """A run that cannot be resumed; says what was expected, what came and what to do."""


@dataclass(slots=True)
class Progress:
    """Where a run is."""

    step: int = 0  # optimiser steps done
    seconds: float = 0.0  # wall clock spent training
    epochs: float = 0.0  # with their fraction
    position: Position = field(default_factory=Position)  # of the next batch
    best: float | None = None  # best validation score so far


def save_state(
    path: Path,
    *,
    model: nn.Module,
    average: WeightAverage,
    optimizer: Optimizer,
    plan: DataPlan,
    progress: Progress,
    config: ModelConfig,
) -> None:
    """Write everything that decides the following steps; the file appears whole or not at all."""
    tensors = {f"model/{name}": tensor for name, tensor in model.state_dict().items()}
    tensors |= {f"average/{name}": tensor for name, tensor in average.state.items()}
    for name, values in _optimizer_rows(model, optimizer):
        tensors |= {f"optimizer/{name}/{key}": value for key, value in values.items()}
    tensors["random/cpu"] = torch.get_rng_state()
    for i, generator in enumerate(torch.cuda.get_rng_state_all() if torch.cuda.is_available() else ()):
        tensors[f"random/cuda{i}"] = generator
    sources = plan.sources_of.get(progress.position.epoch, [])
    metadata = {
        "state_version": str(STATE_VERSION),
        "model": json.dumps(dataclasses.asdict(config)),
        "progress": json.dumps(dataclasses.asdict(progress)),
        "average_updates": str(average.updates),
        "seed": str(plan.seed),
        "sources": json.dumps([[source.kind, source.root, source.split, n] for source, n in sources]),
    }
    part = path.with_name(path.name + ".part")
    # Clones: safetensors refuses tensors that share memory.
    save_file({name: t.detach().cpu().contiguous().clone() for name, t in tensors.items()}, part, metadata)
    part.replace(path)


def load_state(
    path: Path,
    *,
    model: nn.Module,
    average: WeightAverage,
    optimizer: Optimizer,
    plan: DataPlan,
    config: ModelConfig,
) -> Progress:
    """Put a saved state into the parts of a run that were built with the same configuration."""
    if not path.is_file():
        raise StateError(f"nothing to resume: no {path}; start the run without --resume")
    try:
        with safe_open(path, framework="pt", device="cpu") as file:
            metadata = file.metadata() or {}
            tensors = {name: file.get_tensor(name) for name in file.keys()}  # noqa: SIM118 (not a dict)
    except (SafetensorError, OSError) as error:
        raise StateError(f"{path} is damaged ({error}); start a new run from last.safetensors") from error
    if metadata.get("state_version") != str(STATE_VERSION):
        raise StateError(
            f"{path}: expected a training state of version {STATE_VERSION}, "
            f"got {metadata.get('state_version')}; start a new run from last.safetensors"
        )
    _expect_same(path, "model", json.loads(metadata["model"]), dataclasses.asdict(config))
    _expect_same(path, "seed", int(metadata["seed"]), plan.seed)

    model.load_state_dict(_group(tensors, "model"))
    average.load(_group(tensors, "average"), updates=int(metadata["average_updates"]))
    _load_optimizer(model, optimizer, _group(tensors, "optimizer"))
    torch.set_rng_state(tensors["random/cpu"])
    generators = [tensors[name] for name in sorted(tensors) if name.startswith("random/cuda")]
    if generators and torch.cuda.is_available():
        torch.cuda.set_rng_state_all(generators)

    values: dict[str, Any] = json.loads(metadata["progress"])
    progress = Progress(**(values | {"position": Position(**values["position"])}))
    sources = [(Source(kind, root, split), n) for kind, root, split, n in json.loads(metadata["sources"])]
    if sources:
        plan.sources_of[progress.position.epoch] = sources
    return progress


def _optimizer_rows(model: nn.Module, optimizer: Optimizer) -> list[tuple[str, dict[str, Tensor]]]:
    """(parameter name, its tensors in the optimiser) for parameters that have been stepped."""
    return [
        (name, dict(optimizer.state[parameter]))
        for name, parameter in model.named_parameters()
        if parameter in optimizer.state
    ]


def _load_optimizer(model: nn.Module, optimizer: Optimizer, tensors: dict[str, Tensor]) -> None:
    for name, parameter in model.named_parameters():
        rows = {
            key.rpartition("/")[2]: value for key, value in tensors.items() if key.rpartition("/")[0] == name
        }
        if rows:
            # The memory layout follows the parameter's: the fused kernels need the same strides.
            optimizer.state[parameter] = {
                key: value.to(parameter.device)
                if value.dim() == 0
                else torch.empty_like(parameter).copy_(value)
                for key, value in rows.items()
            }


def _group(tensors: dict[str, Tensor], group: str) -> dict[str, Tensor]:
    prefix = f"{group}/"
    return {name.removeprefix(prefix): t for name, t in tensors.items() if name.startswith(prefix)}


def _expect_same(path: Path, what: str, saved: object, given: object) -> None:
    if saved != given:
        raise StateError(
            f"{path}: expected the {what} of the run, {saved}, got {given}; resume with the same"
        )
