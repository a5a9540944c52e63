"""The shell of a room: floor, walls, windows, doors, curtains, rugs, pictures."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from hrs_ros.synthetic.light import Lighting
from hrs_ros.synthetic.mesh import Mesh, box, join
from hrs_ros.synthetic.places.backdrop import INDOORS, dome
from hrs_ros.synthetic.places.land import level
from hrs_ros.synthetic.places.site import Range, Site
from hrs_ros.synthetic.rotation import UP, Array, about
from hrs_ros.synthetic.scene_graph import BACKGROUND, Material

HALF = 86.0  # half-length of the floor: no camera sees its end
WALL_HEIGHT = 60.0  # no ceiling: cameras look in from above
FLOORS: dict[str, tuple[float, float]] = {  # kinds of floors: textures per dm
    "parquet": (0.03, 0.06), "wood": (0.04, 0.08), "tile": (0.04, 0.09), "carpet": (0.05, 0.1),
    "concrete": (0.02, 0.05), "marble": (0.03, 0.06), "shag": (0.06, 0.1), "linen": (0.08, 0.12),
}  # fmt: skip

DYED = frozenset({"tile", "carpet", "marble"})  # their textures come in any colour


@dataclass(frozen=True, slots=True)
class Room:
    """What has been built: free lengths, and the side without a wall."""

    floor: int
    wall: int
    back: float  # z of the back wall's face
    left: float | None  # x of the side walls' faces, where there are such walls
    right: float | None


def room(
    site: Site,
    *,
    back: Range = (-24.0, -16.0),
    aside: Range = (18.0, 26.0),
    floors: tuple[str, ...] = ("parquet", "wood", "carpet", "tile"),
    walls: tuple[str, ...] = ("plaster", "plaster", "wallpaper", "white"),
) -> Room:
    """Floor, back wall, and mostly one side wall; the walls are one instance."""
    kind = site.pick(floors)
    dyed = kind in DYED and not site.palette.wild
    floor = site.stuff(
        "floor",
        level((-HALF, HALF), (-HALF, HALF)),
        site.paint(
            kind,
            tint=site.palette.floor if dyed else (1.0, 1.0, 1.0),
            desaturation=1.0 if dyed else 0.0,
            shade=(0.65, 1.15),
            roughness=(0.75, 1.0) if kind in ("carpet", "shag", "linen") else (0.25, 0.65),
            specular=0.04,
            scale=FLOORS[kind],
        ),
    )
    paint = site.paint(
        site.pick(walls),
        tint=site.palette.wall,
        shade=(1.0, 1.2),
        roughness=(0.85, 0.95),
        scale=(0.03, 0.07),
        desaturation=0.0 if site.palette.wild or site.chance(0.15) else 0.9,
    )
    z = site.between(*back)
    wall = site.stuff("wall", _slab((-HALF, HALF), (z - 0.4, z)), paint)
    left = right = None
    if site.chance(0.65):
        x = site.between(*aside)
        # A side wall ends where cameras look in.
        end = -4 + (x - 9) * 1.1
        if site.chance(0.5):
            right = x
            site.stuff("wall", _slab((x, x + 0.4), (z, end)), paint)
        else:
            left = -x
            site.stuff("wall", _slab((-x - 0.4, -x), (z, end)), paint)
    skirting = site.graph.material(
        Material(site.studio.surface(site.rng, "white"), site.palette.trim, roughness=0.5)
    )
    height = site.between(0.6, 1.2)
    site.stuff("wall", box(2 * HALF, height, 0.15, (0, height / 2, z + 0.07)), skirting)
    return Room(floor, wall, z, left, right)


def _slab(x: tuple[float, float], z: tuple[float, float]) -> Mesh:
    """A wall over an interval of x and of z."""
    centre = ((x[0] + x[1]) / 2, WALL_HEIGHT / 2, (z[0] + z[1]) / 2)
    return box(x[1] - x[0], WALL_HEIGHT, z[1] - z[0], centre)


def room_lighting(site: Site, built: Room) -> Lighting:
    """Lamps and windows that no side wall of the room keeps off; warm, neutral or daylight."""
    warm = site.rng.choice([-0.06, 0.0, 0.05, 0.14])
    low, high = (-1.0, 1.0)
    if built.left is not None:
        low = -0.2
    if built.right is not None:
        high = 0.2
    return Lighting(
        azimuth=(low, high),
        elevation=(0.7, 1.35),
        key_share=(0.25, 0.6),
        key_colour=(1 + warm, 1.0, 1 - 1.3 * warm),
        sky=(1 + 0.4 * warm, 1.0, 1 - 0.5 * warm),
        ground=(0.55 + 0.3 * warm, 0.5, 0.46 - 0.3 * warm),
        softness=(0.004, 0.014),
        exposure=(0.6, 1.1),
    )


Side = Literal["back", "left", "right"]


def on_wall(mesh: Mesh, built: Room, along: float, *, side: Side = "back") -> Mesh:
    """A mesh that faces +Z with its back on z = 0, moved to a wall; ``along`` = x, or z on side walls."""
    if side == "back":
        return mesh.moved(translation=(along, 0, built.back))
    x = built.left if side == "left" else built.right
    assert x is not None, "there is no such wall"
    return mesh.moved(about(UP, np.pi / 2 if side == "left" else -np.pi / 2), (x, 0, along))


def frame(width: float, height: float, low: float, *, bar: float = 0.35, depth: float = 0.5) -> Mesh:
    """Four bars around an opening whose lower edge lies at ``low``."""
    middle = low + height / 2
    return join(
        *(box(bar, height + 2 * bar, depth, (s * (width + bar) / 2, middle, depth / 2)) for s in (-1, 1)),
        *(box(width, bar, depth, (0, middle + s * (height + bar) / 2, depth / 2)) for s in (-1, 1)),
    )


def window(site: Site, built: Room, along: float, *, side: Side = "back", curtains: float = 0.5) -> None:
    """A window with what is outside, mostly bright; sometimes with curtains."""
    width, high = site.between(7, 15), site.between(9, 13)
    low = site.between(6, 10) if site.chance(0.8) else site.between(0.6, 1.5)
    rows, columns = int(site.rng.integers(1, 3)), int(site.rng.integers(1, 4))
    bars = [
        box(0.2, high, 0.3, (width * (k / columns - 0.5), low + high / 2, 0.2)) for k in range(1, columns)
    ]
    bars += [box(width, 0.2, 0.3, (0, low + high * k / rows, 0.2)) for k in range(1, rows)]
    sill = box(width + 1.4, 0.3, 1.2, (0, low - 0.5, 0.6))
    trim = site.graph.material(
        Material(site.studio.surface(site.rng, "white"), site.palette.trim, roughness=0.4)
    )
    pane = _outside(site)
    site.single(
        "window",
        [
            (on_wall(join(frame(width, high, low), sill, *bars), built, along, side=side), trim),
            (on_wall(_picture(width, high, low, site.rng), built, along, side=side), pane),
        ],
    )
    if site.chance(curtains):
        curtain(site, built, along, width, low + high + 0.8, side=side)


def mirror(site: Site, bright: Range = (0.4, 0.8)) -> Material:
    """A glass that shows blurred surroundings."""
    names = site.studio.backdrops
    shade = site.between(*bright)
    return Material(site.studio.backdrop_layer(site.pick(names)), (shade,) * 3, subsurface=-1.0)


def _picture(width: float, height: float, low: float, rng: np.random.Generator) -> Mesh:
    """A pane 0.1 dm before the wall with a cut-out of an environment map around its horizon."""
    pane = level((-0.5, 0.5), (-0.5, 0.5)).moved(about((1, 0, 0), np.pi / 2))
    u, v = pane.vertices[:, 0] + 0.5, pane.vertices[:, 1] + 0.5
    left, wide = rng.random(), rng.uniform(0.12, 0.22)
    uvs = np.stack([left + wide * u, 0.42 + 0.3 * v], 1)
    vertices = pane.vertices * [width, height, 1] + [0, low + height / 2, 0.1]
    return Mesh(vertices, pane.normals, uvs, pane.faces)


def _outside(site: Site) -> int:
    names = [name for name in site.studio.backdrops if name not in INDOORS]
    layer = site.studio.backdrop_layer(site.pick(names)) if names and site.chance(0.7) else None
    if layer is None:
        layer = site.studio.surface(site.rng, "sky_clear", "sky_cloudy")
    shade = site.between(0.9, 2.2)
    return site.graph.material(Material(layer, (shade, shade, shade), subsurface=-1.0))


def curtain(site: Site, built: Room, along: float, width: float, top: float, *, side: Side = "back") -> None:
    """Two drawn-back halves, or one closed sheet, in folds; with a rod."""
    cloth = site.paint(
        "linen", "herringbone", "flowers", "stripe", "white",
        tint=site.palette.accent if site.chance(0.5) else (0.9, 0.9, 0.88),
        shade=(0.9, 1.3), roughness=(0.85, 1.0), scale=(0.08, 0.16), triplanar=False,
    )  # fmt: skip
    low = site.between(0.2, 1.0) if site.chance(0.8) else site.between(4, 6)
    total = width + site.between(2, 5)
    shares = [(-0.5, -0.5 + site.between(0.15, 0.4)), (0.5 - site.between(0.15, 0.4), 0.5)]
    if site.chance(0.2):
        shares = [(-0.5, 0.5)]
    for first, last in shares:
        folds = _folds(site.rng, total * first, total * last, low, top)
        site.stuff("curtain", on_wall(folds, built, along, side=side), cloth)
    rod = box(total + 1.5, 0.25, 0.25, (0, top + 0.15, 0.9))
    trim = site.paint("white", tint=site.palette.second, triplanar=False)
    site.stuff("curtain", on_wall(rod, built, along, side=side), trim)


def _folds(rng: np.random.Generator, left: float, right: float, low: float, top: float) -> Mesh:
    """A hanging sheet from x = left to right, about 0.8 dm before the wall."""
    count = max(12, int((right - left) * 6))
    x = np.linspace(left, right, count)
    phase = np.cumsum(rng.uniform(0.5, 1.5, count)) * 0.9
    deep = 0.8 + 0.4 * np.sin(phase)
    y = np.linspace(low, top, 6)
    narrow: Array = 1 - 0.06 * np.sin(np.linspace(0, np.pi, 6))
    vertices = np.stack(
        [
            (x[None] - (left + right) / 2) * narrow[:, None] + (left + right) / 2,
            np.broadcast_to(y[:, None], (6, count)),
            np.broadcast_to(deep, (6, count)) * (0.8 + 0.2 * (1 - np.linspace(0, 1, 6)))[:, None],
        ],
        -1,
    )
    slope: Array = np.gradient(deep, x)
    normals = np.stack([-slope, 0 * slope, np.ones(count)], 1)
    normals /= np.linalg.norm(normals, axis=1, keepdims=True)
    i, j = np.meshgrid(np.arange(5), np.arange(count - 1), indexing="ij")
    q = (i * count + j).ravel()
    faces = np.concatenate(
        [np.stack([q, q + 1, q + count], 1), np.stack([q + 1, q + count + 1, q + count], 1)]
    )
    uvs = np.stack([np.broadcast_to(x * 1.4, (6, count)), np.broadcast_to(y[:, None], (6, count))], -1)
    return Mesh(vertices.reshape(-1, 3), np.tile(normals, (6, 1)), uvs.reshape(-1, 2), faces)


def door(site: Site, built: Room, along: float, *, side: Side = "back") -> None:
    """A closed leaf with panels, a frame and a handle."""
    width, height = site.between(8, 10), site.between(19.5, 21.5)
    wooden = site.chance(0.5)
    leaf = site.paint(
        "wood" if wooden else "white",
        tint=(1, 1, 1) if wooden else site.palette.trim,
        roughness=(0.3, 0.6), scale=(0.05, 0.1),
    )  # fmt: skip
    trim = site.paint("white", tint=site.palette.trim, roughness=(0.3, 0.6))
    metal = site.paint("white", tint=(0.45, 0.44, 0.42), roughness=(0.2, 0.4), specular=0.4)
    rows = int(site.rng.integers(0, 4))
    panels = [
        box(width * 0.7, height / rows * 0.72, 0.12, (0, height * (k + 0.5) / rows, 0.38))
        for k in range(rows)
    ]
    handle = box(1.2, 0.2, 0.3, (width / 2 - 1.2, 10.2, 0.75))
    parts = [
        (join(box(width, height, 0.3, (0, height / 2, 0.15)), *panels), leaf),
        (frame(width, height, 0.0, bar=0.7, depth=0.35), trim),
        (handle, metal),
    ]
    site.single("door", [(on_wall(mesh, built, along, side=side), row) for mesh, row in parts])


def picture(site: Site, built: Room, along: float, *, side: Side = "back", high: Range = (13, 17)) -> None:
    """A framed painting or a poster."""
    width, height = site.between(3, 10), site.between(3, 8)
    low = site.between(*high) - height / 2
    canvas = site.graph.material(Material(site.studio.surface(site.rng, *PRINTS), roughness=0.6))
    trim = site.paint("wood", "white", tint=site.palette.second, triplanar=False)
    sheet_of = box(width, height, 0.12, (0, low + height / 2, 0.1))
    middle, size = np.array([0.0, low + height / 2]), np.array([width, height])
    spread = (sheet_of.vertices[:, :2] - middle) / size + 0.5
    shown = Mesh(sheet_of.vertices, sheet_of.normals, spread, sheet_of.faces)
    parts = [(shown, canvas)]
    if site.chance(0.7):
        parts.append((frame(width, height, low, bar=0.3, depth=0.3), trim))
    site.single("painting/poster", [(on_wall(mesh, built, along, side=side), row) for mesh, row in parts])


PRINTS = ("landscape", "landscape", "portrait", "blocks", "art", "flowers")


def rug(site: Site, *, share: float = 0.5) -> None:
    """With probability ``share`` a rug where people act."""
    if site.chance(share):
        cloth = site.paint(
            *(("oriental",) if site.chance(0.5) else ("shag", "linen", "herringbone", "stripe", "plaid")),
            triplanar=False, scale=(1, 1), roughness=(0.9, 1), shade=(0.8, 1.1),
        )  # fmt: skip
        site.put(site.thing("rug"), site.between(-4, 4), site.between(-7, -3), cover=cloth)


def beyond(site: Site) -> None:
    """Something behind where walls end: a plain surface far off, unlabelled."""
    shade = site.between(0.25, 0.6)
    row = site.graph.material(
        Material(site.studio.surface(site.rng, "plaster"), (shade, shade, shade), subsurface=-1.0)
    )
    site.graph.add_mesh(dome(0.5, 0.0), instance=BACKGROUND, material=row)
