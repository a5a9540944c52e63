"""The sets of the clips: a room with a wall, pictures and light, and people's shapes and china for it.

A clip is a fixed film: what is drawn here, and in which order, decides what its bundled truth says.
"""

from __future__ import annotations

import numpy as np

from hrs_ros.synthetic.mesh import Mesh, box
from hrs_ros.synthetic.people.body import BodyShape
from hrs_ros.synthetic.scene_graph import BACKGROUND, Material, SceneGraph
from hrs_ros.synthetic.studio import Studio

HEADS = ("oval", "round", "square", "rectangular", "triangular", "invertedtriangular", "diamond")


def random_shape(rng: np.random.Generator, *, female: bool) -> BodyShape:
    """An adult's shape."""
    gender = rng.uniform(0, 0.25) if female else rng.uniform(0.75, 1)
    heads = rng.dirichlet(np.ones(len(HEADS)) * 0.5) * rng.uniform(0, 0.8)
    african, asian, caucasian = rng.dirichlet([1, 1, 1])
    return BodyShape(
        gender=gender,
        age=rng.uniform(0.45, 0.85),
        muscle=rng.uniform(0.3, 0.8),
        weight=rng.uniform(0.3, 0.75),
        height=rng.uniform(0.3, 0.7),
        proportions=rng.uniform(0.4, 0.9),
        race=(african, asian, caucasian),
        extra=tuple((f"head/head-{head}", w) for head, w in zip(HEADS, heads, strict=True) if w > 0.02),
    )


def china(graph: SceneGraph, studio: Studio, rng: np.random.Generator) -> int:
    """Material of plates, cups and other small things."""
    layer = studio.surface(rng, "white", "white", "marble", "stripe", "dots", "knit")
    red, green, blue = rng.uniform(0.2, 1, 3) * 0.6 + 0.4
    if rng.random() < 0.35:  # strong colours
        red, green, blue = rng.uniform(0.03, 1, 3)
    return graph.material(Material(layer, (red, green, blue), roughness=rng.uniform(0.1, 0.5), specular=0.05))


def room(graph: SceneGraph, studio: Studio, rng: np.random.Generator, depth: float = -12) -> int:
    """Floor and what is behind: a wall with pictures, or surroundings out of focus.

    ``depth`` is the z of the back wall; all walls are one instance. Returns the floor's instance.
    """
    ground = ("wood", "tile", "carpet", "marble", "grass")[rng.integers(5)]
    shade = rng.uniform(0.5, 1.1)
    floor_material = Material(
        studio.surface(rng, ground),
        (shade,) * 3,
        roughness=rng.uniform(0.25, 0.9),
        triplanar=True,
        scale=rng.uniform(0.04, 0.1),
    )
    slab = box(120, 0.2, 120).moved(translation=(0, -0.1, 0))
    floor = graph.add_object(slab, "grass" if ground == "grass" else "floor", graph.material(floor_material))
    if rng.random() < 0.25:
        _backdrop(graph, studio, rng, depth - 14)
        return floor
    red, green, blue = rng.uniform(0.5, 1.0, 3) * 0.5 + 0.5
    wall_material = graph.material(
        Material(
            studio.surface(rng, "plaster", "plaster", "brick", "tile", "wood", "stripe"),
            (red, green, blue),
            roughness=0.9,
            specular=0.03,
            triplanar=True,
            scale=rng.uniform(0.03, 0.08),
        )
    )
    wall = graph.add_object(box(120, 60, 0.4).moved(translation=(0, 30, depth)), "wall", wall_material)
    if rng.random() < 0.5:
        x = rng.choice([-1, 1]) * rng.uniform(14, 30)
        graph.add_mesh(box(0.4, 60, 120).moved(translation=(x, 30, 0)), instance=wall, material=wall_material)
    for x in rng.permutation([-16, -5.4, 5.4, 16])[: rng.integers(0, 4)]:
        frame = box(rng.uniform(3, 9), rng.uniform(3, 8), 0.2)
        place = (x + rng.uniform(-0.7, 0.7), rng.uniform(12, 20), depth + 0.3)
        art = graph.material(Material(studio.surface(rng, "art"), roughness=0.6))
        graph.add_object(frame.moved(translation=place), "painting/poster", art)
    return floor


def _backdrop(graph: SceneGraph, studio: Studio, rng: np.random.Generator, z: float) -> None:
    """A picture of far surroundings, unlit and unlabelled."""
    name = studio.backdrops[rng.integers(len(studio.backdrops))]
    low, left, wide = rng.uniform(0.3, 0.45), rng.uniform(0, 1), rng.uniform(0.25, 0.5)
    panel = box(110, 64, 0.2).moved(translation=(0, 30, z))
    u, v = panel.vertices[:, 0] / 110 + 0.5, panel.vertices[:, 1] / 64 + 0.03
    uvs = np.stack([left + wide * u, low + (0.95 - low) * v], 1)
    shade = rng.uniform(0.5, 1.3)
    material = graph.material(Material(studio.layer[name], (shade,) * 3, subsurface=-1.0))
    mesh = Mesh(panel.vertices, panel.normals, uvs, panel.faces)
    graph.add_mesh(mesh, instance=BACKGROUND, material=material)
