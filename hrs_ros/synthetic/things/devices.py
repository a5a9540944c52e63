"""Phones, computers, screens, remote controls, cameras, microphones."""

from __future__ import annotations

import numpy as np

from hrs_ros.synthetic.mesh import box, join, sphere, torus
from hrs_ros.synthetic.rotation import about
from hrs_ros.synthetic.things.kind import Design, bar, handle, kind
from hrs_ros.synthetic.things.model import Handle, Surface
from hrs_ros.synthetic.things.shapes import curve, cylinder, picture, sheet, slab, tube, turned
from hrs_ros.synthetic.things.variation import Variation


def _in_hand(w: float, length: float, t: float) -> tuple[Handle, Handle]:
    """A slim thing that lies face up: the palm is under it, the fingers around its sides."""
    grip = handle("bar", (0, t / 2, -0.15 * length), (0, 0, 1), (0, -1, 0), t / 2)
    return grip, grip


@kind("phone", "phone", "hold, use, talk, touch, play, next to", "hand table", weight=2)
def phone(v: Variation) -> Design:
    """Smartphone (or a phone with keys), lying face up; its upper end at +Z."""
    sort = v.pick("smart", "smart", "keys", "cased", "tall")
    w, length, t = v.between(0.66, 0.8), v.between(1.35, 1.65), v.between(0.08, 0.12)
    if sort == "keys":
        w, length, t = 0.52, 1.2, 0.16
    body = slab(w, t, length, 0.11, (0, t / 2, 0))
    share = 0.5 if sort == "keys" else 0.95
    screen = sheet(w - 0.06, length * share - 0.04, 0.01, lambda x, z: np.full_like(x, t + 0.005), cells=1)
    screen = screen.moved(translation=(0, 0, length * (1 - share) / 2))
    surfaces = [Surface(body, "plastic" if sort == "cased" else "black"), Surface(screen, "screen")]
    if sort == "keys":
        pad = slab(w - 0.1, 0.03, length * 0.42, 0.02, (0, t + 0.005, -length * 0.26))
        surfaces.append(Surface(pad, "keys"))
    else:
        camera = join(
            *(
                cylinder(0.06, 0.03, 10).moved(
                    translation=(w / 2 - 0.16, -0.02, length / 2 - 0.17 - 0.17 * k)
                )
                for k in range(2)
            )
        )
        surfaces[0] = Surface(join(body, camera), surfaces[0].look)
        surfaces = [Surface(s.mesh.moved(translation=(0, 0.02, 0)), s.look) for s in surfaces]
    return Design(tuple(surfaces), {"hold": _in_hand(w, length, t)}, mouth=(0, t + 0.02, -length / 2 + 0.1))


@kind("tablet", "electronics", "hold, use, touch, play, carry, next to", "hand table")
def tablet(v: Variation) -> Design:
    """Tablet computer or game console, lying face up; the user looks along +Z."""
    w, length, t = v.between(2.0, 2.6), v.between(1.4, 1.8), v.between(0.09, 0.2)
    body = slab(w, t, length, 0.18, (0, t / 2, 0))
    screen = sheet(w - 0.24, length - 0.2, 0.01, lambda x, z: np.full_like(x, t + 0.005), cells=1)
    holds = tuple(
        handle("rim", (s * w / 2, t / 2, -0.1 * length), (-s, 0, 0.3), (0, -1, 0), t / 2) for s in (1, -1)
    )
    return Design(
        (Surface(body, v.pick("black", "metal", "white")), Surface(screen, "screen")),
        {"hold": holds},
        both="hold, play",
    )


@kind("remote control", "remote control", "hold, use, touch, next to", "hand table")
def remote_control(v: Variation) -> Design:
    """Remote control, lying; it points along +Z."""
    w, length, t = v.between(0.42, 0.58), v.between(1.5, 2.2), v.between(0.16, 0.26)
    body = slab(w, t, length, v.pick(0.08, 0.15, 0.2, 0.05), (0, t / 2, 0))
    keys = [
        slab(0.09, 0.03, 0.09, 0.03, (x, t + 0.015, z), 2)
        for x in (-0.13, 0, 0.13)
        for z in np.arange(-0.4, 0.25, 0.14) * length
    ]
    ring = torus(0.11, 0.03, 14, 6).moved(about((1, 0, 0), np.pi / 2), (0, t + 0.01, 0.33 * length))
    red = cylinder(0.05, 0.04, 8).moved(translation=(-0.12, t, 0.46 * length))
    looks = ("black", "white.keys") if v.chance(0.7) else ("white", "black.keys")
    return Design(
        (Surface(body, looks[0]), Surface(join(*keys, ring), looks[1]), Surface(red, "red light")),
        {"hold": _in_hand(w, length, t)},
    )


