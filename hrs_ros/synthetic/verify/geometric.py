"""All geometric relations that are true of every person, whether claimed or not."""

from __future__ import annotations

from collections.abc import Iterator

from hrs_ros.synthetic.camera import Camera
from hrs_ros.synthetic.verify import limits
from hrs_ros.synthetic.verify.order import Footprint, of_person, of_thing, order
from hrs_ros.synthetic.verify.person import Person
from hrs_ros.synthetic.verify.support import BY_POSTURE, carriers, immersed, stands_by_itself, surrounds
from hrs_ros.synthetic.verify.world import World

Triple = tuple[int, str, int]  # subject, predicate, object


class GeometricRelations:
    """Who is on or in what, and what has a place: the same for every camera.

    ``ridden``, ``in_hands``: pairs of verified actions.
    """

    def __init__(
        self, world: World, ridden: frozenset[tuple[int, int]], in_hands: frozenset[tuple[int, int]]
    ) -> None:
        self._places = {
            instance: Place(world, instance)
            for instance in world.surfaces
            if instance and _has_place(world, instance)
        }
        self._carrying = {
            instance: list(_support(world, person, ridden))
            for instance, person in sorted(world.people.items())
        }
        joined = {(s, o) for rows in self._carrying.values() for s, _, o in rows}
        joined |= {(o, s) for s, o in joined if world.is_person(o)}
        self._joined = joined | in_hands | {(o, s) for s, o in in_hands}

    def seen_by(self, camera: Camera) -> list[Triple]:
        """Triples in the order of subjects and objects."""
        result = []
        for instance, carriers_of in self._carrying.items():
            found = [*carriers_of, *self._order(instance, camera)]
            result += sorted(found, key=lambda row: row[2])
        return result

    def _order(self, instance: int, camera: Camera) -> Iterator[Triple]:
        for other, place in self._places.items():
            if other == instance or (instance, other) in self._joined:
                continue
            found = order(self._places[instance].footprint, place.footprint, camera)
            if found is not None:
                yield instance, found[0], other


def _support(world: World, person: Person, ridden: frozenset[tuple[int, int]]) -> Iterator[Triple]:
    """In, or else what the posture says of each carrier; what is ridden is "on"."""
    inside = [
        instance
        for instance, surface in world.surfaces.items()
        if instance and world.entities[instance] in limits.HOLLOW and surrounds(surface, person)
    ]
    for instance, surface in world.surfaces.items():
        wet = instance and world.entities[instance] in limits.WATER and not inside
        if wet and immersed(surface, person) >= limits.IMMERSED:
            inside.append(instance)
    for instance in inside:
        yield person.instance, "in", instance
    for carrier in carriers(world, person):
        if carrier.instance and carrier.instance not in inside:
            riding = (person.instance, carrier.instance) in ridden
            yield person.instance, "on" if riding else BY_POSTURE[person.posture], carrier.instance


class Place:
    """Where a person or a thing stands; the footprint is made when first asked for."""

    def __init__(self, world: World, instance: int) -> None:
        self._world, self._instance = world, instance
        self._footprint: Footprint | None = None

    @property
    def footprint(self) -> Footprint:
        if self._footprint is None:
            person = self._world.people.get(self._instance)
            surface = self._world.surfaces[self._instance]
            self._footprint = of_thing(surface) if person is None else of_person(person)
        return self._footprint


def _has_place(world: World, instance: int) -> bool:
    """People, and things that stand on the ground or on furniture; stuff (walls, trees, floors) has none."""
    if world.is_person(instance):
        return True
    surface = world.surfaces[instance]
    width = float((surface.high - surface.low)[[0, 2]].max())
    return not world.is_stuff(instance) and width <= limits.WIDEST and stands_by_itself(world, instance)
