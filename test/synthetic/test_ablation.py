from __future__ import annotations

import numpy as np
import pytest

from hrs_ros.synthetic.ablation import ABLATIONS, checked
from hrs_ros.synthetic.assets import AssetPack
from hrs_ros.synthetic.studio import Studio
from hrs_ros.synthetic.textures import TextureArray


@pytest.fixture(scope="module")
def poor(pack: AssetPack, textures: TextureArray) -> Studio:
    """A studio without everything that can be left out."""
    return Studio(pack, textures.layer, "train", ablate=tuple(ABLATIONS))


def test_names_are_checked_and_sorted() -> None:
    assert checked(["texture_variety", "blur", "blur"]) == ("blur", "texture_variety")
    with pytest.raises(ValueError, match="unknown ablation 'noise': expected backdrops, blur"):
        checked(["noise"])


def test_one_texture_of_a_kind_without_variety(studio: Studio, poor: Studio) -> None:
    rich, plain = (
        [part.surface(rng, "plaid", "wood") for rng in [np.random.default_rng(0)] for _ in range(60)]
        for part in (studio, poor)
    )
    assert len(set(rich)) > 5 and len(set(plain)) == 2  # one of plaid, one of wood
    names = {layer: name for name, layer in studio.layer.items()}
    for ours, theirs in zip(plain, rich, strict=True):  # the same kind was drawn: scenes stay comparable
        assert names[ours].rstrip("0123456789") == names[theirs].rstrip("0123456789")


def test_photographs_give_way_to_a_drawn_sky(studio: Studio, poor: Studio) -> None:
    assert {studio.backdrop_layer(name) for name in studio.backdrops} == {
        studio.layer[name] for name in studio.backdrops
    }
    (sky,) = {poor.backdrop_layer(name) for name in poor.backdrops}
    assert next(name for name, layer in poor.layer.items() if layer == sky).startswith("sky_clear")
    np.testing.assert_array_equal(  # the light is that of the photograph all the same
        poor.environment(poor.backdrops[0]), studio.environment(studio.backdrops[0])
    )
