"""The texture array of the renderer: procedural surfaces, the pack's colour textures and backdrops.

Built once per size and kept as one .npy file that worker processes map into memory.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from hrs_ros.synthetic.assets import AssetPack
from hrs_ros.synthetic.patterns import PATTERNS
from hrs_ros.synthetic.rotation import Array

VERSION = 3  # raise when any pixel may change
NOISE_GRADIENT = "noise_gradient"
COUNTS = {
    "white": 4, "wood": 7, "plaster": 7, "tile": 6, "brick": 4, "stripe": 8, "plaid": 7, "dots": 6,
    "knit": 4, "denim": 4, "marble": 4, "art": 9, "grass": 3, "carpet": 5,
    **{name: count for name, (_, count) in PATTERNS.items()},
}  # fmt: skip


@dataclass(frozen=True, slots=True, eq=False)
class TextureArray:
    """Layers bottom-up as OpenGL wants them, each with its mipmaps."""

    texels: NDArray[np.uint8]  # (N, T, 4) RGBA, memory-mapped: a layer's levels one after the other
    size: int  # pixels of the largest level, square
    layer: dict[str, int]

    def levels(self, layer: int) -> Iterator[NDArray[np.uint8]]:
        """Views (S, S, 4) of a layer's levels, the largest first."""
        begin = 0
        for size in level_sizes(self.size):
            yield self.texels[layer, begin : begin + size * size].reshape(size, size, 4)
            begin += size * size


def level_sizes(size: int) -> list[int]:
    """Sides of the mipmap levels of a texture, down to 1."""
    return [size >> level for level in range(size.bit_length())]


