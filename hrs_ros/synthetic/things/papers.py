"""Books, documents, pens, playing cards."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from hrs_ros.synthetic.mesh import Mesh, box, join
from hrs_ros.synthetic.rotation import Array, about
from hrs_ros.synthetic.things.kind import Design, bar, handle, kind
from hrs_ros.synthetic.things.model import Handle, Surface
from hrs_ros.synthetic.things.shapes import cylinder, limb, picture, sheet, slab
from hrs_ros.synthetic.things.variation import Variation

_UPRIGHT = np.array([[-1.0, 0, 0], [0, 0, 1], [0, 1, 0]])  # a page that lay face up faces +Z


def text_lines(v: Variation, width: float, height: float, rows: int) -> Mesh:
    """Printed words on a page of the x-z plane at y = 0, its head at +Z: a title and ragged lines."""
    step = 0.86 * height / (rows + 1)
    words = []
    for row in range(rows):
        thick, z = step * (0.6 if row == 0 else 0.4), 0.43 * height - (row + 0.7) * step
        x = 0.25 * width if row == 0 else 0.42 * width  # who reads along +Z begins at +X
        end = -x if row == 0 or v.chance(0.8) else 0.0
        while x - 0.1 * width > end:
            length = min(width * float(v.rng.uniform(0.1, 0.3)), x - end)
            words.append(box(length, 0.012, thick, (x - length / 2, 0, z)))
            x -= length + 0.035 * width
    return join(*words)


def held_sheet(half_width: float, depth: float, height: float, half: float) -> tuple[Handle, ...]:
    """Thumb and fingers at the left and the right edge of something flat that is read from -Z."""
    return tuple(
        handle("rim", (s * half_width, height, -0.2 * depth), (-s, 0, 0.4), (0, -1, 0), half) for s in (1, -1)
    )


@kind("book", "book", "hold, use, carry, touch, next to", "hand table", weight=2)
def book(v: Variation) -> Design:
    """Closed book, lying; the reader looks along +Z."""
    w, length, t = v.between(1.1, 1.8), v.between(1.7, 2.5), v.between(0.15, 0.5)
    cover = join(slab(w, 0.03, length, 0.03, (0, 0.015, 0)), box(0.04, t, length, (w / 2 - 0.02, t / 2, 0)))
    front = sheet(w, length, 0.03, lambda x, z: np.full_like(x, t), cells=1)
    pages = box(w - 0.12, t - 0.06, length - 0.12, (0, t / 2, 0))
    palm = handle("palm", (0, 0, 0), (0, 0, 1), (0, -1, 0))
    holds = (*held_sheet(w / 2, length, t / 2, t / 2), palm)
    return Design(
        (Surface(front, "cover"), Surface(cover, "leather"), Surface(pages, "paper")), {"hold": holds}
    )


@kind("open book", "book", "hold, use, touch, next to", "hand table")
def open_book(v: Variation) -> Design:
    """Open book or magazine, lying open upwards; the reader looks along +Z."""
    w, length, t = v.between(1.2, 1.8), v.between(1.7, 2.4), v.between(0.06, 0.3)
    lift = v.between(0.05, 0.25)

    def pages(x: np.ndarray, z: np.ndarray) -> np.ndarray:
        across = np.abs(x) / w
        return (
            t + 0.12 * np.sin(np.pi * np.minimum(across * 1.6, 1)) - 0.1 * (across < 0.02) + lift * across**2
        )

    block = sheet(2 * w, length, t, pages, cells=16)
    texts = [_draped(text_lines(v, 0.9 * w, 0.95 * length, 10), s * 0.52 * w, pages) for s in (-1, 1)]
    cover = sheet(
        2 * w + 0.12, length + 0.12, 0.03, lambda x, z: 0.04 + lift * (np.abs(x) / w) ** 2, cells=12
    )
    low = min(block.vertices[:, 1].min(), cover.vertices[:, 1].min())
    shift = (0, -low, 0)
    holds = tuple(
        handle("rim", (s * (w + 0.05), lift + 0.1, -0.25 * length), (-s, 0, 0.5), (0, -1, 0), t / 2 + 0.03)
        for s in (1, -1)
    )
    palm = handle("palm", (0, 0.02, 0), (0, 0, 1), (0, -1, 0))
    return Design(
        (
            Surface(block.moved(translation=shift), "paper"),
            Surface(join(*texts).moved(translation=shift), "ink"),
            Surface(cover.moved(translation=shift), "leather"),
        ),
        {"hold": (*holds, palm), "use": holds},
        both="hold, use",
    )


def _draped(lines: Mesh, x: float, height: Callable[[Array, Array], Array]) -> Mesh:
    """Flat marks moved to ``x`` and laid upon a bent page."""
    points = lines.moved(translation=(x, 0, 0)).vertices
    lifted = points + np.stack([0 * points[:, 0], height(points[:, 0], points[:, 2]), 0 * points[:, 0]], 1)
    return Mesh(lifted + np.array((0, 0.004, 0)), lines.normals, lines.uvs, lines.faces)


@kind("document", "document", "hold, use, carry, touch, next to", "hand table")
def document(v: Variation) -> Design:
    """A sheet or a few, newspaper, or a clipboard."""
    sort = v.pick("sheet", "folded", "clipboard", "newspaper")
    w, length = (
        (v.between(1.4, 2.2), v.between(2.1, 3.0))
        if sort != "newspaper"
        else (v.between(4.2, 5.6), v.between(3.2, 4.0))
    )
    bend = v.between(0.02, 0.2)
    if sort == "clipboard":
        board = slab(w + 0.15, 0.06, length + 0.25, 0.1, (0, 0.03, 0))
        clip = box(0.8, 0.14, 0.3, (0, 0.13, length / 2))
        extra = [Surface(board, "wood"), Surface(clip, "metal")]
    else:
        extra = []

    def page(x: Array, z: Array) -> Array:
        if sort == "clipboard":
            return np.full_like(x, 0.085)
        fold = 0.4 * np.abs(x) / w if sort == "folded" else 0.0
        return 0.05 + bend * np.cos(np.pi * x / w) + fold

    paper = sheet(w, length, 0.02, page, cells=10)
    if sort == "newspaper":
        columns = [
            _draped(text_lines(v, w / 4.4, length, 12), x * w, page) for x in (-0.37, -0.13, 0.13, 0.37)
        ]
    else:
        columns = [_draped(text_lines(v, w, length, v.whole(9, 14)), 0.0, page)]
    surfaces = (Surface(paper, "paper"), Surface(join(*columns), "ink"), *extra)
    holds = held_sheet(w / 2, length, 0.05, 0.04)
    return Design(surfaces, {"hold": holds}, both="use" if sort == "newspaper" else "")


@kind("pen", "pen", "hold, use, next to", "hand table")
def pen(v: Variation) -> Design:
    """Pen or pencil or brush, lying along Z; its tip at +Z."""
    sort = v.pick("pen", "pencil", "marker", "brush")
    length = v.between(1.3, 1.8)
    r = {"pen": 0.05, "pencil": 0.04, "marker": 0.09, "brush": 0.05}[sort] * v.between(0.9, 1.15)
    body = limb((0, r, -length / 2), (0, r, length / 2 - 0.3), r, r, sides=10)
    tip = limb(
        (0, r, length / 2 - 0.32),
        (0, r, length / 2),
        r * 0.85,
        0.012 if sort != "brush" else r * 1.2,
        sides=10,
    )
    grip = bar((0, r, length * 0.2), (0, 0, 1), (0, 1, 0), r)
    low = min(body.vertices[:, 1].min(), tip.vertices[:, 1].min())
    parts = (
        Surface(body.moved(translation=(0, -low, 0)), "wood" if sort == "brush" else "plastic"),
        Surface(tip.moved(translation=(0, -low, 0)), "black" if sort != "pencil" else "wood"),
    )
    return Design(parts, {"hold": (grip, grip)}, mouth=None)


@kind("playing cards", "poke", "hold, play, use, touch, next to", "hand table")
def playing_cards(v: Variation) -> Design:
    """A fan of cards, upright, their faces towards the player, who looks along +Z."""
    count, spread = v.whole(3, 7), v.between(0.5, 1.1)
    w, h = v.between(0.56, 0.66), v.between(0.85, 0.98)
    faces: list[Mesh] = []
    backs: list[Mesh] = []
    for k in range(count):
        turn = about((0, 0, 1), (k / (count - 1) - 0.5) * spread)
        z = 0.016 * k
        faces.append(picture(w, h, 0.01).moved(about((0, 1, 0), np.pi)).moved(turn, (0, 0, z)))
        backs.append(picture(w, h, 0.01).moved(turn, (0, 0, z + 0.008)))
    low = min(m.vertices[:, 1].min() for m in faces)
    fan = [
        Surface(join(*faces).moved(translation=(0, -low, 0)), "page"),
        Surface(join(*backs).moved(translation=(0, -low, 0)), "cover"),
    ]
    hold = handle("rim", (0, 0.1, 0.03), (0, 1, 0.0), (0, 0, 1), 0.04)
    return Design(tuple(fan), {"hold": (hold, hold)})


@kind("certificate", "certificate", "hold, touch, next to", "hand wall")
def certificate(v: Variation) -> Design:
    """Framed certificate, upright; shown towards +Z."""
    w, h = v.between(2.6, 3.6), v.between(2.0, 2.7)
    t = v.between(0.14, 0.26)
    frame = [box(w, t, 0.16, (0, y, 0)) for y in (t / 2, h - t / 2)]
    frame += [box(t, h, 0.16, (x, h / 2, 0)) for x in (t / 2 - w / 2, w / 2 - t / 2)]
    paper = picture(w - 0.1, h - 0.1, 0.06).moved(translation=(0, 0.05, 0))
    text = text_lines(v, 0.8 * w, 0.8 * h, v.whole(5, 7)).moved(_UPRIGHT, (0, h / 2, 0.035))
    seal = cylinder(0.16, 0.02, 16).moved(about((1, 0, 0), np.pi / 2), (0.3 * w, 0.2 * h, 0.03))
    holds = tuple(handle("rim", (s * w / 2, 0.4 * h, 0), (-s, 0.3, 0), (0, 0, -1), 0.08) for s in (1, -1))
    return Design(
        (
            Surface(paper, "paper"),
            Surface(text, "ink"),
            Surface(seal, "sauce"),
            Surface(join(*frame), v.pick("wood", "brass", "black")),
        ),
        {"hold": holds},
        both="hold",
    )


KINDS = (book, open_book, document, pen, playing_cards, certificate)
