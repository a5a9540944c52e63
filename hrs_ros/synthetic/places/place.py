"""Where a scene happens."""

from __future__ import annotations

from dataclasses import dataclass, field

from hrs_ros.synthetic.light import Lighting
from hrs_ros.synthetic.things.model import PlacedThing


@dataclass(frozen=True, slots=True, eq=False)
class Place:
    """Surroundings that were added to a graph; the ground is y = 0, people act around (0, 0, -4)."""

    name: str  # room, street, beach, ...
    outdoors: bool
    ground: int  # instance people stand on
    ground_entity: str
    depth: float  # dm that things may stand behind z = -4 before they meet a wall or the backdrop
    water: int | None = None  # instance of water at y = 0, where there is some
    things: list[PlacedThing] = field(default_factory=list)  # furniture, trees, cars that were put there
    lighting: Lighting = field(default_factory=Lighting)
    solid: bool = True  # False: people act in the water, whose bed lies deeper; nothing stands on y = 0
