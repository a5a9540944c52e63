"""Plates, bowls, cutlery, pots and trays."""

from __future__ import annotations

import numpy as np

from hrs_ros.synthetic.mesh import Mesh, box, join
from hrs_ros.synthetic.rotation import about
from hrs_ros.synthetic.things.kind import Design, bar, handle, kind, upright_bar
from hrs_ros.synthetic.things.model import Handle, Rest, Surface
from hrs_ros.synthetic.things.shapes import (
    curve,
    ellipsoid,
    extrude,
    hoop,
    limb,
    rounded_rectangle,
    slab,
    tube,
    turned,
)
from hrs_ros.synthetic.things.variation import Variation


def rims(radius: float, near: float, height: float, half: float) -> tuple[Handle, ...]:
    """Left and right hand at the edge of something flat, then from z = -near, then under it."""
    return (
        handle("rim", (radius, height, 0), (-1, 0, 0), (0, -1, 0), half),
        handle("rim", (-radius, height, 0), (1, 0, 0), (0, -1, 0), half),
        handle("rim", (0, height, -near), (0, 0, 1), (0, -1, 0), half),
        handle("palm", (0, 0, 0), (0, 0, 1), (0, -1, 0)),
    )


@kind("plate", "plate", "hold, carry, next to", "hand table", weight=3)
def plate(v: Variation) -> Design:
    """Flat, deep or oval plate."""
    sort = v.pick("flat", "deep", "coupe", "wide", "oval")
    r = v.between(0.9, 1.4)
    depth = {"flat": 0.2, "deep": 0.36, "coupe": 0.26, "wide": 0.22, "oval": 0.2}[sort]
    well = {"flat": 0.68, "deep": 0.6, "coupe": 0.9, "wide": 0.45, "oval": 0.7}[sort]
    outside = [
        (0, 0),
        (0.5 * r, 0),
        (0.53 * r, 0.03),
        (well * r, 0.35 * depth),
        (r, depth),
        (1.012 * r, depth + 0.02),
    ]
    inside = [(0.99 * r, depth + 0.04), (well * r, 0.35 * depth + 0.05), (0.55 * r, 0.075), (0, 0.06)]
    mesh = turned(outside + inside, 40)
    if sort == "oval":
        mesh = mesh.squashed((1, 1, 0.72))
    surfaces = [Surface(mesh, "china")]
    if v.chance(0.25):
        band = hoop(
            [
                (0.86 * r, depth * 0.8),
                (0.9 * r, depth * 0.84),
                (0.9 * r, depth * 0.9 + 0.057),
                (0.86 * r, depth * 0.86 + 0.055),
            ],
            40,
        )
        surfaces.append(Surface(band.squashed((1, 1, 0.72)) if sort == "oval" else band, "paint"))
    return Design(
        tuple(surfaces),
        {"hold": rims(0.97 * r, 0.97 * r * (0.72 if sort == "oval" else 1), depth + 0.02, 0.03)},
        both="carry",
        rests=(Rest((0, 0.06, 0), (0.4 * r, 0.3 * r)),),
    )


@kind("bowl", "tableware", "hold, carry, next to", "hand table")
def bowl(v: Variation) -> Design:
    r, h = v.between(0.65, 1.15), v.between(0.45, 0.8)
    outside = [(0, 0), (0.42 * r, 0), (0.44 * r, 0.08), (0.75 * r, 0.4 * h), (0.95 * r, 0.75 * h), (r, h)]
    inside = [(0.96 * r, h), (0.9 * r, 0.75 * h), (0.7 * r, 0.45 * h), (0.4 * r, 0.16), (0, 0.12)]
    surfaces = [Surface(turned(outside + inside, 36), v.pick("china", "wood", "metal"))]
    if v.chance(0.5):
        level = 0.75 * h
        surfaces.append(
            Surface(
                turned(
                    [(0, level - 0.1), (0.88 * r, level - 0.02), (0.6 * r, level + 0.06), (0, level + 0.12)],
                    24,
                ),
                "dish",
            )
        )
    holds = (
        handle("palm", (0, 0, 0), (0, 0, 1), (0, -1, 0)),
        handle("palm", (0, 0, 0), (0, 0, 1), (0, -1, 0)),
    )
    sides = (
        bar((0.8 * r, 0.5 * h, 0), (0, 0, 1), (1, -0.6, 0), 0.15),
        bar((-0.8 * r, 0.5 * h, 0), (0, 0, 1), (-1, -0.6, 0), 0.15),
    )
    return Design(tuple(surfaces), {"hold": holds, "carry": sides}, both="carry", mouth=(0, h, r))


