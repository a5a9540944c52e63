"""Pictures on walls, shown once from edge to edge."""

from __future__ import annotations

import numpy as np

from hrs_ros.synthetic.patterns.field import Pattern, choice, clouds, grid, mix, step, varied
from hrs_ros.synthetic.rotation import Array


def landscape(rng: np.random.Generator, size: int) -> Array:
    """Painted hills, fields or water under a sky, in a few tones; brush strokes."""
    y, _ = grid(size)
    sky = choice(rng, (0.6, 0.75, 0.88), (0.9, 0.72, 0.5), (0.82, 0.82, 0.8), (0.35, 0.42, 0.6))
    image = mix(varied(rng, sky), varied(rng, (0.92, 0.88, 0.8)), y * 1.6)
    image = mix(image, [0.95, 0.94, 0.92], step(0.55, 0.8, clouds(rng, size, base=3, stretch=(2, 1))) * 0.7)
    horizon, layers = rng.uniform(0.35, 0.6), int(rng.integers(3, 6))
    tone = choice(rng, (0.3, 0.42, 0.25), (0.5, 0.45, 0.25), (0.3, 0.4, 0.5), (0.55, 0.35, 0.25))
    for layer in range(layers):
        share = layer / layers
        rise = 0.13 * clouds(rng, size, base=2 + layer, octaves=4, stretch=(0.1, 1))[size // 2]
        below = y > horizon + share * (1 - horizon) - rise[None] * (1 - 0.5 * share)
        image[below] = varied(rng, tone * (1.5 - 0.8 * share), hue=0.1)
    strokes = clouds(rng, size, base=12, octaves=4, stretch=(2.5, 0.8))
    return image * (0.82 + 0.3 * strokes[..., None])


def portrait(rng: np.random.Generator, size: int) -> Array:
    """Head and shoulders in few tones, as on posters and old paintings."""
    y, x = grid(size)
    ground = varied(
        rng, choice(rng, (0.3, 0.22, 0.15), (0.7, 0.66, 0.55), (0.25, 0.35, 0.4), (0.75, 0.3, 0.2))
    )
    image = mix(ground * 0.6, ground * 1.1, clouds(rng, size, base=3) * (1.2 - y))
    skin, coat = varied(rng, choice(rng, (0.8, 0.6, 0.48), (0.5, 0.34, 0.25))), varied(rng, ground * 0.4)
    middle = rng.uniform(0.42, 0.58)
    body = ((x - middle) / 0.36) ** 2 + ((y - 1.05) / 0.42) ** 2 < 1
    hair = ((x - middle) / 0.2) ** 2 + ((y - 0.38) / 0.25) ** 2 < 1
    face = ((x - middle) / 0.14) ** 2 + ((y - 0.42) / 0.19) ** 2 < 1
    neck = (np.abs(x - middle) < 0.07) & (y > 0.5) & (y < 0.7)
    for shape, colour in ((hair, coat * 0.8), (body, coat), (neck, skin * 0.8), (face, skin)):
        image[shape] = colour
    return image * (0.8 + 0.35 * clouds(rng, size, base=12, octaves=4)[..., None])


def blocks(rng: np.random.Generator, size: int) -> Array:
    """Abstract: rectangles in tones that go together, some thin lines."""
    y, x = grid(size)
    base = varied(rng, choice(rng, (0.85, 0.82, 0.75), (0.2, 0.22, 0.26), (0.7, 0.6, 0.5)))
    tones = [varied(rng, base, shade=0.5, hue=0.12) for _ in range(3)]
    tones.append(varied(rng, choice(rng, (0.75, 0.3, 0.15), (0.15, 0.3, 0.5), (0.8, 0.65, 0.2))))
    image = np.broadcast_to(base, (size, size, 3)).copy()
    for _ in range(7):
        (left, low), (wide, high) = rng.uniform(0, 0.8, 2), rng.uniform(0.08, 0.5, 2)
        inside = (x > left) & (x < left + wide) & (y > low) & (y < low + high)
        image[inside] = tones[rng.integers(4)]
    return image * (0.9 + 0.15 * clouds(rng, size, base=16)[..., None])


PATTERNS: dict[str, tuple[Pattern, int]] = {
    "landscape": (landscape, 9), "portrait": (portrait, 6), "blocks": (blocks, 7),
}  # fmt: skip
