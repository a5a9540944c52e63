"""Tents, street lights, guardrails, ropes, nets, statues, stalls."""

from __future__ import annotations

import numpy as np

from hrs_ros.synthetic.mesh import Mesh, box, join, sphere
from hrs_ros.synthetic.things.kind import Design, bar, flats, handle, kind
from hrs_ros.synthetic.things.model import Rest, Seat, Surface
from hrs_ros.synthetic.things.shapes import (
    curve,
    ellipsoid,
    extrude,
    hoop,
    limb,
    loft,
    sheet,
    shell,
    slab,
    tube,
    turned,
)
from hrs_ros.synthetic.things.variation import Variation


@kind("tent", "tent", "in, touch, use, next to, behind, in front of", "ground")
def tent(v: Variation) -> Design:
    """Ridge or dome tent, hollow, open towards +Z."""
    sort = v.pick("ridge", "dome", "tunnel", "ridge", "tipi")
    w, length, h = v.between(15, 21), v.between(19, 25), v.between(11, 16)
    t = np.linspace(0, np.pi, 13)
    outsides, insides = [], []
    if sort == "tipi":
        h += 8
        for k in np.linspace(0, 1, 8):
            a = np.linspace(0.55, 2 * np.pi - 0.55, 24) + np.pi / 2
            r = w / 2 * (1 - 0.93 * k)
            outer = np.c_[r * np.cos(a), np.full(24, k * h), r * np.sin(a)]
            outsides.append(outer)
            insides.append(outer * (0.97, 1, 0.97))
        poles = [
            tube(
                [
                    (w / 2 * np.cos(a), 0, w / 2 * np.sin(a)),
                    (-0.05 * w * np.cos(a), h * 1.1, -0.05 * w * np.sin(a)),
                ],
                0.2,
                sides=6,
            )
            for a in np.arange(5) * 2 * np.pi / 5 + np.pi / 2
        ]
        floor_half = 0.6 * w / 2
    else:
        for u in np.linspace(-1, 1, 11):
            if sort == "ridge":
                profile = np.c_[
                    w / 2 * np.linspace(1, -1, 13), h * (1 - np.abs(np.linspace(1, -1, 13))) ** 0.9
                ]
                k = 1.0
            else:
                k = (
                    1.0
                    if sort == "tunnel"
                    else np.sqrt(max(0.05, 1 - 0.86 * u**2))
                    if u < 0
                    else np.sqrt(max(0.4, 1 - 0.6 * u**2))
                )
                profile = np.c_[w / 2 * np.cos(t), h * 0.85 * np.sin(t)]
            outer = np.c_[profile[:, 0] * k, profile[:, 1] * k, np.full(13, u * length / 2)]
            inner = np.c_[profile[:, 0] * k * 0.975, profile[:, 1] * k * 0.975, np.full(13, u * length / 2)]
            outsides.append(outer)
            insides.append(inner)
        poles = (
            [
                tube([(0, 0, s * length / 2), (0, h * 1.04, s * length / 2)], 0.15, up=(1, 0, 0))
                for s in (-1, 1)
            ]
            if sort == "ridge"
            else [
                tube(
                    np.c_[w / 2 * 1.01 * np.cos(t), h * 0.86 * np.sin(t), np.full(13, z)],
                    0.14,
                    sides=6,
                    up=(0, 0, 1),
                )
                for z in (0.0,)
            ]
        )
        floor_half = w * 0.36
    cloth = shell(outsides, insides)
    back: list[Mesh] = []
    if sort == "ridge":
        back.append(extrude([(-w / 2, 0), (w / 2, 0), (0, h)], 0.1, (0, 0, -length / 2)))
    elif sort == "tunnel":
        back.append(extrude(np.c_[w / 2 * np.cos(t), h * 0.85 * np.sin(t)], 0.1, (0, 0, -length / 2)))
    ground = slab(2 * floor_half, 0.1, length * 0.9 if sort != "tipi" else 2 * floor_half, 0.3, (0, 0.05, 0))
    touch = (
        tuple(bar((s * 0.3, h * 0.6, length / 2), (0, 1, 0), (-s, 0, 0), 0.15) for s in (1, -1))
        if sort == "ridge"
        else tuple(handle("flat", (s * w / 2 * 0.72, h * 0.59, 0.0), (0, 0, 1), (s, 0.8, 0)) for s in (1, -1))
    )
    if sort == "tipi":
        touch = tuple(
            handle("flat", (s * w / 2 * 0.5, h * 0.46, -w / 2 * 0.25), (0, 1, 0), (s, 0.3, -0.5))
            for s in (1, -1)
        )
    low = min(float(m.vertices[:, 1].min()) for m in (cloth, *poles, ground))
    return Design(
        tuple(
            Surface(m.moved(translation=(0, -low, 0)), look)
            for m, look in (
                (join(cloth, *back), v.pick("nylon", "plain cloth")),
                (join(*poles), "wood" if sort == "tipi" else "metal"),
                (ground, "nylon.floor"),
            )
        ),
        {"touch": touch},
        (Seat((0, 0.1, length * 0.2 if sort != "tipi" else 0)),),
        (Rest((0, 0.1, 0), (floor_half - 0.5, length * 0.4 if sort != "tipi" else floor_half - 0.5)),),
    )


