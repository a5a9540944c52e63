"""Swings, slides, seesaws, swimming rings."""

from __future__ import annotations

import numpy as np

from hrs_ros.synthetic.mesh import Mesh, box, join, sphere, torus
from hrs_ros.synthetic.rotation import about
from hrs_ros.synthetic.things.kind import Design, bar, kind
from hrs_ros.synthetic.things.model import Seat, Surface
from hrs_ros.synthetic.things.shapes import (
    curve,
    extrude,
    limb,
    loft,
    slab,
    tube,
)
from hrs_ros.synthetic.things.variation import Variation


@kind("swimming ring", "swimming things", "hold, carry, play, touch, in, next to", "hand ground water")
def swimming_ring(v: Variation) -> Design:
    """Inflatable ring, lying; perhaps with an animal's head."""
    r, t = v.between(2.0, 3.0), v.between(0.55, 0.85)
    flat = about((1, 0, 0), np.pi / 2)
    ring = torus(r, t, 32, 12).moved(flat, (0, t, 0))
    bands = join(
        *(
            tube(
                [
                    (r + (t + 0.02) * np.cos(b), t + (t + 0.02) * np.sin(b), 0)
                    for b in np.linspace(0, 2 * np.pi, 12, endpoint=False)
                ],
                0.14,
                sides=6,
                closed=True,
                up=(0, 0, 1),
            ).moved(about((0, 1, 0), a))
            for a in np.arange(6) * np.pi / 3
        )
    )
    surfaces = [Surface(ring, v.pick("paint", "white")), Surface(bands, "paint.band")]
    if v.pick("plain", "duck", "plain", "swan") in ("duck", "swan"):
        neck = tube(
            curve([(0, t * 1.5, r), (0, t + 1.6, r + 0.3), (0, t + 2.4, r)], 8),
            np.linspace(0.5, 0.4, 8),
            up=(1, 0, 0),
        )
        surfaces.append(
            Surface(join(neck, sphere(0.6, 16).moved(translation=(0, t + 2.7, r + 0.1))), surfaces[0].look)
        )
        surfaces.append(Surface(limb((0, t + 2.6, r + 0.6), (0, t + 2.5, r + 1.1), 0.25, 0.12), "beak"))
    hands = tuple(bar((s * r, t, 0), (0, 0, 1), (s, 0.3, 0), t) for s in (1, -1))
    low = min(float(s.mesh.vertices[:, 1].min()) for s in surfaces)
    return Design(
        tuple(Surface(s.mesh.moved(translation=(0, -low, 0)), s.look) for s in surfaces),
        {"hold": hands},
        both="carry, hold",
    )


@kind("swing", "amusement facilities", "sit on, ride, touch, push, hold, on, next to", "ground")
def swing(v: Variation) -> Design:
    """Swing in its frame; one sits looking along +Z."""
    h, w, seat = v.between(20, 24), v.between(12, 16), v.between(4.2, 5.0)
    spread = 6.5
    posts = [
        tube([(s * w / 2, h, 0), (s * (w / 2 + 1.2), 0, q * spread)], 0.4, up=(1, 0, 0))
        for s in (-1, 1)
        for q in (-1, 1)
    ]
    beam = tube([(-w / 2 - 0.4, h, 0), (w / 2 + 0.4, h, 0)], 0.45)
    half = 2.2
    ropes = [tube([(s * half, seat + 0.1, 0), (s * half, h, 0)], 0.1, sides=6, up=(0, 0, 1)) for s in (-1, 1)]
    board = slab(2 * half + 0.5, 0.25, 1.9, 0.2, (0, seat, 0))
    hands = tuple(bar((s * half, seat + 5.5, 0), (0, 1, 0), (s, 0, 0), 0.12) for s in (1, -1))
    push = tuple(bar((s * half, seat + 3.0, 0), (0, 1, 0), (0, 0, -1), 0.12) for s in (1, -1))
    low = min(float(m.vertices[:, 1].min()) for m in posts)
    frame = join(*posts, beam).moved(translation=(0, -low, 0))
    return Design(
        (
            Surface(frame, v.pick("wood", "paint", "metal")),
            Surface(join(*ropes), "straw"),
            Surface(board, v.pick("wood", "plastic")),
        ),
        {"ride": hands, "hold": hands, "touch": hands, "push": push},
        (Seat((0, seat + 0.125, 0)),),
        both="ride, push",
    )


