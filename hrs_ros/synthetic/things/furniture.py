"""Tables, cabinets, shelves and other things that stand in rooms."""

from __future__ import annotations

from itertools import pairwise

import numpy as np

from hrs_ros.synthetic.mesh import Mesh, box, join, sphere
from hrs_ros.synthetic.rotation import about
from hrs_ros.synthetic.things.kind import Design, bar, flats, handle, kind, tabletop
from hrs_ros.synthetic.things.model import Rest, Seat, Surface
from hrs_ros.synthetic.things.seating import four_legs
from hrs_ros.synthetic.things.shapes import curve, cushion, cylinder, limb, picture, slab, tube, turned
from hrs_ros.synthetic.things.variation import Variation

BOARD = "on, sit on, lie on, stand on, touch, push, pull, next to, behind, in front of"


@kind("table", "table", BOARD, "floor ground", weight=2)
def table(v: Variation) -> Design:
    """Dining table, desk or round table; one sits or stands at +Z and at -Z."""
    sort = v.pick("legs", "trestle", "desk", "round", "pedestal")
    w, d, h = v.between(11, 17), v.between(7, 9), v.between(7.0, 7.7)
    if sort in ("round", "pedestal"):
        r = v.between(4.5, 6.2)
        top = turned([(0, h - 0.35), (r, h - 0.35), (r + 0.06, h - 0.2), (r, h), (0, h)], 48)
        w = d = 2 * r
        if sort == "round":
            legs = four_legs(r * 0.55, r * 0.55, h - 0.3, 0.35, 0.4)
        else:
            legs = turned(
                [
                    (0, 0),
                    (0.6 * r, 0),
                    (0.6 * r, 0.15),
                    (0.5, 0.6),
                    (0.4, h - 0.8),
                    (1.4, h - 0.35),
                    (0, h - 0.35),
                ],
                28,
            )
        inner = 0.6 * r
        rest = Rest((0, h, 0), (inner, inner))
    else:
        top = slab(w, 0.4, d, v.between(0.05, 0.6), (0, h - 0.2, 0))
        x, z = w / 2 - 0.7, d / 2 - 0.7
        if sort == "trestle":
            legs = join(
                *(
                    tube([(s * x, 0, q * (z - 0.1)), (s * x, h - 0.4, q * 0.8)], 0.3, sides=6, up=(1, 0, 0))
                    for s in (-1, 1)
                    for q in (-1, 1)
                ),
                box(2 * x, 0.4, 0.3, (0, h * 0.4, 0)),
            )
        elif sort == "desk":
            legs = join(
                box(0.4, h - 0.4, d - 0.6, (-x, (h - 0.4) / 2, 0)),
                box(3.6, h - 0.4, d - 0.6, (x - 1.4, (h - 0.4) / 2, 0)),
                *(box(3.2, 0.12, 0.2, (x - 1.4, y, d / 2 - 0.25)) for y in (1.4, 3.2, 5.0)),
            )
        else:
            legs = join(
                *(box(0.7, h - 0.4, 0.7, (s * x, (h - 0.4) / 2, q * z)) for s in (-1, 1) for q in (-1, 1)),
                *(box(2 * x, 0.7, 0.25, (0, h - 0.75, q * z)) for q in (-1, 1)),
            )
        rest = Rest((0, h, 0), (w / 2 - 0.3, d / 2 - 0.3))
    touch = (*tabletop(w / 2, h, -d / 2), *tabletop(w / 2, h, d / 2))
    push = flats(1.6, h - 0.2, -d / 2, (0, 1, 0), (0, 0, -1))
    look = v.pick("wood", "wood", "white", "marble")
    return Design(
        (
            Surface(top, look),
            Surface(
                legs, look if v.chance(0.5) and look != "marble" else v.pick("wood.legs", "metal", "black")
            ),
        ),
        {"touch": touch, "push": push, "pull": push},
        (Seat((0, h, d / 2 - 1.6)),),
        (rest,),
        both="push",
    )


