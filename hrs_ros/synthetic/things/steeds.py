"""Animals that carry riders: horse, camel, elephant. They look along +Z."""

from __future__ import annotations

import numpy as np

from hrs_ros.synthetic.mesh import join
from hrs_ros.synthetic.rotation import about
from hrs_ros.synthetic.things.animals import four_legs, grounded, pairs, trunk, trunk_along, walk
from hrs_ros.synthetic.things.kind import Design, bar, handle, kind
from hrs_ros.synthetic.things.model import Seat
from hrs_ros.synthetic.things.shapes import curve, ellipsoid, extrude, limb, sheet, tube
from hrs_ros.synthetic.things.variation import Variation


@kind("horse", "horse", "ride, sit on, touch, pull, on, next to, behind", "ground", weight=2)
def horse(v: Variation) -> Design:
    """Horse or pony with saddle, bridle and reins; withers near 1.5 m."""
    k = v.pick(1.0, 1.06, 0.82, 1.0, 0.94) * v.between(0.96, 1.04)  # a pony is small
    long, deep, neck = v.between(6.6, 7.4), v.between(2.5, 2.9), v.between(16.6, 18.6)
    body = trunk(
        [
            (-long, 11.8, 0.3, 0.4),
            (-long + 0.7, 12.2, 1.9, 2.0),
            (-long + 2.6, 12.3, 2.5, 2.7),
            (-1.0, 11.9, 2.45, deep),
            (2.6, 12.1, 2.4, deep),
            (5.0, 12.6, 1.9, 2.4),
            (6.6, 12.9, 0.9, 1.3),
        ],
        24,
    )
    poll = (0.0, neck, 8.9)
    throat = trunk_along([(0, 12.7, 4.8), (0, 14.6, 6.8), poll], [2.0, 1.45, 0.95], 0.62)
    head = trunk_along(
        [(0, neck + 0.1, 8.5), (0, neck - 0.5, 9.8), (0, neck - 2.2, 11.3), (0, neck - 3.4, 12.3)],
        [0.95, 1.15, 0.75, 0.62],
        0.72,
    )
    muzzle = ellipsoid((0.55, 0.6, 0.6), (0, neck - 3.4, 12.3))
    front = [(1.2, 11.5, 4.9), (1.3, 6.6, 5.0), (1.25, 2.2, 5.0), (1.25, 0.9, 5.3)]
    hind = [
        (1.2, 12.0, -long + 1.6),
        (1.45, 8.0, -long + 1.2),
        (1.3, 5.4, -long + 0.2),
        (1.25, 1.0, -long + 0.5),
    ]
    radii = [1.35, 0.72, 0.45, 0.42]
    swing = v.between(0.0, 2.4)
    legs = four_legs(front, hind, radii, swing)
    hooves = []
    for points, sign in ((front, 1), (hind, -1)):
        for side in (1, -1):
            x, y, z = walk(points, sign * side * swing)[-1]
            hooves.append(
                tube(
                    [(side * x, y - 1.2, z + 0.15), (side * x, y - 0.35, z)],
                    [0.62, 0.45],
                    sides=12,
                    up=(1, 0, 0),
                )
            )
    ears = pairs(limb((0.4, neck + 0.7, 8.6), (0.55, neck + 1.7, 8.5), 0.28, 0.05, sides=8))
    eyes = pairs(ellipsoid((0.12, 0.22, 0.25), (0.72, neck - 0.6, 9.7), segments=10))
    mane = trunk_along(
        [(0, neck + 0.9, 8.9), (0, neck - 0.3, 7.6), (0, 15.5, 6.0), (0, 14.2, 4.0)],
        [0.25, 0.75, 0.8, 0.3],
        0.3,
    )
    tail = tube(
        curve(
            [(0, 13.2, -long + 0.3), (0, 12.6, -long - 1.1), (0, 9.0, -long - 1.4), (0, 5.6, -long - 1.1)], 12
        ),
        [0.3, 0.4, 0.5, 0.6, 0.7, 0.75, 0.75, 0.7, 0.6, 0.5, 0.35, 0.15],
        up=(1, 0, 0),
    )
    top = 11.95 + deep
    saddle = sheet(4.6, 3.6, 0.3, lambda x, z: top + 0.5 - 0.36 * x * x / 2.0 + 0.14 * z * z, cells=10).moved(
        translation=(0, 0, 1.0)
    )
    stirrups = pairs(
        tube([(2.45, 12.2, 1.2), (2.75, 9.0, 1.2)], 0.09, up=(0, 0, 1)),
        tube([(2.45, 8.7, 1.2), (3.25, 8.7, 1.2)], 0.14, up=(0, 0, 1)),
    )
    rein_at = (0.0, top + 0.9, 4.2)
    rein = tube(
        curve([(0.65, neck - 3.1, 11.8), (0.9, 15.4, 8.0), (0.35, top + 0.9, 4.4), (0, top + 0.9, 4.2)], 12),
        0.07,
        sides=6,
        up=(1, 0, 0),
    )
    band = tube(
        [
            (0.86 * np.cos(a), neck - 2.4 + 0.75 * np.sin(a), 11.4 + 0.55 * np.sin(a))
            for a in np.linspace(0, 2 * np.pi, 16, endpoint=False)
        ],
        0.08,
        sides=6,
        closed=True,
        up=(0, -0.6, 0.8),
    )
    coat, hair = "coat", v.pick("mane", "coat")
    parts = [
        (join(body, throat, head, legs, ears), coat),
        (muzzle, "hide"),
        (join(mane, tail), hair),
        (join(*hooves, eyes), "black"),
        (join(saddle, stirrups, pairs(rein), band), "leather"),
    ]
    surfaces, shift = grounded([(mesh.squashed((k, k, k)), look) for mesh, look in parts])
    flank = tuple(
        handle("flat", (s * 2.2 * k, 12.3 * k + shift, 2.8 * k), (0, 1, 0), (s, 0, 0)) for s in (1, -1)
    )
    reins = tuple(
        bar((s * 0.25 * k, rein_at[1] * k + shift, rein_at[2] * k), (1, 0, 0), (0, 0, -1), 0.07)
        for s in (1, -1)
    )
    led = bar((0.85 * k, 15.6 * k + shift, 8.2 * k), (0, -0.6, 0.8), (1, 0, 0), 0.07)
    feet = ((2.85 * k, 8.85 * k + shift, 1.2 * k), (-2.85 * k, 8.85 * k + shift, 1.2 * k))
    return Design(
        surfaces,
        {"touch": flank, "ride": reins, "hold": reins, "pull": (led, led)},
        (Seat((0, (top + 0.5) * k + shift, 1.0 * k), (0, 0, 1), True, feet),),
    )


