"""What is built in or outside: stairs, pillars, fronts of houses, shelves, lines on floors."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from hrs_ros.synthetic.mesh import Mesh, box, join, lathe
from hrs_ros.synthetic.places import land
from hrs_ros.synthetic.places.palettes import WILD, house_colour
from hrs_ros.synthetic.places.shell import Room, mirror, on_wall
from hrs_ros.synthetic.places.site import Range, Site
from hrs_ros.synthetic.scene_graph import Material
from hrs_ros.synthetic.things.model import Model

Span = tuple[float, float]
MARK = 0.03  # dm that painted lines lie above the ground


def strip(x: Span, z: Span) -> Mesh:
    """A painted mark on the ground."""
    return land.level(x, z, MARK)


def lines(site: Site, entity: str, x: Span, z: Span, *, spacing: Range, width: Range = (0.4, 0.9)) -> None:
    """Painted lines of a court along and across, and a circle."""
    paints = [(0.85, 0.85, 0.85), (0.7, 0.6, 0.1), (0.6, 0.1, 0.08), (0.1, 0.25, 0.5), (0.05, 0.3, 0.12)]
    for _ in range(int(site.rng.integers(1, 3))):
        paint = site.paint("white", tint=site.pick(paints), roughness=(0.4, 0.8))
        wide, step = site.between(*width), site.between(*spacing)
        first = site.between(0, step)
        marks = [strip((at, at + wide), z) for at in np.arange(x[0] + first, x[1], step)[:6]]
        marks += [strip(x, (at, at + wide)) for at in np.arange(z[0] + first, z[1], step * 1.7)[:3]]
        if site.chance(0.6):
            marks.append(ring(site.between(-9, 9), site.between(-20, 0), site.between(9, 18), wide))
        site.stuff(entity, join(*marks), paint)


def ring(x: float, z: float, radius: float, width: float) -> Mesh:
    """A painted circle on the ground."""
    mesh = lathe([(radius, 0), (radius - width, 0.001)], 64)
    up = np.tile([0.0, 1.0, 0.0], (len(mesh.vertices), 1))
    return Mesh(mesh.vertices + np.array([x, MARK * 1.5, z]), up, mesh.uvs, mesh.faces)


def steps_mesh(width: float, count: int, rise: float, run: float) -> Mesh:
    """A flight that climbs towards -Z from z = 0."""
    return join(
        *(box(width, rise * (k + 1), run, (0, rise * (k + 1) / 2, -run * (k + 0.5))) for k in range(count))
    )


def stairs(site: Site, entity: str, *, x: float, back: float, width: float) -> int:
    """A flight up to a wall at z = ``back``; the lowest step keeps off the free floor."""
    rise, run = site.between(1.4, 1.8), site.between(2.6, 3.4)
    count = max(2, int((-12.0 - back) / run))
    flight = steps_mesh(width, count, rise, run).moved(translation=(x, 0, back + count * run))
    return site.stuff(entity, flight, site.paint("concrete", "marble", "paving", "wood", scale=(0.03, 0.06)))


def pillars(site: Site, *, z: float, height: float) -> int:
    """A row of round or square pillars; all are one instance."""
    paint = site.paint("plaster", "marble", "concrete", "paving", scale=(0.03, 0.06), tint=site.palette.trim)
    radius, gap, start = site.between(1.4, 2.6), site.between(13, 20), site.between(-5, 5)
    if site.chance(0.5):
        base, top = radius * 1.35, 1.2
        shaft = lathe([(base, 0), (base, top), (radius, top + 0.6), (radius * 0.9, height)], 24)
    else:
        shaft = box(2 * radius, height, 2 * radius, (0, height / 2, 0))
    places = start + gap * (np.arange(4) - 1.5)
    return site.stuff("pillar", join(*(shaft.moved(translation=(x, 0, z)) for x in places)), paint)


def wall_bars(site: Site, built: Room, x: float) -> None:
    """Gymnasts' wall bars."""
    wood = site.paint("wood", roughness=(0.3, 0.6), scale=(0.05, 0.1))
    uprights = [box(0.5, 26, 1.0, (side * 5, 13, 0.5)) for side in (-1, 0, 1)]
    bars = [box(10, 0.35, 0.35, (0, y, 1.1)) for y in np.arange(1.5, 26, 1.7)]
    site.single("body building apparatus", [(on_wall(join(*uprights, *bars), built, x), wood)])


