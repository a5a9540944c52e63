"""Toys and kites."""

from __future__ import annotations

import numpy as np

from hrs_ros.synthetic.mesh import Mesh, box, join, sphere
from hrs_ros.synthetic.rotation import about
from hrs_ros.synthetic.things.kind import Design, bar, flanks, handle, kind, upright_bar
from hrs_ros.synthetic.things.model import Surface
from hrs_ros.synthetic.things.shapes import (
    cylinder,
    ellipsoid,
    extrude,
    limb,
    mirrored,
    tube,
    turned,
)
from hrs_ros.synthetic.things.variation import Variation

TOY = "hold, play, carry, touch, throw, next to"


def _both_sides(mesh: Mesh) -> Mesh:
    return join(mesh, mirrored(mesh))


@kind("teddy", "toy", TOY, "hand floor table", weight=1.5)
def teddy(v: Variation) -> Design:
    """Sitting soft toy: bear, rabbit, or a little elephant."""
    sort = v.pick("bear", "rabbit", "panda", "mouse")
    k = v.between(0.8, 1.5)
    body = ellipsoid((0.75, 0.9, 0.65), (0, 0.9, 0))
    head = ellipsoid((0.68, 0.62, 0.6), (0, 2.15, 0.1))
    arms = _both_sides(limb((0.6, 1.4, 0.1), (1.05, 0.85, 0.5), 0.27, 0.24))
    legs = _both_sides(limb((0.45, 0.36, 0.3), (0.75, 0.32, 1.1), 0.34, 0.32))
    if sort == "rabbit":
        ears = _both_sides(ellipsoid((0.17, 0.62, 0.1), (0.3, 3.1, 0), about((0, 0, 1), -0.15), segments=14))
    else:
        size = 0.38 if sort == "mouse" else 0.25
        ears = _both_sides(
            ellipsoid((size, size, 0.12), (0.5 + 0.2 * (sort == "mouse"), 2.7, 0), segments=14)
        )
    muzzle = join(
        ellipsoid((0.3, 0.24, 0.22), (0, 2.0, 0.62), segments=14),
        _both_sides(ellipsoid((0.22, 0.22, 0.06), (0.77, 0.33, 1.4), segments=12)),
        ellipsoid((0.42, 0.5, 0.14), (0, 0.9, 0.56), segments=14),
    )
    eyes = join(
        _both_sides(sphere(0.08, 10).moved(translation=(0.24, 2.28, 0.62))),
        ellipsoid((0.1, 0.07, 0.06), (0, 2.1, 0.82), segments=10),
    )
    if sort == "panda":
        parts = [(join(body, head, muzzle), "white"), (join(arms, legs, ears), "mane")]
    else:
        parts = [(join(body, head, arms, legs, ears), "plush"), (muzzle, "plush.2")]
    parts.append((eyes, "black"))
    low = min(float(m.vertices[:, 1].min()) for m, _ in parts) * k
    surfaces = tuple(
        Surface(m.squashed((k, k, k)).moved(translation=(0, -low, 0)), look) for m, look in parts
    )
    return Design(surfaces, {"hold": flanks(0.75 * k, 0.9 * k - low, 0)})


@kind("toy car", "toy", TOY + ", push, look at", "floor hand table")
def toy_car(v: Variation) -> Design:
    """Toy car, lorry or bus that rolls along +Z."""
    sort = v.pick("car", "lorry", "bus", "tractor")
    w, length = v.between(0.8, 1.3), v.between(1.6, 2.8)
    r = 0.17 * length if sort != "tractor" else 0.24 * length
    e = length / 2
    deck = r * 0.7
    if sort == "car":
        body = extrude(
            [
                (-e, deck),
                (e, deck),
                (e, deck + 0.4),
                (0.5 * e, deck + 0.5),
                (0.2 * e, deck + 0.95),
                (-0.55 * e, deck + 0.95),
                (-0.8 * e, deck + 0.5),
                (-e, deck + 0.45),
            ],
            w,
        )
        second = extrude(
            [
                (0.4 * e, deck + 0.52),
                (0.2 * e, deck + 0.86),
                (-0.5 * e, deck + 0.86),
                (-0.68 * e, deck + 0.52),
            ],
            w * 1.02,
        )
    elif sort == "lorry":
        body = join(
            extrude(
                [
                    (0.35 * e, deck),
                    (e, deck),
                    (e, deck + 0.6),
                    (0.85 * e, deck + 1.1),
                    (0.35 * e, deck + 1.1),
                ],
                w,
            ),
            box(length, 0.15, w, (0, deck + 0.1, 0)),
        )
        second = join(box(1.2 * e, 0.8, w, (-0.38 * e, deck + 0.6, 0)))
    elif sort == "bus":
        body = box(length, 1.1, w, (0, deck + 0.6, 0))
        second = box(length * 0.9, 0.35, w * 1.02, (0, deck + 0.8, 0))
    else:
        body = join(
            box(length * 0.9, 0.6, 0.5 * w, (0, deck + 0.4, 0)),
            cylinder(0.08, 0.6, 10).moved(translation=(0.6 * e, deck + 0.6, 0)),
        )
        second = join(box(0.6 * e, 0.8, 0.6 * w, (-0.5 * e, deck + 1.0, 0)))
    turn = about((0, 1, 0), -np.pi / 2)
    disc = turned(
        [(0, -0.12), (0.9 * r, -0.12), (r, -0.06), (r, 0.06), (0.9 * r, 0.12), (0, 0.12)], 18
    ).moved(about((0, 0, 1), np.pi / 2))
    wheels = join(*(disc.moved(translation=(s * w / 2, r, z)) for s in (-1, 1) for z in (-0.6 * e, 0.6 * e)))
    roof = body.vertices[:, 1].max()
    top = handle("flat", (0, float(roof), -0.2 * e), (0, 0, 1), (0, 1, 0))
    over = bar((0, float(roof) - 0.3, -0.1 * e), (0, 0, 1), (0, 1, 0), 0.4 * w)
    return Design(
        (
            Surface(body.moved(turn), "paint"),
            Surface(second.moved(turn), "window" if sort in ("car", "bus") else "paint.2"),
            Surface(wheels, "black"),
        ),
        {"hold": (over, over), "push": (top, top), "play": (top, top), "touch": (top, top)},
    )


