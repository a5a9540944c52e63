"""Scene k of a split: a pure function of (VERSION, split, k) and the asset pack."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from hrs_ros.synthetic.recipes.holders import box_in_both, one_object, two_objects
from hrs_ros.synthetic.recipes.moving import library_poses
from hrs_ros.synthetic.recipes.shot import Shot
from hrs_ros.synthetic.recipes.sitting import sit_at_table
from hrs_ros.synthetic.splits import SPLITS, Split
from hrs_ros.synthetic.studio import Studio

VERSION = 2  # raise when any scene may change

Recipe = Callable[[Studio, np.random.Generator], Shot]
SHARES: tuple[tuple[Recipe, float], ...] = (
    (two_objects, 0.47),
    (one_object, 0.20),
    (box_in_both, 0.04),
    (sit_at_table, 0.14),
    (library_poses, 0.15),
)


def generator(split: Split, seed: int) -> np.random.Generator:
    """The random stream of a scene; streams of different splits never coincide."""
    return np.random.default_rng([VERSION, SPLITS.index(split), seed])


def make_scene(studio: Studio, seed: int) -> Shot:
    """Scene ``seed`` of the studio's split."""
    rng = generator(studio.split, seed)
    recipes, shares = zip(*SHARES, strict=True)
    recipe: Recipe = recipes[rng.choice(len(recipes), p=shares)]
    return recipe(studio, rng)