def _head(sort: str, width: float, length: float) -> Mesh:
    """Working end of a piece of cutlery; lies along +Z from z = 0."""
    if sort == "spoon":
        return ellipsoid((width / 2, 0.035, length / 2), (0, 0.045, length * 0.45), segments=16)
    if sort == "knife":
        blade = [(-0.06, 0), (0.09, 0), (0.1, 0.7 * length), (0.03, length), (-0.06, 0.9 * length)]
        return extrude(blade, 0.02).moved(about((1, 0, 0), np.pi / 2), (0, 0.05, 0))
    palm = slab(width, 0.03, 0.3 * length, 0.06, (0, 0.05, 0.15 * length))
    tines = [
        box(0.03, 0.025, 0.75 * length, (x, 0.05, 0.62 * length)) for x in np.linspace(-0.42, 0.42, 4) * width
    ]
    return join(palm, *tines)


@kind("cutlery", "tableware", "hold, use, next to", "hand table")
def cutlery(v: Variation) -> Design:
    """Spoon, fork or knife; lies along Z, its working end towards +Z."""
    sort = v.pick("spoon", "fork", "knife")
    length, width = v.between(1.1, 1.5), v.between(0.24, 0.42)
    stem = limb((0, 0.05, -length), (0, 0.05, 0.05), 0.05, 0.035, sides=8).squashed((1, 0.8, 1))
    end = slab(0.13, 0.05, 0.6, 0.05, (0, 0.045, -length + 0.25))
    mesh = join(stem, end, _head(sort, width, v.between(0.5, 0.7)))
    low = mesh.vertices[:, 1].min()
    grip = bar((0, 0.05, -0.5 * length), (0, 0, 1), (0, 1, 0), 0.06)
    surface = Surface(mesh.moved(translation=(0, -low, 0)), v.pick("metal", "metal", "brass"))
    return Design((surface,), {"hold": (grip, grip)}, mouth=(0, 0.05, 0.5))


@kind("pot", "pot", "hold, carry, use, next to", "hand table")
def pot(v: Variation) -> Design:
    """Cooking pot with two ears and perhaps a lid."""
    r, h = v.between(0.9, 1.4), v.between(0.9, 1.6)
    wall = turned(
        [
            (0, 0),
            (0.95 * r, 0),
            (r, 0.08),
            (r, h),
            (r + 0.05, h + 0.02),
            (r - 0.04, h + 0.03),
            (r - 0.05, 0.1),
            (0, 0.08),
        ],
        36,
    )
    ears = []
    for side in (-1, 1):
        path = [
            (side * r * 0.98, 0.78 * h, -0.32),
            (side * (r + 0.3), 0.8 * h, -0.28),
            (side * (r + 0.3), 0.8 * h, 0.28),
            (side * r * 0.98, 0.78 * h, 0.32),
        ]
        ears.append(tube(curve(path, 12), 0.06, up=(0, 1, 0)))
    surfaces = [Surface(wall, v.pick("metal", "paint")), Surface(join(*ears), "black")]
    if v.chance(0.55):
        lid = turned(
            [
                (0, h + 0.02),
                (r, h + 0.02),
                (r + 0.02, h + 0.06),
                (0.6 * r, h + 0.2),
                (0.12, h + 0.27),
                (0.1, h + 0.33),
                (0.2, h + 0.42),
                (0.16, h + 0.5),
                (0, h + 0.52),
            ],
            32,
        )
        surfaces.append(Surface(lid, surfaces[0].look))
    hold = tuple(bar((side * (r + 0.3), 0.8 * h, 0), (0, 0, 1), (side, 0, 0), 0.06) for side in (1, -1))
    return Design(tuple(surfaces), {"hold": hold}, both="hold, carry")


