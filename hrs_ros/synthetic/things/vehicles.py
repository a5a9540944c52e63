"""Bicycles, motorcycles, cars, carts, prams, boats, sleds. They drive along +Z."""

from __future__ import annotations

import numpy as np

from hrs_ros.synthetic.mesh import Mesh, box, join, torus
from hrs_ros.synthetic.rotation import about
from hrs_ros.synthetic.things.kind import Design, bar, cross_bar, flats, handle, kind
from hrs_ros.synthetic.things.model import Rest, Seat, Surface
from hrs_ros.synthetic.things.shapes import (
    curve,
    cushion,
    ellipsoid,
    extrude,
    limb,
    loft,
    shell,
    slab,
    tube,
    turned,
)
from hrs_ros.synthetic.things.variation import Variation

ROLL = about((0, 1, 0), np.pi / 2)  # a ring about +Z becomes a wheel that rolls along z


def wheel(
    radius: float, tyre: float, x: float, z: float, *, y: float | None = None, segments: int = 28
) -> Mesh:
    """Tyre of a wheel that stands on the ground, or is centred at height ``y``."""
    return torus(radius - tyre, tyre, segments, 8).moved(ROLL, (x, radius if y is None else y, z))


def spokes(
    radius: float, x: float, z: float, count: int, thickness: float, *, y: float | None = None
) -> Mesh:
    """Rim, hub and spokes of a wheel."""
    height = radius if y is None else y
    parts = [
        torus(radius * 0.97, max(0.05, 0.5 * thickness), 24, 6).moved(ROLL, (x, height, z)),
        tube([(x - 0.35, height, z), (x + 0.35, height, z)], 0.18),
    ]
    for k in range(count):
        a = np.pi * k / count
        end = radius * np.array([0, np.sin(a), np.cos(a)])
        parts.append(
            tube([np.array([x, height, z]) - end, np.array([x, height, z]) + end], thickness, sides=5)
        )
    return join(*parts)


def _disc(radius: float, width: float, x: float, z: float) -> Mesh:
    """Solid wheel disc on the ground."""
    return turned([(0, -width / 2), (radius, -width / 2), (radius, width / 2), (0, width / 2)], 24).moved(
        about((0, 0, 1), np.pi / 2), (x, radius, z)
    )


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
    hubs = join(*(_disc(r - 1.0, 0.5, 0, z).moved(translation=(0, 1.0, 0)) for z in (rear, front)))
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


