"""Bicycles and motorcycles. They drive along +Z."""

from __future__ import annotations

import numpy as np

from hrs_ros.synthetic.mesh import Mesh, box, join, torus
from hrs_ros.synthetic.things.kind import Design, cross_bar, kind
from hrs_ros.synthetic.things.model import Seat, Surface
from hrs_ros.synthetic.things.shapes import (
    curve,
    cushion,
    ellipsoid,
    limb,
    loft,
    slab,
    tube,
    turned,
)
from hrs_ros.synthetic.things.variation import Variation
from hrs_ros.synthetic.things.vehicles import ROLL, disc, spokes, wheel


def _pedals(
    y: float, z: float, half: float, crank: float, angle: float
) -> tuple[Mesh, tuple[tuple[float, float, float], tuple[float, float, float]]]:
    """Cranks and pedals; the foot rests left, right."""
    ends = []
    parts = [tube([(-half, y, z), (half, y, z)], 0.18)]
    for s in (1, -1):
        py, pz = y + s * crank * np.sin(angle), z + s * crank * np.cos(angle)
        parts.append(tube([(s * half, y, z), (s * half, py, pz)], 0.13, up=(1, 0, 0)))
        parts.append(box(0.9, 0.22, 0.8, (s * (half + 0.55), py, pz)))
        ends.append((s * (half + 0.55), float(py + 0.11), float(pz)))
    return join(*parts), (ends[0], ends[1])


