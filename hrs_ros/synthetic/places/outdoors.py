"""Open country and towns."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from hrs_ros.synthetic.mesh import box
from hrs_ros.synthetic.places import land, plants
from hrs_ros.synthetic.places.backdrop import sky
from hrs_ros.synthetic.places.place import Place
from hrs_ros.synthetic.places.site import Site


def _trees(site: Site, count: int, *, near: float, far: float, fir: float = 0.2) -> None:
    """Trees on an arc behind and beside people; all are one instance."""
    looks = [
        (
            site.paint("bark", triplanar=False, scale=(1, 1)),
            site.paint("leaves", triplanar=False, scale=(1, 1), alpha_cut=True, shade=(0.7, 1.3)),
        )
        for _ in range(2)
    ]
    needles = site.paint("needles", triplanar=False, scale=(1, 1), alpha_cut=True, shade=(0.7, 1.2))
    for x, z in land.ring_of(count, site.rng, near=near, far=far):
        y = float(land.far_rise(np.array(x), np.array(z)))
        if site.chance(fir):
            wood, green = plants.conifer(site.rng, site.between(35, 60))
            bark, leaf = looks[0][0], needles
        else:
            wood, green = plants.broadleaf(site.rng, site.between(30, 55))
            bark, leaf = looks[site.rng.integers(2)]
        site.stuff("tree", wood.moved(translation=(x, y, z)), bark)
        site.stuff("tree", green.moved(translation=(x, y, z)), leaf)


def park(site: Site) -> Place:
    ground = site.stuff("grass", land.land(), site.paint("meadow", "grass", "meadow", scale=(0.04, 0.08)))
    _trees(site, int(site.rng.integers(7, 14)), near=24, far=70)
    bushes = site.paint("leaves", triplanar=False, scale=(1, 1), alpha_cut=True)
    for x, z in land.ring_of(9, site.rng, near=20, far=50):
        y = float(land.far_rise(np.array(x), np.array(z)))
        mesh = plants.bush(site.rng, site.between(6, 14), site.between(4, 10))
        site.stuff("vegetation", mesh.moved(translation=(x, y, z)), bushes)
    hills = site.paint("meadow", "grass", scale=(0.02, 0.03), tint=(0.7, 0.85, 0.9))
    site.stuff("mountain", land.ridge(site.rng, distance=80, height=(8, 20), rough=0.1), hills)
    return Place("park", True, ground, "grass", 16.0, things=site.things, lighting=sky(site))


def street(site: Site) -> Place:
    ground = site.stuff(
        "sidewalk",
        land.sheet(lambda x, z: 0 * x, [-land.EDGE, land.EDGE], [-14, land.EDGE]),
        site.paint("paving", "paving", "concrete", scale=(0.03, 0.06)),
    )
    site.stuff(
        "road",
        land.sheet(lambda x, z: 0 * x - 1.2, [-land.EDGE, land.EDGE], [-46, -14]),
        site.paint("asphalt", scale=(0.02, 0.04)),
    )
    kerb = site.paint("concrete", "marble", scale=(0.05, 0.1))
    site.stuff("sidewalk", box(2 * land.EDGE, 1.3, 1.2, (0, -0.64, -14)), kerb)
    site.stuff("sidewalk", box(2 * land.EDGE, 1.3, 12, (0, -0.64, -52)), kerb)
    x = -land.EDGE
    while x < land.EDGE:
        width, height = site.between(18, 34), site.between(45, 75)
        front = site.paint("facade", triplanar=True, scale=(0.03, 0.045))
        site.stuff("building", box(width, height, 14, (x + width / 2, height / 2 - 1, -65)), front)
        x += width + (0 if site.chance(0.8) else site.between(2, 6))
    return Place("street", True, ground, "sidewalk", 9.0, things=site.things, lighting=sky(site))


PLACES: dict[str, Callable[[Site], Place]] = {"park": park, "street": street}
