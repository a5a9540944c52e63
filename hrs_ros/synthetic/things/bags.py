"""Bags and luggage."""

from __future__ import annotations

import numpy as np

from hrs_ros.synthetic.mesh import Mesh, box, join
from hrs_ros.synthetic.rotation import about
from hrs_ros.synthetic.things.containers import hung, loop
from hrs_ros.synthetic.things.kind import Design, bar, cross_bar, kind
from hrs_ros.synthetic.things.model import Surface
from hrs_ros.synthetic.things.shapes import curve, cushion, cylinder, extrude, slab, tube, turned
from hrs_ros.synthetic.things.variation import Variation


@kind("hand bag", "bag", "hold, carry, touch, pull, next to", "hand table floor ground", weight=1.5)
def hand_bag(v: Variation) -> Design:
    """Hand bag or brief case, carried by its handle."""
    sort = v.pick("soft", "trapeze", "case", "bucket", "clutch")
    w, h, d = v.between(2.4, 3.6), v.between(1.8, 2.8), v.between(0.8, 1.4)
    if sort == "case":
        w, h, d = w + 0.8, h + 0.2, 0.9
    if sort in ("soft", "clutch"):
        body = cushion(w, h, d, (0, h / 2, 0), roundness=0.45)
    elif sort == "bucket":
        body = turned([(0, 0), (0.38 * w, 0), (0.42 * w, 0.1), (0.34 * w, h), (0, h)], 24).squashed(
            (1, 1, 0.75)
        )
    else:
        narrow = 0.78 if sort == "trapeze" else 1.0
        body = extrude([(-w / 2, 0), (w / 2, 0), (narrow * w / 2, h), (-narrow * w / 2, h)], d)
    reach = v.between(0.8, 1.6) if sort != "case" else 0.5
    width = 0.5 * w if sort != "case" else 1.3
    handles = join(
        *(loop(width, h * 0.93, h + reach, z, 0.08) for z in ((-0.25, 0.25) if sort != "case" else (0.0,)))
    )
    clasp = slab(0.4, 0.12, 0.3, 0.05).moved(
        about((1, 0, 0), np.pi / 2), (0, h * 0.75, d / 2 * (0.8 if sort == "soft" else 1.0))
    )
    flap = box(w * 0.75, 0.1, d * 0.4, (0, h * 0.97, 0))
    look = v.pick("leather", "plain cloth", "cloth")
    return Design(
        (Surface(join(body, flap), look), Surface(handles, "leather.strap"), Surface(clasp, "brass")),
        {"hold": hung(h + reach, 0.1)},
    )


@kind("shopping bag", "bag", "hold, carry, touch, pull, next to", "hand table floor ground")
def shopping_bag(v: Variation) -> Design:
    """Paper bag with cords, or a cloth bag with straps."""
    sort = v.pick("paper", "cloth", "wide", "tall")
    w, h, d = v.between(2.4, 3.8), v.between(2.8, 4.2), v.between(0.9, 1.5)
    if sort == "wide":
        w += 0.6
    if sort == "tall":
        w, h = w * 0.75, h + 0.5
    t = 0.04
    paper = sort != "cloth"
    if paper:
        walls = [
            box(w, t, d, (0, t / 2, 0)),
            *(box(w, h, t, (0, h / 2, s * (d - t) / 2)) for s in (-1, 1)),
            *(box(t, h, d - 2 * t, (s * (w - t) / 2, h / 2, 0)) for s in (-1, 1)),
        ]
        body = join(*walls)
    else:
        body = cushion(w, h, d, (0, h / 2, 0), roundness=0.35)
    reach = v.between(0.9, 1.4) if paper else v.between(1.8, 2.6)
    cords = join(
        *(
            loop(
                0.42 * w,
                h * 0.9,
                h + reach,
                s * (d / 2 - 0.04) * (1 if paper else 0.3),
                0.05 if paper else 0.12,
                flat=1 if paper else 0.3,
                lean=-s * ((d / 2 - 0.04) * (1 if paper else 0.3) - 0.06),
            )
            for s in (-1, 1)
        )
    )
    logo = slab(w * 0.5, 0.03, w * 0.5, 0.1).moved(
        about((1, 0, 0), np.pi / 2), (0, h * 0.5, d / 2 - (0 if paper else 0.03))
    )
    return Design(
        (
            Surface(body, "carton" if paper else "cloth"),
            Surface(cords, "plain cloth.cord"),
            Surface(logo, "paint"),
        ),
        {"hold": hung(h + reach, 0.1)},
    )