@kind("coffee table", "table", BOARD + ", squat", "floor")
def coffee_table(v: Variation) -> Design:
    """Low table."""
    w, d, h = v.between(7, 11), v.between(4.5, 6.5), v.between(3.6, 4.6)
    top = slab(w, 0.35, d, v.pick(0.1, 0.5, 1.2, 2.2), (0, h - 0.175, 0), 8)
    low = slab(w - 1.4, 0.25, d - 1.2, 0.3, (0, 1.3, 0))
    legs = four_legs(w / 2 - 1.2, d / 2 - 1.0, h - 0.3, 0.28, 0.2)
    touch = (*tabletop(w / 2, h, d / 2), *tabletop(w / 2, h, -d / 2))
    return Design(
        (
            Surface(top, v.pick("wood", "clear", "white")),
            Surface(join(low, legs) if v.chance(0.5) else legs, v.pick("wood.legs", "metal")),
        ),
        {"touch": touch},
        (Seat((0, h, d / 2 - 1.8)),),
        (Rest((0, h, 0), (w / 2 - 0.6, d / 2 - 0.6)),),
        user=(0, 0, -1),
    )


@kind("kitchen island", "kitchen island", "on, sit on, touch, next to, behind, in front of", "floor")
def kitchen_island(v: Variation) -> Design:
    """Block of cupboards with a worktop; doors towards +Z."""
    w, d, h = v.between(14, 22), v.between(7, 10), v.between(8.8, 9.4)
    body = box(w, h - 1.1, d, (0, 0.7 + (h - 1.1) / 2, 0))
    plinth = box(w - 0.6, 0.8, d - 0.8, (0, 0.4, 0))
    top = slab(w + 0.8, 0.4, d + 0.8, 0.1, (0, h - 0.2, 0))
    count = v.whole(3, 4)
    doors = join(
        *(
            box(
                w / count - 0.25,
                h - 1.9,
                0.15,
                ((k - (count - 1) / 2) * w / count, 0.7 + (h - 1.1) / 2, d / 2),
            )
            for k in range(count)
        )
    )
    knobs = join(
        *(
            tube(
                [
                    ((k - (count - 1) / 2) * w / count + 0.8, h - 3.2, d / 2 + 0.2),
                    ((k - (count - 1) / 2) * w / count + 0.8, h - 2.0, d / 2 + 0.2),
                ],
                0.08,
            )
            for k in range(count)
        )
    )
    touch = (*tabletop(w / 2, h, d / 2), *tabletop(w / 2, h, -d / 2))
    look = v.pick("wood", "white", "paint")
    return Design(
        (
            Surface(body, look),
            Surface(doors, look + ".doors"),
            Surface(top, v.pick("marble", "wood.top", "stone")),
            Surface(knobs, "metal"),
            Surface(plinth, "black"),
        ),
        {"touch": touch},
        (Seat((0, h, d / 2 - 1.2)),),
        (Rest((0, h, 0), (w / 2 - 0.3, d / 2 - 0.3)),),
        user=(0, 0, -1),
    )


