"""Random people: shape, age, look."""

from __future__ import annotations

from dataclasses import replace
from typing import Literal

import numpy as np

from hrs_ros.synthetic.people import postures
from hrs_ros.synthetic.people.body import BodyShape, Figure, SkinWeights
from hrs_ros.synthetic.people.draft import Draft
from hrs_ros.synthetic.people.dress import Look
from hrs_ros.synthetic.people.outfits import random_look
from hrs_ros.synthetic.rotation import Array
from hrs_ros.synthetic.studio import Studio

Age = Literal["child", "adult"]
CHILD_SHARE = 0.15
EXPRESSION = "expression/units/caucasian/"  # alike for all faces
HEADS = ("oval", "round", "square", "rectangular", "triangular", "invertedtriangular", "diamond")


def random_draft(studio: Studio, rng: np.random.Generator, *, age: Age | None = None) -> Draft:
    """Somebody who stands at the origin and faces +Z."""
    chosen: Age = age or ("child" if rng.random() < CHILD_SHARE else "adult")
    female = bool(rng.random() < 0.5)
    shape = random_shape(rng, female=female, age=chosen)
    figure = studio.body.shaped(shape)
    look = random_look(studio, rng, female=female, age=shape.age)
    draft = Draft(figure, look, studio.body.rest(), np.zeros(3))
    draft.footwear = footwear(studio, figure, look)
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
        extra=(
            *((f"head/head-{head}", w) for head, w in zip(HEADS, heads, strict=True) if w > 0.02),
            *_random_expression(rng),
        ),
    )


def footwear(studio: Studio, figure: Figure, look: Look) -> tuple[tuple[Array, SkinWeights], ...]:
    """Rest vertices of the shoes of a look, and how they follow the skeleton."""
    shoes = [studio.wardrobe[name] for name in look.garments if studio.wardrobe[name].kind == "shoes"]
    return tuple((shoe.fit(figure.vertices), shoe.skin) for shoe in shoes)


def express(draft: Draft, **units: float) -> None:
    """Change the face by expression units of the pack, weights in [0, 1]; underscores stand for hyphens."""
    vertices = draft.figure.vertices.copy()
    for unit, weight in units.items():
        draft.figure.body.targets.add(vertices, EXPRESSION + unit.replace("_", "-"), weight)
    draft.figure = replace(draft.figure, vertices=vertices)


def close_eyes(draft: Draft) -> None:
    """As in sleep."""
    express(draft, eye_left_closure=1.0, eye_right_closure=1.0)


def open_mouth(draft: Draft, amount: float = 0.6) -> None:
    """To eat, drink, talk or sing."""
    express(draft, mouth_open=amount)


def _random_expression(rng: np.random.Generator) -> list[tuple[str, float]]:
    """Expression units with weights: neutral half of the time, a smile often, seldom anything else."""
    mood = rng.random()
    if mood < 0.45:
        units = {}
    elif mood < 0.8:
        units = {"mouth-corner-puller": rng.uniform(0.3, 1.0), "mouth-open": max(0.0, rng.uniform(-0.3, 0.3))}
    elif mood < 0.9:
        units = {f"eyebrows-{side}-up": rng.uniform(0.3, 0.9) for side in ("left", "right")}
        units["mouth-open"] = rng.uniform(0.1, 0.5)
    else:
        units = {f"eyebrows-{side}-down": rng.uniform(0.3, 0.9) for side in ("left", "right")}
        units["mouth-compression"] = rng.uniform(0.0, 0.6)
    return [(EXPRESSION + unit, float(weight)) for unit, weight in units.items()]