@kind("street light", "street light", "touch, next to, behind", "ground", weight=0.7)
def street_light(v: Variation) -> Design:
    """Lamp post."""
    sort = v.pick("arm", "lantern", "double", "globe")
    h = v.between(32, 48) if sort != "lantern" else v.between(26, 34)
    post = turned([(0, 0), (1.0, 0), (0.9, 2.0), (0.5, 3.0), (0.36, h), (0, h)], 14)
    light: list[Mesh] = []
    extra: list[Mesh] = []
    if sort in ("arm", "double"):
        for s in (1,) if sort == "arm" else (1, -1):
            extra.append(
                tube(curve([(0, h - 1, 0), (s * 2, h + 1.6, 0), (s * 7, h + 2.2, 0)], 10), 0.26, up=(0, 0, 1))
            )
            extra.append(slab(3.6, 0.5, 1.3, 0.4, (s * 8, h + 2.3, 0)))
            light.append(slab(2.6, 0.2, 0.9, 0.3, (s * 8, h + 2.0, 0)))
    elif sort == "lantern":
        light.append(turned([(0, h), (0.9, h), (1.4, h + 2.6), (0, h + 2.6)], 6))
        extra.append(turned([(0, h + 2.6), (1.7, h + 2.6), (0.4, h + 3.6), (0.15, h + 4.0), (0, h + 4.1)], 6))
    else:
        light.append(sphere(1.5, 18).moved(translation=(0, h + 1.3, 0)))
    side = (
        handle("flat", (0.5, 11.0, 0), (0, 1, 0), (1, 0, 0)),
        handle("flat", (-0.5, 11.0, 0), (0, 1, 0), (-1, 0, 0)),
    )
    return Design(
        (Surface(join(post, *extra), v.pick("metal", "black", "paint")), Surface(join(*light), "light")),
        {"touch": side},
    )


