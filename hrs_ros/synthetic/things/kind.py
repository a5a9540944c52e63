"""How kinds are declared: a function that designs one thing, and what people do with it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import ArrayLike

from hrs_ros.synthetic.rotation import unit
from hrs_ros.synthetic.splits import Split
from hrs_ros.synthetic.things.model import Grasp, Habitat, Handle, Kind, Model, Rest, Seat, Surface
from hrs_ros.synthetic.things.variation import Variation

Point = tuple[float, float, float]
# Done with hands; where a design gives no handles for one of them, those of the first other one serve.
# Riders hold on only where a design says so.
BY_HAND = ("hold", "carry", "use", "play", "push", "pull", "touch", "throw", "drink", "eat", "talk")
ALWAYS = frozenset({"look at", "touch"})
HABITATS: tuple[Habitat, ...] = ("hand", "table", "floor", "ground", "wall", "water")


@dataclass(frozen=True, slots=True, eq=False)
class Design:
    """A model without its names; fields as in ``Model``."""

    surfaces: tuple[Surface, ...]
    handles: Mapping[str, tuple[Handle, ...]] = field(default_factory=dict)
    seats: tuple[Seat, ...] = ()
    rests: tuple[Rest, ...] = ()
    mouth: Point | None = None
    user: Point = (0.0, 0.0, 1.0)
    both: str = ""  # predicates, separated by commas


def kind(
    name: str, entity: str, does: str, habitat: str, *, weight: float = 1.0
) -> Callable[[Callable[[Variation], Design]], Kind]:
    """Declare a kind. ``does`` = predicates separated by commas ("look at" and "touch" go without saying)."""
    predicates = frozenset(_words(does)) | ALWAYS
    where = frozenset(place for place in HABITATS if place in habitat.split())

    def declare(design: Callable[[Variation], Design]) -> Kind:
        def make(rng: np.random.Generator, split: Split = "train") -> Model:
            drawn = _grounded(design(Variation(rng, split)))
            return Model(
                name,
                entity,
                drawn.surfaces,
                _complete(drawn.handles, predicates),
                drawn.seats,
                drawn.rests,
                drawn.mouth,
                drawn.user,
                frozenset(_words(drawn.both)),
            )

        return Kind(name, entity, make, predicates, where, weight)

    return declare


def _grounded(design: Design) -> Design:
    """The design shifted so that it stands on y = 0."""
    low = min(float(surface.mesh.vertices[:, 1].min()) for surface in design.surfaces)
    if low == 0:
        return design

    def up(point: Point) -> Point:
        return point[0], point[1] - low, point[2]

    def moved(hand: Handle) -> Handle:
        return replace(hand, point=up(hand.point))

    return replace(
        design,
        surfaces=tuple(Surface(s.mesh.moved(translation=(0, -low, 0)), s.look) for s in design.surfaces),
        handles={predicate: tuple(map(moved, hands)) for predicate, hands in design.handles.items()},
        seats=tuple(
            replace(seat, point=up(seat.point), feet=tuple(map(up, seat.feet))) for seat in design.seats
        ),
        rests=tuple(replace(rest, centre=up(rest.centre)) for rest in design.rests),
        mouth=None if design.mouth is None else up(design.mouth),
    )


def _words(text: str) -> list[str]:
    return [word.strip() for word in text.split(",") if word.strip()]


def _complete(
    handles: Mapping[str, tuple[Handle, ...]], predicates: frozenset[str]
) -> dict[str, tuple[Handle, ...]]:
    """Handles for every predicate that hands do."""
    default = next((handles[predicate] for predicate in BY_HAND if predicate in handles), ())
    complete = {p: handles.get(p, default) for p in BY_HAND if p in predicates}
    complete["ride"] = handles.get("ride", ())
    return {predicate: hands for predicate, hands in complete.items() if hands}


def handle(grasp: Grasp, point: Point, axis: Point, out: Point, radius: float = 0.0) -> Handle:
    """A handle; ``axis`` and ``out`` of any length."""
    return Handle(_floats(point), _floats(unit(axis)), _floats(unit(out)), float(radius), grasp)


def _floats(vector: ArrayLike) -> Point:
    x, y, z = np.asarray(vector, float).tolist()
    return x, y, z


def bar(point: Point, axis: Point, out: Point, radius: float) -> Handle:
    return handle("bar", point, axis, out, radius)


def upright_bar(height: float, radius: float) -> tuple[Handle, Handle]:
    """Left and right hand around an upright body, from its own sides."""
    at = (0.0, height, 0.0)
    return bar(at, (0, 1, 0), (1, 0, 0), radius), bar(at, (0, 1, 0), (-1, 0, 0), radius)


def cross_bar(
    half: float, y: float, z: float, radius: float, out: Point = (0, 0, -1)
) -> tuple[Handle, Handle]:
    """Both hands on a bar along x, ``half`` to either side."""
    return tuple(bar((side * half, y, z), (1, 0, 0), out, radius) for side in (1, -1))  # type: ignore[return-value]


def flanks(half: float, y: float, z: float = 0.0, fingers: Point = (0, 0, 1)) -> tuple[Handle, Handle]:
    """Palms on the faces at x = half and x = -half."""
    return (
        handle("flat", (half, y, z), fingers, (1, 0, 0)),
        handle("flat", (-half, y, z), fingers, (-1, 0, 0)),
    )


def flats(half: float, y: float, z: float, fingers: Point, out: Point) -> tuple[Handle, Handle]:
    """Both palms side by side on one face, ``half`` to either side of x = 0."""
    return handle("flat", (half, y, z), fingers, out), handle("flat", (-half, y, z), fingers, out)


def tabletop(half_width: float, height: float, edge: float) -> tuple[Handle, Handle]:
    """Palms on a level top near its edge at z = ``edge``, for somebody who stands beyond it."""
    inward = -1.0 if edge > 0 else 1.0
    z = edge + 0.9 * inward
    left = 0.45 * half_width * inward
    return (
        handle("flat", (left, height, z), (0, 0, inward), (0, 1, 0)),
        handle("flat", (-left, height, z), (0, 0, inward), (0, 1, 0)),
    )
