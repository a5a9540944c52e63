"""Fruit and savoury food that a hand takes to the mouth."""

from __future__ import annotations

import numpy as np

from hrs_ros.synthetic.mesh import join, sphere
from hrs_ros.synthetic.rotation import about
from hrs_ros.synthetic.things.kind import Design, bar, handle, kind, upright_bar
from hrs_ros.synthetic.things.model import Handle, Surface
from hrs_ros.synthetic.things.shapes import (
    curve,
    cushion,
    cylinder,
    ellipsoid,
    extrude,
    limb,
    slab,
    tube,
    turned,
)
from hrs_ros.synthetic.things.variation import Variation

EATEN = "hold, eat, touch, next to, throw"


def _around(height: float, radius: float) -> tuple[Handle, ...]:
    """Fingers around something round from its sides, then from behind."""
    at = (0.0, height, 0.0)
    return (*upright_bar(height, radius), bar(at, (0, 1, 0), (0, 0, -1), radius))


@kind("apple", "food", EATEN, "hand table")
def apple(v: Variation) -> Design:
    """Apple, pear or orange."""
    sort = v.pick("apple", "pear", "orange", "peach")
    r = v.between(0.34, 0.45)
    if sort == "pear":
        body = turned(
            curve(
                r
                * np.array([(0, 0.05), (0.5, 0.1), (1, 0.7), (0.9, 1.2), (0.55, 1.9), (0.35, 2.5), (0, 2.6)]),
                20,
            ),
            20,
        )
        top = 2.6 * r
    elif sort == "apple":
        body = turned(
            curve(
                r
                * np.array(
                    [
                        (0, 0.12),
                        (0.35, 0),
                        (0.8, 0.35),
                        (1, 1.0),
                        (0.9, 1.5),
                        (0.5, 1.8),
                        (0.15, 1.7),
                        (0, 1.55),
                    ]
                ),
                20,
            ),
            20,
        )
        top = 1.55 * r
    else:
        body, top = sphere(r, 20).moved(translation=(0, r, 0)), 2 * r
    surfaces = [Surface(body, "orange" if sort in ("orange", "peach") else "apple")]
    if sort != "orange":
        stem = tube(
            curve([(0, top - 0.05, 0), (0.02, top + 0.1, 0), (0.08, top + 0.22, 0)], 5),
            0.03,
            sides=5,
            up=(0, 0, 1),
        )
        leaf = ellipsoid((0.16, 0.02, 0.08), (0.2, top + 0.14, 0), segments=10)
        surfaces += [Surface(stem, "wood"), Surface(leaf, "leaf")]
    return Design(tuple(surfaces), {"hold": _around(r, r)}, mouth=(0, r * 1.1, r))


@kind("banana", "food", EATEN, "hand table")
def banana(v: Variation) -> Design:
    """Banana, upright in the hand, perhaps peeled."""
    length, bend, r = v.between(1.6, 2.1), v.between(0.3, 0.5), v.between(0.15, 0.2)
    t = np.linspace(0, 1, 14)
    path = np.c_[np.zeros(14), t * length, bend * (4 * t * (1 - t)) - 0.0]
    radii = r * np.array([0.35, 0.7, 0.9, 1, 1, 1, 1, 1, 1, 0.98, 0.92, 0.8, 0.55, 0.25])
    surfaces = []
    if v.chance(0.5):
        surfaces.append(Surface(tube(path[:9], radii[:9] * 1.05, sides=6, up=(1, 0, 0)), "banana"))
        surfaces.append(Surface(tube(path[7:], radii[7:] * 0.9, sides=10, up=(1, 0, 0)), "cheese"))
        y, z = path[8, 1], path[8, 2]
        flaps = [
            tube(
                curve(
                    [
                        (0, y, z),
                        (0.45 * np.cos(a), y + 0.1, z + 0.45 * np.sin(a)),
                        (0.6 * np.cos(a), y - 0.6, z + 0.6 * np.sin(a)),
                    ],
                    8,
                ),
                np.linspace(0.14, 0.03, 8),
                sides=6,
                flat=0.25,
                up=(0, 1, 0),
            )
            for a in (0.6, 2.7, 4.8)
        ]
        surfaces.append(Surface(join(*flaps), "banana"))
    else:
        surfaces.append(Surface(tube(path, radii, sides=6, up=(1, 0, 0)), "banana"))
    holds = tuple(bar((0, 0.32 * length, bend * 0.85), (0, 1, 0.25), (s, 0, 0), r) for s in (1, -1))
    surfaces = [
        Surface(s.mesh.moved(translation=(0, -min(q.mesh.vertices[:, 1].min() for q in surfaces), 0)), s.look)
        for s in surfaces
    ]
    return Design(tuple(surfaces), {"hold": holds}, mouth=(0, length, 0.05))


