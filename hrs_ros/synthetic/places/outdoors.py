"""Open country and towns."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from hrs_ros.synthetic.mesh import box, join
from hrs_ros.synthetic.places import land, masonry, scenery
from hrs_ros.synthetic.places.backdrop import sky
from hrs_ros.synthetic.places.land import EDGE
from hrs_ros.synthetic.places.place import Place
from hrs_ros.synthetic.places.plants import hedge
from hrs_ros.synthetic.places.site import Site
from hrs_ros.synthetic.rotation import Array


def _place(site: Site, name: str, ground: int, entity: str, depth: float) -> Place:
    """What is left to do for any place under the sky."""
    return Place(
        name,
        outdoors=True,
        ground=ground,
        ground_entity=entity,
        depth=depth,
        things=site.things,
        lighting=sky(site),
    )


def park(site: Site) -> Place:
    ground = site.stuff("grass", land.land(), site.paint("meadow", "grass", "turf", scale=(0.03, 0.07)))
    if site.chance(0.5):
        z = site.between(-22, -15)
        way = land.sheet(lambda x, _: land.far_rise(x, 0 * x) + masonry.MARK, land.spread(), [z - 5, z + 2])
        site.stuff("road", way, site.paint("gravel", "paving", "asphalt", "sand", scale=(0.03, 0.06)))
    scenery.trees(site, int(site.rng.integers(6, 13)), near=26, far=70)
    scenery.bushes(site, int(site.rng.integers(3, 9)), near=24, far=55)
    if site.chance(0.6):
        scenery.grass(site, 260)
    scenery.aside(site, ("bench", "bench", "statue", "dog", "bird", "bicycle", "pram", "street light"), 3)
    scenery.hills(site, "meadow", "grass")
    return _place(site, "park", ground, "grass", 16.0)


def forest(site: Site) -> Place:
    ground = site.stuff("ground", land.land(), site.paint("soil", "soil", "gravel", scale=(0.03, 0.06)))
    fir = site.rng.choice([0.0, 0.3, 0.9])
    scenery.trees(site, 16, near=22, far=50, fir=fir, size=(45, 70))
    scenery.trees(site, 12, near=52, far=74, fir=fir, size=(40, 60))
    scenery.bushes(site, 9, near=22, far=45)
    scenery.grass(site, 200, entity="vegetation")
    scenery.stones(site, land.ring_of(int(site.rng.integers(0, 4)), site.rng, near=18, far=34), (2, 5))
    scenery.hills(site, "meadow", top=(14, 26), distance=80)
    return _place(site, "forest", ground, "ground", 14.0)


def mountain_meadow(site: Site) -> Place:
    ground = site.stuff("grass", land.land(), site.paint("meadow", "meadow", "grass", scale=(0.025, 0.05)))
    scenery.mountains(site, snow=0.5)
    scenery.stones(site, land.ring_of(int(site.rng.integers(3, 8)), site.rng, near=18, far=48), (2, 7))
    scenery.bushes(site, int(site.rng.integers(2, 6)), near=26, far=55)
    scenery.grass(site, 300)
    if site.chance(0.6):
        scenery.trees(site, 5, near=36, far=62, fir=0.8, size=(25, 45))
    scenery.aside(site, ("farm animal", "horse", "dog", "tent"), 1)
    return _place(site, "mountain meadow", ground, "grass", 14.0)


def snow_slope(site: Site) -> Place:
    ground = site.stuff("snow", land.land(), site.paint("snow", scale=(0.015, 0.03), shade=(0.85, 1.0)))
    scenery.mountains(site, snow=0.9)
    scenery.trees(site, int(site.rng.integers(5, 11)), near=26, far=66, fir=0.9, size=(28, 55), snow=True)
    if site.chance(0.4):
        scenery.stones(site, land.ring_of(3, site.rng, near=20, far=42), (2, 5))
    if site.chance(0.3):
        scenery.fence(site, site.between(-30, -18))
    scenery.aside(site, ("sled", "skis", "dog"), 1)
    return _place(site, "snow slope", ground, "snow", 16.0)


def _town(site: Site, z: float, *, near: bool = False, height: tuple[float, float] = (48, 78)) -> None:
    """A row of house fronts along x."""
    x = -EDGE + site.between(-20, 0)
    while x < EDGE:
        width = site.between(26, 50)
        masonry.front(site, (x, x + width), z, site.between(*height), near=near and abs(x + width / 2) < 45)
        x += width + (0.0 if site.chance(0.75) else site.between(3, 9))


def street(site: Site) -> Place:
    """A sidewalk before a road, with houses on its other side."""
    kerb, far = site.between(-17, -12.5), site.between(-50, -42)
    ground = site.stuff(
        "sidewalk",
        land.level((-EDGE, EDGE), (kerb, EDGE)),
        site.paint("paving", "paving", "concrete", scale=(0.025, 0.05)),
    )
    site.stuff(
        "road", land.level((-EDGE, EDGE), (far, kerb), -1.2), site.paint("asphalt", scale=(0.012, 0.025))
    )
    white = site.paint("white", tint=(0.75, 0.75, 0.72))
    middle = (kerb + far) / 2
    dashes = [
        land.level((x, x + 8), (middle, middle + 0.8), -1.2 + masonry.MARK) for x in np.arange(-78, 78, 16.0)
    ]
    site.stuff("road", join(*dashes), white)
    stone = site.paint("concrete", "marble", scale=(0.05, 0.1), desaturation=1.0, shade=(0.4, 0.6))
    site.stuff("sidewalk", box(2 * EDGE, 1.25, 1.2, (0, -0.61, kerb)), stone)
    site.stuff("sidewalk", box(2 * EDGE, 1.25, 14, (0, -0.61, far - 6)), stone)
    _town(site, far - 8)
    for x in (-30.0, 12.0, 45.0):
        if site.chance(0.45):
            model, side = site.thing("car"), site.rng.choice([-1, 1])
            lane = middle + side * (kerb - far) * 0.25
            site.put(model, x + site.between(-8, 8), lane, y=-1.2, yaw=side * np.pi / 2)
    if site.chance(0.35):
        site.put(site.thing("guardrail"), site.between(-6, 6), kerb + 1.5)
    for x in (-24.0, 20.0):
        if site.chance(0.4):
            site.put(site.thing("street light"), x + site.between(-4, 4), kerb + 2, yaw=np.pi / 2)
    if site.chance(0.4):
        scenery.trees(site, 3, near=38, far=50, fir=0.0, size=(35, 50), height=lambda x, z: 0 * x)
    scenery.aside(site, ("bicycle", "traffic cone", "bench", "motorcycle", "notice board"), 2, back=kerb + 4)
    return _place(site, "street", ground, "sidewalk", -4.0 - kerb)


def pavement(site: Site) -> Place:
    """Close before house fronts with doors and shop windows."""
    z = site.between(-22, -15)
    ground = site.stuff(
        "sidewalk",
        land.level((-EDGE, EDGE), (z, EDGE)),
        site.paint("paving", "concrete", "paving", scale=(0.025, 0.05)),
    )
    _town(site, z, near=True)
    scenery.aside(
        site,
        ("bicycle", "bench", "pot plant", "notice board", "motorcycle", "barrel", "street light"),
        3,
        back=z + 4,
    )
    return _place(site, "pavement", ground, "sidewalk", -4.0 - z)


def market(site: Site) -> Place:
    """Stalls on a square."""
    ground = site.stuff(
        "ground",
        land.level((-EDGE, EDGE), (-EDGE, EDGE)),
        site.paint("paving", "asphalt", scale=(0.025, 0.05)),
    )
    _town(site, -60)
    for x in (-32.0, 0.0, 32.0):
        model = site.thing("market stall")
        site.put(model, x + site.between(-3, 3), -11 + model.bounds[0][2] - site.between(0, 6))
    scenery.aside(site, ("barrel", "crate", "basket", "hand cart", "bicycle", "bucket"), 4, back=-10)
    return _place(site, "market", ground, "ground", 9.0)


def courtyard(site: Site) -> Place:
    """A walled yard with steps and pillars."""
    ground = site.stuff(
        "ground",
        land.level((-EDGE, EDGE), (-EDGE, EDGE)),
        site.paint("paving", "gravel", "concrete", "soil", scale=(0.025, 0.05)),
    )
    back, high = site.between(-36, -24), site.between(26, 60)
    paint = site.paint("brick", "plaster", "paving", "concrete", scale=(0.025, 0.05), tint=site.palette.wall)
    site.stuff("wall", box(2 * EDGE, high, 2, (0, high / 2, back - 1)), paint)
    site.stuff("wall", box(2 * EDGE, 0.8, 3, (0, high, back - 1)), paint)
    masonry.openings(site, (-40, 40), back, high, near=True)
    if site.chance(0.7):
        masonry.stairs(site, "steps", x=site.between(-12, 12), back=back, width=site.between(16, 30))
    if site.chance(0.5):
        masonry.pillars(site, z=back + site.between(5, 9), height=high)
    scenery.aside(
        site, ("pot plant", "bench", "barrel", "bicycle", "statue", "table", "chair"), 3, back=back + 12
    )
    if high < 40:
        scenery.trees(site, 6, near=45, far=70)
    return _place(site, "courtyard", ground, "ground", -8.0 - back)


def garden(site: Site) -> Place:
    """A lawn between a hedge or a fence and a house."""
    ground = site.stuff("grass", land.land(), site.paint("turf", "grass", "meadow", scale=(0.03, 0.06)))
    z = site.between(-26, -18)
    if site.chance(0.5):
        leaves = scenery.leafage(site, "leaves")
        for x in (-45.0, 0.0, 45.0):
            mesh = hedge(site.rng, 46, site.between(10, 18), 5).moved(translation=(x, 0, z))
            site.stuff("vegetation", mesh, leaves)
    else:
        scenery.fence(site, z)
    _town(site, -58, height=(35, 60))
    scenery.trees(site, 5, near=32, far=56)
    scenery.bushes(site, 4, near=20, far=30)
    scenery.aside(
        site, ("table", "chair", "pot plant", "bench", "swing", "bucket", "dog", "cat"), 3, back=z + 3
    )
    return _place(site, "garden", ground, "grass", -8.0 - z)


def playground(site: Site) -> Place:
    ground = site.stuff("ground", land.land(), site.paint("sand", "tartan", "gravel", scale=(0.025, 0.05)))
    scenery.aside(site, ("swing", "slide", "seesaw", "swing", "slide", "bench"), 4, back=-38)
    scenery.trees(site, 8, near=44, far=70)
    scenery.fence(site, -44)
    scenery.hills(site, "meadow", "grass")
    return _place(site, "playground", ground, "ground", 9.0)


def sports_field(site: Site) -> Place:
    """A pitch with lines and a goal."""
    ground = site.stuff(
        "field", land.level((-EDGE, EDGE), (-EDGE, EDGE)), site.paint("turf", scale=(0.012, 0.03))
    )
    white = site.paint("white", shade=(0.8, 0.9))
    line = site.between(-40, -30)
    marks = [masonry.strip((-EDGE, EDGE), (line, line + 0.9)), masonry.strip((-46, 46), (-16, -15.1))]
    marks += [masonry.strip((x, x + 0.9), (line, -15.1)) for x in (-46.0, 45.1)]
    marks.append(masonry.ring(site.between(-6, 6), -4, site.between(16, 24), 0.9))
    site.stuff("field", join(*marks), white)
    if site.chance(0.7):
        site.put(site.thing("goal net"), site.between(-10, 10), line)
    _around_pitch(site)
    scenery.aside(site, ("football", "traffic cone", "bench"), 2, back=-14)
    return _place(site, "sports field", ground, "field", 16.0)


def _around_pitch(site: Site) -> None:
    """Banks, trees or stands behind a pitch or a track."""
    if site.chance(0.5):
        concrete = site.paint("concrete", scale=(0.02, 0.04))
        stand = masonry.steps_mesh(2 * EDGE, 7, 2.6, 3.4).moved(translation=(0, 0, -52))
        site.stuff("steps", stand, concrete)
    else:
        scenery.fence(site, -54)
    scenery.trees(site, 9, near=60, far=76, size=(30, 50), height=lambda x, z: 0 * x)


def running_track(site: Site) -> Place:
    """Lanes that run along x."""
    ground = site.stuff(
        "track",
        land.level((-EDGE, EDGE), (-22, EDGE)),
        site.paint("tartan", "tartan", "asphalt", scale=(0.02, 0.04)),
    )
    white = site.paint("white", shade=(0.8, 0.9))
    lanes = [masonry.strip((-EDGE, EDGE), (z, z + 0.5)) for z in np.arange(-21.0, 60, site.between(9, 12))]
    site.stuff("track", join(*lanes), white)
    site.stuff(
        "grass",
        land.level((-EDGE, EDGE), (-EDGE, -22)),
        site.paint("turf", "grass", scale=(0.015, 0.03)),
    )
    _around_pitch(site)
    scenery.aside(site, ("bench", "traffic cone", "bicycle"), 2, back=-16)
    return _place(site, "running track", ground, "track", 14.0)


def road(site: Site) -> Place:
    """A country road."""
    ground = site.stuff(
        "road", land.level((-EDGE, EDGE), (-15, 14)), site.paint("asphalt", scale=(0.012, 0.025))
    )
    green = site.paint("meadow", "grass", scale=(0.025, 0.05))

    def bank(x: Array, z: Array) -> Array:
        return land.far_rise(x, z) + masonry.MARK

    behind = land.sheet(bank, land.spread(), np.linspace(-EDGE, -15, 20))
    site.stuff("grass", behind, green)
    site.stuff("grass", land.level((-EDGE, EDGE), (14, EDGE)), green)
    white = site.paint("white", tint=(0.75, 0.75, 0.72))
    dashes = [masonry.strip((x, x + 9), (-1.4, -0.6)) for x in np.arange(-80, 80, 18.0)]
    site.stuff("road", join(*dashes, masonry.strip((-EDGE, EDGE), (-14.2, -13.5))), white)
    if site.chance(0.5):
        site.put(site.thing("guardrail"), site.between(-8, 8), -16.5)
    scenery.trees(site, 7, near=30, far=66, fir=0.4)
    scenery.bushes(site, 5, near=24, far=50)
    if site.chance(0.5):
        scenery.mountains(site, snow=0.4)
    else:
        scenery.hills(site, "meadow", "grass")
    scenery.aside(site, ("motorcycle", "bicycle", "car", "traffic cone"), 2, back=-12)
    return _place(site, "road", ground, "road", 11.0)


PLACES: dict[str, Callable[[Site], Place]] = {
    "park": park, "forest": forest, "mountain meadow": mountain_meadow, "snow slope": snow_slope,
    "street": street, "pavement": pavement, "market": market, "courtyard": courtyard, "garden": garden,
    "playground": playground, "sports field": sports_field, "running track": running_track, "road": road,
}  # fmt: skip
