"""Looks of surfaces by name: which textures, tints and gloss a "wood" or a "china" may have.

A name may carry a suffix after a dot ("plastic.2"): a further look of the same sort within one thing.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from hrs_ros.synthetic.scene_graph import Material
from hrs_ros.synthetic.studio import Studio

Range = tuple[float, float]
Colour = tuple[float, float, float]


@dataclass(frozen=True, slots=True)
class Sort:
    """What a look is drawn from."""

    textures: tuple[str, ...]
    palette: tuple[Colour, ...] = ()  # linear RGB; empty: any colour
    strong: float = 0.35  # share of saturated colours among any colours
    roughness: Range = (0.3, 0.7)
    specular: float = 0.04
    scale: Range = (2.0, 5.0)  # textures per 10 dm
    desaturation: float = 0.0
    bump: float = 0.0
    alive: float = 0.12  # how far each channel strays from the palette
    once: bool = False  # the texture fills the surface once


_METALS: tuple[Colour, ...] = ((0.3, 0.31, 0.32), (0.2, 0.2, 0.21), (0.12, 0.12, 0.13), (0.36, 0.35, 0.33))
_BROWNS: tuple[Colour, ...] = ((0.28, 0.15, 0.07), (0.12, 0.06, 0.03), (0.45, 0.28, 0.14), (0.03, 0.03, 0.03))

SORTS: dict[str, Sort] = {
    # Made things
    "china": Sort(
        ("white", "white", "white", "marble", "stripe", "dots"), roughness=(0.1, 0.4), specular=0.05
    ),
    "wood": Sort(
        ("wood",), ((1, 1, 1), (0.8, 0.75, 0.7), (1.3, 1.25, 1.2), (0.5, 0.45, 0.4)), roughness=(0.3, 0.7)
    ),
    "plastic": Sort(("white",), strong=0.7, roughness=(0.2, 0.5)),
    "paint": Sort(("white",), strong=0.75, roughness=(0.12, 0.35), specular=0.06),
    "metal": Sort(("white",), _METALS, roughness=(0.22, 0.45), specular=0.3, alive=0.04),
    "brass": Sort(("white",), ((0.45, 0.29, 0.07), (0.5, 0.36, 0.12)), roughness=(0.2, 0.4), specular=0.25),
    "black": Sort(("white",), ((0.02, 0.02, 0.022), (0.05, 0.05, 0.055)), roughness=(0.25, 0.6)),
    "white": Sort(
        ("white",), ((0.8, 0.8, 0.78), (0.9, 0.9, 0.9), (0.7, 0.69, 0.64)), roughness=(0.2, 0.5), alive=0.04
    ),
    "rubber": Sort(("white",), ((0.025, 0.025, 0.027),), roughness=(0.6, 0.9)),
    "glass": Sort(
        ("white",),
        ((0.55, 0.66, 0.66), (0.68, 0.72, 0.74), (0.2, 0.36, 0.2), (0.3, 0.16, 0.06), (0.5, 0.65, 0.75)),
        roughness=(0.05, 0.14),
        specular=0.12,
    ),
    "clear": Sort(
        ("white",), ((0.62, 0.7, 0.71), (0.72, 0.76, 0.77)), roughness=(0.05, 0.12), specular=0.14, alive=0.04
    ),
    "screen": Sort(
        ("art", "white"),
        ((0.04, 0.05, 0.06), (0.9, 0.95, 1.0), (0.5, 0.55, 0.65)),
        roughness=(0.1, 0.2),
        specular=0.06,
        once=True,
    ),
    "keys": Sort(("tile",), ((0.1, 0.1, 0.1), (0.3, 0.3, 0.32)), desaturation=1.0, scale=(12, 16)),
    "label": Sort(("art", "stripe", "dots", "white"), strong=0.6, once=True),
    "cover": Sort(("art", "white", "stripe", "knit", "dots"), strong=0.6, roughness=(0.3, 0.7), once=True),
    "print": Sort(("art",), ((1, 1, 1),), roughness=(0.5, 0.8), once=True),
    "paper": Sort(
        ("white", "white", "plaster"), ((0.85, 0.84, 0.8), (0.9, 0.9, 0.9)), roughness=(0.7, 0.95), alive=0.04
    ),
    "ink": Sort(("white",), ((0.03, 0.03, 0.035), (0.12, 0.12, 0.13)), roughness=(0.7, 0.9), alive=0.05),
    "page": Sort(
        ("art", "stripe", "tile", "white"),
        ((0.9, 0.9, 0.88),),
        desaturation=0.5,
        roughness=(0.7, 0.9),
        once=True,
        alive=0.05,
    ),
    "cardboard": Sort(
        ("plaster", "carpet"),
        ((0.46, 0.31, 0.18), (0.55, 0.4, 0.25)),
        roughness=(0.7, 0.95),
        desaturation=1.0,
    ),
    "carton": Sort(("plaster", "white", "stripe", "art", "plaster"), strong=0.3, roughness=(0.5, 0.9)),
    "wicker": Sort(
        ("knit",),
        ((0.5, 0.34, 0.17), (0.35, 0.22, 0.1), (0.62, 0.5, 0.32)),
        roughness=(0.6, 0.9),
        scale=(6, 10),
        bump=0.2,
    ),
    "straw": Sort(
        ("carpet",), ((0.72, 0.58, 0.3), (0.65, 0.5, 0.25)), desaturation=1.0, roughness=(0.8, 1.0)
    ),
    "stone": Sort(
        ("marble", "plaster"), ((0.5, 0.5, 0.48), (0.65, 0.63, 0.58)), desaturation=0.8, roughness=(0.5, 0.9)
    ),
    "clay": Sort(
        ("plaster",), ((0.5, 0.22, 0.12), (0.6, 0.32, 0.18)), desaturation=1.0, roughness=(0.6, 0.9)
    ),
    "marble": Sort(("marble", "white"), ((1, 1, 1), (0.5, 0.5, 0.5)), roughness=(0.15, 0.4)),
    # Cloth
    "cloth": Sort(
        ("knit", "denim", "stripe", "plaid", "dots", "white", "carpet"),
        roughness=(0.8, 1.0),
        specular=0.03,
        bump=0.15,
    ),
    "plain cloth": Sort(
        ("knit", "white", "carpet"),
        strong=0.5,
        desaturation=1.0,
        roughness=(0.8, 1.0),
        specular=0.03,
        bump=0.15,
    ),
    "linen": Sort(
        ("white", "stripe", "dots", "plaid", "knit"),
        ((0.85, 0.85, 0.85), (0.7, 0.75, 0.85), (0.85, 0.75, 0.7)),
        roughness=(0.8, 1.0),
        specular=0.03,
        bump=0.1,
    ),
    "cloth cover": Sort(
        ("plaid", "stripe", "dots", "knit", "denim"),
        strong=0.4,
        roughness=(0.85, 1.0),
        specular=0.02,
        bump=0.15,
        once=True,
    ),
    "stripe cloth": Sort(("stripe", "plaid"), strong=0.6, roughness=(0.7, 0.95), scale=(1, 2)),
    "nylon": Sort(("white", "knit"), strong=0.7, roughness=(0.45, 0.7), bump=0.1),
    "leather": Sort(
        ("plaster", "white"),
        (*_BROWNS, (0.35, 0.04, 0.03), (0.7, 0.66, 0.6)),
        desaturation=1.0,
        roughness=(0.35, 0.6),
        bump=0.1,
    ),
    "rug": Sort(
        ("carpet", "plaid", "stripe", "art"), roughness=(0.9, 1.0), specular=0.02, bump=0.2, once=True
    ),
    "banner": Sort(("stripe", "white", "art", "dots"), strong=0.8, roughness=(0.7, 0.95), once=True),
    # Plants, food, animals
    "leaf": Sort(
        ("grass", "plaster"),
        ((0.1, 0.26, 0.05), (0.2, 0.36, 0.1), (0.06, 0.16, 0.05)),
        desaturation=1.0,
        roughness=(0.5, 0.8),
    ),
    "petal": Sort(
        ("white", "plaster"),
        (
            (0.8, 0.05, 0.08),
            (0.85, 0.75, 0.1),
            (0.85, 0.83, 0.8),
            (0.7, 0.2, 0.5),
            (0.4, 0.15, 0.6),
            (0.9, 0.4, 0.1),
        ),
        roughness=(0.6, 0.9),
    ),
    "apple": Sort(
        ("plaster",),
        ((0.6, 0.04, 0.03), (0.35, 0.5, 0.06), (0.75, 0.3, 0.08)),
        desaturation=1.0,
        roughness=(0.2, 0.4),
    ),
    "orange": Sort(
        ("carpet",), ((0.95, 0.36, 0.03), (0.9, 0.7, 0.08)), desaturation=1.0, roughness=(0.4, 0.6)
    ),
    "banana": Sort(
        ("plaster",),
        ((0.9, 0.66, 0.07), (0.75, 0.65, 0.12)),
        desaturation=1.0,
        roughness=(0.4, 0.6),
        alive=0.06,
    ),
    "bread": Sort(
        ("plaster", "carpet"),
        ((0.55, 0.3, 0.11), (0.68, 0.44, 0.2), (0.45, 0.22, 0.08)),
        desaturation=1.0,
        roughness=(0.6, 0.9),
        bump=0.2,
    ),
    "crumb": Sort(
        ("carpet",), ((0.85, 0.75, 0.55), (0.7, 0.58, 0.38)), desaturation=1.0, roughness=(0.8, 1.0)
    ),
    "meat": Sort(
        ("carpet", "plaster"),
        ((0.2, 0.09, 0.05), (0.45, 0.16, 0.1), (0.5, 0.3, 0.16)),
        desaturation=1.0,
        roughness=(0.4, 0.7),
        bump=0.3,
    ),
    "cheese": Sort(("white",), ((0.9, 0.62, 0.12), (0.9, 0.8, 0.45))),
    "sauce": Sort(
        ("plaster",), ((0.65, 0.06, 0.03), (0.7, 0.16, 0.05)), desaturation=1.0, roughness=(0.3, 0.6)
    ),
    "cream": Sort(
        ("white",),
        ((0.9, 0.85, 0.78), (0.25, 0.11, 0.05), (0.9, 0.55, 0.6), (0.75, 0.85, 0.6)),
        roughness=(0.4, 0.7),
    ),
    "dish": Sort(("carpet", "marble", "brick"), roughness=(0.4, 0.7), strong=0.6),
    "coat": Sort(
        ("carpet", "plaster"),
        (*_BROWNS, (0.6, 0.58, 0.53), (0.35, 0.33, 0.3), (0.55, 0.36, 0.16)),
        desaturation=1.0,
        roughness=(0.75, 0.95),
        specular=0.02,
        bump=0.15,
    ),
    "mane": Sort(
        ("carpet",),
        ((0.02, 0.015, 0.01), (0.15, 0.08, 0.04), (0.6, 0.5, 0.35)),
        desaturation=1.0,
        roughness=(0.8, 1.0),
        specular=0.02,
    ),
    "hide": Sort(
        ("plaster",),
        ((0.3, 0.28, 0.27), (0.24, 0.22, 0.22), (0.36, 0.31, 0.28)),
        desaturation=1.0,
        roughness=(0.8, 0.95),
        specular=0.02,
        bump=0.4,
        alive=0.05,
    ),
    "sand": Sort(
        ("carpet",),
        ((0.55, 0.38, 0.2), (0.42, 0.27, 0.13)),
        desaturation=1.0,
        roughness=(0.85, 1.0),
        specular=0.02,
    ),
    "feather": Sort(
        ("plaster", "carpet"),
        ((0.75, 0.75, 0.75), (0.2, 0.2, 0.22), (0.35, 0.25, 0.16), (0.15, 0.3, 0.5), (0.6, 0.12, 0.08)),
        desaturation=1.0,
        roughness=(0.7, 0.9),
    ),
    "beak": Sort(("white",), ((0.75, 0.45, 0.06), (0.15, 0.13, 0.12))),
    "plush": Sort(
        ("knit", "carpet"),
        ((0.42, 0.24, 0.1), (0.68, 0.5, 0.3), (0.75, 0.7, 0.65), (0.7, 0.3, 0.35)),
        desaturation=1.0,
        roughness=(0.9, 1.0),
        specular=0.02,
        bump=0.3,
    ),
    # Sports and vehicles
    "basketball": Sort(
        ("carpet",),
        ((0.62, 0.22, 0.05), (0.5, 0.17, 0.04)),
        desaturation=1.0,
        roughness=(0.5, 0.7),
        alive=0.05,
    ),
    "tennis": Sort(("carpet",), ((0.65, 0.8, 0.08),), desaturation=1.0, roughness=(0.9, 1.0), alive=0.05),
    "window": Sort(
        ("white",), ((0.03, 0.035, 0.04), (0.08, 0.1, 0.11)), roughness=(0.05, 0.12), specular=0.1
    ),
    "light": Sort(("white",), ((0.95, 0.93, 0.85),), roughness=(0.1, 0.3), specular=0.1, alive=0.03),
    "red light": Sort(("white",), ((0.6, 0.03, 0.02),), roughness=(0.1, 0.3), specular=0.1, alive=0.03),
    "blackboard": Sort(
        ("plaster",),
        ((0.02, 0.05, 0.035), (0.025, 0.028, 0.03)),
        desaturation=1.0,
        roughness=(0.7, 0.9),
        alive=0.04,
    ),
    "whiteboard": Sort(("white",), ((0.85, 0.86, 0.87),), roughness=(0.1, 0.25), alive=0.03),
    "warning": Sort(("stripe",), ((0.9, 0.7, 0.1), (0.85, 0.2, 0.1)), roughness=(0.4, 0.7)),
}


def sort_of(look: str) -> str:
    """The sort that a look of a surface belongs to."""
    return look.partition(".")[0]


def material(look: str, studio: Studio, rng: np.random.Generator) -> Material:
    """A random material of a look; textures are those of the studio's split."""
    sort = SORTS[sort_of(look)]
    layer = studio.surface(rng, *sort.textures)
    red, green, blue = _tint(sort, rng)
    return Material(
        layer,
        (red, green, blue),
        desaturation=sort.desaturation,
        roughness=rng.uniform(*sort.roughness),
        specular=sort.specular,
        bump=sort.bump,
        scale=1.0 if sort.once else rng.uniform(*sort.scale),
    )


def _tint(sort: Sort, rng: np.random.Generator) -> Colour:
    if sort.palette:
        base = np.array(sort.palette[rng.integers(len(sort.palette))])
        red, green, blue = base * rng.uniform(0.8, 1.2) * rng.uniform(1 - sort.alive, 1 + sort.alive, 3)
    elif rng.random() < sort.strong:  # one or two channels dominate
        red, green, blue = rng.permutation(
            [rng.uniform(0.4, 0.9), rng.uniform(0.02, 0.6), rng.uniform(0.01, 0.15)]
        )
    else:
        red, green, blue = rng.uniform(0.15, 0.95) * rng.uniform(0.75, 1.05, 3)
    return float(red), float(green), float(blue)
