"""Rooms, furniture, clutter and people's shapes, shared by the recipes."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from hrs_ros.synthetic import props
from hrs_ros.synthetic.body import BodyShape
from hrs_ros.synthetic.mesh import Mesh, box
from hrs_ros.synthetic.rotation import UP, about
from hrs_ros.synthetic.scene_graph import BACKGROUND, Material, SceneGraph
from hrs_ros.synthetic.studio import Studio

HEADS = ("oval", "round", "square", "rectangular", "triangular", "invertedtriangular", "diamond")

# Small things that people hold and that stand on tables: PIC entity name by kind, and how each is made.
ENTITY = {
    "plate": "plate", "bowl": "tableware", "cup": "cup", "bottle": "bottle",
    "book": "book", "phone": "phone", "ball": "ball",
}  # fmt: skip
MAKE: dict[str, Callable[[], Mesh]] = {
    "plate": props.plate, "bowl": props.bowl, "cup": props.cup, "bottle": props.bottle,
    "book": props.book, "phone": props.phone, "ball": props.ball,
}  # fmt: skip


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


def tabletop(graph: SceneGraph, studio: Studio, rng: np.random.Generator) -> int:
    shade = rng.uniform(0.6, 1.1)
    layer = studio.surface(rng, "wood", "wood", "marble", "white")
    rough = rng.uniform(0.2, 0.7)
    return graph.material(Material(layer, (shade,) * 3, roughness=rough, triplanar=True, scale=0.12))


def upholstery(graph: SceneGraph, studio: Studio, rng: np.random.Generator) -> int:
    red, green, blue = rng.uniform(0.2, 1, 3)
    layer = studio.surface(rng, "wood", "knit", "white")
    return graph.material(Material(layer, (red, green, blue), roughness=0.6, triplanar=True, scale=0.12))


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


def clutter(
    graph: SceneGraph,
    studio: Studio,
    rng: np.random.Generator,
    kinds: Sequence[str],
    *,
    centre: tuple[float, float],
    height: float,
    reach: tuple[float, float],
) -> None:
    """Small things on a surface around ``centre`` (x, z), at most ``reach`` away per axis, kept apart."""
    used: list[np.ndarray] = []
    for kind in kinds:
        for _ in range(20):
            place = np.array(centre) + rng.uniform(-1, 1, 2) * reach
            if all(np.hypot(*(place - other)) > 2.3 for other in used):
                used.append(place)
                mesh = MAKE[kind]().moved(about(UP, rng.uniform(0, 6)), (place[0], height, place[1]))
                graph.add_object(mesh, ENTITY[kind], china(graph, studio, rng))
                break


def table_in_front(graph: SceneGraph, studio: Studio, rng: np.random.Generator, x: float, z: float) -> int:
    """A laid table (about 70 cm high) around (x, z); returns its instance."""
    height = rng.uniform(6.6, 7.6)
    if rng.random() < 0.7:
        mesh = props.table(rng.uniform(12, 18), rng.uniform(6, 8), height)
    else:
        mesh = props.round_table(rng.uniform(4, 5), height)
    instance = graph.add_object(mesh.moved(translation=(x, 0, z)), "table", tabletop(graph, studio, rng))
    kinds = rng.choice(list(MAKE), rng.integers(1, 5), replace=False).tolist()
    if rng.random() < 0.5:
        kinds += ["plate"] * int(rng.integers(1, 3))  # plates that nobody holds
    clutter(graph, studio, rng, kinds, centre=(x, z), height=height, reach=(3.2, 1.8))
    return instance


def chair_beside(graph: SceneGraph, studio: Studio, rng: np.random.Generator, x: float, z: float) -> int:
    """A chair 50-80 cm to one side of a person at (x, z); returns its instance."""
    place = (x + rng.choice([-1, 1]) * rng.uniform(5, 8), 0, z + rng.uniform(-3, 3))
    mesh = props.chair().moved(about(UP, rng.uniform(-0.8, 0.8)), place)
    return graph.add_object(mesh, "chair", upholstery(graph, studio, rng))
