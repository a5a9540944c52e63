"""The texture layers that recent scenes used, in the driver's memory; all would take half as much again."""

from __future__ import annotations

import ctypes
import mmap
from typing import Any

import moderngl
import numpy as np
from numpy.typing import ArrayLike, NDArray

from hrs_ros.synthetic.textures import TextureArray, level_sizes

TEXTURE_2D_ARRAY, RGBA, RGBA8, UNSIGNED_BYTE = 0x8C1A, 0x1908, 0x8058, 0x1401  # of OpenGL


class TexturePool:
    """One OpenGL array texture of some slots; a layer is sent to one when a scene needs it.

    ``loader`` is the glcontext object of ``context``: moderngl can neither reserve nor send the levels of an
    array, and its ``build_mipmaps`` makes llvmpipe hold the whole array twice.
    """

    def __init__(self, context: moderngl.Context, loader: Any, textures: TextureArray, slots: int) -> None:
        self._textures = textures
        count = min(slots, len(textures.texels))
        number, address = ctypes.c_int, ctypes.c_void_p
        reserve = ctypes.CFUNCTYPE(None, *[number] * 9, address)(loader.load("glTexImage3D"))
        self._send = ctypes.CFUNCTYPE(None, *[number] * 10, address)(loader.load("glTexSubImage3D"))
        # moderngl names, binds and filters the texture. Filtered by level before it is reserved, Mesa makes
        # room for all levels at once.
        self._array = context.texture_array((1, 1, 1), 4)
        self._array.filter = (moderngl.LINEAR_MIPMAP_LINEAR, moderngl.LINEAR)
        self._array.use(0)
        for level, size in enumerate(level_sizes(textures.size)):
            reserve(TEXTURE_2D_ARRAY, level, RGBA8, size, size, count, 0, RGBA, UNSIGNED_BYTE, None)
        self._slot: dict[int, int] = {}  # of each layer that is held, the one unused for longest first
        self._free = list(range(count))

    def use(self, layers: ArrayLike) -> NDArray[np.int64]:
        """Bind the texture and bring these layers in; their slots, in the shape of ``layers``.

        Raises ValueError where there are more different layers than slots.
        """
        self.bind()
        wanted, index = np.unique(np.asarray(layers, np.int64), return_inverse=True)
        if len(wanted) > len(self._slot) + len(self._free):
            raise ValueError(f"a scene uses {len(wanted)} textures, more than the renderer has room for")
        kept = {layer: self._slot.pop(layer) for layer in wanted.tolist() if layer in self._slot}
        for layer in [layer for layer in wanted.tolist() if layer not in kept]:
            slot = self._free.pop() if self._free else self._slot.pop(next(iter(self._slot)))
            self._fill(slot, layer)
            kept[layer] = slot
        self._slot.update(kept)
        return np.array([kept[layer] for layer in wanted.tolist()], np.int64)[index].reshape(np.shape(layers))

    def bind(self) -> None:
        """Bind the texture to unit 0."""
        self._array.use(0)

    def _fill(self, slot: int, layer: int) -> None:
        for level, pixels in enumerate(self._textures.levels(layer)):
            size = len(pixels)
            place = (level, 0, 0, slot, size, size, 1)
            self._send(TEXTURE_2D_ARRAY, *place, RGBA, UNSIGNED_BYTE, pixels.ctypes.data)
        if isinstance(self._textures.texels, np.memmap):
            # What was sent need not stay in this process's memory as well.
            self._textures.texels._mmap.madvise(mmap.MADV_DONTNEED)  # type: ignore[attr-defined]
