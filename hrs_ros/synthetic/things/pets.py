"""Dogs, cats, birds, squirrels. They look along +Z."""

from __future__ import annotations

import numpy as np

from hrs_ros.synthetic.mesh import Mesh, join
from hrs_ros.synthetic.rotation import about
from hrs_ros.synthetic.things.animals import bones, four_legs, grounded, pairs, trunk, trunk_along, walk
from hrs_ros.synthetic.things.kind import Design, handle, kind
from hrs_ros.synthetic.things.shapes import curve, ellipsoid, extrude, limb, mirrored, tube
from hrs_ros.synthetic.things.variation import Variation


@kind("dog", "dog", "touch, hold, carry, pull, play, look at, next to, behind", "floor ground", weight=2)
def dog(v: Variation) -> Design:
    """Standing dog, from terrier to shepherd."""
    sort = v.pick("shepherd", "terrier", "labrador", "dachshund", "spitz")
    k = {"shepherd": 1.0, "terrier": 0.55, "labrador": 0.95, "dachshund": 0.55, "spitz": 0.7}[
        sort
    ] * v.between(0.92, 1.08)
    legs_long = {"dachshund": 0.45}.get(sort, 1.0)
    fat = {"labrador": 1.15, "spitz": 1.3}.get(sort, 1.0)
    up = 4.4 * legs_long - 4.4  # how much lower the trunk hangs
    body = trunk(
        [
            (-3.6, 4.6 + up, 0.25, 0.3),
            (-3.0, 4.7 + up, 0.8, 0.9),
            (-1.5, 4.5 + up, 0.85 * fat, 0.95 * fat),
            (1.0, 4.4 + up, 1.0 * fat, 1.15 * fat),
            (2.3, 4.7 + up, 0.9 * fat, 1.05),
            (3.0, 5.0 + up, 0.4, 0.5),
        ],
        18,
    )
    neck = trunk_along([(0, 4.9 + up, 2.3), (0, 6.2 + up, 3.2), (0, 6.9 + up, 3.5)], [0.95, 0.72, 0.65], 0.85)
    skull = ellipsoid((0.72, 0.72, 0.85), (0, 7.1 + up, 3.8))
    snout = limb((0, 6.9 + up, 4.2), (0, 6.7 + up, 5.2 if sort != "spitz" else 4.9), 0.42, 0.28)
    front = [(0.6, 4.3 + up, 2.0), (0.6, 2.2 * legs_long, 1.9), (0.6, 0.25, 2.0)]
    hind = [
        (0.6, 4.4 + up, -2.6),
        (0.65, 2.4 * legs_long, -2.4),
        (0.6, 1.3 * legs_long, -3.1),
        (0.6, 0.25, -2.9),
    ]
    swing = v.between(0, 0.6)
    legs = []
    for points, sign, radii in ((front, 1, [0.6, 0.3, 0.25]), (hind, -1, [0.75, 0.42, 0.26, 0.25])):
        legs += [
            bones(walk(points, sign * swing), radii),
            mirrored(bones(walk(points, -sign * swing), radii)),
        ]
    paws = join(
        *(
            ellipsoid((0.3, 0.2, 0.42), (s * 0.6, 0.2, z + 0.15 + s * q * swing), segments=10)
            for s in (1, -1)
            for z, q in ((2.0, 1), (-2.9, -1))
        )
    )
    wag = v.between(-0.6, 0.6)
    tail = tube(
        curve([(0, 5.0 + up, -3.3), (0.3 * wag, 5.4 + up, -4.3), (wag, 6.6 + up, -4.9)], 8),
        np.linspace(0.25, 0.1, 8) * (1.8 if sort == "spitz" else 1),
        up=(1, 0, 0),
    )
    if sort in ("labrador", "dachshund"):
        ear = ellipsoid((0.14, 0.55, 0.36), (0.72, 6.75 + up, 3.6), about((0, 0, 1), 0.2), segments=12)
    else:
        ear = limb((0.42, 7.5 + up, 3.5), (0.55, 8.3 + up, 3.4), 0.32, 0.05, sides=8)
    nose = join(
        ellipsoid((0.17, 0.14, 0.12), (0, 6.85 + up, 5.45 if sort != "spitz" else 5.15), segments=10),
        pairs(ellipsoid((0.1, 0.1, 0.07), (0.3, 7.3 + up, 4.5), segments=8)),
    )
    collar = tube(
        [
            (0.72 * np.cos(a), 6.0 + up + 0.4 * np.sin(a), 3.1 + 0.62 * np.sin(a))
            for a in np.linspace(0, 2 * np.pi, 16, endpoint=False)
        ],
        0.13,
        closed=True,
        sides=6,
        up=(0, 0.85, -0.5),
    )
    fur = [body, neck, skull, snout, *legs, paws, tail, pairs(ear)]
    surfaces, shift = grounded(
        [
            (mesh.squashed((k, k, k)), look)
            for mesh, look in ((join(*fur), "coat"), (nose, "black"), (collar, "leather"))
        ]
    )
    back = handle("flat", (0, (4.45 + up + 1.1 * fat) * k + shift, 0.5 * k), (0, 0, 1), (0, 1, 0))
    head = handle("flat", (0, (7.8 + up) * k + shift, 3.7 * k), (0, 0, -1), (0, 1, 0))
    belly = (
        handle("flat", (0.95 * fat * k, (4.3 + up) * k + shift, 1.0 * k), (0, -0.5, 0.5), (1, 0, 0)),
        handle("flat", (-0.95 * fat * k, (4.3 + up) * k + shift, 1.0 * k), (0, -0.5, 0.5), (-1, 0, 0)),
    )
    return Design(
        surfaces,
        {"touch": (head, back), "play": (head, back), "hold": belly, "carry": belly},
        both="hold, carry",
    )


