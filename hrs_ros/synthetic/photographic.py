"""What a real camera adds to a rendered picture: blur, noise, white balance, exposure."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from hrs_ros.synthetic.rotation import Array


def degrade(rgb: NDArray[np.uint8], rng: np.random.Generator) -> NDArray[np.uint8]:
    """A degraded copy (H, W, 3)."""
    image: Array = rgb.astype(np.float32)
    if rng.random() < 0.35:
        image = np.asarray(cv2.GaussianBlur(image, (0, 0), rng.uniform(0.3, 1.2)), np.float32)
    if rng.random() < 0.5:
        image *= rng.uniform(0.88, 1.12, 3).astype(np.float32)
    image = 255 * np.clip(image / 255, 0, 1) ** rng.uniform(0.8, 1.25)
    grain = np.float32(rng.uniform(0, 6))
    image += grain * rng.standard_normal(image.shape, dtype=np.float32)
    return np.clip(image, 0, 255).astype(np.uint8)


def jpeg_quality(rng: np.random.Generator) -> int:
    return int(rng.integers(65, 96))
