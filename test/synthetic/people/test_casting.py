from __future__ import annotations

from collections import Counter

import numpy as np
import pytest

from hrs_ros.synthetic.people import casting
from hrs_ros.synthetic.people.accessories import BEARDS, HEADGEAR, Accessory, fit
from hrs_ros.synthetic.people.body import BodyShape
from hrs_ros.synthetic.people.contours import circle, outline, sweep
from hrs_ros.synthetic.people.outfits import random_look
from hrs_ros.synthetic.people.shells import Tailored, tailor
from hrs_ros.synthetic.people.wearer import Wearer
from hrs_ros.synthetic.rotation import UP, X_AXIS
from hrs_ros.synthetic.scene_graph import SceneGraph
from hrs_ros.synthetic.studio import Studio
from hrs_ros.vocabulary import vocabulary

WORN = {
    **dict.fromkeys(("cap", "beanie", "helmet", "headband"), "headwear"),
    **dict.fromkeys(BEARDS, "beard"),
    **dict.fromkeys(("sunglasses", "glasses"), "sunglasses"),
    **dict.fromkeys(("necklace", "earrings", "bracelet"), "jewelry"),
    **dict.fromkeys(("backpack", "shoulder bag"), "bag"),
    "sunhat": "hat",
    "scarf": "scarf",
    "tie": "tie",
    "belt": "belt",
}
# Where each accessory is worn at rest: bone whose head lies near its middle, and how near in decimetres.
PLACE = {
    "headwear": ("eye.L", 2.5),
    "beard": ("oris01", 1.5),
    "sunglasses": ("eye.L", 1.5),
    "hat": ("eye.L", 3.0),
    "scarf": ("neck01", 3.0),
    "tie": ("spine01", 3.0),
    "belt": ("spine05", 2.0),
}


