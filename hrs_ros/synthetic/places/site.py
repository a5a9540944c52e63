"""A place under construction: adds what is labelled as stuff, things of the catalogue, and backdrops."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TypeVar

import numpy as np

from hrs_ros.synthetic.mesh import Mesh
from hrs_ros.synthetic.places.palettes import Palette, choose_palette
from hrs_ros.synthetic.rotation import UP, about
from hrs_ros.synthetic.scene_graph import Material, SceneGraph
from hrs_ros.synthetic.studio import Studio
from hrs_ros.synthetic.things.catalogue import make
from hrs_ros.synthetic.things.model import Model, PlacedThing
from hrs_ros.synthetic.things.placing import put

T = TypeVar("T")
Colour = tuple[float, float, float]
Range = tuple[float, float]


@dataclass(slots=True, eq=False)
class Site:
    """Graph, studio and random stream of one place, and what has been put there."""

    graph: SceneGraph
    studio: Studio
    rng: np.random.Generator
    things: list[PlacedThing] = field(default_factory=list)
    palette: Palette = field(init=False)
    _stuff: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.palette = choose_palette(self.rng)

    def chance(self, probability: float) -> bool:
        return bool(self.rng.random() < probability)

    def between(self, low: float, high: float) -> float:
        return float(self.rng.uniform(low, high))

    def pick(self, options: Sequence[T]) -> T:
        return options[int(self.rng.integers(len(options)))]

    def paint(
        self,
        *kinds: str,
        tint: Colour = (1.0, 1.0, 1.0),
        shade: Range = (0.85, 1.1),
        roughness: Range = (0.6, 0.95),
        specular: float = 0.03,
        scale: Range = (0.03, 0.08),
        bump: float = 0.0,
        desaturation: float = 0.0,
        triplanar: bool = True,
        alpha_cut: bool = False,
    ) -> int:
        """A material with a texture of one of the kinds; returns its row.

        ``scale`` = textures per decimetre when triplanar, else per unit of the texture coordinates.
        """
        factor = self.rng.uniform(*shade)
        red, green, blue = (channel * factor for channel in tint)
        return self.graph.material(
            Material(
                self.studio.surface(self.rng, *kinds),
                (red, green, blue),
                desaturation=desaturation,
                roughness=self.rng.uniform(*roughness),
                specular=specular,
                bump=bump,
                alpha_cut=alpha_cut,
                triplanar=triplanar,
                scale=self.rng.uniform(*scale),
            )
        )

    def stuff(self, entity: str, mesh: Mesh, material: int) -> int:
        """Add to the one instance of an amorphous entity; returns the instance."""
        if entity not in self._stuff:
            self._stuff[entity] = self.graph.instance(entity)
        self.graph.add_mesh(mesh, instance=self._stuff[entity], material=material)
        return self._stuff[entity]

    def single(self, entity: str, parts: Sequence[tuple[Mesh, int]]) -> int:
        """A new instance of meshes, each with its material."""
        instance = self.graph.instance(entity)
        for mesh, material in parts:
            self.graph.add_mesh(mesh, instance=instance, material=material)
        return instance

    def thing(self, kind: str) -> Model:
        """A new model of a kind, to be measured before it is put."""
        return make(kind, self.rng, self.studio.split)

    def put(
        self,
        model: Model,
        x: float,
        z: float,
        *,
        yaw: float = 0.0,
        y: float = 0.0,
        like: PlacedThing | None = None,
        cover: int | None = None,
    ) -> PlacedThing:
        """Stand a model on height ``y``; ``yaw`` 0 faces +Z.

        ``like`` shares the materials of another, ``cover`` = row of a material instead of its own.
        """
        at, turn = np.array([x, y, z]), about(UP, yaw)
        if cover is None:
            placed = put(self.graph, self.studio, self.rng, model, turn, at, like=like)
        else:
            rows = (cover,) * len(model.surfaces)
            meshes = [(surface.mesh.moved(turn, at), cover) for surface in model.surfaces]
            placed = PlacedThing(self.single(model.entity, meshes), model, turn, at, rows)
        self.things.append(placed)
        return placed

    def lay(self, carrier: PlacedThing, kinds: Sequence[str], count: int) -> None:
        """Small things on the level areas of another, kept apart."""
        for rest in carrier.model.rests:
            taken: list[tuple[float, float, float]] = []
            for _ in range(count):
                model = self.thing(self.pick(kinds))
                reach = np.array(rest.half) - model.footprint
                if (reach <= 0).any():
                    continue
                x, z = self.rng.uniform(-1, 1, 2) * reach
                if all(np.hypot(x - a, z - b) > model.footprint + r for a, b, r in taken):
                    taken.append((x, z, model.footprint))
                    point = carrier.to_world(np.array(rest.centre) + np.array([x, 0, z]))
                    self.put(model, point[0], point[2], y=point[1], yaw=self.between(-np.pi, np.pi))
