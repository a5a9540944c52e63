"""Begin a run with the weights of a checkpoint whose configuration may differ a little."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import torch
from torch import Tensor

from hrs_ros.network.checkpoint import Checkpoint, CheckpointError
from hrs_ros.network.config import ModelConfig
from hrs_ros.network.sms import SMS

OF_THE_BACKBONE = ("backbone.", "neck.lateral.")  # the layers that read its maps go with it
QUIET = -6.0  # logit of a relation channel that has learned nothing: it must not outshout those that have


def starting_weights(checkpoint: Checkpoint, model: SMS) -> dict[str, Tensor]:
    """The checkpoint's weights as the model takes them.

    Input size and K's are free. ``directed_pairs`` may be switched on: the channels of the second order
    start quiet (relations) or as copies (parts); what the first ones know stays. With another backbone, the
    model keeps its own and the layers that read its maps; all others start with the checkpoint's. Raises
    CheckpointError when a tensor of another shape or name remains.
    """
    config, own = model.config, model.state_dict()
    weights = dict(checkpoint.weights)
    if config.directed_pairs and not checkpoint.config.directed_pairs:
        weights = _with_second_order(checkpoint.config, weights)
    if config.backbone != checkpoint.config.backbone:
        weights = {name: value for name, value in weights.items() if not name.startswith(OF_THE_BACKBONE)}
        weights |= {name: value for name, value in own.items() if name.startswith(OF_THE_BACKBONE)}
    expected = {name: tuple(value.shape) for name, value in own.items()}
    found = {name: tuple(value.shape) for name, value in weights.items()}
    different = sorted(
        name for name in expected.keys() | found.keys() if expected.get(name) != found.get(name)
    )
    if different:
        name = different[0]
        raise CheckpointError(
            f"cannot start {config.name} from a checkpoint of {checkpoint.config.name}: {len(different)} "
            f"tensors differ, first {name!r}: expected shape {expected.get(name)}, got {found.get(name)}; "
            "start from a checkpoint of the same model, with the same --set fields"
        )
    return weights


def _with_second_order(config: ModelConfig, weights: Mapping[str, Tensor]) -> dict[str, Tensor]:
    """Double the rows of every tensor that grows with the number of orders."""
    with torch.device("meta"):
        single = SMS(config).state_dict()
        double = SMS(replace(config, directed_pairs=True)).state_dict()
    result = dict(weights)
    for name, value in weights.items():
        if name not in single or single[name].shape == double[name].shape:
            continue
        second = value
        if "relation" in name.split("."):
            second = torch.zeros_like(value) if value.dim() > 1 else torch.full_like(value, QUIET)
        result[name] = torch.cat([value, second])
    return result
