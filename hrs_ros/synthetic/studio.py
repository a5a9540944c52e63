"""Everything that recipes draw from for one split: the body, clothes, skins, textures, environment light."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from hrs_ros.synthetic.assets import AssetPack
from hrs_ros.synthetic.light import Light, random_light
from hrs_ros.synthetic.people.body import Body
from hrs_ros.synthetic.people.garments import Wardrobe
from hrs_ros.synthetic.rotation import Array
from hrs_ros.synthetic.splits import Split, allowed, allowed_procedural
from hrs_ros.synthetic.textures import COUNTS

# Hair meshes with their texture in the pack, by how they are cut.
LONG_HAIR = ("bob02", "braid01", "long01", "ponytail01")
SHORT_HAIR = ("short01", "short02", "short03", "short04")
HDRI_LIMIT = 50.0  # radiance above this is one lamp or the sun: kept from drowning the averages


class Studio:
    """Assets of one split. Loading takes about a second; immutable afterwards."""

    def __init__(
        self, pack: AssetPack, layers: dict[str, int], split: Split, *, ablate: tuple[str, ...] = ()
    ) -> None:
        self.pack, self.split = pack, split
        self.ablate = ablate  # names of ablation.ABLATIONS
        self.layer = layers  # texture name -> layer
        self.body = Body(pack)
        self.wardrobe = Wardrobe(pack)
        self.library_pose = self.body.library_pose
        arrays = pack.arrays("hdri/hdri_256x512.npz")
        backdrops = [f"hdri_{name}" for name in arrays["names"]]
        self.backdrops = allowed(backdrops, split)
        kept = [backdrops.index(name) for name in self.backdrops]
        self._radiance: NDArray[np.float16] = arrays["rgb"][kept]
        self._environments: NDArray[np.float32] = np.minimum(self._radiance.astype(np.float32), HDRI_LIMIT)
        self._surfaces = {kind: allowed_procedural(kind, count, split) for kind, count in COUNTS.items()}

    def clothes(self, kind: str, gender: str | None = None) -> list[str]:
        """Clothes of a kind in this split."""
        return allowed(self.pack.clothes(kind, gender), self.split)

    def hair(self, female: bool) -> list[str]:
        return allowed(LONG_HAIR if female else SHORT_HAIR, self.split)

    def skins(self, female: bool) -> tuple[list[str], Array]:
        """Skin textures and their probabilities.

        The pack has no dark female skin, so dark male ones stand in, rarely (stubble shows slightly).
        """
        gender = "female" if female else "male"
        entries = [entry for entry in self.pack.index["skins"].values() if entry["texture"]]

        def names(sex: str, tone: str) -> list[str]:
            return sorted(e["texture"] for e in entries if e["gender"] == sex and e["tone"] == tone)

        light, dark = (allowed(names(*key), self.split) for key in ((gender, "light"), ("male", "dark")))
        weight = np.array(
            [1.0 / len(light)] * len(light) + [(0.25 if female else 0.8) / len(dark)] * len(dark)
        )
        return light + dark, weight / weight.sum()

    def skins_by_tone(self, female: bool) -> tuple[list[str], list[str]]:
        """Light and dark skin textures of a gender; the second list is empty where the pack has none."""
        gender = "female" if female else "male"
        entries = [entry for entry in self.pack.index["skins"].values() if entry["texture"]]
        tones = []
        for tone in ("light", "dark"):
            names = sorted(e["texture"] for e in entries if e["gender"] == gender and e["tone"] == tone)
            tones.append(allowed(names, self.split) if names else [])
        return tones[0], tones[1]

    def surface(self, rng: np.random.Generator, *kinds: str) -> int:
        """Layer of a random procedural texture of one of the kinds."""
        pairs = [(kind, name) for kind in kinds for name in self._surfaces[kind]]
        kind, name = pairs[rng.integers(len(pairs))]
        # The number is drawn all the same: only the picture differs, not the scene.
        return self.layer[self._surfaces[kind][0] if "texture_variety" in self.ablate else name]

    def backdrop_layer(self, backdrop: str) -> int:
        """Layer of the picture of one of ``backdrops``; a procedural sky where these are ablated."""
        return self.layer[self._surfaces["sky_clear"][0] if "backdrops" in self.ablate else backdrop]

    def environment(self, backdrop: str) -> NDArray[np.float32]:
        """Radiance (256, 512, 3) of one of ``backdrops``, linear RGB, equirectangular, top row first."""
        return self._radiance[self.backdrops.index(backdrop)].astype(np.float32)

    def light(self, rng: np.random.Generator, centre: Array) -> Light:
        return random_light(rng, centre, self._environments)
