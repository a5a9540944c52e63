"""Standing people with an object in one hand, one in each hand, or a box in both."""

from __future__ import annotations

import numpy as np

from hrs_ros.synthetic import props
from hrs_ros.synthetic.body import ARM, SIGN, Figure, Side, other
from hrs_ros.synthetic.dress import add_human, choose_look
from hrs_ros.synthetic.posing import curl, look_along, orient_hand, reach, relax_arm, stand
from hrs_ros.synthetic.recipes.holding import (
    KINDS,
    Grip,
    free_grips,
    matching_china,
    put_in_hand,
    raise_arm,
)
from hrs_ros.synthetic.recipes.shot import Shot, camera_framing, upper_body_camera
from hrs_ros.synthetic.recipes.surroundings import (
    chair_beside,
    random_shape,
    room,
    table_in_front,
    tabletop,
)
from hrs_ros.synthetic.rotation import UP, X_AXIS, Array, about
from hrs_ros.synthetic.scene_graph import PlacedHuman, SceneGraph
from hrs_ros.synthetic.studio import Studio

STANDING_Z = -4.0
BACK_VIEW_SHARE = 0.12


def two_objects(studio: Studio, rng: np.random.Generator) -> Shot:
    """One person, sometimes two side by side, with an object in each hand; mostly two plates."""
    graph = SceneGraph()
    floor = room(graph, studio, rng)
    places = (0.0,) if rng.random() < 0.78 else (-rng.uniform(3.4, 4.6), rng.uniform(3.4, 4.6))
    people = []
    for x in places:
        kinds: dict[Side, str] = {"L": "plate", "R": "plate"}
        chance = rng.random()
        if chance > 0.68:  # mixed
            kinds = {"L": KINDS[rng.integers(len(KINDS))], "R": KINDS[rng.integers(len(KINDS))]}
        elif chance > 0.58 and len(places) == 2:  # one plate only
            del kinds["LR"[rng.integers(2)]]  # type: ignore[arg-type]
        people.append(_holder(graph, studio, rng, kinds, x, floor))
    _beside_each_other(graph, people)
    _furnish(graph, studio, rng, people, table_share=0.35)
    if len(people) == 1:
        camera = upper_body_camera(rng, 0.0, STANDING_Z, 10.5, 23)
    else:
        camera = upper_body_camera(rng, 0.0, STANDING_Z, 15.5, 24)
    return Shot(graph, camera, studio.light(rng, np.array([0, 9, STANDING_Z])))


def one_object(studio: Studio, rng: np.random.Generator) -> Shot:
    """One person holds an object in one hand, often behind a table; the other arm is empty."""
    graph = SceneGraph()
    floor = room(graph, studio, rng)
    side: Side = "LR"[rng.integers(2)]  # type: ignore[assignment]
    kind = "plate" if rng.random() < 0.35 else KINDS[rng.integers(len(KINDS))]
    person = _holder(graph, studio, rng, {side: kind}, 0.0, floor)
    _furnish(graph, studio, rng, [person], table_share=0.6)
    camera = upper_body_camera(rng, 0.0, STANDING_Z, 10.5, 23)
    return Shot(graph, camera, studio.light(rng, np.array([0, 9, STANDING_Z])))


def box_in_both(studio: Studio, rng: np.random.Generator) -> Shot:
    """One person carries a box between both hands: one relation with two acting parts."""
    graph = SceneGraph()
    floor = room(graph, studio, rng)
    female = rng.random() < 0.5
    figure = studio.body.shaped(random_shape(rng, female=female))
    rotations = _upright(figure, rng)
    width, height, depth = rng.uniform(2.2, 3.6), rng.uniform(1.0, 2.4), rng.uniform(1.6, 2.4)
    shoulder = figure.joint("upperarm01.L")
    level, ahead = shoulder[1] - rng.uniform(2.0, 3.0), shoulder[2] + rng.uniform(2.3, 2.7)
    for side, sign in SIGN.items():
        reach(figure, rotations, side, (sign * (width / 2 + 0.25), level, ahead), (sign * 0.9, -1, -0.3))
        orient_hand(figure, rotations, side, (0, 0.05, 1), (-sign, 0, 0))
        curl(figure, rotations, side, 0.2)
    human = _place(graph, studio, rng, figure, rotations, 0.0, female)
    hands = (human.palm_point("L", 1.0, 0.1) + human.palm_point("R", 1.0, 0.1)) / 2
    mesh = props.carton(width, height, depth).moved(
        human.turn, hands - 0.5 * height * UP + human.turn @ (0, 0, 0.3)
    )
    carton = graph.add_object(mesh, "box", tabletop(graph, studio, rng))
    graph.relate(human.instance, "hold", carton, (ARM["L"], ARM["R"]))
    graph.relate(human.instance, "stand on", floor)
    _furnish(graph, studio, rng, [human], table_share=0.2)
    camera = camera_framing(rng, (0, 10.5, STANDING_Z), rng.uniform(12, 22))
    return Shot(graph, camera, studio.light(rng, np.array([0, 9, STANDING_Z])))