@kind("camel", "camel", "ride, sit on, touch, pull, on, next to, behind", "ground")
def camel(v: Variation) -> Design:
    """Camel or dromedary with a riding blanket."""
    humps = v.pick(1, 2)
    k = v.between(0.92, 1.05)
    body = trunk(
        [
            (-7, 12.6, 0.4, 0.5),
            (-6.2, 13.0, 1.7, 2.0),
            (-3.5, 13.4, 2.3, 2.5),
            (0, 13.5, 2.5, 2.7),
            (3.5, 13.3, 2.2, 2.7),
            (5.6, 13.0, 1.5, 2.1),
            (6.6, 12.9, 0.6, 0.8),
        ],
        22,
    )
    places = (-0.6,) if humps == 1 else (-2.9, 2.6)
    lumps = [
        ellipsoid((1.25, 2.9 if humps == 1 else 2.4, 2.0 if humps == 1 else 1.4), (0, 15.6, z))
        for z in places
    ]
    neck = trunk_along(
        [(0, 13.0, 5.2), (0, 11.9, 7.6), (0, 13.6, 9.8), (0, 17.6, 10.4)], [1.6, 1.15, 0.95, 0.75], 0.7
    )
    head = trunk_along(
        [(0, 18.0, 9.8), (0, 18.1, 10.8), (0, 17.4, 12.4), (0, 17.0, 13.3)], [0.7, 0.95, 0.7, 0.5], 0.8
    )
    front = [(1.3, 12.5, 4.6), (1.25, 6.6, 4.8), (1.2, 1.0, 4.7)]
    hind = [(1.3, 13.0, -5.2), (1.4, 7.4, -4.9), (1.2, 1.0, -5.3)]
    swing = v.between(0.2, 2.2)
    legs = four_legs(front, hind, [1.3, 0.62, 0.42], swing)
    pads = []
    for points, sign in ((front, 1), (hind, -1)):
        for side in (1, -1):
            x, _, z = walk(points, sign * side * swing)[-1]
            pads.append(ellipsoid((0.75, 0.5, 0.95), (side * x, 0.5, z + 0.3), segments=12))
    tail = tube(
        curve([(0, 13.4, -6.6), (0, 11, -7.5), (0, 8.4, -7.3)], 8), np.linspace(0.25, 0.2, 8), up=(1, 0, 0)
    )
    ears = pairs(limb((0.5, 18.6, 10.1), (0.75, 19.2, 9.9), 0.25, 0.12, sides=8))
    eyes = pairs(ellipsoid((0.1, 0.16, 0.2), (0.66, 18.0, 11.2), segments=8))
    seat_z = -0.1 if humps == 2 else 2.6
    top = 16.4
    blanket = sheet(5.4, 2.4, 0.25, lambda x, z: top + 0.1 - 0.42 * x * x / 1.6, cells=10).moved(
        translation=(0, 0, seat_z)
    )
    stirrups = pairs(
        tube([(2.3, 14.4, seat_z), (2.6, 10.0, seat_z + 0.4)], 0.08, up=(0, 0, 1)),
        tube([(2.2, 9.8, seat_z + 0.4), (3.1, 9.8, seat_z + 0.4)], 0.14),
    )
    pommel = limb((0, top, seat_z + 1.3), (0, top + 1.6, seat_z + 1.5), 0.16, 0.2)
    parts = [
        (join(body, *lumps, neck, head, legs, *pads, tail, ears), "sand"),
        (eyes, "black"),
        (blanket, "rug"),
        (join(pommel, stirrups), "leather"),
    ]
    surfaces, shift = grounded([(mesh.squashed((k, k, k)), look) for mesh, look in parts])
    hold = tuple(
        bar((0, (top + 1.2) * k + shift, (seat_z + 1.45) * k), (0, 1, 0), (s * 0.4, 0, -1), 0.18)
        for s in (1, -1)
    )
    flank = tuple(
        handle("flat", (s * 2.35 * k, 13.5 * k + shift, 0.5 * k), (0, 1, 0), (s, 0, 0)) for s in (1, -1)
    )
    feet = (
        (2.65 * k, 9.94 * k + shift, (seat_z + 0.4) * k),
        (-2.65 * k, 9.94 * k + shift, (seat_z + 0.4) * k),
    )
    return Design(
        surfaces,
        {"touch": flank, "ride": hold},
        (Seat((0, (top + 0.1) * k + shift, seat_z * k), (0, 0, 1), True, feet),),
    )


