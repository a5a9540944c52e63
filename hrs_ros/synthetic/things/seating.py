"""Chairs, stools, benches."""

from __future__ import annotations

import numpy as np

from hrs_ros.synthetic.mesh import Mesh, box, join
from hrs_ros.synthetic.rotation import about
from hrs_ros.synthetic.things.kind import Design, bar, cross_bar, flats, handle, kind
from hrs_ros.synthetic.things.model import Rest, Seat, Surface
from hrs_ros.synthetic.things.shapes import curve, cushion, cylinder, limb, sheet, slab, tube
from hrs_ros.synthetic.things.variation import Variation


def four_legs(x: float, z: float, height: float, thickness: float, splay: float = 0.0) -> Mesh:
    """Straight legs at (x, z) and its mirror images, the feet ``splay`` further out."""
    legs = []
    for sx in (-1, 1):
        for sz in (-1, 1):
            top, foot = (sx * x, height, sz * z), (sx * (x + splay), 0.0, sz * (z + splay))
            legs.append(tube([foot, top], [0.8 * thickness, thickness], sides=8, up=(0, 0, 1)))
    return join(*legs)


def square_legs(x: float, z: float, height: float, thickness: float) -> Mesh:
    return join(
        *(box(thickness, height, thickness, (sx * x, height / 2, sz * z)) for sx in (-1, 1) for sz in (-1, 1))
    )


def _leaning(mesh: Mesh, angle: float, y: float, z: float) -> Mesh:
    """Tilted backwards about the x axis through (y, z), after being modelled upright there."""
    return mesh.moved(translation=(0, -y, -z)).moved(about((1, 0, 0), -angle), (0, y, z))


