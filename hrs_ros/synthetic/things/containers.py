"""Boxes, baskets, buckets, barrels."""

from __future__ import annotations

import numpy as np

from hrs_ros.synthetic.mesh import Mesh, box, join, torus
from hrs_ros.synthetic.rotation import about
from hrs_ros.synthetic.things.kind import Design, Point, bar, flanks, handle, kind
from hrs_ros.synthetic.things.model import Handle, Rest, Seat, Surface
from hrs_ros.synthetic.things.shapes import curve, cylinder, hoop, tube, turned
from hrs_ros.synthetic.things.variation import Variation


def loop(
    width: float, foot: float, top: float, z: float, radius: float, *, flat: float = 1.0, lean: float = 0.0
) -> Mesh:
    """Carrying loop: a rounded arch from ``foot`` to ``top`` at z, its top ``lean`` further."""
    x = width / 2
    path = [
        (-x, foot, z),
        (-0.92 * x, foot + 0.75 * (top - foot), z + 0.75 * lean),
        (-0.4 * x, top, z + lean),
        (0.4 * x, top, z + lean),
        (0.92 * x, foot + 0.75 * (top - foot), z + 0.75 * lean),
        (x, foot, z),
    ]
    return tube(curve(path, 20), radius, up=(0, 0, 1), flat=flat)


def hung(top: float, radius: float, z: float = 0.0, axis: Point = (1, 0, 0)) -> tuple[Handle, Handle]:
    """A handle that a hanging hand carries something by: the palm lies above it."""
    hand = bar((0, top, z), axis, (0, 1, 0), radius)
    return hand, hand


@kind(
    "box",
    "box",
    "hold, carry, touch, push, pull, throw, sit on, stand on, on, next to",
    "hand floor ground table",
    weight=2,
)
def a_box(v: Variation) -> Design:
    """Parcel or cardboard box, closed or open."""
    sort = v.pick("parcel", "parcel", "open", "gift", "flat")
    w, h, d = v.between(2.2, 4.2), v.between(1.2, 3.2), v.between(1.8, 3.2)
    if sort == "flat":
        h, w = v.between(0.6, 0.9), v.between(2.8, 3.6)
    surfaces = []
    if sort == "open":
        t = 0.08
        walls = [
            box(w, t, d, (0, t / 2, 0)),
            *(box(w, h, t, (0, h / 2, s * (d - t) / 2)) for s in (-1, 1)),
            *(box(t, h, d, (s * (w - t) / 2, h / 2, 0)) for s in (-1, 1)),
        ]
        for s in (-1, 1):
            flap = box(0.9, 0.06, d * 0.96, (s * 0.45, 0, 0)).moved(
                about((0, 0, 1), -s * 0.5), (s * w / 2, h, 0)
            )
            walls.append(flap)
        surfaces.append(Surface(join(*walls), "cardboard"))
    else:
        surfaces.append(
            Surface(box(w, h, d, (0, h / 2, 0)), {"gift": "paint"}.get(sort, v.pick("cardboard", "carton")))
        )
        width = 0.35 if sort != "gift" else 0.3
        bands = [box(w + 0.02, h + 0.02, width, (0, h / 2, 0))]
        if sort == "gift":
            bands.append(box(width, h + 0.02, d + 0.02, (0, h / 2, 0)))
            bands += [
                torus(0.3, 0.09, 12, 6).moved(
                    about((0, 1, 0), a), (0.3 * np.cos(a), h + 0.3, -0.3 * np.sin(a))
                )
                for a in (0.4, np.pi - 0.4)
            ]
        surfaces.append(Surface(join(*bands), "plastic" if sort == "gift" else "paper"))
    hold = flanks(w / 2, h * 0.45)
    below = tuple(handle("palm", (s * w * 0.4, 0, 0), (0, 0, 1), (0, -1, 0)) for s in (1, -1))
    push = tuple(handle("flat", (s * w * 0.3, h * 0.7, -d / 2), (0, 1, 0), (0, 0, -1)) for s in (1, -1))
    return Design(
        tuple(surfaces),
        {"hold": hold, "carry": (*hold, *below), "push": push, "throw": hold, "touch": hold},
        seats=(Seat((0, h, 0)),) if sort != "open" and h > 2.5 else (),
        rests=() if sort in ("open", "gift") else (Rest((0, h, 0), (w / 2 - 0.2, d / 2 - 0.2)),),
        both="hold, carry, push, throw",
    )


