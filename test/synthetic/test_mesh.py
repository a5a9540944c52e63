from __future__ import annotations

import numpy as np
import pytest

from hrs_ros.synthetic.clips.plates import plate
from hrs_ros.synthetic.mesh import Mesh, box, join, sphere, torus, vertex_normals
from hrs_ros.synthetic.rotation import about

CLOSED = {
    "plate": plate(),
    "box": box(2, 1, 1.5),
    "sphere": sphere(0.7),
    "torus": torus(2.0, 0.4),
}


def welded(mesh: Mesh) -> np.ndarray:
    """Faces over unique positions, without triangles that collapse at poles."""
    _, index = np.unique(np.round(mesh.vertices, 6), axis=0, return_inverse=True)
    faces = index.reshape(-1)[mesh.faces]
    return faces[[len(set(face)) == 3 for face in faces.tolist()]]


def volume(mesh: Mesh) -> float:
    a, b, c = mesh.vertices[mesh.faces].transpose(1, 0, 2)
    return float(np.einsum("ij,ij->i", a, np.cross(b, c)).sum() / 6)


@pytest.mark.parametrize("name", CLOSED)
def test_surface_is_closed_and_consistently_wound(name: str) -> None:
    faces = welded(CLOSED[name])
    edges = np.concatenate([faces[:, [0, 1]], faces[:, [1, 2]], faces[:, [2, 0]]])
    forward, counts = np.unique(edges, axis=0, return_counts=True)
    backward, opposite = np.unique(edges[:, ::-1], axis=0, return_counts=True)
    np.testing.assert_array_equal(forward, backward)
    np.testing.assert_array_equal(counts, opposite)


@pytest.mark.parametrize("name", CLOSED)
def test_normals_are_unit_and_agree_with_the_winding(name: str) -> None:
    mesh = CLOSED[name]
    np.testing.assert_allclose(np.linalg.norm(mesh.normals, axis=1), 1, atol=1e-6)
    corners = mesh.vertices[mesh.faces]
    flat = np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0])
    agreement = np.einsum("ij,ij->i", flat, mesh.normals[mesh.faces].mean(1))
    area = np.linalg.norm(flat, axis=1)
    # Smooth normals at the rim of thin walls may point along the wall: nearly all of the area must agree.
    assert area[agreement > 0].sum() > 0.97 * area.sum()
    assert volume(mesh) > 0


def test_volumes_match_closed_forms() -> None:
    assert volume(box(2, 3, 4, (5, 1, -2))) == pytest.approx(24)
    assert volume(sphere(1.5, 96)) == pytest.approx(4 / 3 * np.pi * 1.5**3, rel=5e-3)
    assert volume(torus(2, 0.5, 96, 48)) == pytest.approx(2 * np.pi**2 * 2 * 0.25, rel=5e-3)


def test_moving_rotates_points_and_normals_alike() -> None:
    turn = about((0, 1, 0), np.pi / 2)
    moved = box(2, 2, 2).moved(turn, (1, 2, 3))
    np.testing.assert_allclose(moved.vertices.mean(0), (1, 2, 3), atol=1e-12)
    outward = np.einsum("ij,ij->i", moved.vertices - (1, 2, 3), moved.normals)
    np.testing.assert_allclose(outward, 1, atol=1e-12)


def test_join_keeps_every_triangle() -> None:
    joined = join(box(1, 1, 1), sphere(0.5))
    assert volume(joined) == pytest.approx(volume(box(1, 1, 1)) + volume(sphere(0.5)))


def test_vertex_normals_of_a_sphere_are_radial() -> None:
    mesh = sphere(2.0, 64)
    normals = vertex_normals(mesh.vertices, mesh.faces, len(mesh.vertices))
    inner = slice(65 * 4, 65 * 28)  # rings away from the poles and the seam
    cosine = np.einsum("ij,ij->i", normals[inner], mesh.vertices[inner] / 2.0)
    assert cosine.min() > 0.99
