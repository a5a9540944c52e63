"""Every kind of thing, and which ones a predicate may have as its object."""

from __future__ import annotations

import numpy as np

from hrs_ros.synthetic.splits import Split
from hrs_ros.synthetic.things import (
    animals,
    appliances,
    bags,
    balls,
    beds,
    boards,
    carts,
    clothing,
    containers,
    cycles,
    devices,
    floats,
    food,
    furniture,
    gear,
    instruments,
    outdoors,
    papers,
    pets,
    plants,
    playground,
    seating,
    signs,
    snacks,
    softs,
    sports,
    steeds,
    tableware,
    tools,
    toys,
    vehicles,
    vessels,
    winds,
)
from hrs_ros.synthetic.things.model import Habitat, Kind, Model

_GROUPS = (
    vessels.KINDS,
    tableware.KINDS,
    seating.KINDS,
    beds.KINDS,
    papers.KINDS,
    devices.KINDS,
    containers.KINDS,
    bags.KINDS,
    sports.KINDS,
    balls.KINDS,
    instruments.KINDS,
    winds.KINDS,
    vehicles.KINDS,
    floats.KINDS,
    carts.KINDS,
    cycles.KINDS,
    animals.KINDS,
    steeds.KINDS,
    pets.KINDS,
    furniture.KINDS,
    boards.KINDS,
    appliances.KINDS,
    food.KINDS,
    snacks.KINDS,
    tools.KINDS,
    gear.KINDS,
    toys.KINDS,
    playground.KINDS,
    plants.KINDS,
    softs.KINDS,
    clothing.KINDS,
    outdoors.KINDS,
    signs.KINDS,
)
KINDS: dict[str, Kind] = {kind.name: kind for group in _GROUPS for kind in group}


def kinds_for(predicate: str, *, habitat: Habitat | None = None) -> list[Kind]:
    """Kinds that a predicate may have as its object, in the catalogue's order."""
    return [
        kind
        for kind in KINDS.values()
        if predicate in kind.does and (habitat is None or habitat in kind.habitat)
    ]


def make(kind_name: str, rng: np.random.Generator, split: Split) -> Model:
    """A new thing of a kind, of a shape that the split may show."""
    return KINDS[kind_name].make(rng, split)
