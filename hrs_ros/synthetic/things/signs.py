"""Flags, banners, boards and plates with writing."""

from __future__ import annotations

import numpy as np

from hrs_ros.synthetic.mesh import Mesh, box, join, sphere
from hrs_ros.synthetic.rotation import Array, about
from hrs_ros.synthetic.things.kind import Design, bar, handle, kind
from hrs_ros.synthetic.things.model import Surface
from hrs_ros.synthetic.things.shapes import (
    extrude,
    picture,
    sheet,
    tube,
)
from hrs_ros.synthetic.things.variation import Variation


def _waving(w: float, h: float, amount: float, phase: float, slant: float = 0.8) -> Mesh:
    """Cloth in the x-y plane from x = 0 to ``w``, y = 0 to ``h``; still at x = 0.

    Along its height the wave shifts by ``slant`` radians.
    """

    def wave(x: Array, z: Array) -> Array:
        along = x / w + 0.5
        return amount * along * np.sin(7 * along + phase + slant * z / h)

    cloth = sheet(w, h, 0.03, wave, cells=18).moved(about((1, 0, 0), np.pi / 2))
    return cloth.moved(translation=(w / 2, h / 2, 0))


@kind("flag", "flag", "hold, use, carry, touch, look at, next to", "hand ground", weight=1.2)
def flag(v: Variation) -> Design:
    """Flag on a pole, upright; the cloth flies towards +X."""
    size = v.pick("hand", "parade", "hand", "large")
    pole = {"hand": 4.5, "parade": 17, "large": 26}[size] * v.between(0.88, 1.12)
    w = {"hand": 2.4, "parade": 8, "large": 12}[size] * v.between(0.85, 1.15)
    h, r = w * v.between(0.58, 0.72), {"hand": 0.06, "parade": 0.16, "large": 0.22}[size]
    amount, phase = 0.12 * w, v.between(0, 5)
    top = pole - 0.3
    cloth = _waving(w, h, amount, phase)
    mast = join(
        tube([(0, 0, 0), (0, pole, 0)], r, up=(1, 0, 0)), sphere(1.8 * r, 10).moved(translation=(0, pole, 0))
    )
    surfaces = [Surface(mast, v.pick("wood", "metal"))]
    third = h / 3
    bands = [
        _waving(w, third, amount, phase + 0.267 * (1 - k), 0.267).moved(
            translation=(r, top - h + k * third, 0)
        )
        for k in range(3)
    ]
    if v.chance(0.5):
        surfaces.append(Surface(cloth.moved(translation=(r, top - h, 0)), "banner"))
    else:
        surfaces += [Surface(band, f"paint.{k}") for k, band in enumerate(bands)]
    low = {"hand": 0.25, "parade": 0.35, "large": 0.3}[size] * pole
    hands = (
        bar((0, low + 0.06 * pole + 0.5, 0), (0, 1, 0), (0.4, 0, -1), r),
        bar((0, low, 0), (0, 1, 0), (-0.4, 0, -1), r),
    )
    return Design(
        tuple(surfaces),
        {"hold": (hands[1], hands[1]), "use": hands, "carry": hands},
        both="" if size == "hand" else "use, carry",
    )