@kind("cabinet", "cabinet", "touch, use, pull, push, on, next to, behind, in front of", "floor", weight=1.5)
def cabinet(v: Variation) -> Design:
    """Wardrobe, chest of drawers or sideboard; its front at +Z."""
    sort = v.pick("wardrobe", "drawers", "sideboard", "locker", "low")
    w = {"wardrobe": 11, "drawers": 8, "sideboard": 14, "locker": 5, "low": 11}[sort] * v.between(0.85, 1.15)
    h = {"wardrobe": 20, "drawers": 9, "sideboard": 8, "locker": 18, "low": 5}[sort] * v.between(0.9, 1.08)
    d = v.between(4.2, 5.6)
    foot = 0.6
    body = box(w, h - foot, d, (0, foot + (h - foot) / 2, 0))
    feet = join(
        *(
            box(0.5, foot, 0.5, (s * (w / 2 - 0.5), foot / 2, q * (d / 2 - 0.5)))
            for s in (-1, 1)
            for q in (-1, 1)
        )
    )
    columns, rows = {
        "wardrobe": (3, 1),
        "drawers": (1, 4),
        "sideboard": (3, 1),
        "locker": (1, 2),
        "low": (2, 2),
    }[sort]
    fronts, knobs, places = [], [], []
    cw, ch = w / columns, (h - foot) / rows
    for i in range(columns):
        for j in range(rows):
            x, y = (i - (columns - 1) / 2) * cw, foot + (j + 0.5) * ch
            fronts.append(box(cw - 0.2, ch - 0.2, 0.2, (x, y, d / 2)))
            drawer = ch < cw
            at = (
                (x, y + 0.2 * ch, d / 2 + 0.3)
                if drawer
                else (x + (0.36 if i % 2 == 0 else -0.36) * cw, y, d / 2 + 0.3)
            )
            knobs.append(
                tube([(at[0] - 0.5, at[1], at[2]), (at[0] + 0.5, at[1], at[2])], 0.1)
                if drawer
                else tube([(at[0], at[1] - 0.8, at[2]), (at[0], at[1] + 0.8, at[2])], 0.1)
            )
            places.append(bar(at, (1, 0, 0) if drawer else (0, 1, 0), (0, 0, 1), 0.1))
    height = 12.0
    places.sort(key=lambda hand: abs(hand.point[1] - height))
    look = v.pick("wood", "wood", "white", "paint")
    palm = tuple(
        handle("flat", (-s * min(w * 0.25, 2.0), min(h - 1.0, 11.0), d / 2 + 0.1), (0, 1, 0), (0, 0, 1))
        for s in (1, -1)
    )
    side = flats(1.2, min(h - 1, 11.0), -d / 2, (0, 1, 0), (0, 0, -1))
    grips = (places[0], places[1] if len(places) > 1 else places[0])
    top = (Rest((0, h, 0), (w / 2 - 0.4, d / 2 - 0.4)),) if h < 12 else ()
    return Design(
        (
            Surface(body, look),
            Surface(join(*fronts), look if v.chance(0.6) else look + ".front"),
            Surface(join(*knobs, feet), v.pick("metal", "black")),
        ),
        {"use": grips, "pull": grips, "touch": (*palm, *grips), "push": side},
        (),
        top,
        user=(0, 0, -1),
    )


