"""What evaluation needs of the perception core: a function from image to scene, and what users see of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hrs_ros.inference.assemble import Thresholds
from hrs_ros.inference.predictor import Predictor
from hrs_ros.scene import Scene

Image = NDArray[np.uint8]  # (H, W, 3) RGB
Predict = Callable[[Image], Scene]  # -> scene in the same pixels
Watch = Callable[[str, Image, Scene], None]  # told the name, image and scene of every prediction


@dataclass(frozen=True, slots=True)
class Perceived:
    """One image, looked at once."""

    seen: Scene  # what users of the predictor see
    ranked: Scene  # with the faint things, too, that figures rank


Perceive = Callable[[Image], Perceived]


class Perceiver:
    """Perceives with a predictor, and remembers the network's milliseconds of every image.

    ``ranking``: the thresholds of what is ranked; the predictor's own decide what is seen.
    """

    def __init__(self, predictor: Predictor, *, ranking: Thresholds) -> None:
        self._predictor = predictor
        self._ranking = ranking
        self._milliseconds: list[float] = []

    def __call__(self, image: Image) -> Perceived:
        seen, ranked = self._look(image, self._predictor.thresholds, self._ranking)
        return Perceived(seen, ranked)

    def rank(self, image: Image) -> Scene:
        """What is ranked, alone."""
        (ranked,) = self._look(image, self._ranking)
        return ranked

    def _look(self, image: Image, *thresholds: Thresholds) -> list[Scene]:
        scenes = self._predictor.predict_at(image, *thresholds)
        self._milliseconds.append(self._predictor.timings.network)
        return scenes

    @property
    def median(self) -> float | None:
        """Milliseconds an image, network and decode alone; None before the first."""
        return float(np.median(self._milliseconds)) if self._milliseconds else None


def model_title(predictor: Predictor) -> str:
    """ "sms_lite, step 5321, 256 x 256" """
    facts, (height, width) = predictor.metadata, predictor.input_size
    return f"{facts.config.name}, step {facts.training_step}, {width} x {height}"
