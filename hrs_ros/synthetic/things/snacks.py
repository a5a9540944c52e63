"""Cakes, sweets, helpings; cigarettes."""

from __future__ import annotations

import numpy as np

from hrs_ros.synthetic.mesh import Mesh, box, join, sphere, torus
from hrs_ros.synthetic.rotation import about
from hrs_ros.synthetic.things.food import EATEN
from hrs_ros.synthetic.things.kind import Design, handle, kind, upright_bar
from hrs_ros.synthetic.things.model import Surface
from hrs_ros.synthetic.things.shapes import (
    cushion,
    cylinder,
    ellipsoid,
    slab,
    tube,
    turned,
)
from hrs_ros.synthetic.things.variation import Variation


@kind("cake", "food", "hold, eat, touch, carry, look at, next to", "table hand")
def cake(v: Variation) -> Design:
    """Whole cake with candles or cherries."""
    r, h = v.between(1.0, 1.5), v.between(0.6, 1.0)
    body = turned([(0, 0.1), (r, 0.1), (r, h), (0.97 * r, h + 0.08), (0, h + 0.08)], 36)
    board = cylinder(r * 1.25, 0.1, 36)
    a = np.linspace(0, 2 * np.pi, v.whole(8, 12), endpoint=False)
    puffs = join(
        *(
            sphere(0.13, 10).moved(translation=(0.85 * r * np.cos(t), h + 0.12, 0.85 * r * np.sin(t)))
            for t in a
        )
    )
    ring = torus(r * 0.99, 0.1, 36, 6).moved(about((1, 0, 0), np.pi / 2), (0, 0.18, 0))
    surfaces = [
        Surface(body, "cream"),
        Surface(join(puffs, ring), "cream.2"),
        Surface(board, v.pick("white", "metal", "china")),
    ]
    if v.chance(0.6):
        spots = [
            (0.5 * r * np.cos(t), 0.5 * r * np.sin(t))
            for t in np.linspace(0, 2 * np.pi, v.whole(4, 7), endpoint=False)
        ]
        surfaces.append(
            Surface(
                join(*(cylinder(0.04, 0.6, 8).moved(translation=(x, h + 0.06, z)) for x, z in spots)),
                "plastic",
            )
        )
        surfaces.append(
            Surface(
                join(*(ellipsoid((0.04, 0.1, 0.04), (x, h + 0.75, z), segments=8) for x, z in spots)),
                "orange",
            )
        )
    rim = tuple(handle("palm", (s * r * 0.9, 0, 0), (-s * 0.4, 0, 1), (0, -1, 0)) for s in (1, -1))
    return Design(tuple(surfaces), {"hold": rim}, mouth=(0, h, r), both="hold, carry")


@kind("ice cream", "food", EATEN, "hand")
def ice_cream(v: Variation) -> Design:
    """Cone with scoops, or an ice lolly on a stick, upright."""
    if v.pick("cone", "cone", "lolly", "soft") == "lolly":
        w, h = v.between(0.38, 0.5), v.between(1.0, 1.3)
        bodyl = cushion(w, h, 0.2, (0, 0.7 + h / 2, 0), roundness=0.4)
        stick = slab(0.14, 0.05, 0.9, 0.04).moved(about((1, 0, 0), np.pi / 2), (0, 0.45, 0))
        holds = upright_bar(0.25, 0.06)
        return Design(
            (Surface(bodyl, v.pick("cream", "orange", "sauce")), Surface(stick, "wood")),
            {"hold": holds},
            mouth=(0, 0.65 + h, 0.05),
        )
    h, r = v.between(1.0, 1.3), v.between(0.26, 0.34)
    cone = turned(
        [(0, 0), (0.04, 0.02), (r, h), (r * 1.08, h + 0.04), (r * 1.08, h + 0.14), (0, h + 0.14)], 18
    )
    count = v.whole(1, 2)
    scoops = [sphere(r * 1.15, 18).moved(translation=(0, h + 0.3 + 0.38 * k, 0)) for k in range(count)]
    surfaces = [Surface(cone, "bread"), Surface(scoops[0], "cream")]
    if count == 2:
        surfaces.append(Surface(scoops[1], "cream.2"))
    top = h + 0.3 + 0.38 * (count - 1) + r * 1.15
    return Design(tuple(surfaces), {"hold": upright_bar(0.55 * h, 0.55 * r)}, mouth=(0, top - 0.1, r * 0.8))


