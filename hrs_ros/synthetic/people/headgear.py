"""What is worn on the head: caps, beanies, helmets, sun hats, headbands, glasses, earrings."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from hrs_ros.synthetic.mesh import Mesh, grid_faces, join, sphere, torus
from hrs_ros.synthetic.people.body import SIGN
from hrs_ros.synthetic.people.contours import circle, strip, surface_of, sweep
from hrs_ros.synthetic.people.wearer import Wearer, Worn
from hrs_ros.synthetic.rotation import UP, Array, about

AZIMUTHS, ROWS = 32, 10
Z_AXIS = np.array([0.0, 0.0, 1.0])
CONE = 0.28  # radians around a direction within which skin is felt


class Skull:
    """Star-shaped surface of the cranium about a point between the ears."""

    def __init__(self, wearer: Wearer) -> None:
        figure, body = wearer.figure, wearer.figure.body
        rows = body.visible_vertices[body.owner[body.visible_vertices] == body.bone["head"]]
        skin = figure.vertices[rows].astype(float)
        self.eyes = (figure.joint("eye.L") + figure.joint("eye.R")) / 2
        self.spread = abs(figure.joint("eye.L")[0])  # half the distance between the eyes
        top = float(figure.vertices[body.top_vertex, 1])
        upper = skin[skin[:, 1] > self.eyes[1] + 0.3 * self.spread]
        depth = (upper[:, 2].min() + upper[:, 2].max()) / 2
        self.centre = np.array([0.0, self.eyes[1] + 0.25 * (top - self.eyes[1]), depth])
        ears = (np.abs(skin[:, 0]) > 0.9 * np.abs(skin[:, 0]).max()) & (skin[:, 2] < self.eyes[2])
        self.ears = skin[ears]
        offset = skin[~ears] - self.centre
        self._radius = np.linalg.norm(offset, axis=1)
        self._direction = offset / self._radius[:, None]

    def at(self, directions: Array) -> Array:
        """Radius (...,) of the skin in unit directions (..., 3)."""
        flat = directions.reshape(-1, 3)
        near = flat @ self._direction.T > np.cos(CONE)
        reach = np.where(near, self._radius, 0).max(1)
        return np.where(reach > 0, reach, np.median(self._radius)).reshape(directions.shape[:-1])


def dome(
    skull: Skull,
    brim: Array,
    thickness: float,
    *,
    peak: float = 0.0,
    cuff: float = 0.0,
    top: float = np.pi / 2,
) -> Mesh:
    """Cap on the skull from elevations ``brim`` (AZIMUTHS + 1,) up to ``top``, all in radians."""
    azimuth = np.linspace(0, 2 * np.pi, AZIMUTHS + 1)
    share = np.linspace(0, 1, ROWS)[:, None]
    elevation = brim + share * (top - brim)
    flat = np.cos(elevation)
    directions = np.stack([flat * np.sin(azimuth), np.sin(elevation), flat * np.cos(azimuth)], -1)
    radius = skull.at(directions)
    for _ in range(2):  # even out the bumps of brows and ears
        inner = radius[:, :-1]
        radius[:, :-1] = (np.roll(inner, 1, 1) + 2 * inner + np.roll(inner, -1, 1)) / 4
        radius[:, -1] = radius[:, 0]
    radius = radius + thickness + peak * share * (2 - share) + cuff * (share < 0.3)
    outer = skull.centre + directions * radius[..., None]
    edge = skull.centre + directions[:1] * (radius[:1, :, None] - thickness - cuff - 0.05)
    rows = np.concatenate([edge, outer])
    v = np.r_[-0.05, share[:, 0]]
    uvs = np.stack(np.meshgrid(v, azimuth / (2 * np.pi), indexing="ij")[::-1], -1)
    return surface_of(rows.reshape(-1, 3), uvs.reshape(-1, 2) * (2, 1), grid_faces(ROWS, AZIMUTHS))


def plate(skull: Skull, inner: Array, outer: Array, droop: float, lift: float = 0.0) -> Mesh:
    """Thin brim between two curves (K, 3); ``droop`` lowers its outer edge."""
    outer = outer - UP * droop
    layers = [inner + UP * (0.04 + lift), outer + UP * 0.03, outer - UP * 0.02, inner - UP * 0.02]
    rows = np.stack([*layers, layers[0]])
    u = np.linspace(0, 1, len(inner))
    uvs = np.stack(np.meshgrid(np.linspace(0, 1, 5), u, indexing="ij")[::-1], -1)
    return surface_of(rows.reshape(-1, 3), uvs.reshape(-1, 2), grid_faces(4, len(inner) - 1))


def _ring(skull: Skull, elevation: float, tilt: float, azimuth: Array, extra: float) -> Array:
    level = elevation + tilt * np.cos(azimuth)
    flat = np.cos(level)
    direction = np.stack([flat * np.sin(azimuth), np.sin(level), flat * np.cos(azimuth)], -1)
    return skull.centre + direction * (skull.at(direction) + extra)[:, None]


def _brim(kind: str, azimuth: Array) -> Array:
    """Elevation of a headgear's lower edge at azimuths from the front, radians."""
    front = np.cos(azimuth)
    edges = {
        "cap": 0.12 + 0.12 * front,
        "beanie": -0.12 + 0.4 * np.maximum(front, 0),
        "helmet": -0.12 + 0.45 * np.maximum(front, 0),
        "sunhat": np.full_like(front, 0.22),
    }
    return edges[kind]


