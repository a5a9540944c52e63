"""Tools that work with wood, earth and floors."""

from __future__ import annotations

import numpy as np

from hrs_ros.synthetic.mesh import box, join, torus
from hrs_ros.synthetic.rotation import about
from hrs_ros.synthetic.things.kind import Design, bar, kind
from hrs_ros.synthetic.things.model import Handle, Surface
from hrs_ros.synthetic.things.shapes import (
    curve,
    cylinder,
    extrude,
    limb,
    shell,
    slab,
    tube,
)
from hrs_ros.synthetic.things.variation import Variation

WORK = "hold, use, carry, touch, next to"


def _grips(high: float, low: float, radius: float) -> tuple[Handle, Handle]:
    """Left hand above, right hand below on an upright shaft, as one digs or sweeps with it."""
    return bar((0, low, 0), (0, 1, 0), (0.5, 0, -1), radius), bar(
        (0, high, 0), (0, 1, 0), (-0.5, 0, -1), radius
    )


@kind("hammer", "tool", WORK, "hand table floor", weight=1.2)
def hammer(v: Variation) -> Design:
    """Hammer, axe, wrench, screwdriver or power drill; lies along Z, its grip at -Z."""
    sort = v.pick("hammer", "axe", "wrench", "screwdriver", "drill")
    length, r = v.between(2.6, 3.4), v.between(0.13, 0.17)
    e = length / 2
    grip = bar((0, 0.2, -0.3 * length), (0, 0, 1), (0, 1, 0), r)
    handle_mesh = limb((0, 0.2, -e), (0, 0.2, e * 0.95), r, r * 0.8, sides=10)
    if sort == "hammer":
        head = join(
            tube([(-0.55, 0.2, e), (0.3, 0.2, e)], [0.24, 0.2]),
            tube(
                curve([(0.3, 0.2, e), (0.8, 0.2, e - 0.05), (1.05, 0.2, e - 0.35)], 6),
                np.linspace(0.2, 0.06, 6),
                up=(0, 1, 0),
            ),
        )
        parts = [(handle_mesh, v.pick("wood", "plastic")), (head, "metal")]
    elif sort == "axe":
        long = limb((0, 0.2, -e * 1.6), (0, 0.2, e * 1.1), r, r, sides=10)
        blade = extrude(
            [(-0.25, -0.35), (0.25, -0.3), (1.2, -0.75), (1.35, 0), (1.2, 0.75), (0.25, 0.3), (-0.25, 0.35)],
            0.16,
        ).moved(about((1, 0, 0), np.pi / 2), (0, 0.2, e))
        parts = [(long, "wood"), (blade, "metal")]
    elif sort == "wrench":
        a = np.linspace(0.6, 2 * np.pi - 0.6, 14)
        jaw = np.c_[0.42 * np.sin(a), 0.42 * np.cos(a)]
        inner = np.c_[0.22 * np.sin(a), 0.22 * np.cos(a)][::-1]
        head = extrude(np.concatenate([jaw, inner]), 0.16).moved(about((1, 0, 0), np.pi / 2), (0, 0.2, e))
        end = torus(0.28, 0.1, 18, 8).moved(about((1, 0, 0), np.pi / 2), (0, 0.2, -e))
        parts = [(join(slab(0.3, 0.14, length * 0.84, 0.1, (0, 0.2, -0.03)), head, end), "metal")]
    elif sort == "screwdriver":
        knob = limb((0, 0.2, -e), (0, 0.2, -e + 1.0), 0.18, 0.16, sides=8)
        shaft = tube([(0, 0.2, -e + 1.0), (0, 0.2, e * 0.6), (0, 0.2, e * 0.65)], [0.06, 0.06, 0.04], sides=8)
        parts = [(knob, "plastic"), (shaft, "metal")]
        grip = bar((0, 0.2, -e + 0.5), (0, 0, 1), (0, 1, 0), 0.18)
    else:
        body = limb((0, 1.2, -0.7), (0, 1.2, 0.6), 0.36, 0.3, sides=12)
        chuck = tube([(0, 1.2, 0.8), (0, 1.2, 1.2)], [0.22, 0.12])
        bit = tube([(0, 1.2, 1.2), (0, 1.2, 2.0)], 0.05, sides=6)
        stock = tube([(0, 1.1, -0.4), (0, 0.2, -0.65)], 0.22, up=(1, 0, 0))
        battery = box(0.6, 0.35, 1.0, (0, 0.18, -0.6))
        parts = [(join(body, stock), "plastic"), (join(chuck, battery), "black"), (bit, "metal")]
        grip = bar((0, 0.7, -0.52), (0, 0.95, 0.25), (0, 0, -1), 0.22)
    low = min(float(m.vertices[:, 1].min()) for m, _ in parts)
    grip = Handle(
        (grip.point[0], grip.point[1] - low, grip.point[2]), grip.axis, grip.out, grip.radius, grip.grasp
    )
    return Design(
        tuple(Surface(m.moved(translation=(0, -low, 0)), look) for m, look in parts), {"hold": (grip, grip)}
    )


