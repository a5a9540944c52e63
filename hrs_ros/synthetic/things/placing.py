"""Puts models into a scene."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from hrs_ros.synthetic.scene_graph import SceneGraph
from hrs_ros.synthetic.studio import Studio
from hrs_ros.synthetic.things.looks import material
from hrs_ros.synthetic.things.model import Model, PlacedThing


def put(
    graph: SceneGraph,
    studio: Studio,
    rng: np.random.Generator,
    model: Model,
    rotation: ArrayLike,
    translation: ArrayLike,
    *,
    like: PlacedThing | None = None,
) -> PlacedThing:
    """Add a model as one new instance; world = rotation @ point + translation.

    ``rng`` chooses the materials. ``like`` shares those of a thing of the same design: two plates of one set.
    """
    turn, shift = np.asarray(rotation, float), np.asarray(translation, float)
    instance = graph.instance(model.entity)
    if like is not None and _looks(like.model) == _looks(model):
        rows = like.materials
    else:
        drawn: dict[str, int] = {}
        for surface in model.surfaces:
            if surface.look not in drawn:
                drawn[surface.look] = graph.material(material(surface.look, studio, rng))
        rows = tuple(drawn[surface.look] for surface in model.surfaces)
    for surface, row in zip(model.surfaces, rows, strict=True):
        graph.add_mesh(surface.mesh.moved(turn, shift), instance=instance, material=row)
    return PlacedThing(instance, model, turn, shift, rows)


def _looks(model: Model) -> list[str]:
    return [surface.look for surface in model.surfaces]
