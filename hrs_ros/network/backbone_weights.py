"""A backbone's weights, learned on ImageNet, from a file: for machines that cannot reach timm's hub."""

from __future__ import annotations

import pickle
from collections.abc import Mapping
from pathlib import Path

import torch
from safetensors import SafetensorError
from safetensors.torch import load_file
from torch import Tensor

from hrs_ros.network.backbone import TimmBackbone
from hrs_ros.network.checkpoint import CheckpointError

COUNTER = "num_batches_tracked"  # of a BatchNorm; nothing depends on it


def load_backbone_weights(backbone: TimmBackbone, path: Path) -> None:
    """Fill the backbone from a classifier's weights: .safetensors, or PyTorch's own format (tensors only).

    Tensors are found by timm's names, or, where the file has others, by their order: the same network by
    another hand lists the same shapes in the same order. What follows the last map, the classifier, is left
    out. Raises CheckpointError.
    """
    weights = {name: value for name, value in _read(path).items() if not name.endswith(COUNTER)}
    wanted = {
        name: value for name, value in backbone.model.state_dict().items() if not name.endswith(COUNTER)
    }
    sources = dict(zip(wanted, wanted if wanted.keys() <= weights.keys() else weights, strict=False))
    for name, value in wanted.items():
        source = sources.get(name, "")
        if _role(source) != _role(name) or weights[source].shape != value.shape:
            found = f"{source!r}, {tuple(weights[source].shape)}" if source else "no tensor"
            raise CheckpointError(
                f"{path}: expected the weights of {backbone.name}, where {name!r} has shape "
                f"{tuple(value.shape)}, got {found}; use a file of the same network"
            )
    chosen = {name: weights[source] for name, source in sources.items()}
    backbone.model.load_state_dict(chosen, strict=False)  # without the counters
    backbone.expect_colours()


def _read(path: Path) -> Mapping[str, Tensor]:
    if not path.is_file():
        raise CheckpointError(f"no weights at {path}: expected a .safetensors or .pth file; check the path")
    try:
        if path.suffix == ".safetensors":
            return load_file(path)
        content = torch.load(path, map_location="cpu", weights_only=True)
    except (SafetensorError, OSError, RuntimeError, pickle.UnpicklingError) as error:
        raise CheckpointError(f"{path}: expected readable weights, got: {error}") from error
    if not isinstance(content, Mapping) or not all(isinstance(value, Tensor) for value in content.values()):
        raise CheckpointError(f"{path}: expected tensors by name, got {type(content).__name__}")
    return content


def _role(name: str) -> str:
    """What a tensor is to its layer: weight, bias, running_mean or running_var."""
    return name.rpartition(".")[2]
