"""Flute, trumpet and keyboard. The player looks along the model's ``user``."""

from __future__ import annotations

import numpy as np

from hrs_ros.synthetic.mesh import box, join
from hrs_ros.synthetic.rotation import about
from hrs_ros.synthetic.things.instruments import PLAYED
from hrs_ros.synthetic.things.kind import Design, bar, handle, kind
from hrs_ros.synthetic.things.model import Surface
from hrs_ros.synthetic.things.shapes import curve, cylinder, tube, turned
from hrs_ros.synthetic.things.variation import Variation


@kind("flute", "instrument", PLAYED, "hand table")
def flute(v: Variation) -> Design:
    """Recorder or clarinet along Z (mouth at -Z), or a transverse flute along X (played to the right, -X)."""
    sort = v.pick("recorder", "transverse", "clarinet", "tin whistle")
    length = {"recorder": 3.3, "transverse": 6.6, "clarinet": 6.2, "tin whistle": 3.0}[sort] * v.between(
        0.94, 1.06
    )
    r = {"recorder": 0.14, "transverse": 0.11, "clarinet": 0.16, "tin whistle": 0.09}[sort]
    flare = 2.2 if sort == "clarinet" else 1.15
    z = np.array([-0.5, -0.49, -0.4, -0.39, 0.2, 0.4, 0.47, 0.5]) * length
    radii = np.array([0.5, 0.8, 1.0, 1.0, 1.0, 1.0, 0.6 + 0.4 * flare, flare]) * r
    y = float(radii.max())
    pipe = tube(np.c_[np.zeros(8), np.full(8, y), z], radii, sides=12, up=(1, 0, 0))
    holes = join(
        *(
            cylinder(0.045 if sort != "clarinet" else 0.09, 0.05, 8).moved(
                translation=(0, y + r * 0.8, s * length)
            )
            for s in np.linspace(-0.2, 0.32, 7)
        )
    )
    mesh, dots = pipe, holes
    near, far = (
        bar((0, y, -0.12 * length), (0, 0, 1), (0, -1, 0), r),
        bar((0, y, 0.18 * length), (0, 0, 1), (0, -1, 0), r),
    )
    mouth = (0.0, y, -length / 2)
    if sort == "transverse":
        turn = about((0, 1, 0), -np.pi / 2)  # +Z to -X
        mesh, dots = pipe.moved(turn), holes.moved(turn)
        near = bar((0.1 * length, y, 0), (1, 0, 0), (0, -0.5, -1), r)
        far = bar((-0.18 * length, y, 0), (1, 0, 0), (0, -0.5, 1), r)
        mouth = (0.42 * length, y + r, 0.0)
    look = {"recorder": "wood", "transverse": "metal", "clarinet": "black", "tin whistle": "metal"}[sort]
    return Design(
        (Surface(mesh, look), Surface(dots, "black" if look != "black" else "metal")),
        {"play": (near, far), "hold": (near, near)},
        mouth=mouth,
        both="play, use",
    )