def covers(kind: str, skull: Skull, points: Array) -> NDArray[np.bool_]:
    """Which points (N, 3), of hair for instance, lie under a headgear."""
    offset = points - skull.centre
    elevation = np.arctan2(offset[:, 1], np.hypot(offset[:, 0], offset[:, 2]))
    return elevation > _brim(kind, np.arctan2(offset[:, 0], offset[:, 2])) + 0.02


def headgear(kind: str, wearer: Wearer, size: float) -> list[Worn]:
    """Cap, beanie, helmet, headband or sunhat; ``size`` in [0, 1] varies it."""
    skull = Skull(wearer)
    around = np.linspace(0, 2 * np.pi, AZIMUTHS + 1)
    if kind == "cap":
        crown = dome(skull, _brim(kind, around), 0.12, peak=0.05)
        backwards = size < 0.15
        arc = np.linspace(-1.0, 1.0, 17) + (np.pi if backwards else 0.0)
        inner = _ring(skull, 0.14, 0.12, arc, 0.06)
        ahead = np.array([0, 0, -1.0 if backwards else 1.0]) * skull.spread * (2.1 + 0.8 * size)
        outer = inner + ahead * np.cos(np.linspace(-1.25, 1.25, 17))[:, None] ** 0.7
        visor = plate(skull, inner, outer, 0.16)
        parts, part = [(crown, "main"), (visor, "second" if size > 0.5 else "main")], "headwear"
    elif kind == "beanie":
        parts = [(dome(skull, _brim(kind, around), 0.12, peak=0.1 + 0.35 * size, cuff=0.07), "main")]
        if size > 0.7:
            ball = sphere(0.24, 12).moved(translation=parts[0][0].vertices[:, 1].max() * UP)
            parts.append((ball.moved(translation=(0, 0.1, skull.centre[2])), "second"))
        part = "headwear"
    elif kind == "helmet":
        parts = [(dome(skull, _brim(kind, around), 0.24 + 0.1 * size), "main")]
        rim = _ring(skull, 0.12, 0.25, around[:-1], 0.24)
        parts.append((sweep(rim, rim - skull.centre, circle(0.05), closed=True), "dark"))
        part = "headwear"
    elif kind == "headband":
        ring = _ring(skull, 0.45, 0.12, around[:-1], 0.0)
        band = strip(0.19 + 0.19 * size, 0.11)
        parts, part = [(sweep(ring, ring - skull.centre, band, closed=True), "main")], "headwear"
    elif kind == "sunhat":
        crown = dome(skull, _brim(kind, around), 0.16, peak=0.25)
        inner = _ring(skull, 0.24, 0.0, around, 0.1)
        wide = (inner - skull.centre) * (1, 0, 1)
        wide /= np.linalg.norm(wide, axis=1, keepdims=True)
        ribbon = _ring(skull, 0.34, 0.0, around[:-1], 0.17)
        parts = [
            (crown, "main"),
            (plate(skull, inner, inner + wide * skull.spread * (2.2 + 2.6 * size), 0.15), "main"),
            (sweep(ribbon, ribbon - skull.centre, strip(0.2, 0.05), closed=True), "second"),
        ]
        part = "hat"
    else:
        raise ValueError(f"unknown headgear {kind!r}: expected cap, beanie, helmet, headband or sunhat")
    return [Worn(mesh, wearer.rigid(mesh, "head"), part, look) for mesh, look in parts]


