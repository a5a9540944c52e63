"""Episodes with whole bodies: who comes, where they stand, that nobody stands in anybody."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from numpy.typing import NDArray

from hrs_ros.synthetic.camera import Camera
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
from hrs_ros.synthetic.places.choose import WET
from hrs_ros.synthetic.places.place import Place
from hrs_ros.synthetic.scene_graph import Material, PlacedHuman, SceneGraph
from hrs_ros.synthetic.stage import Cast, Episode, Spot, Stage
from hrs_ros.synthetic.studio import Studio
from hrs_ros.synthetic.verify import rejected_claims
from hrs_ros.vocabulary import vocabulary

MODULES = (company, crowds, dining, games, inside, kicking, looking, playing, resting, riding, talking)
EPISODES = [episode for module in MODULES for episode in module.EPISODES]
SEED = 1
# Keypoints in PIC order that span what must not meet: trunk, thighs, shins; radius in dm.
CAPSULES = ((6, 7, 0.8), (2, 1, 0.45), (1, 0, 0.35), (3, 4, 0.45), (4, 5, 0.35))


def bare_stage(studio: Studio, episode: Episode) -> Stage:
    """A lawn; in wet places water at y = 0 over a deep bed."""
    graph = SceneGraph()
    grey = graph.material(Material(studio.layer["white0"]))
    wet = bool(episode.places) and episode.places <= set(WET)
    ground = graph.add_object(box(80, 0.1, 80, (0, -30 if wet else -0.05, -6)), "grass", grey)
    water = graph.add_object(box(80, 0.02, 80, (0, -0.01, -6)), "water", grey) if wet else None
    return Stage(graph, studio, Place("park", True, ground, "grass", 20.0, water))


def play(studio: Studio, episode: Episode) -> tuple[Stage, Cast, Spot]:
    stage, spot = bare_stage(studio, episode), Spot(1.0, -6.0, episode.radius, 0.4)
    return stage, episode.perform(stage, np.random.default_rng(SEED), spot), spot


def samples(human: PlacedHuman) -> tuple[NDArray[np.floating], NDArray[np.floating]]:
    """Points (N, 3) along the capsules of a person, and their radii (N,)."""
    share = np.linspace(0, 1, 9)[:, None]
    rows = [human.keypoints[a] * (1 - share) + human.keypoints[b] * share for a, b, _ in CAPSULES]
    return np.concatenate(rows), np.repeat([radius for _, _, radius in CAPSULES], 9)


@pytest.mark.parametrize("episode", EPISODES, ids=lambda episode: episode.name)
def test_performance(studio: Studio, episode: Episode) -> None:
    stage, cast, spot = play(studio, episode)
    words = vocabulary()
    fewest, most = episode.people
    assert fewest <= len(cast.humans) <= most
    assert cast.focus
    claims = stage.graph.relations
    assert set(episode.predicates) <= {words.relations[claim.predicate_id] for claim in claims}
    assert {claim.subject for claim in claims} <= {human.instance for human in cast.humans}
    for human in cast.humans:
        pelvis = human.keypoints[6]
        assert np.hypot(pelvis[0] - spot.x, pelvis[2] - spot.z) < spot.radius
    for first, second in combinations(cast.humans, 2):
        (a, radius_a), (b, radius_b) = samples(first), samples(second)
        gap = np.linalg.norm(a[:, None] - b[None], axis=2) - radius_a[:, None] - radius_b[None]
        assert gap.min() > 0, f"{first.instance} and {second.instance} overlap by {-gap.min():.2f} dm"
    rejected = rejected_claims(stage.graph, Camera.looking_at((0, 12, 25), (0, 8, -6), 0.8))
    assert len(rejected) <= 0.3 * len(claims), rejected
    again, _, _ = play(studio, episode)
    np.testing.assert_array_equal(again.graph.geometry().vertices, stage.graph.geometry().vertices)
