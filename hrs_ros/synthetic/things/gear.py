"""Umbrellas, toy guns, lighters, scissors."""

from __future__ import annotations

import numpy as np

from hrs_ros.synthetic.mesh import Mesh, join, torus
from hrs_ros.synthetic.rotation import about
from hrs_ros.synthetic.things.kind import Design, bar, handle, kind
from hrs_ros.synthetic.things.model import Handle, Surface
from hrs_ros.synthetic.things.shapes import (
    curve,
    cushion,
    cylinder,
    ellipsoid,
    extrude,
    limb,
    shell,
    slab,
    tube,
)
from hrs_ros.synthetic.things.variation import Variation


@kind("scissors", "scissor", "hold, use, touch, next to", "hand table")
def scissors(v: Variation) -> Design:
    """Scissors, a little open, lying; blades at +Z."""
    length, gape = v.between(0.9, 1.5), v.between(0.1, 0.3)
    blades, rings = [], []
    for s in (-1, 1):
        turn = about((0, 1, 0), s * gape)
        blade = extrude(
            [(-0.1, -0.2), (0.1, -0.2), (0.1, 0.5 * length), (-0.02 * s, length), (-0.1, 0.5 * length)], 0.05
        ).moved(about((1, 0, 0), np.pi / 2), (0, 0.1 + 0.025 * s, 0))
        blades.append(blade.moved(turn))
        shank = tube([(0, 0.1, -0.1), (-s * 0.15, 0.1, -0.5)], 0.07, up=(0, 1, 0))
        ring = (
            torus(0.24, 0.06, 18, 6)
            .moved(about((1, 0, 0), np.pi / 2))
            .squashed((0.85, 1, 1.3))
            .moved(translation=(-s * 0.22, 0.1, -0.78))
        )
        rings.append(join(shank, ring).moved(turn))
    hold = handle("rim", (0, 0.1, -0.75), (0, 0, 1), (0, -1, 0), 0.08)
    low = min(float(m.vertices[:, 1].min()) for m in (*blades, *rings))
    screw = cylinder(0.07, 0.06, 10).moved(translation=(0, 0.12, 0))
    return Design(
        tuple(
            Surface(m.moved(translation=(0, -low, 0)), look)
            for m, look in ((join(*blades, screw), "metal"), (join(*rings), "plastic"))
        ),
        {"hold": (hold, hold)},
    )


@kind("umbrella", "umbrella", "hold, use, carry, touch, next to", "hand", weight=2)
def umbrella(v: Variation) -> Design:
    """Open umbrella, upright: grip below, canopy above; or closed."""
    h, r = v.between(7.5, 9.0), v.between(4.6, 6.2)
    shaft = tube([(0, 0.8, 0), (0, h + 0.5, 0)], 0.06, sides=6, up=(1, 0, 0))
    crook = v.pick("crook", "straight", "crook", "ball")
    if crook == "crook":
        grip = tube(
            curve([(0, 1.8, 0), (0, 0.5, 0), (0, 0.05, 0.4), (0, 0.3, 0.85), (0, 0.7, 0.9)], 16),
            0.12,
            up=(1, 0, 0),
        )
    elif crook == "straight":
        grip = limb((0, 0.15, 0), (0, 1.5, 0), 0.15, 0.12)
    else:
        grip = join(
            ellipsoid((0.25, 0.25, 0.25), (0, 0.25, 0), segments=12), tube([(0, 0.3, 0), (0, 1.5, 0)], 0.1)
        )
    ribs = 8
    dome = v.between(1.6, 2.6)
    rows: list[Mesh] = [_canopy(r, dome, h, ribs, k) for k in range(ribs)]
    stays = join(
        *(
            tube(
                [(0, h - dome * 0.95, 0), (0.55 * r * np.cos(a), h - dome * 0.32, 0.55 * r * np.sin(a))],
                0.035,
                sides=4,
            )
            for a in np.arange(ribs) * 2 * np.pi / ribs
        )
    )
    two = v.chance(0.3)
    hold = (
        bar((0, 1.3, 0), (0, 1, 0), (0.7, 0, -0.7), 0.13),
        bar((0, 1.3, 0), (0, 1, 0), (-0.7, 0, -0.7), 0.13),
    )
    low = float(grip.vertices[:, 1].min())
    look = v.pick("nylon", "plain cloth", "stripe cloth")
    surfaces = [
        Surface(join(*rows[::2]), look),
        Surface(join(*rows[1::2]), look + ".2" if two else look),
        Surface(join(shaft, stays), "metal"),
        Surface(grip, v.pick("wood", "black")),
    ]
    moved = tuple(Surface(s.mesh.moved(translation=(0, -low, 0)), s.look) for s in surfaces)
    return Design(moved, {"hold": hold})


