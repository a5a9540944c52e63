"""Pillows, cushions, blankets, towels, rugs."""

from __future__ import annotations

import numpy as np

from hrs_ros.synthetic.mesh import Mesh, box, join
from hrs_ros.synthetic.rotation import Array, about
from hrs_ros.synthetic.things.kind import Design, flanks, handle, kind
from hrs_ros.synthetic.things.model import Rest, Seat, Surface
from hrs_ros.synthetic.things.shapes import (
    cushion,
    hoop,
    sheet,
    tube,
    turned,
)
from hrs_ros.synthetic.things.variation import Variation


def _pillow(w: float, h: float, d: float) -> Mesh:
    """Filled cloth, lying: thick in the middle, pinched at its seams, drawn in between the corners."""

    def height(x: Array, z: Array) -> Array:
        a, b = 2 * x / w, 2 * z / d
        return h / 2 * ((1 - a**2) * (1 - b**2)) ** 0.35 + 0.03

    top = sheet(w, d, 0.02, height, cells=14, fill=True)
    points = top.vertices.copy()
    a, b = 2 * points[:, 0] / w, 2 * points[:, 2] / d
    points[:, 0] *= 1 - 0.07 * (1 - b**2) * np.abs(a)
    points[:, 2] *= 1 - 0.07 * (1 - a**2) * np.abs(b)
    upper = Mesh(points, top.normals, top.uvs, top.faces)
    under = upper.moved(about((1, 0, 0), np.pi))
    return join(upper, under).moved(translation=(0, h / 2 + 0.03, 0))


@kind("pillow", "pillow", "hold, carry, throw, touch, lie on, sit on, on, next to", "hand floor")
def pillow(v: Variation) -> Design:
    """Bed pillow, lying."""
    w, h, d = v.between(5.0, 7.0), v.between(1.2, 1.7), v.between(3.6, 4.6)
    sides = tuple(handle("rim", (s * (w / 2 - 0.4), h / 2, 0), (-s, 0, 0), (0, -1, 0), 0.3) for s in (1, -1))
    return Design(
        (Surface(_pillow(w, h, d), "linen"),),
        {"hold": sides},
        (Seat((0, h, 0)),),
        (Rest((0, h * 0.9, 0), (0.3 * w, 0.3 * d)),),
        both="hold, carry, throw",
    )


@kind("cushion", "cushion", "hold, carry, throw, touch, sit on, on, next to", "hand floor")
def a_cushion(v: Variation) -> Design:
    """Square or round sofa cushion, lying."""
    sort = v.pick("square", "round", "square", "bolster", "wide")
    w, h = v.between(3.6, 4.8), v.between(1.1, 1.7)
    if sort == "round":
        mesh = cushion(w, h, w, (0, h / 2, 0), roundness=1.0, segments=26)
        r = w / 2
    elif sort == "bolster":
        h = 1.5
        mesh = turned([(0, -2.2), (0.6, -2.2), (0.75, -2.05), (0.75, 2.05), (0.6, 2.2), (0, 2.2)], 24).moved(
            about((0, 0, 1), np.pi / 2), (0, 0.75, 0)
        )
        r = 2.2
    else:
        mesh = _pillow(w * (1.3 if sort == "wide" else 1), h, w)
        r = w / 2 * (1.3 if sort == "wide" else 1) - 0.3
    sides = (
        flanks(r, h / 2)
        if sort == "bolster"
        else tuple(handle("rim", (s * (r - 0.2), h / 2, 0), (-s, 0, 0), (0, -1, 0), 0.25) for s in (1, -1))
    )
    return Design(
        (Surface(mesh, v.pick("cloth", "plain cloth", "cloth")),),
        {"hold": sides},
        (Seat((0, h, 0)),),
        both="hold, carry",
    )


def folded(w: float, d: float, layers: int, thickness: float) -> Mesh:
    """Stack of cloth layers with round folds at -Z."""
    parts = []
    for k in range(layers):
        y = (k + 0.5) * thickness
        parts.append(cushion(w, thickness * 1.05, d, (0, y, 0), roundness=0.25, segments=16))
    fold = tube(
        [(-w / 2 + 0.1, layers * thickness / 2, -d / 2), (w / 2 - 0.1, layers * thickness / 2, -d / 2)],
        layers * thickness / 2,
        sides=14,
    )
    mesh = join(*parts, fold)
    return mesh.moved(translation=(0, -float(mesh.vertices[:, 1].min()), 0))


@kind(
    "blanket",
    "blanket",
    "hold, carry, touch, sit on, lie on, squat, on, stand on, next to",
    "floor ground hand",
)
def blanket(v: Variation) -> Design:
    """Picnic blanket spread on the ground, a little creased."""
    w, d = v.between(13, 19), v.between(12, 17)
    phase = v.between(0, 6)
    spread = sheet(
        w, d, 0.06, lambda x, z: 0.09 + 0.035 * np.sin(1.3 * x + phase) * np.sin(1.1 * z), cells=20, fill=True
    )
    edge = tuple(handle("rim", (s * w / 2, 0.09, 0), (-s, 0, 0), (0, 1, 0), 0.05) for s in (1, -1))
    return Design(
        (Surface(spread, "cloth cover"),),
        {"touch": edge},
        (Seat((0, 0.09, 0)), Seat((w * 0.28, 0.09, 0.5)), Seat((-w * 0.28, 0.09, -0.5))),
        (Rest((0, 0.09, 0), (w / 2 - 1, d / 2 - 1)),),
    )


