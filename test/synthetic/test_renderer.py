"""What is drawn, against the pinhole model and the skeleton."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from hrs_ros.synthetic.camera import Camera
from hrs_ros.synthetic.light import Light
from hrs_ros.synthetic.mesh import box, lathe
from hrs_ros.synthetic.people.body import ARM, SIGN, BodyShape
from hrs_ros.synthetic.people.dress import add_human, choose_look
from hrs_ros.synthetic.renderer import FIRST_CAPACITY, Picture, Renderer
from hrs_ros.synthetic.scene import another_view, make_scene
from hrs_ros.synthetic.scene_graph import Material, PlacedHuman, SceneGraph
from hrs_ros.synthetic.shot import Shot
from hrs_ros.synthetic.studio import Studio
from hrs_ros.vocabulary import vocabulary

pytestmark = pytest.mark.render
WORDS = vocabulary()


def test_a_box_is_drawn_where_the_pinhole_model_puts_it(renderer: Renderer, studio: Studio) -> None:
    graph = SceneGraph()
    material = graph.material(Material(studio.layer["white0"]))
    centre = np.array([2.0, 1.0, 0.0])
    instance = graph.add_object(box(1, 1, 1).moved(translation=centre), "box", material)
    camera = Camera.looking_at((0, 0, 20), (0, 0, 0), 0.6)
    picture = renderer.render(graph, camera, studio.light(np.random.default_rng(0), centre))
    rows, columns = np.nonzero(picture.instance == instance)
    (projected,), (depth,) = camera.project(centre[None] + (0, 0, 0.5), 192, 192)
    np.testing.assert_allclose((columns.mean() + 0.5, rows.mean() + 0.5), projected, atol=0.8)
    assert depth == pytest.approx(19.5)
    assert picture.depth[rows, columns].min() == pytest.approx(19.5, abs=0.01)
    side = 192 / (2 * 19.5 * np.tan(0.3))  # pixels per decimetre on the front face
    assert len(rows) == pytest.approx(side**2, rel=0.25)  # plus a sliver of the side faces
    assert set(np.unique(picture.semantic)) == {0, WORDS.entity_id("box")}


def person(studio: Studio, renderer: Renderer, seed: int, yaw: float) -> tuple[PlacedHuman, Camera, Picture]:
    """A person in the rest pose with arms spread, without gloves, seen from the front."""
    rng = np.random.default_rng(seed)
    female = bool(seed % 2)
    figure = studio.body.shaped(BodyShape(gender=0.1 if female else 0.9, age=0.55))
    look = choose_look(studio, rng, female=female)
    look = replace(look, shells=tuple(shell for shell in look.shells if shell not in ("gloves", "coat")))
    graph = SceneGraph()
    root = (0, -figure.sole, 0)
    human = add_human(graph, studio, rng, figure, studio.body.rest(), look, root=root, yaw=yaw)
    camera = Camera.looking_at((0, 10, 32), (0, 9, 0), 0.62)
    return human, camera, renderer.render(graph, camera, studio.light(rng, np.array([0.0, 9, 0])))


@pytest.mark.parametrize("yaw", [0.0, 0.5, np.pi])
@pytest.mark.parametrize("seed", range(4))
def test_arm_pixels_are_on_the_side_of_the_skeleton(
    studio: Studio, renderer: Renderer, seed: int, yaw: float
) -> None:
    human, camera, picture = person(studio, renderer, seed, yaw)
    for side, name in ARM.items():
        hand = human.palm_point(side, 0.9, 0.0)
        ((x, y),), _ = camera.project(hand[None], 192, 192)
        assert picture.part[int(y), int(x)] == WORDS.part_id(name)
        # Facing us, the person's own left is on our right; from behind it is on our left.
        pixels = np.nonzero(picture.part == WORDS.part_id(name))[1]
        assert (pixels.mean() > 96) == ((SIGN[side] > 0) == (yaw < 1))
    wrists = camera.project(human.keypoints[[15, 10]], 192, 192)[0]  # left, right
    assert (wrists[0, 0] > wrists[1, 0]) == (yaw < 1)


@pytest.mark.parametrize("seed", range(0, 30, 3))
def test_labels_of_generated_scenes_are_consistent(studio: Studio, renderer: Renderer, seed: int) -> None:
    shot = make_scene(studio, seed)
    picture = renderer.render(shot.graph, shot.camera, shot.light)
    assert picture.instance.max() <= len(shot.graph.class_ids)
    classes = np.array([0, *shot.graph.class_ids])
    np.testing.assert_array_equal(picture.semantic, classes[picture.instance])  # masks partition the image
    on_human = picture.semantic == WORDS.human
    assert not picture.part[~on_human].any()  # parts lie inside people
    assert picture.part[on_human].all()  # and every pixel of a person has a part
    assert picture.part.max() <= 25
    assert np.isfinite(picture.depth).all()
    for relation in shot.graph.relations:
        assert shot.graph.class_ids[relation.subject - 1] == WORDS.human
        assert 1 <= relation.object <= len(shot.graph.class_ids)
        assert bool(relation.parts) == WORDS.is_action(relation.predicate_id)


def test_the_same_seed_gives_the_same_pixels(studio: Studio, renderer: Renderer) -> None:
    pictures = []
    for _ in range(2):
        shot = make_scene(studio, 11)
        pictures.append(renderer.render(shot.graph, shot.camera, shot.light))
        renderer.render(*_as_arguments(make_scene(studio, 12)))  # something else in between leaves no trace
    for name in ("rgb", "instance", "part", "semantic", "depth"):
        np.testing.assert_array_equal(getattr(pictures[0], name), getattr(pictures[1], name))


def test_what_a_camera_sees_does_not_depend_on_who_looked_before(studio: Studio, renderer: Renderer) -> None:
    shot = make_scene(studio, 11)
    other = another_view(shot, studio.split, 11, 1)
    renderer.load(shot.graph, shot.light)
    seen = [renderer.draw(camera) for camera in (shot.camera, other.camera, shot.camera)]
    alone = renderer.render(*_as_arguments(other))
    for name in ("rgb", "instance", "part", "semantic", "depth"):
        first, second, again = (getattr(picture, name) for picture in seen)
        np.testing.assert_array_equal(first, again)
        np.testing.assert_array_equal(second, getattr(alone, name))
        assert not np.array_equal(first, second)


def _as_arguments(shot: Shot) -> tuple[SceneGraph, Camera, Light]:
    return shot.graph, shot.camera, shot.light


def test_buffers_grow_with_the_scene(studio: Studio, renderer: Renderer) -> None:
    """600,000 vertices: more than any crowd, and many times what the buffers hold at first."""
    graph = SceneGraph()
    row = graph.material(Material(studio.layer["white0"]))
    height = np.linspace(0, 10, 400)
    mesh = lathe(np.stack([3 + 0.2 * np.sin(height), height], 1), segments=1500)
    pillar = graph.add_object(mesh, "pillar", row)
    assert len(graph.geometry().vertices) * 36 > 10 * FIRST_CAPACITY
    camera = Camera.looking_at((0, 5, 30), (0, 5, 0), 0.6)
    picture = renderer.render(graph, camera, studio.light(np.random.default_rng(0), np.zeros(3)))
    assert (picture.instance == pillar).mean() > 0.15
    assert picture.depth[96, 96] == pytest.approx(30 - 3 - 0.2 * np.sin(5), abs=0.05)


@pytest.mark.parametrize("distortion", [0.2, -0.2])
def test_a_lens_bends_colours_labels_depth_and_keypoints_alike(
    studio: Studio, renderer: Renderer, distortion: float
) -> None:
    human, plain, _ = person(studio, renderer, 0, 0.3)
    camera = replace(plain, distortion=distortion)
    shot = make_scene(studio, 3)
    straight = renderer.render(shot.graph, shot.camera, shot.light)
    bent = renderer.render(shot.graph, replace(shot.camera, distortion=distortion), shot.light)
    centres = np.stack(np.meshgrid(np.arange(192), np.arange(192)), -1).reshape(-1, 2) + 0.5
    columns, rows = np.clip(camera.straighten(centres, 192, 192).astype(int).T, 0, 191)
    for name in ("instance", "part", "semantic"):
        plainly, seen = getattr(straight, name), getattr(bent, name)
        wrong = (plainly[rows, columns].reshape(192, 192) != seen).mean()
        # Border pixels fall to either side.
        assert wrong < 0.04 and wrong < 0.5 * (plainly != seen).mean()
    error = np.abs(straight.depth[rows, columns].reshape(192, 192) - bent.depth)
    assert np.median(error) < 0.05
    difference = np.abs(straight.rgb[rows, columns].reshape(192, 192, 3).astype(int) - bent.rgb)
    assert np.median(difference) <= 4
    pixels, depths = plain.project(human.keypoints, 192, 192)
    bent_pixels, _ = camera.project(human.keypoints, 192, 192)
    np.testing.assert_allclose(camera.straighten(bent_pixels, 192, 192), pixels, atol=0.1)
    assert (depths > 0).all()
