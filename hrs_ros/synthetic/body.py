"""The morphable human body: shape targets, skeleton, linear blend skinning.

Unit: decimetre. +Y up, the person faces +Z, the person's own left is +X and in bones ending ``.L``.
Rotations are local, one (3, 3) per bone, in world-aligned rest axes: G_bone = G_parent R_bone.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from hrs_ros.synthetic.assets import AssetPack
from hrs_ros.synthetic.rotation import Array, from_quaternion
from hrs_ros.vocabulary import vocabulary

Side = Literal["L", "R"]
ARM: dict[Side, str] = {"L": "left arm", "R": "right arm"}
ARMS = (4, 5, 6, 7)  # values of Body.fine: arms and hands
SIGN: dict[Side, int] = {"L": 1, "R": -1}  # of x on that side


def other(side: Side) -> Side:
    return "R" if side == "L" else "L"


@dataclass(frozen=True, slots=True)
class SkinWeights:
    """Linear blend skinning: four bones per vertex."""

    bones: NDArray[np.int32]  # (V, 4)
    weights: NDArray[np.float32]  # (V, 4), rows sum to 1


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


class Targets:
    """Shape targets: sparse vertex displacements by name."""

    def __init__(self, pack: AssetPack) -> None:
        arrays = pack.arrays("targets.npz")
        self._row = {str(name): row for row, name in enumerate(arrays["names"])}
        self._offset, self._delta = arrays["off"], arrays["delta"]
        self._step, self._unit = arrays["didx"], np.float32(arrays["unit"])
        # Vertices (N,) and displacements (N, 3) in units of the targets used so far.
        self._used: dict[int, tuple[NDArray[np.int32], NDArray[np.float32]]] = {}

    def add(self, vertices: NDArray[np.float32], name: str, weight: float) -> None:
        """Add ``weight`` times a target in place; a name it lacks is no displacement, by design."""
        row = self._row.get(name)
        if row is None or abs(weight) <= 1e-3:
            return
        if row not in self._used:
            first, last = self._offset[row], self._offset[row + 1]
            delta = np.ascontiguousarray(self._delta[:, first:last].T, np.float32)
            self._used[row] = np.cumsum(self._step[first:last], dtype=np.int32), delta
        index, delta = self._used[row]
        vertices[index] += np.float32(weight) * delta * self._unit


class Body:
    """The base mesh with rig and labels, loaded once."""

    def __init__(self, pack: AssetPack) -> None:
        arrays = pack.arrays("body.npz")
        self._pack = pack
        self.targets = Targets(pack)
        self.rest_vertices: NDArray[np.float32] = arrays["v"]
        self.uvs: NDArray[np.float32] = arrays["vt"]
        self.faces = arrays["f"].astype(np.int32)  # (F, 3)
        self.uv_faces = arrays["ft"].astype(np.int32)
        self.fine = arrays["face_fine"]  # body region hint per face, see the pack's fine_names
        self.part = arrays["face_part"]  # PIC part id per face
        self.bone = {str(name): row for row, name in enumerate(arrays["bone_names"])}
        self.parent = arrays["bone_parent"].astype(int)
        self.levels = _levels(self.parent)
        self.skin = SkinWeights(arrays["skin_idx"].astype(np.int32), arrays["skin_w"])
        strongest = self.skin.weights.argmax(1)
        self.owner = self.skin.bones[np.arange(len(strongest)), strongest]  # (V,) bone that moves most
        starts, joints = arrays["joint_off"], arrays["joint_vert"].astype(int)
        self._head_joint = [joints[starts[j] : starts[j + 1]] for j in arrays["bone_head"]]
        groups = [str(name) for name in arrays["group_names"]]
        group = arrays["face_group"]
        # Face ids of the visible skin, and of the helper surfaces that procedural clothes are cut from.
        self.visible = np.flatnonzero(group == groups.index("body"))
        self.tights = np.flatnonzero(group == groups.index("helper-tights"))
        self.skirt = np.flatnonzero(group == groups.index("helper-skirt"))
        self.visible_vertices = np.unique(self.faces[self.visible])
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
        heads = np.array([vertices[index].mean(0) for index in self._head_joint], float)
        return Figure(self, vertices, heads)


@dataclass(frozen=True, slots=True, eq=False)
class Figure:
    """A body of one shape, unposed."""

    body: Body
    vertices: NDArray[np.float32]  # (V, 3)
    heads: Array  # (B, 3) rest position of each bone's head joint

    def joint(self, bone: str) -> Array:
        """Rest position (3,) of a bone's head."""
        return self.heads[self.body.bone[bone]]

    @property
    def sole(self) -> float:
        """Lowest height of the visible skin in rest pose."""
        return float(self.vertices[self.body.visible_vertices, 1].min())

    def pose(self, rotations: Array) -> Pose:
        """Forward kinematics, one level of the rig at a time."""
        rotation, position = np.zeros_like(rotations), np.zeros((len(rotations), 3))
        rotation[0], position[0] = rotations[0], self.heads[0]
        offsets = (self.heads - self.heads[self.body.parent])[:, :, None]
        for bones, parents in self.body.levels:
            turn = rotation[parents]
            rotation[bones] = turn @ rotations[bones]
            position[bones] = position[parents] + (turn @ offsets[bones])[:, :, 0]
        return Pose(rotation, position)

    def skin(self, vertices: Array, weights: SkinWeights, pose: Pose) -> Array:
        """Linear blend skinning of rest vertices (V, 3)."""
        shift = pose.position - np.einsum("bij,bj->bi", pose.rotation, self.heads)
        transform = np.concatenate([pose.rotation, shift[:, :, None]], axis=2).astype(np.float32)
        blend = np.matmul(weights.weights[:, None, :], transform.reshape(-1, 12)[weights.bones])
        blend = blend.reshape(-1, 3, 4)
        return np.einsum("nij,nj->ni", blend[:, :, :3], vertices) + blend[:, :, 3]


def _levels(parent: NDArray[np.integer]) -> list[tuple[NDArray[np.integer], NDArray[np.integer]]]:
    """Bones by their depth below the root, bone 0, each level with its parents."""
    depth = np.zeros(len(parent), int)
    for bone in range(1, len(parent)):  # parents precede children in the rig
        depth[bone] = depth[parent[bone]] + 1
    rows = [np.flatnonzero(depth == level) for level in range(1, depth.max() + 1)]
    return [(row, parent[row]) for row in rows]


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