def _canopy(r: float, dome: float, top: float, ribs: int, k: int) -> Mesh:
    """One of the cloth panels between two ribs, two-sided."""
    t = np.linspace(0.02, 1, 7)
    s = np.linspace(0, 1, 6)
    a = 2 * np.pi * (k + s) / ribs
    rings = []
    for u in t:
        sag = 1 - 0.09 * np.sin(np.pi * s) * u
        y = top - dome * u**2 - 0.15 * u + 0.05 * np.sin(np.pi * s) * u
        outer = np.c_[
            r * np.sin(u * 1.45) / np.sin(1.45) * sag * np.cos(a),
            y,
            r * np.sin(u * 1.45) / np.sin(1.45) * sag * np.sin(a),
        ]
        rings.append(outer)
    return shell(rings, np.array(rings) - (0, 0.03, 0))


@kind("toy gun", "gun", "hold, use, play, carry, touch, next to", "hand", weight=0.6)
def toy_gun(v: Variation) -> Design:
    """Water pistol or toy rifle; points along +Z."""
    sort = v.pick("pistol", "rifle", "water", "blaster")
    k = v.between(0.95, 1.15)
    if sort == "rifle":
        stock = extrude(
            [(-3.6, 0.1), (-3.6, 1.4), (-1.6, 1.5), (2.6, 1.5), (2.6, 1.1), (-0.8, 1.0), (-1.3, 0.7)], 0.4
        ).moved(about((0, 1, 0), -np.pi / 2))
        barrel = tube([(0, 1.5, -0.8), (0, 1.5, 5.0)], 0.13)
        parts = [(stock, "wood"), (barrel, "black"), (tube([(0, 1.75, -0.6), (0, 1.75, 1.2)], 0.2), "black")]
        right = bar((0, 0.95, -1.35), (0, 0.7, 0.7), (0, 0.3, -1), 0.25)
        left = bar((0, 1.25, 2.0), (0, 0, 1), (0, -1, 0), 0.22)
        both = "use, carry"
    else:
        stock = extrude(
            [
                (-0.75, 0.0),
                (-0.2, 0.0),
                (0.0, 0.9),
                (0.55, 1.0),
                (2.0, 1.05),
                (2.0, 1.45),
                (-0.6, 1.5),
                (-0.7, 1.2),
            ],
            0.32,
        ).moved(about((0, 1, 0), -np.pi / 2))
        guard = torus(0.24, 0.05, 14, 5).moved(about((0, 1, 0), np.pi / 2), (0, 0.82, 0.2))
        extra = (
            ellipsoid((0.28, 0.3, 0.6), (0, 1.75, 0.3))
            if sort == "water"
            else tube([(0, 1.3, 1.9), (0, 1.3, 2.3)], 0.14)
        )
        if sort == "blaster":
            extra = join(extra, cushion(0.5, 0.5, 1.3, (0, 1.25, 1.0), roundness=0.4))
        parts = [
            (stock, "black" if sort == "pistol" else "plastic"),
            (guard, "black"),
            (extra, "plastic.2" if sort != "pistol" else "metal"),
        ]
        right = left = bar((0, 0.5, -0.4), (0, 0.97, 0.25), (0, 0, -1), 0.2)
        both = ""
    low = min(float(m.vertices[:, 1].min()) for m, _ in parts) * k
    moved = tuple(Surface(m.squashed((k, k, k)).moved(translation=(0, -low, 0)), look) for m, look in parts)
    hands = tuple(
        Handle((g.point[0] * k, g.point[1] * k - low, g.point[2] * k), g.axis, g.out, g.radius * k, g.grasp)
        for g in (left, right)
    )
    return Design(
        moved, {"hold": (hands[1], hands[1]), "use": hands, "carry": hands, "play": hands}, both=both
    )


@kind("lighter", "lighter", "hold, use, next to", "hand table", weight=0.4)
def lighter(v: Variation) -> Design:
    """Lighter, upright, perhaps with its flame."""
    h = v.between(0.7, 0.85)
    body = cushion(0.25, h, 0.14, (0, h / 2, 0), roundness=0.3, segments=16)
    cap = slab(0.22, 0.14, 0.13, 0.03, (0, h + 0.05, 0), 2)
    surfaces = [Surface(body, "plastic"), Surface(cap, "metal")]
    if v.chance(0.5):
        surfaces.append(Surface(ellipsoid((0.05, 0.14, 0.05), (0.02, h + 0.24, 0), segments=10), "orange"))
    hold = (
        bar((0, 0.4 * h, 0), (0, 1, 0), (1, 0, -0.4), 0.12),
        bar((0, 0.4 * h, 0), (0, 1, 0), (-1, 0, -0.4), 0.12),
    )
    return Design(tuple(surfaces), {"hold": hold})


KINDS = (
    scissors,
    umbrella,
    toy_gun,
    lighter,
)
