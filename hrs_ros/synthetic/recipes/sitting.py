"""One or two people sit at a table, hands on it."""

from __future__ import annotations

import numpy as np

from hrs_ros.synthetic import props
from hrs_ros.synthetic.body import ARM, SIGN, Figure, Side
from hrs_ros.synthetic.dress import add_human, choose_look
from hrs_ros.synthetic.posing import curl, orient_hand, reach, relax_arm
from hrs_ros.synthetic.recipes.shot import Shot, camera_framing
from hrs_ros.synthetic.recipes.surroundings import clutter, random_shape, room, tabletop, upholstery
from hrs_ros.synthetic.rotation import UP, X_AXIS, Array, about
from hrs_ros.synthetic.scene_graph import PlacedHuman, SceneGraph
from hrs_ros.synthetic.studio import Studio

TABLE_HEIGHT, SEAT_HEIGHT = 7.2, 4.7
TABLE_HALF = (8.2, 3.6)  # half-width and half-depth that count as "on the table"
TABLE_Z = 1.5
CONTACT = 0.5  # dm between palm and table top that counts as touching


def sit_at_table(studio: Studio, rng: np.random.Generator) -> Shot:
    graph = SceneGraph()
    room(graph, studio, rng, -14)
    mesh = props.table(16, 7, TABLE_HEIGHT).moved(translation=(0, 0, TABLE_Z))
    table = graph.add_object(mesh, "table", tabletop(graph, studio, rng))
    cloth = upholstery(graph, studio, rng)
    places = rng.choice([-5.0, 0.0, 5.0], rng.integers(1, 3), replace=False)
    people = [_sitter(graph, studio, rng, float(x), table, cloth) for x in places]
    if len(people) == 2 and abs(places[0] - places[1]) < 6:
        first, second = people
        graph.relate(first.instance, "next to", second.instance)
        graph.relate(second.instance, "next to", first.instance)
    kinds = rng.choice(["plate", "cup", "bottle", "book", "bowl", "phone"], 4, replace=False).tolist()
    clutter(graph, studio, rng, kinds, centre=(0, 2.6), height=TABLE_HEIGHT, reach=(6, 1.6))
    camera = camera_framing(
        rng, (0, 8.0, -3), rng.uniform(13, 20), elevation=(0.02, 0.45), azimuth=0.7, jitter=0.1
    )
    return Shot(graph, camera, studio.light(rng, np.array([0, 8, -3])))


def _sitter(
    graph: SceneGraph, studio: Studio, rng: np.random.Generator, x: float, table: int, cloth: int
) -> PlacedHuman:
    female = rng.random() < 0.5
    figure = studio.body.shaped(random_shape(rng, female=female))
    rotations, yaw = figure.body.rest(), rng.uniform(-0.25, 0.25)
    bone = figure.body.bone
    for side, sign in SIGN.items():
        rotations[bone[f"upperleg01.{side}"]] = about(UP, sign * rng.uniform(0, 0.2)) @ about(X_AXIS, -1.45)
        rotations[bone[f"lowerleg01.{side}"]] = about(X_AXIS, 1.45 + rng.uniform(-0.2, 0.3))
    rotations[bone["spine03"]] = about(X_AXIS, rng.uniform(0, 0.25))
    hip = figure.pose(rotations).position[bone["upperleg01.L"], 1]
    root_height = SEAT_HEIGHT + 0.95 - hip  # 0.95: hip joint above the seat
    for side in SIGN:
        if rng.random() < 0.8:
            _hand_on_table(figure, rotations, side, TABLE_HEIGHT + 0.3 - root_height, rng)
        else:
            relax_arm(figure, rotations, side, rng)
    rotations[bone["neck02"]] = about(UP, rng.normal(0, 0.3)) @ about(X_AXIS, rng.uniform(-0.1, 0.25))
    chair = graph.add_object(props.chair().moved(about(UP, yaw), (x, 0, -4.9)), "chair", cloth)
    look = choose_look(studio, rng, female=female)
    root = (x, root_height, -4.6)
    human = add_human(graph, studio, rng, figure, rotations, look, root=root, yaw=yaw, posture="sitting")
    graph.relate(human.instance, "sit on", chair)
    graph.relate(human.instance, "behind", table)
    touching = tuple(ARM[side] for side in SIGN if _touches_table(human.palm_point(side, 1.2, 0.0)))
    if touching:
        graph.relate(human.instance, "touch", table, touching)
    return human


def _hand_on_table(
    figure: Figure, rotations: Array, side: Side, height: float, rng: np.random.Generator
) -> None:
    sign = SIGN[side]
    shoulder = figure.pose(rotations).position[figure.body.bone[f"upperarm01.{side}"]]
    target = (sign * rng.uniform(0.6, 2), height, shoulder[2] + rng.uniform(3.0, 3.9))
    reach(figure, rotations, side, target, (sign * 1.0, -0.8, -0.2))
    orient_hand(figure, rotations, side, (-sign * 0.35, -0.05, 1), (0, -1, 0))
    curl(figure, rotations, side, 0.15)


def _touches_table(point: Array) -> bool:
    """Palm within CONTACT of the table top and above its area."""
    on_top = abs(point[1] - TABLE_HEIGHT) < CONTACT
    return bool(on_top and abs(point[0]) < TABLE_HALF[0] and abs(point[2] - TABLE_Z) < TABLE_HALF[1])