@kind("crate", "box", "carry, hold, touch, push, pull, sit on, stand on, squat, on, next to", "floor ground")
def crate(v: Variation) -> Design:
    """Wooden or plastic crate with slatted sides."""
    w, h, d = v.between(3.6, 5.2), v.between(2.4, 4.2), v.between(2.8, 4.0)
    rows = v.whole(3, 4)
    slats: list[Mesh] = [box(w - 0.2, 0.15, d - 0.2, (0, 0.08, 0))]
    for y in (np.arange(rows) + 0.5) * h / rows:
        slats += [box(w, h / rows - 0.25, 0.15, (0, y, s * (d / 2 - 0.08))) for s in (-1, 1)]
        slats += [box(0.15, h / rows - 0.25, d - 0.3, (s * (w / 2 - 0.08), y, 0)) for s in (-1, 1)]
    posts = join(
        *(
            box(0.3, h, 0.3, (sx * (w / 2 - 0.25), h / 2, sz * (d / 2 - 0.25)))
            for sx in (-1, 1)
            for sz in (-1, 1)
        )
    )
    lid = box(w, 0.2, d, (0, h - 0.1, 0))
    look = v.pick("wood", "plastic")
    hold = flanks(w / 2, h * 0.5)
    push = tuple(handle("flat", (s * w * 0.3, h * 0.75, -d / 2), (0, 1, 0), (0, 0, -1)) for s in (1, -1))
    return Design(
        (Surface(join(*slats, lid), look), Surface(posts, look + ".posts")),
        {"hold": hold, "push": push},
        (Seat((0, h, 0)),),
        (Rest((0, h, 0), (w / 2 - 0.2, d / 2 - 0.2)),),
        both="carry, hold, push",
    )


@kind("basket", "basket", "hold, carry, touch, next to", "hand table floor ground")
def basket(v: Variation) -> Design:
    """Wicker basket with an arched handle, or a low one with two ears."""
    sort = v.pick("arch", "ears", "oval", "deep")
    r, h = v.between(1.3, 2.0), v.between(1.2, 2.2)
    if sort == "deep":
        h += 1.0
    foot = v.between(0.7, 0.9)
    body = turned(
        [
            (0, 0),
            (foot * r, 0),
            (0.97 * r, 0.7 * h),
            (r, h),
            (0.94 * r, h),
            (0.9 * r, 0.7 * h),
            (foot * r - 0.06, 0.1),
            (0, 0.1),
        ],
        32,
    )
    stretch = 0.7 if sort == "oval" else 1.0
    angle = np.linspace(0, 2 * np.pi, 32, endpoint=False)
    rim = tube(
        np.c_[0.97 * r * np.cos(angle), np.full(32, h), 0.97 * r * np.sin(angle)],
        0.11,
        closed=True,
        up=(0, 1, 0),
    )
    bands = [
        tube(np.c_[y_r * np.cos(angle), np.full(32, y), y_r * np.sin(angle)], 0.07, closed=True, up=(0, 1, 0))
        for y, y_r in ((0.25 * h, (foot + 0.1) * r), (0.55 * h, 0.955 * r))
    ]
    if sort in ("arch", "oval"):
        top = h + v.between(1.2, 1.8)
        grip = loop(1.95 * r, h * 0.9, top, 0, 0.11)
        hold = hung(top, 0.11)
        both = ""
    else:
        grip = join(
            *(
                loop(1.0, h * 0.9, h + 0.6, 0, 0.1).moved(about((0, 1, 0), np.pi / 2), (s * r * 0.97, 0, 0))
                for s in (-1, 1)
            )
        )
        hold = tuple(bar((s * r * 0.97, h + 0.6, 0), (0, 0, 1), (s, 0.4, 0), 0.1) for s in (1, -1))  # type: ignore[assignment]
        both = "hold, carry"
    mesh = join(body, *bands).squashed((1, 1, stretch))
    return Design(
        (Surface(mesh, "wicker"), Surface(join(rim.squashed((1, 1, stretch)), grip), "wicker.rim")),
        {"hold": hold},
        both=both,
    )


