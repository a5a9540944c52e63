"""Food that a hand takes to the mouth."""

from __future__ import annotations

import numpy as np

from hrs_ros.synthetic.mesh import Mesh, box, join, sphere, torus
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


KINDS = (apple, banana, burger, sandwich, pizza_slice, cake, ice_cream, biscuit, meal, cigarette)