@kind("laptop", "laptop", "use, hold, carry, touch, play, next to", "table hand", weight=1.5)
def laptop(v: Variation) -> Design:
    """Open laptop; screen towards +Z, so its user looks along -Z."""
    w, d, t = v.between(3.0, 3.9), v.between(2.1, 2.6), v.between(0.12, 0.24)
    lean = v.between(0.15, 0.6)
    base = slab(w, t, d, 0.12, (0, t / 2, 0))
    keys = slab(w - 0.4, 0.03, d * 0.45, 0.04, (0, t + 0.005, -0.15 * d), 1)
    pad = slab(0.9, 0.02, 0.6, 0.04, (0, t + 0.003, 0.3 * d), 1)
    h = d * 0.95
    tilt, hinge = about((1, 0, 0), -lean), (0.0, t, -d / 2 + 0.05)
    lid = box(w, h, 0.08, (0, h / 2, 0)).moved(tilt, hinge)
    screen = picture(w - 0.2, h - 0.25, 0.01).moved(translation=(0, 0.13, 0.05)).moved(tilt, hinge)
    holds = tuple(
        handle("rim", (-s * w / 2, t / 2, 0.1 * d), (s, 0, -0.4), (0, -1, 0), t / 2) for s in (1, -1)
    )
    use = tuple(
        handle("flat", (-s * 0.3 * w, t + 0.02, 0.05 * d), (s * 0.2, 0, -1), (0, 1, 0)) for s in (1, -1)
    )
    return Design(
        (
            Surface(join(base, lid), v.pick("metal", "black", "white")),
            Surface(keys, "keys"),
            Surface(pad, "black.pad"),
            Surface(screen, "screen"),
        ),
        {"hold": holds, "carry": holds, "use": use, "play": use, "touch": use},
        user=(0, 0, -1),
        both="use, carry, hold",
    )


@kind("display", "display", "look at, touch, use, next to, behind", "table floor")
def display(v: Variation) -> Design:
    """Monitor or television; shown towards +Z."""
    w = v.between(4.5, 12.0)
    h, neck = w * v.between(0.54, 0.62), v.between(0.6, 1.4)
    panel = box(w, h, 0.35, (0, neck + h / 2, 0))
    screen = picture(w - 0.3, h - 0.3, 0.02).moved(translation=(0, neck + 0.15, 0.18))
    if v.chance(0.5):
        stand = join(
            slab(0.35 * w, 0.12, 1.6, 0.3, (0, 0.06, -0.1)),
            box(0.6, neck + 0.8, 0.2, (0, neck / 2 + 0.4, -0.25)),
        )
    else:
        stand = join(*(box(0.2, neck, 1.8, (s * 0.35 * w, neck / 2, 0)) for s in (-1, 1)))
    touch = tuple(
        handle("flat", (-s * 0.25 * w, neck + 0.5 * h, 0.19), (0, 1, 0), (0, 0, 1)) for s in (1, -1)
    )
    return Design(
        (Surface(join(panel, stand), "black"), Surface(screen, "screen")), {"touch": touch}, user=(0, 0, -1)
    )


@kind("desktop computer", "PC", "use, touch, play, next to, behind", "table", weight=0.7)
def desktop_computer(v: Variation) -> Design:
    """Screen, keyboard, mouse and tower as one set; used along -Z."""
    w, h = v.between(4.8, 6.4), v.between(2.9, 3.7)
    screen = picture(w - 0.25, h - 0.25, 0.02).moved(translation=(0, 1.1, -0.6))
    dark = [
        box(w, h, 0.3, (0, 1.0 + h / 2, -0.78)),
        slab(1.8, 0.12, 1.6, 0.3, (0, 0.06, -0.8)),
        box(0.5, 1.4, 0.2, (0, 0.7, -0.9)),
    ]
    dark += [box(1.8, 4.2, 4.0, (w / 2 + 1.6, 2.1, -0.5)), slab(4.2, 0.2, 1.4, 0.1, (-0.3, 0.1, 1.6))]
    keys = slab(4.0, 0.1, 1.2, 0.05, (-0.3, 0.22, 1.6), 1)
    mouse = (
        turned([(0, 0), (0.3, 0), (0.32, 0.1), (0.2, 0.25), (0, 0.3)], 16)
        .squashed((1, 1, 1.7))
        .moved(translation=(2.6, 0, 1.6))
    )
    use = tuple(handle("flat", (-s * 1.1 - 0.3, 0.28, 1.6), (s * 0.2, 0, -1), (0, 1, 0)) for s in (1, -1))
    return Design(
        (
            Surface(join(*dark, mouse), v.pick("black", "white", "metal")),
            Surface(keys, "keys"),
            Surface(screen, "screen"),
        ),
        {"use": use},
        user=(0, 0, -1),
        both="use, play",
    )