@kind("cat", "cat", "touch, hold, carry, play, next to", "floor ground table")
def cat(v: Variation) -> Design:
    """Sitting or standing cat."""
    sort = v.pick("sitting", "standing")
    fur: list[Mesh]
    if sort == "sitting":
        body = tube(
            curve([(0, 0.5, -0.9), (0, 1.1, -0.5), (0, 2.0, 0.1), (0, 2.7, 0.45)], 12),
            [0.5, 0.95, 1.05, 1.1, 1.08, 1.0, 0.9, 0.8, 0.72, 0.65, 0.6, 0.5],
            sides=14,
            up=(1, 0, 0),
        )
        haunch = ellipsoid((0.5, 0.6, 0.85), (0.75, 0.6, -0.1))
        front = bones([(0.35, 2.0, 0.6), (0.35, 0.15, 0.95)], [0.3, 0.2])
        paw = ellipsoid((0.22, 0.15, 0.32), (0.35, 0.15, 1.1), segments=10)
        hind = ellipsoid((0.22, 0.15, 0.45), (0.8, 0.15, 0.7), segments=10)
        fur = [body, pairs(haunch, front, paw, hind)]
        head_at = np.array([0, 3.35, 0.65])
        tail_path = [(0.3, 0.3, -1.3), (1.3, 0.2, -1.0), (1.7, 0.2, 0.3)]
    else:
        body = trunk(
            [
                (-1.9, 2.2, 0.25, 0.3),
                (-1.4, 2.2, 0.6, 0.65),
                (0, 2.15, 0.66, 0.75),
                (1.2, 2.25, 0.55, 0.65),
                (1.7, 2.4, 0.3, 0.35),
            ],
            14,
        )
        neck = limb((0, 2.4, 1.3), (0, 2.8, 1.9), 0.5, 0.42)
        legs = four_legs(
            [(0.35, 2.0, 1.2), (0.35, 1.0, 1.15), (0.35, 0.15, 1.25)],
            [(0.38, 2.1, -1.3), (0.4, 1.1, -1.2), (0.38, 0.15, -1.4)],
            [0.36, 0.2, 0.17],
            v.between(0, 0.3),
        )
        fur = [body, neck, legs]
        head_at = np.array([0, 3.1, 2.1])
        tail_path = [(0, 2.3, -1.7), (0.2, 2.6, -2.5), (0.1, 4.0, -2.8)]
    skull = ellipsoid((0.58, 0.52, 0.52), head_at)
    cheeks = ellipsoid((0.4, 0.28, 0.28), head_at + np.array((0, -0.15, 0.34)), segments=12)
    ear = limb(head_at + np.array((0.33, 0.32, 0)), head_at + np.array((0.45, 0.78, 0)), 0.2, 0.03, sides=6)
    tail = tube(
        curve(tail_path, 12), np.linspace(0.2, 0.12, 12), up=(0, 1, 0) if sort == "sitting" else (1, 0, 0)
    )
    eyes = join(
        pairs(ellipsoid((0.1, 0.12, 0.06), head_at + np.array((0.22, 0.1, 0.48)), segments=8)),
        ellipsoid((0.07, 0.05, 0.05), head_at + np.array((0, -0.08, 0.62)), segments=8),
    )
    surfaces, shift = grounded([(join(*fur, skull, cheeks, pairs(ear), tail), "coat"), (eyes, "black")])
    top = handle("flat", (0, float(head_at[1]) + 0.5 + shift, float(head_at[2])), (0, 0, -1), (0, 1, 0))
    y = 1.7 if sort == "sitting" else 2.2
    width = 0.95 if sort == "sitting" else 0.65
    sides = tuple(handle("flat", (s * width, y, 0.1), (0, 0.2, 1), (s, 0, 0)) for s in (1, -1))
    return Design(surfaces, {"touch": (top, top), "hold": sides, "carry": sides}, both="hold, carry")