@kind("toy blocks", "toy", "play, touch, hold, look at, next to", "floor table")
def toy_blocks(v: Variation) -> Design:
    """A little tower of coloured blocks."""
    a = v.between(0.45, 0.7)
    groups: list[list[Mesh]] = [[], [], [], []]
    for level in range(v.whole(2, 3)):
        for k in range(3 - level):
            x = (k - (2 - level) / 2) * a * 1.15
            turn = about((0, 1, 0), float(v.rng.uniform(-0.35, 0.35)))
            groups[(k + 2 * level) % 4].append(
                box(a, a, a).moved(turn, (x, (level + 0.5) * a, float(v.rng.uniform(-0.08, 0.08))))
            )
    if v.chance(0.6):
        roof = extrude([(-a / 2, 0), (a / 2, 0), (0, 0.6 * a)], a).moved(translation=(1.9 * a, 0, 0.4))
        groups[3].append(roof)
    top = max(float(m.vertices[:, 1].max()) for group in groups for m in group)
    mid = handle("flat", (0, top, 0), (0, 0, 1), (0, 1, 0))
    return Design(
        tuple(Surface(join(*group), f"plastic.{k}") for k, group in enumerate(groups) if group),
        {"play": (mid, mid)},
    )


@kind("doll", "toy", TOY, "hand floor table")
def doll(v: Variation) -> Design:
    """Doll in a dress, standing."""
    h = v.between(2.6, 4.2)
    k = h / 3.4
    hair_long = v.pick(0.0, 0.5, 1.0, 0.75)
    head = ellipsoid((0.38, 0.42, 0.38), (0, 2.95, 0))
    skin = join(
        head,
        limb((0, 2.3, 0), (0, 2.7, 0), 0.14, 0.13),
        _both_sides(limb((0.32, 2.25, 0), (0.68, 1.45, 0.12), 0.11, 0.09)),
        _both_sides(limb((0.2, 1.0, 0), (0.22, 0.15, 0), 0.15, 0.1)),
    )
    dress = turned(
        [(0, 0.75), (0.75, 0.72), (0.6, 1.1), (0.3, 1.65), (0.36, 2.2), (0.2, 2.42), (0, 2.44)], 20
    ).squashed((1, 1, 0.8))
    hair = join(
        ellipsoid((0.42, 0.4, 0.4), (0, 3.05, -0.08)),
        ellipsoid((0.4, 0.3 + 0.5 * hair_long, 0.2), (0, 2.8 - 0.35 * hair_long, -0.28)),
    )
    eyes = _both_sides(sphere(0.05, 8).moved(translation=(0.14, 2.98, 0.36)))
    shoes = _both_sides(ellipsoid((0.12, 0.1, 0.2), (0.22, 0.1, 0.06), segments=10))
    parts = [(skin, "crumb"), (dress, "cloth"), (hair, "mane"), (join(eyes, shoes), "black")]
    low = min(float(m.vertices[:, 1].min()) for m, _ in parts) * k
    return Design(
        tuple(Surface(m.squashed((k, k, k)).moved(translation=(0, -low, 0)), look) for m, look in parts),
        {"hold": upright_bar(1.75 * k, 0.32 * k)},
    )


@kind("kite", "toy", "hold, play, carry, look at, touch, pull, next to", "hand")
def kite(v: Variation) -> Design:
    """Diamond kite with a tail, upright; its front towards +Z."""
    w, h = v.between(5.0, 7.5), v.between(6.5, 9.0)
    shoulder = v.between(0.58, 0.7) * h
    outline = np.array([(0, 0), (w / 2, shoulder), (0, h), (-w / 2, shoulder)])
    left = extrude([outline[0], outline[1], outline[2]], 0.05)
    right = extrude([outline[0], outline[2], outline[3]], 0.05)
    sticks = join(
        tube([(0, 0, -0.06), (0, h, -0.06)], 0.06),
        tube([(-w / 2, shoulder, -0.06), (w / 2, shoulder, -0.06)], 0.06),
    )
    t = np.linspace(0, 1, 16)
    tail = tube(np.c_[0.7 * np.sin(9 * t), 0.3 - 0.2 * t, -4.5 * t], 0.06, sides=5, up=(0, 1, 0))
    bows = join(
        *(
            ellipsoid((0.4, 0.05, 0.2), (0.7 * np.sin(9 * u), 0.3 - 0.2 * u, -4.5 * u), segments=8)
            for u in (0.2, 0.45, 0.7, 0.95)
        )
    )
    low = min(float(m.vertices[:, 1].min()) for m in (left, right, sticks, tail, bows))
    hold = tuple(
        handle("rim", (s * w * 0.3, shoulder * 0.6 - low, 0), (-s, 0.3, 0), (0, 0, -1), 0.06) for s in (1, -1)
    )
    parts = ((left, "paint"), (right, "paint.2"), (sticks, "wood"), (join(tail, bows), "paint.3"))
    return Design(
        tuple(Surface(m.moved(translation=(0, -low, 0)), look) for m, look in parts),
        {"hold": hold},
        both="carry",
    )


KINDS = (
    teddy,
    toy_car,
    toy_blocks,
    doll,
    kite,
)