@kind("pan", "kitchenware", "hold, use, carry, next to", "hand table")
def pan(v: Variation) -> Design:
    """Frying pan; its handle towards -Z."""
    r, length, h = v.between(0.9, 1.4), v.between(1.6, 2.2), v.between(0.35, 0.6)
    wall = turned(
        [(0, 0), (0.8 * r, 0), (0.86 * r, 0.05), (r, h), (r - 0.05, h + 0.01), (0.8 * r, 0.08), (0, 0.07)], 36
    )
    path = [(0, 0.8 * h, -0.95 * r), (0, h + 0.15, -r - 0.5 * length), (0, h + 0.2, -r - length)]
    grip = tube(curve(path, 10), [*np.linspace(0.07, 0.11, 9), 0.06], up=(0, 1, 0), flat=0.7)
    middle = (0.0, h + 0.17, -r - 0.62 * length)
    hold = bar(middle, (0, 0, 1), (0, -1, 0), 0.09)
    return Design(
        (Surface(wall, v.pick("black", "metal", "paint")), Surface(grip, "black.grip")),
        {"hold": (hold, hold)},
    )


@kind("tray", "tableware", "hold, carry, next to", "hand table")
def tray(v: Variation) -> Design:
    """Serving tray with a raised rim."""
    w, d = v.between(3.2, 4.6), v.between(2.2, 3.2)
    corner = v.pick(0.1, 0.4, 0.7, 1.0)
    floor = slab(w, 0.08, d, corner, (0, 0.04, 0), 6)
    edge = rounded_rectangle(w, d, corner, 6)
    rim = tube(np.c_[edge[:, 0], np.full(len(edge), 0.16), edge[:, 1]], 0.07, closed=True, up=(0, 1, 0))
    wall = tube(np.c_[edge[:, 0], np.full(len(edge), 0.08), edge[:, 1]], 0.06, closed=True, up=(0, 1, 0))
    hold = rims(w / 2, d / 2, 0.12, 0.1)
    return Design(
        (Surface(join(floor, rim, wall), v.pick("wood", "metal", "plastic")),),
        {"hold": hold},
        rests=(Rest((0, 0.08, 0), (w / 2 - 0.5, d / 2 - 0.5)),),
        both="hold, carry",
    )


@kind("teapot", "kitchenware", "hold, use, carry, next to", "hand table")
def teapot(v: Variation) -> Design:
    """Teapot: spout towards +Z, handle towards -Z."""
    r, h = v.between(0.6, 0.85), v.between(0.9, 1.25)
    body = turned(
        [
            (0, 0),
            (0.6 * r, 0),
            (0.65 * r, 0.05),
            (0.95 * r, 0.3 * h),
            (r, 0.5 * h),
            (0.8 * r, 0.8 * h),
            (0.5 * r, 0.97 * h),
            (0.48 * r, h),
            (0.2 * r, h + 0.1),
            (0.08, h + 0.13),
            (0.1, h + 0.2),
            (0.13, h + 0.26),
            (0, h + 0.32),
        ],
        32,
    )
    spout = tube(
        curve([(0, 0.3 * h, 0.8 * r), (0, 0.5 * h, 1.35 * r), (0, 0.95 * h, 1.75 * r)], 10),
        np.linspace(0.2, 0.09, 10),
        up=(1, 0, 0),
    )
    path = [
        (0, 0.8 * h, -0.75 * r),
        (0, 0.85 * h, -1.5 * r),
        (0, 0.5 * h, -1.7 * r),
        (0, 0.25 * h, -0.85 * r),
    ]
    grip = tube(curve(path, 14), 0.075, up=(1, 0, 0))
    hold = bar((0, 0.62 * h, -1.62 * r), (0, 1, 0), (0, 0, -1), 0.075)
    return Design(
        (Surface(join(body, spout, grip), v.pick("china", "metal")),),
        {"hold": (hold, hold), "carry": upright_bar(0.5 * h, r)},
        mouth=(0, 0.95 * h, 1.75 * r),
    )


KINDS = (plate, bowl, cutlery, pot, pan, tray, teapot)
