"""Shores, and waters that people stand in: there the bed lies deeper than y = 0."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from hrs_ros.synthetic.mesh import Mesh, box, join
from hrs_ros.synthetic.places import land, scenery
from hrs_ros.synthetic.places.backdrop import sky
from hrs_ros.synthetic.places.land import EDGE
from hrs_ros.synthetic.places.place import Place
from hrs_ros.synthetic.places.site import Colour, Site
from hrs_ros.synthetic.rotation import Array

BED = -14.0  # height of the bed below waters to stand in: deeper than legs are long
LOW = -0.8  # surface of waters that are only looked at, below the shore


def _surface(site: Site, tint: Colour = (1.0, 1.0, 1.0)) -> int:
    """Material of water."""
    return site.paint(
        "ripples",
        tint=tint,
        shade=(0.7, 1.2),
        roughness=(0.08, 0.25),
        specular=0.05,
        scale=(0.012, 0.03),
        bump=0.12,
    )


def _far_water(level: float) -> Mesh:
    """An open surface that meets the horizon."""
    return land.sheet(lambda x, z: land.far_rise(x, z) * 0.9 + level, land.spread(), land.spread())


def _shore(line: float, slope: float, *, phase: float) -> Callable[[Array, Array], Array]:
    """Land that sinks below the water behind z = ``line``."""

    def height(x: Array, z: Array) -> Array:
        edge = line + 1.8 * np.sin(x * 0.11 + phase) + 0.9 * np.sin(x * 0.27 + 2 * phase)
        return -slope * np.maximum(edge - z, 0)

    return height


def _opposite(site: Site) -> None:
    """What lies on the other side: an open horizon, hills, mountains or a wooded bank."""
    draw = site.rng.random()
    if draw < 0.3:
        return
    if draw < 0.55:
        scenery.hills(site, "meadow", "rock", top=(9, 20), distance=82)
    elif draw < 0.75:
        scenery.mountains(site, snow=0.3, top=(16, 40))
    else:
        scenery.hills(site, "meadow", top=(6, 10), distance=80)
        scenery.trees(site, 12, near=68, far=76, size=(18, 30), height=lambda x, z: 0 * x + 4)


def seaside(site: Site) -> Place:
    """Sand before the sea."""
    line = site.between(-26, -12)
    height = _shore(line, 0.14, phase=site.between(0, 6))
    beach = land.sheet(height, land.spread(), np.linspace(-70, EDGE, 90))
    ground = site.stuff("beach", beach, site.paint("sand", scale=(0.015, 0.035), shade=(0.8, 1.1)))
    water = _surface(site)
    site.stuff(
        "water",
        land.sheet(lambda x, z: land.far_rise(x, z) * 0.9 + LOW, land.spread(), land.spread()[:25]),
        water,
    )
    # Surf where the sand meets the water.
    white = site.paint("snow", scale=(0.08, 0.15))
    xs = np.linspace(-70, 70, 141)
    for shift, wide in ((site.between(4.5, 6.5), 1.6), (site.between(11, 16), 1.1)):
        z = line - shift + 1.8 * np.sin(xs * 0.11) + site.between(-1, 1) + 0.5 * np.sin(xs * 0.6 + shift)
        thick = wide * (0.5 + 0.5 * np.sin(xs * 0.17 + shift) ** 2)
        site.stuff("water", _ribbon(xs, z, thick, LOW + 0.12), white)
    _opposite(site)
    if site.chance(0.4):
        scenery.stones(site, land.ring_of(3, site.rng, near=16, far=34), (2, 5), height=height)
    scenery.aside(
        site,
        ("beach ball", "swimming ring", "surfboard", "boat", "blanket", "dog", "volleyball"),
        3,
        back=line,
    )
    return _place(site, "seaside", ground, "beach", -4.0 - line)


def _ribbon(x: Array, z: Array, thick: Array, y: float) -> Mesh:
    """A level band along x."""
    count = len(x)
    level = np.full(count, y)
    vertices = np.concatenate([np.stack([x, level, z], 1), np.stack([x, level, z + thick], 1)])
    q = np.arange(count - 1)
    faces = np.concatenate(
        [np.stack([q, q + count, q + 1], 1), np.stack([q + 1, q + count, q + count + 1], 1)]
    )
    return Mesh(
        vertices, np.tile([0.0, 1.0, 0.0], (2 * count, 1)), vertices[:, [0, 2]] * land.UV_PER_DM, faces
    )


def lakeside(site: Site) -> Place:
    """A grassy or stony bank; sometimes a jetty."""
    line = site.between(-24, -13)
    height = _shore(line, 0.25, phase=site.between(0, 6))
    entity, kinds = (("grass", ("meadow", "grass")), ("ground", ("gravel", "soil")))[site.rng.integers(2)]
    bank = land.sheet(height, land.spread(), np.linspace(-60, EDGE, 80))
    ground = site.stuff(entity, bank, site.paint(*kinds, scale=(0.025, 0.06)))
    site.stuff("water", _far_water(LOW), _surface(site, (0.8, 0.9, 0.8)))
    reeds = land.ring_of(int(site.rng.integers(2, 9)), site.rng, near=-line - 4, far=-line + 4, reach=1.3)
    scenery.clumps(site, reeds, 7.0)
    scenery.stones(site, land.ring_of(4, site.rng, near=14, far=30), (1.5, 4), height=height)
    if site.chance(0.5):
        _jetty(site, site.rng.choice([-1, 1]) * site.between(14.5, 22), line)
    _opposite(site)
    scenery.aside(site, ("bench", "boat", "bird", "fishing rod", "bucket", "tent"), 2, back=line + 2)
    return _place(site, "lakeside", ground, entity, -4.0 - line)


def _jetty(site: Site, x: float, line: float) -> None:
    """Planks on posts out over the water."""
    wood = site.paint("wood", scale=(0.04, 0.08), shade=(0.6, 0.9))
    length = site.between(18, 34)
    planks = [box(9, 0.3, 1.5, (x, 0.35, z)) for z in np.arange(line - length, line + 6, 1.6)]
    posts = [
        box(0.8, 6, 0.8, (x + s * 4.6, 0.6, z))
        for s in (-1, 1)
        for z in np.arange(line - length, line + 4, 7.5)
    ]
    site.stuff("bridge", join(*planks, *posts), wood)


def poolside(site: Site) -> Place:
    """A paved terrace before a swimming pool."""
    edge, far = site.between(-16, -11), site.between(-46, -34)
    deck = site.paint(
        "tile", "paving", "concrete", desaturation=0.8, scale=(0.04, 0.07), tint=site.palette.floor
    )
    ground = site.stuff("ground", _frame_of(edge, far), deck)
    site.stuff("water", land.level((-EDGE, EDGE), (far, edge), LOW - 0.8), _surface(site, (0.8, 1.25, 1.3)))
    _rim(site, edge, far)
    _around_pool(site, far)
    scenery.aside(
        site, ("pot plant", "swimming ring", "chair", "beach ball", "towel", "umbrella"), 3, back=edge + 1
    )
    return _place(site, "poolside", ground, "ground", -4.0 - edge)


def _frame_of(edge: float, far: float) -> Mesh:
    """The terrace before and behind a pool."""
    return join(land.level((-EDGE, EDGE), (edge, EDGE)), land.level((-EDGE, EDGE), (-EDGE, far)))


def _rim(site: Site, edge: float, far: float) -> None:
    """Edges of the pool, which belong to the ground."""
    stone = site.paint("white", "marble", "concrete", scale=(0.05, 0.1), desaturation=1.0)
    bars = [box(2 * EDGE, 2.4, 1.0, (0, -1.15, z)) for z in (edge + 0.2, far - 0.2)]
    site.stuff("ground", join(*bars), stone)


def _around_pool(site: Site, far: float) -> None:
    """A hedge, trees or a wall behind."""
    if site.chance(0.4):
        paint = site.paint(
            "plaster", "concrete", "tile", tint=site.palette.wall, scale=(0.03, 0.06), desaturation=0.9
        )
        site.stuff("wall", box(2 * EDGE, 26, 1, (0, 13, far - 12)), paint)
    else:
        scenery.bushes(site, 9, near=-far + 8, far=-far + 22)
    scenery.trees(site, 7, near=max(-far + 14, 52), far=74, size=(30, 48))


def sea(site: Site) -> Place:
    """In the sea, off a beach."""
    bed = land.level((-EDGE, EDGE), (-EDGE, EDGE), BED)
    ground = site.stuff("beach", bed, site.paint("sand", scale=(0.015, 0.03)))
    water = site.stuff("water", _far_water(0.0), _surface(site))
    _opposite(site)
    if site.chance(0.3):
        scenery.stones(site, land.ring_of(2, site.rng, near=24, far=40), (4, 9))
    return _wet(site, "sea", ground, "beach", water)


def lake(site: Site) -> Place:
    """In a lake with a near bank at one side."""
    bed = land.level((-EDGE, EDGE), (-EDGE, EDGE), BED)
    ground = site.stuff("ground", bed, site.paint("gravel", "soil", scale=(0.02, 0.04)))
    water = site.stuff("water", _far_water(0.0), _surface(site, (0.75, 0.9, 0.8)))
    back = site.between(26, 40)

    def bank(x: Array, z: Array) -> Array:
        away = np.hypot(x, np.minimum(z + 4, 0))
        return (away - back) * 0.25 + 0.6 * np.sin(x * 0.2)

    meadow = site.paint("meadow", "grass", scale=(0.03, 0.06))
    site.stuff("grass", land.sheet(bank, land.spread(), np.linspace(-EDGE, -4, 40)), meadow)
    scenery.clumps(site, land.ring_of(20, site.rng, near=back - 6, far=back), 8.0)
    scenery.trees(site, 9, near=back + 10, far=68, height=bank)
    scenery.stones(site, land.ring_of(4, site.rng, near=back - 4, far=back + 4), (2, 5))
    return _wet(site, "lake", ground, "ground", water)


def pool(site: Site) -> Place:
    """In a swimming pool."""
    far = site.between(-34, -18)
    tiles = site.paint("tile", desaturation=0.8, scale=(0.05, 0.08), tint=(0.3, 0.6, 0.65))
    bed = land.level((-EDGE, EDGE), (far, EDGE), BED)
    ground = site.stuff("ground", bed, tiles)
    water = site.stuff("water", land.level((-EDGE, EDGE), (far, EDGE)), _surface(site, (0.8, 1.3, 1.35)))
    deck = site.paint(
        "tile", "paving", "concrete", desaturation=0.8, scale=(0.04, 0.07), tint=site.palette.floor
    )
    site.stuff("ground", box(2 * EDGE, 16, EDGE, (0, 1.4 - 8, far - EDGE / 2)), deck)
    rim = site.paint("white", "concrete", scale=(0.05, 0.1))
    site.stuff("ground", box(2 * EDGE, 0.5, 2.4, (0, 1.5, far - 0.9)), rim)
    _around_pool(site, far)
    return _wet(site, "pool", ground, "ground", water)


def _place(site: Site, name: str, ground: int, entity: str, depth: float) -> Place:
    return Place(
        name,
        outdoors=True,
        ground=ground,
        ground_entity=entity,
        depth=depth,
        things=site.things,
        lighting=sky(site),
    )


def _wet(site: Site, name: str, ground: int, entity: str, water: int) -> Place:
    return Place(
        name,
        outdoors=True,
        ground=ground,
        ground_entity=entity,
        depth=12.0,
        water=water,
        things=site.things,
        lighting=sky(site),
        solid=False,
    )


PLACES: dict[str, Callable[[Site], Place]] = {
    "seaside": seaside, "lakeside": lakeside, "poolside": poolside, "sea": sea, "lake": lake, "pool": pool,
}  # fmt: skip