@kind("biscuit", "food", EATEN, "hand table")
def biscuit(v: Variation) -> Design:
    """Biscuit, doughnut, croissant or chocolate bar."""
    sort = v.pick("cookie", "doughnut", "croissant", "bar")
    if sort == "doughnut":
        r = v.between(0.34, 0.45)
        ring = torus(r, 0.17, 24, 12).moved(about((1, 0, 0), np.pi / 2), (0, 0.17, 0))
        icing = torus(r, 0.155, 24, 12).moved(about((1, 0, 0), np.pi / 2), (0, 0.2, 0))
        surfaces, size = [Surface(ring, "bread"), Surface(icing, "cream")], r + 0.15
    elif sort == "croissant":
        size = v.between(0.85, 1.2)
        a = np.linspace(-1.2, 1.2, 14)
        path = size * np.c_[0.7 * np.sin(a), np.full(14, 0.3), 0.5 * np.cos(a) - 0.3]
        radii = 0.3 * size * np.cos(a) ** 0.8 * (1 + 0.15 * (np.arange(14) % 2)) + 0.04
        roll = tube(path, radii, sides=12, up=(0, 1, 0))
        surfaces = [Surface(roll, "bread")]
        size *= 0.45
    elif sort == "bar":
        pieces = join(
            *(
                slab(0.3, 0.2, 0.3, 0.04, (x, 0.1, z), 1)
                for x in (-0.16, 0.16)
                for z in (-0.5, -0.17, 0.16, 0.49)
            ),
            box(0.6, 0.1, 1.3, (0, 0.05, 0)),
        )
        wrap = slab(0.72, 0.24, 0.8, 0.05, (0, 0.12, -0.35), 1)
        surfaces, size = [Surface(pieces, "meat"), Surface(wrap, "paint")], 0.65
    else:
        r = v.between(0.32, 0.45)
        body = turned([(0, 0), (0.95 * r, 0), (r, 0.06), (0.9 * r, 0.12), (0, 0.16)], 20)
        chips = join(
            *(
                ellipsoid((0.06, 0.04, 0.06), (0.6 * r * np.cos(t), 0.14, 0.6 * r * np.sin(t)), segments=8)
                for t in np.arange(6) * 1.1
            )
        )
        surfaces, size = [Surface(body, "bread"), Surface(chips, "meat")], r
    half = 0.1 if sort != "croissant" else 0.25
    holds = tuple(
        handle(
            "rim",
            (s * size * 0.9 * (0.5 if sort == "bar" else 1), 0.12, -0.2 if sort == "bar" else 0),
            (-s, 0, 0.4),
            (0, -1, 0),
            half,
        )
        for s in (1, -1)
    )
    return Design(tuple(surfaces), {"hold": holds}, mouth=(0, 0.12, size))


@kind("meal", "food", "eat, touch, next to, look at", "table", weight=0.7)
def meal(v: Variation) -> Design:
    """Helpings of food without a plate, within 0.7 dm of the axis."""
    lumps: list[Mesh] = []
    for _ in range(v.whole(3, 5)):
        size, angle = v.between(0.16, 0.34), float(v.rng.uniform(0, 2 * np.pi))
        distance = float(v.rng.uniform(0.1, 0.45))
        lump = ellipsoid((size, size * v.between(0.4, 0.9), size * v.between(0.7, 1.3)), segments=14)
        lumps.append(
            lump.moved(
                translation=(
                    distance * np.cos(angle),
                    -lump.vertices[:, 1].min() * 0.98,
                    distance * np.sin(angle),
                )
            )
        )
    low = min(m.vertices[:, 1].min() for m in lumps)
    leaves = join(
        *(
            ellipsoid(
                (0.2, 0.05, 0.14), (0.5 * np.cos(t), 0.08, 0.5 * np.sin(t)), about((0, 1, 0), t), segments=10
            )
            for t in (0.4, 1.3, 2.4)
        )
    )
    split = max(1, len(lumps) // 2)
    parts = [
        (join(*lumps[:split]), "dish"),
        (join(*lumps[split:]), v.pick("meat", "crumb", "bread", "cheese")),
        (leaves, "leaf"),
    ]
    low = min(low, leaves.vertices[:, 1].min())
    touch = handle("rim", (0, 0.15, 0), (0, -1, 0), (0, 1, 0), 0.15)
    return Design(
        tuple(Surface(m.moved(translation=(0, -low, 0)), look) for m, look in parts),
        {"touch": (touch, touch), "eat": (touch, touch)},
        mouth=(0, 0.25, 0),
    )


@kind("cigarette", "cigarette", "hold, use, next to", "hand", weight=0.6)
def cigarette(v: Variation) -> Design:
    """Cigarette along Z; its filter at -Z is for the mouth."""
    length, r = v.between(0.75, 0.95), v.between(0.038, 0.05)
    paper = tube([(0, r, -length / 2), (0, r, length / 2 - 0.06)], r, sides=10)
    filt = tube([(0, r, -length / 2 - 0.01), (0, r, -length / 2 + 0.25)], r * 1.04, sides=10)
    ash = tube([(0, r, length / 2 - 0.06), (0, r, length / 2)], r * 0.95, sides=8)
    low = min(m.vertices[:, 1].min() for m in (paper, filt, ash))
    hold = handle("rim", (0, r, -0.1), (1, 0, 0), (0, -1, 0), r)
    other = handle("rim", (0, r, -0.1), (-1, 0, 0), (0, -1, 0), r)
    return Design(
        tuple(
            Surface(m.moved(translation=(0, -low, 0)), look)
            for m, look in ((paper, "white"), (filt, "banana"), (ash, "sauce"))
        ),
        {"hold": (other, hold)},
        mouth=(0, r, -length / 2),
    )


KINDS = (
    cake,
    ice_cream,
    biscuit,
    meal,
    cigarette,
)