def _upright(figure: Figure, rng: np.random.Generator) -> Array:
    """Local rotations of someone standing with a slightly moved spine."""
    rotations = figure.body.rest()
    stand(figure, rotations, rng)
    for bone in ("spine03", "spine01"):
        lean = about(X_AXIS, rng.normal(0, 0.05)) @ about(UP, rng.normal(0, 0.08))
        rotations[figure.body.bone[bone]] = lean
    return rotations


def _place(
    graph: SceneGraph,
    studio: Studio,
    rng: np.random.Generator,
    figure: Figure,
    rotations: Array,
    x: float,
    female: bool,
) -> PlacedHuman:
    """Dress the figure and stand it on the floor, facing the camera side or, sometimes, away from it."""
    yaw = rng.uniform(-0.8, 0.8) + (np.pi if rng.random() < BACK_VIEW_SHARE else 0)
    look = choose_look(studio, rng, female=female)
    pose = figure.pose(rotations)
    posed = figure.skin(figure.vertices, figure.body.skin, pose)
    root = (x, -float(posed[figure.body.visible_vertices, 1].min()), STANDING_Z)
    return add_human(graph, studio, rng, figure, rotations, look, root=root, yaw=yaw)


def _holder(
    graph: SceneGraph, studio: Studio, rng: np.random.Generator, kinds: dict[Side, str], x: float, floor: int
) -> PlacedHuman:
    """Add one person that holds the given kinds; looks at one of the objects about half of the time."""
    female = rng.random() < 0.5
    figure = studio.body.shaped(random_shape(rng, female=female))
    rotations = _upright(figure, rng)
    alike = len(kinds) == 2 and len(set(kinds.values())) == 1
    radius = rng.uniform(0.95, 1.35)
    grips = free_grips(figure, kinds, rng, radius=radius if alike else None)
    for grip in grips:
        raise_arm(figure, rotations, grip)
    if len(grips) == 1:
        _rest_other_arm(figure, rotations, other(grips[0].side), rng)
    looked_at = (
        grips[rng.integers(len(grips))] if rng.random() < (0.65 if len(grips) == 1 else 0.45) else None
    )
    bone = figure.body.bone
    if looked_at is not None:
        pose = figure.pose(rotations)
        eyes_to_object = looked_at.centre() - pose.position[bone["head"]]
        look_along(figure, rotations, eyes_to_object)
    else:
        look_along(figure, rotations, (rng.normal(0, 0.25), rng.normal(0, 0.12), 1))
    human = _place(graph, studio, rng, figure, rotations, x, female)
    materials = matching_china(graph, studio, rng, tuple(kinds.values()))
    for grip, material in zip(grips, materials, strict=True):
        instance = put_in_hand(graph, studio, rng, human, grip, material)
        if grip is looked_at:
            graph.relate(human.instance, "look at", instance, ("face",))
    graph.relate(human.instance, "stand on", floor)
    return human


def _rest_other_arm(figure: Figure, rotations: Array, side: Side, rng: np.random.Generator) -> None:
    """The empty arm: forward half of the time, hanging otherwise."""
    if rng.random() < 0.5:
        relax_arm(figure, rotations, side, rng)
        return
    sign, hip, shoulder = SIGN[side], figure.joint("spine05"), figure.joint(f"upperarm01.{side}")
    target = (
        sign * rng.uniform(0.5, 2.2),
        hip[1] + rng.uniform(-0.5, 2.0),
        shoulder[2] + rng.uniform(2.2, 3.5),
    )
    reach(figure, rotations, side, target, (sign * 0.8, -1, -0.4))
    orient_hand(figure, rotations, side, (-sign * 0.4, -0.1, 1), (-sign * 0.5, -1, 0))
    curl(figure, rotations, side, 0.35)


def _beside_each_other(graph: SceneGraph, people: list[PlacedHuman]) -> None:
    if len(people) == 2:
        first, second = people
        graph.relate(first.instance, "next to", second.instance)
        graph.relate(second.instance, "next to", first.instance)


def _furnish(
    graph: SceneGraph,
    studio: Studio,
    rng: np.random.Generator,
    people: list[PlacedHuman],
    *,
    table_share: float,
) -> None:
    """Sometimes a table before the people and a chair beside one, with the relations that then hold."""
    if rng.random() < table_share:
        table = table_in_front(graph, studio, rng, rng.uniform(-3, 3), rng.uniform(1.8, 2.8))
        for human in people:
            graph.relate(human.instance, "behind", table)
    if rng.random() < 0.45:
        outer = people[rng.integers(len(people))]
        chair = chair_beside(graph, studio, rng, float(outer.root[0]), STANDING_Z)
        if len(people) == 1:
            graph.relate(outer.instance, "next to", chair)


__all__ = ["Grip", "box_in_both", "one_object", "two_objects"]