@kind("bird", "bird", "touch, hold, next to", "ground table")
def bird(v: Variation) -> Design:
    """Bird from pigeon to goose, standing."""
    sort = v.pick("pigeon", "goose", "gull", "hen")
    k = {"pigeon": 1.0, "goose": 2.4, "gull": 1.5, "hen": 1.7}[sort] * v.between(0.9, 1.1)
    long = 1.4 if sort == "goose" else 0.0
    body = tube(
        curve([(0, 1.0, -1.5), (0, 1.25, -0.8), (0, 1.45, 0.1), (0, 1.7, 0.75)], 12),
        [0.1, 0.28, 0.42, 0.54, 0.62, 0.66, 0.68, 0.66, 0.6, 0.5, 0.4, 0.28],
        sides=14,
        up=(1, 0, 0),
    )
    neck = tube(
        curve([(0, 1.6, 0.5), (0, 2.0 + 0.5 * long, 0.85 + 0.1 * long), (0, 2.35 + long, 0.9)], 8),
        np.linspace(0.42, 0.24, 8),
        up=(1, 0, 0),
    )
    head = ellipsoid((0.27, 0.28, 0.32), (0, 2.45 + long, 0.98), segments=14)
    beak = limb((0, 2.4 + long, 1.2), (0, 2.36 + long, 1.62), 0.12, 0.03, sides=8)
    wing = ellipsoid((0.14, 0.42, 1.05), (0.55, 1.4, -0.35), about((1, 0, 0), -0.25), segments=14)
    tail = extrude([(-0.15, 0), (0.15, 0), (0.35, 0.9), (-0.35, 0.9)], 0.08).moved(
        about((1, 0, 0), -1.75), (0, 1.05, -1.3)
    )
    legs = pairs(
        limb((0.25, 1.0, 0.0), (0.25, 0.08, 0.05), 0.08, 0.06, sides=6),
        limb((0.25, 0.06, -0.1), (0.32, 0.06, 0.4), 0.06, 0.04, sides=6),
        limb((0.25, 0.06, 0), (0.12, 0.06, 0.35), 0.06, 0.04, sides=6),
    )
    eyes = pairs(ellipsoid((0.05, 0.06, 0.06), (0.22, 2.52 + long, 1.1), segments=6))
    comb = [ellipsoid((0.05, 0.18, 0.28), (0, 2.75 + long, 0.98), segments=10)] if sort == "hen" else []
    parts = [
        (join(body, neck, head), "feather"),
        (join(pairs(wing), tail), "feather.wing"),
        (join(beak, legs), "beak"),
        (eyes, "black"),
    ]
    if comb:
        parts.append((join(*comb), "sauce"))
    surfaces, shift = grounded([(mesh.squashed((k, k, k)), look) for mesh, look in parts])
    back = handle("flat", (0, 2.05 * k + shift, 0.0), (0, 0, 1), (0, 1, 0))
    sides = tuple(handle("flat", (s * 0.66 * k, 1.4 * k + shift, 0), (0, 0, 1), (s, 0, 0)) for s in (1, -1))
    return Design(surfaces, {"touch": (back, back), "hold": sides}, both="hold")


@kind("squirrel", "squirrel", "touch, next to", "ground", weight=0.5)
def squirrel(v: Variation) -> Design:
    """Squirrel that sits up, its tail raised behind it."""
    k = v.between(0.85, 1.2)
    body = tube(
        curve([(0, 0.2, -0.35), (0, 0.7, -0.2), (0, 1.3, 0.1), (0, 1.6, 0.2)], 10),
        [0.25, 0.45, 0.5, 0.5, 0.46, 0.42, 0.38, 0.34, 0.3, 0.25],
        sides=12,
        up=(1, 0, 0),
    )
    head = ellipsoid((0.3, 0.3, 0.38), (0, 1.85, 0.35))
    ear = limb((0.18, 2.05, 0.25), (0.22, 2.4, 0.2), 0.1, 0.03, sides=6)
    thigh = ellipsoid((0.2, 0.4, 0.42), (0.38, 0.4, 0.0))
    foot = ellipsoid((0.12, 0.09, 0.35), (0.36, 0.09, 0.3), segments=10)
    arm = limb((0.25, 1.3, 0.3), (0.08, 1.2, 0.65), 0.12, 0.08, sides=8)
    tail = tube(
        curve([(0, 0.2, -0.4), (0, 0.7, -1.1), (0, 1.9, -0.95), (0, 2.5, -0.75), (0, 2.4, -1.25)], 14),
        [0.15, 0.25, 0.34, 0.4, 0.44, 0.46, 0.46, 0.45, 0.42, 0.38, 0.34, 0.28, 0.2, 0.1],
        up=(1, 0, 0),
    )
    eyes = join(
        pairs(ellipsoid((0.06, 0.08, 0.08), (0.25, 1.93, 0.5), segments=8)),
        ellipsoid((0.05, 0.04, 0.05), (0, 1.82, 0.72), segments=6),
    )
    surfaces, shift = grounded(
        [
            (mesh.squashed((k, k, k)), look)
            for mesh, look in (
                (join(body, head, pairs(ear, thigh, foot, arm), tail), "coat"),
                (eyes, "black"),
            )
        ]
    )
    back = handle("flat", (0, 2.13 * k + shift, 0.3 * k), (0, 0, -1), (0, 1, 0))
    return Design(surfaces, {"touch": (back, back)})


KINDS = (
    dog,
    cat,
    bird,
    squirrel,
)
