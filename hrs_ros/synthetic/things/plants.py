"""Flowers, pot plants, vases."""

from __future__ import annotations

import numpy as np

from hrs_ros.synthetic.mesh import Mesh, join, sphere
from hrs_ros.synthetic.rotation import about
from hrs_ros.synthetic.things.kind import Design, flanks, kind, upright_bar
from hrs_ros.synthetic.things.model import Surface
from hrs_ros.synthetic.things.shapes import curve, ellipsoid, tube, turned
from hrs_ros.synthetic.things.variation import Variation


def blossom(at: np.ndarray, size: float, petals: int, tilt: np.ndarray) -> tuple[Mesh, Mesh]:
    """Petals and heart of a flower that opens along +Y before ``tilt``."""
    parts = []
    for k in range(petals):
        turn = about((0, 1, 0), 2 * np.pi * k / petals)
        petal = ellipsoid(
            (0.55 * size, 0.07 * size, 0.32 * size),
            (0.6 * size, 0.05 * size, 0),
            about((0, 0, 1), 0.35),
            segments=8,
        )
        parts.append(petal.moved(turn))
    heart = sphere(0.28 * size, 10).squashed((1, 0.6, 1))
    return join(*parts).moved(tilt, at), heart.moved(tilt, at + 0.1 * size * tilt[:, 1])


def _leaf(at: tuple[float, float, float], direction: float, length: float, rise: float) -> Mesh:
    """Pointed leaf that grows outward from a stem."""
    t = np.linspace(0, 1, 7)
    path = np.c_[
        t * length * np.cos(direction), rise * (t - 0.75 * t**2) * length, t * length * np.sin(direction)
    ] + np.array(at)
    widths = 0.16 * length * np.sin(np.pi * np.clip(t, 0.04, 0.97)) ** 0.7
    return tube(path, widths, sides=6, flat=0.12, up=(0, 1, 0))


@kind("bouquet", "flower", "hold, carry, touch, look at, throw, next to", "hand table", weight=1.5)
def bouquet(v: Variation) -> Design:
    """Bunch of flowers in paper, or a single stem, upright."""
    sort = v.pick("bunch", "single", "bunch", "wild")
    count = {"bunch": v.whole(6, 9), "single": 1, "wild": 5}[sort]
    length, size = v.between(2.6, 3.8), v.between(0.36, 0.6)
    petals = v.pick(5, 6, 8, 7)
    heads, hearts, stems, leaves = [], [], [], []
    for k in range(count):
        angle, out = 2.4 * k, 0.0 if count == 1 else 0.28 + 0.5 * np.sqrt(k / count)
        top = np.array([out * 1.3 * np.cos(angle), length + 0.25 * np.cos(2 * k), out * 1.3 * np.sin(angle)])
        tilt = about((-np.sin(angle), 0, np.cos(angle)), -0.5 * out) if out else about((1, 0, 0), 0.5)
        head, heart = blossom(top, size, petals, tilt)
        heads.append(head)
        hearts.append(heart)
        stems.append(
            tube(
                curve(
                    [
                        (0.12 * np.cos(angle), 0, 0.12 * np.sin(angle)),
                        (0.1 * np.cos(angle), 0.4 * length, 0.1 * np.sin(angle)),
                        tuple(top),
                    ],
                    6,
                ),
                0.045,
                sides=5,
            )
        )
        leaves.append(_leaf((0, 0.55 * length, 0), angle + 1.0, 0.7, 0.8))
    low = min(float(m.vertices[:, 1].min()) for m in stems)
    parts = [(join(*heads), "petal"), (join(*hearts), "cheese"), (join(*stems, *leaves), "leaf")]
    if sort == "bunch":
        wrap = turned(
            [
                (0, 0.35 * length),
                (0.3, 0.35 * length),
                (0.95, 0.92 * length),
                (0.9, 0.92 * length),
                (0.2, 0.45 * length),
                (0, 0.45 * length),
            ],
            14,
        )
        parts.append((wrap, v.pick("paper", "paint", "carton")))
        grip = upright_bar(0.28 * length, 0.2)
    else:
        grip = upright_bar(0.25 * length, 0.1 if count > 1 else 0.06)
    return Design(
        tuple(Surface(m.moved(translation=(0, -low, 0)), look) for m, look in parts), {"hold": grip}
    )


