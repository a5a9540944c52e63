"""What a scene holds before it is drawn: labelled triangles, materials, entities, people, relations."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal, get_args

import numpy as np
from numpy.typing import ArrayLike, NDArray

from hrs_ros.synthetic.mesh import Corners, Mesh
from hrs_ros.synthetic.people.body import Figure, Pose, Side
from hrs_ros.synthetic.people.posing import palm_frame
from hrs_ros.synthetic.rotation import Array
from hrs_ros.vocabulary import vocabulary

# One vertex on the GPU; id = instance, part, entity class, material.
VERTEX = np.dtype([("p", "f4", 3), ("n", "f4", 3), ("uv", "f4", 2), ("id", "u1", 4)])
MAX_MATERIALS = 250  # size of the uniform block in the shaders; a vertex holds the row in 8 bits
MATERIALS_LIMIT = 256  # above any material row, to pack it with a part id
BACKGROUND = 0  # instance of unlabelled surroundings
# Triangles with holes by alpha (cut) or without; bumpy are also those of several kinds of materials at once.
Group = Literal["cut bumpy", "cut smooth", "smooth", "bumpy", "unlit"]
GROUPS: tuple[Group, ...] = get_args(Group)
# What a body does with its weight; decides between "stand on", "sit on", "lie on", "squat" and plain "on".
Posture = Literal["standing", "sitting", "lying", "squatting", "kneeling", "moving", "hanging"]


@dataclass(frozen=True, slots=True)
class Material:
    """Look of a surface. Texture = layer of the texture array."""

    texture: int
    tint: tuple[float, float, float] = (1.0, 1.0, 1.0)  # linear RGB factor
    desaturation: float = 0.0  # 1 = grey before tinting
    roughness: float = 0.7
    specular: float = 0.04  # reflectance at normal incidence
    bump: float = 0.0
    alpha_cut: bool = False  # discard texels with alpha < 0.4
    triplanar: bool = False  # texture by world position instead of uv
    scale: float = 1.0  # of texture coordinates
    subsurface: float = 0.0  # 0 none .. 1 skin; negative = unlit

    def row(self) -> list[float]:
        """Twelve floats as the shader reads them."""
        look = [self.roughness, self.specular, self.bump]
        flags = [float(self.alpha_cut), float(self.triplanar), self.scale, self.subsurface]
        return [*self.tint, self.desaturation, self.texture, *look, *flags]


@dataclass(frozen=True, slots=True)
class TrueRelation:
    """<subject [parts], predicate, object> by instance; parts only for actions, whether visible or not."""

    subject: int
    predicate_id: int
    object: int
    parts: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class PlacedHuman:
    """A posed person standing in the world: world = posed @ turn.T + root."""

    instance: int
    figure: Figure
    pose: Pose
    turn: Array  # (3, 3)
    root: Array  # (3,)
    keypoints: Array  # (16, 3) world, PIC order
    posture: Posture = "standing"

    def to_world(self, points: ArrayLike) -> Array:
        """Points (..., 3) from the body's own coordinates."""
        return np.asarray(points) @ self.turn.T + self.root

    def palm_point(self, side: Side, along: float, out: float) -> Array:
        """World point (3,): ``along`` wrist-to-knuckle lengths from the wrist, ``out`` dm off the palm."""
        fingers, normal, length = palm_frame(self.figure, side)
        wrist = self.figure.body.bone[f"wrist.{side}"]
        offset = self.pose.rotation[wrist] @ (fingers * length * along + normal * out)
        return self.to_world(self.pose.position[wrist] + offset)

    def palm_direction(self, side: Side, along: float, out: float) -> Array:
        """World direction (3,) mixed of finger direction and palm normal, not normalised."""
        fingers, normal, _ = palm_frame(self.figure, side)
        rotation = self.pose.rotation[self.figure.body.bone[f"wrist.{side}"]]
        return self.turn @ rotation @ (fingers * along + normal * out)


@dataclass(frozen=True, slots=True, eq=False)
class Geometry:
    """One vertex buffer, and triangles sorted into groups by how they are drawn."""

    vertices: NDArray  # (V,) VERTEX
    indices: NDArray[np.uint32]  # three a triangle, group after group
    groups: dict[Group, range]  # places in ``indices``; those of equal shaders or equal depth are neighbours


@dataclass(frozen=True, slots=True, eq=False)
class Piece:
    """Triangles that were added together, in the world."""

    instance: int
    points: NDArray[np.float32]  # (V, 3)
    parts: NDArray[np.uint8]  # (V,) part of each vertex
    faces: NDArray[np.uint32]  # (F, 3)
    cut: bool  # with holes by alpha: hair, leaves


