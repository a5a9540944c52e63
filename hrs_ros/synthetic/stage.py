"""What an episode works on, and what it leaves: the stage, a spot on it, the cast."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np

from hrs_ros.synthetic.places.place import Place
from hrs_ros.synthetic.rotation import Array
from hrs_ros.synthetic.scene_graph import PlacedHuman, SceneGraph
from hrs_ros.synthetic.studio import Studio
from hrs_ros.synthetic.things.model import PlacedThing


@dataclass(frozen=True, slots=True, eq=False)
class Stage:
    """A scene under construction."""

    graph: SceneGraph
    studio: Studio
    place: Place


@dataclass(frozen=True, slots=True)
class Spot:
    """Free ground for one episode: a disc around (x, z); ``yaw`` = where the middle of its front faces."""

    x: float
    z: float
    radius: float  # decimetres
    yaw: float = 0.0  # radians about +Y; 0 faces +Z, towards the camera


@dataclass(slots=True, eq=False)
class Cast:
    """What an episode added."""

    humans: list[PlacedHuman] = field(default_factory=list)
    things: list[PlacedThing] = field(default_factory=list)
    focus: list[Array] = field(default_factory=list)  # world points a camera should see: hands, held things


@dataclass(frozen=True, slots=True)
class Episode:
    """One way to make ``predicates`` true; what ``perform`` claims is checked afterwards."""

    name: str
    predicates: tuple[str, ...]  # what is claimed for certain; the first is the one it is drawn for
    perform: Callable[[Stage, np.random.Generator, Spot], Cast]
    radius: float = 6.0  # of the free disc it needs, decimetres
    people: tuple[int, int] = (1, 1)  # fewest, most
    places: frozenset[str] = frozenset()  # names of places it needs; empty: anywhere with solid ground
    weight: float = 1.0
