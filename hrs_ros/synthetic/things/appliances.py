"""Lamps and what runs on current or water."""

from __future__ import annotations

import numpy as np

from hrs_ros.synthetic.mesh import box, join, sphere
from hrs_ros.synthetic.rotation import about
from hrs_ros.synthetic.things.kind import Design, bar, handle, kind
from hrs_ros.synthetic.things.model import Surface
from hrs_ros.synthetic.things.shapes import (
    curve,
    cushion,
    cylinder,
    limb,
    slab,
    tube,
    turned,
)
from hrs_ros.synthetic.things.variation import Variation


@kind("refrigerator", "refrigerator", "touch, use, pull, push, next to, behind, in front of", "floor")
def refrigerator(v: Variation) -> Design:
    """Fridge with one or two doors; its front at +Z."""
    sort = v.pick("freezer above", "single", "double", "freezer below")
    w = v.between(6.0, 7.2) if sort != "double" else v.between(9, 10)
    h, d = v.between(15.5, 19.5), v.between(6.2, 7.2)
    body = box(w, h - 0.4, d - 0.6, (0, 0.3 + (h - 0.4) / 2, -0.3))
    z = d / 2 - 0.3
    doors, grips = [], []
    if sort == "double":
        for s in (-1, 1):
            doors.append(
                slab(w / 2 - 0.08, 0.55, h - 0.6, 0.12).moved(
                    about((1, 0, 0), np.pi / 2), (s * w / 4, 0.3 + h / 2, z)
                )
            )
            grips.append(((s * 0.5, h * 0.55), 2.2))
    else:
        split = {"freezer above": 0.68, "single": 0.999, "freezer below": 0.36}[sort]
        for low, high in ((0.0, split), (split, 1.0)):
            tall = (high - low) * (h - 0.5) - 0.1
            if tall > 0.4:
                doors.append(
                    slab(w - 0.06, 0.55, tall, 0.12).moved(
                        about((1, 0, 0), np.pi / 2), (0, 0.4 + (low + high) / 2 * (h - 0.5), z)
                    )
                )
        grips.append(((w / 2 - 0.7, h * min(split - 0.18, 0.55) if split > 0.5 else h * 0.55), 1.4))
        if sort != "single":
            grips.append(((w / 2 - 0.7, h * 0.8 if split > 0.5 else h * 0.25), 1.0))
    rods = join(
        *(tube([(x, y - half, z + 0.65), (x, y + half, z + 0.65)], 0.13) for (x, y), half in grips),
        *(box(0.2, 0.2, 0.5, (x, y + q * half * 0.8, z + 0.4)) for (x, y), half in grips for q in (-1, 1)),
    )
    feet = box(w - 0.4, 0.5, d - 1.2, (0, 0.25, -0.2))
    hands = tuple(bar((x, y, z + 0.65), (0, 1, 0), (0, 0, 1), 0.13) for (x, y), _ in grips)
    hands = hands if len(hands) > 1 and sort == "double" else (hands[0], hands[0])
    palm = tuple(handle("flat", (-s * w * 0.2, 11.0, z + 0.28), (0, 1, 0), (0, 0, 1)) for s in (1, -1))
    look = v.pick("white", "white", "metal", "paint")
    return Design(
        (
            Surface(body, look),
            Surface(join(*doors), look),
            Surface(rods, "metal.rods"),
            Surface(feet, "black"),
        ),
        {"use": hands, "pull": hands, "touch": (*palm, *hands)},
        user=(0, 0, -1),
    )