def _with_mipmaps(image: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """All levels of an image (S, S, 4), one after the other: (T, 4)."""
    levels = [image]
    for size in level_sizes(len(image))[1:]:
        levels.append(
            np.asarray(cv2.resize(levels[-1], (size, size), interpolation=cv2.INTER_AREA), np.uint8)
        )
    return np.concatenate([level.reshape(-1, 4) for level in levels])


def noise(
    rng: np.random.Generator,
    size: int,
    *,
    octaves: int = 6,
    base: float = 4,
    stretch: tuple[float, float] = (1, 1),
) -> Array:
    """Fractal value noise (size, size) in [0, 1]; ``stretch`` = relative frequency along y and x."""
    total, amplitude = np.zeros((size, size), np.float32), 1.0
    for octave in range(octaves):
        shape = [min(size, max(2, int(base * 2**octave * factor))) for factor in stretch]
        grid = np.pad(rng.random(shape).astype(np.float32), ((0, 1), (0, 1)), "wrap")
        total += amplitude * cv2.resize(grid, (size, size), interpolation=cv2.INTER_CUBIC)
        amplitude *= 0.55
    total -= total.min()
    return total / total.max()


def _mix(low: Array, high: Array, amount: Array) -> Array:
    return np.asarray(low) * (1 - amount[..., None]) + np.asarray(high) * amount[..., None]


def surface(kind: str, rng: np.random.Generator, size: int) -> Array:
    """One procedural surface of a kind of COUNTS, (size, size, 3 or 4) RGB or RGBA in [0, 1]."""
    if kind in PATTERNS:
        draw, _ = PATTERNS[kind]
        return np.clip(draw(rng, size), 0, 1)
    y, x = np.mgrid[0:size, 0:size] / size
    grain = noise(rng, size)
    waves = 2 * np.pi
    plain = np.ones((size, size, 3))
    if kind == "wood":
        colour = rng.uniform(0.25, 0.75) * np.array([1, 0.75, 0.52])
        image = _mix(colour * 0.6, colour * 1.1, noise(rng, size, stretch=(16, 0.5)))
        image *= (0.85 + 0.15 * rng.random(7)[np.floor(y * 6).astype(int)])[..., None]
        image[(y * 6 % 1) < 0.02] *= 0.5
    elif kind == "plaster":
        colour = rng.uniform(0.5, 0.95, 3) * 0.5 + rng.uniform(0.3, 0.5)
        image = _mix(colour * 0.9, colour, grain)
    elif kind == "tile":
        count, colour = rng.integers(3, 7), rng.uniform(0.3, 0.9, 3)
        image = _mix(colour * 0.85, colour, grain)
        image[np.minimum(x * count % 1, y * count % 1) < 0.03] = rng.uniform(0.2, 0.8)
    elif kind == "brick":
        row = np.floor(y * 12)
        along = x * 5 + 0.5 * (row % 2)
        colour = np.array([0.6, 0.33, 0.26]) * rng.uniform(0.7, 1.3)
        shade = rng.random((13, 8))[row.astype(int), np.floor(along).astype(int)]
        image = _mix(colour * 0.7, colour, grain) * (0.8 + 0.4 * shade)[..., None]
        image[((y * 12) % 1 < 0.1) | (along % 1 < 0.04)] = [0.7, 0.68, 0.65]
    elif kind == "stripe":
        band = np.sin(x * waves * rng.integers(4, 30)) > rng.uniform(-0.7, 0.7)
        image = np.where(band[..., None], rng.uniform(0, 1, 3), rng.uniform(0, 1, 3)) * (
            0.85 + 0.15 * grain[..., None]
        )
    elif kind == "plaid":
        count = rng.integers(3, 12)
        image = plain * rng.uniform(0.2, 0.9, 3)
        for axis in (x, y):
            band = np.sin(axis * waves * count) > 0.3
            image[band] = image[band] * 0.5 + 0.5 * rng.uniform(0, 1, 3)
    elif kind == "dots":
        count = rng.integers(6, 24)
        inside = np.hypot(x * count % 1 - 0.5, y * count % 1 - 0.5) < rng.uniform(0.15, 0.35)
        image = np.where(inside[..., None], rng.uniform(0, 1, 3), rng.uniform(0, 1, 3))
    elif kind == "knit":
        weave = np.sin(x * waves * 128) * np.sin(y * waves * 128)
        image = plain * 0.8 + 0.08 * weave[..., None] + 0.1 * (grain[..., None] - 0.5)
    elif kind == "denim":
        weave = noise(rng, size, stretch=(64, 64), base=8, octaves=2)
        colour = np.array([0.25, 0.35, 0.52]) * rng.uniform(0.6, 1.4)
        image = _mix(colour * 0.7, colour * 1.3, 0.5 * weave + 0.5 * grain)
    elif kind == "marble":
        vein = np.abs(np.sin((x * 3 + grain * 4) * np.pi))
        colour = rng.uniform(0.5, 1, 3)
        image = _mix(colour * 0.5, colour, vein**0.3)
    elif kind == "art":
        image = plain * rng.uniform(0, 1, 3)
        for _ in range(14):
            cx, cy, r = rng.random(3)
            disc = np.hypot(x - cx, y - cy) < r * 0.3
            bar = (abs(x - cx) < r * 0.3) & (abs(y - cy) < rng.random() * 0.3)
            image[disc if rng.random() < 0.5 else bar] = rng.uniform(0, 1, 3)
    elif kind == "white":
        image = plain * 0.92 + 0.06 * (grain[..., None] - 0.5)
    elif kind == "grass":
        image = _mix(
            np.array([0.16, 0.24, 0.08]), np.array([0.4, 0.5, 0.2]), noise(rng, size, base=64, octaves=4)
        )
    elif kind == "carpet":
        colour = rng.uniform(0.2, 0.8, 3)
        weave = noise(rng, size, base=128, octaves=3)
        image = _mix(colour * 0.7, colour * 1.2, 0.6 * weave + 0.4 * grain)
    else:
        raise ValueError(f"unknown procedural surface {kind!r}: expected one of {sorted(COUNTS)}")
    return np.clip(image, 0, 1)


def _bytes(image: Array) -> NDArray[np.uint8]:
    """RGBA of RGB or RGBA in [0, 1]."""
    return (image * 255).astype(np.uint8) if image.shape[2] == 4 else _opaque(image)


def _opaque(rgb: Array) -> NDArray[np.uint8]:
    return np.dstack([(rgb * 255).astype(np.uint8), np.full(rgb.shape[:2], 255, np.uint8)])


def _noise_gradient(size: int) -> NDArray[np.uint8]:
    """Gradient of a noise field in red and green, for bumps."""
    field = noise(np.random.default_rng(9), size)
    dx = np.roll(field, -2, 1) - np.roll(field, 2, 1)
    dy = np.roll(field, -2, 0) - np.roll(field, 2, 0)
    scale = 3.5 * max(dx.std(), dy.std())
    gradient = np.clip(np.stack([dx, dy, np.full_like(dx, -scale)], -1) / scale * 0.5 + 0.5, 0, 1)
    return _opaque(gradient)


def _backdrops(pack: AssetPack, size: int) -> Iterator[tuple[str, NDArray[np.uint8]]]:
    """The pack's environment maps, tone-mapped, as pictures of surroundings out of focus."""
    arrays = pack.arrays("hdri/hdri_256x512.npz")
    for name, radiance in zip(arrays["names"], arrays["rgb"], strict=True):
        linear = np.minimum(radiance.astype(np.float32), 50)
        linear *= 0.35 / max(float(np.median(linear)), 1e-3)
        image = (linear / (1 + linear)) ** (1 / 2.2)
        image = cv2.resize(image, (size, size), interpolation=cv2.INTER_CUBIC)
        yield f"hdri_{name}", _opaque(np.clip(image, 0, 1))


def _pack_textures(pack: AssetPack, size: int) -> Iterator[tuple[str, NDArray[np.uint8]]]:
    for name, entry in pack.index["textures"].items():
        if entry["kind"] in (
            "normal",
            "ao",
            "teeth",
            "tongue",
        ):  # not used by the shader, or inside the mouth
            continue
        image = cv2.imread(str(pack.path(entry["file"])), cv2.IMREAD_UNCHANGED)
        if image is None:
            raise ValueError(
                f"{entry['file']} of the asset pack is not a readable image: run `hrs synth check`"
            )
        image = cv2.cvtColor(image, cv2.COLOR_BGRA2RGBA if image.shape[2] == 4 else cv2.COLOR_BGR2RGBA)
        if image.shape[:2] != (size, size):
            shrink = cv2.INTER_AREA if image.shape[0] > size else cv2.INTER_CUBIC
            image = cv2.resize(image, (size, size), interpolation=shrink)
        yield name, np.asarray(image, np.uint8)


def _layers(pack: AssetPack, size: int) -> Iterator[tuple[str, NDArray[np.uint8]]]:
    for row, (kind, count) in enumerate(COUNTS.items()):
        for number in range(count):
            yield f"{kind}{number}", _bytes(surface(kind, np.random.default_rng([row, number]), size))
    yield NOISE_GRADIENT, _noise_gradient(size)
    yield from _backdrops(pack, size)
    yield from _pack_textures(pack, size)


def default_cache() -> Path:
    """Folder of the texture arrays, below the user's cache."""
    return Path(os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache")) / "hrs" / "textures"


def build(pack: AssetPack, cache: Path, *, size: int) -> TextureArray:
    """The array of ``size`` x ``size`` layers; made on the first call, mapped from ``cache`` afterwards."""
    key = hashlib.sha256(f"{VERSION} {size} {pack.digest} {COUNTS}".encode()).hexdigest()[:16]
    pixels, names = cache / f"textures_{key}.npy", cache / f"textures_{key}.json"
    if not names.is_file():
        cache.mkdir(parents=True, exist_ok=True)
        layers = dict(_layers(pack, size))
        # Renamed when whole: two processes that build at once, or one that dies, leave no half file.
        unfinished = pixels.with_suffix(f".{os.getpid()}.npy")
        np.save(unfinished, np.stack([_with_mipmaps(image[::-1]) for image in layers.values()]))
        unfinished.replace(pixels)
        listing = names.with_suffix(f".{os.getpid()}.json")
        listing.write_text(json.dumps({name: row for row, name in enumerate(layers)}), encoding="utf-8")
        listing.replace(names)
    layer = json.loads(names.read_text(encoding="utf-8"))
    return TextureArray(np.load(pixels, mmap_mode="r"), size, layer)
