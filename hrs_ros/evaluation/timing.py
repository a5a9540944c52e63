"""Which model was measured, and how long its network took meanwhile."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from hrs_ros.inference.predictor import Predictor
from hrs_ros.scene import Scene


class NetworkTimer:
    """Predicts, and remembers the network's milliseconds of every image."""

    def __init__(self, predictor: Predictor) -> None:
        self._predictor = predictor
        self._milliseconds: list[float] = []

    def predict(self, image: NDArray[np.uint8]) -> Scene:
        """(H, W, 3) RGB uint8 -> scene."""
        scene = self._predictor.predict(image)
        self._milliseconds.append(self._predictor.timings.network)
        return scene

    @property
    def median(self) -> float | None:
        """Milliseconds an image, network and decode alone; None before the first."""
        return float(np.median(self._milliseconds)) if self._milliseconds else None


def model_title(predictor: Predictor) -> str:
    """ "sms_lite, step 5321, 256 x 256" """
    facts, (height, width) = predictor.metadata, predictor.input_size
    return f"{facts.config.name}, step {facts.training_step}, {width} x {height}"
