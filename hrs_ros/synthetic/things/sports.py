"""Rackets, boards, skis, rods, paddles, weights."""

from __future__ import annotations

import numpy as np

from hrs_ros.synthetic.mesh import Mesh, box, join, torus
from hrs_ros.synthetic.rotation import about
from hrs_ros.synthetic.things.kind import Design, bar, handle, kind
from hrs_ros.synthetic.things.model import Rest, Seat, Surface
from hrs_ros.synthetic.things.shapes import (
    curve,
    cylinder,
    ellipsoid,
    extrude,
    limb,
    loft,
    slab,
    tube,
    turned,
)
from hrs_ros.synthetic.things.variation import Variation

BALL = "hold, throw, play, kick, touch, push, carry, next to"


@kind("racket", "racket", "hold, use, play, carry, touch, next to", "hand floor ground", weight=1.5)
def racket(v: Variation) -> Design:
    """Tennis or badminton racket or table tennis bat: its grip at -Z, its face upwards."""
    sort = v.pick("tennis", "badminton", "bat", "squash")
    a, b = {"tennis": (1.25, 1.65), "badminton": (1.0, 1.25), "bat": (0.75, 0.8), "squash": (1.0, 1.5)}[sort]
    a, b = a * v.between(0.93, 1.07), b * v.between(0.95, 1.08)
    if sort == "bat":
        t = np.linspace(0, 2 * np.pi, 28, endpoint=False)
        blade = extrude(np.c_[a * np.cos(t), b * np.sin(t)], 0.12).moved(
            about((1, 0, 0), np.pi / 2), (0, 0.12, 0)
        )
        rubber = extrude(np.c_[a * 0.97 * np.cos(t), b * 0.97 * np.sin(t)], 0.2).moved(
            about((1, 0, 0), np.pi / 2), (0, 0.12, 0.06)
        )
        grip = slab(0.28, 0.24, 1.2, 0.05, (0, 0.12, -b - 0.45))
        hold = bar((0, 0.12, -b - 0.5), (0, 0, 1), (0, 1, 0), 0.14)
        return Design(
            (Surface(join(blade, grip), "wood"), Surface(rubber, v.pick("sauce", "black"))),
            {"hold": (hold, hold)},
        )
    shaft = {"tennis": 3.2, "badminton": 4.4, "squash": 4.2}[sort] * v.between(0.95, 1.05)
    thick = {"tennis": 0.12, "badminton": 0.06, "squash": 0.08}[sort]
    r_grip = {"tennis": 0.17, "badminton": 0.13, "squash": 0.15}[sort]
    y = r_grip
    t = np.linspace(0, 2 * np.pi, 36, endpoint=False)
    hoop = tube(
        np.c_[a * np.cos(t), np.full(36, y), b * np.sin(t)], thick, sides=6, closed=True, up=(0, 1, 0)
    )
    strings = []
    for x in np.linspace(-0.85, 0.85, 11) * a:
        z = b * np.sqrt(1 - (x / a) ** 2)
        strings.append(box(0.03, 0.03, 2 * z, (x, y, 0)))
    for z in np.linspace(-0.88, 0.88, 13) * b:
        x = a * np.sqrt(1 - (z / b) ** 2)
        strings.append(box(2 * x, 0.03, 0.03, (0, y, z)))
    end = -b - shaft
    throat = (
        [
            tube([(s * a * 0.45, y, -b * 0.9), (0, y, -b - 1.0)], thick * 0.9, sides=6, up=(0, 1, 0))
            for s in (-1, 1)
        ]
        if sort != "badminton"
        else []
    )
    stem = tube([(0, y, -b), (0, y, end + 1.5)], thick, sides=8)
    grip = limb((0, y, end), (0, y, end + 1.7), r_grip, r_grip * 0.95, sides=8)
    hold = bar((0, y, end + 0.7), (0, 0, 1), (0, 1, 0), r_grip)
    shift = -min(m.vertices[:, 1].min() for m in (hoop, grip))
    return Design(
        tuple(
            Surface(mesh.moved(translation=(0, shift, 0)), look)
            for mesh, look in (
                (join(hoop, stem, *throat), "paint"),
                (join(*strings), "white"),
                (grip, "black"),
            )
        ),
        {"hold": (hold, hold)},
    )