@kind("slide", "amusement facilities", "sit on, touch, on, next to, behind", "ground", weight=0.7)
def slide(v: Variation) -> Design:
    """Slide with a ladder; it runs down along +Z."""
    h, length, w = v.between(11, 15), v.between(18, 24), v.between(3.6, 4.6)
    path = curve(
        [
            (0, h, -length / 2),
            (0, h - 0.3, -length / 2 + 1.5),
            (0, h * 0.45, 0),
            (0, 1.6, length / 2 - 3),
            (0, 1.2, length / 2),
        ],
        16,
    )
    chute = [_ribbon(path, w, 0.2)]
    walls = [_ribbon(path + np.array((s * w / 2, 0.35, 0)), 0.2, 0.8) for s in (-1, 1)]
    ladder = [
        tube([(s * w / 2, 0, -length / 2 - 2.5), (s * w / 2, h + 2.5, -length / 2 - 0.2)], 0.25, up=(1, 0, 0))
        for s in (-1, 1)
    ]
    ladder += [
        tube(
            [
                (-w / 2, y, -length / 2 - 2.5 + 2.3 * y / (h + 2.5)),
                (w / 2, y, -length / 2 - 2.5 + 2.3 * y / (h + 2.5)),
            ],
            0.2,
        )
        for y in np.arange(1.6, h, 2.0)
    ]
    ladder += [tube([(s * w / 2, 0, 0), (s * w / 2, h * 0.42, 0)], 0.22, up=(0, 0, 1)) for s in (-1, 1)]
    hands = tuple(
        bar((s * w / 2, h + 1.5, -length / 2 - 0.4), (0, 1, 0.15), (s, 0, 0), 0.25) for s in (1, -1)
    )
    k = 12
    return Design(
        (
            Surface(join(*chute), v.pick("metal", "plastic")),
            Surface(join(*walls), "paint"),
            Surface(join(*ladder), "paint.2"),
        ),
        {"touch": hands},
        (Seat((0, float(path[k][1]) + 0.1, float(path[k][2]))),),
    )


def _ribbon(path: np.ndarray, width: float, thickness: float) -> Mesh:
    """Strip along a path in a y-z plane, ``width`` along x."""
    half = np.array([width / 2, 0, 0])
    up = np.array([0, thickness / 2, 0])
    return loft(np.stack([path + half - up, path + half + up, path - half + up, path - half - up], axis=1))


@kind("seesaw", "amusement facilities", "sit on, ride, touch, on, next to", "ground", weight=0.7)
def seesaw(v: Variation) -> Design:
    """Seesaw along Z; a rider at either end looks at the other."""
    length, h = v.between(22, 28), v.between(4.2, 5.2)
    e = length / 2
    plank = box(2.2, 0.4, length, (0, h, 0))
    base = extrude([(-2.2, 0), (2.2, 0), (0.5, h - 0.2), (-0.5, h - 0.2)], 1.6).moved(
        about((0, 1, 0), np.pi / 2)
    )
    bars_, seats, hands = [], [], []
    for s in (1, -1):
        z = s * (e - 4.0)
        bars_ += [tube([(q * 0.9, h, z), (q * 0.9, h + 2.6, z)], 0.15, up=(0, 0, 1)) for q in (-1, 1)]
        bars_.append(tube([(-1.5, h + 2.6, z), (1.5, h + 2.6, z)], 0.17))
        seats.append(Seat((0, h + 0.2, s * (e - 1.6)), (0, 0, -s), True))
        hands.append(bar((s * 1.1, h + 2.6, e - 4.0), (1, 0, 0), (0, 0, 1), 0.17))
    near = (hands[1], hands[0])
    return Design(
        (
            Surface(plank, v.pick("paint", "wood")),
            Surface(base, "paint.base"),
            Surface(join(*bars_), "metal"),
        ),
        {"ride": near, "touch": near},
        tuple(seats),
        both="ride",
        user=(0, 0, -1),
    )


KINDS = (
    swimming_ring,
    swing,
    slide,
    seesaw,
)