@kind("vase", "vase", "hold, carry, touch, next to", "table floor hand")
def vase(v: Variation) -> Design:
    """Vase, empty or with twigs."""
    h, r = v.between(1.8, 3.6), v.between(0.5, 0.85)
    sort = v.pick("belly", "column", "flask", "amphora", "cone")
    outline = {
        "belly": [(0.55, 0), (0.8, 0.15), (1.0, 0.45), (0.75, 0.75), (0.5, 0.9), (0.62, 1.0)],
        "column": [(0.8, 0), (0.8, 0.5), (0.85, 1.0)],
        "flask": [(0.8, 0), (1.0, 0.2), (0.8, 0.45), (0.3, 0.65), (0.25, 0.95), (0.34, 1.0)],
        "amphora": [(0.4, 0), (0.5, 0.1), (1.0, 0.6), (0.9, 0.75), (0.45, 0.88), (0.6, 1.0)],
        "cone": [(0.45, 0), (1.0, 1.0)],
    }[sort]
    smooth = curve(np.array(outline), 14) if len(outline) > 3 else np.array(outline)
    outside = [(a * r, b * h) for a, b in smooth]
    inside = [(max(a * r - 0.06, 0.05), b * h) for a, b in smooth[::-1] if b > 0.1]
    surfaces = [
        Surface(
            turned([(0, 0), *outside, *inside, (0, 0.12 * h)], 28), v.pick("china", "clay", "glass", "paint")
        )
    ]
    if v.chance(0.5):
        twigs = [
            tube(
                curve(
                    [
                        (0, 0.3 * h, 0),
                        (0.1 * np.cos(a), h, 0.1 * np.sin(a)),
                        (0.7 * np.cos(a), 1.9 * h, 0.7 * np.sin(a)),
                    ],
                    6,
                ),
                np.linspace(0.05, 0.02, 6),
                sides=5,
            )
            for a in np.arange(5) * 1.26
        ]
        buds = [
            ellipsoid((0.16, 0.2, 0.16), (0.7 * np.cos(a), 1.9 * h, 0.7 * np.sin(a)), segments=10)
            for a in np.arange(5) * 1.26
        ]
        surfaces += [Surface(join(*twigs), "leaf"), Surface(join(*buds), "petal")]
    at = 0.35 * h
    radius = float(np.interp(at, [b for _, b in outside], [a for a, _ in outside]))
    return Design(tuple(surfaces), {"hold": upright_bar(at, radius)})


@kind("pot plant", "plant", "hold, carry, touch, next to, behind, look at", "floor table ground", weight=1.5)
def pot_plant(v: Variation) -> Design:
    """Plant in a pot: leaves, a little tree, a cactus or grass."""
    sort = v.pick("leaves", "tree", "palm", "grass", "cactus")
    k = v.between(0.7, 2.2) if sort != "tree" else v.between(1.6, 2.4)
    r, h = 0.85 * k, 1.4 * k
    pot = turned(
        [
            (0, 0),
            (0.68 * r, 0),
            (0.95 * r, h),
            (1.05 * r, h),
            (1.05 * r, h + 0.15 * k),
            (0.9 * r, h + 0.15 * k),
            (0.88 * r, 0.9 * h),
            (0, 0.9 * h),
        ],
        24,
    )
    soil = turned([(0, 0.85 * h), (0.86 * r, 0.85 * h), (0.86 * r, 0.95 * h), (0, 0.98 * h)], 20)
    green: list[Mesh] = []
    trunk: list[Mesh] = []
    if sort == "cactus":
        green += [
            turned(
                [
                    (0, h * 0.9),
                    (0.45 * r, h),
                    (0.5 * r, h + 1.5 * k),
                    (0.4 * r, h + 2.0 * k),
                    (0.15 * r, h + 2.2 * k),
                    (0, h + 2.22 * k),
                ],
                16,
            )
        ]
        green += [
            tube(
                curve(
                    [
                        (s * 0.4 * r, h + 0.9 * k * q, 0),
                        (s * 0.9 * r, h + 0.95 * k * q, 0),
                        (s * 0.95 * r, h + 1.6 * k * q, 0),
                    ],
                    8,
                ),
                np.linspace(0.24, 0.2, 8) * k,
                up=(0, 0, 1),
            )
            for s, q in ((1, 1.0), (-1, 0.8))
        ]
    elif sort == "tree":
        trunk.append(
            tube(
                curve([(0, 0.9 * h, 0), (0.1 * k, h + 1.2 * k, 0.05 * k), (0, h + 2.4 * k, 0)], 6),
                0.13 * k,
                sides=8,
            )
        )
        for j in range(26):
            a, y = 2.4 * j, h + 2.0 * k + 0.07 * k * j
            spread = 0.95 * k * np.sqrt(max(0.0, 1 - ((y - h - 2.9 * k) / (1.1 * k)) ** 2)) + 0.1
            green.append(_leaf((0.5 * spread * np.cos(a), y, 0.5 * spread * np.sin(a)), a, 0.75 * k, 0.5))
        green.append(sphere(0.75 * k, 14).moved(translation=(0, h + 2.9 * k, 0)))
    else:
        count = {"leaves": 16, "palm": 12, "grass": 26}[sort]
        for j in range(count):
            a = 2.4 * j
            size = {"leaves": 1.7, "palm": 2.4, "grass": 1.9}[sort] * k * (0.7 + 0.3 * np.cos(1.7 * j) ** 2)
            rise = {"leaves": 1.5, "palm": 1.7, "grass": 2.6}[sort] * (0.75 + 0.5 * (j % 4) / 3)
            leaf = _leaf((0, 0.92 * h, 0), a, size * 0.75, rise)
            green.append(leaf)
    surfaces = [
        Surface(pot, v.pick("clay", "china", "wicker", "white")),
        Surface(soil, "mane"),
        Surface(join(*green), "leaf"),
    ]
    if trunk:
        surfaces.append(Surface(join(*trunk), "wood"))
    return Design(
        tuple(surfaces),
        {"hold": flanks(0.85 * r, 0.55 * h), "touch": flanks(0.85 * r, 0.55 * h)},
        both="hold, carry",
    )


KINDS = (bouquet, vase, pot_plant)
