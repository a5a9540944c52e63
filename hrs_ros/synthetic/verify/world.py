"""A finished scene as the checks see it: surfaces, people, and what is held by whom."""

from __future__ import annotations

import numpy as np

from hrs_ros.synthetic.scene_graph import SceneGraph
from hrs_ros.synthetic.verify.person import Person
from hrs_ros.synthetic.verify.surfaces import surfaces
from hrs_ros.vocabulary import vocabulary

IN_HANDS = ("hold", "carry", "throw", "eat", "drink")  # what is claimed so goes where the hands go


class World:
    """Surfaces and people by instance number."""

    def __init__(self, graph: SceneGraph) -> None:
        words = vocabulary()
        self.resting: dict[int, int | None] = {}  # what things were found to rest on
        self.surfaces = surfaces(graph)
        self.entities = {
            instance: words.entities[class_id] for instance, class_id in enumerate(graph.class_ids, start=1)
        }
        self.people = {
            human.instance: Person(human, self.surfaces[human.instance])
            for human in graph.humans
            if human.instance in self.surfaces
        }
        self._stuff = {instance for instance, c in enumerate(graph.class_ids, start=1) if c in words.stuff}
        taken = [words.relation_id(name) for name in IN_HANDS]
        self.claimed_in_hands = {
            (claim.subject, claim.object) for claim in graph.relations if claim.predicate_id in taken
        }

    def name(self, instance: int) -> str:
        """As messages say it."""
        return f"{self.entities[instance]} {instance}" if instance else "the unlabelled surroundings"

    def is_person(self, instance: int) -> bool:
        return instance in self.people

    def is_stuff(self, instance: int) -> bool:
        return instance in self._stuff

    def nearby(self, low: np.ndarray, high: np.ndarray, *without: int) -> list[int]:
        """Instances, 0 included, whose boxes meet a box."""
        return [
            instance
            for instance, surface in self.surfaces.items()
            if instance not in without and (surface.low <= high).all() and (surface.high >= low).all()
        ]
