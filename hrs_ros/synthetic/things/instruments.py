"""Guitar, violin, drum. The player looks along +Z."""

from __future__ import annotations

import numpy as np

from hrs_ros.synthetic.mesh import Mesh, box, join, torus
from hrs_ros.synthetic.rotation import about
from hrs_ros.synthetic.things.kind import Design, bar, handle, kind
from hrs_ros.synthetic.things.model import Surface
from hrs_ros.synthetic.things.shapes import curve, cylinder, extrude, limb, tube, turned
from hrs_ros.synthetic.things.variation import Variation

PLAYED = "play, hold, carry, touch, use, next to"


def _figure_of_eight(length: float, upper: float, lower: float, waist: float) -> np.ndarray:
    """Outline (N, 2) of a guitar's or a violin's body along x: the lower bout at -x."""
    half = np.array(
        [
            (-0.5, 0.0),
            (-0.49, 0.55 * lower),
            (-0.4, 0.88 * lower),
            (-0.22, lower),
            (0.0, 0.8 * lower),
            (0.1, waist),
            (0.25, 0.9 * upper),
            (0.38, upper),
            (0.48, 0.7 * upper),
            (0.5, 0.0),
        ]
    )
    top = curve(half, 22)
    return np.concatenate([top, (top * (1, -1))[-2:0:-1]]) * (length, 1)


def _strings(x0: float, x1: float, z: float, spread: float, count: int) -> Mesh:
    return join(
        *(box(x1 - x0, 0.02, 0.02, ((x0 + x1) / 2, y, z)) for y in np.linspace(-spread, spread, count))
    )


@kind("guitar", "instrument", PLAYED, "hand floor", weight=2)
def guitar(v: Variation) -> Design:
    """Acoustic or electric guitar as it is played: neck towards +X (the player's left), front towards +Z."""
    sort = v.pick("acoustic", "electric", "acoustic", "ukulele", "bass")
    k = {"ukulele": 0.55, "bass": 1.1}.get(sort, 1.0) * v.between(0.95, 1.05)
    solid = sort in ("electric", "bass")
    upper, lower = v.between(1.25, 1.45), v.between(1.75, 2.0)
    depth = 0.45 if solid else v.between(0.9, 1.1)
    body = extrude(_figure_of_eight(4.6, upper, lower, v.between(1.0, 1.15)), depth)
    if solid:
        horn = extrude([(1.2, 0.6), (2.9, 1.4), (2.7, 1.75), (1.0, 1.5)], depth)
        body = join(body, horn, horn.moved(about((1, 0, 0), np.pi)).squashed((0.92, 1, 1)))
    front = depth / 2
    neck = join(box(4.6, 0.5, 0.3, (4.2, 0, front - 0.05)), box(1.4, 0.75, 0.25, (7.1, 0, front - 0.12)))
    board = box(5.2, 0.48, 0.1, (3.9, 0, front + 0.12))
    dark = [board, box(0.25, 1.2, 0.12, (-1.3, 0, front + 0.06))]
    if not solid:
        dark.append(cylinder(0.48, 0.03, 24).moved(about((1, 0, 0), np.pi / 2), (0.6, 0, front)))
    else:
        dark += [box(0.4, 0.9, 0.08, (x, 0, front + 0.04)) for x in (-0.5, 0.5)]
    pegs = [
        tube([(x, s * 0.3, front - 0.12), (x, s * 0.75, front - 0.12)], 0.08)
        for x in (6.7, 7.1, 7.5)
        for s in (-1, 1)
    ]
    strings = _strings(-1.3, 6.5, front + 0.2, 0.2, 4 if sort in ("bass", "ukulele") else 6)
    shift = np.array([0, lower * k, 0])
    parts = [
        (body, v.pick("wood", "paint") if solid else "wood"),
        (neck, "wood.neck"),
        (join(*dark), "black"),
        (join(strings, *pegs), "metal"),
    ]
    surfaces = tuple(Surface(m.squashed((k, k, k)).moved(translation=shift), look) for m, look in parts)
    left = bar((4.6 * k, lower * k, (front - 0.05) * k), (1, 0, 0), (0, -0.4, -1), 0.26 * k)
    right = handle("flat", (-0.2 * k, lower * k, (front + 0.2) * k), (0.6, -0.8, 0), (0, 0, 1))
    hold = bar((3.4 * k, lower * k, (front - 0.05) * k), (1, 0, 0), (0, 0, -1), 0.26 * k)
    return Design(
        surfaces, {"play": (left, right), "hold": (hold, hold), "carry": (hold, hold)}, both="play, use"
    )


