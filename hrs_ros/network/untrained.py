"""Random weights whose maps vary as a trained network's do: for checks and timings without training."""

from __future__ import annotations

import numpy as np
import torch
from numpy.typing import NDArray
from torch import nn

from hrs_ros.network.config import ModelConfig
from hrs_ros.network.decode import SMSDeploy
from hrs_ros.network.sms import SMS

# Standard deviations about those of a trained network's maps; a fresh one's heatmaps say 0.1 everywhere,
# so that every decode of it is a matter of ties.
SPREAD = {
    "entity": 0.6,
    "relation": 0.6,
    "displacement": 10.0,
    "part": 2.0,
    "parsing": 2.0,
    "kernel": 1.0,
    "mask_feature": 1.0,
}


def untrained(config: ModelConfig, image: NDArray[np.uint8], *, seed: int = 0) -> SMS:
    """A member of the family in eval mode, its last layers scaled until its maps of ``image`` vary.

    ``image`` (H, W, 3) is RGB of any content: noise will do.
    """
    torch.manual_seed(seed)
    model = SMS(config).eval()
    with torch.no_grad():
        raw = SMSDeploy(model).raw(torch.from_numpy(image)[None])
        for name, spread in SPREAD.items():
            if not hasattr(model.heads, name):  # another mask head, or the plain heads' two displacements
                continue
            last = [m for m in getattr(model.heads, name).modules() if isinstance(m, nn.Conv2d)][-1]
            last.weight.mul_(spread / raw[name][0].std(dim=(1, 2)).mean())
        if isinstance(model.part_bias, nn.Parameter):
            model.part_bias.normal_()
    return model
