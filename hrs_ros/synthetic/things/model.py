"""A thing before it is placed: surfaces with their looks, and the places where a body meets it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, Protocol

import numpy as np
from numpy.typing import ArrayLike

from hrs_ros.synthetic.mesh import Mesh, bounds
from hrs_ros.synthetic.rotation import Array
from hrs_ros.synthetic.splits import Split

# How a hand takes hold.
# bar: fingers close around an axis (bottle, handlebar, racket).
# palm: it lies on the upturned palm (plate, book).
# rim: between thumb and fingers at an edge (plate, sheet).
# flat: the palm lies on a face (box side, cart, wall).
Grasp = Literal["bar", "palm", "rim", "flat"]
# Where a kind may be met: carried in a hand, on furniture, on a floor (indoors) or ground (outdoors), ...
Habitat = Literal["hand", "table", "floor", "ground", "wall", "water"]


@dataclass(frozen=True, slots=True)
class Handle:
    """A place for one hand, in the thing's coordinates (decimetres)."""

    point: tuple[float, float, float]  # middle of what the hand encloses or touches
    axis: tuple[float, float, float]  # bar: along the bar; palm, rim, flat: direction of the fingers
    out: tuple[float, float, float]  # unit, from the surface towards the palm
    radius: float = 0.0  # of a bar, or half the thickness at a rim
    grasp: Grasp = "bar"


@dataclass(frozen=True, slots=True)
class Seat:
    """Where hips go: "sit on" and "ride". Feet and hands go to the named handles, if any."""

    point: tuple[float, float, float]  # on the seat's surface, below the middle between the hip joints
    forward: tuple[float, float, float] = (0.0, 0.0, 1.0)
    astride: bool = False  # legs on either side
    feet: tuple[tuple[float, float, float], ...] = ()  # left, right foot rests; empty: on the ground


@dataclass(frozen=True, slots=True)
class Rest:
    """A level area that carries small things or lying people."""

    centre: tuple[float, float, float]
    half: tuple[float, float]  # half-lengths along x and z


@dataclass(frozen=True, slots=True, eq=False)
class Surface:
    """One mesh and the name of its look, see ``looks``."""

    mesh: Mesh
    look: str


@dataclass(frozen=True, slots=True, eq=False)
class Model:
    """One concrete thing: stands on y = 0 about the Y axis and faces +Z. Unit: decimetre.

    The handles of a predicate are alternatives. Where there are two or more, the first suits the left hand
    and the second the right hand of somebody who looks along ``user``.
    """

    kind: str
    entity: str  # PIC entity name
    surfaces: tuple[Surface, ...]
    # By predicate: hold, push, use, ...
    handles: Mapping[str, tuple[Handle, ...]] = field(default_factory=dict)
    seats: tuple[Seat, ...] = ()
    rests: tuple[Rest, ...] = ()
    mouth: tuple[float, float, float] | None = None  # point that lips or an instrument's player meet
    user: tuple[float, float, float] = (0.0, 0.0, 1.0)  # where somebody looks who uses, pushes or carries it
    both: frozenset[str] = frozenset()  # predicates done with both hands: handles 0 left, 1 right

    @property
    def bounds(self) -> tuple[Array, Array]:
        """Lowest and highest corner (3,) of the box around all surfaces."""
        return bounds(np.concatenate([surface.mesh.vertices for surface in self.surfaces]))

    @property
    def footprint(self) -> float:
        """Radius around the Y axis that holds everything."""
        points = np.concatenate([surface.mesh.vertices for surface in self.surfaces])
        return float(np.hypot(points[:, 0], points[:, 2]).max())


class Maker(Protocol):
    """Makes one thing of a kind; its shape varies with the generator, among the shapes of the split."""

    def __call__(self, rng: np.random.Generator, split: Split = "train") -> Model: ...


@dataclass(frozen=True, slots=True)
class Kind:
    """A sort of thing: how one is made and what people do with it."""

    name: str
    entity: str
    make: Maker
    # Predicates whose object it can be, geometric ones with contact included.
    does: frozenset[str] = frozenset()
    habitat: frozenset[Habitat] = frozenset()
    weight: float = 1.0  # how often it is drawn among its like


@dataclass(frozen=True, slots=True, eq=False)
class PlacedThing:
    """A model in the world: world = rotation @ point + translation."""

    instance: int
    model: Model
    rotation: Array  # (3, 3)
    translation: Array  # (3,)
    materials: tuple[int, ...] = ()  # row of each surface

    def to_world(self, point: ArrayLike) -> Array:
        """Points (..., 3)."""
        return np.asarray(point, float) @ self.rotation.T + self.translation

    def turned(self, direction: ArrayLike) -> Array:
        """Directions (..., 3)."""
        return np.asarray(direction, float) @ self.rotation.T
