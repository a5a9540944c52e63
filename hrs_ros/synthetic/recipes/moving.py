"""One or two people in the pack's library poses, front and back views."""

from __future__ import annotations

import numpy as np

from hrs_ros.synthetic.dress import add_human, choose_look
from hrs_ros.synthetic.recipes.shot import Shot, camera_framing
from hrs_ros.synthetic.recipes.surroundings import random_shape, room
from hrs_ros.synthetic.scene_graph import SceneGraph
from hrs_ros.synthetic.studio import Studio

STANDING = tuple(f"standing0{k}" for k in range(1, 7))
ACTIVE = ("run01", "fight02")
WIDE = ("gym01",)  # needs the room of two


def library_poses(studio: Studio, rng: np.random.Generator) -> Shot:
    graph = SceneGraph()
    floor = room(graph, studio, rng, -14)
    count = int(rng.integers(1, 3))
    names = STANDING + ACTIVE + (WIDE if count == 1 else ())
    people: list[tuple[int, float]] = []
    for k in range(count):
        female = rng.random() < 0.5
        figure = studio.body.shaped(random_shape(rng, female=female))
        name = names[rng.integers(len(names))]
        rotations = studio.library_pose(name)
        posed = figure.skin(figure.vertices, figure.body.skin, figure.pose(rotations))
        lowest = float(posed[figure.body.visible_vertices, 1].min())
        x, z = (0.0 if count == 1 else (-5.0, 5.0)[k]), -5 + rng.uniform(-2.5, 2.5)
        yaw = rng.uniform(-0.5, 0.5) + (np.pi if rng.random() < 0.3 else 0)
        look = choose_look(studio, rng, female=female)
        root = (x, -lowest - 0.15, z)  # soles sink in a little, library poses do not rest flat
        human = add_human(graph, studio, rng, figure, rotations, look, root=root, yaw=yaw)
        people.append((human.instance, z))
        if name in STANDING:
            graph.relate(human.instance, "stand on", floor)
    if count == 2:
        _relate_by_depth(graph, *people)
    camera = camera_framing(rng, (0, 8.5, -5.0), rng.uniform(18, 24), elevation=(0.0, 0.3), azimuth=0.5)
    return Shot(graph, camera, studio.light(rng, np.array([0, 9, -5])))


def _relate_by_depth(graph: SceneGraph, first: tuple[int, float], second: tuple[int, float]) -> None:
    """Next to each other within 20 cm of depth, else behind and in front of."""
    (a, a_z), (b, b_z) = first, second
    if abs(a_z - b_z) < 2:
        graph.relate(a, "next to", b)
        graph.relate(b, "next to", a)
        return
    far, near = (a, b) if a_z < b_z else (b, a)
    graph.relate(far, "behind", near)
    graph.relate(near, "in front of", far)