@kind("trumpet", "instrument", PLAYED, "hand table")
def trumpet(v: Variation) -> Design:
    """Trumpet along Z: mouthpiece at -Z, bell at +Z."""
    length, flare = v.between(4.4, 5.2), v.between(0.52, 0.66)
    e, y = length / 2, 0.75
    bell = turned(
        [
            (0, 0),
            (flare, 0),
            (flare, 0.03),
            (0.55 * flare, 0.25),
            (0.25 * flare, 0.7),
            (0.09, 1.6),
            (0.07, 2.2),
            (0, 2.2),
        ],
        24,
    )
    bell = bell.moved(about((1, 0, 0), -np.pi / 2), (0, y, e))
    lead = tube([(0, y, -e), (0, y, e - 1.4)], 0.07)
    loop = tube(
        curve(
            [
                (0, y, e - 2.0),
                (0, y, -e + 1.2),
                (0.1, y - 0.4, -e + 0.8),
                (0.2, y - 0.75, -e + 1.3),
                (0.2, y - 0.75, e - 1.5),
                (0.1, y - 0.4, e - 1.1),
                (0, y, e - 1.6),
            ],
            30,
        ),
        0.07,
        sides=6,
        up=(1, 0, 0),
    )
    valves = join(
        *(tube([(0.1, y - 0.85, z), (0.1, y + 0.45, z)], 0.14) for z in (-0.4, 0, 0.4)),
        *(cylinder(0.1, 0.06, 10).moved(translation=(0.1, y + 0.5, z)) for z in (-0.4, 0, 0.4)),
    )
    piece = turned([(0, 0), (0.13, 0), (0.13, 0.08), (0.06, 0.4), (0, 0.4)], 16).moved(
        about((1, 0, 0), np.pi / 2), (0, y, -e - 0.3)
    )
    mesh = join(bell, lead, loop, valves, piece)
    low = mesh.vertices[:, 1].min()
    left = bar((0.1, y - low - 0.2, 0), (0, 1, 0), (1, 0, -0.3), 0.25)
    right = bar((0.1, y - low + 0.2, 0.1), (0, 1, 0), (-1, 0.3, -0.3), 0.25)
    return Design(
        (Surface(mesh.moved(translation=(0, -low, 0)), v.pick("brass", "brass", "metal")),),
        {"play": (left, right), "hold": (left, left)},
        mouth=(0, y - low, -e - 0.3),
        both="play, use",
    )


@kind("keyboard", "instrument", "play, touch, use, next to, behind", "floor table")
def keyboard(v: Variation) -> Design:
    """Electric keyboard on a stand, or an upright piano; keys towards +Z, so its player looks along -Z."""
    piano = v.chance(0.4)
    w, y = (v.between(13.5, 15), 7.3) if piano else (v.between(9.0, 13.0), v.between(7.0, 8.2))
    deep = 1.5
    whites = join(*(box(0.21, 0.14, deep, (x, y, 0.9)) for x in np.arange(-w / 2 + 0.6, w / 2 - 0.6, 0.235)))
    pattern = (1, 1, 0, 1, 1, 1, 0)
    blacks = join(
        *(
            box(0.11, 0.14, 0.95, (x + 0.117, y + 0.1, 0.62))
            for k, x in enumerate(np.arange(-w / 2 + 0.6, w / 2 - 0.9, 0.235))
            if pattern[k % 7]
        )
    )
    if piano:
        top = v.between(11, 13)
        case = [
            box(w, top, 3.0, (0, top / 2, -1.6)),
            box(w, 0.7, 2.4, (0, y - 0.45, 0.8)),
            *(box(0.6, y + 0.4, 2.2, (s * (w / 2 - 0.3), (y + 0.4) / 2, 0.8)) for s in (-1, 1)),
            box(w * 0.5, 1.6, 0.2, (0, y + 2.0, 0.0)),
        ]
        look = v.pick("wood", "black")
    else:
        case = [box(w, 0.5, 2.9, (0, y - 0.3, 0.3)), box(w, 0.4, 1.0, (0, y + 0.1, -0.6))]
        for s in (-1, 1):
            case += [
                tube([(s * w * 0.32, 0.15, z), (s * w * 0.32, y - 0.5, -z)], 0.18, up=(1, 0, 0))
                for z in (-1.8, 1.8)
            ]
        case.append(box(w * 0.66, 0.2, 0.2, (0, 0.5, 1.7)))
        look = "black"
    body = join(*case)
    low = body.vertices[:, 1].min()
    surfaces = tuple(
        Surface(m.moved(translation=(0, -low, 0)), k)
        for m, k in ((body, look), (whites, "white"), (blacks, "black.keys"))
    )
    touch = tuple(
        handle("flat", (-s * v.between(1.2, 2.6), y - low + 0.12, 1.0), (0, 0, -1), (0, 1, 0))
        for s in (1, -1)
    )
    return Design(surfaces, {"play": touch}, user=(0, 0, -1), both="play, use")


KINDS = (
    flute,
    trumpet,
    keyboard,
)
