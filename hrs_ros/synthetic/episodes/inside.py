"""In: standing in water, sitting in a boat or bath, in the opening of a tent."""

from __future__ import annotations

import numpy as np

from hrs_ros.synthetic.episodes.acting import DRY_OUTDOORS, Act, has_seat
from hrs_ros.synthetic.episodes.gestures import idle_arms
from hrs_ros.synthetic.episodes.resting import seated_arms
from hrs_ros.synthetic.episodes.seating import sit_down
from hrs_ros.synthetic.places.choose import WET
from hrs_ros.synthetic.rotation import UP
from hrs_ros.synthetic.stage import Cast, Episode, Spot, Stage

HOLLOW = ("boat", "tent", "sink", "amusement facilities")  # where the seat lies between walls


def stand_in_water(stage: Stage, rng: np.random.Generator, spot: Spot) -> Cast:
    """One to three people, in to the knees or to the hips."""
    act = Act(stage, rng, spot)
    water = stage.place.water
    if water is None:
        raise ValueError(f"{stage.place.name} has no water to stand in")
    count = int(rng.integers(1, 4))
    for k in range(count):
        left = (k - (count - 1) / 2) * rng.uniform(4.8, 5.6)
        draft = act.person(rng.uniform(-1.5, 1.5), left, rng.uniform(-np.pi, np.pi))
        low, high = draft.joint("lowerleg01.L")[1], draft.joint("upperleg01.L")[1]
        draft.root = draft.root - UP * rng.uniform(low * 0.8, high)
        idle_arms(draft, rng)
        act.claim(act.enter(draft), "in", water)
    return act.cast


def sit_in_thing(stage: Stage, rng: np.random.Generator, spot: Spot) -> Cast:
    """One or more people sit in a boat, a bath, a car, a tent."""
    act = Act(stage, rng, spot)
    afloat = stage.place.water is not None
    entities = ("boat",) if afloat else HOLLOW
    model = act.choose("in", entities=entities, largest=spot.radius + 10, fits=has_seat)
    seats = [model.seats[k] for k in rng.permutation(len(model.seats))]
    thing = act.set_down(model, act.at(0, 0, act.level(model)), rng.uniform(-1.3, 1.3))
    for seat in seats[: int(rng.integers(1, len(seats) + 1))]:
        draft = sit_down(act, thing, seat)
        seated_arms(draft, rng)
        act.claim(act.enter(draft), "in", thing)
    return act.cast


EPISODES = (
    Episode("stand in water", ("in",), stand_in_water, radius=8.0, people=(1, 3), places=frozenset(WET)),
    Episode("sit in a thing", ("in",), sit_in_thing, radius=14.0, people=(1, 3), places=DRY_OUTDOORS),
    Episode("sit in a boat", ("in",), sit_in_thing, radius=14.0, people=(1, 3), places=frozenset(WET)),
)
