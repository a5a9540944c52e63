"""Cups, glasses, bottles, jugs."""

from __future__ import annotations

import numpy as np

from hrs_ros.synthetic.mesh import join
from hrs_ros.synthetic.things.kind import Design, kind, upright_bar
from hrs_ros.synthetic.things.model import Surface
from hrs_ros.synthetic.things.shapes import curve, cylinder, hoop, tube, turned
from hrs_ros.synthetic.things.variation import Variation


def _wall(outside: list[tuple[float, float]], thickness: float, floor: float) -> list[tuple[float, float]]:
    """Profile of a vessel: the outside from the middle of its foot to the rim, then the inside back down."""
    inside = [(max(r - thickness, 0.02), y) for r, y in outside[::-1] if y > floor]
    return [(0.0, 0.0), *outside, *inside, (0.0, floor)]


@kind("cup", "cup", "hold, drink, carry, next to", "hand table", weight=2)
def cup(v: Variation) -> Design:
    """Mug, tea cup or paper cup."""
    sort = v.pick("mug", "bowl", "paper", "cone", "barrel")
    h = v.between(0.75, 1.15)
    r = {"mug": 0.42, "bowl": 0.5, "paper": 0.43, "cone": 0.44, "barrel": 0.42}[sort] * v.between(0.9, 1.1)
    if sort == "bowl":
        h *= 0.72
    sides = {
        "mug": [(0.94, 0.0), (1.0, 0.05), (1.0, 1.0)],
        "bowl": [(0.5, 0.0), (0.5, 0.07), (0.78, 0.3), (0.95, 0.65), (1.0, 1.0)],
        "paper": [(0.7, 0.0), (1.0, 1.0)],
        "cone": [(0.6, 0.0), (0.64, 0.05), (1.0, 1.0)],
        "barrel": [(0.75, 0.0), (0.95, 0.25), (1.02, 0.5), (0.97, 0.8), (0.9, 1.0)],
    }[sort]
    body = turned(_wall([(r * a, h * b) for a, b in sides], 0.035, 0.06), 28)
    rim = r * sides[-1][0]
    surfaces = [Surface(body, "paper" if sort == "paper" else "china")]
    if sort == "paper":
        if v.chance(0.6):
            lid = turned(
                [(0, h), (rim + 0.03, h), (rim + 0.03, h + 0.06), (rim - 0.05, h + 0.12), (0, h + 0.12)], 28
            )
            surfaces.append(Surface(lid, "black"))
            h += 0.12
        else:
            surfaces.append(Surface(cylinder(rim * 0.9, 0.02).moved(translation=(0, h * 0.85, 0)), "sauce"))
        band = hoop(
            [(r * 0.7, h * 0.35), (r * 0.83, h * 0.35), (r * 0.93, h * 0.68), (r * 0.8, h * 0.68)], 28
        )
        surfaces.append(Surface(band, "cardboard"))
    else:
        out = v.between(0.24, 0.36)
        side = np.interp(0.5, [b for _, b in sides], [a for a, _ in sides]) * r
        path = curve(
            [
                (side - 0.04, 0.82 * h, 0),
                (side + out * 0.9, 0.78 * h, 0),
                (side + out, 0.5 * h, 0),
                (side - 0.06, 0.2 * h, 0),
            ],
            14,
        )
        surfaces[0] = Surface(join(body, tube(path, 0.055, up=(0, 0, 1))), "china")
        if v.chance(0.6):
            surfaces.append(
                Surface(cylinder(rim * 0.86, 0.02, 24).moved(translation=(0, h * 0.84, 0)), "cream")
            )
    hold = upright_bar(0.5 * h, r * 0.9)
    return Design(tuple(surfaces), {"hold": hold}, mouth=(0, h, rim))


