"""Balls of several sports; they rest on y = 0."""

from __future__ import annotations

import numpy as np

from hrs_ros.synthetic.mesh import Mesh, join, sphere, torus
from hrs_ros.synthetic.rotation import about, cross
from hrs_ros.synthetic.things.kind import Design, bar, flanks, handle, kind
from hrs_ros.synthetic.things.model import Handle, Seat, Surface
from hrs_ros.synthetic.things.shapes import (
    hoop,
    loft,
    tube,
)
from hrs_ros.synthetic.things.sports import BALL
from hrs_ros.synthetic.things.variation import Variation


def _one_hand(r: float) -> tuple[Handle, ...]:
    """Palm under, or against a side of, a ball of radius ``r`` that rests on y = 0."""
    below = handle("palm", (0, 0, 0), (0, 0, 1), (0, -1, 0))
    sides = flanks(r, r)
    return below, below, *sides


def _ring(r: float, rotation: np.ndarray, squash: float = 1.0) -> Mesh:
    return torus(r * squash, 0.03 * r, 32, 6).moved(rotation)


def _patches(r: float) -> Mesh:
    """Twelve dark pentagons of a football, slightly proud of it."""
    golden = (1 + 5**0.5) / 2
    corners = [(0, s, t * golden) for s in (-1, 1) for t in (-1, 1)]
    points = [np.roll(corner, k) for corner in corners for k in range(3)]
    patches = []
    for point in points:
        n = np.asarray(point, float) / np.linalg.norm(point)
        a = cross(n, (0.3, 0.9, 0.2))
        a = a / np.linalg.norm(a)
        b = cross(n, a)
        angle = 2 * np.pi * np.arange(10) / 10
        reach = 0.34 * np.where(np.arange(10) % 2, np.cos(np.pi / 5), 1.0)[:, None]
        edge = n * 0.94 + reach * (np.cos(angle)[:, None] * a + np.sin(angle)[:, None] * b)
        edge = edge / np.linalg.norm(edge, axis=1, keepdims=True)
        patches.append(
            loft(np.stack([edge * r * 0.97, edge * r * 1.004, (0.5 * edge + 0.5 * n) * r * 1.045]))
        )
    return join(*patches)


def _ball(v: Variation, sort: str) -> Design:
    r = {"football": 1.1, "basketball": 1.2, "volleyball": 1.05, "beach": 1.7, "tennis": 0.34, "gym": 3.0}[
        sort
    ] * v.between(0.92, 1.06)
    lifted = (0, r, 0)
    base = sphere(r, 32)
    surfaces = {
        "football": lambda: [Surface(base, "white"), Surface(_patches(r), v.pick("black", "paint"))],
        "basketball": lambda: [
            Surface(base, "basketball"),
            Surface(
                join(
                    _ring(r, np.eye(3)),
                    _ring(r, about((0, 1, 0), np.pi / 2)),
                    _ring(r, about((1, 0, 0), np.pi / 2)),
                    *(
                        _ring(r, about((0, 1, 0), np.pi / 2), 0.82).moved(translation=(x, 0, 0))
                        for x in (-0.57 * r, 0.57 * r)
                    ),
                ),
                "black",
            ),
        ],
        "volleyball": lambda: [Surface(base, v.pick("white", "paint")), Surface(_panels(r), "paint.band")],
        "beach": lambda: [
            Surface(join(*(_segment(r, k) for k in (0, 2, 4))), "white"),
            Surface(join(*(_segment(r, k) for k in (1,))), "paint"),
            Surface(_segment(r, 3), "paint.2"),
            Surface(_segment(r, 5), "paint.3"),
        ],
        "tennis": lambda: [Surface(base, "tennis"), Surface(_seam(r), "white")],
        "gym": lambda: [
            Surface(base, "paint"),
            Surface(
                join(
                    *(
                        _ring(r, about((1, 0, 0), np.pi / 2), np.cos(t)).moved(
                            translation=(0, r * np.sin(t), 0)
                        )
                        for t in np.linspace(-0.9, 0.9, 7)
                    )
                ),
                "paint",
            ),
        ],
    }[sort]()
    moved = tuple(Surface(s.mesh.moved(translation=(0, r, 0)), s.look) for s in surfaces)
    if sort == "tennis":
        hold: tuple[Handle, ...] = (
            bar(lifted, (0, 1, 0), (1, 0, 0), r),
            bar(lifted, (0, 1, 0), (-1, 0, 0), r),
        )
        return Design(moved, {"hold": hold})
    push = tuple(
        handle("flat", (s * 0.4 * r, r, -0.916 * r), (0, 1, 0), (s * 0.4, 0, -0.916)) for s in (1, -1)
    )
    over = tuple(handle("flat", (s * 0.3 * r, 1.95 * r, 0), (0, 0, 1), (0, 1, 0)) for s in (1, -1))
    seats = (Seat((0, 1.97 * r, 0)),) if sort == "gym" else ()
    both = "hold, carry, push" if r > 0.95 else ""
    return Design(
        moved,
        {
            "hold": flanks(r, r) if r > 1.5 else _one_hand(r),
            "carry": flanks(r, r),
            "push": push,
            "touch": over,
        },
        seats,
        both=both,
    )


