"""Random changes of colour and picture quality; labels do not move."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

# Principal components of ImageNet's RGB values in [0, 1], as used with AlexNet and ResNet.
_EIGENVALUES = np.array([0.2175, 0.0188, 0.0045])
_EIGENVECTORS = np.array([[-0.5675, 0.7192, 0.4009], [-0.5808, -0.0045, -0.8140], [-0.5836, -0.6948, 0.4203]])
_GREY = np.array([0.299, 0.587, 0.114])  # luma weights of RGB (ITU-R BT.601)


def jitter(
    image: NDArray[np.uint8], rng: np.random.Generator, *, colour: float, lighting: float
) -> NDArray[np.uint8]:
    """Brightness, contrast and saturation by factors within 1 +- ``colour``, and PCA lighting noise.

    ``image`` (H, W, 3) RGB uint8; returns a new one. ``lighting`` is the standard deviation along the
    principal components. All four are affine in the colour, so they are one pass over the image.
    """
    brightness, contrast, saturation = rng.uniform(1 - colour, 1 + colour, 3)
    matrix = brightness * np.eye(3)
    offset = np.zeros(3)
    grey_mean = brightness * float(np.asarray(cv2.mean(image)[:3]) @ _GREY)
    matrix, offset = contrast * matrix, offset + (1 - contrast) * grey_mean
    desaturate = saturation * np.eye(3) + (1 - saturation) * np.outer(np.ones(3), _GREY)
    matrix, offset = desaturate @ matrix, desaturate @ offset
    offset += 255 * _EIGENVECTORS @ (rng.normal(0, lighting, 3) * _EIGENVALUES)
    return np.asarray(cv2.transform(image, np.column_stack([matrix, offset])), np.uint8)


def degrade(image: NDArray[np.uint8], rng: np.random.Generator, *, probability: float) -> NDArray[np.uint8]:
    """What cameras and codecs do: gamma, blur, sensor noise and JPEG, each with ``probability``.

    ``image`` (H, W, 3) RGB uint8; returns a new image or the same one.
    """
    chosen = rng.random(4) < probability
    if chosen[0]:
        gamma = np.exp(rng.uniform(-0.4, 0.4))
        image = np.asarray(cv2.LUT(image, _gamma_table(gamma)), np.uint8)
    if chosen[1]:
        image = np.asarray(cv2.GaussianBlur(image, (0, 0), rng.uniform(0.3, 1.2)), np.uint8)
    if chosen[2]:
        noise = rng.standard_normal(image.shape, np.float32) * np.float32(rng.uniform(1, 8))
        image = np.clip(image + noise + 0.5, 0, 255).astype(np.uint8)
    if chosen[3]:
        quality = int(rng.integers(30, 95))
        _, code = cv2.imencode(".jpg", image, [cv2.IMWRITE_JPEG_QUALITY, quality])
        image = np.asarray(cv2.imdecode(code, cv2.IMREAD_COLOR), np.uint8)
    return image


def _gamma_table(gamma: float) -> NDArray[np.uint8]:
    return (255 * (np.arange(256) / 255) ** gamma + 0.5).astype(np.uint8)