@kind("guardrail", "guardrail", "touch, next to, behind, in front of", "ground")
def guardrail(v: Variation) -> Design:
    """Railing or crash barrier along X; one stands at -Z with the hands on it, or at +Z."""
    sort = v.pick("bars", "crash", "fence", "cables", "crowd")
    w, h = (
        v.between(22, 40),
        {"bars": 10, "crash": 7, "fence": 9.5, "cables": 10, "crowd": 11}[sort] * v.between(0.95, 1.05),
    )
    if sort == "crowd":
        w = v.between(20, 25)
    posts = [
        tube([(x, 0, 0), (x, h - 0.1, 0)], 0.25, up=(0, 0, 1))
        for x in np.linspace(-w / 2, w / 2, max(3, int(w / 9)))
    ]
    rails: list[Mesh] = [tube([(-w / 2, h, 0), (w / 2, h, 0)], 0.28)]
    if sort in ("bars", "crowd"):
        rails.append(tube([(-w / 2, 1.2, 0), (w / 2, 1.2, 0)], 0.18))
        rails += [
            tube([(x, 1.2, 0), (x, h, 0)], 0.1, sides=5, up=(0, 0, 1))
            for x in np.arange(-w / 2 + 1.2, w / 2, 1.3)
        ]
    elif sort == "crash":
        profile = np.array(
            [(0.25, 0.0), (0.6, 0.5), (0.3, 1.0), (0.3, 1.4), (0.6, 1.9), (0.25, 2.4), (0.1, 2.4), (0.1, 0.0)]
        )
        rails = [
            loft(
                np.array(
                    [np.c_[np.full(8, x), h - 2.4 + profile[:, 1], profile[:, 0]] for x in (-w / 2, w / 2)]
                )
            )
        ]
    elif sort == "fence":
        rails = [box(w, 1.2, 0.25, (0, y, 0.1)) for y in (h - 0.6, h - 3.4, h - 6.2)]
    else:
        rails += [tube([(-w / 2, y * h, 0), (w / 2, y * h, 0)], 0.08, sides=6) for y in (0.25, 0.5, 0.75)]
    if sort == "crowd":
        posts += [box(0.5, 0.3, 6, (s * w / 2 * 0.8, 0.15, 0)) for s in (-1, 1)]
    grip = (
        tuple(bar((s * 1.6, h, 0), (1, 0, 0), (0, 1, -0.4), 0.28) for s in (1, -1))
        if sort not in ("crash", "fence")
        else tuple(handle("flat", (s * 1.6, h, 0.15), (0, 0, 1), (0, 1, 0)) for s in (1, -1))
    )
    look = {"fence": "wood", "bars": "paint"}.get(sort, "metal")
    return Design((Surface(join(*rails), look), Surface(join(*posts), look)), {"touch": grip})


@kind("rope", "rope", "hold, pull, use, play, carry, touch, next to", "hand ground")
def rope(v: Variation) -> Design:
    """Rope along Z (for pulling), a coil, or a skipping rope; the free end at -Z."""
    sort = v.pick("long", "skipping", "long", "coil")
    r = v.between(0.1, 0.22)
    if sort == "coil":
        t = np.linspace(0, 8 * np.pi, 110)
        path = np.c_[
            (1.3 + 0.06 * np.sin(5 * t)) * np.cos(t), r + 0.035 * t, (1.3 + 0.06 * np.cos(3 * t)) * np.sin(t)
        ]
        mesh = tube(path, r, sides=6, up=(0, 1, 0))
        low = float(mesh.vertices[:, 1].min())
        hold = tuple(bar((s * 1.3, 0.45, 0), (0, 0, 1), (s, 0.3, 0), 0.4) for s in (1, -1))
        return Design(
            (Surface(mesh.moved(translation=(0, -low, 0)), "straw"),), {"hold": hold, "carry": hold}
        )
    if sort == "skipping":
        x, h = v.between(2.4, 3.4), v.between(8, 10)
        path = curve(
            [(-x, h, 0.4), (-x * 1.1, h * 0.4, -0.4), (0, 0.1, 0), (x * 1.1, h * 0.4, -0.4), (x, h, 0.4)], 28
        )
        cord = tube(path, 0.06, sides=6, up=(0, 0, 1))
        grips = join(
            *(limb((s * x, h - 0.3, 0.36), (s * x, h + 0.9, 0.55), 0.13, 0.13, sides=8) for s in (-1, 1))
        )
        low = float(cord.vertices[:, 1].min())
        hold = tuple(bar((s * x, h + 0.3 - low, 0.45), (0, 1, 0.1), (s, 0, -0.4), 0.13) for s in (1, -1))
        return Design(
            (
                Surface(cord.moved(translation=(0, -low, 0)), "plastic"),
                Surface(grips.moved(translation=(0, -low, 0)), "wood"),
            ),
            {"hold": hold, "pull": hold},
            both="use, play, hold",
        )
    length = v.between(22, 34)
    z = np.linspace(-length / 2, length / 2, 24)
    wiggle = v.between(0.05, 0.3)
    tension = np.clip((z + length / 2 - 4) / 4, 0, 1)
    path = np.c_[wiggle * np.sin(0.9 * z) * tension, np.full(24, r), z]
    mesh = tube(path, r, sides=8, up=(0, 1, 0))
    knot = ellipsoid((1.9 * r, 1.9 * r, 2.4 * r), (float(path[0, 0]), r, -length / 2 + 0.3), segments=12)
    low = min(float(mesh.vertices[:, 1].min()), float(knot.vertices[:, 1].min()))
    near, far = -length / 2 + 1.2, -length / 2 + 3.2
    hands = (
        bar((0, r - low, far), (0, 0, 1), (0, 1, 0), r),
        bar((0, r - low, near), (0, 0, 1), (0, 1, 0), r),
    )
    return Design(
        (Surface(join(mesh, knot).moved(translation=(0, -low, 0)), "straw"),),
        {"hold": hands},
        both="pull, hold",
    )