@kind("car", "car", "touch, push, in, sit on, look at, next to, behind, in front of", "ground", weight=1.5)
def car(v: Variation) -> Design:
    """Saloon, hatchback, van or pick-up, closed."""
    sort = v.pick("saloon", "hatchback", "estate", "van", "pickup")
    length = {"saloon": 45, "hatchback": 39, "estate": 46, "van": 48, "pickup": 50}[sort] * v.between(
        0.95, 1.05
    )
    w = v.between(17, 18.5)
    roof = {"saloon": 14.3, "hatchback": 14.8, "estate": 14.8, "van": 19.5, "pickup": 17.0}[sort] * v.between(
        0.97, 1.03
    )
    e, belt = length / 2, {"van": 11.0, "pickup": 10.5}.get(sort, 9.2)
    hood = belt - 0.8
    rear_top = {"saloon": -0.28, "hatchback": -0.8, "estate": -0.9, "van": -0.97, "pickup": -0.02}[sort] * e
    rear_low = {"saloon": -0.62, "hatchback": -0.97, "estate": -0.98, "van": -0.99, "pickup": -0.08}[sort] * e
    front_low, front_top = (0.5 if sort != "van" else 0.78) * e, (0.2 if sort != "van" else 0.55) * e
    wr = v.between(3.1, 3.5) + (0.5 if sort == "pickup" else 0)
    axle_f, axle_r = 0.6 * e, -0.58 * e

    def arch(z: float) -> list[tuple[float, float]]:
        return [
            (z + 1.18 * wr * np.cos(a), 2.6 + 1.1 * wr * np.sin(a))
            for a in np.linspace(0.05, np.pi - 0.05, 9)
        ]

    lower = [
        (-e, 2.6),
        *reversed(arch(axle_r)),
        *reversed(arch(axle_f)),
        (e, 2.6),
        (e + 0.2, 5.2),
        (e - 0.8, 7.4),
        (front_low, hood),
        (rear_low, belt if sort != "pickup" else belt - 0.6),
        (-e + 0.3, belt - 0.3 if sort != "pickup" else belt - 0.6),
        (-e - 0.2, 6),
    ]
    lower_body = extrude(lower, w).moved(about((0, 1, 0), -np.pi / 2))
    cabin_side = [(rear_low, belt - 0.6), (front_low, hood - 0.2), (front_top, roof), (rear_top, roof)]
    cabin = _tapered(cabin_side, w - 0.4, w - 3.6)
    middle = (rear_low + front_low + front_top + rear_top) / 4

    def inset(point: tuple[float, float], k: float) -> tuple[float, float]:
        return middle + (point[0] - middle) * k, (belt + roof) / 2 + (point[1] - (belt + roof) / 2) * k

    glass_side = _tapered(
        [
            inset((rear_low + 1.0, belt), 0.94),
            inset((front_low - 1.0, belt - 0.2), 0.94),
            inset(cabin_side[2], 0.84),
            inset(cabin_side[3], 0.84),
        ],
        w - 0.24,
        w - 3.0,
    )
    glass_ends = _tapered(
        [
            (rear_low - 0.15, belt + 0.3),
            (front_low + 0.15, belt - 0.2),
            (front_top + 0.15, roof - 0.9),
            (rear_top - 0.15, roof - 0.9),
        ],
        w - 3.2,
        w - 5.4,
    )
    tyres = [_tyre(wr, 2.0, s * (w / 2 - 1.1), z) for s in (-1, 1) for z in (axle_f, axle_r)]
    discs = join(
        *(
            _disc(0.62 * wr, 2.1, s * (w / 2 - 1.1), z).moved(translation=(0, 0.38 * wr, 0))
            for s in (-1, 1)
            for z in (axle_f, axle_r)
        )
    )
    well = join(*(box(w - 4.2, 4.5, 2.2 * wr, (0, 4.4, z)) for z in (axle_f, axle_r)))
    lights = join(
        *(cushion(3.0, 1.3, 1.0, (s * (w / 2 - 2.0), 6.3, e - 0.35), roundness=0.5) for s in (-1, 1))
    )
    tails = join(*(box(2.2, 1.6, 0.5, (s * (w / 2 - 1.4), 6.9, -e + 0.0)) for s in (-1, 1)))
    dark = join(
        box(w * 0.96, 1.6, 1.0, (0, 3.2, e - 0.1)),
        box(w * 0.96, 1.6, 1.0, (0, 3.2, -e + 0.1)),
        box(w * 0.45, 1.0, 0.5, (0, 5.6, e + 0.05)),
        well,
    )
    plates = join(box(4.8, 1.0, 0.3, (0, 3.9, e + 0.3)), box(4.8, 1.0, 0.3, (0, 5.0, -e - 0.25)))
    mirrors = join(
        *(ellipsoid((0.9, 0.65, 0.5), (s * (w / 2 + 0.5), belt + 0.5, front_low - 3.2)) for s in (-1, 1))
    )
    grips = join(
        *(
            box(0.2, 0.3, 1.6, (s * (w / 2 + 0.08), belt - 1.4, z))
            for s in (-1, 1)
            for z in (-0.3 * e, 0.14 * e)
        )
    )
    surfaces = (
        Surface(join(lower_body, cabin, mirrors), "paint"),
        Surface(join(glass_side, glass_ends), "window"),
        Surface(join(*tyres), "rubber"),
        Surface(discs, "metal"),
        Surface(lights, "light"),
        Surface(tails, "red light"),
        Surface(join(dark, grips), "black"),
        Surface(plates, "white"),
    )
    push = flats(2.2, 8.0, float(np.interp(8.0, (6, belt - 0.3), (-e - 0.2, 0.3 - e))), (0, 1, 0), (0, 0, -1))
    touch = (
        handle("flat", (w / 2, belt - 1.2, 0), (0, 1, 0), (1, 0, 0)),
        handle("flat", (-w / 2, belt - 1.2, 0), (0, 1, 0), (-1, 0, 0)),
    )
    z = 0.5 * (front_low + e)  # of the bonnet's middle
    level = float(np.interp(z, (front_low, e - 0.8), (hood, 7.4)))
    bonnet = (Rest((0, level, z), (w / 2 - 2, 3)),) if sort != "van" else ()
    seats = (Seat((0, level, z)),) if sort != "van" else ()
    return Design(surfaces, {"push": push, "touch": touch}, seats, bonnet, both="push")


def _tyre(radius: float, width: float, x: float, z: float) -> Mesh:
    profile = [
        (0, -width / 2),
        (0.9 * radius, -width / 2),
        (radius, -0.3 * width),
        (radius, 0.3 * width),
        (0.9 * radius, width / 2),
        (0, width / 2),
    ]
    return turned(profile, 24).moved(about((0, 0, 1), np.pi / 2), (x, radius, z))


def _tapered(side: list[tuple[float, float]], low: float, high: float) -> Mesh:
    """Prism over a side view of (z, y), ``low`` wide at its lowest and ``high`` at its highest point."""
    mesh = extrude(side, 1.0).moved(about((0, 1, 0), -np.pi / 2))
    bottom, top = mesh.vertices[:, 1].min(), mesh.vertices[:, 1].max()
    width = low + (high - low) * (mesh.vertices[:, 1] - bottom) / (top - bottom)
    points = mesh.vertices * np.stack([width, np.ones_like(width), np.ones_like(width)], 1)
    return Mesh(points, mesh.normals, mesh.uvs, mesh.faces)


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
        wheels += [wheel(r, 0.4, 0, 5.2), _disc(r - 0.6, 0.3, 0, 5.2).moved(translation=(0, 0.6, 0))]
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
                wheels.append(_disc(wr, 0.4, s * (w / 2 - 0.4), z))
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


KINDS = (bicycle, motorcycle, car, hand_cart, pram, boat, sled)