def _board(outline: list[tuple[float, float, float]], thickness: float, rocker: float, y: float) -> Mesh:
    """Loft along Z through (z, half width, lift) sections with rounded edges."""
    stations = curve(np.array(outline), 24)
    a = np.linspace(0, 2 * np.pi, 16, endpoint=False)
    rings = []
    for z, half, lift in stations:
        half = max(half, 0.02)
        x = half * np.sign(np.cos(a)) * np.abs(np.cos(a)) ** 0.5
        rings.append(
            np.c_[
                x,
                y + rocker * lift + 0.5 * thickness * np.sign(np.sin(a)) * np.abs(np.sin(a)) ** 0.7,
                np.full(16, z),
            ]
        )
    return loft(np.array(rings))


@kind(
    "skateboard",
    "skateboard",
    "ride, stand on, hold, carry, touch, kick, sit on, on, next to",
    "ground floor hand",
    weight=1.5,
)
def skateboard(v: Variation) -> Design:
    """Skateboard along Z; it rolls along +Z."""
    length, w = v.between(7.4, 9.8), v.between(1.9, 2.3)
    tail = v.pick(0.6, 0.9, 0.3, 0.0)
    h, e = 0.85, length / 2
    outline = [
        (-e, 0.55 * w / 2, tail),
        (-e * 0.93, 0.85 * w / 2, tail * 0.7),
        (-e * 0.68, w / 2, 0),
        (0, w / 2, 0),
        (e * 0.68, w / 2, 0),
        (e * 0.93, 0.85 * w / 2, 0.7 * tail),
        (e, 0.55 * w / 2, tail),
    ]
    deck = _board(outline, 0.16, 1.0, h)
    wheels, trucks = [], []
    for z in (-e * 0.62, e * 0.62):
        trucks.append(
            join(
                tube([(-0.6, 0.32, z), (0.6, 0.32, z)], 0.1), limb((0, 0.32, z), (0, h - 0.05, z), 0.12, 0.3)
            )
        )
        wheels += [
            cylinder(0.3, 0.32, 16).moved(about((0, 0, 1), -np.pi / 2), (s * 0.68 - 0.16 + 0.0, 0.3, z))
            for s in (-1, 1)
        ]
    top = h + 0.08
    edges = tuple(handle("rim", (s * w / 2, h, 0), (-s, 0, 0), (s, 0, 0), 0.09) for s in (1, -1))
    return Design(
        (
            Surface(deck, v.pick("wood", "paint")),
            Surface(join(*trucks), "metal"),
            Surface(join(*wheels), v.pick("white", "plastic")),
        ),
        {"hold": edges},
        (Seat((0, top, 0), (0, 0, 1), False, ((0, top, e * 0.45), (0, top, -e * 0.5))),),
        (Rest((0, top, 0), (0.4 * w, 0.6 * e)),),
    )


@kind(
    "surfboard",
    "surfboard",
    "ride, stand on, hold, carry, lie on, touch, on, sit on, next to",
    "ground water",
)
def surfboard(v: Variation) -> Design:
    """Surfboard, lying along Z; its nose at +Z."""
    length, w = v.between(17, 25), v.between(4.8, 6.0)
    e, lift = length / 2, v.between(0.5, 1.2)
    nose = v.pick(0.3, 0.6, 0.15, 0.75)
    outline = [
        (-e, 0.3 * w / 2, 0.1),
        (-e * 0.85, 0.7 * w / 2, 0),
        (-e * 0.2, w / 2, 0),
        (e * 0.4, 0.92 * w / 2, 0.1),
        (e * 0.85, (0.3 + 0.4 * nose) * w / 2, 0.55),
        (e, 0.1 * w / 2 + nose * 0.3, 1.0),
    ]
    deck = _board(outline, 0.6, lift, 0.9)
    fins = [
        extrude([(0, 0), (-1.1, 0), (-1.0, -0.6), (-0.7, -0.62)], 0.1).moved(
            about((0, 1, 0), -np.pi / 2), (x, 0.66, -e * 0.8)
        )
        for x in (0.0, -1.2, 1.2)
    ]
    mesh = join(*fins)
    low = min(deck.vertices[:, 1].min(), mesh.vertices[:, 1].min())
    stripe = _board([(z * 0.98, 0.25, q) for z, _, q in outline], 0.66, lift, 0.9)
    edge = tuple(
        handle("rim", (s * w / 2, 0.9 - low, -0.05 * length), (-s, 0, 0), (s, -0.3, 0), 0.3) for s in (1, -1)
    )
    top = 1.2 - low
    surfaces = tuple(
        Surface(m.moved(translation=(0, -low, 0)), look)
        for m, look in ((deck, v.pick("white", "paint")), (stripe, "paint.stripe"), (mesh, "black"))
    )
    return Design(
        surfaces,
        {"hold": edge, "carry": edge},
        (Seat((0, top, 0), (0, 0, 1), True, ((0, top, 2.5), (0, top, -2.5))),),
        (Rest((0, top, -0.1 * e), (0.35 * w, 0.75 * e)),),
    )