@kind(
    "chair",
    "chair",
    "sit on, stand on, on, push, pull, carry, hold, next to, behind",
    "floor ground",
    weight=2,
)
def chair(v: Variation) -> Design:
    """Kitchen chair, padded chair, armchair or office chair."""
    sort = v.pick("slats", "spindles", "padded", "shell", "arms", "office")
    w, d, seat, back = v.between(4.0, 4.8), v.between(4.0, 4.7), v.between(4.3, 4.8), v.between(8.2, 9.6)
    x, z = w / 2 - 0.25, d / 2 - 0.25
    lean = v.between(0.05, 0.2)
    soft = sort in ("padded", "arms", "office")
    frame: list[Mesh] = []
    cloth: list[Mesh] = []
    if sort == "office":
        for k in range(5):
            a = 2 * np.pi * k / 5
            frame.append(limb((0, 0.9, 0), (2.4 * np.sin(a), 0.5, 2.4 * np.cos(a)), 0.22, 0.15, sides=8))
            frame.append(
                cylinder(0.25, 0.3, 10).moved(
                    about((1, 0, 0), np.pi / 2), (2.4 * np.sin(a), 0.25, 2.4 * np.cos(a) - 0.15)
                )
            )
        frame.append(cylinder(0.25, seat - 0.9, 12).moved(translation=(0, 0.8, 0)))
        frame.append(
            tube(
                [(0, seat - 0.3, -1), (0, seat + 0.3, -d / 2 - 0.3), (0, seat + 2, -d / 2 - 0.3)],
                0.2,
                up=(1, 0, 0),
            )
        )
    elif sort == "shell":
        frame.append(four_legs(x - 0.6, z - 0.6, seat - 0.1, 0.16, 0.6))
    else:
        frame.append(square_legs(x, z, seat - 0.2, 0.38))
        frame.append(join(*(box(2 * x, 0.5, 0.25, (0, seat - 0.5, s * z)) for s in (-1, 1))))
    if soft:
        cloth.append(cushion(w, 0.9, d, (0, seat - 0.45, 0), roundness=0.3))
    else:
        frame.append(slab(w, 0.28, d, 0.4, (0, seat - 0.14, 0)))
    top = back - 0.35
    if sort == "slats":
        parts = [box(0.38, back - seat, 0.38, (s * x, (back + seat) / 2, -z)) for s in (-1, 1)]
        parts += [box(2 * x, 0.7, 0.2, (0, y, -z)) for y in np.arange(seat + 1.4, back, 1.3)]
        parts.append(box(2 * x + 0.38, 0.7, 0.25, (0, top, -z)))
        frame.append(_leaning(join(*parts), lean, seat, -z))
    elif sort == "spindles":
        parts = [tube([(a, seat - 0.1, -z), (a * 1.05, back - 0.5, -z)], 0.12) for a in np.linspace(-x, x, 6)]
        parts.append(
            tube(
                curve(
                    [(-x * 1.15, back - 0.5, -z), (0, back - 0.25, -z - 0.3), (x * 1.15, back - 0.5, -z)], 10
                ),
                0.35,
                flat=0.45,
                up=(0, 1, 0),
            )
        )
        frame.append(_leaning(join(*parts), lean, seat, -z))
    elif sort == "shell":
        bent = sheet(w, back - seat, 0.18, lambda a, b: 0.5 * (2 * a / w) ** 2, cells=10).moved(
            about((1, 0, 0), np.pi / 2), (0, (back + seat) / 2, -z - 0.1)
        )
        frame.append(_leaning(bent, lean, seat, -z))
    else:
        rods = [
            tube([(s * x * 0.7, seat - 0.4, -z - 0.25), (s * x * 0.7, top, -z - 0.25)], 0.16) for s in (-1, 1)
        ]
        frame.append(_leaning(join(*rods), lean, seat, -z))
        pad = cushion(w * 0.92, back - seat - 0.6, 0.7, (0, (back + seat) / 2 + 0.3, -z), roundness=0.3)
        cloth.append(_leaning(pad, lean, seat, -z))
    if sort == "arms":
        frame.append(join(*(box(0.5, 0.3, d * 0.9, (s * (w / 2 + 0.1), seat + 2.2, 0)) for s in (-1, 1))))
        frame.append(
            join(
                *(
                    box(0.4, 2.5, 0.4, (s * (w / 2 + 0.1), seat + 1.0, q * z * 0.8))
                    for s in (-1, 1)
                    for q in (-1, 1)
                )
            )
        )
    surfaces = [
        Surface(
            join(*frame), {"shell": "plastic", "office": "black"}.get(sort, v.pick("wood", "wood", "paint"))
        )
    ]
    if cloth:
        surfaces.append(Surface(join(*cloth), v.pick("cloth", "leather", "plain cloth")))
    behind = -z - np.sin(lean) * (top - seat)
    grips = cross_bar(1.2, top, behind, 0.3)
    palms = flats(1.2, top, behind - 0.25, (0, 1, 0), (0, 0, -1))
    return Design(
        tuple(surfaces),
        {"pull": grips, "push": grips, "carry": grips, "hold": grips, "touch": (*grips, *palms)},
        seats=(Seat((0, seat, 0.15)),),
        rests=(Rest((0, seat, 0), (w / 2 - 0.5, d / 2 - 0.5)),),
        both="push, pull, carry",
    )


