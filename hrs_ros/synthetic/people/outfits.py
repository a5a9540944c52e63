"""Random looks in plausible colours: skin, hair, clothes by age and occasion, accessories."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from hrs_ros.synthetic.people.accessories import Accessory
from hrs_ros.synthetic.people.dress import Look
from hrs_ros.synthetic.people.shells import Tailored
from hrs_ros.synthetic.scene_graph import Material
from hrs_ros.synthetic.studio import Studio

Colour = tuple[float, float, float]
CHILDHOOD, OLD = 0.36, 0.72  # BodyShape.age below which people are children, above which they are old
# Colours of cloth in sRGB.
NEUTRAL: tuple[Colour, ...] = (
    (0.09, 0.09, 0.1), (0.22, 0.23, 0.25), (0.45, 0.45, 0.46), (0.72, 0.72, 0.72), (0.93, 0.93, 0.92),
    (0.89, 0.85, 0.76), (0.13, 0.17, 0.29), (0.66, 0.58, 0.46), (0.33, 0.25, 0.19), (0.32, 0.33, 0.24),
)  # fmt: skip
VIVID: tuple[Colour, ...] = (
    (0.68, 0.13, 0.15), (0.42, 0.1, 0.16), (0.16, 0.34, 0.62), (0.55, 0.71, 0.85), (0.2, 0.43, 0.3),
    (0.82, 0.62, 0.2), (0.86, 0.62, 0.66), (0.4, 0.26, 0.47), (0.18, 0.47, 0.5), (0.83, 0.4, 0.2),
    (0.66, 0.75, 0.6), (0.72, 0.3, 0.46),
)  # fmt: skip
HAIR: tuple[Colour, ...] = (
    (0.05, 0.045, 0.04), (0.1, 0.06, 0.04), (0.19, 0.11, 0.06), (0.3, 0.2, 0.09), (0.26, 0.13, 0.05),
)  # fmt: skip
HAIR_SHARES = (0.34, 0.26, 0.2, 0.14, 0.06)
GREY_HAIR: Colour = (0.26, 0.26, 0.26)
METALS: tuple[Colour, ...] = ((0.85, 0.65, 0.3), (0.75, 0.75, 0.78), (0.08, 0.08, 0.09))
LEATHER: tuple[Colour, ...] = ((0.07, 0.06, 0.06), (0.25, 0.15, 0.09), (0.42, 0.27, 0.15), (0.5, 0.1, 0.1))
# Linear tint that turns a light skin into the darkest; only men's dark skins are in the pack.
DARKEST = np.array([0.2, 0.125, 0.09])
BARE_LEGS = 0.75  # trousers shorter than this share of the leg count as shorts


def random_look(studio: Studio, rng: np.random.Generator, *, female: bool, age: float) -> Look:
    """What somebody of ``age`` (as in BodyShape) wears, with every fabric decided."""
    return _Draw(studio, rng, female, age).look()


class _Draw:
    """One look under construction."""

    def __init__(self, studio: Studio, rng: np.random.Generator, female: bool, age: float) -> None:
        self.studio, self.rng, self.female, self.age = studio, rng, female, age
        self.child, self.old = age < CHILDHOOD, age > OLD
        self.fabrics: dict[str, Material] = {}
        self.tailored: list[Tailored] = []
        self.accessories: list[Accessory] = []
        self.tucked = False

    def look(self) -> Look:
        studio, rng = self.studio, self.rng
        feminine_hair = self.female if rng.random() < 0.88 else not self.female
        hair = self.pick(studio.hair(feminine_hair))
        shoes = self.pick(studio.clothes("shoes"))
        garments = [
            hair,
            "high-poly",
            shoes,
            self.pick(studio.clothes("brow")),
            self.pick(studio.clothes("lash")),
        ]
        outfit = self._outfit()
        if outfit is not None:
            garments.append(outfit)
        self._shoe_fabric(shoes)
        garments += self._accessorise(outfit)
        skin, tint = self._skin()
        colour = np.array(HAIR[rng.choice(len(HAIR), p=HAIR_SHARES)])
        grey = np.clip((self.age - 0.6) / 0.25, 0, 1) * rng.uniform(0.2, 1.2)
        colour = colour + min(1.0, grey) * (np.array(GREY_HAIR) - colour) if self.age > 0.6 else colour
        self.fabrics["moustache"] = self.fabrics["goatee"] = self.fabrics["full"] = Material(
            studio.surface(rng, "carpet"),
            _rgb(colour * 0.8),
            1.0,
            roughness=0.7,
            specular=0.03,
            bump=0.4,
            scale=9.0,
        )
        return Look(
            garments=tuple(garments),
            shells=(),
            hair=hair,
            outfit=outfit,
            skin=skin,
            eyes=studio.layer[self.pick(sorted(studio.pack.index["eye_textures"].values()))],
            skin_tint=tint,
            hair_colour=_rgb(colour * rng.uniform(0.8, 1.2)),
            tailored=tuple(self.tailored),
            accessories=tuple(self.accessories),
            fabrics=self.fabrics,
        )

    def pick(self, names: Sequence[str]) -> str:
        return names[int(self.rng.integers(len(names)))]

    def _skin(self) -> tuple[int, Colour]:
        """Texture and tint of a complexion from lightest to darkest, alike for both genders and all ages."""
        rng, shade = self.rng, self.rng.random()
        light, dark = self.studio.skins_by_tone(self.female)
        jitter = rng.uniform(0.94, 1.06, 3)
        if shade > 0.62 and dark:
            return self.studio.layer[self.pick(dark)], _rgb(jitter * np.interp(shade, [0.62, 1], [1.15, 0.7]))
        depth = float(np.clip((shade - 0.3) / 0.7, 0, 1)) ** 1.2
        tint = (1 - depth) * np.ones(3) + depth * DARKEST
        return self.studio.layer[self.pick(light)], _rgb(
            np.minimum(jitter * tint * rng.uniform(0.92, 1.08), 1.15)
        )

    def _colour(self, *palettes: tuple[Colour, ...]) -> Colour:
        colours = [colour for palette in palettes for colour in palette]
        return colours[self.rng.integers(len(colours))]

    def _plain(self, colour: Colour, kind: str = "knit", **look: Any) -> Material:
        return self._material(self.studio.surface(self.rng, kind), colour, **look)

    def _material(
        self, layer: int, colour: Colour, *, grey: float = 0.0, scale: float = 3.0, **look: Any
    ) -> Material:
        rng = self.rng
        tint = np.array(colour) ** 2.2 * rng.uniform(0.8, 1.25)
        rough, bump = rng.uniform(0.65, 0.95), rng.uniform(0.05, 0.2)
        cloth = Material(layer, _rgb(tint), grey, rough, specular=0.03, bump=bump, scale=scale)
        return replace(cloth, **look)

    def _upper(self) -> Material:
        """Cloth of a top or dress: plain, or a pattern in one hue."""
        rng = self.rng
        vivid = 0.75 if self.child else 0.5
        colour = self._colour(VIVID) if rng.random() < vivid else self._colour(NEUTRAL)
        if rng.random() < 0.6:
            return self._plain(colour, self.pick(("knit", "knit", "white")))
        pattern = self.pick(
            ("stripe", "plaid", "dots", "stripe", "art") if self.child else ("stripe", "plaid", "dots")
        )
        layer, scale = self.studio.surface(rng, pattern), float(rng.choice([2, 3, 4]))
        if pattern == "art":
            return Material(layer, (1, 1, 1), 0.0, roughness=0.85, specular=0.03, scale=2.0)
        light = tuple(0.5 + 0.5 * value for value in colour)
        return self._material(layer, (light[0], light[1], light[2]), grey=rng.uniform(0.6, 1.0), scale=scale)

    def _lower(self) -> Material:
        """Cloth of trousers or skirts."""
        rng = self.rng
        if rng.random() < 0.4:
            shade = rng.uniform(0.5, 1.1)
            denim = Material(self.studio.surface(rng, "denim"), (shade, shade, shade), rng.choice([0.0, 0.3]))
            return replace(denim, roughness=0.85, specular=0.03, bump=0.2, scale=4.0)
        return self._plain(
            self._colour(NEUTRAL if rng.random() < 0.8 else VIVID), self.pick(("knit", "white"))
        )

    def _outfit(self) -> str | None:
        """A garment of the pack, or tailored pieces."""
        rng = self.rng
        if rng.random() < (0.15 if self.child else 0.4):
            return self._pack_outfit()
        if self.female and rng.random() < 0.45:
            self._dress_or_skirt()
        else:
            self._trousers_and_top()
        if rng.random() < 0.25:
            self._outer_layer()
        return None

    def _pack_outfit(self) -> str:
        rng, studio = self.rng, self.studio
        name = self.pick(studio.clothes("outfit", "female" if self.female else "male"))
        garment = studio.wardrobe[name]
        if garment.texture and rng.random() < 0.6:
            grey = 0.0 if rng.random() < 0.5 else rng.uniform(0.5, 1.0)
            hue = np.array(self._colour(VIVID, NEUTRAL)) if grey else np.ones(3)
            tint = np.clip((0.4 + 0.6 * hue) * rng.uniform(0.7, 1.2), 0, 1.3)
            own = Material(studio.layer[garment.texture], _rgb(tint), grey, specular=0.03, bump=0.08)
            self.fabrics[name] = replace(own, roughness=rng.uniform(0.6, 0.9))
            return name
        words = {4: self._upper, 7: self._lower, 15: self._lower, 3: self._coat_cloth}
        for part in np.unique(garment.part):
            make = words.get(int(part), lambda: self._plain(self._colour(VIVID)))
            self.fabrics[f"{name}/{part}"] = make()
        return name

    def _coat_cloth(self) -> Material:
        return self._plain(self._colour(NEUTRAL, NEUTRAL, VIVID), bump=0.25)

    def _dress_or_skirt(self) -> None:
        rng = self.rng
        length = float(rng.choice([0.3, 0.45, 0.6, 0.85])) * rng.uniform(0.9, 1.1)
        if rng.random() < 0.5:
            self._add(
                Tailored("dress", length, float(rng.choice([0.0, 0.25, 0.5, 1.0])), 0.07, self._neckline()),
                self._upper(),
            )
        else:
            self._add(Tailored("skirt", length, offset=0.05), self._lower())
            self._add(self._top("blouse"), self._upper())
        if rng.random() < 0.5:
            tights = Tailored("socks", rng.uniform(0.1, 1.0), offset=0.02)
            self._add(tights, self._plain(self._colour(NEUTRAL, VIVID), "knit"))

    def _trousers_and_top(self) -> None:
        rng = self.rng
        shorts = rng.random() < (0.4 if self.child else 0.22)
        length = rng.uniform(0.25, 0.6) if shorts else float(rng.choice([1.0, 1.0, 1.0, 0.85]))
        loose = rng.uniform(0.03, 0.07) if self.female else rng.uniform(0.05, 0.1)
        self._add(Tailored("trousers", length, offset=loose), self._lower())
        self.tucked = bool(rng.random() < 0.35)
        self._add(self._top("blouse" if self.tucked else "top"), self._upper())
        if length < BARE_LEGS and rng.random() < 0.7:
            socks = Tailored("socks", rng.uniform(0.05, 0.85), offset=0.025)
            self._add(socks, self._plain(self._colour(NEUTRAL, NEUTRAL, VIVID), "knit"))

    def _top(self, kind: str = "top") -> Tailored:
        rng = self.rng
        sleeve = float(rng.choice([0.0, 0.25, 0.33, 0.5, 1.0, 1.0]))
        return Tailored(kind, rng.uniform(0.0, 1.0), sleeve, rng.uniform(0.08, 0.13), self._neckline())

    def _neckline(self) -> float:
        """Mostly round, sometimes deep, sometimes none."""
        deep = 0.9 if self.female and not self.child else 0.4
        return 0.0 if self.rng.random() < 0.15 else float(self.rng.uniform(0.15, deep))

    def _outer_layer(self) -> None:
        rng = self.rng
        kind = "coat" if rng.random() < 0.4 else "jacket"
        length = rng.uniform(0.3, 0.6) if kind == "coat" else rng.uniform(0.0, 0.6)
        opening = rng.uniform(0.5, 1.3)  # an open front tells it from a pullover
        piece = Tailored(kind, length, 1.0, rng.uniform(0.19, 0.26), rng.uniform(0.1, 0.3), opening)
        self._add(piece, self._coat_cloth())

    def _add(self, piece: Tailored, cloth: Material) -> None:
        self.tailored.append(piece)
        self.fabrics[piece.kind] = cloth

    def _shoe_fabric(self, name: str) -> None:
        rng, garment = self.rng, self.studio.wardrobe[name]
        assert garment.texture is not None, f"{name} has no texture"
        grey = 0.0 if rng.random() < 0.6 else 0.9
        tint = np.ones(3) if rng.random() < 0.5 else 0.3 + 0.7 * np.array(self._colour(NEUTRAL, VIVID))
        self.fabrics[name] = Material(
            self.studio.layer[garment.texture],
            _rgb(tint),
            grey,
            roughness=rng.uniform(0.5, 0.85),
            specular=0.04,
        )

    def _accessorise(self, outfit: str | None) -> list[str]:
        """Adds accessories; returns hats of the pack."""
        rng = self.rng
        hats: list[str] = []
        covered = rng.random()
        if covered < 0.26:
            kinds = ("cap", "cap", "beanie", "helmet", "headband") if not self.female else (
                "cap", "beanie", "sunhat", "sunhat", "headband", "helmet")  # fmt: skip
            self._wear(self.pick(kinds), self._cloth_or(VIVID))
        elif covered < 0.32 and not self.child:
            hats.append(self.pick(self.studio.clothes("hat")))
            self.fabrics[hats[0]] = self._plain(self._colour(NEUTRAL, LEATHER))
        if not self.female and not self.child and rng.random() < 0.38:
            self.accessories.append(
                Accessory(self.pick(("full", "full", "goatee", "moustache")), rng.random())
            )
        if rng.random() < 0.16:
            self._wear(self.pick(("sunglasses", "sunglasses", "glasses")), self._plain(
                self._colour(METALS), "white", roughness=0.3, specular=0.06))  # fmt: skip
        metal = self._plain(self._colour(METALS), "white", roughness=0.25, specular=0.4)
        for kind, share in (("necklace", 0.3), ("earrings", 0.35), ("bracelet", 0.2)):
            if not self.child and rng.random() < (share if self.female else share * 0.4):
                self._wear(kind, metal)
        neck = rng.random()
        if neck < 0.1:
            self._wear("scarf", self._upper())
        elif (
            neck < 0.2 and not self.female and not self.child and self._has("top") and not self._has("jacket")
        ):
            self._wear("tie", self._plain(self._colour(VIVID, NEUTRAL), self.pick(("knit", "stripe"))))
        bag = rng.random()
        if bag < 0.1:
            self._wear("backpack", self._cloth_or(VIVID))
            self.fabrics["backpack/second"] = self._plain(self._colour(NEUTRAL))
        elif bag < 0.18 and not self.child:
            self._wear("shoulder bag", self._cloth_or(LEATHER))
        if not self._has("coat") and rng.random() < (0.7 if self.tucked else 0.08):
            self._wear("belt", self._plain(self._colour(LEATHER), roughness=0.5))
        if rng.random() < 0.07:
            self._add(Tailored("gloves", offset=0.035), self._plain(self._colour(NEUTRAL, VIVID)))
        return hats

    def _has(self, kind: str) -> bool:
        return any(piece.kind == kind for piece in self.tailored)

    def _cloth_or(self, palette: tuple[Colour, ...]) -> Material:
        return self._plain(self._colour(NEUTRAL, palette))

    def _wear(self, kind: str, material: Material) -> None:
        self.accessories.append(Accessory(kind, self.rng.random()))
        self.fabrics[kind] = material
        self.fabrics[f"{kind}/second"] = self._plain(self._colour(NEUTRAL, VIVID))


def _rgb(colour: ArrayLike) -> Colour:
    red, green, blue = np.asarray(colour, float)
    return float(red), float(green), float(blue)
