"""What is written about a rendered scene agrees with its picture and with its geometry."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest
from scipy.spatial import cKDTree

from hrs_ros.data.check import check_split
from hrs_ros.synthetic import scene
from hrs_ros.synthetic.annotate import SURFACE_DEPTH, seen, visible_keypoints
from hrs_ros.synthetic.assets import AssetPack
from hrs_ros.synthetic.covering import unproject
from hrs_ros.synthetic.generate import GenerateConfig, generate
from hrs_ros.synthetic.renderer import Picture, Renderer
from hrs_ros.synthetic.shot import Shot
from hrs_ros.synthetic.studio import Studio
from hrs_ros.synthetic.truth import to_scene
from hrs_ros.synthetic.verify import true_relations
from hrs_ros.synthetic.verify.contact import point_triangle_distance
from hrs_ros.synthetic.verify.surfaces import surfaces
from hrs_ros.vocabulary import vocabulary

pytestmark = pytest.mark.render

WORDS = vocabulary()
SEEDS = (1, 8, 10)  # a table, a crowd, one person
PIXELS = 25  # compared with the geometry, of each instance


@dataclass(frozen=True, slots=True, eq=False)
class Rendered:
    shot: Shot
    picture: Picture


@pytest.fixture(scope="module", params=SEEDS)
def rendered(request: pytest.FixtureRequest, studio: Studio, renderer: Renderer) -> Rendered:
    shot = scene.make_scene(studio, request.param)
    return Rendered(shot, renderer.render(shot.graph, shot.camera, shot.light))


def test_masks_partition_the_picture(rendered: Rendered) -> None:
    graph, picture = rendered.shot.graph, rendered.picture
    classes = np.array([0, *graph.class_ids], np.uint8)
    assert picture.instance.max() <= len(graph.class_ids)
    np.testing.assert_array_equal(classes[picture.instance], picture.semantic)
    person = picture.semantic == WORDS.human
    assert not picture.part[~person].any() and picture.part.max() < len(WORDS.parts)
    assert person.any() and (picture.part[person] > 0).mean() > 0.99


def test_entities_are_disjoint_and_parts_lie_in_their_person(rendered: Rendered) -> None:
    shot, picture = rendered.shot, rendered.picture
    height, width = picture.instance.shape
    truth = to_scene(shot.graph, picture, shot.camera)
    covered = sum(entity.mask.full(height, width).astype(int) for entity in truth.entities)
    assert np.max(covered) == 1
    for entity in truth.entities:
        inside = entity.mask.full(height, width) > 0
        parts = [mask.full(height, width) > 0 for mask in entity.parts.values()]
        assert all((inside[part]).all() for part in parts)
        assert sum(map(np.sum, parts)) <= inside.sum()


def test_depth_agrees_with_the_triangles(rendered: Rendered) -> None:
    """Points that pixels show lie on the surface of the instance that the pixels name."""
    shot, picture = rendered.shot, rendered.picture
    found, rng = surfaces(shot.graph), np.random.default_rng(0)
    compared = 0
    for instance in np.unique(picture.instance[picture.instance > 0]).tolist():
        rows, columns = np.nonzero(_inner(picture.instance == instance))
        if len(rows) < PIXELS:
            continue
        chosen = rng.choice(len(rows), PIXELS, replace=False)
        points = unproject(picture, shot.camera, rows[chosen], columns[chosen])
        every = [piece for piece in shot.graph.pieces() if piece.instance == instance]
        triangles = np.concatenate([piece.points[piece.faces] for piece in every])
        gaps = []
        for point in points:
            near = (triangles.min(1) <= point + 0.5).all(1) & (triangles.max(1) >= point - 0.5).all(1)
            gaps.append(point_triangle_distance(point[None], triangles[near]).min(initial=np.inf))
        assert np.quantile(gaps, 0.9) < 0.15, WORDS.entities[shot.graph.class_ids[instance - 1]]
        compared += 1
    assert compared >= 2 and set(found) >= set(np.unique(picture.instance).tolist()) - {0}


def _inner(mask: np.ndarray) -> np.ndarray:
    """Without the outermost pixels, which mix what they show."""
    inner = mask.copy()
    for axis in (0, 1):
        for shift in (1, -1):
            inner &= np.roll(mask, shift, axis)
    inner[[0, -1]] = inner[:, [0, -1]] = False
    return inner


def test_keypoints_project_to_their_joints(rendered: Rendered) -> None:
    shot, picture = rendered.shot, rendered.picture
    height, width = picture.instance.shape
    people = {human.instance: human for human in shot.graph.humans}
    labelled = visible_keypoints(shot.graph, picture, shot.camera)
    assert labelled
    for row in labelled:
        joints = people[row.instance].keypoints
        pixels, depths = shot.camera.project(joints, width, height)
        np.testing.assert_allclose(row.keypoints[:, :2], pixels)
        for (x, y, visibility), depth in zip(row.keypoints, depths, strict=True):
            inside = 0 <= x < width and 0 <= y < height
            assert (visibility > 0) == inside
            if visibility == 2:
                assert picture.instance[int(y), int(x)] == row.instance
                assert depth - picture.depth[int(y), int(x)] < SURFACE_DEPTH


@pytest.mark.parametrize("limb", ["arm", "leg", "shoe"])
def test_left_and_right_are_those_of_the_skeleton(rendered: Rendered, limb: str) -> None:
    """What shows a limb lies at skin that bones of the named side move, also where arms are crossed."""
    shot, picture = rendered.shot, rendered.picture
    for human in shot.graph.humans:
        body = human.figure.body
        skin = human.to_world(human.figure.skin(human.figure.vertices, body.skin, human.pose))
        names = np.array(list(body.bone))
        sides = np.array([name[-1] for name in names[body.owner[body.visible_vertices]]])
        tree = cKDTree(skin[body.visible_vertices])
        for name, suffix in (("left", "L"), ("right", "R")):
            shown = (picture.instance == human.instance) & (picture.part == WORDS.part_id(f"{name} {limb}"))
            rows, columns = np.nonzero(_inner(shown))
            if len(rows) < 10:
                continue
            nearest = tree.query(unproject(picture, shot.camera, rows, columns))[1]
            assert (sides[nearest] == suffix).mean() > 0.95, f"{name} {limb} of human {human.instance}"


@pytest.mark.parametrize(("part", "joint"), [("arm", "wrist"), ("arm", "elbow"), ("shoe", "ankle")])
def test_joints_of_limbs_lie_in_their_own_parts(rendered: Rendered, part: str, joint: str) -> None:
    """The part of a limb that shows at a visible joint is never that of the other side."""
    shot, picture = rendered.shot, rendered.picture
    for row in visible_keypoints(shot.graph, picture, shot.camera):
        for side, opposite in (("left", "right"), ("right", "left")):
            x, y, visibility = row.keypoints[WORDS.keypoints.index(f"{side} {joint}") - 1]
            if visibility == 2 and (depth := picture.depth[int(y), int(x)]) > 0:
                joints = {human.instance: human.keypoints for human in shot.graph.humans}[row.instance]
                at = shot.camera.project(joints, *picture.instance.shape[::-1])[1]
                if abs(at[WORDS.keypoints.index(f"{side} {joint}") - 1] - depth) < 0.6:  # nothing before it
                    assert picture.part[int(y), int(x)] != WORDS.part_id(f"{opposite} {part}")


def test_written_relations_are_true_once_and_their_ends_and_parts_are_seen(rendered: Rendered) -> None:
    shot, picture = rendered.shot, rendered.picture
    relations = true_relations(shot.graph, shot.camera)
    true = {(r.subject, r.predicate_id, r.object) for r in relations}
    written = seen(relations, shot.graph, picture, shot.camera)
    triplets = [(r.subject, r.predicate_id, r.object) for r in written]
    assert len(triplets) == len(set(triplets)) and set(triplets) <= true and triplets
    for row in written:
        assert (picture.instance == row.object).any() and row.subject != row.object
        assert WORDS.is_action(row.predicate_id) == bool(row.parts)
        for part in row.parts:
            assert ((picture.instance == row.subject) & (picture.part == part)).any()


def test_generated_scenes_have_nothing_to_find_fault_with(
    pack: AssetPack, cache: Path, renderer: Renderer, tmp_path: Path
) -> None:
    config = GenerateConfig(pack.root, tmp_path, "val", 4, size=128, texture_size=64, cache=cache)
    assert generate(config) == 4
    assert [str(finding) for finding in check_split(tmp_path, "val")] == []


@pytest.mark.heavy
def test_a_thousand_generated_scenes_have_nothing_to_find_fault_with(
    pack: AssetPack, cache: Path, renderer: Renderer, tmp_path: Path
) -> None:
    config = GenerateConfig(
        pack.root, tmp_path, "test", 1000, size=256, processes=2, texture_size=64, cache=cache
    )
    assert generate(config) == 1000
    assert [str(finding) for finding in check_split(tmp_path, "test")] == []