@kind("goal net", "net", "touch, look at, in, next to, behind, in front of", "ground", weight=0.7)
def goal_net(v: Variation) -> Design:
    """Football goal, open towards +Z."""
    w, h, d = v.between(28, 45), v.between(16, 22), v.between(7, 11)
    frame = [tube([(s * w / 2, 0, 0), (s * w / 2, h, 0)], 0.5, up=(0, 0, 1)) for s in (-1, 1)]
    frame.append(tube([(-w / 2 - 0.5, h, 0), (w / 2 + 0.5, h, 0)], 0.5))
    threads: list[Mesh] = []
    step = 2.2
    for x in np.arange(-w / 2, w / 2 + 0.1, step):
        threads.append(tube([(x, h, 0), (x, 0, -d)], 0.06, sides=4, up=(1, 0, 0)))
    for k in np.arange(0, 1.01, 0.1):
        threads.append(tube([(-w / 2, h * (1 - k), -d * k), (w / 2, h * (1 - k), -d * k)], 0.06, sides=4))
        for s in (-1, 1):
            threads.append(
                tube([(s * w / 2, h * (1 - k), 0), (s * w / 2, h * (1 - k), -d * k - 0.01)], 0.06, sides=4)
            )
    low = min(float(m.vertices[:, 1].min()) for m in threads)
    post = tuple(bar((s * w / 2, 11.0, 0), (0, 1, 0), (0, 0, 1), 0.5) for s in (1, -1))
    return Design(
        (Surface(join(*frame), "white"), Surface(join(*threads).moved(translation=(0, -low, 0)), "white")),
        {"touch": post},
    )


@kind("statue", "sculpture", "touch, look at, next to, behind, in front of", "ground floor")
def statue(v: Variation) -> Design:
    """Bust, abstract ring or obelisk on a pedestal."""
    sort = v.pick("bust", "ring", "obelisk", "figure")
    h = v.between(7, 12)
    base = join(box(5, h, 5, (0, h / 2, 0)), box(6, 0.8, 6, (0, 0.4, 0)), box(5.8, 0.6, 5.8, (0, h - 0.1, 0)))
    top = h + 0.2
    if sort == "bust":
        art = join(
            ellipsoid((2.1, 1.4, 1.2), (0, top + 1.0, 0)),
            limb((0, top + 1.6, 0), (0, top + 3.0, 0.1), 0.7, 0.6),
            ellipsoid((0.95, 1.25, 1.1), (0, top + 4.2, 0.2)),
            ellipsoid((0.2, 0.35, 0.3), (0, top + 4.0, 1.3), segments=10),
            ellipsoid((1.0, 0.9, 1.1), (0, top + 4.7, -0.05)),
        )
    elif sort == "ring":
        art = tube(
            curve(
                [(2.6, top + 3, 0.4), (0, top + 5.6, -0.6), (-2.6, top + 3, 0.4), (0, top + 0.5, 0)],
                32,
                closed=True,
            ),
            0.55,
            closed=True,
            up=(0, 0, 1),
            sides=10,
        )
    elif sort == "obelisk":
        art = turned([(0, top - 0.2), (1.5, top - 0.2), (1.0, top + 8), (0.2, top + 9.2), (0, top + 9.3)], 4)
    else:
        art = join(
            limb((0.6, top, 0), (0.5, top + 3.6, 0), 0.5, 0.65),
            limb((-0.6, top, 0), (-0.5, top + 3.6, 0), 0.5, 0.65),
            ellipsoid((1.2, 2.0, 0.9), (0, top + 5.2, 0)),
            ellipsoid((0.7, 0.9, 0.8), (0, top + 8.0, 0)),
            limb((1.1, top + 6.4, 0), (2.2, top + 8.8, 0.4), 0.4, 0.3),
            limb((-1.1, top + 6.4, 0), (-1.7, top + 4.2, 0.5), 0.4, 0.3),
        )
    touch = flats(1.2, min(h - 1.5, 10.5), 2.5, (0, 1, 0), (0, 0, 1))
    return Design(
        (Surface(base, "stone"), Surface(art, v.pick("stone", "brass", "marble"))),
        {"touch": touch[::-1]},
        user=(0, 0, -1),
    )