@kind("banner", "banner", "hold, carry, use, touch, look at, next to, behind", "hand ground")
def banner(v: Variation) -> Design:
    """Banner between two poles, or a protest sign on a stick; its front towards +Z."""
    sort = v.pick("wide", "sign", "wide", "scroll")
    if sort == "sign":
        w, h, pole = v.between(4, 6), v.between(3, 4.5), v.between(8, 11)
        panel = picture(w, h, 0.1).moved(translation=(0, pole - h + 0.4, 0.05))
        stick = tube([(0, 0, -0.05), (0, pole, -0.05)], 0.15, up=(1, 0, 0))
        grips = (
            bar((0, 0.42 * pole, -0.05), (0, 1, 0), (0.4, 0, -1), 0.15),
            bar((0, 0.26 * pole, -0.05), (0, 1, 0), (-0.4, 0, -1), 0.15),
        )
        return Design(
            (Surface(panel, v.pick("banner", "print")), Surface(stick, "wood")),
            {"hold": grips},
            both="carry",
        )
    w, h, pole = v.between(9, 13), v.between(3.2, 5.5), v.between(6, 8)
    if sort == "scroll":
        w, h = v.between(4, 5.5), v.between(7, 9)
        pole = h + 0.8
    cloth = sheet(w, h, 0.05, lambda x, z: 0.18 * np.sin(5 * x / w + 1) * np.cos(2 * z / h), cells=16).moved(
        about((1, 0, 0), np.pi / 2), (0, pole - h / 2 - 0.3, 0)
    )
    poles = join(*(tube([(s * w / 2, 0, 0), (s * w / 2, pole, 0)], 0.16, up=(1, 0, 0)) for s in (-1, 1)))
    text = []
    for row in range(2):
        x = -0.4 * w
        while x < 0.34 * w:
            size = w * float(v.rng.uniform(0.03, 0.08))
            text.append(box(size, h * 0.22, 0.5, (x + size / 2, pole - 0.3 - h * (0.32 + 0.36 * row), 0)))
            x += size * 1.35
    hands = tuple(bar((s * w / 2, 0.35 * pole, 0), (0, 1, 0), (s * 0.3, 0, -1), 0.16) for s in (1, -1))
    return Design(
        (Surface(cloth, "paint"), Surface(poles, "wood"), Surface(join(*text), "white")),
        {"hold": hands},
        both="hold, carry, use",
    )


@kind("notice board", "bulletin", "touch, look at, next to, behind, in front of", "ground floor", weight=0.7)
def notice_board(v: Variation) -> Design:
    """Board on two posts with notes pinned to it; its front towards +Z."""
    w, h, low = v.between(9, 15), v.between(6, 8.5), v.between(7, 9)
    panel = box(w, h, 0.3, (0, low + h / 2, 0))
    posts = join(
        *(box(0.6, low + h + 0.6, 0.6, (s * (w / 2 + 0.2), (low + h + 0.6) / 2, 0)) for s in (-1, 1))
    )
    groups: list[list[Mesh]] = [[], []]
    for k in range(v.whole(5, 8)):
        a, b = float(v.rng.uniform(1.2, 2.4)), float(v.rng.uniform(1.4, 2.6))
        x, y = float(v.rng.uniform(-0.5, 0.5)) * (w - 3), low + 0.3 + float(v.rng.uniform(0, 1)) * (h - 3.2)
        groups[k % 2].append(picture(a, b, 0.03).moved(translation=(x, y, 0.17 + 0.012 * k)))
    touch = tuple(handle("flat", (-s * 1.4, low + 0.45 * h, 0.15), (0, 1, 0), (0, 0, 1)) for s in (1, -1))
    return Design(
        (
            Surface(panel, v.pick("wood", "cardboard")),
            Surface(posts, "wood.posts"),
            Surface(join(*groups[0]), "page"),
            Surface(join(*groups[1]), "print"),
        ),
        {"touch": touch},
        user=(0, 0, -1),
    )


@kind("name plate", "nameplate", "hold, touch, look at, next to", "table hand", weight=0.5)
def name_plate(v: Variation) -> Design:
    """Table sign in the form of a roof; writing towards +Z."""
    w, h = v.between(2.0, 3.0), v.between(0.8, 1.2)
    roof = extrude([(-0.45, 0), (0.45, 0), (0.0, h)], w).moved(about((0, 1, 0), np.pi / 2))
    tilt = about((1, 0, 0), -np.arctan2(0.45, h))
    letters, x = [], -0.38 * w
    while x < 0.32 * w:
        size = float(v.rng.uniform(0.1, 0.3))
        letters.append(box(size, 0.26 * h, 0.02, (x + size / 2, 0.5 * np.hypot(h, 0.45), 0)))
        x += size + 0.07
    text = join(*letters).moved(tilt, (0, 0, 0.455))
    ends = tuple(handle("rim", (s * w / 2, 0.4 * h, 0), (-s, 0, 0), (0, 0, -1), 0.25) for s in (1, -1))
    return Design(
        (Surface(roof, v.pick("white", "paper", "wood")), Surface(text, "black")),
        {"hold": ends},
        user=(0, 0, -1),
    )


KINDS = (
    flag,
    banner,
    notice_board,
    name_plate,
)