@kind("bucket", "bucket", "hold, carry, touch, pull, next to", "hand floor ground")
def bucket(v: Variation) -> Design:
    r, h = v.between(1.2, 1.6), v.between(2.3, 3.2)
    foot = v.between(0.68, 0.82)
    body = turned(
        [
            (0, 0),
            (foot * r, 0),
            (foot * r, 0.08),
            (r, h - 0.2),
            (r + 0.08, h - 0.1),
            (r + 0.05, h),
            (r - 0.06, h),
            (foot * r - 0.07, 0.12),
            (0, 0.1),
        ],
        32,
    )
    top = h + v.between(0.9, 1.5)
    bow = loop(2.06 * r, h - 0.15, top, 0, 0.05)
    grip = tube([(-0.5, top, 0), (0.5, top, 0)], 0.14)
    surfaces = [Surface(body, v.pick("plastic", "metal")), Surface(bow, "metal.bow"), Surface(grip, "black")]
    if v.chance(0.4):
        surfaces.append(Surface(cylinder(0.93 * r, 0.05, 28).moved(translation=(0, h * 0.82, 0)), "window"))
    return Design(tuple(surfaces), {"hold": hung(top, 0.14)})


@kind("barrel", "barrel", "touch, push, sit on, stand on, on, carry, next to, behind", "ground floor")
def barrel(v: Variation) -> Design:
    """Wooden barrel or oil drum, upright."""
    sort = v.pick("wood", "drum", "keg", "plastic")
    r, h = v.between(2.6, 3.2), v.between(7.2, 9.4)
    if sort == "keg":
        r, h = 0.65 * r, 0.5 * h
    if sort in ("wood", "keg"):
        heights = np.linspace(0, 1, 9)
        body = turned(
            [
                (0, 0.15),
                (0.78 * r, 0.15),
                *((r * (0.8 + 0.2 * np.sin(np.pi * t)), t * h) for t in heights),
                (0.74 * r, h),
                (0.74 * r, h - 0.2),
                (0, h - 0.2),
            ],
            32,
        )
        hoops = join(
            *(
                hoop(
                    [
                        (r * (0.8 + 0.2 * np.sin(np.pi * t)) - 0.05, t * h),
                        (r * (0.8 + 0.2 * np.sin(np.pi * t)) + 0.06, t * h),
                        (r * (0.8 + 0.2 * np.sin(np.pi * (t + 0.06))) + 0.06, (t + 0.06) * h),
                        (r * (0.8 + 0.2 * np.sin(np.pi * (t + 0.06))) - 0.05, (t + 0.06) * h),
                    ],
                    32,
                )
                for t in (0.04, 0.24, 0.7, 0.9)
            )
        )
        surfaces = [Surface(body, "wood"), Surface(hoops, "metal")]
        top = h - 0.2
    else:
        ribs = [
            (r + 0.12 * (k % 2), y * h)
            for k, y in enumerate((0.0, 0.02, 0.04, 0.31, 0.33, 0.35, 0.64, 0.66, 0.68, 0.96, 0.98, 1.0))
        ]
        surfaces = [
            Surface(
                turned([(0, 0), *ribs, (r - 0.15, h), (r - 0.15, h - 0.15), (0, h - 0.15)], 32),
                "paint" if sort == "drum" else "plastic",
            ),
        ]
        top = h - 0.15
    side = 0.98 * r
    push = tuple(
        handle("flat", (s * 0.5 * side, 0.72 * h, -0.86 * side), (0, 1, 0), (s * 0.5, 0, -0.86))
        for s in (1, -1)
    )
    return Design(
        tuple(surfaces),
        {"push": push, "touch": push, "carry": flanks(side, 0.5 * h)},
        (Seat((0, top, 0)),),
        (Rest((0, top, 0), (0.5 * r, 0.5 * r)),),
        both="push, carry",
    )


KINDS = (a_box, crate, basket, bucket, barrel)
