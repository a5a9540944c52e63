"""Weights on disk: one safetensors file that knows its own configuration, vocabulary and training step."""

from __future__ import annotations

import dataclasses
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import torch
from safetensors import SafetensorError, safe_open
from safetensors.torch import save_file
from torch import Tensor

from hrs_ros import __version__
from hrs_ros.network.compact import compact as compact_weights
from hrs_ros.network.compact import restore
from hrs_ros.network.config import ModelConfig, config_from_dict
from hrs_ros.network.sms import SMS
from hrs_ros.vocabulary import Vocabulary, vocabulary

CHECKPOINT_VERSION = 1  # raised when the layout of file or metadata changes


class CheckpointError(ValueError):
    """A checkpoint that cannot be used: says what was expected, what came and what to do."""


@dataclass(frozen=True, slots=True, eq=False)
class Checkpoint:
    """Weights (CPU tensors) and the facts written beside them."""

    config: ModelConfig
    weights: dict[str, Tensor]
    step: int  # optimiser steps behind the weights
    hrs_version: str  # of the writer
    notes: dict[str, str]  # free facts of the writer, such as the data it was trained on


def save_checkpoint(
    path: Path,
    weights: Mapping[str, Tensor],
    *,
    config: ModelConfig,
    step: int,
    notes: Mapping[str, str] | None = None,
    compact: bool = False,
) -> None:
    """Write ``model.state_dict()``; the file appears whole or not at all.

    ``compact``: in 8 bits a number, see ``network.compact``; reading gives float32 back.
    """
    metadata = {
        "checkpoint_version": str(CHECKPOINT_VERSION),
        "hrs_version": __version__,
        "vocabulary_digest": vocabulary(config.vocabulary).digest,
        "config": json.dumps(dataclasses.asdict(config)),
        "step": str(step),
        "notes": json.dumps(dict(notes or {})),
    }
    # Clones: safetensors refuses tensors that share memory, which tied or sliced weights do.
    tensors = {name: tensor.detach().cpu().contiguous().clone() for name, tensor in weights.items()}
    tensors = compact_weights(tensors) if compact else tensors
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(path.name + ".part")
    save_file(tensors, part, metadata=metadata)
    part.replace(path)


def load_checkpoint(path: Path) -> Checkpoint:
    """Read and check a checkpoint; raises CheckpointError if it is missing, damaged or foreign."""
    if not path.is_file():
        raise CheckpointError(
            f"no checkpoint at {path}: expected a .safetensors file written by `hrs train`; check the path"
        )
    try:
        with safe_open(path, framework="pt", device="cpu") as file:
            metadata = file.metadata() or {}
            _check_version(path, metadata)
            config = config_from_dict(json.loads(metadata["config"]))
            _check_vocabulary(path, metadata, vocabulary(config.vocabulary))
            weights = restore({name: file.get_tensor(name) for name in file.keys()})  # noqa: SIM118 (not a dict)
        return Checkpoint(
            config=config,
            weights=weights,
            step=int(metadata["step"]),
            hrs_version=metadata["hrs_version"],
            notes=json.loads(metadata["notes"]),
        )
    except CheckpointError:
        raise
    except (SafetensorError, OSError, KeyError, ValueError, TypeError) as error:
        raise CheckpointError(
            f"{path}: expected a readable safetensors checkpoint, got a damaged file ({error}); "
            "copy or train it again"
        ) from error


def load_model(path: Path) -> tuple[SMS, Checkpoint]:
    """The network of a checkpoint in eval mode on the CPU, with the checkpoint it came from."""
    checkpoint = load_checkpoint(path)
    model = SMS(checkpoint.config)
    expected, found = set(model.state_dict()), set(checkpoint.weights)
    if expected != found:
        raise CheckpointError(
            f"{path}: expected the {len(expected)} tensors of {checkpoint.config.name}, missing "
            f"{_few(expected - found)}, unknown {_few(found - expected)}; "
            f"it was written by hrs_ros {checkpoint.hrs_version}, this is {__version__}"
        )
    try:
        model.load_state_dict(checkpoint.weights)
    except RuntimeError as error:  # a tensor of another shape
        raise CheckpointError(f"{path}: {error}; its configuration is not the weights'") from error
    return model.eval(), checkpoint


def weights_digest(weights: Mapping[str, Tensor]) -> str:
    """sha256 (hex) over names, shapes, dtypes and values in name order: tells which weights a graph holds."""
    digest = hashlib.sha256()
    for name, tensor in sorted(weights.items()):
        flat = tensor.detach().cpu().contiguous().reshape(-1)
        digest.update(f"{name}|{tuple(tensor.shape)}|{tensor.dtype}\n".encode())
        digest.update(flat.view(torch.uint8).numpy().tobytes())
    return digest.hexdigest()


def _check_version(path: Path, metadata: Mapping[str, str]) -> None:
    if "checkpoint_version" not in metadata:
        raise CheckpointError(
            f"{path} is not an HRS checkpoint: expected HRS metadata, got keys {sorted(metadata)}; "
            "use a file written by `hrs train`"
        )
    version = metadata["checkpoint_version"]
    if version != str(CHECKPOINT_VERSION):
        raise CheckpointError(
            f"{path}: expected checkpoint version {CHECKPOINT_VERSION} (hrs_ros {__version__}), "
            f"got {version} (written by hrs_ros {metadata.get('hrs_version', 'unknown')}); "
            "use the version that wrote it"
        )


def _check_vocabulary(path: Path, metadata: Mapping[str, str], words: Vocabulary) -> None:
    digest = metadata.get("vocabulary_digest", "")
    if digest != words.digest:
        raise CheckpointError(
            f"{path}: expected weights of vocabulary {words.digest[:12]} ({words.version}), "
            f"got {digest[:12]}; class ids would be mixed up. Use the hrs_ros version that wrote it"
        )


def _few(names: set[str]) -> str:
    shown = ", ".join(sorted(names)[:3])
    return f"{len(names)} ({shown}{', ...' if len(names) > 3 else ''})" if names else "none"
