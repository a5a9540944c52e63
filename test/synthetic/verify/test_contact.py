from __future__ import annotations

import numpy as np
import pytest

from hrs_ros.synthetic.mesh import box, sphere
from hrs_ros.synthetic.scene_graph import Material, SceneGraph
from hrs_ros.synthetic.verify.contact import SPACING, gap, point_triangle_distance, touching
from hrs_ros.synthetic.verify.rays import blocked, height_below
from hrs_ros.synthetic.verify.surfaces import Surface, surfaces


def surface_of(mesh) -> Surface:
    graph = SceneGraph()
    graph.add_object(mesh, "box", graph.material(Material(0)))
    return surfaces(graph)[1]


def test_distance_to_a_triangle_over_its_face_edges_and_corners() -> None:
    triangle = np.array([[[0, 0, 0], [4, 0, 0], [0, 0, 4]]], float)
    points = np.array([[1, 2, 1], [2, 0, -3], [-3, 4, 0], [3, 1, 3]], float)
    expected = [2, 3, 5, np.sqrt(1 + 2)]  # face, edge, corner, slanted edge
    np.testing.assert_allclose(point_triangle_distance(points, triangle)[:, 0], expected, atol=1e-12)


@pytest.mark.parametrize("size", [0.8, 3.0, 100.0])
def test_gaps_do_not_depend_on_how_large_triangles_are(size: float) -> None:
    surface = surface_of(box(size, 1, size).moved(translation=(0, -0.5, 0)))
    point = np.array([[0.11, 0.3, -0.17]])  # far from all corners
    assert gap(point, surface, 1.0) == pytest.approx(0.3, abs=SPACING**2)
    assert touching(point, surface, 0.32) and not touching(point, surface, 0.29)
    assert gap(point, surface, 0.25) == np.inf


def test_gap_to_a_round_thing() -> None:
    surface = surface_of(sphere(1.0))
    assert gap(np.array([[0, 0, 1.5]]), surface, 1.0) == pytest.approx(0.5, abs=0.02)


def test_height_below_is_that_of_the_highest_surface_within_the_depth() -> None:
    surface = surface_of(box(4, 2, 4))  # top at 1, bottom at -1
    points = np.array([[0, 3, 0], [1.9, 1.2, -1.9], [0, 0, 0], [2.1, 3, 0]], float)
    np.testing.assert_allclose(height_below(points, surface, 5.0), [1, 1, -1, -np.inf], atol=1e-6)
    assert height_below(points, surface, 1.5).tolist() == [-np.inf, 1, -1, -np.inf]


def test_a_line_is_blocked_by_what_stands_between_its_ends_only() -> None:
    surface = surface_of(box(2, 2, 0.2))
    ends = np.array([[0, 0, -5], [3, 0, -5], [0, 0, 2], [0, 0, -0.2]], float)
    assert blocked(np.array([0, 0, 5.0]), ends, surface).tolist() == [True, False, False, True]
    assert blocked(np.array([0, 0, 5.0]), ends, surface, margin=0.4).tolist() == [True, False, False, False]