def glasses(wearer: Wearer, size: float, *, dark: bool) -> list[Worn]:
    """Frame with temples over the ears; ``dark`` fills it with dark lenses."""
    skull = Skull(wearer)
    unit_length = skull.spread
    figure, body = wearer.figure, wearer.figure.body
    skin = figure.vertices[body.visible_vertices].astype(float)
    brow = skin[
        (np.abs(skin[:, 1] - skull.eyes[1]) < 1.2 * unit_length) & (np.abs(skin[:, 0]) < unit_length * 0.5)
    ]
    front = float(brow[brow[:, 1] > skull.eyes[1], 2].max()) + 0.03
    half = np.array([0.86, 0.55 + 0.25 * size]) * unit_length
    angle = np.arange(24) / 24 * 2 * np.pi
    power = 0.6 + 0.4 * size  # from rounded rectangles to ellipses
    contour = np.stack([np.sign(np.cos(angle)) * np.abs(np.cos(angle)) ** power,
                        np.sign(np.sin(angle)) * np.abs(np.sin(angle)) ** power], 1) * half  # fmt: skip

    def bent(points: Array) -> Array:
        """Front plane wrapped around the face."""
        return points - np.array([0, 0, 1.0]) * (0.16 / unit_length) * points[:, :1] ** 2

    frames: list[Mesh] = []
    lenses: list[Mesh] = []
    for sign in SIGN.values():
        centre = np.array([sign * unit_length * 1.03, skull.eyes[1] - 0.05 * unit_length, front])
        ring = bent(np.c_[contour * (sign, 1), np.zeros(24)] + centre)
        frames.append(sweep(ring, ring - ring.mean(0), circle(0.025, 6), closed=True))
        fan = np.array([[24, k, (k + 1) % 24] for k in range(24)])
        disc = np.concatenate([ring, [ring.mean(0) + 0.02 * Z_AXIS]])
        both = np.concatenate([disc, disc - 0.02 * Z_AXIS])
        faces = (
            np.concatenate([fan, fan[:, ::-1] + 25]) if sign > 0 else np.concatenate([fan[:, ::-1], fan + 25])
        )
        lenses.append(surface_of(both, both[:, :2], faces))
        ear = skull.ears[skull.ears[:, 0] * sign > 0]
        hinge = ring[np.argmax(ring[:, 0] * sign)] + (0, 0.2 * half[1], 0)
        hook = np.array([sign * (np.abs(ear[:, 0]).max() * 0.97), hinge[1] + 0.02, ear[:, 2].mean()])
        temple = np.linspace(hinge, hook, 5)
        temple[1:4, 0] += sign * 0.04
        frames.append(sweep(temple, np.tile(UP, (5, 1)), circle(0.03, 6), closed=False))
    inner = unit_length * 0.2
    bridge = np.array(
        [(x, skull.eyes[1] + 0.1 * unit_length, front + 0.02) for x in np.linspace(-inner, inner, 4)]
    )
    frames.append(sweep(bridge, np.tile(UP, (4, 1)), circle(0.03, 6), closed=False))
    pieces = [(join(*frames), "main")] + ([(join(*lenses), "dark")] if dark else [])
    return [Worn(mesh, wearer.rigid(mesh, "head"), "sunglasses", look) for mesh, look in pieces]


def earrings(wearer: Wearer, size: float) -> list[Worn]:
    """Studs or hoops below both ears."""
    skull = Skull(wearer)
    pieces = []
    for sign in SIGN.values():
        ear = skull.ears[skull.ears[:, 0] * sign > 0]
        lobe = ear[ear[:, 1].argmin()]
        radius = 0.06 + 0.2 * size
        if size > 0.4:
            mesh = torus(radius, 0.025, 16, 6).moved(
                about(UP, np.pi / 2), lobe + np.array([sign * 0.03, -radius * 0.9, 0])
            )
        else:
            mesh = sphere(0.07, 10).moved(translation=lobe + np.array([sign * 0.04, -0.02, 0]))
        pieces.append(mesh)
    mesh = join(*pieces)
    return [Worn(mesh, wearer.rigid(mesh, "head"), "jewelry", "main")]
