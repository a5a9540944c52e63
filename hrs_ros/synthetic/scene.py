"""Scene k of a split: a pure function of (VERSION, split, k) and the asset pack.

A relation is drawn first, then a way to make it true, a place where that may happen, company, and a camera.
What holds on the finished geometry is found afterwards, by ``verify``. Other cameras may look at it as well.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from hrs_ros.synthetic import layout
from hrs_ros.synthetic.episodes.registry import all_episodes, draw, episodes_for
from hrs_ros.synthetic.framing import frame_cast
from hrs_ros.synthetic.places.choose import PLACES, WET, light_for, make_place
from hrs_ros.synthetic.places.occluders import leaves_view, occlude
from hrs_ros.synthetic.rotation import UP
from hrs_ros.synthetic.scene_graph import SceneGraph
from hrs_ros.synthetic.shot import Shot
from hrs_ros.synthetic.splits import SPLITS, Split
from hrs_ros.synthetic.stage import Cast, Episode, Spot, Stage
from hrs_ros.synthetic.studio import Studio
from hrs_ros.synthetic.verify import Judge
from hrs_ros.vocabulary import vocabulary

VERSION = 4  # raise when any scene may change

# How often a scene is about a relation. "next to", "in front of" and "behind" come with every group.
SHARES: dict[str, float] = {
    "hold": 0.20, "carry": 0.06, "touch": 0.05, "use": 0.07, "push": 0.045, "pull": 0.045, "throw": 0.035,
    "look at": 0.05, "talk": 0.045, "play": 0.055, "drink": 0.045, "eat": 0.035, "kick": 0.035, "ride": 0.05,
    "stand on": 0.055, "sit on": 0.045, "lie on": 0.03, "squat": 0.025, "on": 0.015, "in": 0.01,
}  # fmt: skip
ABOUT_FEET = frozenset({"kick", "ride", "stand on", "sit on", "lie on", "squat", "on", "in", "push", "pull"})
ATTEMPTS = 3  # until the drawn relation holds
VIEW = 0x71E3  # tells the random streams of further cameras from those of scenes
VIEWS_TRIED = 10  # cameras, until one is not hidden behind what was stood before the first
COMPANY = (0.55, 0.3, 0.15)  # chances of no, one and two more groups
OCCLUDER_SHARE = 0.12  # of pictures with something close to the camera that hides a part
CHEST = 8.0  # dm above where people stand: what light is centred on
COMPANION_RADIUS = 7.0  # decimetres; larger groups are never company


def generator(split: Split, seed: int) -> np.random.Generator:
    """The random stream of a scene; streams of different splits never coincide."""
    return np.random.default_rng([VERSION, SPLITS.index(split), seed])


def make_scene(studio: Studio, seed: int) -> Shot:
    """Scene ``seed`` of the studio's split.

    Raises ValueError, with the seed, where no attempt found a thing that fits its episode and place.
    """
    rng = generator(studio.split, seed)
    predicate = list(SHARES)[rng.choice(len(SHARES), p=np.array(list(SHARES.values())))]
    wanted = vocabulary().relation_id(predicate)
    shot, reason = None, ""
    for stream in rng.spawn(ATTEMPTS):
        try:
            shot = compose(studio, stream, draw(stream, episodes_for(predicate)))
        except LookupError as error:
            reason = str(error)
            continue
        judge = Judge(shot.graph)
        shot = replace(shot, relations=tuple(judge.relations(shot.camera)), judge=judge)
        if any(row.predicate_id == wanted for row in shot.relations):
            break
    if shot is None:
        raise ValueError(f"scene {seed} of {studio.split}: no way to show {predicate!r} was found: {reason}")
    return shot


def another_view(shot: Shot, split: Split, seed: int, view: int) -> Shot:
    """Scene ``seed`` through another camera, which view 1, 2, ... draws as the scene's own was drawn.

    People, things and light are the same; what is before or beside whom is judged anew.
    """
    assert shot.judge is not None, "expected a shot of make_scene"
    rng = np.random.default_rng([VIEW, VERSION, SPLITS.index(split), seed, view])
    for _ in range(VIEWS_TRIED):
        camera = frame_cast(rng, shot.casts, feet=shot.feet)
        if shot.occluder is None or leaves_view(shot.occluder, camera):
            break
    return replace(shot, camera=camera, relations=tuple(shot.judge.relations(camera)))


def compose(studio: Studio, rng: np.random.Generator, episode: Episode) -> Shot:
    """A scene about one episode."""
    names = [name for name in PLACES if (name in episode.places if episode.places else name not in WET)]
    graph = SceneGraph()
    place = make_place(names[rng.integers(len(names))], graph, studio, rng)
    stage = Stage(graph, studio, place)
    spots = [layout.first_spot(rng, episode.radius, place)]
    casts = [episode.perform(stage, rng, spots[0])]
    companies = rng.choice(len(COMPANY), p=COMPANY) if place.solid else 0
    for _ in range(companies):
        casts += _company(stage, rng, spots)
    feet = episode.predicates[0] in ABOUT_FEET
    camera = frame_cast(rng, casts, feet=feet)
    occluder = None
    if rng.random() < OCCLUDER_SHARE:
        occluder = occlude(stage, rng, camera, keep=casts[0].focus)
    roots = [human.root for cast in casts for human in cast.humans]
    centre = np.mean(roots, axis=0) + CHEST * UP
    light = light_for(place, studio, rng, centre)
    return Shot(graph, camera, light, casts=tuple(casts), feet=feet, occluder=occluder)


def _company(stage: Stage, rng: np.random.Generator, spots: list[Spot]) -> list[Cast]:
    """Another small group, where there is room for one; its spot joins ``spots``."""
    small = [
        episode for episode in all_episodes() if episode.radius <= COMPANION_RADIUS and not episode.places
    ]
    episode = draw(rng, small)
    spot = layout.another_spot(rng, episode.radius, spots, stage.place)
    if spot is None:
        return []
    spots.append(spot)
    return [episode.perform(stage, rng, spot)]
