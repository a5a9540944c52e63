"""Scenes by hand: bare people and boxes, quick to make and exactly measured."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np
import pytest
from numpy.typing import ArrayLike

from hrs_ros.synthetic.camera import Camera
from hrs_ros.synthetic.mesh import Mesh, box, vertex_normals
from hrs_ros.synthetic.people import postures
from hrs_ros.synthetic.people.body import Figure
from hrs_ros.synthetic.people.draft import Draft
from hrs_ros.synthetic.people.dress import Look, _keypoints
from hrs_ros.synthetic.scene_graph import Material, PlacedHuman, SceneGraph, TrueRelation
from hrs_ros.synthetic.verify import rejected_claims, true_relations
from hrs_ros.synthetic.verify.person import Person
from hrs_ros.synthetic.verify.surfaces import Surface, surfaces
from hrs_ros.vocabulary import vocabulary

CAMERA = Camera.looking_at((0, 12, 30), (0, 8, -4), 0.8)
NAKED = Look((), (), "", None, 0, 0, (1.0, 1.0, 1.0), (0.0, 0.0, 0.0))
PLACE = (0.0, 0.0, -4.0)


@dataclass
class Stage:
    """A scene under construction; its floor is instance 1."""

    figure: Figure
    graph: SceneGraph = field(default_factory=SceneGraph)
    camera: Camera = CAMERA

    def __post_init__(self) -> None:
        self.material = self.graph.material(Material(0))
        self.floor = self.block("floor", (120, 0.2, 120), (0, -0.1, 0))

    def draft(self, place: ArrayLike = PLACE, yaw: float = 0.0) -> Draft:
        """Somebody who stands bolt upright with hanging arms."""
        draft = Draft(self.figure, NAKED, self.figure.body.rest(), np.asarray(place, float), yaw)
        postures.stand(draft, np.random.default_rng(0))
        for name in ("spine01", "spine03"):
            draft.rotations[self.figure.body.bone[name]] = np.eye(3)
        return draft

    def enter(self, draft: Draft) -> PlacedHuman:
        """Add a person, naked."""
        body, pose = self.figure.body, draft.pose()
        instance = self.graph.instance("human")
        skin = draft.skin()
        faces = body.faces[body.visible]
        self.graph.add_triangles(
            skin.astype("f4"),
            vertex_normals(skin, faces, len(skin)).astype("f4"),
            body.uvs,
            body.corners.only(body.visible),
            instance=instance,
            part=body.part[body.visible],
            material=self.material,
        )
        posed = self.figure.skin(self.figure.vertices, body.skin, pose)
        keypoints = draft.to_world(_keypoints(self.figure, pose, posed))
        human = PlacedHuman(instance, self.figure, pose, draft.turn, draft.root, keypoints, draft.posture)
        self.graph.humans.append(human)
        return human

    def person(self, place: ArrayLike = PLACE, yaw: float = 0.0) -> PlacedHuman:
        return self.enter(self.draft(place, yaw))

    def body(self, human: PlacedHuman) -> Person:
        """Its regions."""
        return Person(human, self.surface(human.instance))

    def surface(self, instance: int) -> Surface:
        return surfaces(self.graph)[instance]

    def block(self, entity: str, size: ArrayLike, centre: ArrayLike) -> int:
        width, height, depth = np.asarray(size, float)
        return self.mesh(entity, box(width, height, depth).moved(translation=np.asarray(centre, float)))

    def mesh(self, entity: str, mesh: Mesh) -> int:
        return self.graph.add_object(mesh, entity, self.material)

    def claim(self, human: PlacedHuman, predicate: str, target: int, *parts: str) -> None:
        self.graph.relate(human.instance, predicate, target, parts)

    def facts(self) -> list[tuple[int, str, int, tuple[str, ...]]]:
        """True relations by name."""
        return [named(row) for row in true_relations(self.graph, self.camera)]

    def between(self, human: PlacedHuman, target: int) -> list[str]:
        """Predicates that are true of a pair."""
        return [predicate for s, predicate, o, _ in self.facts() if s == human.instance and o == target]

    def reasons(self) -> list[str]:
        return [reason for _, reason in rejected_claims(self.graph, self.camera)]


def named(row: TrueRelation) -> tuple[int, str, int, tuple[str, ...]]:
    words = vocabulary()
    return (
        row.subject,
        words.relations[row.predicate_id],
        row.object,
        tuple(words.parts[p] for p in row.parts),
    )


@pytest.fixture
def stage(figure: Figure) -> Stage:
    return Stage(figure)


@pytest.fixture
def new_stage(figure: Figure) -> Callable[[], Stage]:
    """For tests that compare scenes."""
    return lambda: Stage(figure)
