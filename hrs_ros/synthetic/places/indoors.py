"""Rooms."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from hrs_ros.synthetic.places import shell
from hrs_ros.synthetic.places.place import Place
from hrs_ros.synthetic.places.site import Site


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


def _on_back_wall(site: Site, built: shell.Room) -> None:
    """Windows, a door and pictures, side by side on the back wall."""
    for x in (-24.0, -8.0, 8.0, 24.0):
        x += site.between(-2, 2)
        draw = site.rng.random()
        if draw < 0.4:
            shell.window(site, built, x)
        elif draw < 0.55:
            shell.door(site, built, x)
        elif draw < 0.85:
            shell.picture(site, built, x)


def living_room(site: Site) -> Place:
    built = shell.room(site)
    _on_back_wall(site, built)
    if site.chance(0.6):
        shell.rug(
            site,
            site.between(-3, 3),
            site.between(-7, -3),
            np.array([site.between(7, 11), site.between(4, 6)]),
        )
    if site.has("sofa"):
        x = site.between(-9, 9)
        sofa = site.thing("sofa")
        site.put(sofa, x, built.back + sofa.footprint * 0.7 + 0.3)
    return _place(site, "living room", built)


PLACES: dict[str, Callable[[Site], Place]] = {"living room": living_room}
