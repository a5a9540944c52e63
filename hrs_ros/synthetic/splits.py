"""Which clothes, skins and textures a split may use.

A test scene shows outfits, shoes, head hair, skins, surfaces and backgrounds that no training scene shows.
The pack is small, so there are limits:

- ``val`` has assets of its own where a kind has at least five. Women's outfits (4), head hair (4 per gender)
  and women's light skins (3) are too few: there ``val`` shares the training assets and differs by seeds only.
- Both hats, and all brows, lashes and eye colours (a few pixels each), are shared by all splits.
- The base body is one; shapes, poses and all other random numbers come from streams keyed by split and seed.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

Split = Literal["train", "val", "test"]
SPLITS: tuple[Split, ...] = ("train", "val", "test")
CLIP_SPLIT: Split = "test"  # films show what no training scene shows, unless told otherwise

HELD_OUT: dict[str, frozenset[str]] = {
    "test": frozenset(
        {
            "female_casualsuit02", "male_casualsuit04", "male_casualsuit06",
            "short04", "ponytail01", "shoes05", "shoes06",
            "young_darkskinned_male_diffuse", "young_lightskinned_male_diffuse3",
            "young_lightskinned_female_diffuse3",
            "hdri_city", "hdri_interior",
        }
    ),
    "val": frozenset({"male_casualsuit02", "shoes04", "young_lightskinned_male_diffuse2", "hdri_forest"}),
}  # fmt: skip


def allowed(options: Sequence[str], split: Split) -> list[str]:
    """The options of one kind that a split may use, in the given order; never empty for non-empty options."""
    test = [name for name in options if name in HELD_OUT["test"]]
    val = [name for name in options if name in HELD_OUT["val"]]
    train = [name for name in options if name not in test and name not in val]
    chosen = {"train": train, "val": val or train, "test": test or train}[split]
    if not chosen:
        raise ValueError(f"split {split!r} has nothing to choose from among {list(options)}")
    return chosen


def allowed_procedural(kind: str, count: int, split: Split) -> list[str]:
    """Procedural textures of a kind: the last belongs to test, the one before to val (count >= 3)."""
    if count < 3:
        raise ValueError(f"procedural texture {kind!r} needs at least 3 variants to be split, got {count}")
    numbers = {"train": range(count - 2), "val": range(count - 2, count - 1), "test": range(count - 1, count)}
    return [f"{kind}{number}" for number in numbers[split]]
