"""Tables, cabinets, shelves."""

from __future__ import annotations

from itertools import pairwise

import numpy as np

from hrs_ros.synthetic.mesh import Mesh, box, join
from hrs_ros.synthetic.things.kind import Design, bar, flats, handle, kind, tabletop
from hrs_ros.synthetic.things.model import Rest, Seat, Surface
from hrs_ros.synthetic.things.seating import four_legs
from hrs_ros.synthetic.things.shapes import (
    slab,
    tube,
    turned,
)
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


KINDS = (
    table,
    coffee_table,
    kitchen_island,
    cabinet,
    book_shelf,
)