@kind("stool", "stool", "sit on, stand on, on, squat, carry, hold, next to", "floor ground")
def stool(v: Variation) -> Design:
    """Round or square stool, bar stool, pouf."""
    sort = v.pick("round", "bar", "square", "pouf", "step")
    r = v.between(1.5, 2.0)
    h = {"round": 4.5, "bar": 6.8, "square": 4.4, "pouf": 4.0, "step": 3.6}[sort] * v.between(0.93, 1.07)
    if sort == "pouf":
        r = 2.3
        surfaces = [Surface(cushion(2 * r, h, 2 * r, (0, h / 2, 0), roundness=0.6, segments=28), "cloth")]
    elif sort == "square":
        top = slab(2 * r, 0.35, 2 * r, 0.2, (0, h - 0.175, 0))
        surfaces = [Surface(join(top, square_legs(r - 0.3, r - 0.3, h - 0.3, 0.35)), "wood")]
    elif sort == "step":
        surfaces = [
            Surface(
                join(
                    slab(2.6 * r, 0.3, 1.8 * r, 0.1, (0, h - 0.15, 0)),
                    *(box(0.3, h - 0.3, 1.6 * r, (s * r, (h - 0.3) / 2, 0)) for s in (-1, 1)),
                    box(2 * r, 0.4, 0.3, (0, h * 0.55, 0)),
                ),
                "wood",
            )
        ]
    else:
        top = cylinder(r, 0.35, 28).moved(translation=(0, h - 0.35, 0))
        ring = tube(
            curve(
                [
                    (1.25 * r * 0.85, 0.35 * h, 0),
                    (0, 0.35 * h, 1.06 * r),
                    (-1.06 * r, 0.35 * h, 0),
                    (0, 0.35 * h, -1.06 * r),
                ],
                24,
                closed=True,
            ),
            0.09,
            closed=True,
            up=(0, 1, 0),
        )
        surfaces = [
            Surface(join(four_legs(0.55 * r, 0.55 * r, h - 0.3, 0.15, 0.4), ring), "metal"),
            Surface(top, v.pick("wood", "leather", "plastic")),
        ]
    edge = cross_bar(r, h - 0.2, 0, 0.2)
    sides = tuple(
        bar(hand.point, (0, 0, 1), (side, -0.5, 0), 0.2) for hand, side in zip(edge, (1, -1), strict=True)
    )
    palm = handle("flat", (0, h, 0), (0, 0, 1), (0, 1, 0))
    return Design(
        tuple(surfaces),
        {"hold": sides, "touch": (palm, palm)},
        seats=(Seat((0, h, 0)),),
        rests=(Rest((0, h, 0), (0.6 * r, 0.6 * r)),),
        both="carry, hold",
    )


@kind("bench", "bench", "sit on, stand on, lie on, on, next to, behind, squat", "floor ground")
def bench(v: Variation) -> Design:
    """Park bench with a back, or a plain plank."""
    sort = v.pick("park", "plain", "iron", "stone")
    w, seat, d = v.between(12, 17), v.between(4.2, 4.7), v.between(3.6, 4.4)
    planks = [box(w, 0.3, d / 4 - 0.15, (0, seat - 0.15, (k - 1.5) * d / 4)) for k in range(4)]
    supports = []
    hands = []
    for s in (-1, 1):
        x = s * (w / 2 - 1.2)
        if sort == "stone":
            supports.append(box(1.4, seat - 0.5, d - 0.4, (x, (seat - 0.5) / 2, 0)))
        elif sort == "iron":
            path = [
                (x, 0, d / 2 + 0.2),
                (x, seat - 0.2, d / 2 - 0.3),
                (x, seat - 0.3, -d / 2),
                (x, 0, -d / 2 - 0.4),
            ]
            supports.append(tube(curve(path, 20), 0.17, up=(1, 0, 0)))
        else:
            supports.append(
                join(
                    *(box(0.5, seat - 0.3, 0.5, (x, (seat - 0.3) / 2, q * (d / 2 - 0.4))) for q in (-1, 1)),
                    box(0.4, 0.4, d, (x, seat - 0.5, 0)),
                )
            )
    top = seat
    if sort in ("park", "iron"):
        top = v.between(7.6, 8.8)
        rows = [box(w, 0.75, 0.25, (0, y, -d / 2)) for y in np.linspace(seat + 1.0, top - 0.4, 3)]
        planks.append(_leaning(join(*rows), 0.2, seat, -d / 2))
        for s in (-1, 1):
            post = box(0.4, top - seat + 0.4, 0.35, (s * (w / 2 - 1.2), (top + seat) / 2 - 0.3, -d / 2 - 0.3))
            supports.append(_leaning(post, 0.2, seat, -d / 2))
    if sort == "stone":
        planks = [box(w, 0.6, d, (0, seat - 0.3, 0))]
    hands = [handle("flat", (s * w * 0.3, seat, 0.8), (0, 0, 1), (0, 1, 0)) for s in (1, -1)]
    looks = ("stone", "stone") if sort == "stone" else (v.pick("wood", "paint"), "black")
    count = 3 if w > 14 else 2
    seats = tuple(Seat((x, seat, 0.2)) for x in (np.arange(count) - (count - 1) / 2) * (w / count))
    return Design(
        (Surface(join(*planks), looks[0]), Surface(join(*supports), looks[1])),
        {"touch": tuple(hands)},
        seats,
        (Rest((0, seat, 0), (w / 2, d / 2)),),
    )


KINDS = (
    chair,
    stool,
    bench,
)
