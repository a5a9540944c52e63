"""The morphable human body: shape targets, skeleton, linear blend skinning.

Unit: decimetre. +Y up, the person faces +Z, the person's own left is +X and in bones ending ``.L``.
Rotations are local, one (3, 3) per bone, in world-aligned rest axes: G_bone = G_parent R_bone.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from hrs_ros.synthetic.assets import AssetPack
from hrs_ros.synthetic.mesh import Corners
from hrs_ros.synthetic.rotation import Array, from_quaternion
from hrs_ros.vocabulary import vocabulary

Side = Literal["L", "R"]
ARM: dict[Side, str] = {"L": "left arm", "R": "right arm"}
ARMS = (4, 5, 6, 7)  # values of Body.fine: arms and hands
SIGN: dict[Side, int] = {"L": 1, "R": -1}  # of x on that side


def other(side: Side) -> Side:
    return "R" if side == "L" else "L"


@dataclass(frozen=True, eq=False)
class SkinWeights:
    """Linear blend skinning: four bones per vertex."""

    bones: NDArray[np.int32]  # (V, 4)
    weights: NDArray[np.float32]  # (V, 4), rows sum to 1

    def at(self, rows: NDArray[np.integer]) -> SkinWeights:
        """Of some of the vertices."""
        return SkinWeights(self.bones[rows], self.weights[rows])

    @cached_property
    def matrix(self) -> csr_array:
        """(V, B) the same, without the many zeros: blends numbers of bones fast."""
        used = self.weights > 0
        starts = np.concatenate([[0], np.cumsum(used.sum(1))]).astype(np.int32)
        shape = len(self.bones), int(self.bones.max(initial=0)) + 1
        return csr_array((self.weights[used], self.bones[used], starts), shape=shape)


@dataclass(frozen=True, slots=True)
class BodyShape:
    """Macro sliders in [0, 1]; gender 0 female, 1 male; age 0 baby, 0.1875 child, 0.5 young adult, 1 old."""

    gender: float = 1.0
    age: float = 0.5
    muscle: float = 0.5
    weight: float = 0.5
    height: float = 0.5
    proportions: float = 0.5
    race: tuple[float, float, float] = (0.0, 0.0, 1.0)  # african, asian, caucasian; sum 1
    extra: tuple[tuple[str, float], ...] = field(default=())  # (target name, weight)


@dataclass(frozen=True, slots=True, eq=False)
class Pose:
    """Posed skeleton: global rotation (B, 3, 3) and joint position (B, 3) of every bone."""

    rotation: Array
    position: Array

    def placed(self, turn: Array, root: Array) -> Pose:
        """The skeleton turned by ``turn`` (3, 3) about the origin, then shifted by ``root`` (3,)."""
        return Pose(turn @ self.rotation, self.position @ turn.T + root)


class Targets:
    """Shape targets: vertex displacements by name."""

    def __init__(self, pack: AssetPack, vertices: int) -> None:
        arrays = pack.arrays("targets.npz")
        self._unit = np.float32(arrays["unit"])
        # Displacements in units: of the vertices (N,) that move, or (None) of all ``vertices``. Where most
        # move, all are added many times as fast as those that do, and take no more memory.
        self._by_name: dict[str, tuple[NDArray[np.uint16] | None, NDArray[np.int16]]] = {}
        bounds, steps, delta = arrays["off"].tolist(), arrays["didx"], arrays["delta"]
        for name, first, last in zip(arrays["names"].tolist(), bounds[:-1], bounds[1:], strict=True):
            index = np.cumsum(steps[first:last], dtype=np.uint16)
            moved = np.ascontiguousarray(delta[:, first:last].T)
            if 2 * len(index) < vertices:
                self._by_name[name] = index, moved
            else:
                dense = np.zeros((vertices, 3), np.int16)
                dense[index] = moved
                self._by_name[name] = None, dense

    def add(self, vertices: NDArray[np.float32], name: str, weight: float) -> None:
        """Add ``weight`` times a target in place; a name it lacks is no displacement, by design."""
        if name not in self._by_name or abs(weight) <= 1e-3:
            return
        index, delta = self._by_name[name]
        if index is None:
            vertices += delta * np.float32(weight * self._unit)
        else:
            vertices[index] += delta * np.float32(weight * self._unit)


class Body:
    """The base mesh with rig and labels, loaded once."""

    def __init__(self, pack: AssetPack) -> None:
        arrays = pack.arrays("body.npz")
        self._pack = pack
        self.rest_vertices: NDArray[np.float32] = arrays["v"]
        self.targets = Targets(pack, len(self.rest_vertices))
        self.uvs: NDArray[np.float32] = arrays["vt"]
        self.faces = arrays["f"].astype(np.int32)  # (F, 3)
        self.uv_faces = arrays["ft"].astype(np.int32)
        self.corners = Corners.of(self.faces, self.uv_faces)
        self.fine = arrays["face_fine"]  # body region hint per face, see the pack's fine_names
        self.part = arrays["face_part"]  # PIC part id per face
        self.bone = {str(name): row for row, name in enumerate(arrays["bone_names"])}
        self.parent = arrays["bone_parent"].astype(int)
        self._ancestors = _ancestors(self.parent)
        self.skin = SkinWeights(arrays["skin_idx"].astype(np.int32), arrays["skin_w"])
        strongest = self.skin.weights.argmax(1)
        self.owner = self.skin.bones[np.arange(len(strongest)), strongest]  # (V,) bone that moves most
        starts, joints = arrays["joint_off"], arrays["joint_vert"].astype(int)
        rings = [joints[starts[j] : starts[j + 1]] for j in arrays["bone_head"]]
        # A bone's head is the mean of a ring of vertices.
        self._ring_vertices = np.concatenate(rings)
        self._ring_sizes = np.array([len(ring) for ring in rings])
        groups = [str(name) for name in arrays["group_names"]]
        group = arrays["face_group"]
        # Face ids of the visible skin, and of the helper surfaces that procedural clothes are cut from.
        self.visible = np.flatnonzero(group == groups.index("body"))
        self.tights = np.flatnonzero(group == groups.index("helper-tights"))
        self.skirt = np.flatnonzero(group == groups.index("helper-skirt"))
        self.visible_vertices = np.unique(self.faces[self.visible])
        self.visible_skin = self.skin.at(self.visible_vertices)
        self.arms = np.unique(self.faces[self.visible[np.isin(self.fine[self.visible], ARMS)]])
        face_faces = self.visible[self.part[self.visible] == vocabulary().part_id("face")]
        head = np.unique(self.faces[face_faces])
        self.top_vertex = int(head[self.rest_vertices[head, 1].argmax()])

    def rest(self) -> Array:
        """Local rotations of the rest (A) pose."""
        return np.tile(np.eye(3), (len(self.parent), 1, 1))

    def library_pose(self, name: str, frame: int = 0) -> Array:
        """Local rotations of a pose file of the pack."""
        return from_quaternion(self._pack.arrays(f"poses/{name}.npz")["quat"][frame])

    def shaped(self, shape: BodyShape) -> Figure:
        """Apply the shape targets and measure the skeleton of the result."""
        vertices = self.rest_vertices.copy()
        for name, weight in macro_weights(shape):
            self.targets.add(vertices, name, weight)
        for name, weight in shape.extra:
            self.targets.add(vertices, name, weight)
        starts = np.cumsum(self._ring_sizes) - self._ring_sizes
        sums = np.add.reduceat(vertices[self._ring_vertices].astype(float), starts)
        return Figure(self, vertices, sums / self._ring_sizes[:, None])

    def follow(self, local: Array) -> Array:
        """Transforms (B, 4, 4) of all bones from those relative to their parents."""
        # In every round each bone adds as many steps towards the root as it has made so far.
        placed = np.concatenate([local, np.eye(4)[None]])
        for ancestors in self._ancestors:
            placed = placed[ancestors] @ placed
        return placed[:-1]


@dataclass(frozen=True, eq=False)
class Figure:
    """A body of one shape, unposed."""

    body: Body
    vertices: NDArray[np.float32]  # (V, 3)
    heads: Array  # (B, 3) rest position of each bone's head joint
    _latest: dict[bytes, Pose] = field(init=False, repr=False, default_factory=dict)  # by its rotations

    def joint(self, bone: str) -> Array:
        """Rest position (3,) of a bone's head."""
        return self.heads[self.body.bone[bone]]

    @cached_property
    def sole(self) -> float:
        """Lowest height of the visible skin in rest pose."""
        return float(self.vertices[self.body.visible_vertices, 1].min())

    def pose(self, rotations: Array) -> Pose:
        """Forward kinematics; not to be edited: the next call with the same rotations gets the same pose."""
        key = rotations.tobytes()
        if key not in self._latest:
            local = np.zeros((len(rotations), 4, 4))
            local[:, :3, :3], local[:, :3, 3], local[:, 3, 3] = rotations, self._offsets, 1
            placed = self.body.follow(local)
            self._latest.clear()  # steps of posing ask for the same pose in a row, none for an older one
            self._latest[key] = Pose(placed[:, :3, :3].copy(), placed[:, :3, 3].copy())
        return self._latest[key]

    @cached_property
    def _offsets(self) -> Array:
        """(B, 3) from the parent's head to each bone's, at rest."""
        offsets = self.heads - self.heads[self.body.parent]
        offsets[0] = self.heads[0]
        return offsets

    def skin(self, vertices: Array, weights: SkinWeights, pose: Pose) -> NDArray[np.float32]:
        """Linear blend skinning of rest vertices (V, 3); in the world where ``pose`` is placed in it."""
        transform = self._transforms(pose)
        blend = (weights.matrix @ transform.reshape(-1, 12)[: weights.matrix.shape[1]]).T
        x, y, z = vertices.T.astype(np.float32, copy=False)
        result = np.empty((len(vertices), 3), np.float32)
        for axis, (a, b, c, d) in enumerate(blend.reshape(3, 4, -1)):
            result[:, axis] = a * x + b * y + c * z + d
        return result

    def lowest(self, vertices: Array, weights: SkinWeights, pose: Pose) -> float:
        """Height of the lowest of rest vertices (V, 3) when they are posed."""
        transform = np.ascontiguousarray(self._transforms(pose)[:, 1])
        a, b, c, d = (weights.matrix @ transform[: weights.matrix.shape[1]]).T
        x, y, z = vertices.T
        return float((a * x + b * y + c * z + d).min())

    def _transforms(self, pose: Pose) -> NDArray[np.float32]:
        """(B, 3, 4) of every bone, from rest to the pose."""
        shift = pose.position - (pose.rotation @ self.heads[:, :, None])[:, :, 0]
        return np.concatenate([pose.rotation, shift[:, :, None]], axis=2).astype(np.float32)


