"""Rooms."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from hrs_ros.synthetic.mesh import box
from hrs_ros.synthetic.places import masonry, shell
from hrs_ros.synthetic.places.furnishing import along_sides, beside, line_up, shuffled
from hrs_ros.synthetic.places.place import Place
from hrs_ros.synthetic.places.site import Site

DISHES = ("plate", "bowl", "cup", "glass", "bottle", "teapot", "apple", "banana", "cake")
DESK = ("laptop", "book", "document", "pen", "cup", "phone", "name plate")
TRINKETS = ("vase", "book", "table lamp", "bouquet", "remote control", "cup")


def _place(site: Site, name: str, built: shell.Room) -> Place:
    """What is left to do for any room."""
    shell.beyond(site)
    return Place(
        name,
        outdoors=False,
        ground=built.floor,
        ground_entity="floor",
        depth=-4.0 - built.back,
        things=site.things,
        lighting=shell.room_lighting(site, built),
    )


def _openings(
    site: Site, built: shell.Room, *, windows: float = 0.4, doors: float = 0.15, art: float = 0.3
) -> None:
    """Windows, a door and pictures, side by side on the back wall, by their probabilities."""
    door = False
    for x in (-25.0, -8.5, 8.5, 25.0):
        x += site.between(-1.5, 1.5)
        draw = site.rng.random()
        if draw < windows:
            shell.window(site, built, x)
        elif draw < windows + doors and not door:
            shell.door(site, built, x)
            door = True
        elif draw < windows + doors + art:
            shell.picture(site, built, x)


def living_room(site: Site) -> Place:
    built = shell.room(site, back=(-26, -19))
    _openings(site, built)
    shell.rug(site, share=0.6)
    row = line_up(
        site, built, shuffled(site, "sofa", "book shelf", "cabinet", "floor lamp", "pot plant", "chair")
    )
    for thing in row:
        if thing.model.entity == "cabinet":
            site.lay(thing, TRINKETS, 3)
        elif thing.model.entity == "sofa" and site.chance(0.5):
            point = thing.to_world(thing.model.seats[0].point)
            site.put(site.thing("cushion"), point[0], point[2], y=point[1], yaw=site.between(-0.5, 0.5))
    along_sides(site, built, shuffled(site, "book shelf", "radiator", "sofa", "cabinet"))
    if site.chance(0.6):
        beside(site, site.thing(site.pick(("floor lamp", "pot plant", "chair", "coffee table"))))
    return _place(site, "living room", built)


def kitchen(site: Site) -> Place:
    built = shell.room(
        site,
        back=(-22, -17),
        floors=("tile", "tile", "parquet", "wood", "marble"),
        walls=("tile", "plaster", "white"),
    )
    _openings(site, built, windows=0.5, art=0.1)
    order = ["cabinet", "sink", "cabinet", "refrigerator", "cabinet"][site.rng.integers(2) :]
    row = line_up(site, built, order, gap=(0.0, 0.4), reach=(site.between(-26, -16), 26))
    for thing in row:
        if thing.model.entity == "cabinet":
            site.lay(thing, ("toaster", "blender", "pot", "jug", "bottle", "bowl"), 2)
    # Cupboards on the wall above.
    front = site.paint("wood", "white", tint=site.palette.trim, roughness=(0.3, 0.6))
    for x in np.arange(-22, 22, 8) + site.between(0, 4):
        if site.chance(0.45):
            cupboard = box(7.6, 6.5, 3.4, (x, 18.5, built.back + 1.75))
            site.single(
                "cabinet", [(cupboard, front), (box(0.15, 1.4, 0.3, (x + 3, 16.5, built.back + 3.6)), front)]
            )
    along_sides(site, built, shuffled(site, "refrigerator", "cabinet", "book shelf"))
    if site.chance(0.5):
        island = beside(site, site.thing("kitchen island"), yaw=np.pi / 2)
        site.lay(island, DISHES, 4)
    return _place(site, "kitchen", built)


def dining_room(site: Site) -> Place:
    """Tables with chairs around: a dining room, a café, a canteen."""
    built = shell.room(site, back=(-30, -22))
    _openings(site, built)
    seat = None
    for x in (-16.0, 0.0, 16.0):
        if site.chance(0.25):
            continue
        model = site.thing("table")
        near, far = -10.5 - model.footprint, built.back + 1 + model.footprint
        table = site.put(model, x + site.between(-2, 2), near + (min(far, near) - near) * site.between(0, 1))
        site.lay(table, DISHES, 5)
        for side in (-1, 1):
            chair = site.thing("chair")
            at = table.translation + np.array([side * (model.bounds[1][0] + 1.2), 0, 0])
            seat = site.put(chair, at[0], at[2], yaw=-side * np.pi / 2 + site.between(-0.4, 0.4), like=seat)
    along_sides(site, built, shuffled(site, "cabinet", "pot plant", "book shelf"))
    return _place(site, "dining room", built)


def office(site: Site) -> Place:
    built = shell.room(
        site,
        back=(-26, -19),
        floors=("carpet", "carpet", "concrete", "parquet"),
        walls=("plaster", "white", "white"),
    )
    _openings(site, built, windows=0.5)
    row = line_up(
        site, built, shuffled(site, "table", "book shelf", "cabinet", "table", "pot plant"), gap=(1, 6)
    )
    for thing in row:
        if thing.model.entity != "table":
            continue
        x, _, z = thing.translation
        y = thing.model.rests[0].centre[1]
        if site.chance(0.6):
            site.put(site.thing(site.pick(("display", "desktop computer"))), x, z, y=y)
        else:
            site.lay(thing, DESK, 4)
        chair = site.thing("chair")
        out = z + thing.model.bounds[1][2] + 1.0
        if out + chair.footprint < -10:
            site.put(chair, x + site.between(-1, 1), out, yaw=np.pi + site.between(-0.6, 0.6))
    along_sides(site, built, shuffled(site, "notice board", "cabinet", "book shelf", "blackboard"))
    if site.chance(0.3):
        beside(site, site.thing("desktop computer" if site.chance(0.1) else "pot plant"))
    return _place(site, "office", built)


def classroom(site: Site) -> Place:
    built = shell.room(
        site, back=(-24, -18), floors=("parquet", "concrete", "carpet"), walls=("plaster", "white")
    )
    _openings(site, built, windows=0.2, art=0.2)
    line_up(site, built, ["lectern", "blackboard", "notice board"][site.rng.integers(2) :], reach=(-20, 24))
    along_sides(site, built, shuffled(site, "cabinet", "book shelf", "radiator", "notice board"))
    seat = None
    for side in (-1, 1):
        if site.chance(0.6):
            model = site.thing("table")
            x = side * (9.5 + model.footprint)
            table = site.put(model, x, site.between(-9, -5))
            site.lay(table, DESK, 3)
            seat = site.put(site.thing("chair"), x, table.translation[2] + 4.5, yaw=np.pi, like=seat)
    return _place(site, "classroom", built)


def bedroom(site: Site) -> Place:
    built = shell.room(site, back=(-36, -32), floors=("parquet", "carpet", "wood", "shag"))
    _openings(site, built, art=0.4)
    shell.rug(site, share=0.4)
    row = line_up(site, built, shuffled(site, "cabinet", "bed", "cabinet", "floor lamp", "chair", "radiator"))
    for thing in row:
        if thing.model.entity == "cabinet":
            site.lay(thing, ("table lamp", "book", "vase", "phone"), 2)
    along_sides(site, built, shuffled(site, "cabinet", "book shelf", "radiator"))
    return _place(site, "bedroom", built)


def bathroom(site: Site) -> Place:
    built = shell.room(
        site, back=(-19, -14), floors=("tile", "marble", "tile"), walls=("tile", "tile", "marble")
    )
    row = line_up(site, built, shuffled(site, "sink", "cabinet", "sink", "stool", "radiator"), gap=(1, 8))
    for thing in row:
        if thing.model.entity == "sink":  # a mirror above
            glass = site.graph.material(shell.mirror(site))
            trim = site.paint("white", tint=site.palette.trim)
            width, height = site.between(5, 8), site.between(6, 9)
            pane = box(width, height, 0.2, (thing.translation[0], 15.5, built.back + 0.1))
            rim = shell.frame(width, height, 15.5 - height / 2).moved(
                translation=(thing.translation[0], 0, built.back)
            )
            site.single("glass", [(pane, glass), (rim, trim)])
        elif thing.model.entity == "cabinet":
            site.lay(thing, ("towel", "bottle", "cup"), 2)
    # A bath tub at the wall.
    shell_white = site.paint("white", tint=(0.85, 0.85, 0.83), roughness=(0.1, 0.3), specular=0.05)
    if site.chance(0.5):
        x = site.rng.choice([-1, 1]) * site.between(18, 22)
        site.stuff("wall", box(17, 6, 0.4, (x, 3, built.back + 7.6)), shell_white)
        site.stuff("wall", box(0.4, 6, 7.6, (x - np.sign(x) * 8.5, 3, built.back + 3.8)), shell_white)
    if site.chance(0.6):
        shell.window(site, built, site.between(-9, 9), curtains=0.3)
    along_sides(site, built, shuffled(site, "cabinet", "radiator"))
    return _place(site, "bathroom", built)


def gym(site: Site) -> Place:
    """A sports hall: lines on the floor, wall bars, apparatus."""
    built = shell.room(
        site,
        back=(-40, -24),
        floors=("parquet", "parquet", "concrete"),
        walls=("plaster", "concrete", "brick", "wood"),
    )
    masonry.lines(site, "floor", (-60, 60), (built.back + 3, 50), spacing=(15, 30))
    for x in (-24.0, -8.0, 8.0, 24.0):
        draw = site.rng.random()
        if draw < 0.35:
            shell.window(site, built, x, curtains=0.0)
        elif draw < 0.6:
            masonry.wall_bars(site, built, x)
        elif draw < 0.7:
            shell.door(site, built, x)
    kinds = shuffled(site, "gymnastics ball", "dumbbell", "bench", "basketball", "dumbbell", "box")
    line_up(site, built, kinds, gap=(2, 8))
    if site.chance(0.4):
        beside(site, site.thing(site.pick(("gymnastics ball", "bench", "drum"))))
    return _place(site, "gym", built)


def shop(site: Site) -> Place:
    """Shelves with goods, baskets, a counter."""
    built = shell.room(
        site,
        back=(-22, -17),
        floors=("tile", "concrete", "marble", "parquet"),
        walls=("plaster", "white", "wood"),
    )
    masonry.goods(
        site, (-30, 30), built.back, ("box", "bottle", "book", "vase", "jug", "shopping bag", "hand bag")
    )
    along_sides(site, built, ["book shelf", "book shelf", "notice board"])
    if site.chance(0.6):
        counter = beside(site, site.thing("kitchen island"), yaw=site.rng.choice([-1, 1]) * np.pi / 2)
        site.lay(counter, ("apple", "bottle", "box", "document"), 4)
    if site.chance(0.5):
        beside(site, site.thing("basket"))
    return _place(site, "shop", built)


def hall(site: Site) -> Place:
    """An entrance hall: pillars, stairs, a statue, benches."""
    built = shell.room(
        site,
        back=(-38, -28),
        floors=("marble", "tile", "concrete"),
        walls=("marble", "plaster", "concrete", "brick"),
    )
    _openings(site, built, windows=0.35, doors=0.3)
    masonry.pillars(site, z=built.back + site.between(8, 12), height=60)
    if site.chance(0.7):
        masonry.stairs(site, "stairs", x=site.between(-14, 14), back=built.back, width=site.between(14, 24))
    for _ in range(int(site.rng.integers(0, 3))):
        beside(site, site.thing(site.pick(("statue", "bench", "pot plant", "notice board"))), yaw=0.0)
    return _place(site, "hall", built)


PLACES: dict[str, Callable[[Site], Place]] = {
    "living room": living_room, "kitchen": kitchen, "dining room": dining_room, "office": office,
    "classroom": classroom, "bedroom": bedroom, "bathroom": bathroom, "gym": gym, "shop": shop, "hall": hall,
}  # fmt: skip
