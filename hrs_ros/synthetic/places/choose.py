"""All places by name."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import ArrayLike

from hrs_ros.synthetic.light import Light, lit
from hrs_ros.synthetic.places import indoors, outdoors, waters
from hrs_ros.synthetic.places.place import Place
from hrs_ros.synthetic.places.site import Site
from hrs_ros.synthetic.scene_graph import SceneGraph
from hrs_ros.synthetic.studio import Studio

PLACES: dict[str, Callable[[Site], Place]] = {**indoors.PLACES, **outdoors.PLACES, **waters.PLACES}
# Places where people stand in water; nothing stands on y = 0 there.
WET = ("sea", "lake", "pool")


def make_place(name: str, graph: SceneGraph, studio: Studio, rng: np.random.Generator) -> Place:
    """Build surroundings of one of ``PLACES`` in an empty graph."""
    return PLACES[name](Site(graph, studio, rng))


def light_for(place: Place, studio: Studio, rng: np.random.Generator, centre: ArrayLike) -> Light:
    """A light that fits what is seen around; shadows reach 20 dm around ``centre``."""
    return lit(place.lighting, rng, centre)
