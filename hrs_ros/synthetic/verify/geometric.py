"""All geometric relations that are true of every person, whether claimed or not."""

from __future__ import annotations

from collections.abc import Iterator

from hrs_ros.synthetic.verify import limits
from hrs_ros.synthetic.verify.order import Footprint, of_person, of_thing, order
from hrs_ros.synthetic.verify.person import Person
from hrs_ros.synthetic.verify.support import BY_POSTURE, carriers, immersed, stands_by_itself, surrounds
from hrs_ros.synthetic.verify.world import World

Triple = tuple[int, str, int]  # subject, predicate, object


def geometric_relations(
    world: World, ridden: frozenset[tuple[int, int]], in_hands: frozenset[tuple[int, int]]
) -> list[Triple]:
    """Triples in the order of subjects and objects; ``ridden``, ``in_hands``: pairs of verified actions."""
    places = {
        instance: Place(world, instance)
        for instance in world.surfaces
        if instance and _has_place(world, instance)
    }
    carrying = {
        instance: list(_support(world, person, ridden)) for instance, person in sorted(world.people.items())
    }
    joined = {(s, o) for rows in carrying.values() for s, _, o in rows}
    joined |= {(o, s) for s, o in joined if world.is_person(o)}
    joined |= in_hands | {(o, s) for s, o in in_hands}
    result = []
    for instance in carrying:
        found = [*carrying[instance], *_order(world, instance, places, joined)]
        result += sorted(found, key=lambda row: row[2])
    return result


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


def _order(
    world: World, instance: int, places: dict[int, Place], joined: set[tuple[int, int]]
) -> Iterator[Triple]:
    for other, place in places.items():
        if other == instance or (instance, other) in joined:
            continue
        found = order(places[instance].footprint, place.footprint, world.camera)
        if found is not None:
            yield instance, found[0], other