@kind("skis", "skis", "ride, stand on, hold, carry, use, touch, on, next to", "ground")
def skis(v: Variation) -> Design:
    """A pair of skis along Z, a foot apart; the left one at +X."""
    length, w, gap = v.between(14, 18), v.between(0.7, 1.0), v.between(1.0, 1.5)
    e = length / 2
    outline = [
        (-e, 0.9 * w / 2, 0.1),
        (-e * 0.5, 0.9 * w / 2, 0),
        (0, 0.75 * w / 2, 0),
        (e * 0.7, w / 2, 0),
        (e * 0.9, 0.9 * w / 2, 0.5),
        (e, 0.2 * w / 2, 1.2),
    ]
    single = _board(outline, 0.16, 1.0, 0.08)
    binding = join(
        box(0.7, 0.35, 0.9, (0, 0.3, 1.3)),
        box(0.7, 0.45, 0.9, (0, 0.35, -1.5)),
        box(0.5, 0.12, 3.6, (0, 0.2, -0.1)),
    )
    pair = [m.moved(translation=(s * gap, 0, 0)) for s in (-1, 1) for m in (single,)]
    binds = [binding.moved(translation=(s * gap, 0, 0)) for s in (-1, 1)]
    hold = tuple(bar((s * gap, 0.1, 0.3 * e), (0, 0, 1), (0, 1, 0), 0.25) for s in (1, -1))
    low = min(m.vertices[:, 1].min() for m in pair)
    return Design(
        (
            Surface(join(*pair).moved(translation=(0, -low, 0)), "paint"),
            Surface(join(*binds).moved(translation=(0, -low, 0)), "black"),
        ),
        {"hold": hold},
        (),
        (Rest((0, 0.26, 0), (gap + 0.3, 1.5)),),
        both="hold, carry",
    )


@kind("fishing rod", "fishing rod", "hold, use, carry, pull, next to", "hand ground")
def fishing_rod(v: Variation) -> Design:
    """Rod with a reel; grip at -Z, the tip far along +Z; lies."""
    length, y = v.between(18, 28), 0.45
    path = curve([(0, y, -4), (0, y, length * 0.4), (0, y + 0.4, length - 4)], 12)
    rod = tube(path, np.linspace(0.1, 0.02, 12), sides=6, up=(1, 0, 0))
    grip = limb((0, y, -4.2), (0, y, -0.6), 0.15, 0.13)
    reel = join(
        cylinder(0.28, 0.4, 14).moved(about((1, 0, 0), np.pi / 2), (0, y - 0.45 + 0.3, 0.1)),
        box(0.1, 0.3, 0.1, (0, y - 0.15, 0.2)),
    )
    rings = join(
        *(
            torus(0.1, 0.02, 10, 5).moved(translation=(0, y - 0.1, z))
            for z in np.linspace(2.5, length * 0.7, 5)
        )
    )
    low = min(m.vertices[:, 1].min() for m in (rod, grip, reel, rings))
    holds = (
        bar((0, y - low, -3.2), (0, 0, 1), (0, 1, 0), 0.14),
        bar((0, y - low, -1.2), (0, 0, 1), (0, 1, 0), 0.14),
    )
    parts = ((rod, "paint"), (grip, "black"), (join(reel, rings), "metal"))
    return Design(
        tuple(Surface(m.moved(translation=(0, -low, 0)), look) for m, look in parts),
        {"hold": holds},
        both="use",
    )


