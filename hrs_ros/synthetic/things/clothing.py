"""Hats and clothes."""

from __future__ import annotations

import numpy as np

from hrs_ros.synthetic.mesh import join
from hrs_ros.synthetic.rotation import about
from hrs_ros.synthetic.things.kind import Design, handle, kind
from hrs_ros.synthetic.things.model import Surface
from hrs_ros.synthetic.things.shapes import (
    curve,
    ellipsoid,
    extrude,
    hoop,
    limb,
    shell,
    tube,
    turned,
)
from hrs_ros.synthetic.things.variation import Variation


@kind("hat", "hat", "hold, touch, throw, next to, carry", "hand table", weight=1.5)
def hat(v: Variation) -> Design:
    """Straw hat, felt hat, cap, top hat or bowler, lying on its brim; a cap's peak towards +Z."""
    sort = v.pick("straw", "felt", "cap", "bowler", "top hat")
    r = v.between(0.85, 1.0)
    brim = {"straw": 1.0, "felt": 0.6, "cap": 0.0, "bowler": 0.35, "top hat": 0.45}[sort] * v.between(
        0.85, 1.15
    )
    h = {"straw": 1.1, "felt": 1.2, "cap": 1.1, "bowler": 1.2, "top hat": 1.9}[sort] * v.between(0.9, 1.1)
    if sort == "cap":
        dome = turned(
            [(0, 0), (r, 0), (0.99 * r, 0.3 * h), (0.8 * r, 0.72 * h), (0.4 * r, 0.96 * h), (0, h)], 26
        ).squashed((0.92, 1, 1.05))
        x = np.linspace(-1, 1, 9)
        front = np.c_[0.85 * r * x, 0.1 - 0.18 * x**2 + 0.1, r * (0.55 + 0.45 * (1 - x**2))]
        far = np.c_[
            0.8 * r * x, 0.02 - 0.2 * x**2 + 0.1, r * (0.6 + 0.45 * (1 - x**2)) + 0.75 * (1 - 0.5 * x**4)
        ]
        rows = np.array([front, 0.5 * (front + far) + (0, 0.06, 0), far])
        peak = shell(rows, rows - (0, 0.06, 0))
        button = ellipsoid((0.08, 0.05, 0.08), (0, h, 0), segments=8)
        look = v.pick("plain cloth", "nylon", "cloth")
        low = min(float(peak.vertices[:, 1].min()), 0.0)
        parts = [(join(dome, button), look), (peak, look + ".peak" if v.chance(0.5) else look)]
        hold = handle("rim", (0, 0.14 - low, r + 0.6), (0, 0, -1), (0, -1, 0), 0.05)
        return Design(
            tuple(Surface(m.moved(translation=(0, -low, 0)), q) for m, q in parts),
            {"hold": (hold, hold)},
            user=(0, 0, -1),
        )
    flat = 1.0 if sort == "top hat" else 0.72
    edge = r + brim
    curl = 0.25 * brim if sort in ("bowler", "felt", "top hat") else 0.0
    outside = [
        (0, 0.02),
        (0.97 * r, 0.02),
        (edge, curl),
        (edge + 0.02, curl + 0.04),
        (1.03 * r, 0.08),
        (r, 0.12),
        (0.97 * r, 0.6 * h),
        (0.9 * flat * r + 0.05, 0.9 * h),
        (0.6 * flat * r, h),
        (0, 0.93 * h if sort == "felt" else h),
    ]
    body = turned(outside, 30).squashed((0.92, 1, 1.05))
    band = hoop([(0.9 * r, 0.1), (1.015 * r, 0.1), (1.0 * r, 0.34), (0.9 * r, 0.34)], 30).squashed(
        (0.92, 1, 1.05)
    )
    low = float(body.vertices[:, 1].min())
    look = "straw" if sort == "straw" else v.pick("black", "leather", "plain cloth")
    hands = tuple(
        handle("rim", (s * 0.9 * edge, curl * 0.8 + 0.03 - low, 0), (-s, 0, 0), (0, -1, 0), 0.05)
        for s in (1, -1)
    )
    return Design(
        tuple(
            Surface(m.moved(translation=(0, -low, 0)), q)
            for m, q in ((body, look), (band, "plain cloth.band"))
        ),
        {"hold": hands},
    )


@kind("clothes on a hanger", "clothes", "hold, carry, touch, look at, next to", "hand wall")
def clothes_on_a_hanger(v: Variation) -> Design:
    """Shirt, dress or coat on a hanger, upright; its front towards +Z."""
    sort = v.pick("shirt", "dress", "coat", "vest")
    w, h = (
        v.between(4.0, 4.8),
        {"shirt": 6.4, "dress": 9.5, "coat": 9.8, "vest": 6.0}[sort] * v.between(0.92, 1.06),
    )
    wide = {"shirt": 1.0, "dress": 1.35, "coat": 1.12, "vest": 0.95}[sort]
    outline = [
        (-0.32 * w * wide, 0),
        (0.32 * w * wide, 0),
        (0.27 * w, 0.5 * h),
        (0.33 * w, 0.82 * h),
        (0.46 * w, 0.93 * h),
        (0.14 * w, h),
        (0, 0.95 * h),
        (-0.14 * w, h),
        (-0.46 * w, 0.93 * h),
        (-0.33 * w, 0.82 * h),
        (-0.27 * w, 0.5 * h),
    ]
    body = extrude(outline, 0.5)
    parts = [Surface(body, "cloth")]
    if sort in ("shirt", "coat"):
        length = 0.42 * h if sort == "coat" else 0.3 * h
        sleeve = limb((0.42 * w, 0.9 * h, 0), (0.56 * w, 0.9 * h - length, 0), 0.42, 0.36, sides=10).squashed(
            (1, 1, 0.7)
        )
        flip = about((0, 1, 0), np.pi)
        parts.append(Surface(join(sleeve, sleeve.moved(flip)), "cloth"))
    if sort == "coat":
        parts.append(
            Surface(
                join(
                    *(
                        ellipsoid((0.12, 0.12, 0.06), (0, y * h, 0.28), segments=8)
                        for y in (0.35, 0.5, 0.65, 0.8)
                    )
                ),
                "black",
            )
        )
    top = h + 0.9
    hook = tube(
        curve(
            [(0, 0.97 * h, 0), (0, h + 0.25, 0), (0.28, h + 0.5, 0), (0.1, top, 0), (-0.25, h + 0.65, 0)], 16
        ),
        0.06,
        sides=6,
        up=(0, 0, 1),
    )
    parts.append(
        Surface(
            join(
                hook,
                tube(
                    [(-0.42 * w, 0.92 * h, 0), (0, h + 0.05, 0), (0.42 * w, 0.92 * h, 0)], 0.12, up=(0, 0, 1)
                ),
            ),
            v.pick("metal", "wood"),
        )
    )
    hold = handle("bar", (0.1, h + 0.55, 0), (0, 0, 1), (0, 1, 0), 0.2)
    return Design(tuple(parts), {"hold": (hold, hold)})


KINDS = (
    hat,
    clothes_on_a_hanger,
)