@kind("bicycle", "bicycle", "ride, sit on, push, pull, touch, hold, on, next to, behind", "ground", weight=2)
def bicycle(v: Variation) -> Design:
    """City, sports, mountain, folding or children's bicycle."""
    sort = v.pick("city", "sports", "mountain", "step through", "folding")
    small = sort == "folding"
    r = 2.1 if small else v.between(3.2, 3.5)
    base = v.between(10.0, 10.8)
    rear, front = -base / 2 + 0.3, base / 2 + 0.3
    tyre = {"sports": 0.12, "mountain": 0.3}.get(sort, 0.19)
    bracket = (0.0, 2.8, rear + 4.3)
    seat_y = v.between(8.6, 9.4)
    seat_top = (0.0, seat_y, rear + 2.5)
    head_low, head_high = (0.0, 6.4, front - 1.9), (0.0, 8.6, front - 2.5)
    bar_y = seat_y + {"sports": 0.1, "mountain": 0.7}.get(sort, 1.6)
    bar_z = front - 2.6 if sort != "sports" else front - 1.7
    half = v.between(2.5, 3.2)

    def rod(a: tuple[float, ...], b: tuple[float, ...], t: float = 0.17) -> Mesh:
        return tube([a, b], t, up=(1, 0, 0) if abs(a[0] - b[0]) < 0.01 else (0, 1, 0))

    joint = (0.0, 2.8 + 0.83 * (seat_y - 2.8), rear + 4.3 - 0.83 * 1.8)
    frame = [rod(bracket, joint), rod(bracket, head_low, 0.2), rod(head_low, head_high, 0.24)]
    if sort in ("step through", "folding"):
        frame.append(rod((0, 4.6, bracket[2] - 0.5), head_high, 0.17))
    else:
        frame.append(rod(joint, (head_high[0], head_high[1] - 0.4, head_high[2] + 0.1)))
    axles = 0.5
    for s in (-1, 1):
        frame += [
            rod(bracket, (s * axles, r, rear), 0.1),
            rod(joint, (s * axles, r, rear), 0.1),
            rod((s * 0.25, head_low[1], head_low[2]), (s * axles, r, front), 0.12),
        ]
    steel = [rod(joint, (0, seat_y - 0.3, seat_top[2]), 0.13), rod(head_high, (0, bar_y, bar_z), 0.14)]
    if sort == "sports":
        for s in (-1, 1):
            steel.append(
                tube(
                    curve(
                        [
                            (0, bar_y, bar_z),
                            (s * half * 0.8, bar_y, bar_z),
                            (s * half * 0.85, bar_y, bar_z + 0.9),
                            (s * half * 0.85, bar_y - 0.8, bar_z + 1.1),
                            (s * half * 0.85, bar_y - 1.2, bar_z + 0.3),
                        ],
                        16,
                    ),
                    0.13,
                    up=(0, 0.5, 1),
                )
            )
    else:
        steel.append(
            tube(
                curve(
                    [
                        (-half, bar_y, bar_z - 0.8),
                        (-half * 0.6, bar_y + 0.1, bar_z - 0.3),
                        (0, bar_y, bar_z),
                        (half * 0.6, bar_y + 0.1, bar_z - 0.3),
                        (half, bar_y, bar_z - 0.8),
                    ],
                    16,
                ),
                0.13,
                up=(0, 1, 0),
            )
        )
    cranks, feet = _pedals(bracket[1], bracket[2], 0.7, 1.7, v.between(-0.6, 0.6))
    ring = torus(0.95, 0.1, 20, 6).moved(ROLL, (-0.55, bracket[1], bracket[2]))
    steel += [spokes(r - tyre, 0, rear, 9, 0.035), spokes(r - tyre, 0, front, 9, 0.035), ring]
    grips = []
    ends = (
        cross_bar(half - 0.55, bar_y, bar_z - 0.65, 0.17)
        if sort != "sports"
        else cross_bar(half * 0.55, bar_y, bar_z, 0.15)
    )
    if sort != "sports":
        grips = [
            limb(
                (s * (half - 1.0), bar_y + 0.03, bar_z - 0.52),
                (s * half, bar_y, bar_z - 0.8),
                0.17,
                0.17,
                sides=8,
            )
            for s in (-1, 1)
        ]
    else:
        grips = [
            limb((s * half * 0.3, bar_y, bar_z), (s * half * 0.75, bar_y, bar_z), 0.16, 0.16, sides=8)
            for s in (-1, 1)
        ]
    saddle = loft(
        np.array(
            [
                np.c_[w * np.cos(t), seat_y - 0.25 + h * np.sin(t), np.full(12, seat_top[2] + z)]
                for z, w, h in (
                    (-1.3, 0.3, 0.1),
                    (-1.2, 0.85, 0.22),
                    (-0.6, 0.95, 0.26),
                    (0.3, 0.45, 0.25),
                    (1.3, 0.25, 0.2),
                    (1.5, 0.1, 0.08),
                )
                for t in (np.linspace(0, 2 * np.pi, 12, endpoint=False),)
            ]
        )
    )
    tyres = [wheel(r, tyre, 0, rear), wheel(r, tyre, 0, front)]
    surfaces = [
        Surface(join(*frame), "paint"),
        Surface(join(*steel, cranks), "metal"),
        Surface(join(*tyres), "rubber"),
        Surface(join(saddle, *grips), "black"),
    ]
    if sort in ("city", "step through"):
        for z in (rear, front):
            arc = [
                (0, r + (r + 0.25) * np.sin(a), z + (r + 0.25) * np.cos(a)) for a in np.linspace(0.6, 2.7, 14)
            ]
            surfaces.append(Surface(tube(arc, 0.3, flat=0.3, up=(1, 0, 0)), "paint"))
        rack = join(
            box(1.3, 0.12, 3.4, (0, 2 * r + 0.8, rear - 0.2)),
            *(rod((s * 0.5, r, rear), (s * 0.55, 2 * r + 0.8, rear - 0.8), 0.07) for s in (-1, 1)),
        )
        surfaces.append(Surface(rack, "metal"))
        if v.chance(0.4):
            basket = turned([(0, 0), (1.0, 0), (1.35, 1.8), (1.25, 1.8), (0.9, 0.1), (0, 0.1)], 20).squashed(
                (1.1, 1, 0.85)
            )
            surfaces.append(Surface(basket.moved(translation=(0, bar_y - 2.0, bar_z + 1.6)), "wicker"))
    return Design(
        tuple(surfaces),
        {"ride": ends, "push": ends, "pull": ends, "hold": ends, "touch": ends},
        (Seat((0, seat_y, seat_top[2] - 0.4), (0, 0, 1), True, feet),),
        both="ride, push",
    )


