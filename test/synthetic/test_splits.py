from __future__ import annotations

import itertools

import pytest

from hrs_ros.synthetic import scene
from hrs_ros.synthetic.assets import AssetPack
from hrs_ros.synthetic.splits import HELD_OUT, SPLITS, allowed, allowed_procedural
from hrs_ros.synthetic.studio import LONG_HAIR, SHORT_HAIR, Studio
from hrs_ros.synthetic.textures import COUNTS, TextureArray


@pytest.mark.parametrize("kind", COUNTS)
def test_procedural_textures_are_split_without_overlap_or_loss(kind: str) -> None:
    pools = [allowed_procedural(kind, COUNTS[kind], split) for split in SPLITS]
    names = list(itertools.chain(*pools))
    assert sorted(names) == sorted({f"{kind}{number}" for number in range(COUNTS[kind])})
    assert all(pools)


def test_too_few_variants_are_refused() -> None:
    with pytest.raises(ValueError, match="at least 3"):
        allowed_procedural("wood", 2, "train")


def test_a_kind_with_one_option_is_shared() -> None:
    assert [allowed(["only"], split) for split in SPLITS] == [["only"]] * 3


def test_held_out_lists_do_not_overlap() -> None:
    assert not HELD_OUT["test"] & HELD_OUT["val"]


def test_test_clothes_skins_and_backdrops_are_unseen_in_training(
    pack: AssetPack, textures: TextureArray
) -> None:
    train, val, test = (Studio(pack, textures.layer, split) for split in SPLITS)
    for gender in ("female", "male"):
        assert not set(test.clothes("outfit", gender)) & set(
            train.clothes("outfit", gender) + val.clothes("outfit", gender)
        )
        female = gender == "female"
        assert not set(test.skins(female)[0]) & set(train.skins(female)[0] + val.skins(female)[0])
        assert not set(test.hair(female)) & set(train.hair(female) + val.hair(female))
    assert not set(test.clothes("shoes")) & set(train.clothes("shoes"))
    assert not set(test.backdrops) & set(train.backdrops)
    for name in HELD_OUT["test"] | HELD_OUT["val"]:
        known = name in pack.index["clothes"] or name in pack.index["skins"] or name.startswith("hdri_")
        assert known, f"{name} is held out but not in the pack"


def test_hair_meshes_have_textures(pack: AssetPack) -> None:
    for name in LONG_HAIR + SHORT_HAIR:
        assert pack.index["clothes"][name]["diffuse"]


def test_random_streams_differ_by_split_and_seed() -> None:
    first = {scene.generator(split, seed).integers(2**60) for split in SPLITS for seed in range(50)}
    assert len(first) == 150
    assert scene.generator("test", 7).integers(2**60) == scene.generator("test", 7).integers(2**60)
