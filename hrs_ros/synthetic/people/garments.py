"""Garments of the pack: meshes that hang on the body's triangles; hair, brows and eyes are garments too."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from hrs_ros.synthetic.assets import AssetPack
from hrs_ros.synthetic.mesh import Corners
from hrs_ros.synthetic.people.body import SkinWeights
from hrs_ros.synthetic.rotation import Array


class Garment:
    """One garment, as modelled."""

    def __init__(self, pack: AssetPack, name: str) -> None:
        arrays, entry = pack.arrays(f"clothes/{name}.npz"), pack.index["clothes"][name]
        self.name = name
        self.kind: str = entry["kind"]
        self.texture: str | None = entry["diffuse"]  # None: the pack lacks it
        self.faces = arrays["f"].astype(np.int32)  # (F, 3)
        self.corners = Corners.of(self.faces, arrays["ft"].astype(np.int32))
        self.uvs: NDArray[np.float32] = arrays["vt"]
        self.part = arrays["part"]  # PIC part id per face
        self.hidden_body_vertices = arrays["delete"].astype(int)
        self.reference = arrays["ref"].astype(np.int32)  # (V, 3) body vertices each garment vertex hangs on
        self.skin = SkinWeights(arrays["skin_idx"].astype(np.int32), arrays["skin_w"])
        starts = np.arange(0, self.reference.size + 1, 3, dtype=np.int32)
        shape = len(self.reference), int(self.reference.max()) + 1
        self._hanging = csr_array((arrays["w"].ravel(), self.reference.ravel(), starts), shape=shape)
        self._offset = arrays["off"]
        self._scale_vertices, self._scale_base = arrays["scale_vert"].astype(int), arrays["scale_den"]

    def fit(self, body_vertices: NDArray[np.float32]) -> Array:
        """Vertices (V, 3) on a shaped, unposed body: barycentric point + offset scaled by body measures."""
        scale = np.ones(3, np.float32)
        for axis, (first, second) in enumerate(self._scale_vertices):
            if self._scale_base[axis] > 0:
                span = abs(body_vertices[first, axis] - body_vertices[second, axis])
                scale[axis] = span / self._scale_base[axis]
        return self._hanging @ body_vertices[: self._hanging.shape[1]] + self._offset * scale


class Wardrobe:
    """Garments by name, each loaded on first use."""

    def __init__(self, pack: AssetPack) -> None:
        self._pack = pack
        self._loaded: dict[str, Garment] = {}

    def __getitem__(self, name: str) -> Garment:
        if name not in self._loaded:
            self._loaded[name] = Garment(self._pack, name)
        return self._loaded[name]
