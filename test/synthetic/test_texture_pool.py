"""Which layers are sent to which slots; OpenGL itself is stood in for."""

from __future__ import annotations

import ctypes
from unittest.mock import Mock

import numpy as np
import pytest

from hrs_ros.synthetic.texture_pool import TexturePool
from hrs_ros.synthetic.textures import TextureArray, level_sizes


class Driver:
    """Stands in for a glcontext object; keeps what was sent as (level, slot, first byte)."""

    def __init__(self) -> None:
        self.sent: list[tuple[int, int, int]] = []
        number, address = ctypes.c_int, ctypes.c_void_p
        self._calls = {
            "glTexImage3D": ctypes.CFUNCTYPE(None, *[number] * 9, address)(lambda *_: None),
            "glTexSubImage3D": ctypes.CFUNCTYPE(None, *[number] * 10, address)(self._keep),
        }

    def load(self, name: str) -> int:
        return ctypes.cast(self._calls[name], ctypes.c_void_p).value or 0

    def _keep(self, *values: int) -> None:
        self.sent.append((values[1], values[4], ctypes.cast(values[10], ctypes.POINTER(ctypes.c_uint8))[0]))


def pool_of(layers: int, slots: int) -> tuple[TexturePool, Driver]:
    """Layers of 4 x 4 texels whose bytes are the layer's number."""
    driver = Driver()
    texels = np.repeat(np.arange(layers, dtype=np.uint8), 21 * 4).reshape(layers, 21, 4)
    textures = TextureArray(texels, 4, {str(layer): layer for layer in range(layers)})
    return TexturePool(Mock(), driver, textures, slots), driver


def test_a_layer_is_sent_with_all_its_levels_when_it_is_first_used() -> None:
    pool, driver = pool_of(9, slots=3)
    slots = pool.use([7, 2, 7])
    assert slots[0] == slots[2] != slots[1]
    assert sorted(driver.sent) == sorted(
        (level, int(slot), layer) for level in range(3) for slot, layer in zip(slots[:2], (7, 2), strict=True)
    )
    again = pool.use([2, 7])
    assert again.tolist() == [slots[1], slots[0]]
    assert len(driver.sent) == 6


def test_what_was_unused_for_longest_makes_room() -> None:
    pool, driver = pool_of(9, slots=3)
    pool.use([0, 1])
    kept = pool.use([1, 2])
    pool.use([0])
    pool.use([5])  # 1 and 2 were used before 0
    assert {layer for _, _, layer in driver.sent[-3:]} == {5}
    assert driver.sent[-1][1] == kept[0]
    with pytest.raises(ValueError, match="4 textures"):
        pool.use([0, 1, 2, 3])


def test_levels_halve_down_to_one_texel() -> None:
    assert level_sizes(8) == [8, 4, 2, 1]