@kind("motorcycle", "motorcycle", "ride, sit on, push, touch, on, next to, behind", "ground", weight=1.5)
def motorcycle(v: Variation) -> Design:
    """Motorcycle or motor scooter."""
    sort = v.pick("road", "chopper", "scooter", "road", "cross")
    r = 2.3 if sort == "scooter" else v.between(3.0, 3.3)
    base = v.between(13, 15) + (1.5 if sort == "chopper" else 0)
    rear, front = -base / 2, base / 2
    seat_y = {"road": 8.0, "chopper": 6.9, "scooter": 7.8, "cross": 8.8}[sort] * v.between(0.96, 1.04)
    tyres = [wheel(r, 0.75, 0, rear, segments=24), wheel(r, 0.6, 0, front, segments=24)]
    hubs = join(*(disc(r - 1.0, 0.5, 0, z).moved(translation=(0, 1.0, 0)) for z in (rear, front)))
    bar_y, bar_z, half = seat_y + 2.6, front - 3.9, v.between(3.2, 3.8)
    steel = [
        tube([(s * 0.75, r, front), (s * 0.75, bar_y - 0.4, bar_z + 0.2)], 0.26, up=(1, 0, 0))
        for s in (-1, 1)
    ]
    steel += [tube([(s * 0.8, r, rear), (s * 0.6, 4.2, -0.5)], 0.3, up=(0, 1, 0)) for s in (-1, 1)]
    steel.append(
        tube(
            curve(
                [
                    (-half, bar_y, bar_z - 1.2),
                    (-half * 0.5, bar_y + 0.3, bar_z - 0.3),
                    (0, bar_y, bar_z),
                    (half * 0.5, bar_y + 0.3, bar_z - 0.3),
                    (half, bar_y, bar_z - 1.2),
                ],
                14,
            ),
            0.16,
            up=(0, 1, 0),
        )
    )
    grips = [
        limb(
            (s * (half - 1.1), bar_y + 0.05, bar_z - 0.8), (s * half, bar_y, bar_z - 1.2), 0.22, 0.22, sides=8
        )
        for s in (-1, 1)
    ]
    light = ellipsoid((0.9, 0.9, 0.6), (0, bar_y - 1.3, bar_z + 1.3))
    tail = box(1.0, 0.5, 0.4, (0, seat_y - 0.2, rear - 0.9))
    fender = tube(
        [(0, r + (r + 0.35) * np.sin(a), front + (r + 0.35) * np.cos(a)) for a in np.linspace(0.5, 2.3, 10)],
        0.75,
        flat=0.25,
        up=(1, 0, 0),
    )
    body: list[Mesh] = [fender]
    dark: list[Mesh] = list(grips)
    if sort == "scooter":
        body += [
            cushion(3.4, seat_y - 2.8, 6.0, (0, (seat_y + 2.0) / 2, rear + 2.6), roundness=0.4),
            cushion(4.2, 6.6, 0.9, (0, 5.6, front - 3.2), roundness=0.45),
            slab(3.2, 0.6, base - 6, 0.4, (0, 2.6, 0.4)),
        ]
        feet_y, feet_z = 2.9, 1.0
        body.append(cushion(2.2, 2.0, 1.6, (0, bar_y - 0.6, bar_z + 0.2), roundness=0.6))
    else:
        engine = join(
            box(2.6, 3.0, 3.4, (0, 3.6, 0.3)),
            *(box(3.0, 0.18, 2.6, (0, y, 0.4)) for y in np.arange(3.6, 5.8, 0.45)),
        )
        steel.append(engine)
        pipe = tube(
            curve([(1.1, 4.4, 1.9), (1.6, 2.2, 1.4), (1.7, 1.9, -2.0), (1.8, 2.4, rear - 0.8)], 12),
            [0.25] * 6 + [0.42] * 6,
            up=(0, 1, 0),
        )
        steel.append(pipe)
        tank = ellipsoid((1.45, 1.25, 2.4), (0, seat_y + 0.3, 1.5))
        body += [tank, cushion(1.9, 1.1, 3.4, (0, seat_y - 0.7, rear + 0.8), roundness=0.45)]
        if sort == "road":
            body.append(ellipsoid((1.3, 1.7, 1.5), (0, bar_y - 0.8, bar_z + 1.2)))
        feet_y, feet_z = 3.0, (-0.4 if sort != "chopper" else 2.6)
        steel.append(tube([(-2.4, feet_y - 0.15, feet_z), (2.4, feet_y - 0.15, feet_z)], 0.15))
    seat_z = -1.9
    dark.append(cushion(2.5, 0.9, 5.2, (0, seat_y - 0.42, seat_z - 0.9), roundness=0.5))
    surfaces = (
        Surface(join(*body), "paint"),
        Surface(join(*steel, hubs), "metal"),
        Surface(join(*tyres), "rubber"),
        Surface(join(*dark), "black"),
        Surface(light, "light"),
        Surface(tail, "red light"),
    )
    hold = cross_bar(half - 0.55, bar_y, bar_z - 1.0, 0.22)
    feet = ((2.0, feet_y, feet_z), (-2.0, feet_y, feet_z))
    if sort == "scooter":
        feet = ((1.1, feet_y, feet_z), (-1.1, feet_y, feet_z))
    return Design(
        surfaces,
        {"ride": hold, "push": hold, "touch": hold},
        (Seat((0, seat_y, seat_z), (0, 0, 1), True, feet),),
        both="ride, push",
    )


KINDS = (
    bicycle,
    motorcycle,
)
