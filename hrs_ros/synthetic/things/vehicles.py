"""Wheels, and cars. They drive along +Z."""

from __future__ import annotations

import numpy as np

from hrs_ros.synthetic.mesh import Mesh, box, join, torus
from hrs_ros.synthetic.rotation import about
from hrs_ros.synthetic.things.kind import Design, flats, handle, kind
from hrs_ros.synthetic.things.model import Rest, Seat, Surface
from hrs_ros.synthetic.things.shapes import (
    cushion,
    ellipsoid,
    extrude,
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


def disc(radius: float, width: float, x: float, z: float) -> Mesh:
    """Solid wheel disc on the ground."""
    return turned([(0, -width / 2), (radius, -width / 2), (radius, width / 2), (0, width / 2)], 24).moved(
        about((0, 0, 1), np.pi / 2), (x, radius, z)
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
            disc(0.62 * wr, 2.1, s * (w / 2 - 1.1), z).moved(translation=(0, 0.38 * wr, 0))
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


KINDS = (car,)
