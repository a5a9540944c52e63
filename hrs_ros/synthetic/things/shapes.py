"""Solids that things are built of, beyond ``mesh``: lofts, tubes, limbs, extrusions, cushions, sheets.

All are closed and wound outwards. Texture coordinates run at 0.1 per decimetre, as those of ``mesh.box`` do.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray

from hrs_ros.synthetic.mesh import Mesh, grid_faces, lathe, sphere
from hrs_ros.synthetic.rotation import Array, about, cross, unit
from hrs_ros.synthetic.things.polygon import triangulate

UV_PER_DM = 0.1
CREASE = np.cos(np.deg2rad(35))  # sharper bends of a profile or an outline stay sharp


def volume(mesh: Mesh) -> float:
    """Signed volume of a closed mesh, cubic decimetres; positive when it is wound outwards."""
    a, b, c = (mesh.vertices.take(mesh.faces[:, k], axis=0) for k in range(3))
    return float(np.einsum("ij,ij->", a, cross(b, c)) / 6)


def mirrored(mesh: Mesh) -> Mesh:
    """The mesh seen in a mirror across x = 0."""
    flip = np.array([-1.0, 1, 1])
    return Mesh(mesh.vertices * flip, mesh.normals * flip, mesh.uvs, mesh.faces[:, ::-1])


def turned(profile: ArrayLike, segments: int = 24) -> Mesh:
    """``lathe`` with sharp edges where the profile bends sharply."""
    points = np.asarray(profile, float)
    steps = np.diff(points, axis=0)
    steps = steps / np.maximum(np.linalg.norm(steps, axis=1, keepdims=True), 1e-9)
    repeats = np.ones(len(points), int)
    repeats[1:-1] += np.einsum("ij,ij->i", steps[:-1], steps[1:]) < CREASE
    mesh = lathe(np.repeat(points, repeats, axis=0), segments)
    radius = float(points[:, 0].max())
    length = float(np.hypot(*np.diff(points, axis=0).T).sum())
    return Mesh(
        mesh.vertices,
        mesh.normals,
        mesh.uvs * (2 * np.pi * radius * UV_PER_DM, length * UV_PER_DM),
        mesh.faces,
    )


def hoop(profile: Sequence[tuple[float, float]], segments: int = 24) -> Mesh:
    """Ring about +Y whose section is a polygon of (radius, height), anticlockwise."""
    return turned([*profile, profile[0]], segments)


def cylinder(radius: float, height: float, segments: int = 20, *, top: float | None = None) -> Mesh:
    """Stands on y = 0; ``top`` = radius of the upper end if it differs."""
    return turned([(0, 0), (radius, 0), (radius if top is None else top, height), (0, height)], segments)


def loft(rings: ArrayLike, *, closed: bool = False) -> Mesh:
    """Smooth skin over rings (R, N, 3) of points; flat ends, or joined to a loop when ``closed``.

    The winding of the rings does not matter.
    """
    points = np.asarray(rings, float)
    if closed:
        points = np.concatenate([points, points[:1]])
    rows, columns = points.shape[:2]
    ring = np.concatenate([points, points[:, :1]], axis=1)
    normals = _grid_normals(ring, around=closed)
    uvs = np.empty((rows, columns + 1, 2))
    uvs[:, 0, 0], uvs[0, :, 1] = 0, 0
    _lengths(ring[:, 1:] - ring[:, :-1]).cumsum(axis=1, out=uvs[:, 1:, 0])
    middles = points.sum(1) / columns
    uvs[1:, :, 1] = _lengths(middles[1:] - middles[:-1]).cumsum()[:, None]
    uvs *= UV_PER_DM
    vertices: list[Array] = [ring.reshape(-1, 3)]
    # The other way round: the columns of a grid of ``mesh`` run against these rings.
    faces: list[NDArray[np.integer]] = [grid_faces(rows - 1, columns)[:, [0, 2, 1]]]
    all_normals: list[Array] = [normals.reshape(-1, 3)]
    all_uvs: list[Array] = [uvs.reshape(-1, 2)]
    if not closed:
        for row, inner in ((0, 1), (rows - 1, rows - 2)):
            cap, cap_normal = _cap(points[row], middles[row], middles[row] - middles[inner])
            k = np.arange(columns)
            following, centre = (k + 1) % columns, np.full(columns, columns)
            # Opposite to the edges of the sides that end here, which run forward in the first row.
            fan = [following, k, centre] if row == 0 else [k, following, centre]
            faces.append(np.stack(fan, 1) + sum(len(v) for v in vertices))
            vertices.append(cap)
            all_normals.append(np.repeat(cap_normal[None], len(cap), 0))
            all_uvs.append(cap[:, [0, 2]] * UV_PER_DM)
    mesh = Mesh(
        np.concatenate(vertices), np.concatenate(all_normals), np.concatenate(all_uvs), np.concatenate(faces)
    )
    if volume(mesh) > 0:
        return mesh
    normals = mesh.normals.copy()
    normals[: rows * (columns + 1)] *= -1  # the caps know where out is
    return Mesh(mesh.vertices, normals, mesh.uvs, mesh.faces[:, ::-1])


def _lengths(vectors: Array) -> Array:
    """Of vectors (..., 3); faster than numpy's norm."""
    return np.sqrt(np.einsum("...k,...k->...", vectors, vectors))