@kind("shovel", "shovel", WORK, "ground hand", weight=1.5)
def shovel(v: Variation) -> Design:
    """Spade or shovel, upright with its blade down."""
    h, w, blade = v.between(11, 14.5), v.between(1.9, 2.8), v.between(2.6, 3.4)
    r = 0.17
    curved = v.between(0.15, 0.5)
    point = v.pick(0.0, 0.5, 0.9, 0.25)
    rings = []
    for t in np.linspace(0, 1, 7):
        y = t * blade
        half = w / 2 * min(1.0, (1 - point) + point * (0.15 + t * 2.2))
        x = np.linspace(-half, half, 9)
        z = curved * (1 - (2 * x / w) ** 2)
        front = np.c_[x, np.full(9, y), z + 0.04]
        rings.append(front)
    sheet_metal = shell(rings, np.array(rings) - (0, 0, 0.08))
    shaft = tube(
        [(0, blade * 0.7, curved), (0, blade + 0.8, curved * 0.6), (0, blade + 2, 0), (0, h, 0)],
        [0.14, 0.17, r, r],
        up=(1, 0, 0),
    )
    parts = [(sheet_metal, "metal"), (shaft, "wood")]
    hands = _grips(h - 0.8, 0.55 * h, r)
    if v.chance(0.6):
        top = [
            tube(
                curve([(0, h - 0.3, 0), (s * 0.5, h + 0.2, 0), (s * 0.55, h + 0.9, 0)], 6), 0.12, up=(0, 0, 1)
            )
            for s in (-1, 1)
        ]
        bar_top = tube([(-0.6, h + 0.9, 0), (0.6, h + 0.9, 0)], 0.15)
        parts.append((join(*top, bar_top), "black"))
        hands = (hands[0], bar((0, h + 0.9, 0), (1, 0, 0), (0, 1, -0.3), 0.15))
    low = min(float(m.vertices[:, 1].min()) for m, _ in parts)
    return Design(
        tuple(Surface(m.moved(translation=(0, -low, 0)), look) for m, look in parts),
        {"hold": (hands[0], hands[0]), "use": hands},
        both="use",
    )