@kind("sink", "sink", "use, touch, next to, in front of", "floor")
def sink(v: Variation) -> Design:
    """Wash basin on a pedestal or in a cupboard; used along -Z."""
    w, d, h = v.between(5.0, 7.0), v.between(4.0, 5.0), v.between(8.0, 8.8)
    pedestal = v.chance(0.5)
    bowl = turned(
        [
            (0, h - 1.7),
            (1.6, h - 1.6),
            (2.2, h - 0.9),
            (2.5, h),
            (2.2, h),
            (1.9, h - 0.8),
            (1.4, h - 1.3),
            (0, h - 1.4),
        ],
        32,
    ).squashed((w / 5, 1, d / 5))
    ring = slab(w, 0.25, 1.0, 0.3, (0, h - 0.12, -d / 2 + 0.3))
    if pedestal:
        base = turned([(0, 0), (1.1, 0), (1.0, 0.4), (0.7, 2.5), (0.8, h - 1.6), (0, h - 1.6)], 24)
    else:
        base = join(
            box(w, h - 1.9, d - 0.4, (0, (h - 1.9) / 2, -0.1)),
            *(box(w / 2 - 0.2, h - 2.5, 0.1, (s * w / 4, (h - 1.9) / 2, d / 2 - 0.3)) for s in (-1, 1)),
        )
    tap = join(
        tube(
            curve(
                [
                    (0, h, -d / 2 + 0.3),
                    (0, h + 1.6, -d / 2 + 0.3),
                    (0, h + 1.9, -d / 2 + 1.0),
                    (0, h + 1.4, -d / 2 + 1.6),
                ],
                14,
            ),
            0.14,
            up=(1, 0, 0),
        ),
        *(limb((s * 0.8, h, -d / 2 + 0.3), (s * 0.8, h + 0.5, -d / 2 + 0.3), 0.14, 0.18) for s in (-1, 1)),
    )
    rim = tuple(handle("flat", (-s * 2.35 * w / 5, h, 0.3), (0, 0, -1), (0, 1, 0)) for s in (1, -1))
    taps = tuple(bar((-s * 0.8, h + 0.5, -d / 2 + 0.3), (0, 1, 0), (0, 0, 1), 0.18) for s in (1, -1))
    return Design(
        (
            Surface(join(bowl, ring), "white"),
            Surface(base, "white" if pedestal else "wood"),
            Surface(tap, "metal"),
        ),
        {"use": taps, "touch": rim},
        user=(0, 0, -1),
    )


@kind("floor lamp", "lamp", "touch, use, look at, next to, behind, hold", "floor")
def floor_lamp(v: Variation) -> Design:
    """Standing lamp."""
    h, r = v.between(13.5, 17), v.between(1.5, 2.3)
    foot = turned(
        [(0, 0), (1.4, 0), (1.4, 0.15), (0.3, 0.35), (0.12, 0.6), (0.12, h - 2.4), (0, h - 2.4)], 24
    )
    narrow = v.between(0.4, 0.9)
    shade = turned([(0, h - 2.7), (r, h - 2.8), (narrow * r, h), (0, h - 0.05)], 28)
    hands = tuple(bar((0, 9.5, 0), (0, 1, 0), (s, 0, -0.3), 0.12) for s in (1, -1))
    return Design(
        (
            Surface(foot, v.pick("metal", "brass", "black", "wood")),
            Surface(shade, v.pick("light", "plain cloth", "paper")),
        ),
        {"hold": hands},
    )


