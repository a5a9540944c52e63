"""Episodes with whole bodies: who comes, where they stand, that nobody stands in anybody."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from numpy.typing import NDArray

from hrs_ros.synthetic.episodes import (
    company,
    crowds,
    dining,
    games,
    inside,
    kicking,
    looking,
    playing,
    resting,
    riding,
    talking,
)
from hrs_ros.synthetic.mesh import box
from hrs_ros.synthetic.places.place import Place
from hrs_ros.synthetic.scene_graph import Material, PlacedHuman, SceneGraph
from hrs_ros.synthetic.stage import Cast, Episode, Spot, Stage
from hrs_ros.synthetic.studio import Studio
from hrs_ros.vocabulary import vocabulary

MODULES = (company, crowds, dining, games, inside, kicking, looking, playing, resting, riding, talking)
EPISODES = [episode for module in MODULES for episode in module.EPISODES]
SEEDS = (0, 1)
# Keypoints in PIC order that span what must not meet: trunk, thighs, shins; radius in dm.
CAPSULES = ((6, 7, 0.8), (2, 1, 0.45), (1, 0, 0.35), (3, 4, 0.45), (4, 5, 0.35))


def bare_stage(studio: Studio) -> Stage:
    """A floor, and water that lies in it."""
    graph = SceneGraph()
    grey = graph.material(Material(studio.layer["white0"]))
    floor = graph.add_object(box(60, 0.1, 60, (0, -0.05, -4)), "floor", grey)
    water = graph.add_object(box(60, 0.1, 60, (0, -0.05, -4)), "water", grey)
    return Stage(graph, studio, Place("room", False, floor, "floor", 20.0, water))


def play(studio: Studio, episode: Episode, seed: int) -> tuple[Stage, Cast, Spot]:
    stage, spot = bare_stage(studio), Spot(1.0, -6.0, episode.radius, 0.4)
    return stage, episode.perform(stage, np.random.default_rng(seed), spot), spot


def samples(human: PlacedHuman) -> tuple[NDArray[np.floating], NDArray[np.floating]]:
    """Points (N, 3) along the capsules of a person, and their radii (N,)."""
    share = np.linspace(0, 1, 9)[:, None]
    rows = [human.keypoints[a] * (1 - share) + human.keypoints[b] * share for a, b, _ in CAPSULES]
    return np.concatenate(rows), np.repeat([radius for _, _, radius in CAPSULES], 9)


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("episode", EPISODES, ids=lambda episode: episode.name)
def test_performance(studio: Studio, episode: Episode, seed: int) -> None:
    stage, cast, spot = play(studio, episode, seed)
    words = vocabulary()
    fewest, most = episode.people
    assert fewest <= len(cast.humans) <= most
    assert cast.focus
    claimed = [words.relations[relation.predicate_id] for relation in stage.graph.relations]
    assert set(episode.predicates) <= set(claimed)
    own = {human.instance for human in cast.humans}
    assert {relation.subject for relation in stage.graph.relations} <= own
    for human in cast.humans:
        pelvis = human.keypoints[6]
        assert np.hypot(pelvis[0] - spot.x, pelvis[2] - spot.z) < spot.radius
    for first, second in combinations(cast.humans, 2):
        (a, radius_a), (b, radius_b) = samples(first), samples(second)
        gap = np.linalg.norm(a[:, None] - b[None], axis=2) - radius_a[:, None] - radius_b[None]
        assert gap.min() > 0, f"{first.instance} and {second.instance} overlap by {-gap.min():.2f} dm"


@pytest.mark.parametrize("episode", EPISODES, ids=lambda episode: episode.name)
def test_same_seed_same_performance(studio: Studio, episode: Episode) -> None:
    first, second = (play(studio, episode, 3)[0].graph.geometry() for _ in range(2))
    np.testing.assert_array_equal(first.vertices, second.vertices)