@kind("glass", "glass", "hold, drink, carry, next to", "hand table")
def glass(v: Variation) -> Design:
    """Drinking glass: tumbler, wine glass, flute, beer glass."""
    sort = v.pick("tumbler", "wine", "goblet", "beer", "flute")
    if sort in ("tumbler", "beer"):
        h, r = v.between(1.0, 1.6), v.between(0.32, 0.4)
        foot = 0.85 if sort == "tumbler" else 0.7
        outside = [(foot * r, 0.0), (r, h)]
        floor, grip = 0.12, 0.5 * h
    else:
        h = v.between(1.6, 2.2)
        r = {"wine": 0.42, "goblet": 0.36, "flute": 0.27}[sort] * v.between(0.92, 1.08)
        stem = 0.45 * h
        outside = [
            (0.36, 0.0),
            (0.36, 0.03),
            (0.07, 0.1),
            (0.05, stem * 0.9),
            (0.12, stem),
            (0.85 * r, stem + 0.18 * h),
            (r, stem + 0.3 * h),
            ((0.8 if sort != "goblet" else 1.0) * r, h),
        ]
        floor, grip = stem + 0.06, 0.6 * h
    surfaces = [Surface(turned(_wall(outside, 0.025, floor), 28), "clear")]
    if v.chance(0.7):
        level = floor + (h - floor) * 0.55
        radii = [
            np.interp(y, [b for _, b in outside], [a for a, _ in outside]) for y in (floor + 0.03, level)
        ]
        drink = turned(
            [(0, floor), (radii[0] - 0.005, floor + 0.03), (radii[1] + 0.003, level), (0, level)], 28
        )
        surfaces.append(Surface(drink, v.pick("sauce", "orange", "glass", "cheese")))
    radius = float(np.interp(grip, [b for _, b in outside], [a for a, _ in outside]))
    return Design(tuple(surfaces), {"hold": upright_bar(grip, radius)}, mouth=(0, h, outside[-1][0]))


@kind("bottle", "bottle", "hold, drink, carry, throw, next to", "hand table", weight=2)
def bottle(v: Variation) -> Design:
    """Water, wine or beer bottle, flask."""
    sort = v.pick("water", "wine", "beer", "sports", "squat")
    h = {"water": 2.3, "wine": 3.0, "beer": 2.3, "sports": 2.1, "squat": 1.8}[sort] * v.between(0.88, 1.1)
    r = {"water": 0.33, "wine": 0.38, "beer": 0.31, "sports": 0.36, "squat": 0.45}[sort] * v.between(
        0.92, 1.08
    )
    neck = {"water": 0.13, "wine": 0.14, "beer": 0.13, "sports": 0.24, "squat": 0.18}[sort]
    shoulder = {"water": 0.72, "wine": 0.62, "beer": 0.58, "sports": 0.8, "squat": 0.6}[sort]
    top = {"water": 0.9, "wine": 0.78, "beer": 0.78, "sports": 0.88, "squat": 0.8}[sort]
    profile = [(0, 0), (0.93 * r, 0), (r, 0.07), (r, shoulder * h)]
    steps = np.linspace(0, 1, 6)[1:]
    profile += [
        (r + (neck - r) * (0.5 - 0.5 * np.cos(np.pi * s)), h * (shoulder + (top - shoulder) * s))
        for s in steps
    ]
    profile += [(neck, h - 0.16), (0, h - 0.16)]
    body = turned(profile, 24)
    cap = cylinder(neck + 0.025, 0.18, 16).moved(translation=(0, h - 0.18, 0))
    band = hoop([(0.9 * r, 0.24 * h), (r + 0.012, 0.24 * h), (r + 0.012, 0.53 * h), (0.9 * r, 0.53 * h)], 24)
    look = {"water": "clear", "wine": "glass", "beer": "glass", "sports": "plastic", "squat": "glass"}[sort]
    surfaces = (Surface(body, look), Surface(cap, "plastic.cap"), Surface(band, "label"))
    hold = upright_bar(0.42 * h, r)
    neck_hold = upright_bar(0.45 * h, r)
    return Design(surfaces, {"hold": hold, "drink": neck_hold}, mouth=(0, h, neck))


@kind("jug", "kitchenware", "hold, carry, use, next to", "hand table")
def jug(v: Variation) -> Design:
    """Water jug with spout and handle."""
    h, r = v.between(1.8, 2.6), v.between(0.55, 0.75)
    belly = v.between(0.25, 0.45)
    outside = [(0.7 * r, 0.0), (0.8 * r, 0.05), (r, belly * h), (0.6 * r, 0.82 * h), (0.72 * r, h)]
    wall = turned(_wall(outside, 0.05, 0.1), 28)
    bent = wall.vertices.copy()
    pull = np.clip((bent[:, 1] / h - 0.85) / 0.15, 0, 1) * np.clip(bent[:, 2] / (0.72 * r), 0, 1) ** 6
    bent[:, 2] += pull * 0.25
    body = type(wall)(bent, wall.normals, wall.uvs, wall.faces)
    path = curve(
        [(0, 0.88 * h, -0.6 * r), (0, 0.85 * h, -1.3 * r), (0, 0.5 * h, -1.35 * r), (0, 0.3 * h, -0.9 * r)],
        14,
    )
    grip = tube(path, 0.08, up=(1, 0, 0))
    hold = upright_bar(0.5 * h, r * 0.9)
    return Design((Surface(join(body, grip), "china"),), {"hold": hold}, mouth=(0, h, 0.72 * r + 0.25))


KINDS = (cup, glass, bottle, jug)