@kind("market stall", "stalls", "touch, next to, behind, in front of", "ground", weight=0.6)
def market_stall(v: Variation) -> Design:
    """Stall with an awning and wares; customers stand at +Z and look along -Z."""
    w, d, h = v.between(18, 26), v.between(8, 11), v.between(22, 25)
    top = 8.5
    posts = join(
        *(
            tube(
                [(s * w / 2, 0, q * d / 2), (s * w / 2, h + (1.5 if q < 0 else 0), q * d / 2)],
                0.3,
                up=(0, 0, 1),
            )
            for s in (-1, 1)
            for q in (-1, 1)
        )
    )
    roof = sheet(w + 2, d + 4, 0.15, lambda x, z: h + 0.7 - 0.22 * z + 0.15 * np.sin(6 * x / w), cells=14)
    desk = join(
        slab(w, 0.5, d, 0.1, (0, top - 0.25, 0)),
        box(w - 0.4, top - 0.8, 0.2, (0, (top - 0.8) / 2, d / 2 - 0.3)),
    )
    wares = []
    for i in range(6):
        for j in range(3):
            r = float(v.rng.uniform(0.5, 0.75))
            wares.append(
                sphere(r, 10).moved(translation=((i - 2.5) * w * 0.14, top + r * 0.9, (j - 1) * d * 0.25))
            )
    touch = tuple(handle("flat", (-s * 1.6, top, d / 2 - 0.9), (0, 0, -1), (0, 1, 0)) for s in (1, -1))
    return Design(
        (
            Surface(posts, v.pick("wood", "metal")),
            Surface(roof, "banner"),
            Surface(desk, "wood"),
            Surface(join(*wares[::2]), "apple"),
            Surface(join(*wares[1::2]), "orange"),
        ),
        {"touch": touch},
        rests=(),
        user=(0, 0, -1),
    )


@kind("traffic cone", "prop", "hold, carry, touch, kick, next to", "ground")
def traffic_cone(v: Variation) -> Design:
    """Traffic cone."""
    h = v.between(4.5, 7.5)
    r = 0.2 * h
    base = slab(0.62 * h, 0.3, 0.62 * h, 0.3, (0, 0.15, 0))
    cone = turned([(0, 0.3), (r, 0.3), (0.16 * r, h), (0, h)], 24)
    bands = [
        hoop(
            [
                (0.1 * r, y0 * h),
                (r * (1.02 - 0.87 * y0) + 0.03, y0 * h),
                (r * (1.02 - 0.87 * y1) + 0.03, y1 * h),
                (0.1 * r, y1 * h),
            ],
            24,
        )
        for y0, y1 in ((0.4, 0.55), (0.7, 0.83))
    ]
    top = bar((0, 0.9 * h, 0), (0, 1, 0), (0.5, 0, -0.8), 0.25 * r)
    return Design((Surface(join(base, cone), "orange"), Surface(join(*bands), "white")), {"hold": (top, top)})


KINDS = (
    tent,
    street_light,
    guardrail,
    rope,
    goal_net,
    statue,
    market_stall,
    traffic_cone,
)
