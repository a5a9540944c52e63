"""Boats and sleds; their bow at +Z."""

from __future__ import annotations

import numpy as np

from hrs_ros.synthetic.mesh import box, join
from hrs_ros.synthetic.things.kind import Design, bar, flats, handle, kind
from hrs_ros.synthetic.things.model import Rest, Seat, Surface
from hrs_ros.synthetic.things.shapes import (
    curve,
    loft,
    shell,
    tube,
)
from hrs_ros.synthetic.things.variation import Variation


@kind("boat", "boat", "in, sit on, touch, push, pull, stand on, ride, on, next to", "water ground")
def boat(v: Variation) -> Design:
    """Rowing boat, canoe or dinghy, hollow; y = 0 is the keel. Its bow at +Z."""
    sort = v.pick("rowing", "canoe", "dinghy", "punt")
    length = {"rowing": 36, "canoe": 44, "dinghy": 27, "punt": 40}[sort] * v.between(0.92, 1.08)
    w = {"rowing": 13, "canoe": 9, "dinghy": 14, "punt": 11}[sort] * v.between(0.93, 1.07)
    h = {"rowing": 5.0, "canoe": 4.0, "dinghy": 4.4, "punt": 4.2}[sort]
    e = length / 2
    stern = {"rowing": 0.72, "canoe": 0.05, "dinghy": 0.85, "punt": 0.8}[sort]
    bow = 0.7 if sort == "punt" else 0.04
    sheer = {"canoe": 1.8, "rowing": 1.2}.get(sort, 0.4)
    outsides, insides = [], []
    t = np.linspace(-1, 1, 13)
    for u in np.linspace(-1, 1, 19):
        end = bow if u > 0 else stern
        half = w / 2 * (end + (1 - end) * (1 - abs(u) ** 2.4))
        top = h + sheer * abs(u) ** 3
        keel = (h * 0.45 * abs(u) ** 4) if end < 0.5 else h * 0.15 * abs(u) ** 4
        wall = np.abs(t) ** (3.2 if sort != "canoe" else 2.2)
        x = half * np.sign(t) * np.abs(t) ** 0.62
        outer = np.c_[x, keel + (top - keel) * wall, np.full(13, u * e)]
        inner = np.c_[x * 0.93, keel + 0.45 + (top - keel - 0.45) * wall, np.full(13, u * (e - 0.5))]
        outsides.append(outer)
        insides.append(inner)
    parts = [shell(outsides, insides)]
    # Blunt ends are closed by a board.
    parts += [
        loft(np.array([ring, ring + np.array((0, 0, 0.3 * way))]))
        for ring, way, end in ((outsides[0], 1, stern), (outsides[-1], -1, bow))
        if end > 0.5
    ]
    hull = join(*parts)
    seat_y = h * 0.62
    planks, seats = [], []
    for z in {
        "rowing": (-0.45, 0.05, 0.5),
        "canoe": (-0.5, 0.35),
        "dinghy": (-0.5, 0.1),
        "punt": (-0.4, 0.3),
    }[sort]:
        half = w / 2 * (0.04 + 0.96 * (1 - abs(z) ** 2.4)) * 0.9
        planks.append(box(2 * half, 0.3, 2.2, (0, seat_y, z * e)))
        seats.append(Seat((0, seat_y + 0.15, z * e)))
    rim = []
    for s in (-1, 1):
        path = [
            (
                s
                * w
                / 2
                * ((bow if u > 0 else stern) + (1 - (bow if u > 0 else stern)) * (1 - abs(u) ** 2.4)),
                h + sheer * abs(u) ** 3,
                u * e,
            )
            for u in np.linspace(-1, 1, 19)
        ]
        rim.append(tube(path, 0.22, sides=6, up=(0, 1, 0)))
    edge = tuple(handle("flat", (s * w / 2, h + 0.2, 0), (0, 0, 1), (s * 0.3, 1, 0)) for s in (1, -1))
    push = (
        flats(1.4, h * 0.8, -e, (0, 1, 0), (0, 0, -1))
        if stern > 0.5
        else flats(0.15, h + sheer - 0.3, -e, (0, 1, 0), (0, 0, -1))
    )
    return Design(
        (
            Surface(hull, v.pick("paint", "wood")),
            Surface(join(*planks), "wood"),
            Surface(join(*rim), "wood.rim"),
        ),
        {"touch": edge, "push": push, "hold": edge},
        tuple(seats),
        (Rest((0, 0.5, 0), (0.25 * w, 0.5 * e)),),
        both="push",
    )


@kind("sled", "sled", "sit on, ride, pull, push, touch, lie on, on, carry, hold, next to", "ground")
def sled(v: Variation) -> Design:
    """Wooden sled on runners, with a rope in front (+Z)."""
    length, w, h = v.between(8.5, 11.5), v.between(3.2, 4.0), v.between(2.2, 2.9)
    e = length / 2
    slats = join(
        *(box(0.6, 0.18, length * 0.86, (x, h, -0.3)) for x in np.linspace(-0.4, 0.4, v.whole(4, 5)) * w)
    )
    runners, posts = [], []
    curl = v.between(0.8, 2.2)
    for s in (-1, 1):
        x = s * (w / 2 - 0.3)
        runners.append(
            tube(
                curve(
                    [
                        (x, 0.15, -e),
                        (x, 0.15, e * 0.5),
                        (x, 0.8, e * 0.95),
                        (x, h, e + 0.3),
                        (x, h + curl * 0.5, e - 0.3),
                    ],
                    18,
                ),
                0.15,
                up=(1, 0, 0),
            )
        )
        posts += [tube([(x, 0.2, z), (x, h, z)], 0.14, up=(0, 0, 1)) for z in (-0.7 * e, 0.0, 0.55 * e)]
    cross = [box(w - 0.2, 0.22, 0.4, (0, h - 0.18, z)) for z in (-0.7 * e, 0.0, 0.55 * e)]
    rope = tube(
        curve(
            [
                (-w / 2 + 0.3, h, e + 0.2),
                (-0.5, h - 0.6, e + 3.0),
                (0, h - 0.3, e + 5.0),
                (0.5, h - 0.6, e + 3.0),
                (w / 2 - 0.3, h, e + 0.2),
            ],
            20,
        ),
        0.08,
        sides=6,
        up=(0, 1, 0),
    )
    tip = bar((0, h - 0.3, e + 5.0), (1, 0, 0), (0, 0, 1), 0.08)
    edge = tuple(bar((s * (w / 2 - 0.35), h, 0.3), (0, 0, 1), (s, 0.4, 0), 0.2) for s in (1, -1))
    low = flats(1.0, h, -0.43 * length - 0.3, (0, 1, 0), (0, 0, -1))
    feet = ((w / 2 - 0.3, 1.0, e * 0.95), (0.3 - w / 2, 1.0, e * 0.95))
    return Design(
        (
            Surface(join(slats, *cross), "wood"),
            Surface(join(*runners, *posts), v.pick("wood", "metal")),
            Surface(rope, "straw"),
        ),
        {"pull": (tip, tip), "hold": edge, "carry": edge, "touch": edge, "push": low, "ride": edge},
        (Seat((0, h + 0.09, -0.8), (0, 0, 1), False, feet),),
        (Rest((0, h + 0.09, -0.3), (w / 2 - 0.4, 0.4 * length)),),
        both="push, carry",
    )


KINDS = (
    boat,
    sled,
)
