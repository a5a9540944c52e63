"""Boards and pictures that are looked at, and a speaker's desk."""

from __future__ import annotations

import numpy as np

from hrs_ros.synthetic.mesh import box, join
from hrs_ros.synthetic.rotation import about
from hrs_ros.synthetic.things.kind import Design, handle, kind
from hrs_ros.synthetic.things.model import Surface
from hrs_ros.synthetic.things.shapes import (
    extrude,
    picture,
    slab,
)
from hrs_ros.synthetic.things.variation import Variation


@kind("blackboard", "blackboard", "touch, use, look at, next to, in front of", "floor", weight=0.7)
def blackboard(v: Variation) -> Design:
    """Board on a stand with writing; its face at +Z."""
    w, h, low = v.between(12, 20), v.between(8, 11), v.between(7, 9)
    t = 0.4
    panel = box(w, h, 0.2, (0, low + h / 2, 0))
    frame = join(
        *(box(w + t, t, 0.35, (0, y, 0.05)) for y in (low, low + h)),
        *(box(t, h, 0.35, (x, low + h / 2, 0.05)) for x in (-w / 2, w / 2)),
        box(w * 0.9, 0.15, 0.6, (0, low - 0.1, 0.4)),
    )
    legs = join(
        *(
            join(
                box(0.35, low + h * 0.5, 0.3, (s * (w / 2 - 0.8), (low + h * 0.5) / 2, -0.25)),
                box(0.35, 0.3, 5, (s * (w / 2 - 0.8), 0.15, -0.25)),
            )
            for s in (-1, 1)
        )
    )
    marks = []
    for row in range(4):
        x = -0.42 * w
        while x < 0.4 * w:
            size = float(v.rng.uniform(0.4, 1.6))
            marks.append(box(size, 0.1, 0.02, (x + size / 2, low + h * (0.82 - 0.19 * row), 0.105)))
            x += size + 0.4
    touch = tuple(handle("flat", (-s * 1.5, low + 0.45 * h, 0.1), (0, 1, 0), (0, 0, 1)) for s in (1, -1))
    board = v.pick("blackboard", "whiteboard")
    return Design(
        (
            Surface(panel, board),
            Surface(frame, "wood" if board == "blackboard" else "metal"),
            Surface(join(*marks), "white" if board == "blackboard" else "black"),
            Surface(legs, "metal"),
        ),
        {"touch": touch},
        user=(0, 0, -1),
    )


@kind("picture", "painting/poster", "hold, touch, look at, carry, next to", "wall hand", weight=0.7)
def a_picture(v: Variation) -> Design:
    """Framed picture, upright; faces +Z."""
    w, h, t = v.between(2.4, 7), v.between(2.4, 6), v.between(0.1, 0.35)
    frame = [box(w, t, 0.2, (0, y, 0)) for y in (t / 2, h - t / 2)] + [
        box(t, h, 0.2, (x, h / 2, 0)) for x in (t / 2 - w / 2, w / 2 - t / 2)
    ]
    canvas = picture(w - 0.1, h - 0.1, 0.1).moved(translation=(0, 0.05, 0))
    hold = tuple(handle("rim", (s * w / 2, 0.4 * h, 0), (-s, 0.2, 0), (0, 0, -1), 0.1) for s in (1, -1))
    return Design(
        (Surface(canvas, "print"), Surface(join(*frame), v.pick("wood", "brass", "black", "white"))),
        {"hold": hold},
        both="hold, carry",
    )


@kind("lectern", "stand", "touch, use, next to, behind", "floor", weight=0.7)
def lectern(v: Variation) -> Design:
    """Speaker's desk; the speaker stands at -Z and looks along +Z."""
    w, h, d = v.between(5, 6.5), v.between(10.5, 11.8), v.between(3.6, 4.6)
    low, high = 0.3 - 0.35 * d, 0.3 + 0.35 * d  # of the body, along z
    slope = np.tan(0.3)
    side = [(low, 0), (high, 0), (high, h + slope * high), (low, h + slope * low)]
    body = extrude(side, w * 0.8).moved(about((0, 1, 0), -np.pi / 2))
    foot = slab(w, 0.4, d, 0.1, (0, 0.2, 0))
    top = box(w, 0.25, d * 1.1, (0, 0, 0)).moved(about((1, 0, 0), -0.3), (0, h, 0))
    sign = slab(w * 0.5, 0.06, w * 0.4, 0.2).moved(about((1, 0, 0), np.pi / 2), (0, h * 0.6, d * 0.35 + 0.3))
    touch = tuple(handle("flat", (s * w * 0.42, h + 0.1, 0), (0, 0.3, 1), (0, 1, -0.3)) for s in (1, -1))
    return Design(
        (Surface(join(body, foot), "wood"), Surface(top, "wood"), Surface(sign, "paint")), {"touch": touch}
    )


KINDS = (
    blackboard,
    a_picture,
    lectern,
)
