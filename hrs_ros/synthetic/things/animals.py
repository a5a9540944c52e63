"""Bodies of animals: trunk and limbs of round sections; cattle. They look along +Z."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from hrs_ros.synthetic.mesh import Mesh, join
from hrs_ros.synthetic.rotation import about
from hrs_ros.synthetic.things.kind import Design, handle, kind
from hrs_ros.synthetic.things.model import Surface
from hrs_ros.synthetic.things.shapes import curve, ellipsoid, limb, loft, mirrored, tube
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


def bones(points: Sequence[tuple[float, float, float]], radii: Sequence[float]) -> Mesh:
    """Chain of round-ended tapers: a leg or a neck."""
    return join(
        *(limb(points[k], points[k + 1], radii[k], radii[k + 1], sides=10) for k in range(len(points) - 1))
    )


def pairs(*meshes: Mesh) -> Mesh:
    """Left members and their mirror images."""
    return join(*meshes, *(mirrored(mesh) for mesh in meshes))


def walk(points: Sequence[tuple[float, float, float]], swing: float) -> list[tuple[float, float, float]]:
    """A leg's points with the foot moved ``swing`` forward, the joints between in proportion."""
    top = points[0][1]
    return [(x, y, z + swing * (top - y) / top) for x, y, z in points]


def four_legs(
    front: Sequence[tuple[float, float, float]],
    hind: Sequence[tuple[float, float, float]],
    radii: Sequence[float],
    swing: float,
) -> Mesh:
    legs = []
    for points, sign in ((front, 1), (hind, -1)):
        legs.append(bones(walk(points, sign * swing), radii))
        legs.append(mirrored(bones(walk(points, -sign * swing), radii)))
    return join(*legs)


def grounded(parts: Sequence[tuple[Mesh, str]]) -> tuple[tuple[Surface, ...], float]:
    """Surfaces shifted to stand on y = 0, and the shift."""
    low = min(float(mesh.vertices[:, 1].min()) for mesh, _ in parts)
    return tuple(Surface(mesh.moved(translation=(0, -low, 0)), look) for mesh, look in parts), -low


def trunk_along(path: Sequence[tuple[float, float, float]], radii: Sequence[float], narrow: float) -> Mesh:
    """Neck or head: a tube that is ``narrow`` times as wide (x) as it is deep."""
    smooth = curve(np.array([(*p, r) for p, r in zip(path, radii, strict=True)]), 10)
    return tube(smooth[:, :3], smooth[:, 3], sides=12, up=(1, 0, 0), flat=narrow)


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
    legs = four_legs(front, hind, [0.8, 0.42, 0.36], swing)
    hooves = []
    for points, sign in ((front, 1), (hind, -1)):
        for side in (1, -1):
            x, _, z = walk(points, sign * side * swing)[-1]
            hooves.append(
                tube([(side * x, 0, z + 0.05), (side * x, 0.4, z)], [0.42, 0.36], sides=10, up=(1, 0, 0))
            )
    ears = pairs(
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
    eyes = pairs(ellipsoid((0.08, 0.13, 0.13), (0.62, y + 0.75 + up, 5.1), segments=8))
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
        parts.append((pairs(horn), "white"))
    if sort == "cow":
        spots = pairs(
            ellipsoid((0.25, 0.75, 0.95), (1.28, y + 0.3, -1.9), segments=12),
            ellipsoid((0.22, 0.6, 0.7), (1.25, y - 0.2, 0.9), segments=12),
        )
        parts.append((spots, "coat.spots"))
    surfaces, shift = grounded([(mesh.squashed((k, k, k)), look) for mesh, look in parts])
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


KINDS = (farm_animal,)
