"""Random people: shape, age, look."""

from __future__ import annotations

from typing import Literal

import numpy as np

from hrs_ros.synthetic import postures
from hrs_ros.synthetic.body import BodyShape, Figure
from hrs_ros.synthetic.draft import Draft
from hrs_ros.synthetic.dress import Look
from hrs_ros.synthetic.outfits import random_look
from hrs_ros.synthetic.studio import Studio

Age = Literal["child", "adult"]
CHILD_SHARE = 0.15
HEADS = ("oval", "round", "square", "rectangular", "triangular", "invertedtriangular", "diamond")


def random_draft(studio: Studio, rng: np.random.Generator, *, age: Age | None = None) -> Draft:
    """Somebody who stands at the origin and faces +Z."""
    chosen: Age = age or ("child" if rng.random() < CHILD_SHARE else "adult")
    female = bool(rng.random() < 0.5)
    shape = random_shape(rng, female=female, age=chosen)
    figure = studio.body.shaped(shape)
    look = random_look(studio, rng, female=female, age=shape.age)
    draft = Draft(figure, look, studio.body.rest(), np.zeros(3))
    draft.sole_thickness = sole_thickness(studio, figure, look)
    postures.stand(draft, rng)
    return draft


def random_shape(rng: np.random.Generator, *, female: bool, age: Age) -> BodyShape:
    """Sliders of a child of about 8 to 15 years, or of an adult of any age."""
    child = age == "child"
    gender = rng.uniform(0, 0.25) if female else rng.uniform(0.75, 1)
    heads = rng.dirichlet(np.ones(len(HEADS)) * 0.5) * rng.uniform(0, 0.4 if child else 0.8)
    african, asian, caucasian = rng.dirichlet([1, 1, 1])
    years = rng.uniform(0.16, 0.33) if child else rng.uniform(0.45, 0.95)
    return BodyShape(
        gender=gender,
        age=years,
        muscle=rng.uniform(0.35, 0.6) if child else rng.uniform(0.3, 0.8),
        weight=rng.uniform(0.3, 0.7) if child else rng.uniform(0.25, 0.85),
        height=rng.uniform(0.3, 0.7),
        proportions=rng.uniform(0.4, 0.9),
        race=(african, asian, caucasian),
        extra=tuple((f"head/head-{head}", w) for head, w in zip(HEADS, heads, strict=True) if w > 0.02),
    )


def sole_thickness(studio: Studio, figure: Figure, look: Look) -> float:
    """How far the shoes of a look reach below the bare foot, in decimetres."""
    shoes = [studio.wardrobe[name] for name in look.garments if studio.wardrobe[name].kind == "shoes"]
    return max((figure.sole - float(shoe.fit(figure.vertices)[:, 1].min()) for shoe in shoes), default=0.0)
