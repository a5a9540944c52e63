"""Hand carts and prams, pushed along +Z."""

from __future__ import annotations

import numpy as np

from hrs_ros.synthetic.mesh import Mesh, box, join
from hrs_ros.synthetic.rotation import about
from hrs_ros.synthetic.things.kind import Design, bar, cross_bar, kind
from hrs_ros.synthetic.things.model import Surface
from hrs_ros.synthetic.things.shapes import (
    curve,
    cushion,
    extrude,
    shell,
    slab,
    tube,
)
from hrs_ros.synthetic.things.variation import Variation
from hrs_ros.synthetic.things.vehicles import disc, spokes, wheel


@kind("hand cart", "handcart", "push, pull, touch, hold, use, next to, behind", "ground floor", weight=1.5)
def hand_cart(v: Variation) -> Design:
    """Shopping trolley, platform trolley or wheelbarrow; pushed along +Z from behind (-Z)."""
    sort = v.pick("shopping", "platform", "barrow", "tea", "sack")
    w, length = v.between(4.6, 6.0), v.between(7.5, 10)
    grip_y = v.between(9.2, 10.2)
    z_grip = -length / 2 - 0.9
    steel: list[Mesh] = []
    body: list[Mesh] = []
    wheels: list[Mesh] = []
    if sort == "barrow":
        r = 1.9
        tray = extrude([(-3.2, 3.2), (3.0, 3.8), (4.6, 6.6), (-4.2, 6.0)], w).moved(
            about((0, 1, 0), -np.pi / 2)
        )
        body.append(tray)
        wheels += [wheel(r, 0.4, 0, 5.2), disc(r - 0.6, 0.3, 0, 5.2).moved(translation=(0, 0.6, 0))]
        grip_y, z_grip = 6.4, -8.4
        for s in (-1, 1):
            steel.append(
                tube(
                    curve(
                        [
                            (s * 0.3, r, 5.2),
                            (s * w * 0.35, 3.2, 2.0),
                            (s * w * 0.45, 4.6, -4.0),
                            (s * w * 0.5, grip_y, z_grip - 1.0),
                        ],
                        14,
                    ),
                    0.18,
                    up=(0, 1, 0),
                )
            )
            steel.append(tube([(s * w * 0.4, 3.6, -2.6), (s * w * 0.42, 0.1, -3.0)], 0.16, up=(0, 0, 1)))
        hands = tuple(
            bar((s * w * 0.495, grip_y - 0.25, z_grip), (0, 0.35, -1), (s * 0.4, 1, 0), 0.2) for s in (1, -1)
        )
        both = "push, pull"
    else:
        wr = v.between(0.6, 0.9)
        for s in (-1, 1):
            for z in (-length / 2 + 1, length / 2 - 1):
                wheels.append(disc(wr, 0.4, s * (w / 2 - 0.4), z))
                steel.append(
                    tube([(s * (w / 2 - 0.4), wr, z), (s * (w / 2 - 0.4), 2.2, z)], 0.14, up=(0, 0, 1))
                )
        for s in (-1, 1):
            steel.append(
                tube(
                    curve(
                        [
                            (s * (w / 2 - 0.3), 2.0, -length / 2 + 0.6),
                            (s * (w / 2 - 0.3), grip_y - 1.0, -length / 2 + 0.2),
                            (s * (w / 2 - 0.3), grip_y, z_grip),
                        ],
                        10,
                    ),
                    0.16,
                    up=(1, 0, 0),
                )
            )
        steel.append(tube([(-w / 2 + 0.2, grip_y, z_grip), (w / 2 - 0.2, grip_y, z_grip)], 0.2))
        if sort == "shopping":
            low, top = 4.6, grip_y - 0.8
            steel += _wire_basket(w, length, low, top)
            body.append(box(w - 0.6, 0.2, length - 1.5, (0, 2.1, 0)))
        elif sort == "tea":
            body += [slab(w, 0.25, length - 1, 0.3, (0, y, 0.3)) for y in (2.4, 7.6)]
            steel += [
                tube(
                    [(s * (w / 2 - 0.4), 2.2, length / 2 - 1), (s * (w / 2 - 0.4), 7.8, length / 2 - 1)],
                    0.14,
                    up=(0, 0, 1),
                )
                for s in (-1, 1)
            ]
        else:
            body.append(slab(w, 0.3, length, 0.3, (0, 2.3, 0)))
            if v.chance(0.6):
                for k in range(v.whole(1, 3)):
                    body.append(
                        box(
                            v.between(2.4, 3.8),
                            2.2,
                            v.between(2.4, 3.4),
                            (0.4 * (k % 2) - 0.2, 3.55 + 2.2 * (k // 2), 1.6 - 3.0 * (k % 2)),
                        )
                    )
        hands = cross_bar(w * 0.3, grip_y, z_grip, 0.2)
        both = "push, pull"
    looks = {"shopping": "plastic", "barrow": "paint", "tea": "wood"}.get(sort, "wood")
    surfaces = [Surface(join(*steel), "metal"), Surface(join(*wheels), "rubber"), Surface(join(*body), looks)]
    return Design(tuple(surfaces), {"push": hands, "pull": hands, "hold": hands, "touch": hands}, both=both)


def _wire_basket(w: float, length: float, low: float, top: float) -> list[Mesh]:
    """Wires of a shopping trolley's basket, narrower in front and below."""

    def corner(s: float, z: float, y: float) -> tuple[float, float, float]:
        k = 0.8 + 0.2 * (y - low) / (top - low)
        return (s * w / 2 * k * (1 - 0.12 * (z > 0)), y, z * (0.86 + 0.14 * (y - low) / (top - low)))

    e = length / 2
    wires = []
    for y in np.linspace(low, top, 5):
        loop = [corner(1, -e, y), corner(1, e, y), corner(-1, e, y), corner(-1, -e, y)]
        wires += [tube([loop[k], loop[(k + 1) % 4]], 0.07 if y < top else 0.12, sides=5) for k in range(4)]
    for z in np.linspace(-e, e, 9):
        wires += [tube([corner(s, z, low), corner(s, z, top)], 0.05, sides=4) for s in (-1, 1)]
        wires.append(tube([corner(-1, z, low), corner(1, z, low)], 0.05, sides=4))
    for x in np.linspace(-0.7, 0.7, 5):
        for z in (-e, e):
            a, b = np.array(corner(1, z, low)), np.array(corner(1, z, top))
            wires.append(tube([a * (x, 1, 1), b * (x, 1, 1)], 0.05, sides=4))
    return wires


@kind("pram", "pram", "push, pull, touch, hold, next to, behind", "ground floor")
def pram(v: Variation) -> Design:
    """Pram or pushchair with a hood, pushed along +Z."""
    w, length = v.between(4.4, 5.2), v.between(7.5, 8.8)
    r, deck = v.between(1.2, 1.7), v.between(4.6, 5.6)
    grip_y, z_grip = v.between(9.4, 10.4), -length / 2 - 1.4
    tub = cushion(w, 3.0, length, (0, deck + 1.3, 0), roundness=0.45)
    hood = []
    for a in np.linspace(0.0, 1.7, 9):
        arc = [(w / 2 * 1.02 * np.cos(t), 3.1 * np.sin(t), 0) for t in np.linspace(0, np.pi, 12)]
        hood.append(np.array(arc) @ about((1, 0, 0), -a + 1.45).T + (0, deck + 1.9, length * 0.16))
    outer = np.array(hood)
    inner = outer * (0.95, 1, 1) - (0, 0.12, 0)
    canopy = shell(outer, inner)
    steel = []
    for s in (-1, 1):
        x = s * (w / 2 - 0.2)
        steel.append(
            tube(
                curve(
                    [
                        (x, r, length / 2 - 1.0),
                        (x, deck, -0.6),
                        (x, deck + 3, -length / 2),
                        (x, grip_y, z_grip),
                    ],
                    14,
                ),
                0.17,
                up=(1, 0, 0),
            )
        )
        steel.append(tube([(x, r, -length / 2 + 1.0), (x, deck + 0.3, 1.4)], 0.15, up=(1, 0, 0)))
    steel.append(tube([(-w / 2 + 0.2, r, length / 2 - 1), (w / 2 - 0.2, r, length / 2 - 1)], 0.12))
    steel.append(tube([(-w / 2 + 0.2, r, 1 - length / 2), (w / 2 - 0.2, r, 1 - length / 2)], 0.12))
    grip = tube([(-w / 2 + 0.1, grip_y, z_grip), (w / 2 - 0.1, grip_y, z_grip)], 0.22)
    tyres = [
        wheel(r, 0.25, s * (w / 2), z, segments=20) for s in (-1, 1) for z in (length / 2 - 1, 1 - length / 2)
    ]
    rims = [
        spokes(r - 0.3, s * (w / 2), z, 4, 0.05) for s in (-1, 1) for z in (length / 2 - 1, 1 - length / 2)
    ]
    cover = cushion(w * 0.85, 1.0, length * 0.55, (0, deck + 2.6, -length * 0.16), roundness=0.5)
    hands = cross_bar(w * 0.28, grip_y, z_grip, 0.22)
    return Design(
        (
            Surface(tub, "nylon"),
            Surface(canopy, "nylon"),
            Surface(join(*steel, *rims), "metal"),
            Surface(join(grip, *tyres), "rubber"),
            Surface(cover, "cloth"),
        ),
        {"push": hands},
        both="push, pull",
    )


KINDS = (
    hand_cart,
    pram,
)