@kind("folded blanket", "blanket", "hold, carry, touch, next to", "hand table floor")
def folded_blanket(v: Variation) -> Design:
    w, d = v.between(3.2, 4.6), v.between(2.6, 3.6)
    mesh = folded(w, d, v.whole(3, 5), v.between(0.25, 0.4))
    below = tuple(handle("palm", (s * w * 0.35, 0, -0.2), (0, 0, 1), (0, -1, 0)) for s in (1, -1))
    return Design((Surface(mesh, "cloth"),), {"hold": below}, both="hold, carry")


@kind("towel", "towel", "hold, use, carry, touch, throw, next to", "hand table")
def towel(v: Variation) -> Design:
    """Towel: folded, or hanging from two hands."""
    if v.pick("hanging", "folded", "hanging", "rolled") == "folded":
        w, d = v.between(2.2, 3.2), v.between(1.6, 2.4)
        mesh = folded(w, d, v.whole(2, 4), v.between(0.18, 0.28))
        below = (
            handle("palm", (0.2 * w, 0, 0), (0, 0, 1), (0, -1, 0)),
            handle("palm", (-0.2 * w, 0, 0), (0, 0, 1), (0, -1, 0)),
        )
        return Design((Surface(mesh, "cloth"),), {"hold": below})
    w, h = v.between(3.0, 5.0), v.between(4.5, 7.5)
    waves = v.between(2.0, 4.0)

    def folds(x: Array, z: Array) -> Array:
        down = 0.5 + z / h
        return 0.28 * np.sin(waves * 2 * np.pi * x / w) * (0.15 + down) + 0.25 * (1 - (2 * x / w) ** 2) * down

    cloth = sheet(w, h, 0.08, folds, cells=18).moved(about((1, 0, 0), np.pi / 2))
    low = float(cloth.vertices[:, 1].min())
    hands = tuple(
        handle("rim", (s * (w / 2 - 0.3), h / 2 - low - 0.25, 0.1), (0, -1, 0), (0, 0, -1), 0.1)
        for s in (1, -1)
    )
    return Design(
        (Surface(cloth.moved(translation=(0, -low, 0)), "cloth cover"),),
        {"hold": hands},
        both="hold, use, carry",
    )


@kind("rug", "rug", "stand on, sit on, lie on, squat, on, touch", "floor", weight=1.5)
def rug(v: Variation) -> Design:
    """Rug on the floor: rectangular, round or with a fringe."""
    sort = v.pick("plain", "fringe", "round", "oval", "runner")
    w, d, t = v.between(14, 22), v.between(11, 17), v.between(0.06, 0.16)
    if sort == "runner":
        d = 7.5
    if sort in ("round", "oval"):
        disc = turned([(0, 0), (w / 2, 0), (w / 2, t), (0, t)], 48)
        if sort == "oval":
            disc = disc.squashed((1, 1, 0.7))
        uvs = disc.vertices[:, [0, 2]] / w + 0.5
        mesh = Mesh(disc.vertices, disc.normals, uvs, disc.faces)
        ring = hoop(
            [(0.42 * w, 0.5 * t), (0.46 * w, 0.5 * t), (0.46 * w, t + 0.015), (0.42 * w, t + 0.015)], 48
        )
        surfaces = [
            Surface(mesh, "rug"),
            Surface(ring.squashed((1, 1, 0.7)) if sort == "oval" else ring, "plain cloth"),
        ]
        inner = 0.3 * w
        rest = Rest((0, t, 0), (inner, inner * (0.7 if sort == "oval" else 1)))
    else:
        surfaces = [Surface(sheet(w, d, t, lambda x, z: np.full_like(x, t), cells=2, fill=True), "rug")]
        if sort == "fringe":
            threads = join(
                *(
                    box(0.12, 0.04, 0.7, (x, 0.03, s * (d / 2 + 0.3)))
                    for x in np.linspace(-w / 2 + 0.2, w / 2 - 0.2, 24)
                    for s in (-1, 1)
                )
            )
            surfaces.append(Surface(threads.moved(translation=(0, -0.01, 0)), "linen"))
        rest = Rest((0, t, 0), (w / 2 - 1, d / 2 - 1))
    palm = tuple(handle("flat", (s * 2.0, t, 1.0), (0, 0, 1), (0, 1, 0)) for s in (1, -1))
    return Design(tuple(surfaces), {"touch": palm}, (Seat((0, t, 0)),), (rest,))


KINDS = (
    pillow,
    a_cushion,
    blanket,
    folded_blanket,
    towel,
    rug,
)
