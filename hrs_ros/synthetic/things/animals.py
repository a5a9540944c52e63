"""Horse, camel, elephant, dog, cat, bird, squirrel: trunk and limbs of round sections. They look along +Z."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from hrs_ros.synthetic.mesh import Mesh, join
from hrs_ros.synthetic.rotation import about
from hrs_ros.synthetic.things.kind import Design, bar, handle, kind
from hrs_ros.synthetic.things.model import Seat, Surface
from hrs_ros.synthetic.things.shapes import curve, ellipsoid, extrude, limb, loft, mirrored, sheet, tube
from hrs_ros.synthetic.things.variation import Variation


def trunk(stations: Sequence[tuple[float, float, float, float]], count: int = 20, sides: int = 14) -> Mesh:
    """Smooth body through ellipses at (z, centre height, half width, half height)."""
    rows = curve(np.array(stations), count)
    angle = np.linspace(0, 2 * np.pi, sides, endpoint=False)
    rings = [
        np.c_[max(rx, 0.01) * np.cos(angle), y + max(ry, 0.01) * np.sin(angle), np.full(sides, z)]
        for z, y, rx, ry in rows
    ]
    return loft(np.array(rings))


def _bones(points: Sequence[tuple[float, float, float]], radii: Sequence[float]) -> Mesh:
    """Chain of round-ended tapers: a leg or a neck."""
    return join(
        *(limb(points[k], points[k + 1], radii[k], radii[k + 1], sides=10) for k in range(len(points) - 1))
    )


def _pairs(*meshes: Mesh) -> Mesh:
    """Left members and their mirror images."""
    return join(*meshes, *(mirrored(mesh) for mesh in meshes))


def _walk(points: Sequence[tuple[float, float, float]], swing: float) -> list[tuple[float, float, float]]:
    """A leg's points with the foot moved ``swing`` forward, the joints between in proportion."""
    top = points[0][1]
    return [(x, y, z + swing * (top - y) / top) for x, y, z in points]


def _four_legs(
    front: Sequence[tuple[float, float, float]],
    hind: Sequence[tuple[float, float, float]],
    radii: Sequence[float],
    swing: float,
) -> Mesh:
    legs = []
    for points, sign in ((front, 1), (hind, -1)):
        legs.append(_bones(_walk(points, sign * swing), radii))
        legs.append(mirrored(_bones(_walk(points, -sign * swing), radii)))
    return join(*legs)


def _grounded(parts: Sequence[tuple[Mesh, str]]) -> tuple[tuple[Surface, ...], float]:
    """Surfaces shifted to stand on y = 0, and the shift."""
    low = min(float(mesh.vertices[:, 1].min()) for mesh, _ in parts)
    return tuple(Surface(mesh.moved(translation=(0, -low, 0)), look) for mesh, look in parts), -low


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
    legs = _four_legs(front, hind, radii, swing)
    hooves = []
    for points, sign in ((front, 1), (hind, -1)):
        for side in (1, -1):
            x, y, z = _walk(points, sign * side * swing)[-1]
            hooves.append(
                tube(
                    [(side * x, y - 1.2, z + 0.15), (side * x, y - 0.35, z)],
                    [0.62, 0.45],
                    sides=12,
                    up=(1, 0, 0),
                )
            )
    ears = _pairs(limb((0.4, neck + 0.7, 8.6), (0.55, neck + 1.7, 8.5), 0.28, 0.05, sides=8))
    eyes = _pairs(ellipsoid((0.12, 0.22, 0.25), (0.72, neck - 0.6, 9.7), segments=10))
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
    stirrups = _pairs(
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
        (join(saddle, stirrups, _pairs(rein), band), "leather"),
    ]
    surfaces, shift = _grounded([(mesh.squashed((k, k, k)), look) for mesh, look in parts])
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


