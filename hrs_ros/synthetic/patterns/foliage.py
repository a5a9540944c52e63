"""Leaves, needles and blades with alpha, and bark."""

from __future__ import annotations

import cv2
import numpy as np

from hrs_ros.synthetic.patterns.field import Pattern, choice, clouds, mix, varied
from hrs_ros.synthetic.rotation import Array

GREENS = ((0.24, 0.36, 0.12), (0.33, 0.44, 0.16), (0.18, 0.3, 0.12), (0.4, 0.46, 0.2))
AUTUMN = ((0.7, 0.45, 0.12), (0.62, 0.26, 0.1), (0.68, 0.58, 0.2))


def _canvas(size: int, colour: Array) -> Array:
    """Nothing but the colour that shows through where texels are blended at edges; RGBA."""
    image = np.zeros((size, size, 4), np.float32)
    image[..., :3] = colour
    return image


def _fill(image: Array, outline: Array, colour: Array) -> None:
    size = image.shape[0]
    points = np.round(outline * size * 16).astype(np.int32)
    cv2.fillPoly(image, [points], (*(float(c) for c in colour), 1.0), cv2.LINE_8, shift=4)


def _blade(tip: Array, root: Array, width: float) -> Array:
    """Outline (N, 2) as x, y of a leaf between two points."""
    along = np.linspace(0, 1, 7)[:, None]
    across = np.array([[-1.0, 1.0]]) * (tip - root)[::-1]
    across = across / max(float(np.linalg.norm(across)), 1e-6)
    swell = np.sin(np.pi * along**0.8) * width
    middle = root + along * (tip - root)
    return np.concatenate([middle + across * swell, (middle - across * swell)[::-1]])


def leaves(rng: np.random.Generator, size: int) -> Array:
    """A twig's worth of broad leaves: a card for crowns of trees and bushes."""
    colour = varied(rng, choice(rng, *(GREENS if rng.random() < 0.8 else AUTUMN)), hue=0.08)
    image = _canvas(size, colour * 0.8)
    length = rng.uniform(0.09, 0.15)
    for _ in range(int(10 / length)):
        angle, radius = rng.uniform(0, 2 * np.pi), 0.42 * np.sqrt(rng.random())
        root = 0.5 + radius * np.array([np.cos(angle), np.sin(angle)])
        turn = angle + rng.normal(0, 0.9)
        tip = root + length * rng.uniform(0.7, 1.2) * np.array([np.cos(turn), np.sin(turn)])
        _fill(image, np.clip(_blade(tip, root, length * 0.28), 0.01, 0.99), colour * rng.uniform(0.55, 1.3))
    return image


def needles(rng: np.random.Generator, size: int) -> Array:
    """A branch of a conifer, pointing up in the picture."""
    colour = varied(rng, choice(rng, (0.15, 0.24, 0.14), (0.2, 0.3, 0.16), (0.2, 0.28, 0.24)), hue=0.08)
    image = _canvas(size, colour * 0.8)
    for height in np.linspace(0.97, 0.12, 34):
        reach = 0.47 * (0.25 + 0.75 * height) * rng.uniform(0.8, 1.05)
        for side in (-1, 1):
            root = np.array([0.5, height])
            tip = root + np.array([side * reach, -0.25 * reach - 0.03])
            _fill(image, np.clip(_blade(tip, root, 0.018), 0.01, 0.99), colour * rng.uniform(0.6, 1.3))
    _fill(
        image, np.array([[0.49, 1.0], [0.51, 1.0], [0.505, 0.1], [0.495, 0.1]]), np.array([0.3, 0.22, 0.15])
    )
    return image


def blades(rng: np.random.Generator, size: int) -> Array:
    """A tuft of grass or reeds; its roots at the lower edge."""
    colour = varied(rng, choice(rng, *GREENS, (0.55, 0.5, 0.28)), hue=0.08)
    image = _canvas(size, colour * 0.8)
    for _ in range(46):
        root = np.array([rng.uniform(0.1, 0.9), 1.0])
        tip = np.array([root[0] + rng.normal(0, 0.14), rng.uniform(0.05, 0.7)])
        _fill(
            image, np.clip(_blade(tip, root, rng.uniform(0.008, 0.02)), 0, 1), colour * rng.uniform(0.5, 1.35)
        )
    return image


def bark(rng: np.random.Generator, size: int) -> Array:
    """Furrows along the trunk; birches are white with dark marks across."""
    if rng.random() < 0.2:
        image = mix([0.75, 0.74, 0.7], [0.9, 0.89, 0.86], clouds(rng, size, base=8))
        image[clouds(rng, size, base=5, octaves=3, stretch=(3, 0.8)) > 0.72] = [0.2, 0.19, 0.18]
        return image
    colour = varied(rng, choice(rng, (0.38, 0.3, 0.23), (0.45, 0.4, 0.35), (0.3, 0.24, 0.2)))
    furrow = np.abs(2 * clouds(rng, size, base=10, octaves=4, stretch=(0.4, 1.4)) - 1)
    return mix(colour * 0.45, colour * 1.2, furrow**0.6 * 0.8 + 0.2 * clouds(rng, size, base=32))


PATTERNS: dict[str, tuple[Pattern, int]] = {
    "leaves": (leaves, 9), "needles": (needles, 6), "blades": (blades, 7), "bark": (bark, 8),
}  # fmt: skip