@pytest.mark.parametrize("kind", sorted(WORN))
@pytest.mark.parametrize("age", [0.2, 0.6])
def test_accessories_lie_on_the_body_where_they_are_worn(studio: Studio, kind: str, age: float) -> None:
    figure = studio.body.shaped(BodyShape(gender=0.9, age=age))
    skin = figure.vertices[studio.body.visible_vertices]
    for size in (0.1, 0.9):
        pieces = fit(Accessory(kind, size), Wearer(figure))
        assert {piece.part for piece in pieces} == {WORN[kind]}
        points = np.concatenate([piece.mesh.vertices for piece in pieces])
        assert np.isfinite(points).all()
        if WORN[kind] in PLACE:
            bone, near = PLACE[WORN[kind]]
            assert np.linalg.norm((points.min(0) + points.max(0)) / 2 - figure.joint(bone)) < near
        for piece in pieces:
            np.testing.assert_allclose(piece.skin.weights.sum(1), 1, atol=1e-3)
            assert len(piece.skin.bones) == len(piece.mesh.vertices)
            lengths = np.linalg.norm(piece.mesh.normals, axis=1)
            assert (lengths > 0.9).mean() > 0.95
        sample = points[:: max(1, len(points) // 60)]
        gap = np.linalg.norm(sample[:, None] - skin[None, ::4], axis=2).min(1)
        assert np.median(gap) < 1.0


def test_unknown_accessories_are_named(studio: Studio) -> None:
    figure = studio.body.shaped(BodyShape())
    with pytest.raises(ValueError, match="unknown accessory 'crown'"):
        fit(Accessory("crown", 0.5), Wearer(figure))


def test_headgear_follows_the_head(studio: Studio) -> None:
    figure = studio.body.shaped(BodyShape())
    for kind in HEADGEAR:
        for piece in fit(Accessory(kind, 0.5), Wearer(figure)):
            assert (piece.skin.bones[:, 0] == studio.body.bone["head"]).all()


def test_outline_of_a_ring_of_points_is_that_ring() -> None:
    angle = np.linspace(0, 2 * np.pi, 200)
    points = np.stack([2 * np.cos(angle), 0 * angle, 2 * np.sin(angle)], 1)
    at = np.array([0.0, 1.0, 4.0])
    ring = outline(points, np.zeros(3), X_AXIS, np.array([0.0, 0.0, 1.0]), at, 0.1)
    np.testing.assert_allclose(ring, np.stack([2 * np.cos(at), 0 * at, 2 * np.sin(at)], 1), atol=1e-3)


def test_a_swept_tube_is_closed_and_turned_outward() -> None:
    angle = np.arange(40) / 40 * 2 * np.pi
    ring = np.stack([3 * np.cos(angle), 0 * angle, 3 * np.sin(angle)], 1)
    for path, closed in ((ring, True), (ring[:15], False)):
        mesh = sweep(path, path, circle(0.5, 16), closed=closed)
        a, b, c = (mesh.vertices[mesh.faces[:, k]] for k in range(3))
        length = np.linalg.norm(np.diff(path, axis=0), axis=1).sum() + (
            np.linalg.norm(path[0] - path[-1]) if closed else 0
        )
        volume = np.einsum("ij,ij->", a, np.cross(b, c)) / 6
        assert volume == pytest.approx(np.pi * 0.25 * length, rel=0.1)


@pytest.mark.parametrize("kind", ["trousers", "skirt", "dress", "coat"])
def test_hems_are_as_long_as_asked(studio: Studio, kind: str) -> None:
    figure = studio.body.shaped(BodyShape(age=0.25))
    hip, ankle = figure.joint("upperleg01.L")[1], figure.joint("foot.L")[1]
    for length in (0.3, 0.6):
        shell = tailor(Tailored(kind, length), figure)
        lowest = shell.vertices[studio.body.faces[shell.faces], 1].min()
        assert lowest == pytest.approx(hip + length * (ankle - hip), abs=0.02)


def test_sleeves_necklines_and_openings_remove_cloth(studio: Studio) -> None:
    figure = studio.body.shaped(BodyShape())

    def cloth(**measures: float) -> np.ndarray:
        shell = tailor(Tailored("jacket", 0.5, **measures), figure)
        return shell.vertices[studio.body.faces[shell.faces]]

    wrist, neck = figure.joint("wrist.L")[0], figure.joint("neck01")[1]
    assert np.abs(cloth()[..., 0]).max() == pytest.approx(wrist, abs=0.02)
    assert np.abs(cloth(sleeve=0.3)[..., 0]).max() < wrist - 1
    assert cloth()[..., 1].max() > neck
    assert cloth(neckline=0.3)[..., 1].max() < neck + 0.1
    opened = cloth(opening=1.0)
    front = opened[(opened[..., 2].mean(1) > 0.6)]
    assert np.abs(front[..., 0]).min() == pytest.approx(0.5, abs=0.01)


def test_every_part_of_the_body_is_worn_by_somebody(studio: Studio) -> None:
    words, seen = vocabulary(), set()
    for seed in range(60):
        rng = np.random.default_rng([1, seed])
        graph = SceneGraph()
        casting.random_draft(studio, rng).place(graph, studio, rng)
        vertices = graph.geometry().vertices
        seen |= set(np.unique(vertices["id"][:, 1]).tolist())
        assert len(graph.materials) < 25  # eight people fit into one scene
    assert {words.parts[part] for part in range(1, len(words.parts)) if part not in seen} == set()


def test_people_are_reproducible_and_of_all_kinds(studio: Studio) -> None:
    first, second = (casting.random_draft(studio, np.random.default_rng(9)) for _ in range(2))
    assert first.look == second.look
    np.testing.assert_array_equal(first.figure.vertices, second.figure.vertices)
    heights = {
        age: [
            _height(casting.random_draft(studio, np.random.default_rng(seed), age=age)) for seed in range(6)
        ]
        for age in ("child", "adult")
    }
    assert 10 < min(heights["child"]) < max(heights["child"]) < 16.5
    assert 14.5 < min(heights["adult"]) < max(heights["adult"]) < 21


def _height(draft: casting.Draft) -> float:
    return float(draft.figure.vertices[draft.figure.body.top_vertex, 1] - draft.figure.sole)


def test_complexions_are_spread_alike_over_genders(studio: Studio) -> None:
    """Mean reflectance of skin texture times tint falls into thirds for women as for men."""
    light = {studio.layer[name] for female in (True, False) for name in studio.skins_by_tone(female)[0]}
    shares: dict[bool, Counter[str]] = {True: Counter(), False: Counter()}
    for female in (True, False):
        for seed in range(120):
            look = random_look(studio, np.random.default_rng([int(female), seed]), female=female, age=0.5)
            dark = look.skin not in light or np.mean(look.skin_tint) < 0.62
            shares[female]["dark" if dark else "light"] += 1
    for count in shares.values():
        assert 0.25 < count["dark"] / 120 < 0.6


def test_children_wear_no_beards_or_ties(studio: Studio) -> None:
    for seed in range(60):
        look = random_look(studio, np.random.default_rng(seed), female=False, age=0.25)
        assert not {piece.kind for piece in look.accessories} & {*BEARDS, "tie", "shoulder bag"}


def test_expressions_change_the_face_only(studio: Studio) -> None:
    draft = casting.random_draft(studio, np.random.default_rng(4), age="adult")
    before = draft.figure
    casting.close_eyes(draft)
    casting.open_mouth(draft)
    moved = np.linalg.norm(draft.figure.vertices - before.vertices, axis=1) > 1e-4
    assert moved.any()
    assert draft.figure.vertices[moved, 1].min() > before.joint("neck01")[1] - 0.5
    lids = np.abs(draft.figure.vertices - before.joint("eye.L")).max(1) < 0.4
    assert moved[lids].any()
    assert UP @ before.joint("eye.L") == pytest.approx(draft.figure.joint("eye.L")[1])
