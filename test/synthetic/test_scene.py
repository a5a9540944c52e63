from __future__ import annotations

import numpy as np
import pytest

from hrs_ros.synthetic import scene
from hrs_ros.synthetic.episodes.registry import all_episodes, draw, episodes_for
from hrs_ros.synthetic.places.choose import PLACES, WET
from hrs_ros.synthetic.places.occluders import leaves_view
from hrs_ros.synthetic.scene import OCCLUDER_SHARE, SHARES, another_view, compose, make_scene
from hrs_ros.synthetic.shot import Shot
from hrs_ros.synthetic.studio import Studio
from hrs_ros.synthetic.verify import true_relations
from hrs_ros.vocabulary import vocabulary

FOUND_ANYWAY = {"next to", "in front of", "behind"}  # nobody needs to be posed for them
SEEDS = range(6)


def test_every_relation_is_drawn_or_comes_with_company() -> None:
    assert set(SHARES) == set(vocabulary().relations[1:]) - FOUND_ANYWAY
    assert sum(SHARES.values()) == pytest.approx(1)


def test_every_relation_that_is_drawn_has_two_ways_to_come_true_and_kick_one() -> None:
    ways = {name: len(episodes_for(name)) for name in SHARES}
    assert {name for name, count in ways.items() if count < 2} == {"kick"}
    assert sum(ways.values()) == len(all_episodes())
    assert len({episode.name for episode in all_episodes()}) == len(all_episodes())


def test_episodes_name_places_that_exist() -> None:
    assert set().union(*(episode.places for episode in all_episodes())) <= set(PLACES)
    assert set(WET) <= set(PLACES)


def test_nothing_to_draw_from_is_said() -> None:
    with pytest.raises(ValueError, match="no episode to draw from"):
        draw(np.random.default_rng(0), [])


@pytest.fixture(scope="module")
def shots(studio: Studio) -> list[Shot]:
    return [make_scene(studio, seed) for seed in SEEDS]


def test_a_scene_is_a_function_of_its_seed(studio: Studio, shots: list[Shot]) -> None:
    again = make_scene(studio, SEEDS[1])
    assert again.graph.class_ids == shots[1].graph.class_ids
    assert again.graph.relations == shots[1].graph.relations
    assert np.array_equal(again.graph.geometry().vertices, shots[1].graph.geometry().vertices)
    assert np.array_equal(again.camera.view, shots[1].camera.view)
    assert not np.array_equal(shots[0].camera.view, shots[1].camera.view)


def test_another_view_shows_the_same_scene_and_judges_its_order_anew(
    studio: Studio, shots: list[Shot]
) -> None:
    words = vocabulary()
    moved = 0
    for seed, shot in zip(SEEDS, shots, strict=True):
        for view in (1, 2):
            other = another_view(shot, studio.split, seed, view)
            assert other.graph is shot.graph and other.light is shot.light
            assert not np.array_equal(other.camera.view, shot.camera.view)
            assert list(other.relations) == true_relations(shot.graph, other.camera)
            both = (shot.relations, other.relations)
            actions = [[row for row in rows if words.is_action(row.predicate_id)] for rows in both]
            assert actions[0] == actions[1]
            moved += set(shot.relations) != set(other.relations)
    assert moved  # next to became before or behind somewhere


def test_a_view_is_a_function_of_its_number(studio: Studio, shots: list[Shot]) -> None:
    first, again, second = (another_view(shots[0], studio.split, SEEDS[0], view) for view in (1, 1, 2))
    assert np.array_equal(first.camera.view, again.camera.view)
    assert not np.array_equal(first.camera.view, second.camera.view)
    elsewhere = another_view(shots[0], "val", SEEDS[0], 1)
    assert not np.array_equal(first.camera.view, elsewhere.camera.view)


def test_no_view_is_from_behind_what_was_stood_before_the_first(
    studio: Studio, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(scene, "OCCLUDER_SHARE", 1.0)
    assert OCCLUDER_SHARE < 1
    found = [shot for shot in (make_scene(studio, seed) for seed in range(20, 30)) if shot.occluder]
    assert len(found) > 3
    views = [(shot, another_view(shot, studio.split, 0, view)) for shot in found for view in range(1, 6)]
    clear = [leaves_view(shot.occluder, other.camera) for shot, other in views]
    assert np.mean(clear) > 0.95


def test_what_a_scene_is_about_holds_in_it(studio: Studio, shots: list[Shot]) -> None:
    held = 0
    for seed, shot in zip(SEEDS, shots, strict=True):
        # The first draw of the stream is the relation.
        rng = scene.generator("train", seed)
        wanted = list(SHARES)[rng.choice(len(SHARES), p=np.array(list(SHARES.values())))]
        held += any(
            vocabulary().relations[row.predicate_id] == wanted
            for row in true_relations(shot.graph, shot.camera)
        )
    assert held >= len(SEEDS) - 1


def test_people_of_dry_episodes_never_stand_on_water(studio: Studio, monkeypatch: pytest.MonkeyPatch) -> None:
    seen = []
    original = scene.make_place

    def watched(name, *rest):
        seen.append(name)
        return original(name, *rest)

    monkeypatch.setattr(scene, "make_place", watched)
    dry = next(episode for episode in all_episodes() if not episode.places and episode.radius < 5)
    wet = next(episode for episode in all_episodes() if episode.places == frozenset(WET))
    for seed in range(4):
        compose(studio, np.random.default_rng(seed), dry)
    compose(studio, np.random.default_rng(0), wet)
    assert not set(seen[:4]) & set(WET) and seen[4] in WET


def test_an_episode_that_finds_no_thing_is_tried_again(
    studio: Studio, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls = []
    original = scene.compose

    def failing(studio, rng, episode):
        calls.append(episode.name)
        if len(calls) == 1:
            raise LookupError("no thing for it here")
        return original(studio, rng, episode)

    monkeypatch.setattr(scene, "compose", failing)
    assert make_scene(studio, 0).graph.humans
    assert len(calls) >= 2


def test_a_scene_that_cannot_be_made_names_its_seed(studio: Studio, monkeypatch: pytest.MonkeyPatch) -> None:
    def failing(studio, rng, episode):
        raise LookupError("no thing for it here")

    monkeypatch.setattr(scene, "compose", failing)
    with pytest.raises(ValueError, match=r"scene 17 of train: .*no thing for it here"):
        make_scene(studio, 17)