@kind("backpack", "bag", "hold, carry, touch, pull, next to", "hand floor ground")
def backpack(v: Variation) -> Design:
    """Rucksack; its straps at -Z, the side of the back that wears it."""
    w, h, d = v.between(2.6, 3.3), v.between(3.8, 5.2), v.between(1.4, 2.0)
    body = cushion(w, h, d, (0, h / 2, 0), roundness=0.4)
    pocket = cushion(w * 0.75, h * 0.42, 0.9, (0, h * 0.28, d / 2 - 0.05), roundness=0.4)
    flap = cushion(w * 0.98, h * 0.2, d * 1.02, (0, h * 0.9, 0.05), roundness=0.5)
    straps = []
    for s in (-1, 1):
        path = [
            (s * 0.55, h * 0.93, -d / 2 + 0.1),
            (s * 0.75, h * 0.75, -d / 2 - 0.45),
            (s * 0.95, h * 0.4, -d / 2 - 0.4),
            (s * w * 0.42, h * 0.1, -d / 2 + 0.15),
        ]
        straps.append(tube(curve(path, 14), 0.26, flat=0.3, up=(0, 0, 1)))
    top = loop(0.8, h * 0.97, h + 0.4, -d / 2 + 0.4, 0.07)
    return Design(
        (
            Surface(body, "nylon"),
            Surface(join(pocket, flap), "nylon" if v.chance(0.5) else "nylon.2"),
            Surface(join(*straps, top), "black"),
        ),
        {"hold": hung(h + 0.4, 0.08, -d / 2 + 0.4)},
    )


@kind("suitcase", "luggage", "hold, carry, pull, push, touch, next to", "floor ground", weight=1.5)
def suitcase(v: Variation) -> Design:
    """Wheeled suitcase with a drawn-out handle at +Z, where somebody walks who pulls it."""
    sort = v.pick("shell", "fabric", "shell", "classic")
    w, h, d = v.between(3.6, 4.8), v.between(5.2, 7.4), v.between(2.0, 2.8)
    wheel = 0.45
    body = cushion(w, h, d, (0, wheel + h / 2, 0), roundness=0.16, segments=28)
    details: list[Mesh] = []
    if sort == "shell":
        details += [
            box(0.14, h * 0.86, d + 0.06, (x, wheel + h / 2, 0)) for x in np.linspace(-0.36, 0.36, 5) * w
        ]
    elif sort == "fabric":
        details.append(cushion(w * 0.8, h * 0.5, 0.5, (0, wheel + h * 0.35, d / 2), roundness=0.25))
    else:
        details += [box(0.35, h * 1.005, d * 1.03, (x, wheel + h / 2, 0)) for x in (-0.28 * w, 0.28 * w)]
    wheels = join(
        *(
            cylinder(wheel * 0.9, 0.3, 12).moved(
                about((0, 0, 1), np.pi / 2), (sx * w * 0.38 + 0.15, wheel * 0.9, sz * d * 0.32)
            )
            for sx in (-1, 1)
            for sz in (-1, 1)
        )
    )
    top = wheel + h + v.between(3.0, 4.2)
    z = d / 2 - 0.4
    rods = join(*(tube([(s * 0.8, wheel + h - 0.6, z), (s * 0.8, top, z)], 0.1) for s in (-1, 1)))
    grip = tube([(-1.05, top, z), (1.05, top, z)], 0.17)
    small = loop(1.4, wheel + h - 0.05, wheel + h + 0.35, 0, 0.1)
    hand = bar((0, top, z), (1, 0, 0), (0, 1, 0), 0.17)
    push = cross_bar(0.6, top, z, 0.17)
    carried = bar((0, wheel + h + 0.35, 0), (1, 0, 0), (0, 1, 0), 0.1)
    looks = {"shell": "paint", "fabric": "nylon", "classic": "leather"}[sort]
    return Design(
        (
            Surface(body, looks),
            Surface(join(*details), looks if sort != "classic" else "leather.belt"),
            Surface(rods, "metal"),
            Surface(join(wheels, grip, small), "black"),
        ),
        {"hold": (hand, hand), "pull": (hand, hand), "push": push, "carry": (carried, carried)},
    )


KINDS = (
    hand_bag,
    shopping_bag,
    backpack,
    suitcase,
)