@kind("table lamp", "lamp", "touch, use, look at, hold, next to", "table")
def table_lamp(v: Variation) -> Design:
    """Lamp with a shade, or a desk lamp with an arm."""
    sort = v.pick("shade", "desk", "ball", "column")
    h = v.between(3.6, 5.2)
    if sort == "desk":
        foot = cylinder(0.8, 0.15, 24)
        arm = tube([(0, 0.1, 0), (0, 2.4, -1.2), (0, h, 0.4), (0, h, 0.6)], 0.1, up=(1, 0, 0))
        shade = turned([(0, 0), (0.95, 0.1), (0.35, 1.0), (0.3, 1.2), (0, 1.2)], 24).moved(
            about((1, 0, 0), -0.5), (0, h - 0.75, 1.0)
        )
        parts = [Surface(join(foot, arm), "metal"), Surface(shade, "paint")]
        grip = bar((0, 1.7, -0.85), (0, 0.9, -0.45), (0, 0.3, -1), 0.1)
    else:
        r = v.between(0.9, 1.4)
        body = turned(
            [
                (0, 0),
                (0.75, 0),
                (0.75, 0.15),
                (0.3, 0.5),
                (0.6, 1.2),
                (0.45, 1.9),
                (0.1, 2.2),
                (0.1, h - 1.6),
                (0, h - 1.6),
            ]
            if sort != "column"
            else [(0, 0), (0.7, 0), (0.7, 0.15), (0.16, 0.3), (0.16, h - 1.6), (0, h - 1.6)],
            24,
        )
        shade = (
            sphere(r * 0.9, 24).moved(translation=(0, h - 1.0, 0))
            if sort == "ball"
            else turned([(0, h - 1.6), (r, h - 1.65), (0.62 * r, h), (0, h - 0.04)], 28)
        )
        parts = [Surface(body, v.pick("china", "wood", "brass")), Surface(shade, v.pick("light", "linen"))]
        grip = bar((0, h - 1.9, 0), (0, 1, 0), (0, 0, -1), 0.16)
    return Design(tuple(parts), {"hold": (grip, grip)})


@kind("fan", "fan", "touch, use, look at, next to", "floor table")
def fan(v: Variation) -> Design:
    """Electric fan that blows along +Z."""
    r, h = v.between(1.6, 2.2), v.between(4.0, 11.0)
    foot = turned([(0, 0), (1.6, 0), (1.5, 0.3), (0.3, 0.5), (0.2, h - r), (0, h - r)], 24)
    y = h + 0.2
    motor = cylinder(0.55, 1.2, 16).moved(about((1, 0, 0), np.pi / 2), (0, y, -1.3))
    blades = []
    for k in range(v.whole(3, 5)):
        blade = (
            slab(0.9, 0.06, r * 0.8, 0.3, (0, 0, r * 0.45))
            .moved(about((0, 0, 1), 0.4))
            .moved(about((1, 0, 0), -np.pi / 2))
        )
        blades.append(blade.moved(about((0, 0, 1), 2 * np.pi * k / 4), (0, y, 0)))
    cage = [
        tube(
            [(rr * np.cos(a), y + rr * np.sin(a), z) for a in np.linspace(0, 2 * np.pi, 28, endpoint=False)],
            0.05,
            sides=5,
            closed=True,
            up=(0, 0, 1),
        )
        for rr, z in ((r, 0.0), (r * 0.72, 0.35), (r * 0.42, 0.42), (r * 0.72, -0.35))
    ]
    cage += [
        tube(
            [
                (0.1 * np.cos(a), y + 0.1 * np.sin(a), 0.45),
                (0.6 * r * np.cos(a), y + 0.6 * r * np.sin(a), 0.4),
                (r * np.cos(a), y + r * np.sin(a), 0),
                (0.3 * r * np.cos(a), y + 0.3 * r * np.sin(a), -0.5),
            ],
            0.03,
            sides=4,
            up=(np.sin(a), -np.cos(a), 0),
        )
        for a in np.linspace(0, 2 * np.pi, 16, endpoint=False)
    ]
    neck = box(0.4, 1.4 * r, 0.4, (0, y - r * 0.75, -0.9))
    hands = tuple(bar((0, 0.45 * h, 0), (0, 1, 0), (-s, 0, 0), 0.22) for s in (1, -1))
    return Design(
        (
            Surface(join(foot, motor, neck), v.pick("white", "black")),
            Surface(join(*blades), "plastic"),
            Surface(join(*cage), "metal"),
        ),
        {"touch": hands},
        user=(0, 0, -1),
    )