def goods(site: Site, x: Span, back: float, kinds: Sequence[str]) -> None:
    """A shelf along a wall, filled with a few sorts of goods in rows."""
    paint = site.paint("wood", "white", tint=site.palette.trim, roughness=(0.3, 0.6), scale=(0.04, 0.08))
    deep, heights = 4.0, np.arange(1.0, 19.0, site.between(4.2, 5.2))
    boards = [box(x[1] - x[0], 0.3, deep, ((x[0] + x[1]) / 2, y, back + deep / 2)) for y in heights]
    sides = [box(0.3, 20, deep, (at, 10, back + deep / 2)) for at in np.arange(x[0], x[1] + 1, 10.0)]
    site.stuff("shelf", join(*boards, *sides), paint)
    for y in heights[:-1]:
        for at in np.arange(x[0] + 5, x[1], 10.0):
            if abs(at) > 22 or site.chance(0.25):
                continue
            model = _fitting(site, kinds, (8.0, 3.8, deep))
            if model is None:
                continue
            low, high = model.bounds
            step = float(high[0] - low[0]) + 0.3
            first = None
            for k in range(min(int(8 / step), 3)):
                first = site.put(
                    model, at - 4 - low[0] + k * step, back + deep / 2, y=y + 0.15 - low[1], like=first
                )


def _fitting(site: Site, kinds: Sequence[str], room: tuple[float, float, float]) -> Model | None:
    """A thing no larger than ``room``; None if none of three was."""
    for _ in range(3):
        model = site.thing(site.pick(kinds))
        low, high = model.bounds
        if (high - low <= room).all():
            return model
    return None


def front(site: Site, x: Span, z: float, height: float, *, near: bool = False) -> None:
    """A house front towards +Z at ``z``; ``near``: doors and shop windows are entities of their own."""
    middle, width = (x[0] + x[1]) / 2, x[1] - x[0]
    paint = site.paint("facade", scale=(0.009, 0.0125), shade=(0.75, 1.1), roughness=(0.7, 0.95))
    base = site.paint(
        "concrete", "plaster", "brick", "marble", "paving",
        tint=house_colour(site.rng), desaturation=0.0 if site.chance(WILD) else 0.85,
        scale=(0.02, 0.05), shade=(0.6, 1.0),
    )  # fmt: skip
    low = site.between(24, 32)
    site.stuff("building", box(width, height - low, 14, (middle, (height + low) / 2, z - 7)), paint)
    site.stuff("building", box(width, low, 14.6, (middle, low / 2, z - 7.1)), base)
    site.stuff("building", box(width + 0.4, 0.8, 15.4, (middle, low, z - 7)), base)
    openings(site, x, z + 0.3, low, near=near)


def openings(site: Site, x: Span, z: float, high: float, *, near: bool) -> None:
    """Doors and shop windows of a ground floor."""
    trim = site.paint("white", "wood", tint=site.palette.trim, roughness=(0.3, 0.6))
    if site.chance(0.5):
        glass = site.graph.material(mirror(site, (0.12, 0.4)))
    else:
        dark = site.studio.surface(site.rng, "white")
        glass = site.graph.material(Material(dark, (0.05, 0.06, 0.07), roughness=0.08, specular=0.12))
    at = x[0] + site.between(1, 4)
    while at < x[1] - 8:
        if site.chance(0.3):
            width, height, low = site.between(8, 10), site.between(20, min(23, high - 2)), 0.0
            entity, leaf = "door", site.paint("wood", "white", tint=site.palette.second, roughness=(0.3, 0.6))
        else:
            width, height = site.between(8, min(18, x[1] - at)), site.between(11, 16)
            low, entity, leaf = site.between(4, 8), "window", glass
        middle, half = at + width / 2, height / 2
        if middle + width / 2 > x[1] - 0.5:
            break
        pane = box(width, height, 0.3, (middle, low + half, z))
        rim = join(
            *(box(0.6, height + 1, 0.7, (middle + s * (width / 2 + 0.3), low + half, z)) for s in (-1, 1)),
            box(width + 1.2, 0.6, 0.7, (middle, low + height + 0.3, z)),
            box(width + 1.2, 0.5, 1.2, (middle, low - 0.25, z))
            if low
            else box(0.4, 1.6, 0.8, (middle + width * 0.38, 10, z)),
        )
        if near:
            site.single(entity, [(pane, leaf), (rim, trim)])
        else:
            site.stuff("building", pane, leaf)
            site.stuff("building", rim, trim)
        at += width + site.between(3, 9)