def trunk_along(path: Sequence[tuple[float, float, float]], radii: Sequence[float], narrow: float) -> Mesh:
    """Neck or head: a tube that is ``narrow`` times as wide (x) as it is deep."""
    smooth = curve(np.array([(*p, r) for p, r in zip(path, radii, strict=True)]), 10)
    return tube(smooth[:, :3], smooth[:, 3], sides=12, up=(1, 0, 0), flat=narrow)


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
    legs = _four_legs(front, hind, [1.3, 0.62, 0.42], swing)
    pads = []
    for points, sign in ((front, 1), (hind, -1)):
        for side in (1, -1):
            x, _, z = _walk(points, sign * side * swing)[-1]
            pads.append(ellipsoid((0.75, 0.5, 0.95), (side * x, 0.5, z + 0.3), segments=12))
    tail = tube(
        curve([(0, 13.4, -6.6), (0, 11, -7.5), (0, 8.4, -7.3)], 8), np.linspace(0.25, 0.2, 8), up=(1, 0, 0)
    )
    ears = _pairs(limb((0.5, 18.6, 10.1), (0.75, 19.2, 9.9), 0.25, 0.12, sides=8))
    eyes = _pairs(ellipsoid((0.1, 0.16, 0.2), (0.66, 18.0, 11.2), segments=8))
    seat_z = -0.1 if humps == 2 else 2.6
    top = 16.4
    blanket = sheet(5.4, 2.4, 0.25, lambda x, z: top + 0.1 - 0.42 * x * x / 1.6, cells=10).moved(
        translation=(0, 0, seat_z)
    )
    stirrups = _pairs(
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
    surfaces, shift = _grounded([(mesh.squashed((k, k, k)), look) for mesh, look in parts])
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
    legs = _four_legs(front, hind, [2.3, 1.75, 1.6], v.between(0, 1.8))
    tail = tube(
        curve([(0, 17.2, -9.2), (0, 13, -10.4), (0, 9, -10.2)], 8), np.linspace(0.4, 0.15, 8), up=(1, 0, 0)
    )
    eyes = _pairs(ellipsoid((0.16, 0.24, 0.24), (2.5, 19.5, 10.9), segments=8))
    top = 21.9
    blanket = sheet(9.5, 6.0, 0.3, lambda x, z: top + 0.2 - 0.12 * x * x, cells=12).moved(
        translation=(0, 0, 1.0)
    )
    girth = tube(curve([(0, top, 3.6), (2.5, 21.2, 3.7), (4.6, 18.5, 3.8)], 8), 0.12, up=(0, 0, 1))
    parts = [
        (join(body, head, dome, nose, _pairs(ear), legs, tail), "hide"),
        (_pairs(tusk), "white"),
        (eyes, "black"),
        (blanket, "rug"),
        (_pairs(girth), "leather"),
    ]
    surfaces, shift = _grounded([(mesh.squashed((k, k, k)), look) for mesh, look in parts])
    flank = tuple(
        handle("flat", (s * 4.85 * k, 15.5 * k + shift, 0.5 * k), (0, 1, 0), (s, 0, 0)) for s in (1, -1)
    )
    snout = handle("flat", (0, 11.0 * k + shift, 14.75 * k), (0, 1, 0), (0, 0, 1))
    return Design(
        surfaces, {"touch": (*flank, snout)}, (Seat((0, (top + 0.2) * k + shift, 1.5 * k), (0, 0, 1), True),)
    )


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
            _bones(_walk(points, sign * swing), radii),
            mirrored(_bones(_walk(points, -sign * swing), radii)),
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
        _pairs(ellipsoid((0.1, 0.1, 0.07), (0.3, 7.3 + up, 4.5), segments=8)),
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
    fur = [body, neck, skull, snout, *legs, paws, tail, _pairs(ear)]
    surfaces, shift = _grounded(
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
        front = _bones([(0.35, 2.0, 0.6), (0.35, 0.15, 0.95)], [0.3, 0.2])
        paw = ellipsoid((0.22, 0.15, 0.32), (0.35, 0.15, 1.1), segments=10)
        hind = ellipsoid((0.22, 0.15, 0.45), (0.8, 0.15, 0.7), segments=10)
        fur = [body, _pairs(haunch, front, paw, hind)]
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
        legs = _four_legs(
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
        _pairs(ellipsoid((0.1, 0.12, 0.06), head_at + np.array((0.22, 0.1, 0.48)), segments=8)),
        ellipsoid((0.07, 0.05, 0.05), head_at + np.array((0, -0.08, 0.62)), segments=8),
    )
    surfaces, shift = _grounded([(join(*fur, skull, cheeks, _pairs(ear), tail), "coat"), (eyes, "black")])
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
    legs = _pairs(
        limb((0.25, 1.0, 0.0), (0.25, 0.08, 0.05), 0.08, 0.06, sides=6),
        limb((0.25, 0.06, -0.1), (0.32, 0.06, 0.4), 0.06, 0.04, sides=6),
        limb((0.25, 0.06, 0), (0.12, 0.06, 0.35), 0.06, 0.04, sides=6),
    )
    eyes = _pairs(ellipsoid((0.05, 0.06, 0.06), (0.22, 2.52 + long, 1.1), segments=6))
    comb = [ellipsoid((0.05, 0.18, 0.28), (0, 2.75 + long, 0.98), segments=10)] if sort == "hen" else []
    parts = [
        (join(body, neck, head), "feather"),
        (join(_pairs(wing), tail), "feather.wing"),
        (join(beak, legs), "beak"),
        (eyes, "black"),
    ]
    if comb:
        parts.append((join(*comb), "sauce"))
    surfaces, shift = _grounded([(mesh.squashed((k, k, k)), look) for mesh, look in parts])
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
        _pairs(ellipsoid((0.06, 0.08, 0.08), (0.25, 1.93, 0.5), segments=8)),
        ellipsoid((0.05, 0.04, 0.05), (0, 1.82, 0.72), segments=6),
    )
    surfaces, shift = _grounded(
        [
            (mesh.squashed((k, k, k)), look)
            for mesh, look in (
                (join(body, head, _pairs(ear, thigh, foot, arm), tail), "coat"),
                (eyes, "black"),
            )
        ]
    )
    back = handle("flat", (0, 2.13 * k + shift, 0.3 * k), (0, 0, -1), (0, 1, 0))
    return Design(surfaces, {"touch": (back, back)})


@kind("farm animal", "animal", "touch, push, look at, next to, behind", "ground", weight=1.2)
def farm_animal(v: Variation) -> Design:
    """Cow, sheep, goat or pig."""
    sort = v.pick("cow", "sheep", "pig", "goat")
    k = {"cow": 1.75, "sheep": 0.95, "pig": 1.0, "goat": 0.9}[sort] * v.between(0.92, 1.08)
    fat = {"cow": 1.0, "sheep": 1.25, "pig": 1.15, "goat": 0.8}[sort]
    low = 2.2 if sort == "pig" else 3.6  # of the belly
    y = low + 1.3 * fat
    body = trunk(
        [
            (-4.0, y + 0.3, 0.4, 0.5),
            (-3.4, y + 0.3, 1.2 * fat, 1.3 * fat),
            (-1.0, y, 1.4 * fat, 1.45 * fat),
            (1.6, y, 1.3 * fat, 1.4 * fat),
            (3.0, y + 0.3, 0.9 * fat, 1.2),
            (3.6, y + 0.5, 0.4, 0.6),
        ],
        18,
        16,
    )
    up = 0.3 if sort == "pig" else 1.6
    neck = trunk_along(
        [(0, y + 0.4, 2.6), (0, y + 0.5 + up * 0.6, 3.8), (0, y + 0.4 + up, 4.4)], [1.15, 0.85, 0.7], 0.8
    )
    head = trunk_along(
        [(0, y + 0.7 + up, 4.1), (0, y + 0.6 + up, 4.9), (0, y - 0.2 + up, 6.0)], [0.65, 0.78, 0.5], 0.85
    )
    snout = ellipsoid((0.48, 0.42, 0.3), (0, y - 0.3 + up, 6.15), segments=14)
    front = [(0.8, y - 0.3, 2.4), (0.8, low * 0.5, 2.4), (0.8, 0.4, 2.45)]
    hind = [(0.85, y, -2.9), (0.9, low * 0.55, -2.8), (0.85, 0.4, -3.1)]
    swing = v.between(0, 0.8)
    legs = _four_legs(front, hind, [0.8, 0.42, 0.36], swing)
    hooves = []
    for points, sign in ((front, 1), (hind, -1)):
        for side in (1, -1):
            x, _, z = _walk(points, sign * side * swing)[-1]
            hooves.append(
                tube([(side * x, 0, z + 0.05), (side * x, 0.4, z)], [0.42, 0.36], sides=10, up=(1, 0, 0))
            )
    ears = _pairs(
        ellipsoid(
            (0.55, 0.2, 0.12),
            (0.95, y + 0.95 + up, 4.4),
            about((0, 0, 1), -0.3 if sort != "pig" else 0.6),
            segments=10,
        )
    )
    tail = tube(
        curve([(0, y + 0.6, -3.8), (0, y, -4.5), (0.1, y - (1.8 if sort == "cow" else 0.3), -4.4)], 8),
        np.linspace(0.16, 0.1, 8),
        up=(1, 0, 0),
    )
    eyes = _pairs(ellipsoid((0.08, 0.13, 0.13), (0.62, y + 0.75 + up, 5.1), segments=8))
    parts = [
        (join(body, neck), {"sheep": "plush", "pig": "crumb"}.get(sort, "coat")),
        (join(head, legs, ears, tail), {"sheep": "mane", "pig": "crumb"}.get(sort, "coat")),
        (join(*hooves, eyes), "black"),
        (snout, "crumb.snout"),
    ]
    if sort == "sheep":
        wool = join(
            *(
                ellipsoid((0.75, 0.7, 0.75), (1.25 * np.cos(a), y + 1.2 * np.sin(a), z), segments=10)
                for z in (-2.6, -1.2, 0.2, 1.6)
                for a in np.linspace(-0.4, np.pi + 0.4, 6)
            )
        )
        parts.append((wool, "plush"))
    if sort in ("cow", "goat"):
        horn = tube(
            curve(
                [
                    (0.45, y + 1.3 + up, 4.3),
                    (0.95, y + 1.7 + up, 4.3),
                    (1.05, y + 2.4 + up, 4.5 if sort == "cow" else 3.7),
                ],
                8,
            ),
            np.linspace(0.2, 0.05, 8),
        )
        parts.append((_pairs(horn), "white"))
    if sort == "cow":
        spots = _pairs(
            ellipsoid((0.25, 0.75, 0.95), (1.28, y + 0.3, -1.9), segments=12),
            ellipsoid((0.22, 0.6, 0.7), (1.25, y - 0.2, 0.9), segments=12),
        )
        parts.append((spots, "coat.spots"))
    surfaces, shift = _grounded([(mesh.squashed((k, k, k)), look) for mesh, look in parts])
    back = y + 1.4 * fat
    over = (
        handle("flat", (0.2, back * k + shift, 0.4 * k), (0, 0, 1), (0, 1, 0)),
        handle("flat", (-0.2, back * k + shift, 0.4 * k), (0, 0, 1), (0, 1, 0)),
    )
    rump = tuple(
        handle("flat", (s * 0.7 * fat * k, (y + 0.3) * k + shift, -3.65 * k), (0, 1, 0), (s * 0.2, 0, -1))
        for s in (1, -1)
    )
    return Design(surfaces, {"touch": over, "push": rump}, both="push")


KINDS = (horse, camel, elephant, dog, cat, bird, squirrel, farm_animal)
