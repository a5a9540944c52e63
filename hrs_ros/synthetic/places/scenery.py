"""Groups of what grows and stands outdoors."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from hrs_ros.synthetic.mesh import Mesh, box, join
from hrs_ros.synthetic.places import land, plants
from hrs_ros.synthetic.places.land import Height
from hrs_ros.synthetic.places.site import Range, Site
from hrs_ros.synthetic.rotation import UP, Array, about

FREE_X, FREE_Z = 9.0, (-10.0, 2.0)  # ground that stays free: |x| < FREE_X and z in FREE_Z
HAZE = (0.62, 0.72, 0.85)  # far land is bluish


def height_at(height: Height, x: float, z: float) -> float:
    return float(height(np.array(x), np.array(z)))


def leafage(site: Site, *kinds: str) -> int:
    """Material of cards with leaves."""
    return site.paint(
        *kinds, triplanar=False, scale=(1, 1), alpha_cut=True, shade=(0.7, 1.25), roughness=(0.7, 0.95)
    )


def trees(
    site: Site,
    count: int,
    *,
    near: float,
    far: float,
    fir: float = 0.2,
    height: Height = land.far_rise,
    size: Range = (32, 58),
    snow: bool = False,
) -> None:
    """Trees on an arc behind and beside people; all are one instance."""
    bark = [site.paint("bark", triplanar=False, scale=(1, 1)) for _ in range(2)]
    leaf = [leafage(site, "leaves") for _ in range(2)]
    needles = leafage(site, "needles")
    white = site.paint("snow", scale=(0.05, 0.1)) if snow else None
    for x, z in land.ring_of(count, site.rng, near=near, far=far):
        at = (x, height_at(height, x, z), z)
        turn = about(UP, site.between(0, 6.3))
        which = int(site.rng.integers(2))
        if site.chance(fir):
            # Boughs of firs reach the ground: they keep off where people act.
            tall = min(site.between(*size), (np.hypot(x, z + 4) - 13) / plants.BOUGHS)
            wood, green = plants.conifer(site.rng, tall)
            leaves = needles
        else:
            wood, green = plants.broadleaf(site.rng, site.between(*size))
            leaves = leaf[which]
        site.stuff("tree", wood.moved(turn, at), bark[which])
        site.stuff("tree", green.moved(turn, at), leaves)
        if white is not None:
            site.stuff("tree", snow_load(green).moved(turn, at), white)


def snow_load(green: Mesh) -> Mesh:
    """Smaller cards a little above every other one: snow that lies on branches."""
    corners = green.vertices.reshape(-1, 4, 3)[::2]
    middle = corners.mean(1, keepdims=True)
    vertices = (middle + (corners - middle) * [0.62, 0.5, 0.62] + [0, 0.35, 0]).reshape(-1, 3)
    count = len(corners)
    faces = (plants.QUAD[None] + 4 * np.arange(count)[:, None, None]).reshape(-1, 3)
    return Mesh(vertices, np.tile(UP, (len(vertices), 1)), np.zeros((len(vertices), 2)), faces)


def bushes(site: Site, count: int, *, near: float, far: float, height: Height = land.far_rise) -> None:
    """Vegetation on an arc."""
    looks = [leafage(site, "leaves", "leaves", "blades") for _ in range(2)]
    for k, (x, z) in enumerate(land.ring_of(count, site.rng, near=near, far=far)):
        mesh = plants.bush(site.rng, site.between(6, 15), site.between(4, 11))
        site.stuff("vegetation", mesh.moved(translation=(x, height_at(height, x, z), z)), looks[k % 2])


def grass(
    site: Site, count: int, *, size: float = 1.6, height: Height = land.far_rise, entity: str = "grass"
) -> None:
    """Tufts over the ground, few where people act."""
    places = site.rng.uniform([-38, -44], [38, 6], (count, 2))
    acted = (np.abs(places[:, 0]) < 12) & (places[:, 1] > -12)
    places = places[~acted | (site.rng.random(count) < 0.12)]
    mesh = plants.tufts(site.rng, places, size)
    lift = height(mesh.vertices[:, 0], mesh.vertices[:, 2])
    vertices = mesh.vertices + np.stack([0 * lift, lift, 0 * lift], 1)
    site.stuff(entity, Mesh(vertices, mesh.normals, mesh.uvs, mesh.faces), leafage(site, "blades"))


def stones(site: Site, places: Array, size: Range, *, height: Height = land.far_rise) -> None:
    """Boulders at places (N, 2); all are one instance."""
    paint = site.paint("rock", scale=(0.06, 0.12), bump=0.25)
    for x, z in places:
        mesh = land.boulder(site.rng, site.between(*size), flat=site.between(0.5, 0.9))
        site.stuff(
            "stone", mesh.moved(about(UP, site.between(0, 6.3)), (x, height_at(height, x, z), z)), paint
        )


def hills(site: Site, *kinds: str, top: Range = (8, 22), distance: float = 79, rough: float = 0.1) -> int:
    """Far, round hills."""
    paint = site.paint(*kinds, scale=(0.015, 0.03), tint=HAZE, shade=(0.8, 1.1))
    return site.stuff("mountain", land.ridge(site.rng, distance=distance, height=top, rough=rough), paint)


def mountains(site: Site, *, snow: float, top: Range = (22, 52)) -> int:
    """Two jagged ranges, one before the other; ``snow`` = share of places where the far one is white."""
    far = site.paint(
        "snow" if site.chance(snow) else "rock", scale=(0.015, 0.025), tint=HAZE, shade=(0.9, 1.1)
    )
    site.stuff("mountain", land.ridge(site.rng, distance=82, height=top, rough=1.0), far)
    near = site.paint("rock", "rock", "meadow", scale=(0.015, 0.03), tint=(0.75, 0.8, 0.85))
    lower = (top[0] * 0.3, top[1] * 0.55)
    return site.stuff("mountain", land.ridge(site.rng, distance=74, height=lower, rough=0.7), near)


def aside(site: Site, kinds: Sequence[str], count: int, *, back: float = -22.0) -> None:
    """Up to ``count`` things left, right of and behind the free ground, apart from each other."""
    taken: list[tuple[float, float, float]] = []
    for _ in range(count):
        model = site.thing(site.pick(kinds))
        radius = model.footprint
        for _ in range(12):
            x, z = site.between(-30, 30), site.between(back, 0)
            outside = abs(x) > FREE_X + radius or z < FREE_Z[0] - radius
            # Nothing stands between people and cameras that look in from the side.
            open_view = z + radius < -4 + (abs(x) - FREE_X) * 0.9
            if outside and open_view and all(np.hypot(x - a, z - b) > radius + r for a, b, r in taken):
                taken.append((x, z, radius))
                site.put(model, x, z, yaw=site.between(-0.9, 0.9))
                break


def fence(site: Site, z: float, entity: str = "guardrail") -> None:
    """Posts and rails along x."""
    paint = site.paint("wood", "white", tint=site.palette.trim, scale=(0.05, 0.1), roughness=(0.4, 0.8))
    low, count = site.between(8, 12), int(site.rng.integers(2, 4))
    posts = [box(0.5, low, 0.5, (float(x), low / 2, z)) for x in np.arange(-66, 66, 11)]
    rails = [box(132, 0.6, 0.25, (0, low * (k + 0.7) / count, z)) for k in range(count)]
    site.stuff(entity, join(*posts, *rails), paint)


def clumps(site: Site, places: Array, size: float) -> None:
    """Reeds around places (N, 2), a dozen tufts each."""
    spots = np.repeat(places, 12, axis=0) + site.rng.normal(0, 2.2, (12 * len(places), 2))
    mesh = plants.tufts(site.rng, spots, size).moved(translation=(0, -1, 0))
    site.stuff("vegetation", mesh, leafage(site, "blades"))
