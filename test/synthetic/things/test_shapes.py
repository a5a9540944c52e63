from __future__ import annotations

import numpy as np
import pytest

from hrs_ros.synthetic.things import shapes
from hrs_ros.synthetic.things.polygon import triangulate


def area(points: np.ndarray, triangles: np.ndarray) -> np.ndarray:
    a, b, c = points[triangles].transpose(1, 0, 2)
    return ((b - a)[:, 0] * (c - a)[:, 1] - (b - a)[:, 1] * (c - a)[:, 0]) / 2


def test_ear_clipping_fills_a_hollow_outline_exactly() -> None:
    outline = np.array([(0, 0), (4, 0), (4, 3), (3, 3), (3, 1), (1, 1), (1, 3), (0, 3)], float)  # a U
    triangles = triangulate(outline)
    assert len(triangles) == 6
    areas = area(outline, triangles)
    assert (areas > 0).all() and areas.sum() == pytest.approx(8)


def test_volumes_match_closed_forms() -> None:
    assert shapes.volume(shapes.extrude([(0, 0), (2, 0), (2, 1), (0, 1)], 3)) == pytest.approx(6)
    # An outline given clockwise makes the same solid.
    assert shapes.volume(shapes.extrude([(0, 1), (2, 1), (2, 0), (0, 0)], 3)) == pytest.approx(6)
    assert shapes.volume(shapes.cylinder(1, 2, 128)) == pytest.approx(2 * np.pi, rel=1e-3)
    assert shapes.volume(shapes.hoop([(1, 0), (2, 0), (2, 1), (1, 1)], 128)) == pytest.approx(
        3 * np.pi, rel=1e-3
    )
    straight = shapes.tube([(0, 0, 0), (0, 0, 5)], 0.5, sides=64)
    assert shapes.volume(straight) == pytest.approx(5 * np.pi / 4, rel=5e-3)
    ball = shapes.limb((0, 0, 0), (0, 0, 1e-3), 1, 1, sides=48)
    assert shapes.volume(ball) == pytest.approx(4 / 3 * np.pi, rel=0.05)
    level = shapes.sheet(2, 3, 0.1, lambda x, z: np.full_like(x, 0.5), cells=3)
    assert shapes.volume(level) == pytest.approx(0.6)
    filled = shapes.sheet(2, 3, 0.1, lambda x, z: np.full_like(x, 0.5), cells=3, fill=True)
    assert shapes.volume(filled) == pytest.approx(3)


def test_a_cushion_lies_between_ellipsoid_and_box() -> None:
    box_volume, ball_volume = 2 * 1 * 3, np.pi / 6 * 2 * 1 * 3
    soft, hard = (shapes.volume(shapes.cushion(2, 1, 3, roundness=r, segments=40)) for r in (0.8, 0.1))
    assert ball_volume < soft < hard < box_volume
    points = shapes.cushion(2, 1, 3, (1, 2, 3)).vertices
    np.testing.assert_allclose((points.max(0) + points.min(0)) / 2, (1, 2, 3), atol=1e-9)


def test_rings_may_run_either_way_and_lofts_face_outward() -> None:
    angle = np.linspace(0, 2 * np.pi, 12, endpoint=False)
    rings = np.array([np.c_[np.cos(angle), np.sin(angle), np.full(12, z)] for z in (0.0, 1.0, 2.0)])
    for given in (rings, rings[::-1], rings[:, ::-1]):
        mesh = shapes.loft(given)
        assert shapes.volume(mesh) == pytest.approx(2 * 3.0, rel=1e-6)  # a regular dodecagon's area is 3
        outward = np.einsum("ij,ij->i", mesh.normals, mesh.vertices - (0, 0, 1))
        assert outward.min() > 0


def test_a_mirrored_mesh_keeps_its_volume_and_outward_normals() -> None:
    mesh = shapes.limb((1, 0, 0), (2, 1, 0), 0.3, 0.2)
    image = shapes.mirrored(mesh)
    assert shapes.volume(image) == pytest.approx(shapes.volume(mesh))
    np.testing.assert_allclose(image.vertices[:, 0], -mesh.vertices[:, 0])


def test_curves_pass_through_their_points() -> None:
    points = np.array([(0, 0, 0), (1, 2, 0), (3, 1, 1)], float)
    smooth = shapes.curve(points, 21)
    np.testing.assert_allclose(smooth[[0, 10, 20]], points, atol=1e-12)
    loop = shapes.curve(points, 30, closed=True)
    np.testing.assert_allclose(loop[[0, 10, 20]], points, atol=1e-12)


def test_sharp_bends_of_a_profile_stay_sharp() -> None:
    mesh = shapes.cylinder(1, 2, 16)
    # Every normal is either level (side) or upright (ends).
    level = np.abs(mesh.normals[:, 1]) < 1e-6
    upright = np.abs(np.abs(mesh.normals[:, 1]) - 1) < 1e-6
    assert (level | upright).all()


def test_pictures_face_the_viewer_with_their_texture_upright() -> None:
    panel = shapes.picture(2, 3)
    front = panel.normals[:, 2] > 0.9
    corner = panel.vertices[front]
    np.testing.assert_allclose(panel.uvs[front][corner.argmax(0)[1], 1], 1)  # v grows upwards
    assert panel.uvs[front][corner.argmax(0)[0], 0] == pytest.approx(1)  # u grows to the right
