"""Lines in space lie on the rays of the pixels they stand for."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hrs_ros.drawing.palette import GEOMETRIC, RIGHT_SIDE, entity_colours
from hrs_ros.drawing.wireframe import TOLERANCE, rings, wireframe
from hrs_ros.scene import Entity, Mask, Relation, Scene
from hrs_ros.spatial import Intrinsics
from hrs_ros.vocabulary import vocabulary

WORDS = vocabulary()
CAMERA = Intrinsics(fx=500, fy=400, cx=99.5, cy=74.5)
RIGHT_ARM = WORDS.part_id("right arm")


def block(x: int, y: int, width: int, height: int) -> Mask:
    return Mask(x=x, y=y, bits=np.ones((height, width), bool))


def waiter() -> Scene:
    arm = block(60, 60, 10, 30)
    return Scene(
        150,
        200,
        (
            Entity(1, WORDS.human, 0.9, block(60, 20, 50, 120), {RIGHT_ARM: arm}),
            Entity(2, WORDS.entity_id("plate"), 0.8, block(30, 80, 40, 10)),
            Entity(3, WORDS.entity_id("wall"), 0.8, block(0, 0, 200, 150)),
            Entity(4, WORDS.human, 0.7, block(150, 20, 40, 120)),
        ),
        (
            Relation(1, WORDS.relation_id("hold"), 2, 0.9, (RIGHT_ARM,), (0.9,)),
            Relation(1, WORDS.relation_id("next to"), 4, 0.5),
        ),
    )


def project(points: np.ndarray) -> np.ndarray:
    return np.stack(
        [
            CAMERA.fx * points[:, 0] / points[:, 2] + CAMERA.cx,
            CAMERA.fy * points[:, 1] / points[:, 2] + CAMERA.cy,
        ],
        axis=1,
    )


@pytest.mark.parametrize("metres", [0.5, 3.0])
def test_outlines_project_to_the_borders_of_the_masks(metres: float) -> None:
    outlines, _ = wireframe(waiter(), CAMERA, lambda mask: metres)
    assert [(outline.text, outline.distance) for outline in outlines] == [
        ("human 1", metres), ("plate 1", metres), ("human 2", metres)
    ]  # fmt: skip
    (ring,) = outlines[1].rings
    assert (ring[:, 2] == metres).all()
    corners = {tuple(corner) for corner in np.round(project(ring), 6)}
    assert corners == {(30, 80), (69, 80), (69, 89), (30, 89)}
    assert np.allclose(project(outlines[1].place), [[49.5, 80]])
    assert outlines[0].colour == entity_colours(waiter())[1]


def test_arrows_go_from_the_acting_part_to_the_thing_each_at_its_depth() -> None:
    depths = {10 * 30: 1.0, 40 * 10: 1.25}  # arm and plate by their area
    _, (hold, next_to) = wireframe(waiter(), CAMERA, lambda mask: depths.get(mask.area, 2.0))
    assert hold.ends[:, 2].tolist() == [1.0, 1.25] and hold.text == "hold" and hold.colour == RIGHT_SIDE
    start, end = project(hold.ends)
    assert waiter().entities[0].parts[RIGHT_ARM].contains(*start) and waiter().entities[1].mask.contains(*end)
    assert next_to.ends[:, 2].tolist() == [2.0, 2.0] and next_to.colour == GEOMETRIC


def test_what_has_no_pixels_has_no_lines() -> None:
    gone = (Entity(1, WORDS.human, 0.9, Mask.empty()), Entity(2, WORDS.human, 0.9, block(1, 1, 5, 5)))
    scene = Scene(20, 20, gone, (Relation(1, WORDS.relation_id("next to"), 2, 0.5),))
    outlines, lines = wireframe(scene, CAMERA, lambda mask: 1.0)
    assert [outline.entity_id for outline in outlines] == [2] and lines == []


@settings(max_examples=40)
@given(st.integers(0, 2**32 - 1), st.integers(6, 40))
def test_rings_stay_within_the_tolerance_of_the_mask(seed: int, size: int) -> None:
    rng = np.random.default_rng(seed)
    y, x = np.mgrid[:size, :size]
    bits = np.zeros((size, size), bool)
    for _ in range(3):
        centre, radius = rng.uniform(0, size, 2), rng.uniform(2, size / 2)
        bits |= (x - centre[0]) ** 2 + (y - centre[1]) ** 2 <= radius**2
    mask = Mask.from_full(np.pad(bits, 5))
    rows, columns = np.nonzero(mask.full(size + 10, size + 10))
    pixels = np.stack([columns, rows], axis=1)
    for ring in rings(mask):
        nearest = np.sqrt(((ring[:, None] - pixels) ** 2).sum(axis=2)).min(axis=1)
        assert (nearest <= TOLERANCE).all()