def _grid_normals(ring: Array, *, around: bool) -> Array:
    """Unit normals (R, N + 1, 3) of a grid whose first and last column coincide."""
    along = _gradient(ring)
    if around:
        along[0] = along[-1] = ring[1] - ring[-2]
    across = np.empty_like(ring)
    across[:, 1:-1] = ring[:, 2:] - ring[:, :-2]
    across[:, 0] = across[:, -1] = ring[:, 1] - ring[:, -2]
    normals = cross(across, along)
    length = _lengths(normals)[..., None]
    axis = ring.mean(1, keepdims=True)
    sign = 1.0 if np.einsum("ijk,ijk->", normals, ring - axis) >= 0 else -1.0
    flat = length <= 1e-7
    normals /= np.maximum(length, 1e-12)
    if not flat.any():
        return normals
    # Where a ring collapses to a point the normal follows the run of the rings.
    outward = _gradient(axis)
    outward[: len(ring) // 2] *= -1
    normals = np.where(flat, sign * outward, normals)
    return normals / np.maximum(_lengths(normals)[..., None], 1e-12)


def _gradient(rows: Array) -> Array:
    """Half the difference of the rows (R, ...) around each; of the ends, that to their neighbour."""
    result = np.empty_like(rows)
    result[1:-1] = (rows[2:] - rows[:-2]) / 2
    result[0], result[-1] = rows[1] - rows[0], rows[-1] - rows[-2]
    return result


def _cap(ring: Array, middle: Array, outward: Array) -> tuple[Array, Array]:
    """A ring (N, 3) with its ``middle`` appended, and the unit normal of the disc, along ``outward``."""
    vertices = np.concatenate([ring, middle[None]])
    spokes = ring - middle
    normal = cross(spokes, spokes[np.arange(1 - len(ring), 1)]).sum(0)
    size = math.sqrt(normal @ normal)
    normal = normal / size if size > 1e-9 else unit(outward)
    return vertices, -normal if normal @ outward < 0 else normal


def curve(points: ArrayLike, count: int = 12, *, closed: bool = False) -> Array:
    """Catmull-Rom curve (count, D) through points (N, D)."""
    given = np.asarray(points, float)
    n = len(given)
    padded = (
        np.concatenate([given[-1:], given, given[:2]])
        if closed
        else np.concatenate([2 * given[:1] - given[1:2], given, 2 * given[-1:] - given[-2:-1]])
    )
    t = np.linspace(0, n if closed else n - 1, count, endpoint=not closed)
    i = np.minimum(t.astype(int), (n if closed else n - 1) - 1)
    f = (t - i)[:, None]
    a, b, c, d = (padded[i + k] for k in range(4))
    return np.asarray(
        0.5 * (2 * b + (c - a) * f + (2 * a - 5 * b + 4 * c - d) * f**2 + (3 * b - a - 3 * c + d) * f**3)
    )


def tube(
    path: ArrayLike,
    radius: ArrayLike,
    *,
    sides: int = 8,
    flat: float = 1.0,
    up: ArrayLike | None = None,
    closed: bool = False,
) -> Mesh:
    """Tube along a polyline (N, 3); one radius or one per point.

    ``flat`` < 1 flattens the section along ``up`` (belts, straps, blades); ``closed`` joins the ends.
    """
    points = np.asarray(path, float)
    radii = np.broadcast_to(np.asarray(radius, float), len(points))
    tangents = np.roll(points, -1, 0) - np.roll(points, 1, 0) if closed else _gradient(points)
    # To the last bit: which way is ``up`` about a straight path hangs on it.
    tangents = tangents / np.maximum(np.linalg.norm(tangents, axis=1, keepdims=True), 1e-12)
    if up is None:
        spread = tangents.T @ tangents
        up = np.linalg.eigh(spread)[1][:, 0]  # least along any part of the path
    across = cross(np.asarray(up, float), tangents)
    across = across / np.maximum(_lengths(across)[:, None], 1e-12)
    above = cross(tangents, across)
    angle = np.linspace(0, 2 * np.pi, sides, endpoint=False)[None, :, None]
    offset = np.cos(angle) * across[:, None] + flat * np.sin(angle) * above[:, None]
    return loft(points[:, None] + radii[:, None, None] * offset, closed=closed)


def limb(start: ArrayLike, end: ArrayLike, first: float, last: float, *, sides: int = 12) -> Mesh:
    """Round-ended taper from one point to another with radii ``first`` and ``last``."""
    a, b = np.asarray(start, float), np.asarray(end, float)
    direction = unit(b - a)
    angles = np.linspace(0, np.pi / 2, 5)
    begin = [(a - direction * first * np.cos(t), first * np.sin(t)) for t in angles]
    finish = [(b + direction * last * np.sin(t), last * np.cos(t)) for t in angles]
    path, radii = zip(*begin, *finish, strict=True)
    side = cross(direction, (1.0, 0, 0) if abs(direction[0]) < 0.7 else (0, 0, 1.0))
    return tube(np.array(path), np.maximum(radii, 1e-4), sides=sides, up=side)


def ellipsoid(
    radii: Sequence[float], centre: ArrayLike = (0, 0, 0), rotation: Array | None = None, segments: int = 20
) -> Mesh:
    return sphere(1.0, segments).squashed(radii).moved(rotation, centre)


def cushion(
    width: float,
    height: float,
    depth: float,
    centre: ArrayLike = (0, 0, 0),
    *,
    roundness: float = 0.35,
    segments: int = 20,
) -> Mesh:
    """Superellipsoid in a box of the given sizes: 1 = ellipsoid, 0.1 = nearly a box."""
    # Denser towards the edges, where the surface bends.
    around = np.linspace(-np.pi, np.pi, segments, endpoint=False) + np.pi / segments
    upward = np.linspace(-np.pi / 2, np.pi / 2, segments // 2 + 1)

    def power(value: Array, exponent: float) -> Array:
        return np.sign(value) * np.abs(value) ** exponent

    def surface(e: float) -> Array:
        ring = power(np.cos(upward), e)[:, None]
        return np.stack(
            [
                ring * power(np.cos(around), e),
                np.repeat(power(np.sin(upward), e)[:, None], segments, 1),
                ring * power(np.sin(around), e),
            ],
            -1,
        )

    half = np.array([width, height, depth]) / 2
    points = surface(roundness) * half
    mesh = loft(points[1:-1])
    normals = surface(2 - roundness)[1:-1] / half
    normals = normals / np.linalg.norm(normals, axis=2, keepdims=True)
    normals = np.concatenate([normals, normals[:, :1]], axis=1).reshape(-1, 3)
    every = mesh.normals.copy()
    every[: len(normals)] = normals
    return Mesh(mesh.vertices, every, mesh.uvs, mesh.faces).moved(translation=centre)


def extrude(outline: ArrayLike, depth: float, centre: ArrayLike = (0, 0, 0)) -> Mesh:
    """Prism over a simple outline (N, 2) in x and y, ``depth`` along z around z = 0; corners stay sharp."""
    points = np.asarray(outline, float)
    following = np.roll(points, -1, 0)
    if (points[:, 0] * following[:, 1] - following[:, 0] * points[:, 1]).sum() < 0:
        points = points[::-1]
        following = np.roll(points, -1, 0)
    count, half = len(points), depth / 2
    edge = following - points
    flat = np.stack([edge[:, 1], -edge[:, 0]], 1)
    flat = flat / np.maximum(np.linalg.norm(flat, axis=1, keepdims=True), 1e-12)
    before = np.roll(flat, 1, 0)
    soft = (np.einsum("ij,ij->i", flat, before) > CREASE)[:, None]
    mean = flat + before
    mean = mean / np.maximum(np.linalg.norm(mean, axis=1, keepdims=True), 1e-12)
    start = np.where(soft, mean, flat)
    end = np.where(np.roll(soft, -1, 0), np.roll(mean, -1, 0), flat)
    run = np.r_[0, np.cumsum(np.linalg.norm(edge, axis=1))]

    def raised(xy: Array, z: float) -> Array:
        return np.c_[xy, np.full(len(xy), z)]

    corners = [raised(points, -half), raised(following, -half), raised(following, half), raised(points, half)]
    vertices = [np.stack(corners, 1).reshape(-1, 3), raised(points, -half), raised(points, half)]
    side_normals = np.stack([start, end, end, start], 1).reshape(-1, 2)
    normals = [
        raised(side_normals, 0),
        np.repeat([[0, 0, -1.0]], count, 0),
        np.repeat([[0, 0, 1.0]], count, 0),
    ]
    side_uvs = np.stack(
        [
            np.c_[run[:-1], np.zeros(count)],
            np.c_[run[1:], np.zeros(count)],
            np.c_[run[1:], np.full(count, depth)],
            np.c_[run[:-1], np.full(count, depth)],
        ],
        1,
    ).reshape(-1, 2)
    k = 4 * np.arange(count)[:, None]
    front = triangulate(points)
    faces = [k + np.array([0, 1, 2]), k + np.array([0, 2, 3]), front[:, ::-1] + 4 * count, front + 5 * count]
    uvs = np.concatenate([side_uvs, points, points]) * UV_PER_DM
    return Mesh(np.concatenate(vertices), np.concatenate(normals), uvs, np.concatenate(faces)).moved(
        translation=centre
    )


def rounded_rectangle(width: float, height: float, radius: float, steps: int = 4) -> Array:
    """Outline (N, 2) about the origin, counter-clockwise."""
    x, y = width / 2 - radius, height / 2 - radius
    quarter = np.linspace(0, np.pi / 2, steps + 1)
    corners = [(x, y, 0.0), (-x, y, 0.5), (-x, -y, 1.0), (x, -y, 1.5)]
    return np.concatenate(
        [
            np.c_[cx + radius * np.cos(quarter + turn * np.pi), cy + radius * np.sin(quarter + turn * np.pi)]
            for cx, cy, turn in corners
        ]
    )


def slab(
    width: float, thickness: float, depth: float, radius: float, centre: ArrayLike = (0, 0, 0), steps: int = 4
) -> Mesh:
    """Lying plate with rounded corners (seen from above)."""
    flat = extrude(rounded_rectangle(width, depth, radius, steps), thickness)
    return flat.moved(about((1, 0, 0), -np.pi / 2), centre)


def shell(outer: ArrayLike, inner: ArrayLike) -> Mesh:
    """Thin closed solid between two grids (R, C, 3) of points: bent sheets, hulls, hoods."""
    outside, inside = np.asarray(outer, float), np.asarray(inner, float)
    rows, columns = outside.shape[:2]
    count = rows * columns
    index = np.arange(count).reshape(rows, columns)
    border = np.r_[index[0, :-1], index[:-1, -1], index[-1, :0:-1], index[:0:-1, 0]]
    u, v = np.meshgrid(np.linspace(0, 1, rows), np.linspace(1, 0, columns), indexing="ij")
    uvs = np.stack([u, v], -1).reshape(-1, 2)
    i, j = np.meshgrid(np.arange(rows - 1), np.arange(columns - 1), indexing="ij")
    q = (i * columns + j).ravel()
    r = q + columns
    upper = np.concatenate([np.stack([q, q + 1, r], 1), np.stack([q + 1, r + 1, r], 1)])
    start, end = border, np.roll(border, -1)
    quads = np.stack([start, start + count, end + count, end], 1).reshape(-1)
    k = 2 * count + 4 * np.arange(len(border))[:, None]
    vertices = np.concatenate([outside.reshape(-1, 3), inside.reshape(-1, 3)])
    faces = np.concatenate([upper, upper[:, ::-1] + count, k + np.array([0, 1, 3]), k + np.array([3, 1, 2])])
    corners = vertices[quads].reshape(-1, 4, 3)
    rim = cross(corners[:, 2] - corners[:, 0], corners[:, 3] - corners[:, 1])
    rim = rim / np.maximum(np.linalg.norm(rim, axis=1, keepdims=True), 1e-12)
    flat = np.linalg.norm(rim, axis=1, keepdims=True) < 0.5
    rim = np.where(flat, (0.0, 1.0, 0.0), rim)
    normals = np.concatenate([_sheet_normals(outside), -_sheet_normals(inside), np.repeat(rim, 4, 0)])
    mesh = Mesh(
        np.concatenate([vertices, vertices[quads]]),
        normals,
        np.concatenate([uvs, uvs, uvs[quads % count]]),
        faces,
    )
    return mesh if volume(mesh) > 0 else Mesh(mesh.vertices, -mesh.normals, mesh.uvs, mesh.faces[:, ::-1])


def _sheet_normals(grid: Array) -> Array:
    """Unit normals (R * C, 3) of an open grid, along columns x rows."""
    normals = cross(np.gradient(grid, axis=1), np.gradient(grid, axis=0)).reshape(-1, 3)
    length = np.linalg.norm(normals, axis=1, keepdims=True)
    return np.where(length > 1e-9, normals / np.maximum(length, 1e-12), (0.0, 1.0, 0.0))


def sheet(
    width: float,
    depth: float,
    thickness: float,
    height: Callable[[Array, Array], ArrayLike],
    *,
    cells: int = 12,
    fill: bool = False,
) -> Mesh:
    """Cloth or paper over the x-z rectangle; ``height`` (x, z) gives its upper side. Textured once.

    With ``fill`` the lower side is the level y = 0 instead of a parallel surface.
    """
    x, z = np.meshgrid(np.linspace(-0.5, 0.5, cells + 1), np.linspace(-0.5, 0.5, cells + 1), indexing="ij")
    y = np.broadcast_to(np.asarray(height(x * width, z * depth), float), x.shape)
    top = np.stack([x * width, y, z * depth], -1)
    return shell(top, top * (1, 0, 1) if fill else top - (0, thickness, 0))


def picture(width: float, height: float, thickness: float = 0.04) -> Mesh:
    """Upright panel that stands on y = 0 and faces +Z; its texture fills the front once."""
    mesh = sheet(width, height, thickness, lambda x, z: np.zeros_like(x), cells=1)
    return mesh.moved(about((1, 0, 0), np.pi / 2), (0, height / 2, thickness / 2))