def _ancestors(parent: NDArray[np.integer]) -> list[NDArray[np.integer]]:
    """Of every bone, and of one more that stands for nothing: the ancestor 1, 2, 4, 8, ... steps above.

    Bone 0 is the root; what lies above it is the last row.
    """
    nothing = len(parent)
    above = np.append(parent, nothing)
    above[0] = nothing
    rounds = []
    while (above != nothing).any():
        rounds.append(above)
        above = above[above]
    return rounds


def macro_weights(shape: BodyShape) -> list[tuple[str, float]]:
    """Targets and weights of the macro sliders: products of linear hat functions (the pack's README)."""

    def three(value: float, low: str, middle: str, high: str) -> dict[str, float]:
        return {low: max(0.0, 1 - 2 * value), middle: 1 - abs(2 * value - 1), high: max(0.0, 2 * value - 1)}

    child, age = 0.1875, shape.age
    genders = {"female": 1 - shape.gender, "male": shape.gender}
    ages = {
        "baby": max(0.0, 1 - age / child),
        "child": max(0.0, min(age / child, (0.5 - age) / (0.5 - child))),
        "young": max(0.0, (age - child) / (0.5 - child)) if age < 0.5 else 2 - 2 * age,
        "old": max(0.0, 2 * age - 1),
    }
    muscles = three(shape.muscle, "minmuscle", "averagemuscle", "maxmuscle")
    weights = three(shape.weight, "minweight", "averageweight", "maxweight")
    tall, ideal = 2 * shape.height - 1, 2 * shape.proportions - 1
    stature = "maxheight" if tall > 0 else "minheight"
    build = "idealproportions" if ideal > 0 else "uncommonproportions"
    result = []
    for gender, gender_weight in genders.items():
        for years, age_weight in ages.items():
            share = gender_weight * age_weight
            for race, race_weight in zip(("african", "asian", "caucasian"), shape.race, strict=True):
                result.append((f"macrodetails/{race}-{gender}-{years}", race_weight * share))
            for muscle, muscle_weight in muscles.items():
                for weight, weight_weight in weights.items():
                    total, name = share * muscle_weight * weight_weight, f"{gender}-{years}-{muscle}-{weight}"
                    result.append((f"macrodetails/universal-{name}", total))
                    result.append((f"macrodetails/height/{name}-{stature}", total * abs(tall)))
                    result.append((f"macrodetails/proportions/{name}-{build}", total * abs(ideal)))
    return result