@dataclass(slots=True, eq=False)
class SceneGraph:
    """A scene under construction. Instances are 1-based in the order in which they were added."""

    class_ids: list[int] = field(default_factory=list)  # entity id of instance k + 1
    materials: list[Material] = field(default_factory=list)
    humans: list[PlacedHuman] = field(default_factory=list)
    relations: list[TrueRelation] = field(default_factory=list)
    _chunks: list[tuple[NDArray, NDArray[np.uint32], bool]] = field(default_factory=list)

    def instance(self, entity: str) -> int:
        """A new instance of a PIC entity name."""
        self.class_ids.append(vocabulary().entity_id(entity))
        return len(self.class_ids)

    def material(self, material: Material) -> int:
        """Row of a material of this scene."""
        if len(self.materials) == MAX_MATERIALS:
            raise ValueError(f"a scene holds at most {MAX_MATERIALS} materials: use fewer people or objects")
        self.materials.append(material)
        return len(self.materials) - 1

    def relate(self, subject: int, predicate: str, target: int, parts: tuple[str, ...] = ()) -> None:
        """Claim that a relation holds; parts by name for actions."""
        words = vocabulary()
        part_ids = tuple(words.part_id(part) for part in parts)
        self.relations.append(TrueRelation(subject, words.relation_id(predicate), target, part_ids))

    def add_triangles(
        self,
        vertices: Array,
        normals: Array,
        uvs: Array,
        corners: Corners,
        *,
        instance: int,
        part: ArrayLike,
        material: ArrayLike,
    ) -> None:
        """Append triangles; part and material per face or for all.

        Vertices are made unique per (position, uv, part, material).
        """
        if len(corners.faces) == 0:
            return
        look = np.asarray(part, np.int64) * MATERIALS_LIMIT + np.asarray(material, np.int64)
        if look.ndim == 0:  # as of most things
            looks, key = look.reshape(1), corners.faces
        else:
            looks, column = np.unique(look, return_inverse=True)
            key = corners.faces * len(looks) + column[:, None]
        # There are few looks: a table of what is used orders the vertices much faster than sorting does.
        used = np.zeros(len(corners.position) * len(looks), bool)
        used[key] = True
        index = np.cumsum(used, dtype=np.uint32) - np.uint32(1)
        corner, column = np.divmod(np.flatnonzero(used), len(looks))
        position, uv = corners.position[corner], corners.uv[corner]
        parts, materials = np.divmod(looks[column], MATERIALS_LIMIT)
        buffer = np.empty(len(corner), VERTEX)
        buffer["p"], buffer["n"], buffer["uv"] = vertices[position], normals[position], uvs[uv]
        buffer["id"][:, 0], buffer["id"][:, 1], buffer["id"][:, 3] = instance, parts, materials
        buffer["id"][:, 2] = self.class_ids[instance - 1] if instance != BACKGROUND else 0
        cut = any(self.materials[row % MATERIALS_LIMIT].alpha_cut for row in looks)
        self._chunks.append((buffer, index[key].reshape(-1), cut))

    def add_mesh(self, mesh: Mesh, *, instance: int, material: int) -> None:
        """Append one of our meshes to an instance (0 = unlabelled surroundings)."""
        corners = Corners.alike(mesh.faces)
        self.add_triangles(
            mesh.vertices, mesh.normals, mesh.uvs, corners, instance=instance, part=0, material=material
        )

    def add_object(self, mesh: Mesh, entity: str, material: int) -> int:
        """A new instance that consists of one mesh."""
        instance = self.instance(entity)
        self.add_mesh(mesh, instance=instance, material=material)
        return instance

    def pieces(self) -> Iterator[Piece]:
        """All triangles in the order in which they were added; several pieces may be of one instance."""
        for buffer, index, cut in self._chunks:
            ids = buffer["id"]
            yield Piece(int(ids[0, 0]), buffer["p"], ids[:, 1], index.reshape(-1, 3), cut)

    def geometry(self) -> Geometry:
        """All triangles; what was added last comes first (people before the room: fewer hidden fragments)."""
        vertices: list[NDArray] = []
        found: dict[Group, list[NDArray[np.uint32]]] = {group: [] for group in GROUPS}
        first = 0
        for buffer, index, is_cut in reversed(self._chunks):
            vertices.append(buffer)
            found[self._group(buffer, is_cut)].append(index + np.uint32(first))
            first += len(buffer)
        groups, begin = {}, 0
        for group in GROUPS:
            end = begin + sum(len(index) for index in found[group])
            groups[group] = range(begin, end)
            begin = end
        indices = np.concatenate([index for group in GROUPS for index in found[group]])
        return Geometry(np.concatenate(vertices), indices, groups)

    def _group(self, buffer: NDArray, cut: bool) -> Group:
        """How triangles of these vertices are drawn."""
        rows = np.flatnonzero(np.bincount(buffer["id"][:, 3]))
        bumps = [self.materials[row].bump for row in rows]
        unlit = [self.materials[row].subsurface < 0 for row in rows]
        if all(unlit) and not cut:
            return "unlit"
        if any(bumps) or any(unlit):
            return "cut bumpy" if cut else "bumpy"
        return "cut smooth" if cut else "smooth"

    def material_block(self) -> NDArray[np.float32]:
        """(MAX_MATERIALS, 12) as the uniform block of the shaders."""
        block = np.zeros((MAX_MATERIALS, 12), np.float32)
        block[: len(self.materials)] = [material.row() for material in self.materials]
        return block