@kind("violin", "instrument", PLAYED, "hand table")
def violin(v: Variation) -> Design:
    """Violin with its bow across the strings; the scroll towards +X, its belly upwards."""
    k = v.between(0.95, 1.08)
    body = extrude(_figure_of_eight(3.5, 0.82, 1.02, 0.56), 0.38).moved(
        about((1, 0, 0), -np.pi / 2), (0, 0.19, 0)
    )
    neck = join(box(1.6, 0.2, 0.26, (2.4, 0.3, 0)), limb((3.2, 0.3, 0), (3.6, 0.15, 0), 0.14, 0.18))
    dark = join(
        box(2.6, 0.08, 0.26, (1.6, 0.46, 0)),
        box(0.08, 0.3, 0.5, (-0.4, 0.5, 0)),
        box(0.9, 0.1, 0.35, (-1.2, 0.44, 0)),
    )
    bow = join(
        tube([(0.3, 0.78, -3.4), (0.3, 0.9, 0), (0.3, 0.78, 3.4)], 0.05, up=(1, 0, 0)),
        box(0.2, 0.2, 0.3, (0.3, 0.7, -3.1)),
    )
    hair = box(0.1, 0.02, 6.6, (0.3, 0.66, 0))
    strings = join(*(box(3.6, 0.02, 0.02, (1.0, 0.6, z)) for z in (-0.12, -0.04, 0.04, 0.12)))
    parts = [
        (body, "wood"),
        (neck, "wood"),
        (dark, "black"),
        (bow, "wood.bow"),
        (join(hair, strings), "white"),
    ]
    surfaces = tuple(Surface(m.squashed((k, k, k)), look) for m, look in parts)
    left = bar((2.6 * k, 0.32 * k, 0), (1, 0, 0), (0, -1, 0), 0.16 * k)
    right = bar((0.3 * k, 0.78 * k, -3.2 * k), (0, 0, 1), (0, 1, -0.2), 0.1)
    return Design(
        surfaces,
        {"play": (left, right), "hold": (left, left)},
        mouth=(-1.75 * k, 0.38 * k, 0),
        both="play, use",
    )


@kind("drum", "instrument", PLAYED, "floor ground", weight=1.5)
def drum(v: Variation) -> Design:
    """Djembe, conga, or a snare drum on a stand; beaten with both hands from -Z."""
    sort = v.pick("djembe", "conga", "snare", "tom")
    r = v.between(1.5, 2.0)
    h = v.between(6.0, 7.6)
    rim_look = "metal"
    if sort == "djembe":
        body = turned(
            [
                (0, 0),
                (0.72 * r, 0),
                (0.5 * r, 0.42 * h),
                (0.9 * r, 0.7 * h),
                (r, 0.95 * h),
                (0.97 * r, h - 0.05),
                (0, h - 0.05),
            ],
            28,
        )
        extra = join(
            *(
                tube(
                    [
                        (0.85 * r * np.cos(a), 0.62 * h, 0.85 * r * np.sin(a)),
                        (1.02 * r * np.cos(a + 0.2), 0.92 * h, 1.02 * r * np.sin(a + 0.2)),
                    ],
                    0.05,
                    sides=5,
                )
                for a in np.linspace(0, 2 * np.pi, 14, endpoint=False)
            )
        )
        look, rim_look = "wood", "straw"
    elif sort == "conga":
        body = turned(
            [(0, 0), (0.7 * r, 0), (0.95 * r, 0.3 * h), (1.1 * r, 0.6 * h), (r, h - 0.05), (0, h - 0.05)], 28
        )
        extra = torus(1.06 * r, 0.08, 28, 6).moved(about((1, 0, 0), np.pi / 2), (0, 0.3 * h, 0))
        look = "wood"
    else:
        deep = 1.3 if sort == "snare" else 3.2
        r += 0.3
        body = turned([(0, h - deep), (r, h - deep), (r, h - 0.05), (0, h - 0.05)], 28)
        legs = [tube([(0, h - deep - 0.2, 0), (0, 2.2, 0)], 0.14)]
        legs += [tube([(0, 2.4, 0), (1.9 * np.cos(a), 0.1, 1.9 * np.sin(a))], 0.12) for a in (0.5, 2.6, 4.7)]
        legs += [
            tube([(0, h - deep - 0.2, 0), (0.8 * r * np.cos(a), h - deep + 0.1, 0.8 * r * np.sin(a))], 0.1)
            for a in (0.5, 2.6, 4.7)
        ]
        low = torus(r, 0.1, 28, 6).moved(about((1, 0, 0), np.pi / 2), (0, h - deep + 0.1, 0))
        extra = join(*legs, low)
        low_y = extra.vertices[:, 1].min()
        extra, body, h = (
            extra.moved(translation=(0, -low_y, 0)),
            body.moved(translation=(0, -low_y, 0)),
            h - low_y,
        )
        look = "paint"
    skin = cylinder(r * 0.98, 0.06, 28).moved(translation=(0, h - 0.05, 0))
    ring = torus(r * 1.01, 0.1, 28, 6).moved(about((1, 0, 0), np.pi / 2), (0, h - 0.12, 0))
    beat = tuple(handle("flat", (s * 0.5 * r, h, -0.25 * r), (-s * 0.3, 0, 1), (0, 1, 0)) for s in (1, -1))
    sides = tuple(bar((s * r, 0.85 * h, 0), (0, 0, 1), (s, 0, 0), 0.2) for s in (1, -1))
    return Design(
        (Surface(body, look), Surface(skin, "white"), Surface(join(ring, extra), rim_look)),
        {"play": beat, "use": beat, "touch": beat, "hold": sides, "carry": sides},
        both="play, use, carry, hold",
    )


KINDS = (
    guitar,
    violin,
    drum,
)
