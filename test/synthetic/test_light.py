from __future__ import annotations

import numpy as np
import pytest

from hrs_ros.synthetic.light import PLACE_SHADOW_RADIUS, Lighting, environment_lighting, lit


def sunny(row: int, column: int) -> np.ndarray:
    """A dim blue sky with a yellow sun at a pixel, over dark ground."""
    radiance = np.ones((256, 512, 3), np.float32) * [0.2, 0.3, 0.6]
    radiance[128:] = 0.1
    radiance[row - 6 : row + 6, column - 6 : column + 6] = [200, 180, 120]
    return radiance


def test_light_comes_from_the_azimuth_and_elevation_asked_for() -> None:
    lighting = Lighting(azimuth=(0.5, 0.5), elevation=(0.9, 0.9))
    light = lit(lighting, np.random.default_rng(0), (0, 9, -4))
    towards = -light.key_direction
    assert np.arctan2(towards[0], towards[2]) == pytest.approx(0.5)
    assert np.arcsin(towards[1]) == pytest.approx(0.9)


def test_level_ground_gets_the_same_light_whatever_the_share_of_the_key() -> None:
    for share in (0.2, 0.8):
        lighting = Lighting(elevation=(0.8, 0.8), key_share=(share, share))
        light = lit(lighting, np.random.default_rng(1), (0, 9, -4))
        assert light.key_colour.mean() * np.sin(0.8) + light.sky.mean() == pytest.approx(1)


def test_the_shadow_map_is_centred_on_the_scene() -> None:
    light = lit(Lighting(), np.random.default_rng(2), (1, 9, -5))
    clip = light.shadow_matrix @ [1, 9, -5, 1]
    assert np.allclose(clip[:2], 0)
    across = np.cross(light.key_direction, [0, 1, 0])
    across /= np.linalg.norm(across)
    edge = light.shadow_matrix @ [*(np.array([1, 9, -5]) + across * PLACE_SHADOW_RADIUS), 1]
    assert np.hypot(*edge[:2]) == pytest.approx(1)


def test_an_environment_gives_its_suns_place_and_colours() -> None:
    row, column = 60, 396  # 42 degrees above the horizon
    lighting, azimuth = environment_lighting(sunny(row, column))
    assert azimuth == pytest.approx(column / 512, abs=1 / 64)
    assert np.mean(lighting.elevation) == pytest.approx((128 - row) / 256 * np.pi, abs=0.06)
    assert lighting.key_colour[0] > lighting.key_colour[1] > lighting.key_colour[2]
    assert lighting.sky[2] > lighting.sky[0]
    assert lighting.key_share[1] > 0.5
    assert max(lighting.ground) < 0.6