@kind("camera", "digital", "hold, use, touch, carry, next to", "hand table", weight=1.5)
def camera(v: Variation) -> Design:
    """Photo camera; its lens looks along +Z, as its user does."""
    sort = v.pick("reflex", "compact", "reflex", "video")
    w, h, d = v.between(1.2, 1.5), v.between(0.8, 1.0), v.between(0.5, 0.7)
    if sort == "compact":
        d, h = 0.3, 0.62
    lens = {"reflex": v.between(0.7, 1.6), "compact": 0.2, "video": 0.5}[sort]
    if sort == "video":
        w, h, d = 0.7, 0.8, 1.5
    body = slab(w, h, d, 0.12, (0, h / 2, 0))
    barrel = turned(
        [
            (0, 0),
            (0.36 * h, 0),
            (0.4 * h, 0.1),
            (0.4 * h, 0.6 * lens),
            (0.44 * h, lens),
            (0.36 * h, lens),
            (0.3 * h, lens - 0.08),
            (0, lens - 0.1),
        ],
        24,
    )
    parts = [body, barrel.moved(about((1, 0, 0), np.pi / 2), (0, h / 2, d / 2))]
    if sort == "reflex":
        parts.append(slab(0.55, 0.3, d * 0.8, 0.1, (0, h + 0.1, 0)))
        parts.append(slab(0.3, h, 0.25, 0.1, (-w / 2 + 0.15, h / 2, d / 2 + 0.08)))
    if sort == "video":
        parts.append(box(0.06, 0.6, 0.9, (w / 2 + 0.3, h / 2, 0.1)))
    button = cylinder(0.08, 0.07, 10).moved(translation=(-w / 2 + 0.2, h, 0.1))
    glass = sphere(0.28 * h, 16).squashed((1, 1, 0.3)).moved(translation=(0, h / 2, d / 2 + lens - 0.1))
    holds = tuple(
        handle("rim", (s * w / 2, 0.45 * h, 0), (-s * 0.5, 0, 1), (s, 0, 0), min(d / 2, 0.3)) for s in (1, -1)
    )
    return Design(
        (
            Surface(join(*parts), v.pick("black", "black", "metal")),
            Surface(button, "metal"),
            Surface(glass, "window"),
        ),
        {"hold": holds},
        both="use, hold",
    )


@kind("microphone", "microphone", "hold, use, talk, next to", "hand", weight=1.5)
def microphone(v: Variation) -> Design:
    """Hand microphone, upright."""
    h, r = v.between(1.6, 2.1), v.between(0.12, 0.16)
    head = v.between(0.24, 0.34)
    stem = turned(
        [
            (0, 0),
            (r * 0.85, 0),
            (r * 0.85, 0.15),
            (r, 0.2),
            (r * 1.25, h),
            (r * 1.25, h + 0.06),
            (0, h + 0.06),
        ],
        20,
    )
    ball = sphere(head, 20).squashed((1, 1.12, 1)).moved(translation=(0, h + 0.06 + head * 0.9, 0))
    ring = torus(head, 0.03, 24, 6).moved(about((1, 0, 0), np.pi / 2), (0, h + 0.06 + head * 0.9, 0))
    foam = v.chance(0.3)
    at = (0.0, 0.5 * h, 0.0)
    holds = (bar(at, (0, 1, 0), (1, 0, 0), r), bar(at, (0, 1, 0), (-1, 0, 0), r))
    top = h + 0.06 + 1.95 * head
    return Design(
        (Surface(stem, "black"), Surface(ball, "plastic" if foam else "metal"), Surface(ring, "metal.ring")),
        {"hold": holds},
        mouth=(0, top, 0),
    )


@kind("microphone stand", "microphone", "touch, use, talk, hold, next to, behind", "floor", weight=0.6)
def microphone_stand(v: Variation) -> Design:
    """Microphone on a stand of mouth height; the speaker looks along +Z."""
    h = v.between(12.5, 15.0)
    foot = turned([(0, 0), (1.4, 0), (1.4, 0.12), (0.3, 0.3), (0.14, 0.5), (0.14, 0.6), (0, 0.6)], 24)
    pole = tube([(0, 0.3, 0), (0, h - 0.6, 0)], 0.12)
    mic = tube([(0, h - 0.5, 0.7), (0, h, -0.3)], [0.11, 0.15], up=(1, 0, 0))
    head = sphere(0.28, 16).moved(translation=(0, h + 0.15, -0.55))
    neck = tube(curve([(0, h - 0.7, 0), (0, h - 0.45, 0.15), (0, h - 0.3, 0.25)], 6), 0.1, up=(1, 0, 0))
    holds = tuple(bar((0, h * 0.78, 0), (0, 1, 0), (s * 0.5, 0, -1), 0.12) for s in (1, -1))
    return Design(
        (Surface(join(foot, pole, mic, neck), "black"), Surface(head, "metal")),
        {"hold": holds},
        mouth=(0, h + 0.2, -0.83),
    )


KINDS = (
    phone,
    tablet,
    remote_control,
    laptop,
    display,
    desktop_computer,
    camera,
    microphone,
    microphone_stand,
)