@kind("hoe", "hoe", WORK, "ground hand")
def hoe(v: Variation) -> Design:
    """Hoe, rake or pickaxe, upright with its head down and the blade towards +Z."""
    sort = v.pick("hoe", "rake", "fork", "mattock")
    h, w, r = v.between(12, 15), v.between(1.4, 2.4), 0.16
    if sort == "rake":
        head = join(
            tube([(-1.9, 0.9, 0.2), (1.9, 0.9, 0.2)], 0.12),
            *(
                tube([(x, 0.95, 0.2), (x, 0, 0.45)], [0.07, 0.03], sides=5, up=(1, 0, 0))
                for x in np.linspace(-1.8, 1.8, 11)
            ),
        )
    elif sort == "fork":
        head = join(
            tube([(-0.9, 2.9, 0), (0.9, 2.9, 0)], 0.12),
            *(
                tube(
                    curve([(x, 2.9, 0), (x, 1.4, 0.3), (x, 0, 0.1)], 6),
                    np.linspace(0.09, 0.03, 6),
                    sides=5,
                    up=(1, 0, 0),
                )
                for x in np.linspace(-0.85, 0.85, 4)
            ),
        )
    elif sort == "mattock":
        head = join(
            extrude([(0.0, 1.0), (2.0, 0.3), (2.1, 0.1), (0.0, 0.6), (-1.8, 0.0), (-1.9, 0.15)], 0.5).moved(
                about((0, 1, 0), -np.pi / 2)
            ),
            box(0.5, 0.6, 0.5, (0, 0.8, 0)),
        )
    else:
        head = join(
            box(w, 1.7, 0.08, (0, 0.85, 0)).moved(about((1, 0, 0), -0.5), (0, 0, 1.2)),
            tube(curve([(0, 1.2, 0.6), (0, 1.6, 0.3), (0, 1.9, 0)], 5), 0.1, up=(1, 0, 0)),
        )
    foot = {"rake": 0.9, "fork": 2.9, "mattock": 0.6, "hoe": 1.6}[sort]
    shaft = tube([(0, foot, 0.1 if sort == "rake" else 0), (0, h, 0)], r, up=(1, 0, 0))
    low = float(min(head.vertices[:, 1].min(), shaft.vertices[:, 1].min()))
    hands = _grips(h * 0.85 - low, 0.52 * h - low, r)
    return Design(
        tuple(
            Surface(m.moved(translation=(0, -low, 0)), look) for m, look in ((head, "metal"), (shaft, "wood"))
        ),
        {"hold": (hands[0], hands[0]), "use": hands},
        both="use",
    )


@kind("broom", "tool", WORK, "floor ground hand")
def broom(v: Variation) -> Design:
    """Broom or mop, upright with its brush down."""
    sort = v.pick("push", "besom", "mop", "corn")
    h, r = v.between(12, 14.5), v.between(0.11, 0.15)
    top = 1.6
    if sort == "push":
        head = join(slab(3.6, 0.4, 0.7, 0.1, (0, 1.1, 0)))
        brush = join(*(box(0.28, 1.1, 0.6, (x, 0.5, 0)) for x in np.linspace(-1.6, 1.6, 10)))
        top = 1.1
    elif sort == "mop":
        head = cylinder(0.5, 0.5, 14).moved(translation=(0, 1.5, 0))
        brush = join(
            *(
                tube(
                    curve(
                        [
                            (0.3 * np.cos(a), 1.6, 0.3 * np.sin(a)),
                            (0.9 * np.cos(a), 1.0, 0.9 * np.sin(a)),
                            (1.15 * np.cos(a), 0.0, 1.15 * np.sin(a)),
                        ],
                        6,
                    ),
                    0.17,
                    sides=5,
                )
                for a in np.linspace(0, 2 * np.pi, 14, endpoint=False)
            )
        )
    else:
        wide = 1.9 if sort == "corn" else 1.1
        flat = 0.4 if sort == "corn" else 1.0
        head = tube([(0, 2.6, 0), (0, 3.3, 0)], [0.4, 0.2])
        brush = tube([(0, 0, 0), (0, 1.5, 0), (0, 2.6, 0)], [wide, wide * 0.75, 0.4], sides=16).squashed(
            (1, 1, flat)
        )
        top = 3.0
    shaft = tube([(0, top, 0), (0, h, 0)], r, up=(1, 0, 0))
    hands = _grips(h * 0.88, 0.6 * h, r)
    brush = brush.moved(translation=(0, -brush.vertices[:, 1].min(), 0))
    return Design(
        (
            Surface(shaft, v.pick("wood", "metal")),
            Surface(head, "plastic"),
            Surface(brush, v.pick("straw", "plain cloth") if sort != "mop" else "linen"),
        ),
        {"hold": (hands[0], hands[0]), "use": hands},
        both="use",
    )


KINDS = (
    hammer,
    shovel,
    hoe,
    broom,
)