@kind("burger", "food", EATEN, "hand table")
def burger(v: Variation) -> Design:
    """Hamburger; both hands hold it from the sides."""
    r = v.between(0.5, 0.65)
    low = turned([(0, 0), (0.9 * r, 0), (r, 0.1), (0.97 * r, 0.25), (0, 0.25)], 24)
    patty = turned([(0, 0.25), (0.98 * r, 0.25), (1.03 * r, 0.36), (0.98 * r, 0.46), (0, 0.46)], 24)
    a = np.linspace(0, 2 * np.pi, 40, endpoint=False)
    salad = tube(
        np.c_[0.95 * r * np.cos(a), 0.5 + 0.05 * np.sin(9 * a), 0.95 * r * np.sin(a)],
        0.12,
        sides=6,
        flat=0.4,
        closed=True,
        up=(0, 1, 0),
    )
    cheese = slab(1.6 * r, 0.05, 1.6 * r, 0.05, (0, 0.5, 0))
    top = turned(
        [(0, 0.56), (0.98 * r, 0.56), (1.02 * r, 0.68), (0.85 * r, 0.9), (0.5 * r, 1.05), (0, 1.1)], 24
    )
    sides = tuple(handle("flat", (s * r, 0.55, 0), (0, 0, 1), (s, -0.2, 0)) for s in (1, -1))
    return Design(
        (
            Surface(join(low, top), "bread"),
            Surface(patty, "meat"),
            Surface(salad, "leaf"),
            Surface(cheese, "cheese"),
        ),
        {"hold": sides},
        mouth=(0, 0.55, r),
        both="hold, eat",
    )