@kind("book shelf", "shelf", "touch, next to, behind, in front of, look at", "floor")
def book_shelf(v: Variation) -> Design:
    """Shelf with books; open towards +Z."""
    w, h, d, t = v.between(7, 12), v.between(15, 21), v.between(2.8, 3.4), 0.25
    rows = v.whole(4, 5)
    frame = [box(t, h, d, (s * (w / 2 - t / 2), h / 2, 0)) for s in (-1, 1)]
    levels = np.linspace(0.4, h - t / 2, rows + 1)
    frame += [box(w, t, d, (0, y, 0)) for y in levels]
    frame.append(box(w, h, 0.1, (0, h / 2, -d / 2)))
    piles: list[list[Mesh]] = [[], [], []]
    for y, above in pairwise(levels):
        x = -w / 2 + 0.5
        room = above - y - t
        while x < w / 2 - 0.8:
            thick = float(v.rng.uniform(0.25, 0.6))
            if v.rng.random() < 0.08:
                x += 1.2
                continue
            tall = room * float(v.rng.uniform(0.6, 0.92))
            deep = d * float(v.rng.uniform(0.6, 0.85))
            piles[int(v.rng.integers(3))].append(
                box(thick - 0.03, tall, deep, (x + thick / 2, y + t / 2 + tall / 2, d / 2 - deep / 2 - 0.2))
            )
            x += thick
    touch = tuple(
        handle("flat", (-s * w * 0.25, float(levels[rows // 2 + 1]), d / 2 - 0.3), (0, 0, -1), (0, 1, 0))
        for s in (1, -1)
    )
    frames = Surface(join(*frame), v.pick("wood", "white", "metal"))
    return Design(
        (frames, *(Surface(join(*pile), f"plastic.{k}") for k, pile in enumerate(piles) if pile)),
        {"touch": touch},
        user=(0, 0, -1),
    )


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


@kind("blackboard", "blackboard", "touch, use, look at, next to, in front of", "floor", weight=0.7)
def blackboard(v: Variation) -> Design:
    """Board on a stand with writing; its face at +Z."""
    w, h, low = v.between(12, 20), v.between(8, 11), v.between(7, 9)
    t = 0.4
    panel = box(w, h, 0.2, (0, low + h / 2, 0))
    frame = join(
        *(box(w + t, t, 0.35, (0, y, 0.05)) for y in (low, low + h)),
        *(box(t, h, 0.35, (x, low + h / 2, 0.05)) for x in (-w / 2, w / 2)),
        box(w * 0.9, 0.15, 0.6, (0, low - 0.1, 0.4)),
    )
    legs = join(
        *(
            join(
                box(0.35, low + h * 0.5, 0.3, (s * (w / 2 - 0.8), (low + h * 0.5) / 2, -0.25)),
                box(0.35, 0.3, 5, (s * (w / 2 - 0.8), 0.15, -0.25)),
            )
            for s in (-1, 1)
        )
    )
    marks = []
    for row in range(4):
        x = -0.42 * w
        while x < 0.4 * w:
            size = float(v.rng.uniform(0.4, 1.6))
            marks.append(box(size, 0.1, 0.02, (x + size / 2, low + h * (0.82 - 0.19 * row), 0.105)))
            x += size + 0.4
    touch = tuple(handle("flat", (-s * 1.5, low + 0.45 * h, 0.1), (0, 1, 0), (0, 0, 1)) for s in (1, -1))
    board = v.pick("blackboard", "whiteboard")
    return Design(
        (
            Surface(panel, board),
            Surface(frame, "wood" if board == "blackboard" else "metal"),
            Surface(join(*marks), "white" if board == "blackboard" else "black"),
            Surface(legs, "metal"),
        ),
        {"touch": touch},
        user=(0, 0, -1),
    )


@kind("picture", "painting/poster", "hold, touch, look at, carry, next to", "wall hand", weight=0.7)
def a_picture(v: Variation) -> Design:
    """Framed picture, upright; faces +Z."""
    w, h, t = v.between(2.4, 7), v.between(2.4, 6), v.between(0.1, 0.35)
    frame = [box(w, t, 0.2, (0, y, 0)) for y in (t / 2, h - t / 2)] + [
        box(t, h, 0.2, (x, h / 2, 0)) for x in (t / 2 - w / 2, w / 2 - t / 2)
    ]
    canvas = picture(w - 0.1, h - 0.1, 0.1).moved(translation=(0, 0.05, 0))
    hold = tuple(handle("rim", (s * w / 2, 0.4 * h, 0), (-s, 0.2, 0), (0, 0, -1), 0.1) for s in (1, -1))
    return Design(
        (Surface(canvas, "print"), Surface(join(*frame), v.pick("wood", "brass", "black", "white"))),
        {"hold": hold},
        both="hold, carry",
    )


@kind("lectern", "stand", "touch, use, next to, behind", "floor", weight=0.7)
def lectern(v: Variation) -> Design:
    """Speaker's desk; the speaker stands at -Z and looks along +Z."""
    w, h, d = v.between(5, 6.5), v.between(10.5, 11.8), v.between(3.6, 4.6)
    body = box(w * 0.8, h - 0.8, d * 0.7, (0, (h - 0.8) / 2, 0.3))
    foot = slab(w, 0.4, d, 0.1, (0, 0.2, 0))
    top = box(w, 0.25, d * 1.1, (0, 0, 0)).moved(about((1, 0, 0), -0.3), (0, h, 0))
    sign = slab(w * 0.5, 0.06, w * 0.4, 0.2).moved(about((1, 0, 0), np.pi / 2), (0, h * 0.6, d * 0.35 + 0.3))
    touch = tuple(handle("flat", (s * w * 0.42, h + 0.1, 0), (0, 0.3, 1), (0, 1, -0.3)) for s in (1, -1))
    return Design(
        (Surface(join(body, foot), "wood"), Surface(top, "wood"), Surface(sign, "paint")), {"touch": touch}
    )


KINDS = (
    table,
    coffee_table,
    kitchen_island,
    cabinet,
    book_shelf,
    refrigerator,
    sink,
    floor_lamp,
    table_lamp,
    fan,
    radiator,
    toaster,
    blender,
    blackboard,
    a_picture,
    lectern,
)