@kind("elephant", "elephant", "ride, sit on, touch, on, next to, behind", "ground", weight=0.7)
def elephant(v: Variation) -> Design:
    """Elephant with tusks and a blanket on its back."""
    k = v.pick(1.0, 0.8, 1.1, 0.9) * v.between(0.95, 1.05)
    body = trunk(
        [
            (-9.5, 15, 0.8, 1.0),
            (-8.4, 15.5, 3.6, 4.2),
            (-4, 16.0, 4.8, 5.4),
            (1, 16.2, 5.0, 5.6),
            (5.5, 16.8, 4.2, 4.8),
            (8, 18, 2.4, 2.8),
        ],
        22,
        18,
    )
    head = ellipsoid((2.9, 3.5, 3.1), (0, 19.0, 9.6))
    dome = ellipsoid((2.3, 1.6, 2.2), (0, 21.6, 9.2))
    nose = tube(
        curve(
            [
                (0, 18.6, 12.0),
                (0, 15.2, 13.6),
                (0, 9.5, 13.8),
                (0, 4.8, 13.4),
                (0, 2.6, 14.6),
                (0, 3.0, 15.9),
            ],
            20,
        ),
        np.linspace(1.5, 0.45, 20),
        sides=12,
        up=(1, 0, 0),
    )
    flap = v.between(0.2, 0.9)
    t = np.linspace(0, 2 * np.pi, 20, endpoint=False)
    outline = np.c_[2.5 + 2.6 * np.cos(t), 3.4 * np.sin(t) - 0.6 * np.cos(t)]
    ear = extrude(outline, 0.3).moved(about((0, 1, 0), flap), (2.1, 18.6, 8.6))
    tusk = tube(
        curve([(1.5, 16.6, 11.8), (2.0, 14.8, 13.6), (1.9, 14.4, 15.4)], 10),
        np.linspace(0.42, 0.1, 10),
        up=(1, 0, 0),
    )
    front = [(2.6, 15.0, 5.2), (2.5, 8.0, 5.4), (2.4, 1.6, 5.2)]
    hind = [(2.6, 15.0, -6.2), (2.6, 8.0, -5.8), (2.4, 1.6, -6.4)]
    legs = four_legs(front, hind, [2.3, 1.75, 1.6], v.between(0, 1.8))
    tail = tube(
        curve([(0, 17.2, -9.2), (0, 13, -10.4), (0, 9, -10.2)], 8), np.linspace(0.4, 0.15, 8), up=(1, 0, 0)
    )
    eyes = pairs(ellipsoid((0.16, 0.24, 0.24), (2.5, 19.5, 10.9), segments=8))
    top = 21.9
    blanket = sheet(9.5, 6.0, 0.3, lambda x, z: top + 0.2 - 0.12 * x * x, cells=12).moved(
        translation=(0, 0, 1.0)
    )
    girth = tube(curve([(0, top, 3.6), (2.5, 21.2, 3.7), (4.6, 18.5, 3.8)], 8), 0.12, up=(0, 0, 1))
    parts = [
        (join(body, head, dome, nose, pairs(ear), legs, tail), "hide"),
        (pairs(tusk), "white"),
        (eyes, "black"),
        (blanket, "rug"),
        (pairs(girth), "leather"),
    ]
    surfaces, shift = grounded([(mesh.squashed((k, k, k)), look) for mesh, look in parts])
    flank = tuple(
        handle("flat", (s * 4.85 * k, 15.5 * k + shift, 0.5 * k), (0, 1, 0), (s, 0, 0)) for s in (1, -1)
    )
    snout = handle("flat", (0, 11.0 * k + shift, 14.75 * k), (0, 1, 0), (0, 0, 1))
    return Design(
        surfaces, {"touch": (*flank, snout)}, (Seat((0, (top + 0.2) * k + shift, 1.5 * k), (0, 0, 1), True),)
    )


KINDS = (
    horse,
    camel,
    elephant,
)