@kind("sandwich", "food", EATEN, "hand table")
def sandwich(v: Variation) -> Design:
    """Sandwich triangle, toast or long roll."""
    sort = v.pick("triangle", "roll", "toast", "wrap")
    if sort == "triangle":
        outline = [(-0.65, -0.5), (0.65, -0.5), (0.0, 0.6)]
        flat = about((1, 0, 0), np.pi / 2)
        slices = [extrude(outline, 0.16).moved(flat, (0, y, 0)) for y in (0.08, 0.5)]
        fill = [extrude(np.array(outline) * 1.04, 0.1).moved(flat, (0, y, 0)) for y in (0.21, 0.31, 0.38)]
        surfaces = [
            Surface(join(*slices), "crumb"),
            Surface(fill[0], "meat"),
            Surface(fill[1], "leaf"),
            Surface(fill[2], "cheese"),
        ]
        hold: tuple[Handle, ...] = tuple(
            handle("rim", (s * 0.5, 0.3, -0.3), (-s, 0, 0.6), (0, -1, 0), 0.28) for s in (1, -1)
        )
        mouth = (0.0, 0.3, 0.6)
    elif sort == "toast":
        w = v.between(0.9, 1.1)
        shape = [
            (-0.45 * w, -0.5 * w),
            (0.45 * w, -0.5 * w),
            (0.45 * w, 0.3 * w),
            (0.5 * w, 0.42 * w),
            (0.3 * w, 0.55 * w),
            (-0.3 * w, 0.55 * w),
            (-0.5 * w, 0.42 * w),
            (-0.45 * w, 0.3 * w),
        ]
        flat = about((1, 0, 0), np.pi / 2)
        surfaces = [
            Surface(extrude(shape, 0.16).moved(flat, (0, 0.08, 0)), "bread"),
            Surface(
                extrude(np.array(shape) * 0.86, 0.06).moved(flat, (0, 0.18, 0)),
                v.pick("sauce", "cheese", "crumb"),
            ),
        ]
        hold = tuple(handle("rim", (s * 0.45 * w, 0.1, -0.1), (-s, 0, 0.5), (0, -1, 0), 0.1) for s in (1, -1))
        mouth = (0.0, 0.1, 0.55 * w)
    else:
        length, r = v.between(1.8, 2.8), v.between(0.28, 0.36)
        if sort == "wrap":
            surfaces = [
                Surface(limb((0, r, -length / 2), (0, r, length / 2), r, r * 0.95, sides=14), "crumb"),
                Surface(tube([(0, r, -length / 2 - r * 0.9), (0, r, 0.1)], r * 1.06, sides=14), "paper"),
                Surface(
                    ellipsoid((r * 0.8, r * 0.8, 0.1), (0, r, length / 2 + r * 0.93), segments=12), "leaf"
                ),
            ]
        else:
            halves = [ellipsoid((r * 1.1, r * 0.55, length / 2), (0, y, 0)) for y in (r * 0.5, r * 1.35)]
            surfaces = [
                Surface(join(*halves), "bread"),
                Surface(cushion(r * 2.3, 0.16, length * 0.86, (0, r * 0.93, 0), roundness=0.4), "leaf"),
                Surface(cushion(r * 2.1, 0.12, length * 0.9, (0, r * 0.78, 0), roundness=0.4), "meat"),
            ]
        hold = (
            bar((0, r, -0.15 * length), (0, 0, 1), (0.5, -1, 0), r),
            bar((0, r, -0.15 * length), (0, 0, 1), (-0.5, -1, 0), r),
        )
        mouth = (0.0, r, length / 2 + (r if sort == "wrap" else 0))
    return Design(tuple(surfaces), {"hold": hold}, mouth=mouth)


@kind("pizza slice", "food", EATEN, "hand table")
def pizza_slice(v: Variation) -> Design:
    """Slice of pizza; its point at +Z."""
    length, half = v.between(1.5, 2.0), v.between(0.5, 0.75)
    flat = about((1, 0, 0), np.pi / 2)
    base = extrude(
        [(-half, -length / 2), (half, -length / 2), (0.05, length / 2), (-0.05, length / 2)], 0.1
    ).moved(flat, (0, 0.05, 0))
    top = extrude(
        [(-half * 0.92, -length / 2 + 0.1), (half * 0.92, -length / 2 + 0.1), (0, length / 2 - 0.08)], 0.05
    ).moved(flat, (0, 0.12, 0))
    crust = limb((-half, 0.12, -length / 2), (half, 0.12, -length / 2), 0.13, 0.13, sides=10)
    spots = join(
        *(
            cylinder(0.15, 0.04, 14).moved(translation=(x * half, 0.13, z * length))
            for x, z in ((0.4, -0.32), (-0.4, -0.25), (0.05, -0.02), (0.0, 0.25))
        )
    )
    low = crust.vertices[:, 1].min()
    surfaces = tuple(
        Surface(m.moved(translation=(0, -low, 0)), look)
        for m, look in ((join(base, crust), "bread"), (top, "cheese"), (spots, "sauce"))
    )
    hold = handle("rim", (0, 0.12 - low, -length / 2 - 0.1), (0, 0, 1), (0, -1, 0), 0.12)
    return Design(surfaces, {"hold": (hold, hold)}, mouth=(0, 0.1 - low, length / 2))


KINDS = (
    apple,
    banana,
    burger,
    sandwich,
    pizza_slice,
)
