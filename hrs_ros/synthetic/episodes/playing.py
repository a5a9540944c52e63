"""Play an instrument: before the trunk, at the mouth or chin, or standing on the ground."""

from __future__ import annotations

import numpy as np

from hrs_ros.synthetic.episodes.acting import SIDES, Act, ahead_of, arm
from hrs_ros.synthetic.episodes.handling import CONTACT, Where, grip, handles_of
from hrs_ros.synthetic.episodes.looking import eyes, look
from hrs_ros.synthetic.people import grasp
from hrs_ros.synthetic.people.draft import Draft
from hrs_ros.synthetic.rotation import UP, Array, about
from hrs_ros.synthetic.stage import Cast, Episode, Spot, Stage
from hrs_ros.synthetic.things.catalogue import KINDS
from hrs_ros.synthetic.things.model import Model

POINTED_DOWN = {"flute": (0.45, 0.9), "trumpet": (-0.1, 0.25)}  # radians below the horizon
BELLY = 1.5  # dm from the spine to the front of clothes


def play_instrument(stage: Stage, rng: np.random.Generator, spot: Spot) -> Cast:
    act = Act(stage, rng, spot)
    draft = act.person(yaw=rng.uniform(-0.9, 0.9), age="adult")
    model = act.choose("play", entities=("instrument",), largest=spot.radius + 2)
    where = _place(draft, model, rng)
    if model.mouth is None:
        low, high = model.bounds
        look(draft, where.point((low + high) / 2) if rng.random() < 0.5 else _front(draft))
    handles, playing = handles_of(model, "play", "hold"), []
    for k, side in enumerate(SIDES):
        if handles and grip(draft, side, handles[min(k, len(handles) - 1)], model, where, rng) < CONTACT:
            playing.append(arm(side))
    thing = act.put(model, where.rotation, where.translation)
    human = act.enter(draft)
    if playing:
        act.claim(human, "play", thing, *playing)
        if "hand" in KINDS[model.kind].habitat:
            act.claim(human, "hold", thing, *playing)
    act.watch(where.point((model.bounds[0] + model.bounds[1]) / 2))
    return act.cast


def towards(draft: Draft, model: Model) -> Array:
    """The rotation about +Y that makes the model's user look where the person looks."""
    return about(UP, draft.yaw - np.arctan2(model.user[0], model.user[2]))


def _place(draft: Draft, model: Model, rng: np.random.Generator) -> Where:
    rotation = towards(draft, model)
    if model.kind in POINTED_DOWN:
        rotation = about(draft.turn[:, 0], rng.uniform(*POINTED_DOWN[model.kind])) @ rotation
    handles = handles_of(model, "play", "hold")
    middle = np.mean([handle.point for handle in handles], axis=0) if handles else np.zeros(3)
    if model.mouth is not None:
        return Where.bringing(model.mouth, grasp.mouth_point(draft), rotation)
    shoulders = (draft.joint("upperarm01.L") + draft.joint("upperarm01.R")) / 2
    if "hand" in KINDS[model.kind].habitat:
        # The side towards the player lies on the belly.
        depth = surface_depth(model, middle)
        target = draft.joint("spine04") + ahead_of(draft) * (BELLY + depth) + UP * rng.uniform(0.3, 0.9)
        return Where.bringing(middle, target, rotation)
    target = shoulders + ahead_of(draft) * rng.uniform(3.0, 3.5)
    shift = target - rotation @ middle
    return Where(rotation, np.array([shift[0], 0.0, shift[2]]))


def surface_depth(model: Model, middle: Array) -> float:
    """How far the model reaches from a point of it towards its user, dm."""
    user = np.asarray(model.user)
    points = np.concatenate([surface.mesh.vertices for surface in model.surfaces])
    return float(middle @ user - (points @ user).min())


def _front(draft: Draft) -> Array:
    return eyes(draft) + 20 * ahead_of(draft)


EPISODES = (Episode("play an instrument", ("play",), play_instrument, radius=6.0, weight=1.5),)