@kind("stick", "stick", "hold, use, carry, throw, play, touch, next to", "hand ground", weight=1.5)
def stick(v: Variation) -> Design:
    """Branch, staff, baseball bat or cane; lies along Z."""
    sort = v.pick("staff", "branch", "bat", "cane", "hockey")
    length = {"staff": 14, "branch": 9, "bat": 8, "cane": 9, "hockey": 12}[sort] * v.between(0.85, 1.15)
    r = v.between(0.12, 0.2)
    if sort == "branch":
        bend = v.between(0.15, 0.4)
        along = np.linspace(-0.5, 0.5, 7) * length
        path = np.c_[bend * np.sin(2.1 * along), 0.3 + 0.5 * bend * np.cos(1.3 * along), along]
        mesh = join(
            tube(curve(path, 20), np.linspace(r * 1.3, r * 0.6, 20), up=(1, 0, 0)),
            limb(path[4], path[4] + (1.0, 0.5, 1.0), r * 0.6, r * 0.3, sides=6),
        )
    elif sort == "bat":
        along = np.array([-0.5, -0.49, -0.46, -0.45, -0.1, 0.2, 0.45, 0.49, 0.5]) * length
        mesh = tube(
            np.c_[np.zeros((9, 2)), along],
            [0.1, 0.22, 0.22, 0.13, 0.17, 0.32, 0.33, 0.28, 0.12],
            sides=14,
            up=(1, 0, 0),
        )
    elif sort == "cane":
        path = [
            (0, 0, length / 2),
            (0, 0, 0),
            (0, 0, -length / 2),
            (0.35, 0, -length / 2 - 0.45),
            (0.8, 0, -length / 2 - 0.3),
            (0.95, 0, -length / 2 + 0.2),
        ]
        mesh = tube(curve(path, 24), r, up=(0, 1, 0))
    elif sort == "hockey":
        mesh = join(
            tube([(0, 0, -length / 2), (0, 0, length / 2)], r, up=(1, 0, 0)),
            tube(
                [(0, 0, length / 2 - 0.2), (1.2, 0, length / 2 + 0.9), (2.4, 0, length / 2 + 1.0)],
                [r, 0.3, 0.28],
                flat=0.3,
                up=(0, 1, 0),
            ),
        )
    else:
        mesh = limb((0, 0, -length / 2), (0, 0, length / 2), r, r * 0.9, sides=10)
    low = mesh.vertices[:, 1].min()
    y = -low if sort != "branch" else 0.3 - low
    z = -0.36 * length if sort in ("bat", "hockey", "cane") else -0.15 * length
    holds = (bar((0, y, z + 0.55), (0, 0, 1), (0, 1, 0), r), bar((0, y, z - 0.45), (0, 0, 1), (0, 1, 0), r))
    return Design(
        (
            Surface(
                mesh.moved(translation=(0, -low, 0)),
                v.pick("wood", "wood", "metal") if sort == "bat" else "wood",
            ),
        ),
        {"hold": holds},
        both="use" if sort in ("bat", "hockey") else "",
    )


@kind("paddle", "paddle", "hold, use, carry, touch, next to", "hand water")
def paddle(v: Variation) -> Design:
    """Canoe paddle, lying along Z; its blade at +Z."""
    length, w = v.between(12, 16), v.between(1.6, 2.2)
    double = v.chance(0.35)
    shaft = tube([(0, 0.2, -length / 2), (0, 0.2, length / 2)], 0.16)
    blade = ellipsoid((w / 2, 0.08, v.between(2.0, 2.6)), (0, 0.2, length / 2 + 1.2), segments=20)
    parts = [shaft, blade]
    if double:
        parts.append(blade.moved(about((0, 1, 0), np.pi)))
    else:
        parts.append(tube([(-0.55, 0.2, -length / 2), (0.55, 0.2, -length / 2)], 0.16))
    mesh = join(*parts)
    low = mesh.vertices[:, 1].min()
    holds = (
        bar((0, 0.2 - low, 0.1 * length), (0, 0, 1), (0, 1, 0), 0.16),
        bar((0, 0.2 - low, -0.35 * length), (0, 0, 1), (0, 1, 0), 0.16),
    )
    return Design(
        (Surface(mesh.moved(translation=(0, -low, 0)), v.pick("wood", "plastic")),),
        {"hold": holds},
        both="use, hold",
    )


@kind("dumbbell", "body building apparatus", "hold, use, carry, touch, next to", "hand floor")
def dumbbell(v: Variation) -> Design:
    """Dumbbell, lying along X."""
    r, gap = v.between(0.45, 0.75), v.between(0.65, 0.8)
    plates = v.whole(1, 3)
    bar_mesh = tube([(-gap - 0.75, r, 0), (gap + 0.75, r, 0)], 0.15)
    discs = []
    for s in (-1, 1):
        for k in range(plates):
            disc = turned([(0, -0.1), (r * (1 - 0.12 * k), -0.1), (r * (1 - 0.12 * k), 0.1), (0, 0.1)], 20)
            discs.append(disc.moved(about((0, 0, 1), np.pi / 2), (s * (gap + 0.12 + 0.22 * k), r, 0)))
    hold = bar((0, r, 0), (1, 0, 0), (0, 1, 0), 0.15)
    return Design(
        (Surface(bar_mesh, "metal"), Surface(join(*discs), v.pick("black", "metal.disc"))),
        {"hold": (hold, hold)},
    )


KINDS = (
    racket,
    skateboard,
    surfboard,
    skis,
    fishing_rod,
    stick,
    paddle,
    dumbbell,
)
