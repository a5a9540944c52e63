"""All episodes, and by which relation they are drawn."""

from __future__ import annotations

import pkgutil
from collections.abc import Iterable
from functools import cache
from importlib import import_module

import numpy as np

from hrs_ros.synthetic import episodes
from hrs_ros.synthetic.stage import Episode


@cache
def all_episodes() -> tuple[Episode, ...]:
    """Those of every module beside this one, in the order of their names."""
    names = sorted(module.name for module in pkgutil.iter_modules(episodes.__path__))
    modules = [import_module(f"{episodes.__name__}.{name}") for name in names]
    return tuple(episode for module in modules for episode in getattr(module, "EPISODES", ()))


def episodes_for(predicate: str) -> list[Episode]:
    """Those that are drawn for a relation: it is the first that they make true."""
    return [episode for episode in all_episodes() if episode.predicates[0] == predicate]


def draw(rng: np.random.Generator, choices: Iterable[Episode]) -> Episode:
    """One of them, by weight; ValueError without any."""
    choices = list(choices)
    if not choices:
        raise ValueError("no episode to draw from: the place or the free ground rules out all of them")
    weight = np.array([episode.weight for episode in choices])
    return choices[rng.choice(len(choices), p=weight / weight.sum())]
