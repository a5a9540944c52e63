"""Look at: somebody stands and looks at a thing on the ground, at a person, or several look at one thing."""

from __future__ import annotations

import numpy as np

from hrs_ros.synthetic.episodes.acting import Act, heading
from hrs_ros.synthetic.people import grasp
from hrs_ros.synthetic.people.draft import Draft
from hrs_ros.synthetic.rotation import X_AXIS, Array, about, unit
from hrs_ros.synthetic.stage import Cast, Episode, Spot, Stage
from hrs_ros.synthetic.things.model import Model

AIM = np.deg2rad(9.0)  # between gaze and aim
LEANS, LEAN_STEP = 8, 0.1  # of the trunk, radians
ELBOW_ROOM = 5.0  # dm between neighbours
CLOSE_BY = 1.5  # dm of free ground around a thing that is looked at


def look_at_thing(stage: Stage, rng: np.random.Generator, spot: Spot) -> Cast:
    """One to three people around something on the ground."""
    act = Act(stage, rng, spot)
    model = _sight(act)
    thing = act.set_down(model, act.at(0), rng.uniform(-np.pi, np.pi))
    low, high = model.bounds
    middle = thing.to_world((low + high) / 2)
    radius = min(model.footprint, 4.0) + rng.uniform(CLOSE_BY, 3.5)
    count = int(rng.integers(1, 4)) if radius > ELBOW_ROOM * 0.7 else 1
    first, step = rng.uniform(0, 2 * np.pi), ELBOW_ROOM / radius * rng.uniform(1.0, 1.4)
    for k in range(count):
        angle = first + step * k
        draft = act.person(radius * np.cos(angle), radius * np.sin(angle), angle + np.pi)
        look(draft, middle)
        act.claim(act.enter(draft), "look at", thing, "face")
    act.watch(middle)
    return act.cast


def look_at_person(stage: Stage, rng: np.random.Generator, spot: Spot) -> Cast:
    """Somebody looks at another person, who looks elsewhere."""
    act = Act(stage, rng, spot)
    gap = rng.uniform(2.8, 4.5)
    angle = rng.uniform(-np.pi, np.pi)
    watched = act.person(gap * np.cos(angle), gap * np.sin(angle), rng.uniform(-np.pi, np.pi))
    watcher = act.person(
        -gap * np.cos(angle), -gap * np.sin(angle), _towards(gap, angle) + rng.uniform(-0.4, 0.4)
    )
    look(watcher, eyes(watched))
    target = act.enter(watched)
    act.claim(act.enter(watcher), "look at", target, "face")
    return act.cast


def look(draft: Draft, point: Array) -> None:
    """Turn head and eyes towards a world point; what they cannot bend down, the trunk does, step by step."""
    draft.look_at(point)
    for _ in range(LEANS):
        origin, direction = grasp.gaze(draft)
        away = unit(point - origin)
        if direction @ away > np.cos(AIM) or away[1] > direction[1]:
            return
        lean(draft, LEAN_STEP)
        draft.look_at(point)


def lean(draft: Draft, angle: float) -> None:
    """Bend the spine forward by ``angle`` radians."""
    bone = draft.figure.body.bone
    for name in ("spine04", "spine02"):
        draft.rotations[bone[name]] = draft.rotations[bone[name]] @ about(X_AXIS, angle / 2)


def eyes(draft: Draft) -> Array:
    """World point (3,) between the eyes."""
    return np.asarray((draft.joint("eye.L") + draft.joint("eye.R")) / 2)


def _towards(gap: float, angle: float) -> float:
    return heading((np.sin(angle) * gap, 0.0, np.cos(angle) * gap))


def _sight(act: Act) -> Model:
    return act.choose("look at", habitat=act.habitat, largest=6.0)


EPISODES = (
    Episode("look at thing", ("look at",), look_at_thing, radius=9.0, people=(1, 3)),
    Episode("look at person", ("look at",), look_at_person, radius=6.5, people=(2, 2)),
)
