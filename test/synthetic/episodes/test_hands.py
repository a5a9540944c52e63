"""Episodes with hands: claims hold on the geometry, people stay on their spot, both sides act."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest

from hrs_ros.synthetic.camera import Camera
from hrs_ros.synthetic.episodes import (
    carrying,
    holding,
    pulling,
    pushing,
    sharing,
    throwing,
    touching,
    using,
)
from hrs_ros.synthetic.mesh import box
from hrs_ros.synthetic.places.place import Place
from hrs_ros.synthetic.scene_graph import Material, SceneGraph
from hrs_ros.synthetic.stage import Cast, Episode, Spot, Stage
from hrs_ros.synthetic.studio import Studio
from hrs_ros.synthetic.verify import rejected_claims
from hrs_ros.vocabulary import vocabulary

MODULES = (carrying, holding, pulling, pushing, sharing, throwing, touching, using)
EPISODES = [episode for module in MODULES for episode in module.EPISODES]
SEEDS = (1, 2)
CAMERA = Camera.looking_at(np.array([0.0, 12.0, 25.0]), np.array([0.0, 8.0, -4.0]), 0.7)
PREDICATES = ("hold", "carry", "touch", "push", "pull", "use", "throw")


def play(studio: Studio, episode: Episode, seed: int) -> tuple[Stage, Cast, Spot]:
    """On a bare floor, or outdoors where the episode needs it."""
    graph = SceneGraph()
    ground = graph.add_object(
        box(60, 0.1, 60, (0, -0.05, -4)), "floor", graph.material(Material(studio.layer["white0"]))
    )
    stage = Stage(graph, studio, Place("bare", bool(episode.places) or seed % 2 == 1, ground, "floor", 20.0))
    spot = Spot(1.0, -6.0, episode.radius, 0.4)
    return stage, episode.perform(stage, np.random.default_rng(seed), spot), spot


@pytest.mark.parametrize("predicate", PREDICATES)
def test_every_predicate_is_made_true_in_two_ways(predicate: str) -> None:
    assert sum(episode.predicates[0] == predicate for episode in EPISODES) >= 2


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("episode", EPISODES, ids=lambda episode: episode.name)
def test_claims_hold(studio: Studio, episode: Episode, seed: int) -> None:
    stage, cast, spot = play(studio, episode, seed)
    words = vocabulary()
    claimed = {words.relations[relation.predicate_id] for relation in stage.graph.relations}
    assert set(episode.predicates) <= claimed
    assert rejected_claims(stage.graph, CAMERA) == []
    fewest, most = episode.people
    assert fewest <= len(cast.humans) <= most
    assert len(cast.things) + len(cast.humans) >= 2
    assert cast.focus
    for human in cast.humans:
        pelvis = human.keypoints[6]
        assert np.hypot(pelvis[0] - spot.x, pelvis[2] - spot.z) < spot.radius


@pytest.mark.parametrize("module", MODULES, ids=lambda module: module.__name__.rsplit(".", 1)[-1])
def test_same_seed_same_performance(studio: Studio, module: object) -> None:
    episode = module.EPISODES[0]  # type: ignore[attr-defined]
    first, second = (play(studio, episode, 3)[0].graph.geometry() for _ in range(2))
    np.testing.assert_array_equal(first.vertices, second.vertices)


def test_both_sides_occur(studio: Studio) -> None:
    words = vocabulary()
    arms = {words.part_id("left arm"), words.part_id("right arm")}

    @cache
    def sides(name: str) -> set[int]:
        episode = next(e for e in EPISODES if e.name == name)
        played = [play(studio, episode, seed)[0].graph.relations for seed in range(5)]
        return {part for relations in played for relation in relations for part in relation.parts} & arms

    assert sides("hold one") == arms
    assert sides("throw with one hand") == arms


def test_two_alike_share_their_entity_and_differ_in_arm(studio: Studio) -> None:
    stage, cast, _ = play(studio, next(e for e in EPISODES if e.name == "hold two alike"), 2)
    words = vocabulary()
    held = [r for r in stage.graph.relations if words.relations[r.predicate_id] == "hold"]
    assert len(held) == 2
    assert cast.things[0].model is cast.things[1].model
    assert {stage.graph.class_ids[r.object - 1] for r in held} == {
        words.entity_id(cast.things[0].model.entity)
    }
    assert sorted(words.parts[r.parts[0]] for r in held) == ["left arm", "right arm"]
    assert held[0].object != held[1].object
