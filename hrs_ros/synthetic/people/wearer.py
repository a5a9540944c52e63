"""What an accessory is fitted to: the dressed figure at rest, and how a worn mesh follows the body."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from scipy.spatial import cKDTree

from hrs_ros.synthetic.mesh import Mesh, point_tree
from hrs_ros.synthetic.people.body import Figure, SkinWeights
from hrs_ros.synthetic.rotation import Array


@dataclass(frozen=True, slots=True, eq=False)
class Worn:
    """One piece of an accessory, fitted to a figure at rest."""

    mesh: Mesh
    skin: SkinWeights
    part: str  # PIC part name
    material: str = "main"  # or "second", "dark": see dress


@dataclass(frozen=True, eq=False)
class Wearer:
    """A figure with the rest vertices of the clothes that lie under accessories."""

    figure: Figure
    clothes: tuple[Array, ...] = ()

    @cached_property
    def trunk(self) -> Array:
        """Points (N, 3) of skin and clothes without the head and the arms beyond the shoulders."""
        figure, body = self.figure, self.figure.body
        skin = figure.vertices[body.visible_vertices]
        points = np.concatenate([skin, *self.clothes]).astype(float)
        neck = figure.joint("neck01")
        across, shoulder = np.abs(points[:, 0]), abs(figure.joint("upperarm01.L")[0])
        above = points[:, 1] > neck[1]
        head = above & ((points[:, 2] > neck[2] + 0.4 * shoulder) | (across > 0.5 * shoulder))
        head |= points[:, 1] > figure.joint("head")[1]
        return points[(across < shoulder) & ~head]

    @cached_property
    def _near(self) -> cKDTree:
        body = self.figure.body
        return point_tree(self.figure.vertices[body.visible_vertices])

    def clinging(self, mesh: Mesh) -> SkinWeights:
        """Every vertex follows the nearest skin."""
        body = self.figure.body
        _, rows = self._near.query(mesh.vertices)
        return body.visible_skin.at(rows)

    def rigid(self, mesh: Mesh, bone: str) -> SkinWeights:
        """The whole mesh follows one bone."""
        count = len(mesh.vertices)
        bones = np.zeros((count, 4), np.int32)
        bones[:, 0] = self.figure.body.bone[bone]
        weights = np.zeros((count, 4), np.float32)
        weights[:, 0] = 1
        return SkinWeights(bones, weights)