@kind("radiator", "radiator", "touch, next to", "floor", weight=0.5)
def radiator(v: Variation) -> Design:
    """Ribbed radiator."""
    w, h = v.between(7, 13), v.between(5, 6.5)
    ribs = join(
        *(
            cushion(0.55, h - 0.8, 1.4, (x, 0.8 + (h - 0.8) / 2, 0), roundness=0.4, segments=12)
            for x in np.arange(-w / 2 + 0.3, w / 2, 0.62)
        )
    )
    pipes = join(
        *(tube([(-w / 2, y, 0), (w / 2, y, 0)], 0.25) for y in (1.4, h - 0.6)),
        *(box(0.4, 1.0, 1.0, (s * (w / 2 - 0.6), 0.5, 0)) for s in (-1, 1)),
    )
    touch = tuple(handle("flat", (-s * w * 0.2, h - 0.05, 0), (0, 0, -1), (0, 1, 0)) for s in (1, -1))
    return Design((Surface(join(ribs, pipes), "white"),), {"touch": touch}, user=(0, 0, -1))


@kind("toaster", "toaster", "touch, use, next to", "table")
def toaster(v: Variation) -> Design:
    """Toaster with bread in its slots."""
    w, h, d = v.between(2.6, 3.2), v.between(1.7, 2.1), v.between(1.6, 2.0)
    body = cushion(w, h, d, (0, h / 2, 0), roundness=0.22, segments=24)
    slots = join(*(box(w * 0.72, 0.1, 0.3, (0, h - 0.01, z)) for z in (-0.3, 0.3)))
    bread = join(*(box(w * 0.6, 0.9, 0.2, (0, h - 0.1, z)) for z in (-0.3, 0.3)))
    lever = box(0.15, 0.2, 0.5, (w / 2 + 0.05, h * 0.7, 0))
    touch = (
        bar((w / 2 + 0.05, h * 0.7, 0), (0, 0, 1), (1, 0.3, 0), 0.12),
        handle("flat", (-w / 2, h * 0.5, 0), (0, 1, 0), (-1, 0, 0)),
    )
    return Design(
        (
            Surface(body, v.pick("metal", "paint")),
            Surface(join(slots, lever), "black"),
            Surface(bread, "bread"),
        ),
        {"use": touch},
    )


@kind("blender", "blender", "touch, use, hold, next to", "table")
def blender(v: Variation) -> Design:
    """Kitchen blender with a filled jug."""
    r, h = v.between(0.65, 0.85), v.between(3.2, 4.2)
    base = turned([(0, 0), (1.25 * r, 0), (1.2 * r, 0.4), (0.85 * r, 1.3), (0, 1.3)], 24)
    jug = turned([(0, 1.3), (0.75 * r, 1.3), (1.1 * r, h - 0.3), (0, h - 0.3)], 24)
    lid = turned(
        [
            (0, h - 0.3),
            (1.14 * r, h - 0.3),
            (1.1 * r, h - 0.05),
            (0.4 * r, h),
            (0.35 * r, h + 0.2),
            (0, h + 0.2),
        ],
        24,
    )
    grip = tube(
        curve([(0, h - 0.5, -1.0 * r), (0, h - 0.6, -1.9 * r), (0, 1.9, -1.7 * r), (0, 1.7, -0.8 * r)], 14),
        0.12,
        up=(1, 0, 0),
    )
    knob = cylinder(0.25, 0.15, 14).moved(about((1, 0, 0), np.pi / 2), (0, 0.7, 1.05 * r))
    hold = bar((0, h - 1.3, -1.9 * r), (0, 1, 0), (0, 0, -1), 0.12)
    return Design(
        (
            Surface(join(base, grip), v.pick("black", "paint", "white")),
            Surface(jug, v.pick("clear", "orange", "sauce", "leaf")),
            Surface(lid, "black.lid"),
            Surface(knob, "metal"),
        ),
        {"hold": (hold, hold)},
    )


KINDS = (
    refrigerator,
    sink,
    floor_lamp,
    table_lamp,
    fan,
    radiator,
    toaster,
    blender,
)
