"""Steps that episodes with whole bodies share: places on a spot, people, things, claims."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike

from hrs_ros.synthetic.people import casting, postures
from hrs_ros.synthetic.people.body import SIGN, Side
from hrs_ros.synthetic.people.draft import Draft
from hrs_ros.synthetic.places.choose import PLACES, WET
from hrs_ros.synthetic.places.indoors import PLACES as INDOORS
from hrs_ros.synthetic.rotation import UP, Array, about
from hrs_ros.synthetic.scene_graph import PlacedHuman
from hrs_ros.synthetic.stage import Cast, Spot, Stage
from hrs_ros.synthetic.things.catalogue import kinds_for, make
from hrs_ros.synthetic.things.model import Habitat, Model, PlacedThing
from hrs_ros.synthetic.things.placing import put

Age = Literal["child", "adult"]
DRY_OUTDOORS = frozenset(PLACES) - frozenset(INDOORS) - frozenset(WET)
AFLOAT = 0.15  # share of a boat's or a board's height that lies under water
SIDES: tuple[Side, ...] = ("L", "R")


def heading(direction: ArrayLike) -> float:
    """Yaw in radians of someone who faces a world direction (3,)."""
    x, _, z = np.asarray(direction, float)
    return float(np.arctan2(x, z))


@dataclass(slots=True, eq=False)
class Act:
    """An episode in progress. Points of the spot are (ahead, left) in its own frame, decimetres."""

    stage: Stage
    rng: np.random.Generator
    spot: Spot
    cast: Cast = field(default_factory=Cast)

    @property
    def ground(self) -> int:
        return self.stage.place.ground

    @property
    def habitat(self) -> Habitat:
        """Of things that stand on the ground here."""
        return "ground" if self.stage.place.outdoors else "floor"

    def level(self, model: Model) -> float:
        """Height at which a thing stands or floats here, dm."""
        low, high = model.bounds
        return 0.0 if self.stage.place.water is None else -AFLOAT * float(min(high[1] - low[1], 4.0))

    def direction(self, yaw: float = 0.0) -> Array:
        """Unit world direction (3,) at ``yaw`` from the spot's front."""
        return about(UP, self.spot.yaw + yaw) @ np.array([0.0, 0.0, 1.0])

    def at(self, ahead: float, left: float = 0.0, height: float = 0.0) -> Array:
        """World point (3,)."""
        offset = about(UP, self.spot.yaw) @ np.array([left, height, ahead])
        return np.array([self.spot.x, 0.0, self.spot.z]) + offset

    def person(
        self, ahead: float = 0.0, left: float = 0.0, yaw: float = 0.0, *, age: Age | None = None
    ) -> Draft:
        """Somebody new who stands at a point and faces ``yaw`` from the spot's front; arms hang."""
        draft = casting.random_draft(self.stage.studio, self.rng, age=age)
        draft.yaw = self.spot.yaw + yaw
        draft.root = self.at(ahead, left)
        postures.stand(draft, self.rng)
        return draft

    def enter(self, draft: Draft, *, face: bool = True) -> PlacedHuman:
        """Add a finished person; ``face``: a camera should see it."""
        human = draft.place(self.stage.graph, self.stage.studio, self.rng)
        self.cast.humans.append(human)
        if face:
            self.cast.focus.append((draft.joint("eye.L") + draft.joint("eye.R")) / 2)
        return human

    def model(self, kind: str) -> Model:
        return make(kind, self.rng, self.stage.studio.split)

    def put(self, model: Model, rotation: Array, translation: ArrayLike) -> PlacedThing:
        thing = put(
            self.stage.graph, self.stage.studio, self.rng, model, rotation, np.asarray(translation, float)
        )
        self.cast.things.append(thing)
        return thing

    def set_down(self, model: Model, point: ArrayLike, yaw: float = 0.0) -> PlacedThing:
        """A thing upright at a world point, turned by ``yaw`` from the spot's front."""
        return self.put(model, about(UP, self.spot.yaw + yaw), point)

    def claim(
        self, human: PlacedHuman, predicate: str, target: int | PlacedThing | PlacedHuman, *parts: str
    ) -> None:
        instance = target if isinstance(target, int) else target.instance
        self.stage.graph.relate(human.instance, predicate, instance, parts)

    def touch(self, human: PlacedHuman, target: PlacedThing | PlacedHuman, arms: tuple[str, ...]) -> None:
        """Claim "touch" with the arms that reach, if any."""
        if arms:
            self.claim(human, "touch", target, *arms)

    def watch(self, point: ArrayLike) -> None:
        """A world point a camera should see."""
        self.cast.focus.append(np.asarray(point, float))

    def choose(
        self,
        predicate: str,
        *,
        entities: tuple[str, ...] = (),
        habitat: Habitat | None = None,
        largest: float = np.inf,
        fits: Callable[[Model], bool] = lambda model: True,
    ) -> Model:
        """A random thing that can be the object of a predicate; ``largest``: limit of its footprint in dm."""
        kinds = [
            kind for kind in kinds_for(predicate, habitat=habitat) if not entities or kind.entity in entities
        ]
        while kinds:
            weight = np.array([kind.weight for kind in kinds])
            kind = kinds[self.rng.choice(len(kinds), p=weight / weight.sum())]
            model = self.model(kind.name)
            if model.footprint <= largest and fits(model):
                return model
            kinds.remove(kind)
        raise LookupError(f"no thing for {predicate!r} among {entities or 'all'} in {habitat or 'any place'}")

    def side(self) -> Side:
        return SIDES[self.rng.integers(2)]


def left_of(draft: Draft) -> Array:
    """World direction (3,) of the person's own left."""
    return draft.turn[:, 0]


def ahead_of(draft: Draft) -> Array:
    return draft.turn[:, 2]


def outward(draft: Draft, side: Side) -> Array:
    """World direction (3,) away from the trunk on a side."""
    return left_of(draft) * SIGN[side]


def arm(side: Side) -> str:
    return {"L": "left arm", "R": "right arm"}[side]


def shoe(side: Side) -> str:
    return {"L": "left shoe", "R": "right shoe"}[side]


def has_seat(model: Model) -> bool:
    return len(model.seats) > 0
