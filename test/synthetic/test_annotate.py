from __future__ import annotations

import numpy as np

from hrs_ros.synthetic.annotate import seen
from hrs_ros.synthetic.camera import Camera
from hrs_ros.synthetic.renderer import Picture
from hrs_ros.synthetic.scene_graph import SceneGraph
from hrs_ros.synthetic.truth import to_scene
from hrs_ros.vocabulary import vocabulary

WORDS = vocabulary()
LEFT, RIGHT, GLOVES, SKIN = (WORDS.part_id(name) for name in ("left arm", "right arm", "gloves", "skin"))
CAMERA = Camera.looking_at((0, 10, 15), (0, 10, 0), 0.7)


def picture(person: dict[int, int], plate: int) -> tuple[SceneGraph, Picture]:
    """512 x 512: row blocks of the given areas (pixels) for the person's parts and for the plate."""
    graph = SceneGraph()
    human, thing = graph.instance("human"), graph.instance("plate")
    instance, part = np.zeros(512**2, np.uint8), np.zeros(512**2, np.uint8)
    start = 0
    for part_id, area in person.items():
        instance[start : start + area], part[start : start + area] = human, part_id
        start += area
    instance[start : start + plate] = thing
    semantic = np.array([0, WORDS.human, WORDS.entity_id("plate")], np.uint8)[instance]
    shape = (512, 512)
    images = [array.reshape(shape) for array in (instance, part, semantic)]
    rgb, depth = np.zeros((*shape, 3), np.uint8), np.zeros(shape, np.float32)
    graph.relate(human, "hold", thing, ("left arm",))
    graph.relate(human, "next to", thing)
    return graph, Picture(rgb, images[0], images[1], images[2], depth)


def kept(person: dict[int, int], plate: int) -> list[tuple[str, tuple[int, ...]]]:
    graph, image = picture(person, plate)
    return [(WORDS.relations[r.predicate_id], r.parts) for r in seen(graph.relations, graph, image, CAMERA)]


def test_visible_relations_keep_their_visible_parts() -> None:
    assert kept({SKIN: 300, LEFT: 12}, 40) == [("hold", (LEFT,)), ("next to", ())]


def test_a_hidden_arm_drops_the_action_but_not_the_position() -> None:
    assert kept({SKIN: 300, LEFT: 11, RIGHT: 500}, 40) == [("next to", ())]


def test_gloves_stand_for_the_arm_that_they_cover() -> None:
    assert kept({SKIN: 300, GLOVES: 30}, 40)[0] == ("hold", (GLOVES,))
    assert kept({SKIN: 300, LEFT: 30, GLOVES: 30}, 40)[0] == ("hold", (LEFT,))


def test_ends_that_are_too_small_drop_the_relation() -> None:
    assert kept({SKIN: 300, LEFT: 30}, 39) == []
    assert kept({SKIN: 150, LEFT: 49}, 40) == []


def test_true_scene_has_the_parts_and_relations_of_the_picture() -> None:
    graph, image = picture({SKIN: 300, LEFT: 50}, 60)
    scene = to_scene(graph, image, CAMERA, relations=graph.relations, stamp_ns=5, frame_id="camera")
    human, plate = scene.entities
    assert (human.name, human.mask.area, plate.name, plate.mask.area) == ("human", 350, "plate", 60)
    assert {part: mask.area for part, mask in human.parts.items()} == {SKIN: 300, LEFT: 50}
    assert scene.sentence(scene.relations[0]) == "<human 1 [left arm], hold, plate 1>"
    assert (scene.stamp_ns, scene.frame_id) == (5, "camera")