def _segment(r: float, k: int) -> Mesh:
    """A sixth of a beach ball."""
    a = np.linspace(k, k + 1, 5) * np.pi / 3
    t = np.linspace(-np.pi / 2, np.pi / 2, 13)
    rings = []
    for y in t[1:-1]:
        outer = np.c_[r * np.cos(y) * np.cos(a), np.full(5, r * np.sin(y)), r * np.cos(y) * np.sin(a)]
        rings.append(
            np.concatenate([outer, [[0.02 * np.cos(a[2]), r * np.sin(y) * 0.9, 0.02 * np.sin(a[2])]]])
        )
    mesh = loft(np.array(rings))
    outward = mesh.vertices / np.linalg.norm(mesh.vertices, axis=1, keepdims=True)
    on_skin = np.abs(np.linalg.norm(mesh.vertices, axis=1) - r) < 1e-6
    return Mesh(mesh.vertices, np.where(on_skin[:, None], outward, mesh.normals), mesh.uvs, mesh.faces)


def _panels(r: float) -> Mesh:
    """Three bands around a volleyball."""
    turns = (np.eye(3), about((0, 1, 0), np.pi / 2), about((1, 0, 0), np.pi / 2))
    band = hoop(
        [
            (0.9 * r, -0.22 * r),
            (0.975 * r, -0.22 * r),
            (0.99 * r, -0.2 * r),
            (1.012 * r, 0),
            (0.99 * r, 0.2 * r),
            (0.975 * r, 0.22 * r),
            (0.9 * r, 0.22 * r),
        ],
        32,
    )
    return join(*(band.moved(turn) for turn in turns[1:]))


def _seam(r: float) -> Mesh:
    """The curved seam of a tennis ball."""
    t = np.linspace(0, 2 * np.pi, 40, endpoint=False)
    points = np.c_[np.cos(t) + 0.45 * np.cos(3 * t), np.sin(t) - 0.45 * np.sin(3 * t), 1.3 * np.sin(2 * t)]
    points = r * points / np.linalg.norm(points, axis=1, keepdims=True)
    return tube(points, 0.05 * r, sides=5, closed=True, up=(0.1, 0.2, 1))


@kind("football", "ball", BALL, "ground floor hand", weight=1.5)
def football(v: Variation) -> Design:
    return _ball(v, "football")


@kind("basketball", "ball", BALL, "ground floor hand")
def basketball(v: Variation) -> Design:
    return _ball(v, "basketball")


@kind("volleyball", "ball", BALL, "ground floor hand")
def volleyball(v: Variation) -> Design:
    return _ball(v, "volleyball")


@kind("beach ball", "ball", BALL, "ground floor hand", weight=0.7)
def beach_ball(v: Variation) -> Design:
    return _ball(v, "beach")


@kind("tennis ball", "ball", "hold, throw, play, touch, kick, next to", "ground floor hand table", weight=0.7)
def tennis_ball(v: Variation) -> Design:
    return _ball(v, "tennis")


@kind("gymnastics ball", "ball", "sit on, push, touch, carry, hold, on, next to", "floor", weight=0.5)
def gymnastics_ball(v: Variation) -> Design:
    return _ball(v, "gym")


KINDS = (
    football,
    basketball,
    volleyball,
    beach_ball,
    tennis_ball,
    gymnastics_ball,
)
